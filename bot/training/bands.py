"""Where the three confidence bands begin: chosen on cross-validated readings, written with their source."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from ruamel.yaml import YAML

from bot.training.cross_validation import Reading

RIGHT_WHEN_ACTING = 0.60
"""At `answer` itself (not above it, where most are) this share of readings must be right: a wrong act costs the
customer about as much as one and a half questions back."""
UNCLEAR_ACTED_ON = 0.15
"""At most this share of the examples that only their chat explains may be acted on. Strangers write less like the
examples than the folds do, so it is stricter than the 0.20 wanted on real messages."""
AMONG_THREE = 0.80
"""At `confirm` itself this share of the wanted intents must be among the three shown."""
WINDOW = 0.08
"""Width, in confidence, of the slice in which a share is taken."""
FEWEST = 30
"""Readings a slice needs before its share says anything."""


def choose_bands(readings: Sequence[Reading]) -> tuple[float, float]:
    """(`answer`, `confirm`), both on the scale of confidence and multiples of 0.01."""
    clear = [reading for reading in readings if reading.clear]
    confidence = np.array([reading.confidence for reading in clear])
    right = np.array([reading.is_right for reading in clear])
    shown = np.array([any(name == reading.intent for name, _ in reading.ranking) for reading in clear])
    unclear = [reading.confidence for reading in readings if not reading.clear]
    answer = max(_lowest(confidence, right, RIGHT_WHEN_ACTING), _above_most(unclear))
    confirm = _lowest(confidence, shown, AMONG_THREE)
    return answer, min(confirm, round(answer - 0.05, 2))


def _above_most(unclear: Sequence[float]) -> float:
    """The lowest hundredth that no more than UNCLEAR_ACTED_ON of these confidences reach; 0 where there are none."""
    return float(np.ceil(np.quantile(unclear, 1 - UNCLEAR_ACTED_ON) * 100) / 100) if unclear else 0.0


def _lowest(confidence: np.ndarray, holds: np.ndarray, share: float) -> float:
    """Where, coming down from certainty, a slice of confidences first has less than `share` of `holds`."""
    for start in np.arange(0.95, 0.04, -0.01):
        inside = (confidence >= start - WINDOW / 2) & (confidence < start + WINDOW / 2)
        if inside.sum() >= FEWEST and holds[inside].mean() < share:
            return round(float(start), 2)
    return 0.05


def write_bands(answer: float, confirm: float, dialogue_file: Path, config_file: Path) -> None:
    """Put the numbers where the dialogue and Rasa's FallbackClassifier read them; comments stay."""
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 100_000
    document = yaml.load(dialogue_file.read_text(encoding="utf-8"))
    document["bands"]["answer"] = answer
    document["bands"]["confirm"] = confirm
    with dialogue_file.open("w", encoding="utf-8") as file:
        yaml.dump(document, file)
    config = yaml.load(config_file.read_text(encoding="utf-8"))
    fallback = next(part for part in config["pipeline"] if part["name"] == "FallbackClassifier")
    fallback["threshold"] = answer
    with config_file.open("w", encoding="utf-8") as file:
        yaml.dump(config, file)
