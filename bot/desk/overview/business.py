"""What chats bring and what they cost: orders, remedies, promises."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from bot.desk.overview.sql import Period, seconds_between
from bot.desk.overview.visits import visits_in
from bot.desk.ownership import Speaker
from bot.desk.schema import grants, messages, order_changes, orders, promises
from bot.shop.grants import GrantKind
from bot.shop.orders import OrderState

ORDERS_WITHIN = 2 * 24 * 3600
"""Seconds after a visit's first message within which an order is taken to come of it."""
BY_BOT = ""
"""Who gave a remedy: the bot; a person is told by name."""
COMPENSATION = "compensation"


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
    """As the customer read it; empty for what the bot gives, which the page names by `kind`."""
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
    """The dearest first: what the bot gave, and what customers chose from agents' cards."""
    found = [*_compensations(connection, period), *_grants(connection, period), *_chosen(connection, period)]
    return sorted(found, key=lambda one: (-one.yuan, -one.count, one.kind))


def _compensations(connection: sa.Connection, period: Period) -> list[RemedyGiven]:
    table = order_changes
    query = sa.select(sa.func.count(), sa.func.sum(table.c.compensated))
    row = connection.execute(query.where(table.c.compensated > 0, period.holds(table.c.at))).one()
    return [RemedyGiven(BY_BOT, COMPENSATION, "", row[0], _yuan(row[1]))] if row[0] else []


def _grants(connection: sa.Connection, period: Period) -> list[RemedyGiven]:
    """Coupons and price differences; gifts stand in the shop's stock and have no price here."""
    amount = sa.cast(grants.c.body["amount"].as_string(), sa.Numeric(12, 2))
    query = (
        sa.select(grants.c.kind, sa.func.count(), sa.func.sum(amount))
        .where(grants.c.kind != GrantKind.GIFT.value, period.holds(grants.c.at))
        .group_by(grants.c.kind)
    )
    return [
        RemedyGiven(BY_BOT, kind, "", count, _yuan(total)) for kind, count, total in connection.execute(query)
    ]


def _chosen(connection: sa.Connection, period: Period) -> list[RemedyGiven]:
    """The last choice of each card counts; what an option loses stands in the card's `source`, unseen by customers."""
    picks, cards, later = (messages.alias(name) for name in ("picks", "cards", "later"))
    newest = (
        sa.select(sa.func.max(later.c.seq))
        .where(
            later.c.conversation_id == picks.c.conversation_id,
            later.c.seq < picks.c.seq,
            later.c.card["type"].as_string() == "remedies",
        )
        .scalar_subquery()
    )
    is_its_card = sa.and_(cards.c.conversation_id == picks.c.conversation_id, cards.c.seq == newest)
    query = (
        sa.select(picks.c.payload, cards.c.id, cards.c.author, cards.c.card, cards.c.source)
        .select_from(picks.join(cards, is_its_card))
        .where(
            picks.c.sender == Speaker.CUSTOMER.value,
            picks.c.payload.startswith('/inform{"remedy"', autoescape=True),
            cards.c.sender == Speaker.AGENT.value,
            period.holds(picks.c.created_at),
        )
        .order_by(picks.c.created_at)
    )
    last: dict[str, RemedyGiven] = {}
    for payload, card_id, author, card, source in connection.execute(query):
        option = next((each for each in card["options"] if each["payload"] == payload), None)
        if option:
            kind = json.loads(payload.removeprefix("/inform"))["remedy"]
            cost = Decimal(((source or {}).get("costs") or {}).get(kind, "0"))
            last[card_id] = RemedyGiven(author, kind, option["title"], 1, cost)
    grouped: dict[tuple[str, str, str], list[Decimal]] = defaultdict(list)
    for one in last.values():
        grouped[one.who, one.kind, one.title].append(one.yuan)
    return [RemedyGiven(*key, len(costs), sum(costs, Decimal(0))) for key, costs in grouped.items()]


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
