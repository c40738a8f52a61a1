"""Whether a confidence means what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Bin:
    """Messages whose confidence lies in [low, high) (the last bin includes 1)."""

    low: float
    high: float
    messages: int
    confidence: float
    """Mean confidence."""
    right: float
    """Share that is right."""


def reliability(confidence: Sequence[float], right: Sequence[bool], bins: int = 10) -> tuple[Bin, ...]:
    """The filled ones of `bins` bins of equal width."""
    sure, holds = np.asarray(confidence, float), np.asarray(right, float)
    place = np.minimum((sure * bins).astype(int), bins - 1)
    filled = []
    for number in range(bins):
        inside = place == number
        if inside.any():
            means = float(sure[inside].mean()), float(holds[inside].mean())
            filled.append(Bin(number / bins, (number + 1) / bins, int(inside.sum()), *means))
    return tuple(filled)


def expected_error(bins: Sequence[Bin]) -> float | None:
    """Expected calibration error: mean distance of confidence and share right, weighted by messages; None without any.

    After Guo et al., On Calibration of Modern Neural Networks, 2017.
    """
    total = sum(one.messages for one in bins)
    return sum(one.messages * abs(one.confidence - one.right) for one in bins) / total if total else None
