"""Inbox, staged changes and runs on a real database, with a small copy of the language data."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.desk.conversations import NotFound
from bot.desk.database import migrate, open_database
from bot.desk.schema import conversations, messages, suggestion_rejections
from bot.settings import Settings
from bot.training import dialogue_model
from bot.training import runs as runs_module
from bot.training.annotations import Annotations, NoSuchChange
from bot.training.commits import Person
from bot.training.inbox import inbox, text_of
from bot.training.runs import Run, RunRefused, Runs

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
ANSWER = 0.4


@pytest.fixture
def engine(tmp_path: Path) -> sa.Engine:
    engine = open_database(f"sqlite:///{tmp_path / 'desk.db'}")
    migrate(engine)
    return engine


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The files a run copies, with two intents."""
    nlu = tmp_path / "checkout" / "data" / "nlu"
    nlu.mkdir(parents=True)
    for intent, lines in {"ask_stock": ["有货吗", "还有没有M"], "ask_size": ["穿多大", "拍什么码"]}.items():
        text = f'version: "3.1"\n\nnlu:\n- intent: {intent}\n  examples: |\n' + "".join(
            f"    - {x}\n" for x in lines
        )
        (nlu / f"{intent}.yml").write_text(text, encoding="utf-8")
    for name in ("data/rules", "data/stories"):
        (tmp_path / "checkout" / name).mkdir()
    for name in ("config.yml", "domain.yml"):
        (tmp_path / "checkout" / name).write_text("pipeline: []\n", encoding="utf-8")
    return tmp_path / "checkout"


@pytest.fixture
def annotations(engine: sa.Engine, root: Path) -> Annotations:
    return Annotations(engine, root / "data" / "nlu", root)


def say(engine: sa.Engine, text: str, confidence: float, conversation: str = "c1", **more: object) -> str:
    """A customer's message as the gateway stores it; returns its id."""
    with engine.begin() as connection:
        known = connection.execute(
            sa.select(conversations.c.last_seq).where(conversations.c.id == conversation)
        ).scalar()
        if known is None:
            row = {column.name: _blank(column) for column in conversations.columns if not column.nullable}
            row |= {"id": conversation, "owner": "bot", "version": 1, "created_at": NOW, "updated_at": NOW}
            connection.execute(sa.insert(conversations).values(**row))
        seq = (known or 0) + 1
        update = sa.update(conversations).where(conversations.c.id == conversation)
        connection.execute(update.values(last_seq=seq, **more))
        row = {column.name: _blank(column) for column in messages.columns if not column.nullable}
        nlu = {"intent": "ask_stock", "confidence": confidence, "entities": [], "ranking": RANKING}
        row |= {
            "id": f"{conversation}-{seq}",
            "conversation_id": conversation,
            "seq": seq,
            "sender": "customer",
        }
        row |= {"text": text, "nlu": nlu, "created_at": NOW - timedelta(minutes=5), "client_id": f"k{seq}"}
        connection.execute(sa.insert(messages).values(**row))
    return str(row["id"])


RANKING = [{"name": name, "confidence": 0.1} for name in ("ask_stock", "ask_size", "ask_price", "bargain")]


def _blank(column: sa.Column) -> object:
    return {sa.Integer: 0, sa.Boolean: False, sa.JSON: []}.get(type(column.type), "")


def test_an_uncertain_message_waits_in_the_inbox_with_its_three_nearest_intents(engine: sa.Engine) -> None:
    say(engine, "那个大的还有不", 0.2)
    say(engine, "有货吗", 0.95)
    (item,) = inbox(engine, ANSWER, NOW)
    assert (item.text, item.reasons) == ("那个大的还有不", ("uncertain",))
    assert [each["name"] for each in item.ranking] == ["ask_stock", "ask_size", "ask_price"]


def test_near_duplicates_are_one_item_and_count_for_more(engine: sa.Engine) -> None:
    for number, text in enumerate(
        ["我昨天拍的今天能发走吗", "我昨天拍的今天能发走吗？", "我昨天拍的今天能发走不", "啥时候补货呢亲"]
    ):
        say(engine, text, 0.2, f"c{number}")
    items = inbox(engine, ANSWER, NOW)
    assert [item.count for item in items] == [3, 1]
    assert items[0].value > items[1].value


def test_what_led_to_a_handoff_comes_before_what_did_not(engine: sa.Engine) -> None:
    say(engine, "随便问问这个", 0.2, "calm")
    say(
        engine,
        "你们支持外星快递吗",
        0.2,
        "lost",
        reason="out_of_scope",
        handed_over_at=NOW - timedelta(minutes=4.5),
    )
    assert [item.reasons for item in inbox(engine, ANSWER, NOW)] == [
        ("uncertain", "handed_over"),
        ("uncertain",),
    ]


def test_what_an_agent_would_not_say_comes_before_what_nobody_minded(engine: sa.Engine) -> None:
    say(engine, "随便问问这个", 0.2, "calm")
    say(engine, "充绒量多少", 0.2, "agent")
    say(engine, "袖口会不会磨", 0.95, "sure")
    for conversation, question in (("agent", "充绒量多少？"), ("sure", "袖口会不会磨")):
        row = {column.name: _blank(column) for column in suggestion_rejections.columns}
        row |= {"id": conversation, "conversation_id": conversation, "question": question, "created_at": NOW}
        with engine.begin() as connection:
            connection.execute(sa.insert(suggestion_rejections).values(**{**row, "score": 0.5}))
    found = [(item.text, item.reasons) for item in inbox(engine, ANSWER, NOW)]
    assert found[0] == ("充绒量多少", ("uncertain", "rejected"))
    assert found[-1] == ("袖口会不会磨", ("rejected",))


def test_a_customer_s_own_wish_for_a_person_is_no_misreading(engine: sa.Engine) -> None:
    say(engine, "转人工", 0.99, reason="requested", handed_over_at=NOW - timedelta(minutes=4.9))
    assert inbox(engine, ANSWER, NOW) == []


def test_the_lines_before_a_message_are_its_context(engine: sa.Engine) -> None:
    for text in ("在吗", "看看羽绒服", "大的呢"):
        say(engine, text, 0.9 if text != "大的呢" else 0.1)
    (item,) = inbox(engine, ANSWER, NOW)
    assert [line["text"] for line in item.context] == ["在吗", "看看羽绒服"]


def test_a_decided_message_leaves_the_inbox_and_returns_when_the_decision_is_dropped(
    engine: sa.Engine, annotations: Annotations
) -> None:
    number = say(engine, "那个大的还有不", 0.2)
    change = annotations.stage(number, text_of(engine, number), "ask_stock", [], "wen")
    assert inbox(engine, ANSWER, NOW) == []
    annotations.drop(change.id)
    assert len(inbox(engine, ANSWER, NOW)) == 1


def test_a_message_put_aside_changes_no_file(engine: sa.Engine, annotations: Annotations) -> None:
    number = say(engine, "？？？", 0.2)
    annotations.stage(number, "？？？", None, [], "wen")
    assert annotations.list() == [] and annotations.diff() == ""
    assert inbox(engine, ANSWER, NOW) == []


def test_nobody_labels_a_message_that_is_not_there(engine: sa.Engine) -> None:
    with pytest.raises(NotFound):
        text_of(engine, "nope")


def test_staging_shows_a_diff_and_applying_writes_it_once(annotations: Annotations, root: Path) -> None:
    change = annotations.stage("m1", "那个大的还有不", "ask_stock", [], "wen")
    assert "+    - 那个大的还有不" in annotations.diff()
    assert "那个大的" not in (root / "data/nlu/ask_stock.yml").read_text(encoding="utf-8")
    annotations.apply(change.id)
    assert "    - 那个大的还有不\n" in (root / "data/nlu/ask_stock.yml").read_text(encoding="utf-8")
    with pytest.raises(NoSuchChange):
        annotations.apply(change.id)


def test_a_second_decision_replaces_the_first(annotations: Annotations) -> None:
    annotations.stage("m1", "大的呢", "ask_stock", [], "wen")
    annotations.stage("m1", "大的呢", "ask_size", [], "wen")
    assert [change.intent for change in annotations.list()] == ["ask_size"]


# --- runs: training itself is replaced by writing an archive; tests/browser trains for real -------------------


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


def checked_out(root: Path) -> Callable[..., str]:
    """The copy as a git checkout; returns a way to ask git."""

    def git(*words: str) -> str:
        command = ["git", "-C", str(root), "-c", "user.name=x", "-c", "user.email=x@y.invalid", *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    git("init", "--quiet")
    git("add", "data")
    git("commit", "--quiet", "-m", "start")
    return git


def test_in_a_checkout_an_applied_label_is_a_commit_with_the_trainers_name(
    annotations: Annotations, root: Path
) -> None:
    git = checked_out(root)
    (root / "domain.yml").write_text("pipeline: [other]\n", encoding="utf-8")
    change = annotations.stage("m1", "L码还有没", "ask_stock", (), "wen")
    annotations.apply(change.id, Person("wen", "文老师"))
    assert git("log", "-1", "--format=%an|%s").strip() == "文老师|Label ask_stock: L码还有没"
    assert git("show", "--name-only", "--format=").split() == ["data/nlu/ask_stock.yml"]


def test_promoting_and_rolling_back_a_run_are_commits_too(
    engine: sa.Engine, annotations: Annotations, bench: Runs, root: Path
) -> None:
    git = checked_out(root)
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
