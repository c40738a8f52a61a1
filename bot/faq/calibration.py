"""From similarities to one score from 0 to 1, and the bands of that score."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Curve:
    """score = sigmoid(slope * similarity + margin_slope * margin + intercept); slopes are at least 0."""

    slope: float
    margin_slope: float
    intercept: float

    def scores(self, similarities: Floats) -> Floats:
        """Chances for one query's entries, given all their similarities, best first.

        The margin of the best is its lead over the second, that of any other its (negative) distance to the best:
        two entries equally near are both doubtful. Order is kept.
        """
        if len(similarities) == 0:
            return similarities
        margins = similarities - similarities[0]
        margins[0] = similarities[0] - (similarities[1] if len(similarities) > 1 else 0)
        logits = self.slope * similarities + self.margin_slope * margins + self.intercept
        return (1 / (1 + np.exp(-logits))).astype(np.float32)


@dataclass(frozen=True)
class Calibration:
    """How sure to be. A score is the estimated chance that the hit is what the customer meant.

    Reproduce with `python -m bot.faq.tune`.
    """

    encoder: str
    """Name of the encoder it was measured with; another one needs its own."""
    weights: tuple[float, float, float]
    """Of the nearest phrasing, the entry's place and the lexical partner; at least 0, together 1."""
    anywhere: Curve
    """For a search through all entries."""
    within: Curve
    """For a search within the entries of known intents: fewer rivals, so a hit is surer."""
    answer: float
    """At or above: answer."""
    confirm: float
    """Between `confirm` and `answer`: ask which reading is meant. Below: no answer."""
    source: str
    """Which questions the numbers come from."""

    def similarity(self, parts: Floats) -> Floats:
        """(n, 3) → (n,): the convex combination (quality.md: better than rank fusion, learned from few labels)."""
        return parts @ np.asarray(self.weights, np.float32)

    def curve(self, is_within: bool) -> Curve:
        return self.within if is_within else self.anywhere

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=2), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Calibration:
        """Raises OSError, or ValueError for a file of another shape."""
        return _CALIBRATION.validate_json(path.read_bytes())

    def facts(self) -> dict[str, Any]:
        return asdict(self)


_CALIBRATION = TypeAdapter(Calibration)
