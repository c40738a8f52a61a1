"""One small run from examples to report: what it prints, plots and keeps."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from rich.console import Console

from bot.evaluation import plots, terminal
from bot.evaluation.report import Summary
from bot.evaluation.run import Places, Plan, evaluate
from bot.settings import Settings
from bot.training.dialogue_model import RASA_PYTHON
from tests.conftest import unavailable

REAL = [
    {"text": "亲发哪家快递", "intent": "ask_courier", "group": "JD"},
    {"text": "那个呢", "intent": "ask_refund", "clear": False, "group": "JD"},
]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("evaluation")


@pytest.fixture(scope="module")
def summary(settings: Settings, places: Places, out: Path) -> Summary:
    if not RASA_PYTHON.exists():
        unavailable("the Rasa environment", "run `make setup`")
    real = out / "brought.jsonl"
    real.write_text("\n".join(json.dumps(row) for row in REAL), encoding="utf-8")
    return evaluate(settings, Plan(out, real=real), Console(quiet=True), places)


def rows(out: Path, name: str) -> list[dict]:
    return [json.loads(line) for line in (out / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_page_tells_the_figures_of_the_run(summary: Summary, out: Path) -> None:
    page = (out / "report.html").read_text(encoding="utf-8")
    ours = summary.models[0]
    assert f"<td>{ours.macro_f1:.3f}</td>" in page
    for one in summary.reached:
        assert one.goal.title in page
        if one.value is not None:
            assert f"<td>{one.value:.1%}</td>" in page
    for name, intent in ours.intents.items():
        assert name in page and f"<b>{intent.f1:.3f}</b>" in page
    assert "没有测" in page, "without --baselines the comparison with the default recipe was not measured"


def test_the_page_stands_alone(summary: Summary, out: Path) -> None:
    page = (out / "report.html").read_text(encoding="utf-8")
    assert page.count("data:image/png;base64,") == 6
    assert re.findall(r'(?:src|href)="(?!data:|#)[^"]*"', page) == []
    assert "http" not in page


def test_real_messages_are_counted_and_not_shown(summary: Summary, out: Path) -> None:
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "JD" in page and REAL[0]["text"] not in page


def test_every_mean_has_its_single_results_beside_it(summary: Summary, out: Path) -> None:
    held_out = rows(out, "held-out")
    assert summary.models[0].accuracy == round(sum(row["right"] for row in held_out) / len(held_out), 4)
    real = [row for row in rows(out, "real") if row["clear"]]
    assert summary.models[0].real.overall.primary == sum(row["right"] for row in real) / len(real)
    exact = [row["exact"] for row in rows(out, "entities")]
    assert summary.entities.sentence_exact == sum(exact) / len(exact)
    for report in summary.faq:
        ranks = [row["rank"] for row in rows(out, "faq") if row["ranker"] == report.name]
        assert report.hit_at(1) == ranks.count(1) / len(ranks) and len(ranks) == 2
    assert {row["group"] for row in rows(out, "outside")} == {"near", "far"}


def test_the_numbers_are_kept_for_programs_too(summary: Summary, out: Path) -> None:
    kept = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert kept["models"][0]["macro_f1"] == summary.models[0].macro_f1
    assert {goal["key"]: goal["value"] for goal in kept["goals"]}["faq_hit"] == summary.faq[0].hit_at(1)
    assert [part["name"] for part in kept["faq"][0]["slices"]] == ["plain", "traditional"]


def test_the_extractor_reads_measures_and_prices(summary: Summary) -> None:
    assert summary.entities.kinds["height_cm"].right == 1
    assert summary.entities.kinds["price"].exact == 1


def test_the_terminal_shows_what_was_reached(summary: Summary) -> None:
    console = Console(width=160, record=True, file=io.StringIO())
    terminal.show(summary, console)
    printed = console.export_text()
    assert "held-out sentences, macro-F1" in printed and f"{summary.models[0].macro_f1:.3f}" in printed
    assert "not measured, needs --real and --baselines" in printed


def test_without_a_chinese_font_the_plots_speak_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plots.font_manager.fontManager, "ttflist", [])
    assert plots.chinese_font() is None
    assert plots.load_labels(None)["held_out"] == "held-out sentences"
    assert plots.load_labels("Noto Sans CJK JP")["held_out"] == "自备测试句"
