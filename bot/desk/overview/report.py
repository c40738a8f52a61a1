"""All figures of a period, read in one transaction so that they agree with each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from bot.desk.database import reading
from bot.desk.overview import business, people, questions, visits
from bot.desk.overview.business import Conversion, Kept, RemedyGiven
from bot.desk.overview.people import AgentFigures, Ratings, Waiting
from bot.desk.overview.questions import Asked, Understood
from bot.desk.overview.sql import Period, Spread
from bot.desk.overview.visits import Service

NOBODY = Service(0, 0, 0, 0, 0, 0, None)


@dataclass(frozen=True)
class Headline:
    """What is set beside the same of the period before."""

    service: Service
    waiting: Waiting
    handling: Spread
    ratings: Ratings
    conversion: Conversion
    kept: Kept
    understood: Understood


@dataclass(frozen=True)
class Report:
    period: Period
    now: Headline
    before: Headline
    days: dict[date, Service]
    """Every day of the period, also those on which nobody came."""
    hours: dict[int, Service]
    """0 to 23, over all days."""
    reasons: list[tuple[str, int]]
    agents: list[AgentFigures]
    remedies: list[RemedyGiven]
    intents: list[Asked]
    scripts: list[Asked]


def report(engine: sa.Engine, period: Period, now: datetime) -> Report:
    """Blocking."""
    with reading(engine) as connection:
        by_day = visits.service_by(connection, period, "day")
        by_hour = visits.service_by(connection, period, "hour")
        days = [period.first + timedelta(days=each) for each in range(period.days)]
        return Report(
            period,
            headline(connection, period, now),
            headline(connection, period.before, now),
            {day: by_day.get(day.isoformat(), NOBODY) for day in days},
            {hour: by_hour.get(hour, NOBODY) for hour in range(24)},
            visits.handover_reasons(connection, period),
            people.by_agent(connection, period),
            business.remedies(connection, period),
            questions.top_intents(connection, period),
            questions.top_scripts(connection, period),
        )


def headline(connection: sa.Connection, period: Period, now: datetime) -> Headline:
    return Headline(
        visits.service(connection, period),
        people.waiting(connection, period),
        people.handling(connection, period),
        people.rated(connection, period),
        business.conversion(connection, period),
        business.kept(connection, period, now),
        questions.understood(connection, period),
    )
