"""The managers' page: all figures of a period, and each table as CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from bot.desk.back_office.ledger import SHOP_TIME
from bot.desk.conversations import Agent, Role
from bot.desk.lines import reason_title, words
from bot.desk.overview.business import BY_BOT, RemedyGiven
from bot.desk.overview.report import Report, report
from bot.desk.overview.sheet import sheet
from bot.desk.overview.sql import Period
from bot.desk.overview.visits import Service
from bot.desk.threads import in_slow_thread, in_thread
from bot.dialogue import Reading
from bot.training.corrected import corrected
from bot.web.auth import with_role
from bot.web.gateway import Gateway, GatewayOf
from bot.web.problems import Problem
from bot.web.workbench import Workbench, WorkbenchOf

router = APIRouter(prefix="/api/managers", tags=["managers"])
Json = dict[str, Any]
Supervisor = Annotated[Agent, Depends(with_role(Role.SUPERVISOR))]
MOST_DAYS = 366


class Table(StrEnum):
    DAYS = "days"
    HOURS = "hours"
    REASONS = "reasons"
    AGENTS = "agents"
    REMEDIES = "remedies"
    QUESTIONS = "questions"
    SCRIPTS = "scripts"


def _period(
    first: Annotated[date | None, Query(alias="from")] = None,
    last: Annotated[date | None, Query(alias="to")] = None,
) -> Period:
    """Days of the shop, both included; without them the last seven."""
    last = last or datetime.now(SHOP_TIME).date()
    period = Period(first or last - timedelta(days=6), last)
    if not 1 <= period.days <= MOST_DAYS:
        raise Problem("invalid-input", 422)
    return period


PeriodOf = Annotated[Period, Depends(_period)]


@router.get("/report")
async def read_report(
    supervisor: Supervisor, gateway: GatewayOf, workbench: WorkbenchOf, period: PeriodOf
) -> Json:
    """Figures of the period beside those of as many days before it."""
    now = datetime.now(UTC)
    found = await in_thread(report, gateway.desk.engine, period, now)
    titles = await _titles(gateway, workbench)
    return {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "now": _headline(found.now),
        "before": _headline(found.before),
        "days": [{"day": day.isoformat(), **asdict(one)} for day, one in found.days.items()],
        "hours": [{"hour": hour, **asdict(one)} for hour, one in found.hours.items()],
        "reasons": [
            {"reason": reason, "title": reason_title(reason), "count": count}
            for reason, count in found.reasons
        ],
        "agents": [asdict(each) for each in found.agents],
        "remedies": [_remedy(each) for each in found.remedies],
        "intents": [{**asdict(each), "title": titles.intent(each.id)} for each in found.intents],
        "scripts": [{**asdict(each), "title": titles.script(each.id)} for each in found.scripts],
        "corrected": await in_thread(corrected, gateway.desk.engine, period.start, period.end),
        "are_orders_here": not gateway.settings.backoffice_url,
    }


@router.get("/{table}.csv")
async def read_table(
    table: Table, supervisor: Supervisor, gateway: GatewayOf, workbench: WorkbenchOf, period: PeriodOf
) -> Response:
    """One table of the page, for a spreadsheet."""
    found = await in_thread(report, gateway.desk.engine, period, datetime.now(UTC))
    rows = ROWS[table](found, await _titles(gateway, workbench))
    name = f"xiaoer-{table}-{period.first:%Y%m%d}-{period.last:%Y%m%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    head = words("sheets", table).split()
    return Response(sheet([head, *rows]), media_type="text/csv; charset=utf-8", headers=headers)


@dataclass(frozen=True)
class _Titles:
    """Chinese names of intents and scripts; the id where there is none."""

    readings: Mapping[str, Reading]
    scripts: Mapping[str, str]

    def intent(self, name: str) -> str:
        reading = self.readings.get(name)
        return reading.name if reading else name

    def script(self, entry_id: str) -> str:
        return self.scripts.get(entry_id, entry_id)


async def _titles(gateway: Gateway, workbench: Workbench) -> _Titles:
    return _Titles(workbench.dialogue.readings, await in_slow_thread(gateway.suggestions.titles))


def _headline(one: Any) -> Json:
    return {**asdict(one), "conversion": {**asdict(one.conversion), "yuan": float(one.conversion.yuan)}}


def _remedy(one: RemedyGiven) -> Json:
    return {
        "who": one.who or words("managers", "bot"),
        "is_bot": one.who == BY_BOT,
        "title": one.title or words("managers", one.kind),
        "count": one.count,
        "yuan": float(one.yuan),
    }


def _service_row(one: Service) -> list[object]:
    return [one.visits, one.answered, one.within_6, one.within_10, one.seconds, one.by_bot, one.handed_over]


Rows = list[list[object]]
ROWS: dict[Table, Callable[[Report, _Titles], Rows]] = {
    Table.DAYS: lambda found, _: [[day.isoformat(), *_service_row(one)] for day, one in found.days.items()],
    Table.HOURS: lambda found, _: [[f"{hour}:00", *_service_row(one)] for hour, one in found.hours.items()],
    Table.REASONS: lambda found, _: [[reason_title(reason), count] for reason, count in found.reasons],
    Table.AGENTS: lambda found, _: [list(asdict(each).values()) for each in found.agents],
    Table.REMEDIES: lambda found, _: [
        [row["who"], row["title"], row["count"], row["yuan"]] for row in map(_remedy, found.remedies)
    ],
    Table.QUESTIONS: lambda found, titles: [
        [titles.intent(each.id), each.count, each.unclear] for each in found.intents
    ],
    Table.SCRIPTS: lambda found, titles: [[titles.script(each.id), each.count] for each in found.scripts],
}
