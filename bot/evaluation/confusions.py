"""Pairs of intents taken for each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.readings import Reading


@dataclass(frozen=True)
class Confusion:
    intent: str
    read_as: str
    sentences: tuple[tuple[str, float], ...]
    """Text and confidence of the wrong reading, surest first."""


def confusions(readings: Sequence[Reading]) -> tuple[Confusion, ...]:
    """All pairs, most sentences first."""
    pairs: dict[tuple[str, str], list[tuple[str, float]]] = defaultdict(list)
    for reading in readings:
        if not reading.is_right:
            pair = (reading.message.intent, reading.read_as)
            pairs[pair].append((reading.message.text, reading.confidence))
    found = [
        Confusion(*pair, tuple(sorted(sentences, key=lambda each: -each[1])))
        for pair, sentences in pairs.items()
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.sentences), one.intent, one.read_as)))
