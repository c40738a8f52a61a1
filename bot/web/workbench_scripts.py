"""The trainer's scripts: list, edit, lint, review, publish, roll back."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, Field, TypeAdapter

from bot.desk.threads import in_slow_thread, in_thread
from bot.faq.schema import PICTURE
from bot.faq.scripts import Entry
from bot.placeholders import script_values
from bot.training.script_hits import script_hits
from bot.training.script_lint import Finding, lint_entry, may_save
from bot.training.scripts import (
    OPEN,
    REVIEWED,
    ScriptChange,
    ScriptRefused,
    State,
    entry_from,
    fresh_entry,
    mark,
)
from bot.web.auth import Trainer
from bot.web.gateway import Gateway, GatewayOf
from bot.web.problems import Problem
from bot.web.workbench import Workbench, WorkbenchOf, person_of

router = APIRouter(prefix="/api/workbench", tags=["workbench"])
Json = dict[str, Any]
Text = Annotated[str, Field(max_length=500)]
VERSIONS = 20
ENTRY = TypeAdapter(Entry)


class ButtonIn(BaseModel):
    title: Text
    payload: Text


class ScriptIn(BaseModel):
    id: Annotated[str, Field(min_length=1, max_length=40)]
    text: Text
    buttons: Annotated[list[ButtonIn], Field(max_length=8)] = []
    valid_from: date | None = None
    valid_to: date | None = None
    image: Annotated[str, Field(max_length=120)] | None = None


class EntryIn(BaseModel):
    """What a trainer may change of an entry."""

    question: Text
    variants: Annotated[list[Text], Field(max_length=300)]
    scripts: Annotated[list[ScriptIn], Field(max_length=20)]
    seen: Annotated[str, Field(max_length=40)] = ""
    """`mark` of the entry as it was read."""


class NewEntryIn(EntryIn):
    """An entry that there is not yet; its id is made from topic and question."""

    topic: Annotated[str, Field(pattern="^[a-z0-9-]+$", max_length=40)]
    intent: Annotated[str, Field(max_length=40)]


def add_scripts(app: FastAPI) -> None:
    """Routes and the errors only they raise."""
    app.include_router(router)

    @app.exception_handler(ScriptRefused)
    async def refused(_: object, error: ScriptRefused) -> Any:
        kind = str(error)
        return Problem(kind, 404 if kind in ("script-gone", "change-gone") else 409).response()


@router.get("/scripts")
async def scripts(trainer: Trainer, gateway: GatewayOf, workbench: WorkbenchOf) -> Json:
    """All served entries with how often they answered in 30 days, and the shop's values for placeholders."""
    entries = await in_slow_thread(_served, workbench)
    hits = await in_thread(script_hits, gateway.desk.engine, datetime.now(UTC))
    waiting = {change.entry_id: change for change in await in_thread(workbench.scripts.list, None, OPEN)}
    served = {entry.id for entry in entries}
    new = [ENTRY.validate_python(change.after) for each, change in waiting.items() if each not in served]
    rows = []
    for entry in (*new, *entries):
        found, change = hits.get(entry.id), waiting.get(entry.id)
        rows.append(
            {
                "id": entry.id,
                "intent": entry.intent,
                "question": entry.question,
                "text": entry.scripts[0].text,
                "variants": len(entry.variants),
                "scripts": len(entry.scripts),
                "hits": found.count if found else 0,
                "open": change.state if change else None,
                "needs_review": entry.intent in REVIEWED,
            }
        )
    pictures = await in_thread(pictures_of, gateway.settings.shop_dir)
    return {"values": script_values(gateway.shop), "pictures": pictures, "entries": rows}


@router.get("/scripts/{entry_id}")
async def script(entry_id: str, trainer: Trainer, gateway: GatewayOf, workbench: WorkbenchOf) -> Json:
    """The entry as it stands in its file, what the linter says of it, and its versions, newest first."""
    entry = await in_slow_thread(workbench.scripts.entry, entry_id)
    file, line = await in_slow_thread(_place, workbench, entry_id)
    changes = await in_thread(workbench.scripts.list, entry_id)
    kept = [change for change in changes if change.state != State.DROPPED][:VERSIONS]
    return {
        "entry": asdict(entry),
        "seen": mark(entry),
        "file": file,
        "line": line,
        "needs_review": entry.intent in REVIEWED,
        "findings": [asdict(finding) for finding in await _lint(workbench, gateway, entry)],
        "changes": [_change(change) for change in kept],
    }


@router.post("/scripts/{entry_id}/check")
async def check(
    entry_id: str, body: EntryIn, trainer: Trainer, gateway: GatewayOf, workbench: WorkbenchOf
) -> list[Json]:
    """What the linter says of an edit that is not saved yet."""
    entry = await _edited(workbench, entry_id, body)
    return [asdict(finding) for finding in await _lint(workbench, gateway, entry)]


@router.post("/scripts/{entry_id}/changes", status_code=201)
async def save(
    entry_id: str, body: EntryIn, trainer: Trainer, gateway: GatewayOf, workbench: WorkbenchOf
) -> Json:
    """Keep an edit as a draft with its diff. Nothing under `data/` changes yet."""
    entry = await _edited(workbench, entry_id, body)
    findings = await _lint(workbench, gateway, entry)
    if not may_save(findings):
        raise Problem("script-lint", 422, findings=[asdict(finding) for finding in findings])
    return _change(await in_slow_thread(workbench.scripts.draft, entry, body.seen, trainer.username))


@router.post("/script-drafts/check")
async def check_new(
    body: NewEntryIn, trainer: Trainer, gateway: GatewayOf, workbench: WorkbenchOf
) -> list[Json]:
    """What the linter says of a new entry that is not saved yet."""
    return [asdict(finding) for finding in await _lint(workbench, gateway, await _new(workbench, body))]


@router.post("/script-drafts", status_code=201)
async def create(body: NewEntryIn, trainer: Trainer, gateway: GatewayOf, workbench: WorkbenchOf) -> Json:
    """Keep a new entry as a draft; it is reviewed and published as an edit is."""
    entry = await _new(workbench, body)
    findings = await _lint(workbench, gateway, entry)
    if not may_save(findings):
        raise Problem("script-lint", 422, findings=[asdict(finding) for finding in findings])
    return _change(await in_slow_thread(workbench.scripts.create, entry, trainer.username))


@router.post("/script-changes/{change_id}/approve")
async def approve(change_id: str, trainer: Trainer, workbench: WorkbenchOf) -> Json:
    """A second trainer agrees; the author cannot."""
    return _change(await in_thread(workbench.scripts.approve, change_id, trainer.username))


@router.post("/script-changes/{change_id}/drop")
async def drop(change_id: str, trainer: Trainer, workbench: WorkbenchOf) -> Json:
    """Throw an edit away that is not published."""
    return _change(await in_thread(workbench.scripts.drop, change_id))


@router.post("/script-changes/{change_id}/publish")
async def publish(change_id: str, trainer: Trainer, workbench: WorkbenchOf) -> Json:
    """Write it into `data/faq` and let it answer customers; chats go on."""
    return _change(await in_slow_thread(workbench.scripts.publish, change_id, person_of(trainer)))


@router.post("/script-changes/{change_id}/rollback")
async def roll_back(change_id: str, trainer: Trainer, workbench: WorkbenchOf) -> Json:
    """What was said before this version is said again."""
    return _change(await in_slow_thread(workbench.scripts.roll_back, change_id, person_of(trainer)))


def pictures_of(shop_dir: Path) -> list[str]:
    """Files of the shop that a script may bring along."""
    return sorted(path.name for path in (shop_dir / "images").glob("*") if re.match(PICTURE, path.name))


def _served(workbench: Workbench) -> tuple[Entry, ...]:
    from bot.faq.encoder import EncoderError
    from bot.faq.index import IndexRefused

    try:
        return workbench.probe.searcher.index.entries
    except (IndexRefused, EncoderError):
        raise Problem("no-index", 503) from None


def _place(workbench: Workbench, entry_id: str) -> tuple[str, int | None]:
    """File and line; no line for an entry that is not published yet."""
    if workbench.scripts.unpublished(entry_id):
        return f"data/faq/{workbench.scripts.file_of(entry_id.partition('.')[0]).name}", None
    place = workbench.scripts.place(entry_id)
    return f"data/faq/{place.path.name}", place.first + 1


async def _new(workbench: Workbench, body: NewEntryIn) -> Entry:
    if body.intent not in workbench.dialogue.readings:
        raise Problem("invalid-input", 422)
    await in_slow_thread(workbench.scripts.file_of, body.topic)
    taken = {entry.id for entry in await in_slow_thread(_served, workbench)}
    taken |= {change.entry_id for change in await in_thread(workbench.scripts.list, None, OPEN)}
    base = fresh_entry(body.topic, body.intent, body.question, taken)
    return entry_from(base, body.question, body.variants, [row.model_dump() for row in body.scripts])


async def _edited(workbench: Workbench, entry_id: str, body: EntryIn) -> Entry:
    base = await in_slow_thread(workbench.scripts.entry, entry_id)
    return entry_from(base, body.question, body.variants, [row.model_dump() for row in body.scripts])


async def _lint(workbench: Workbench, gateway: Gateway, entry: Entry) -> list[Finding]:
    others = [
        (text, other.id)
        for other in await in_slow_thread(_served, workbench)
        if other.id != entry.id
        for text in other.phrasings
    ]
    pictures = await in_thread(pictures_of, gateway.settings.shop_dir)
    return await in_slow_thread(lint_entry, entry, others, pictures)


def _change(change: ScriptChange) -> Json:
    return asdict(change)
