"""Rasa's own classifiers beside ours: what they learn, and that nothing is trained twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.evaluation import rasa_models, recipes
from bot.evaluation.rasa_lines import as_line
from bot.evaluation.rasa_models import Baseline, answers
from bot.faq.scripts import Entry, Script
from bot.settings import Settings
from bot.training.dialogue_model import RASA_PYTHON
from bot.training.nlu_files import Example, read_examples
from tests.conftest import unavailable

EXAMPLES = [
    Example("身高[一米七](height_cm)", "inform", Path("a.yml"), 1),
    Example("你好: 在吗", "greet", Path("a.yml"), 2),
    Example("#1号款", "inform", Path("a.yml"), 3),
]


def test_a_baseline_learns_the_very_lines_ours_learns() -> None:
    data = YAML(typ="safe").load(recipes.intent_baseline("default_recipe", EXAMPLES, 1).data)
    assert {block["intent"]: block["examples"].splitlines() for block in data["nlu"]} == {
        "inform": ["- 身高[一米七](height_cm)", "- #1号款"],
        "greet": ["- 你好: 在吗"],
    }


def test_a_response_selector_learns_every_phrasing_of_an_entry() -> None:
    entry = Entry("a.b", "greet", "问", ("一", "二"), (Script("a", "答{cutoff}"), Script("b", "又答")))
    data = YAML(typ="safe").load(recipes.faq_baseline([entry], 1).data)
    assert data["nlu"] == [{"intent": "faq/a.b", "examples": "- 问\n- 一\n- 二\n"}]
    assert data["responses"] == {"utter_faq/a.b": [{"text": "答{cutoff}"}]}


@pytest.mark.parametrize("name", ["default_recipe", "response_selector"])
def test_the_default_recipe_trains_a_hundred_epochs_unless_told_otherwise(name: str) -> None:
    written = YAML(typ="safe").load((recipes.FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    assert [part["epochs"] for part in written["pipeline"] if "epochs" in part] == [100]
    told = YAML(typ="safe").load(recipes.recipe(name, 3))
    assert [part["epochs"] for part in told["pipeline"] if "epochs" in part] == [3]


def test_the_mark_of_an_unsure_reading_is_no_intent() -> None:
    parsed = {
        "intent_ranking": [
            {"name": "nlu_fallback", "confidence": 0.7},
            {"name": "greet", "confidence": 0.2},
        ],
        "response_selector": {
            "all_retrieval_intents": ["faq"],
            "faq": {"ranking": [{"intent_response_key": "faq/a.b"}, {"intent_response_key": "faq/c.d"}]},
        },
    }
    assert as_line(parsed) == {"intents": [["greet", 0.2]], "responses": ["a.b", "c.d"]}


@pytest.fixture()
def trainings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of what was trained and asked, with Rasa replaced by a model that always greets."""
    done: list[str] = []

    def train(baseline: Baseline, model: Path, record: Path, settings: Settings) -> None:
        done.append(f"train {baseline.name}")
        model.write_text("a model")
        record.write_text('{"trained_at": "2026-11-22T00:00:00+00:00", "seconds": 9}')

    def ask(module: list[str], texts: list[str], settings: Settings) -> list[dict]:
        done.append(f"ask {len(texts)}")
        return [{"intents": [["greet", 0.9]], "responses": []} for _ in texts]

    monkeypatch.setattr(rasa_models, "_train", train)
    monkeypatch.setattr(rasa_models, "run_lines", ask)
    return done


def test_a_second_run_with_the_same_data_trains_and_asks_nothing(
    tmp_path: Path, settings: Settings, trainings: list[str]
) -> None:
    baseline = Baseline("some", "recipe", "data")
    first = answers(baseline, ["一", "二"], tmp_path, settings, print)
    again = answers(baseline, ["一", "二"], tmp_path, settings, print)
    assert trainings == ["train some", "ask 2"]
    assert first == again and again.trained_at.startswith("2026-11-22")


def test_other_questions_are_asked_of_the_model_that_is_there(
    tmp_path: Path, settings: Settings, trainings: list[str]
) -> None:
    answers(Baseline("some", "recipe", "data"), ["一", "二"], tmp_path, settings, print)
    answers(Baseline("some", "recipe", "data"), ["三"], tmp_path, settings, print)
    assert trainings == ["train some", "ask 2", "ask 1"]


@pytest.mark.parametrize("changed", [Baseline("some", "other", "data"), Baseline("some", "recipe", "other")])
def test_another_recipe_or_other_data_train_again(
    tmp_path: Path, settings: Settings, trainings: list[str], changed: Baseline
) -> None:
    answers(Baseline("some", "recipe", "data"), ["一"], tmp_path, settings, print)
    answers(changed, ["一"], tmp_path, settings, print)
    assert trainings.count("train some") == 2


def test_logistic_regression_is_really_trained_by_rasa(tmp_path: Path, settings: Settings) -> None:
    if not RASA_PYTHON.exists():
        unavailable("the Rasa environment", "run `make setup`")
    examples = read_examples(settings.nlu_dir)
    baseline = recipes.intent_baseline("logistic_regression", examples, 1)
    found = answers(baseline, ["/发票怎么开"], tmp_path, settings, print)
    model = recipes.as_trained(baseline, found)
    assert model.rankings[0][0][0] == "ask_invoice"
    assert model.acts_from == 0.3 and found.seconds > 0
