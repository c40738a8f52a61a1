"""What was given away, in the desk's database: the SQL adapter of `bot.shop.prices.grants.Ledger`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.desk import schema
from bot.desk.database import migrate, open_database, reading
from bot.settings import Settings
from bot.shop.prices import coupons
from bot.shop.prices.grants import GrantKind, Recipient
from bot.shop.records.model import HeldCoupon
from bot.shop.records.policy import CouponOffer

SHOP_TIME = ZoneInfo("Asia/Shanghai")
_grants = schema.grants


class SqlLedger:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def pocket(self, buyer: str) -> tuple[HeldCoupon, ...]:
        query = sa.select(_grants.c.body).where(
            _grants.c.kind == GrantKind.COUPON.value, _grants.c.buyer == buyer
        )
        with reading(self._engine) as connection:
            return tuple(
                HeldCoupon.model_validate(body)
                for body in connection.execute(query.order_by(_grants.c.id)).scalars()
            )

    def spend_coupon(self, to: Recipient, held: HeldCoupon, at: datetime) -> bool:
        with self._alone() as connection:
            if _had(connection, to, GrantKind.SPENT, held.mark) is not None:
                return False
            _keep(connection, to, GrantKind.SPENT, held.mark, {}, at)
            return True

    def spent(self, buyer: str) -> frozenset[str]:
        query = sa.select(_grants.c.what).where(
            _grants.c.kind == GrantKind.SPENT.value, _grants.c.buyer == buyer
        )
        with reading(self._engine) as connection:
            return frozenset(connection.execute(query).scalars())

    def running_out(self, first: date, last: date) -> tuple[tuple[str, HeldCoupon], ...]:
        """(buyer, coupon) of all coupons whose last day lies between these days, both included."""
        expires = _grants.c.body["expires"].as_string()
        query = sa.select(_grants.c.buyer, _grants.c.body).where(
            _grants.c.kind == GrantKind.COUPON.value,
            expires >= first.isoformat(),
            expires <= last.isoformat(),
        )
        with reading(self._engine) as connection:
            return tuple(
                (row.buyer, HeldCoupon.model_validate(row.body)) for row in connection.execute(query)
            )

    def given(self) -> Mapping[str, int]:
        return self._counted(_grants.c.kind == GrantKind.COUPON.value)

    def reserved(self, since: datetime) -> Mapping[str, int]:
        return self._counted(_grants.c.kind == GrantKind.GIFT.value, _grants.c.at >= _aware(since))

    def _counted(self, *where: Any) -> dict[str, int]:
        query = sa.select(_grants.c.what, sa.func.count()).where(*where).group_by(_grants.c.what)
        with reading(self._engine) as connection:
            return {what: count for what, count in connection.execute(query)}

    def reasons(self, buyer: str, kind: GrantKind, what: str) -> frozenset[str]:
        query = sa.select(_grants.c.reason).where(
            _grants.c.buyer == buyer, _grants.c.kind == kind.value, _grants.c.what == what
        )
        with reading(self._engine) as connection:
            return frozenset(connection.execute(query).scalars())

    def give_coupon(self, to: Recipient, offer: CouponOffer, at: datetime) -> HeldCoupon | None:
        with self._alone() as connection:
            if body := _had(connection, to, GrantKind.COUPON, offer.id):
                return HeldCoupon.model_validate(body)
            if _count(connection, GrantKind.COUPON, offer.id) >= offer.pool:
                return None
            held = coupons.issue(offer, at.date())
            _keep(connection, to, GrantKind.COUPON, offer.id, held.model_dump(mode="json"), at)
            return held

    def give_gift(self, to: Recipient, sku: str, stock: int, since: datetime, at: datetime) -> bool:
        with self._alone() as connection:
            if _had(connection, to, GrantKind.GIFT, sku) is not None:
                return True
            if _count(connection, GrantKind.GIFT, sku, _grants.c.at >= _aware(since)) >= stock:
                return False
            _keep(connection, to, GrantKind.GIFT, sku, {}, at)
            return True

    def give_difference(self, to: Recipient, sku: str, amount: Decimal, at: datetime) -> bool:
        with self._alone() as connection:
            if _had(connection, to, GrantKind.DIFFERENCE, sku) is not None:
                return False
            _keep(connection, to, GrantKind.DIFFERENCE, sku, {"amount": str(amount)}, at)
            return True

    def differences(self, buyer: str, order_id: str) -> Mapping[str, Decimal]:
        query = sa.select(_grants.c.what, _grants.c.body).where(
            _grants.c.kind == GrantKind.DIFFERENCE.value,
            _grants.c.buyer == buyer,
            _grants.c.reason.startswith(f"{order_id}:", autoescape=True),
        )
        found: dict[str, Decimal] = {}
        with reading(self._engine) as connection:
            for sku, body in connection.execute(query):
                found[sku] = found.get(sku, Decimal(0)) + Decimal(body["amount"])
        return found

    @contextmanager
    def _alone(self) -> Iterator[sa.Connection]:
        """A transaction in which nobody else gives: counting and giving are one step."""
        with self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.text("LOCK TABLE grants IN EXCLUSIVE MODE"))
            yield connection


def _had(connection: sa.Connection, to: Recipient, kind: GrantKind, what: str) -> dict[str, Any] | None:
    query = sa.select(_grants.c.body).where(
        _grants.c.kind == kind.value,
        _grants.c.what == what,
        _grants.c.buyer == to.buyer,
        _grants.c.reason == to.reason,
    )
    return connection.execute(query).scalar_one_or_none()


def _count(connection: sa.Connection, kind: GrantKind, what: str, *more: Any) -> int:
    query = sa.select(sa.func.count()).select_from(_grants)
    return connection.execute(
        query.where(_grants.c.kind == kind.value, _grants.c.what == what, *more)
    ).scalar_one()


def _keep(
    connection: sa.Connection,
    to: Recipient,
    kind: GrantKind,
    what: str,
    body: dict[str, Any],
    at: datetime,
) -> None:
    values = {
        "buyer": to.buyer,
        "reason": to.reason,
        "conversation_id": to.conversation_id,
        "who": to.by,
    }
    connection.execute(
        sa.insert(_grants).values(kind=kind.value, what=what, body=body, at=_aware(at), **values)
    )


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=SHOP_TIME) if moment.tzinfo is None else moment


def open_ledger(settings: Settings) -> SqlLedger:
    """The ledger of this installation."""
    engine = open_database(settings.database)
    migrate(engine)
    return SqlLedger(engine)
