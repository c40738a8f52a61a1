"""What the two databases spell differently: the shop's day and hour of a moment, seconds between two, quantiles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from bot.desk.back_office.ledger import SHOP_TIME

_HOURS_AHEAD = SHOP_TIME.utcoffset(datetime(2026, 1, 1))
assert _HOURS_AHEAD is not None  # a named zone has an offset
_OFFSET = f"{_HOURS_AHEAD.total_seconds() / 3600:+.0f} hours"  # China has no summer time


class shop_day(FunctionElement[str]):
    """2026-11-22, by the shop's clock."""

    type, name, inherit_cache = sa.String(), "shop_day", True


class shop_hour(FunctionElement[int]):
    """0 to 23, by the shop's clock."""

    type, name, inherit_cache = sa.Integer(), "shop_hour", True


class seconds_between(FunctionElement[float]):
    """From the first moment to the second, to the millisecond; null where one of them is."""

    type, name, inherit_cache = sa.Float(), "seconds_between", True


@compiles(shop_day, "sqlite")
def _day_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"strftime('%Y-%m-%d', {compiler.process(element.clauses, **kw)}, '{_OFFSET}')"


@compiles(shop_day)
def _day(element: Any, compiler: Any, **kw: Any) -> str:
    return f"to_char({compiler.process(element.clauses, **kw)} AT TIME ZONE '{SHOP_TIME.key}', 'YYYY-MM-DD')"


@compiles(shop_hour, "sqlite")
def _hour_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"CAST(strftime('%H', {compiler.process(element.clauses, **kw)}, '{_OFFSET}') AS INTEGER)"


@compiles(shop_hour)
def _hour(element: Any, compiler: Any, **kw: Any) -> str:
    moment = f"{compiler.process(element.clauses, **kw)} AT TIME ZONE '{SHOP_TIME.key}'"
    return f"CAST(EXTRACT(HOUR FROM {moment}) AS INTEGER)"


@compiles(seconds_between, "sqlite")
def _between_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    start, end = (compiler.process(each, **kw) for each in element.clauses)
    return f"ROUND((julianday({end}) - julianday({start})) * 86400.0, 3)"


@compiles(seconds_between)
def _between(element: Any, compiler: Any, **kw: Any) -> str:
    start, end = (compiler.process(each, **kw) for each in element.clauses)
    return f"ROUND(CAST(EXTRACT(EPOCH FROM ({end} - {start})) AS NUMERIC), 3)::double precision"


@dataclass(frozen=True)
class Period:
    """Whole days of the shop, first and last included."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time(), SHOP_TIME).astimezone(UTC)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), SHOP_TIME).astimezone(UTC)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Period:
        """As many days just before it."""
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1))

    def holds(self, moment: sa.ColumnElement[datetime]) -> sa.ColumnElement[bool]:
        return sa.and_(moment >= self.start, moment < self.end)


@dataclass(frozen=True)
class Spread:
    """How long something takes, in seconds; None where it never happened."""

    count: int
    mean: float | None
    median: float | None
    p90: float | None
    """Nine of ten were no longer."""


def spread(connection: sa.Connection, values: sa.Select[Any]) -> Spread:
    """Of the single column of `values`; nearest-rank quantiles."""
    (column,) = values.subquery("measured").columns
    ranked = sa.select(
        column.label("value"),
        sa.func.row_number().over(order_by=column).label("place"),
        sa.func.count().over().label("total"),
    ).subquery("ranked")
    value, place, total = ranked.c.value, ranked.c.place, ranked.c.total
    row = connection.execute(
        sa.select(
            sa.func.count(),
            sa.func.avg(value),
            sa.func.min(sa.case((place * 2 >= total, value))),
            sa.func.min(sa.case((place * 10 >= total * 9, value))),
        ).select_from(ranked)
    ).one()
    count, *rest = row
    return Spread(count, *(None if each is None else round(float(each), 1) for each in rest))
