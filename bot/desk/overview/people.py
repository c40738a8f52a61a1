"""How long customers wait for a person, how long people take, and what customers say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.desk.overview.sql import Period, Spread, seconds_between, spread
from bot.desk.ownership import Owner, Step
from bot.desk.schema import agents, handoff_log, ratings


@dataclass(frozen=True)
class Waiting:
    """Waits that began in the period."""

    taken: Spread
    """Those that ended with a person."""
    left: int
    """Customers who gave up, or whose chat ended while they waited."""
    still: int


@dataclass(frozen=True)
class Ratings:
    count: int
    mean: float | None
    scores: tuple[int, int, int, int, int]
    """How many gave 1, 2, 3, 4 and 5."""


@dataclass(frozen=True)
class AgentFigures:
    name: str
    chats: int
    """Chats finished: handed back or closed."""
    handling: float | None
    """Mean seconds from taking to finishing."""
    ratings: int
    rating: float | None


def waiting(connection: sa.Connection, period: Period) -> Waiting:
    """From entering the queue (asked for, or released by an absent agent) to leaving it."""
    waits = _waits(period)
    taken = sa.select(waits.c.seconds).where(waits.c.ended == Step.CLAIM.value)
    counts = _pairs(connection, sa.select(waits.c.ended, sa.func.count()).group_by(waits.c.ended))
    still = counts.pop(None, 0)
    counts.pop(Step.CLAIM.value, 0)
    counts.pop(Step.RESUME.value, 0)  # the bot was down and is back: nobody gave up
    return Waiting(spread(connection, taken), sum(counts.values()), still)


def _waits(period: Period) -> sa.Subquery:
    entered, left, between = (handoff_log.alias(name) for name in ("entered", "left_queue", "between"))
    next_version = (
        sa.select(sa.func.min(between.c.version))
        .where(
            between.c.conversation_id == entered.c.conversation_id,
            between.c.version > entered.c.version,
            between.c.new != Owner.QUEUED.value,
        )
        .scalar_subquery()
    )
    is_end = sa.and_(left.c.conversation_id == entered.c.conversation_id, left.c.version == next_version)
    return (
        sa.select(left.c.step.label("ended"), seconds_between(entered.c.at, left.c.at).label("seconds"))
        .select_from(entered.outerjoin(left, is_end))
        .where(
            entered.c.new == Owner.QUEUED.value,
            entered.c.old != Owner.QUEUED.value,
            period.holds(entered.c.at),
        )
        .subquery("waits")
    )


def _handled(period: Period) -> sa.Subquery:
    """Chats that people finished in the period: who, and the seconds since they took it."""
    ended, taken = handoff_log.alias("ended"), handoff_log.alias("taken")
    since = (
        sa.select(taken.c.at)
        .where(
            taken.c.conversation_id == ended.c.conversation_id,
            taken.c.version < ended.c.version,
            taken.c.step.in_((Step.CLAIM.value, Step.TRANSFER.value)),
        )
        .order_by(taken.c.version.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        sa.select(ended.c.who, seconds_between(since, ended.c.at).label("seconds"))
        .where(
            ended.c.old == Owner.HUMAN.value,
            ended.c.step.in_((Step.RETURN.value, Step.CLOSE.value)),
            period.holds(ended.c.at),
        )
        .subquery("handled")
    )


def handling(connection: sa.Connection, period: Period) -> Spread:
    return spread(connection, sa.select(_handled(period).c.seconds))


def by_agent(connection: sa.Connection, period: Period) -> list[AgentFigures]:
    """Everybody who finished a chat or was rated, the busiest first."""
    handled = _handled(period)
    worked = {
        who: (count, mean)
        for who, count, mean in connection.execute(
            sa.select(handled.c.who, sa.func.count(), sa.func.avg(handled.c.seconds)).group_by(handled.c.who)
        )
    }
    rated = {
        who: (count, mean)
        for who, count, mean in connection.execute(
            sa.select(ratings.c.agent, sa.func.count(), sa.func.avg(ratings.c.score))
            .where(ratings.c.agent.is_not(None), period.holds(ratings.c.created_at))
            .group_by(ratings.c.agent)
        )
    }
    names = _pairs(connection, sa.select(agents.c.username, agents.c.name))
    rows = []
    for who in {*worked, *rated} & set(names):
        (chats, seconds), (count, score) = worked.get(who, (0, None)), rated.get(who, (0, None))
        rows.append(AgentFigures(names[who], chats, _rounded(seconds, 1), count, _rounded(score, 2)))
    return sorted(rows, key=lambda row: (-row.chats, row.name))


def rated(connection: sa.Connection, period: Period) -> Ratings:
    query = sa.select(ratings.c.score, sa.func.count()).where(period.holds(ratings.c.created_at))
    counts = _pairs(connection, query.group_by(ratings.c.score))
    total = sum(counts.values())
    mean = sum(score * count for score, count in counts.items()) / total if total else None
    return Ratings(total, _rounded(mean, 2), tuple(counts.get(score, 0) for score in range(1, 6)))  # type: ignore[arg-type]


def _pairs(connection: sa.Connection, query: sa.Select[Any]) -> dict[Any, Any]:
    return {key: value for key, value in connection.execute(query)}


def _rounded(value: Any, digits: int) -> float | None:
    return None if value is None else round(float(value), digits)
