"""How much a confidence is worth, measured on messages the model has not seen (Rasa environment).

    PYTHONPATH=. .venv-rasa/bin/python -m bot.nlu.confidence [messages.jsonl]

Without a file: every example of data/nlu, read by a model trained on the others. With one: its lines
`{"text", "intent", "accepted": […], "clear": true}` (the last two optional), read by a model trained on data/nlu.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from bot.nlu import linear
from bot.nlu.features import FeatureConfig, Vectoriser, read

ROOT = Path(__file__).resolve().parents[2]
STEPS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Reading:
    confidence: float
    is_right: bool
    is_among_three: bool
    """Whether an accepted intent is among the first three."""


def examples() -> Iterator[tuple[str, str]]:
    """(text, intent) of data/nlu."""
    for path in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                yield line.removeprefix("- "), block["intent"]


def of_unseen_examples(folds: int = 5) -> list[Reading]:
    """Readings of all examples by models of the other folds."""
    texts, labels = zip(*examples(), strict=True)
    intents, y = np.unique(np.array(labels), return_inverse=True)
    messages = [read(text) for text in texts]
    x = Vectoriser.fit(messages, FeatureConfig()).matrix(messages)
    config = linear.TrainingConfig(folds=folds)
    scores = linear.out_of_fold_scores(x, y, config)
    chances = linear.softmax(scores / (linear.fitted_temperature(scores, y) * config.caution))
    return [_reading(row, [true]) for row, true in zip(chances, y, strict=True)]


def of_messages(path: Path) -> list[Reading]:
    """Readings of the clear messages of a jsonl file."""
    texts, labels = zip(*examples(), strict=True)
    model = linear.train([read(text) for text in texts], labels, FeatureConfig(), linear.TrainingConfig())
    places = {intent: place for place, intent in enumerate(model.intents)}
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [
        _reading(
            model.probabilities(read(line["text"])),
            [places[i] for i in line.get("accepted", [line["intent"]])],
        )
        for line in lines
        if line.get("clear", True)
    ]


def _reading(chances: np.ndarray, accepted: Sequence[int]) -> Reading:
    order = np.argsort(-chances)
    return Reading(
        float(chances[order[0]]), order[0] in accepted, any(place in accepted for place in order[:3])
    )


def table(readings: Sequence[Reading]) -> str:
    """One line a threshold: share of messages at or above it, share of them read right; then the first three."""
    confidence = np.array([reading.confidence for reading in readings])
    right = np.array([reading.is_right for reading in readings])
    lines = ["threshold  messages  right"]
    for step in STEPS:
        above = confidence >= step
        lines.append(f"{step:9.1f}  {above.mean():8.1%}  {right[above].mean() if above.any() else 0:6.1%}")
    three = np.mean([reading.is_among_three for reading in readings])
    lines.append(f"right among the first three: {three:.1%} of {len(readings)} messages")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(of_messages(Path(sys.argv[1])) if len(sys.argv) > 1 else of_unseen_examples()))
