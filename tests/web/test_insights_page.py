"""Insights over HTTP, with scores as a training run keeps them."""

from __future__ import annotations

import json

import pytest

from bot.training.dialogue_model import current_model
from bot.training.evaluation import held_out, score
from bot.training.runs import hash_of
from tests.web.conftest import Web


@pytest.fixture
def measured(web: Web) -> None:
    """As if the serving model had been measured: it reads one sentence wrongly."""
    expected = held_out()
    parses = [{"intent": {"name": intent, "confidence": 0.9}} for _, intent in expected]
    parses[0] = {"intent": {"name": "goodbye", "confidence": 0.61}}
    model = current_model(web.settings).resolve()
    path = web.settings.data_dir / "scores" / f"{model.name}-{hash_of(expected)}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(score(expected, parses).as_json()), encoding="utf-8")


def test_insights_before_the_model_is_measured_still_tell_of_the_examples(web: Web):
    with web.agent("wen") as client:
        found = client.get("/api/workbench/insights").json()
    assert found["accuracy"] is None and found["confusions"] == []
    assert len(found["intents"]) >= 40
    assert all(row["examples"] > 0 for row in found["intents"] if row["name"] == "ask_size")


def test_a_misread_sentence_stands_in_its_cell_of_the_grid(web: Web, measured: None):
    text, intent = held_out()[0]
    with web.agent("wen") as client:
        found = client.get("/api/workbench/insights").json()
    (cell,) = found["confusions"]
    assert (cell["expected"], cell["read_as"]) == (intent, "goodbye")
    assert cell["sentences"] == [{"text": text, "confidence": 0.61}]
    assert 0.99 < found["accuracy"] < 1 and found["judged"] == len(held_out())


def test_without_an_index_there_are_no_drafts_and_no_failure(web: Web):
    web.customer().say("能开车间参观吗")
    with web.agent("wen") as client:
        answer = client.get("/api/workbench/insights/questions")
    assert (answer.status_code, answer.json()) == (200, [])


def test_agents_have_no_insights(web: Web):
    with web.agent("aqing") as client:
        assert client.get("/api/workbench/insights").status_code == 403
        assert client.post("/api/workbench/insights/measure").status_code == 403
