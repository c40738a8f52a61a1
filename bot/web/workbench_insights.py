"""The trainer's insights: confusions, weak intents, questions without a script, scripts nobody needs."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import APIRouter

from bot.desk.back_office.ledger import SHOP_TIME
from bot.desk.database import reading
from bot.desk.overview.questions import Asked, top_intents
from bot.desk.overview.sql import Period
from bot.desk.threads import in_slow_thread
from bot.training.insights import confusions, health
from bot.training.neighbours import examples_now
from bot.training.script_hits import script_hits
from bot.web.auth import Trainer
from bot.web.gateway import Gateway, GatewayOf
from bot.web.workbench import Workbench, WorkbenchOf

router = APIRouter(prefix="/api/workbench/insights", tags=["workbench"])
Json = dict[str, Any]
DAYS = 30
TOP_SCRIPTS = 12


@router.get("")
async def insights(trainer: Trainer, gateway: GatewayOf, workbench: WorkbenchOf) -> Json:
    """Weak intents and, once the serving model is measured, its confusions on the held-out sentences."""
    return await in_slow_thread(_insights, gateway, workbench)


@router.post("/measure", status_code=202)
async def measure(trainer: Trainer, workbench: WorkbenchOf) -> Json:
    """Read the held-out sentences with the serving model, in the background."""
    workbench.runs.measure()
    return {"is_measuring": workbench.runs.is_measuring}


@router.get("/questions")
async def open_questions(trainer: Trainer, gateway: GatewayOf, workbench: WorkbenchOf) -> list[Json]:
    """Clusters of questions of the last 30 days that no script answers surely, each drafted as an entry."""
    return await in_slow_thread(_questions, gateway, workbench)


def _insights(gateway: Gateway, workbench: Workbench) -> Json:
    scores = workbench.runs.kept_scores()
    examples = Counter(example.intent for example in examples_now(workbench.annotations.folder))
    readings = workbench.dialogue.readings
    intents = health(list(readings), examples, scores, _heard(gateway))
    return {
        "is_measuring": workbench.runs.is_measuring,
        "error": workbench.runs.why_not_measured(),
        "accuracy": scores["accuracy"] if scores else None,
        "macro_f1": scores["macro_f1"] if scores else None,
        "judged": sum(one["support"] for one in scores["intents"].values()) if scores else 0,
        "intents": [asdict(one) for one in intents],
        "confusions": [asdict(one) for one in confusions(scores["misread"])] if scores else [],
        "scripts": _scripts(gateway),
    }


def _heard(gateway: Gateway) -> list[Asked]:
    today = datetime.now(SHOP_TIME).date()
    with reading(gateway.desk.engine) as connection:
        return top_intents(connection, Period(today - timedelta(days=DAYS - 1), today), most=1_000)


def _scripts(gateway: Gateway) -> Json:
    titles = gateway.suggestions.titles()
    hits = script_hits(gateway.desk.engine, datetime.now(UTC))
    used = sorted((each for each in hits if each in titles), key=lambda each: -hits[each].count)
    top = [{"id": each, "question": titles[each], "hits": hits[each].count} for each in used[:TOP_SCRIPTS]]
    return {"total": len(titles), "used": len(used), "top": top}


def _questions(gateway: Gateway, workbench: Workbench) -> list[Json]:
    # Clustering and its libraries are slow to import, and the gateway starts without them.
    from bot.faq.search import FixedSearch
    from bot.learning.desk_chats import doubtful_at_desk
    from bot.learning.drafts import proposals_file
    from bot.learning.questions import questions
    from bot.learning.run import wishes

    bands = workbench.dialogue.bands
    heard, rankings = doubtful_at_desk(gateway.desk.engine, bands.answer, datetime.now(UTC))
    searcher = gateway.suggestions.searcher()
    if not heard or searcher is None:
        return []
    found = questions(heard, rankings, FixedSearch(searcher.index), wishes(workbench.dialogue), bands.script)
    return [
        {
            "question": one.question,
            "variants": list(one.variants),
            "customers": one.customers,
            "intent": one.intent,
            "nearest": {"id": one.nearest.id, "question": one.nearest.question, "score": one.nearest.score}
            if one.nearest
            else None,
            "answer": one.answer,
            "draft": proposals_file([one]),
        }
        for one in found.proposals
    ]
