"""Imported messages worth a trainer's label: clear, and yet unsure to the intent model."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.evaluation.readings import Ranking
from bot.learning.heard import Heard
from bot.learning.intents import doubt
from bot.training.inbox import SAME
from bot.training.nlu_files import same_key

MOST = 200
"""Messages on the list: two hours of a trainer's work."""
LEAST_DOUBT = 0.1
"""A message the model is surer of teaches it nothing."""
SHORTEST = 3
"""Letters; shorter ones are answered by their chat."""


@dataclass(frozen=True)
class ToLabel:
    text: str
    customers: int
    """Who wrote it, or nearly the same."""
    ranking: Ranking
    doubt: float
    """0–1."""


def to_label(
    messages: Sequence[Heard], rankings: Sequence[Ranking], labelled: Collection[str], most: int = MOST
) -> list[ToLabel]:
    """The `most` doubtful messages, the most doubtful first; near-duplicates count for the first of them.

    `labelled`: keys (`same_key`) of examples there are already.
    """
    doubted = [
        (doubt(ranking), message, ranking) for message, ranking in zip(messages, rankings, strict=True)
    ]
    chosen: list[tuple[str, float, Ranking, Heard, set[str]]] = []
    for unsure, message, ranking in sorted(doubted, key=lambda one: (-one[0], one[1].text)):
        key = same_key(message.text)
        if unsure < LEAST_DOUBT or len(key) < SHORTEST or key in labelled:
            continue
        twin = next((one for one in chosen if fuzz.ratio(key, one[0]) >= SAME), None)
        if twin:
            twin[4].update(message.askers)
        elif len(chosen) < most:
            chosen.append((key, unsure, ranking, message, set(message.askers)))
    return [
        ToLabel(message.text, len(askers), ranking, round(unsure, 3))
        for _, unsure, ranking, message, askers in chosen
    ]
