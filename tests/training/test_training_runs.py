"""Runs from the queue to promotion and back; training itself is replaced by writing an archive.

tests/browser trains for real.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.settings import Settings
from bot.training import dialogue_model
from bot.training import runs as runs_module
from bot.training.annotations import Annotations
from bot.training.commits import Person
from bot.training.runs import Run, RunRefused, Runs


class Server:
    """What the running dialogue server was told to load."""

    def __init__(self) -> None:
        self.loaded: list[str] = []
        self.refuses = False

    def swap(self, model: Path) -> None:
        if self.refuses:
            raise ConnectionError("no answer")
        self.loaded.append(model.name)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def bench(
    tmp_path: Path,
    engine: sa.Engine,
    annotations: Annotations,
    server: Server,
    monkeypatch: pytest.MonkeyPatch,
) -> Runs:
    settings = Settings(data_dir=tmp_path / "var", models_dir=tmp_path / "models", nlu_dir=annotations.folder)
    old = settings.models_dir / "rasa" / "old.tar.gz"
    old.parent.mkdir(parents=True)
    old.write_text("old")
    dialogue_model.promote(settings, old)

    def train(settings: Settings, progress: dialogue_model.Progress, root: Path) -> Path:
        progress(0.5, "LinearIntentClassifier")
        text = (root / "data/nlu/ask_stock.yml").read_text(encoding="utf-8")
        if "坏" in text:
            raise dialogue_model.TrainingFailed("no")
        new = settings.models_dir / "rasa" / "new.tar.gz"
        new.write_text(text, encoding="utf-8")
        return new

    def parse(settings: Settings, texts: list[str], model: Path) -> list[dict]:
        falls = "降" in model.read_text(encoding="utf-8")
        return [
            {"intent": {"name": "ask_stock" if i or not falls else "ask_size", "confidence": 0.9}}
            for i in range(2)
        ]

    monkeypatch.setattr(dialogue_model, "train", train)
    monkeypatch.setattr(runs_module, "parse_lines", parse)
    monkeypatch.setattr(runs_module, "held_out", lambda: [("还有吗", "ask_stock"), ("有货没", "ask_stock")])
    return Runs(settings, engine, annotations, server.swap)


def finished(bench: Runs, run: Run) -> Run:
    deadline = time.monotonic() + 10
    while bench.get(run.id).state in ("queued", "training", "evaluating"):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return bench.get(run.id)


def test_a_run_learns_staged_changes_without_touching_the_files(
    bench: Runs, annotations: Annotations
) -> None:
    annotations.stage("m1", "那个大的还有不", "ask_stock", [], "wen")
    before = (annotations.folder / "ask_stock.yml").read_text(encoding="utf-8")
    run = finished(bench, bench.start("wen"))
    assert (run.state, run.progress, run.gate) == ("ready", 1.0, [])
    assert run.before and run.after and run.after["macro_f1"] == 1.0
    assert "那个大的还有不" in (bench.settings.models_dir / "rasa" / "new.tar.gz").read_text(encoding="utf-8")
    assert (annotations.folder / "ask_stock.yml").read_text(encoding="utf-8") == before


def test_promotion_swaps_the_model_and_writes_the_lines_and_rollback_undoes_both(
    bench: Runs, annotations: Annotations, server: Server
) -> None:
    annotations.stage("m1", "那个大的还有不", "ask_stock", [], "wen")
    file = annotations.folder / "ask_stock.yml"
    before = file.read_text(encoding="utf-8")
    run = finished(bench, bench.start("wen"))
    assert bench.promote(run.id).state == "promoted"
    assert "那个大的还有不" in file.read_text(encoding="utf-8") and annotations.list() == []
    assert dialogue_model.current_model(bench.settings).resolve().name == "new.tar.gz"
    assert bench.rollback(run.id).state == "rolled_back"
    assert file.read_text(encoding="utf-8") == before and len(annotations.list()) == 1
    assert server.loaded == ["new.tar.gz", "old.tar.gz"]


def test_a_server_that_refuses_the_model_changes_nothing(
    bench: Runs, annotations: Annotations, server: Server
) -> None:
    annotations.stage("m1", "那个大的还有不", "ask_stock", [], "wen")
    run = finished(bench, bench.start("wen"))
    server.refuses = True
    with pytest.raises(RunRefused, match="run-not-swapped"):
        bench.promote(run.id)
    assert "那个大的" not in (annotations.folder / "ask_stock.yml").read_text(encoding="utf-8")
    assert dialogue_model.current_model(bench.settings).resolve().name == "old.tar.gz"
    assert bench.get(run.id).state == "ready"


def test_the_gate_holds_back_a_model_under_which_an_intent_fell(
    bench: Runs, annotations: Annotations
) -> None:
    annotations.stage("m1", "降价还有货吗", "ask_stock", [], "wen")
    run = finished(bench, bench.start("wen"))
    assert [fall["intent"] for fall in run.gate] == ["ask_stock"]
    with pytest.raises(RunRefused, match="run-gate"):
        bench.promote(run.id)
    assert bench.promote(run.id, force=True).state == "promoted"


def test_a_failed_training_is_told_in_the_run_and_the_old_model_serves(
    bench: Runs, annotations: Annotations
) -> None:
    annotations.stage("m1", "坏了", "ask_stock", [], "wen")
    run = finished(bench, bench.start("wen"))
    assert (run.state, run.error) == ("failed", "no")
    with pytest.raises(RunRefused, match="run-not-ready"):
        bench.promote(run.id)


def test_only_the_newest_promotion_can_be_taken_back(bench: Runs, annotations: Annotations) -> None:
    first = finished(bench, bench.start("wen"))
    bench.promote(first.id)
    second = finished(bench, bench.start("wen"))
    bench.promote(second.id)
    with pytest.raises(RunRefused, match="run-not-newest"):
        bench.rollback(first.id)


def test_a_restart_in_the_middle_of_a_run_says_so(bench: Runs, engine: sa.Engine) -> None:
    run = finished(bench, bench.start("wen"))
    with engine.begin() as connection:
        connection.execute(sa.update(runs_module.training_runs).values(state="training"))
    bench.recover()
    assert bench.get(run.id).state == "failed" and bench.get(run.id).error


def test_the_scores_of_a_model_are_measured_once(bench: Runs) -> None:
    finished(bench, bench.start("wen"))
    kept = list((bench.settings.data_dir / "scores").glob("*.json"))
    assert len(kept) == 2
    assert all(json.loads(path.read_text(encoding="utf-8"))["accuracy"] == 1.0 for path in kept)


def test_promoting_and_rolling_back_a_run_are_commits_too(
    annotations: Annotations, bench: Runs, git: Callable[..., str]
) -> None:
    for place, (text, intent) in enumerate((("L码还有没", "ask_stock"), ("该拍几码", "ask_size"))):
        annotations.stage(f"m{place}", text, intent, (), "wen")
    run = finished(bench, bench.start("wen"))
    bench.promote(run.id, person=Person("he", "何老师"))
    told = git("log", "-1", "--format=%an|%s").strip()
    assert told == f"何老师|Training run {run.id}: 2 examples of ask_size, ask_stock"
    bench.rollback(run.id, Person("wen", "文老师"))
    assert git("log", "-1", "--format=%an|%s").strip() == f"文老师|Roll back training run {run.id}"
    assert git("diff", "HEAD~2", "--stat") == ""


def test_the_serving_model_is_measured_once_and_its_scores_are_kept(bench: Runs) -> None:
    assert bench.kept_scores() is None
    bench.measure()
    deadline = time.monotonic() + 10
    while bench.is_measuring:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    kept = bench.kept_scores()
    assert kept is not None and kept["accuracy"] == 1.0
    assert bench.why_not_measured() == ""


def test_a_model_that_cannot_be_read_says_why_it_was_not_measured(
    bench: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> list[dict]:
        raise dialogue_model.TrainingFailed("the model did not answer")

    monkeypatch.setattr(runs_module, "parse_lines", refuse)
    bench.measure()
    deadline = time.monotonic() + 10
    while bench.is_measuring:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert bench.kept_scores() is None
    assert bench.why_not_measured() == "the model did not answer"
