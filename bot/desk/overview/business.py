"""What chats bring and what they cost: orders, remedies, promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from bot.desk.back_office.order_actions import ActionKind, order_actions
from bot.desk.overview.sql import Period, seconds_between
from bot.desk.overview.visits import visits_in
from bot.desk.schema import agents, grants, order_changes, orders, promises
from bot.shop.prices.grants import GrantKind
from bot.shop.records.orders import OrderState

ORDERS_WITHIN = 2 * 24 * 3600
"""Seconds after a visit's first message within which an order is taken to come of it."""
BY_BOT = ""
MONEY_GIVEN = (GrantKind.COUPON.value, GrantKind.DIFFERENCE.value)
"""Who gave a remedy: the bot; a person is told by name."""
COMPENSATION = "compensation"
GIVEN = (ActionKind.REMEDY, ActionKind.COUPON)
"""Of what agents do with orders: what the shop gives the customer."""


@dataclass(frozen=True)
class Conversion:
    """Only customers whom the shop has signed: of a guest nobody knows what she bought."""

    visits: int
    ordered: int
    """Of these, with an order of hers soon after."""
    orders: int
    yuan: Decimal


@dataclass(frozen=True)
class RemedyGiven:
    who: str
    """`BY_BOT` or the agent's name."""
    kind: str
    title: str
    """As the customer read it; where it is empty the page names it by `kind`."""
    count: int
    yuan: Decimal
    """What the shop loses by it; of a coupon its face value."""


@dataclass(frozen=True)
class Kept:
    """Promises that fell due in the period."""

    due: int
    kept: int
    late: int
    """Kept, but after the time that was promised."""


def conversion(connection: sa.Connection, period: Period) -> Conversion:
    visits = visits_in(period)
    hers = sa.and_(
        orders.c.customer_id == visits.c.customer_id,
        visits.c.customer_verified,
        orders.c.placed_at >= visits.c.first_at,
        seconds_between(visits.c.first_at, orders.c.placed_at) <= ORDERS_WITHIN,
        orders.c.body["state"].as_string() != OrderState.CANCELLED.value,
    )
    ordered = sa.case((sa.exists().where(hers), 1), else_=0)
    row = connection.execute(
        sa.select(sa.func.count(), sa.func.sum(ordered)).where(visits.c.customer_verified)
    ).one()
    amount = sa.cast(orders.c.body["amount"].as_string(), sa.Numeric(12, 2))
    placed = connection.execute(
        sa.select(sa.func.count(), sa.func.sum(amount)).where(sa.exists().where(hers))
    ).one()
    return Conversion(row[0], int(row[1] or 0), placed[0], _yuan(placed[1]))


def remedies(connection: sa.Connection, period: Period) -> list[RemedyGiven]:
    """The dearest first: what the bot gave, and what agents gave; each once, whoever's ledger it also stands in."""
    found = [*_compensations(connection, period), *_grants(connection, period), *_agents(connection, period)]
    return sorted(found, key=lambda one: (-one.yuan, -one.count, one.kind))


def _compensations(connection: sa.Connection, period: Period) -> list[RemedyGiven]:
    table = order_changes
    query = sa.select(sa.func.count(), sa.func.sum(table.c.compensated))
    row = connection.execute(
        query.where(table.c.compensated > 0, table.c.who == BY_BOT, period.holds(table.c.at))
    ).one()
    return [RemedyGiven(BY_BOT, COMPENSATION, "", row[0], _yuan(row[1]))] if row[0] else []


def _grants(connection: sa.Connection, period: Period) -> list[RemedyGiven]:
    """Coupons and price differences; gifts stand in the shop's stock and have no price here."""
    amount = sa.cast(grants.c.body["amount"].as_string(), sa.Numeric(12, 2))
    query = (
        sa.select(grants.c.kind, sa.func.count(), sa.func.sum(amount))
        .where(grants.c.kind.in_(MONEY_GIVEN), grants.c.who == BY_BOT, period.holds(grants.c.at))
        .group_by(grants.c.kind)
    )
    return [
        RemedyGiven(BY_BOT, kind, "", count, _yuan(total)) for kind, count, total in connection.execute(query)
    ]


def _agents(connection: sa.Connection, period: Period) -> list[RemedyGiven]:
    """What customers took from agents' cards and coupons given by hand; a price is a bargain, no remedy."""
    yuan = sa.func.sum(sa.cast(sa.func.nullif(order_actions.c.cost, ""), sa.Numeric(12, 2)))
    name = sa.func.coalesce(agents.c.name, order_actions.c.who)
    group = (order_actions.c.who, name, order_actions.c.kind, order_actions.c.title)
    query = (
        sa.select(name, order_actions.c.kind, order_actions.c.title, sa.func.count(), yuan)
        .select_from(order_actions.outerjoin(agents, agents.c.username == order_actions.c.who))
        .where(order_actions.c.kind.in_([kind.value for kind in GIVEN]), period.holds(order_actions.c.at))
        .group_by(*group)
    )
    return [RemedyGiven(*row[:-1], _yuan(row[-1])) for row in connection.execute(query)]


def kept(connection: sa.Connection, period: Period, now: datetime) -> Kept:
    is_done = sa.func.sum(sa.case((promises.c.is_done, 1), else_=0))
    is_late = sa.func.sum(
        sa.case((sa.and_(promises.c.is_done, promises.c.done_at > promises.c.due), 1), else_=0)
    )
    query = sa.select(sa.func.count(), is_done, is_late).where(
        period.holds(promises.c.due), promises.c.due <= now
    )
    due, done, late = connection.execute(query).one()
    return Kept(due, int(done or 0), int(late or 0))


def _yuan(value: Any) -> Decimal:
    return Decimal(str(value or 0)).quantize(Decimal("0.01"))
