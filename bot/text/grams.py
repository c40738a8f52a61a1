"""Character n-grams."""

from __future__ import annotations


def char_ngrams(text: str, low: int, high: int) -> list[str]:
    """All character n-grams of `text` with low ≤ n ≤ high, shorter ones first, in order, repeats kept."""
    return [text[start : start + n] for n in range(low, high + 1) for start in range(len(text) - n + 1)]
