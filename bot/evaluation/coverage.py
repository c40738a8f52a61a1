"""How right a model is where it is surest: risk–coverage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def accuracy_by_coverage(
    confidence: Sequence[float], right: Sequence[bool]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share of messages taken, surest first, and the share of these that is right; both (messages,), from 0 to 1.

    Among equally sure messages the order given counts.
    """
    order = np.argsort(-np.asarray(confidence, float), kind="stable")
    taken = np.arange(1, len(order) + 1)
    return taken / max(1, len(order)), np.cumsum(np.asarray(right, float)[order]) / taken


def surest(confidence: Sequence[float], right: Sequence[bool], share: float = 0.6) -> float | None:
    """Accuracy of the `share` of messages it is surest of, rounded down; None where that is no message."""
    number = int(len(confidence) * share)
    return float(accuracy_by_coverage(confidence, right)[1][number - 1]) if number else None


def acted_on(confidence: Sequence[float], threshold: float) -> float | None:
    """Share of messages at or above `threshold`; None without messages."""
    return float(np.mean(np.asarray(confidence) >= threshold)) if len(confidence) else None
