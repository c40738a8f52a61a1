"""The intent model of this repository's data, trained as config.yml says, on sentences it has not seen."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from sklearn.metrics import f1_score

from bot.nlu.classifier import LinearIntentClassifier
from bot.nlu.tokenizer import JiebaShopTokenizer

ROOT = Path(__file__).resolve().parents[2]

LEAST_MACRO_F1 = 0.90
"""0.94 when it was set (docs/nlu.md); below this an edit has done harm that a trainer should look at."""

LARGEST_MODEL_MB = 60


@pytest.fixture(scope="module")
def kitchen(make_kitchen, tmp_path_factory):
    return make_kitchen(tmp_path_factory.mktemp("intents"))


@pytest.fixture(scope="module")
def model(kitchen, component_config):
    """(tokenizer, classifier) as they would serve."""
    data = load_data(str(ROOT / "data" / "nlu"))
    tokenizer = kitchen.create(JiebaShopTokenizer)
    tokenizer.train(data)
    tokenizer.process_training_data(data)
    kitchen.create(LinearIntentClassifier, **component_config("LinearIntentClassifier")).train(data)
    return tokenizer, kitchen.load(LinearIntentClassifier, **component_config("LinearIntentClassifier"))


@pytest.fixture(scope="module")
def readings(model, examples_below) -> list[tuple[str, str, list[dict]]]:
    """(text, true intent, ranking) of every held-out sentence."""
    tokenizer, classifier = model
    held = list(examples_below("tests/data/nlu"))
    messages = classifier.process(tokenizer.process([Message(data={TEXT: text}) for text, _ in held]))
    return [(text, intent, m.get("intent_ranking")) for (text, intent), m in zip(held, messages, strict=True)]


def test_unseen_sentences_are_read_as_well_as_before(readings) -> None:
    true = [intent for _, intent, _ in readings]
    read = [ranking[0]["name"] for *_, ranking in readings]
    wrong = [
        f"{text}: {t}, read as {r}" for (text, *_), t, r in zip(readings, true, read, strict=True) if t != r
    ]
    assert f1_score(true, read, average="macro") >= LEAST_MACRO_F1, "\n".join(wrong)


def test_the_right_intent_is_nearly_always_among_the_first_three(readings) -> None:
    hits = [intent in {entry["name"] for entry in ranking[:3]} for _, intent, ranking in readings]
    assert np.mean(hits) >= 0.96


def test_confidence_says_how_often_the_reading_is_right(readings) -> None:
    confidence = np.array([ranking[0]["confidence"] for *_, ranking in readings])
    right = np.array([ranking[0]["name"] == intent for _, intent, ranking in readings])
    assert right[confidence >= 0.8].mean() >= 0.94
    assert right[confidence >= 0.8].mean() - right[confidence < 0.5].mean() >= 0.2


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("我165 110斤 这件羽绒服穿什么码", "ask_size"),
        ("我想退貨", "ask_return"),
        ("便宜点呗", "bargain"),
        ("转人工", "request_human"),
        ("发什么块递", "ask_courier"),
        ("在嗎", "greet"),
    ],
)
def test_what_every_shop_hears_daily_is_read_surely(model, text: str, intent: str) -> None:
    tokenizer, classifier = model
    (read,) = classifier.process(tokenizer.process([Message(data={TEXT: text})]))
    assert read.get("intent")["name"] == intent
    assert read.get("intent")["confidence"] >= 0.6


def test_the_stored_model_is_small(model, kitchen) -> None:
    folder = Path(kitchen.storage._storage_path)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert size < LARGEST_MODEL_MB * 1_000_000


def test_reading_a_message_takes_less_than_five_milliseconds(model, examples_below) -> None:
    tokenizer, classifier = model
    spent = []
    for text, _ in list(examples_below("tests/data/nlu"))[:200]:
        start = time.process_time()
        classifier.process(tokenizer.process([Message(data={TEXT: text})]))
        spent.append(time.process_time() - start)
    assert np.median(spent) < 0.005
