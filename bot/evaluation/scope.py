"""How well wishes we serve are told apart from all others, by a score that is higher for ours."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float | None:
    """Chance that one of ours scores above one of the others, ties half (Mann–Whitney); None where a side is empty."""
    if not len(inside) or not len(outside):
        return None
    ranks = rankdata([*inside, *outside])[: len(inside)]
    least = len(inside) * (len(inside) + 1) / 2
    return float((ranks.sum() - least) / (len(inside) * len(outside)))


def curve(
    inside: Sequence[float], outside: Sequence[float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share of the others let pass and share of ours let pass, for every threshold, strictest first."""
    thresholds = np.unique([*inside, *outside])[::-1]
    passed = [
        np.concatenate([[0.0], [np.mean(np.asarray(s) >= t) for t in thresholds]]) for s in (outside, inside)
    ]
    return passed[0], passed[1]


def highest_caught(outside: Sequence[float], share: float = 0.9) -> float:
    """The score up to which messages are turned away so that at least `share` of the others are. Needs one of them."""
    return float(np.sort(outside)[math.ceil(share * len(outside)) - 1])


def accuracy_when_catching(
    inside: Sequence[float], right: Sequence[bool], outside: Sequence[float], share: float = 0.9
) -> float | None:
    """Share of ours let pass and read right where `share` of the others are caught; None where a side is empty."""
    if not len(inside) or not len(outside):
        return None
    passed = np.asarray(inside) > highest_caught(outside, share)
    return float(np.mean(passed & np.asarray(right, bool)))
