"""The baselines' recipes and data files, as Rasa reads them."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from bot.evaluation.rasa_models import Answers, Baseline
from bot.evaluation.readings import Ranking, Trained
from bot.faq.scripts import Entry
from bot.files import read_for_rewriting, read_yaml
from bot.training.nlu_files import Example

FOLDER = Path(__file__).parent / "baselines"
INTENT_BASELINES = ("default_recipe", "logistic_regression")
"""Files in FOLDER; the first is what the goals compare with."""
FAQ_BASELINE = "response_selector"


def intent_baseline(name: str, examples: Sequence[Example], epochs: int) -> Baseline:
    """Learns the very lines ours learns, entity annotation included."""
    by_intent: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        by_intent[example.intent].append(example.text)
    blocks = [{"intent": intent, "examples": _lines(texts)} for intent, texts in by_intent.items()]
    return Baseline(name, recipe(name, epochs), _dump({"version": "3.1", "nlu": blocks}))


def faq_baseline(entries: Sequence[Entry], epochs: int) -> Baseline:
    """Each entry a response key, its phrasings the examples, its first script the response."""
    blocks = [{"intent": f"faq/{entry.id}", "examples": _lines(entry.phrasings)} for entry in entries]
    responses = {f"utter_faq/{entry.id}": [{"text": entry.scripts[0].text}] for entry in entries}
    data = _dump({"version": "3.1", "nlu": blocks, "responses": responses})
    return Baseline(FAQ_BASELINE, recipe(FAQ_BASELINE, epochs), data)


def recipe(name: str, epochs: int) -> str:
    """The file of that baseline with `epochs` where it trains a network."""
    document = read_for_rewriting(FOLDER / f"{name}.yml")
    for part in document["pipeline"]:
        if "epochs" in part:
            part["epochs"] = epochs
    return _dump(document)


def as_trained(baseline: Baseline, answers: Answers) -> Trained:
    """It acts where its own FallbackClassifier does not step in."""
    pipeline = read_yaml(FOLDER / f"{baseline.name}.yml")["pipeline"]
    fallback = next(part for part in pipeline if part["name"] == "FallbackClassifier")
    rankings: list[Ranking] = [
        tuple((str(name), float(chance)) for name, chance in row["intents"]) for row in answers.rows
    ]
    return Trained(baseline.name, rankings, float(fallback["threshold"]), answers.trained_at, answers.seconds)


def _lines(texts: Sequence[str]) -> LiteralScalarString:
    return LiteralScalarString("".join(f"- {' '.join(text.split())}\n" for text in texts))


def _dump(document: object) -> str:
    yaml = YAML(typ="rt")
    yaml.width = 100_000
    stream = io.StringIO()
    yaml.dump(document, stream)
    return stream.getvalue()
