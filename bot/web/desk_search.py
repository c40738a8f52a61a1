"""Search over all conversations, and what the desk has told the departments, by week."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query

from bot.desk.lines import words
from bot.desk.search import search
from bot.desk.shapes import listed_shape, moment
from bot.desk.threads import in_thread
from bot.shop.records.loader import SHOP_ZONE
from bot.web.auth import LoggedIn
from bot.web.gateway import GatewayOf
from bot.web.problems import Problem

router = APIRouter(prefix="/api/desk", tags=["desk"])
Json = dict[str, Any]
_YEARS = range(2000, 2100)


@router.get("/search")
async def find(
    agent: LoggedIn, gateway: GatewayOf, q: Annotated[str, Query(min_length=1, max_length=100)]
) -> list[Json]:
    """Lines of the lists with the words that fitted (`quote`), the newest conversation first."""
    wanted = q.replace("\0", "").strip()
    found = await in_thread(search, gateway.desk.engine, wanted) if wanted else ()
    return [{**listed_shape(each.listed), "quote": each.quote} for each in found]


@router.get("/feedback")
async def feedback(
    agent: LoggedIn,
    gateway: GatewayOf,
    week: Annotated[date | None, Query(description="Any day of the week; this week if left out")] = None,
) -> Json:
    """What customers said that a department should hear, Monday to Sunday, by department."""
    day = week or datetime.now(SHOP_ZONE).date()
    if day.year not in _YEARS:
        raise Problem("invalid-input", 422)
    monday = day - timedelta(days=day.weekday())
    since = datetime.combine(monday, datetime.min.time(), SHOP_ZONE)
    found = await in_thread(gateway.desk.records.feedback_between, since, since + timedelta(days=7))
    departments: dict[str, list[Json]] = {}
    for each in found:
        departments.setdefault(each.department.value, []).append(
            {
                "id": each.id,
                "conversation_id": each.conversation_id,
                "quote": each.quote,
                "author": each.author,
                "created_at": moment(each.created_at),
            }
        )
    return {
        "from": monday.isoformat(),
        "to": (monday + timedelta(days=6)).isoformat(),
        "departments": [
            {"id": key, "title": words("departments", key), "feedback": departments.get(key, [])}
            for key in ("operations", "finance", "product", "logistics")
        ],
    }
