"""The trainer's side: inbox, labels, diff, training runs, probe."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, cast

import httpx
from fastapi import APIRouter, Depends, FastAPI, Query
from pydantic import BaseModel, Field
from starlette.requests import HTTPConnection

from bot.desk.conversations import Agent
from bot.desk.desk import Desk
from bot.desk.threads import in_slow_thread, in_thread
from bot.dialogue import Dialogue, load_dialogue
from bot.faq.scripts import Entry
from bot.files import DataError
from bot.settings import ROOT, Settings
from bot.text.segment import add_words
from bot.training.annotations import Annotations, Change, NoSuchChange
from bot.training.commits import Person
from bot.training.entity_marks import BUTTON_ONLY, MarkRefused, checked, entity_kinds
from bot.training.inbox import inbox, text_of
from bot.training.neighbours import examples_now, neighbours
from bot.training.probe import Probe, rules_by_intent
from bot.training.runs import Run, RunRefused, Runs
from bot.training.scripts import Scripts
from bot.web.auth import Trainer
from bot.web.gateway import GatewayOf
from bot.web.problems import Problem

if TYPE_CHECKING:
    from bot.faq.search import Searcher

router = APIRouter(prefix="/api/workbench", tags=["workbench"])
SWAP_SECONDS = 60
HISTORY = 40
"""Runs that the history tells of."""


@dataclass(frozen=True)
class Workbench:
    annotations: Annotations
    runs: Runs
    dialogue: Dialogue
    entities: tuple[str, ...]
    """Kinds of the domain."""
    probe: Probe
    scripts: Scripts


def build_workbench(settings: Settings, desk: Desk, opened: Callable[[], Searcher]) -> Workbench:
    """`opened`: the index the desk searches, too. Raises DataError where the dialogue's own files are broken."""
    # The checkout whose language data trainers change: the one that holds data/nlu.
    annotations = Annotations(desk.engine, settings.nlu_dir, settings.nlu_dir.resolve().parents[1])

    def call(path: str, body: dict) -> Any:
        headers = {"Authorization": f"Bearer {settings.secrets['channel_token']}"}
        url = f"{settings.rasa_url}/webhooks/xiaoer/{path}"
        answer = httpx.post(url, json=body, headers=headers, timeout=SWAP_SECONDS, trust_env=False)
        return answer.raise_for_status().json()

    runs = Runs(settings, desk.engine, annotations, lambda model: call("model", {"path": str(model)}))
    runs.recover()
    dialogue = load_dialogue(ROOT / "data" / "dialogue.yml")
    rules = rules_by_intent(ROOT / "data" / "rules")
    probe = Probe(opened, dialogue.bands, rules, lambda text: call("parse", {"texts": [text]})[0])
    scripts = Scripts(
        desk.engine,
        settings.faq_dir.resolve(),
        lambda entry: _serve(settings, probe, [entry]),
        lambda entry_id: _serve(settings, probe, [], [entry_id]),
    )
    return Workbench(annotations, runs, dialogue, entity_kinds(ROOT / "domain.yml"), probe, scripts)


def _serve(settings: Settings, probe: Probe, changed: Sequence[Entry], gone: Sequence[str] = ()) -> None:
    from bot.faq.republish import serve  # slow to import, and the gateway starts without it

    serve(settings, probe.searcher.index, changed, gone)


def _workbench(connection: HTTPConnection) -> Workbench:
    return cast(Workbench, connection.app.state.workbench)


WorkbenchOf = Annotated[Workbench, Depends(_workbench)]


def add_workbench(app: FastAPI) -> None:
    """Routes and the errors only they raise."""
    app.include_router(router)

    @app.exception_handler(RunRefused)
    async def refused(_: object, error: RunRefused) -> Any:
        return Problem(str(error), 409).response()

    @app.exception_handler(NoSuchChange)
    async def gone(_: object, error: NoSuchChange) -> Any:
        return Problem("change-gone", 404).response()

    @app.exception_handler(MarkRefused)
    async def unmarked(_: object, error: MarkRefused) -> Any:
        return Problem(error.key, 422, error.fill).response()

    @app.exception_handler(DataError)
    async def broken(_: object, error: DataError) -> Any:
        return Problem("bad-data", 422, {"what": str(error.problems[0])}).response()


class MarkIn(BaseModel):
    """An entity in the message: characters `start` up to, not including, `end`."""

    entity: Annotated[str, Field(max_length=40)]
    start: int
    end: int
    value: Any = None


class AnnotationIn(BaseModel):
    """A trainer's decision; without an intent the message is put aside."""

    message_id: Annotated[str, Field(min_length=1, max_length=40)]
    intent: Annotated[str, Field(max_length=40)] | None = None
    entities: Annotated[list[MarkIn], Field(max_length=40)] = []
    also: Annotated[list[Annotated[str, Field(min_length=1, max_length=40)]], Field(max_length=20)] = []
    """Other messages that mean the same: staged with it, without entities."""


@router.get("/intents")
async def intents(trainer: Trainer, workbench: WorkbenchOf) -> list[dict]:
    """All intents with their Chinese names, in the order of dialogue.md."""
    return [{"name": name, "title": reading.name} for name, reading in workbench.dialogue.readings.items()]


@router.get("/entities")
async def entities(trainer: Trainer, workbench: WorkbenchOf) -> list[str]:
    """Kinds of entities a trainer can mark in words, in the order of the domain."""
    return [kind for kind in workbench.entities if kind not in BUTTON_ONLY]


@router.get("/inbox")
async def read_inbox(
    trainer: Trainer,
    gateway: GatewayOf,
    workbench: WorkbenchOf,
    order: Annotated[str, Query(pattern="^value$")] = "value",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[dict]:
    """Messages worth labelling, near-duplicates folded, most valuable first."""
    answer = workbench.dialogue.bands.answer
    add_words(
        name for product in gateway.shop.products.values() for name in (product.name, *product.nicknames)
    )
    items = await in_thread(inbox, gateway.desk.engine, answer, datetime.now(UTC), limit)
    return [asdict(item) for item in items]


@router.get("/neighbours")
async def near_examples(
    trainer: Trainer, workbench: WorkbenchOf, text: Annotated[str, Query(min_length=1, max_length=500)]
) -> list[dict]:
    """Examples that say the same or nearly: to be seen before a further one is saved."""
    folder = workbench.annotations.folder

    def find() -> list[dict]:
        return [asdict(each) for each in neighbours(text, examples_now(folder), folder)]

    return await in_slow_thread(find)


@router.post("/annotations", status_code=201)
async def annotate(body: AnnotationIn, trainer: Trainer, gateway: GatewayOf, workbench: WorkbenchOf) -> dict:
    """Stage one decision. Nothing under `data/` changes yet. A mark that cannot be saved is refused with its reason."""
    if body.intent is not None and body.intent not in workbench.dialogue.readings:
        raise Problem("invalid-input", 422)
    stage = workbench.annotations.stage
    marks = [mark.model_dump() for mark in body.entities]
    # All are looked up first: one that is gone must not leave the others staged.
    texts = [await in_thread(text_of, gateway.desk.engine, each) for each in (body.message_id, *body.also)]
    marked = checked(marks, texts[0], workbench.entities)
    first = await in_thread(stage, body.message_id, texts[0], body.intent, marked, trainer.username)
    others = [
        await in_thread(stage, message_id, text, body.intent, (), trainer.username)
        for message_id, text in zip(body.also, texts[1:], strict=True)
    ]
    return {**_change(first), "also": [change.id for change in others]}


@router.get("/changes")
async def changes(trainer: Trainer, workbench: WorkbenchOf) -> dict:
    """The staged decisions and what they would change in `data/nlu/`, as a unified diff."""
    staged = await in_thread(workbench.annotations.list)
    diff = await in_thread(workbench.annotations.diff, staged)
    return {"changes": [_change(change) for change in staged], "diff": diff}


@router.post("/changes/{change_id}/apply")
async def apply_change(change_id: str, trainer: Trainer, workbench: WorkbenchOf) -> dict:
    """Write one decision into its file now; the next training learns it."""
    return _change(await in_thread(workbench.annotations.apply, change_id, person_of(trainer)))


@router.post("/changes/{change_id}/drop")
async def drop_change(change_id: str, trainer: Trainer, workbench: WorkbenchOf) -> dict:
    """Take one decision back; its message returns to the inbox."""
    return _change(await in_thread(workbench.annotations.drop, change_id))


@router.post("/runs", status_code=201)
async def start_run(trainer: Trainer, workbench: WorkbenchOf) -> dict:
    """Train and evaluate in the background with all staged decisions."""
    return _run(await in_thread(workbench.runs.start, trainer.username))


@router.get("/runs")
async def list_runs(trainer: Trainer, workbench: WorkbenchOf) -> list[dict]:
    """Newest first, without diffs and sentences; with `accuracy` and `macro_f1` of the run's model, if it has
    them, and whether the gate is against it (`is_gated`)."""
    brief = ("id", "state", "progress", "trainer", "created_at", "finished_at", "error", "changes")
    runs = await in_thread(workbench.runs.list, HISTORY)
    return [
        {
            **{key: value for key, value in _run(run).items() if key in brief},
            **{key: run.after[key] if run.after else None for key in ("accuracy", "macro_f1")},
            "is_gated": bool(run.gate),
        }
        for run in runs
    ]


@router.get("/runs/{run_id}")
async def read_run(run_id: str, trainer: Trainer, workbench: WorkbenchOf) -> dict:
    """Progress, scores per intent before and after, misread sentences, and what the gate says."""
    return _run(await in_thread(workbench.runs.get, run_id))


@router.post("/runs/{run_id}/promote")
async def promote(
    run_id: str, trainer: Trainer, workbench: WorkbenchOf, force: Annotated[bool, Query()] = False
) -> dict:
    """Let the run's model serve and write its decisions into `data/nlu/`; running chats go on."""
    return _run(await in_thread(workbench.runs.promote, run_id, force, person_of(trainer)))


@router.post("/runs/{run_id}/rollback")
async def rollback(run_id: str, trainer: Trainer, workbench: WorkbenchOf) -> dict:
    """Serve the model before this run again; its decisions are staged anew."""
    return _run(await in_thread(workbench.runs.rollback, run_id, person_of(trainer)))


@router.get("/probe")
async def probe(
    trainer: Trainer, workbench: WorkbenchOf, text: Annotated[str, Query(min_length=1, max_length=500)]
) -> dict:
    """How the serving bot reads one sentence: intents, entities, nearest scripts, and what would answer."""
    try:
        return await in_thread(workbench.probe.read, text)
    except httpx.HTTPError:
        raise Problem("no-parse", 503) from None


class ProbeIn(BaseModel):
    texts: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=500)]], Field(min_length=1, max_length=50)
    ]


@router.post("/probe")
async def probe_many(body: ProbeIn, trainer: Trainer, workbench: WorkbenchOf) -> list[dict]:
    """As `GET /probe`, for up to fifty sentences in their order."""

    def read() -> list[dict]:
        return [workbench.probe.read(text) for text in body.texts]

    try:
        return await in_slow_thread(read)
    except httpx.HTTPError:
        raise Problem("no-parse", 503) from None


def person_of(trainer: Agent) -> Person:
    return Person(trainer.username, trainer.name)


def _change(change: Change) -> dict:
    return {**asdict(change), "created_at": change.created_at}


def _run(run: Run) -> dict:
    facts = asdict(run)
    return {**facts, "changes": len(facts.pop("change_ids")), "gate": run.gate}
