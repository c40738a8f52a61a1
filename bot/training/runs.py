"""Training runs of the workbench: train beside the serving model, compare, promote or roll back.

A run works on a copy of the data with the staged changes in it. Nothing under `data/` changes before promotion,
and the serving model is swapped inside the running server, so no chat notices.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from bot.desk.conversations import NotFound
from bot.desk.lines import words
from bot.files import write_all
from bot.settings import Settings
from bot.training import dialogue_model
from bot.training.annotations import Annotations, Change
from bot.training.commits import Person, commit
from bot.training.evaluation import fallen, held_out, score
from bot.training.parsing import parse_lines
from bot.training.tables import training_runs

ALLOWED_FALL = 0.08
"""F1 an intent may lose in one run. With 10 held-out sentences an intent, one flipped sentence moves F1 by about
0.05; two in the same intent are no accident."""
COPIED = ("data/nlu", "data/rules", "data/stories", "config.yml", "domain.yml")
SwapModel = Callable[[Path], None]
"""Tells the running Rasa server to load an archive; raises when it does not."""


class RunRefused(Exception):
    """The step is not possible now and nothing changed; the text is a key of `problems` in the desk's lines."""


@dataclass(frozen=True)
class Run:
    id: str
    state: str
    """queued, training, evaluating, ready, promoted, rolled_back or failed."""
    progress: float
    step: str
    change_ids: tuple[str, ...]
    diff: str
    model: str | None
    previous_model: str | None
    before: dict | None
    after: dict | None
    error: str
    trainer: str
    created_at: datetime
    finished_at: datetime | None

    @property
    def gate(self) -> list[dict]:
        """Intents that fell by more than is allowed; empty when the run may be promoted."""
        return fallen(self.before, self.after, ALLOWED_FALL) if self.before and self.after else []


class Runs:
    """Queue and history of runs. One trains at a time: two would starve the chat on a small machine."""

    def __init__(
        self, settings: Settings, engine: sa.Engine, annotations: Annotations, swap_model: SwapModel
    ) -> None:
        self.settings = settings
        self.engine = engine
        self.annotations = annotations
        self.swap_model = swap_model
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="training")
        self._measured: Future[dict] | None = None

    def close(self) -> None:
        self._worker.shutdown(wait=False, cancel_futures=True)

    def recover(self) -> None:
        """A run that a restart interrupted says so instead of looking busy for ever."""
        busy = training_runs.c.state.in_(("queued", "training", "evaluating"))
        with self.engine.begin() as connection:
            connection.execute(
                sa.update(training_runs)
                .where(busy)
                .values(state="failed", error=words("training", "interrupted"))
            )

    def start(self, trainer: str) -> Run:
        """Queue a run over all staged changes. Raises RunRefused when one is under way."""
        if any(run.state in ("queued", "training", "evaluating") for run in self.list(5)):
            raise RunRefused("run-busy")
        changes = self.annotations.list()
        row = {
            "id": secrets.token_hex(6),
            "state": "queued",
            "progress": 0.0,
            "step": "",
            "change_ids": [change.id for change in changes],
            "diff": self.annotations.diff(changes),
            "error": "",
            "trainer": trainer,
            "created_at": datetime.now(UTC),
        }
        with self.engine.begin() as connection:
            connection.execute(sa.insert(training_runs).values(**row))
        self._worker.submit(self._work, row["id"])
        return self.get(row["id"])

    def get(self, run_id: str) -> Run:
        """Raises NotFound."""
        with self.engine.connect() as connection:
            query = sa.select(training_runs).where(training_runs.c.id == run_id)
            row = connection.execute(query).mappings().first()
        if row is None:
            raise NotFound(run_id)
        return _run(row)

    def list(self, limit: int = 20) -> Sequence[Run]:
        query = sa.select(training_runs).order_by(training_runs.c.created_at.desc()).limit(limit)
        with self.engine.connect() as connection:
            return [_run(row) for row in connection.execute(query).mappings()]

    # --- the work, in its own thread ----------------------------------------------------------

    def _work(self, run_id: str) -> None:
        try:
            root = self._copy_data(run_id)
            self._update(run_id, state="training")
            model = dialogue_model.train(
                self.settings, lambda share, step: self._update(run_id, progress=share * 0.8, step=step), root
            )
            self._update(run_id, state="evaluating", progress=0.85, step="")
            before = self._scores(dialogue_model.current_model(self.settings).resolve())
            self._update(run_id, progress=0.93)
            after = self._scores(model)
            done = {"state": "ready", "progress": 1.0, "model": model.name, "before": before, "after": after}
            self._update(run_id, **done, finished_at=datetime.now(UTC))
        except Exception as error:  # whatever happens to a run is told in the run
            self._update(run_id, state="failed", error=str(error)[-2000:], finished_at=datetime.now(UTC))

    def _folder(self, run_id: str) -> Path:
        return self.settings.data_dir / "runs" / run_id

    def _copy_data(self, run_id: str) -> Path:
        folder = self._folder(run_id)
        root = self.annotations.root
        for name in COPIED:
            source = root / name
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target)
            else:
                shutil.copyfile(source, target)
        chosen = set(self.get(run_id).change_ids)
        changes = [change for change in self.annotations.list() if change.id in chosen]
        write_all(self.annotations.new_contents(changes, folder / "data" / "nlu"))
        return folder

    # --- the serving model's scores -----------------------------------------------------------

    @property
    def is_measuring(self) -> bool:
        return self._measured is not None and not self._measured.done()

    def measure(self) -> None:
        """Read the held-out sentences with the serving model, in the background; a run under way goes first."""
        if not self.is_measuring:
            model = dialogue_model.current_model(self.settings).resolve()
            self._measured = self._worker.submit(self._scores, model)

    def why_not_measured(self) -> str:
        """What went wrong when it was tried last; empty when nothing did."""
        error = self._measured.exception() if self._measured and self._measured.done() else None
        return str(error)[-500:] if error else ""

    def kept_scores(self) -> dict | None:
        """Of the serving model; None when it has not been measured."""
        model = dialogue_model.current_model(self.settings).resolve()
        kept = self._place(model, held_out())
        return json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else None

    def _place(self, model: Path, expected: Sequence[tuple[str, str]]) -> Path:
        return self.settings.data_dir / "scores" / f"{model.name}-{hash_of(expected)}.json"

    def _scores(self, model: Path) -> dict:
        """Held-out scores of a model, kept beside it: a model never changes."""
        expected = held_out()
        kept = self._place(model, expected)
        if not kept.exists():
            parses = parse_lines(self.settings, [text for text, _ in expected], model)
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(
                json.dumps(score(expected, parses).as_json(), ensure_ascii=False), encoding="utf-8"
            )
        return json.loads(kept.read_text(encoding="utf-8"))

    def _update(self, run_id: str, **values: object) -> None:
        with self.engine.begin() as connection:
            connection.execute(sa.update(training_runs).where(training_runs.c.id == run_id).values(**values))

    # --- promote and roll back ----------------------------------------------------------------

    def promote(self, run_id: str, force: bool = False, person: Person | None = None) -> Run:
        """Write the run's changes into `data/` (in a checkout a commit of `person`) and let its model serve.

        Raises RunRefused; then nothing changed.
        """
        run = self.get(run_id)
        if run.state != "ready":
            raise RunRefused("run-not-ready")
        if run.gate and not force:
            raise RunRefused("run-gate")
        chosen = set(run.change_ids)
        changes = [change for change in self.annotations.list() if change.id in chosen]
        new = self.annotations.new_contents(changes)
        self._keep_old(run_id, new)
        previous = dialogue_model.current_model(self.settings).resolve()
        self._serve(self.settings.models_dir / "rasa" / str(run.model))
        write_all(new)
        self.annotations.mark([change.id for change in changes], "applied")
        self._update(run_id, state="promoted", previous_model=previous.name)
        commit(new, f"Training run {run_id}: {_labels(changes)}", person)
        return self.get(run_id)

    def rollback(self, run_id: str, person: Person | None = None) -> Run:
        """Serve the model before this run again, take its lines out of `data/`, and stage the changes anew.

        Only the newest promotion can be taken back. Raises RunRefused.
        """
        run = self.get(run_id)
        newest = next((one for one in self.list(100) if one.state == "promoted"), None)
        if newest is None or newest.id != run_id:
            raise RunRefused("run-not-newest")
        previous = self.settings.models_dir / "rasa" / str(run.previous_model)
        if not previous.exists():
            raise RunRefused("run-model-gone")
        self._serve(previous)
        old = self._kept_old(run_id)
        write_all(old)
        self.annotations.mark(run.change_ids, "staged")
        self._update(run_id, state="rolled_back")
        commit(old, f"Roll back training run {run_id}", person)
        return self.get(run_id)

    def _serve(self, model: Path) -> None:
        """Swap in the running server first: if it refuses, files and link stay as they were."""
        try:
            self.swap_model(model)
        except Exception as error:
            raise RunRefused("run-not-swapped") from error
        dialogue_model.promote(self.settings, model)

    def _keep_old(self, run_id: str, new: dict[Path, str]) -> None:
        old = {str(path.relative_to(self.annotations.root)): path.read_text(encoding="utf-8") for path in new}
        (self._folder(run_id) / "before.json").write_text(
            json.dumps(old, ensure_ascii=False), encoding="utf-8"
        )

    def _kept_old(self, run_id: str) -> dict[Path, str]:
        kept = json.loads((self._folder(run_id) / "before.json").read_text(encoding="utf-8"))
        return {self.annotations.root / name: text for name, text in kept.items()}


def _labels(changes: Sequence[Change]) -> str:
    """3 examples of ask_size, ask_stock"""
    intents = sorted({change.intent for change in changes if change.intent})
    return f"{len(changes)} examples of {', '.join(intents)}"


def hash_of(expected: Sequence[tuple[str, str]]) -> str:
    """Short name of a held-out set, so that its scores are not taken for another's."""
    return hashlib.sha256(json.dumps(expected, ensure_ascii=False).encode()).hexdigest()[:10]


def _run(row: sa.RowMapping) -> Run:
    return Run(**{**row, "change_ids": tuple(row["change_ids"])})
