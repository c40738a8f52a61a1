"""A judged message and how a model read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

OUT_OF_SCOPE = "out_of_scope"

Ranking = tuple[tuple[str, float], ...]
"""Intents with their confidence (0–1), likeliest first; empty where a model said nothing."""


@dataclass(frozen=True)
class Message:
    """A sentence whose meaning is known."""

    text: str
    intent: str
    accepted: frozenset[str] = frozenset()
    """Further intents that are right as well."""
    is_clear: bool = True
    """False where the message alone does not tell what is wanted."""
    group: str = ""
    """Where it comes from; of out-of-scope sentences `near` or `far`."""


@dataclass(frozen=True)
class Reading:
    message: Message
    ranking: Ranking

    @property
    def read_as(self) -> str:
        return self.ranking[0][0] if self.ranking else ""

    @property
    def confidence(self) -> float:
        return self.ranking[0][1] if self.ranking else 0.0

    @property
    def is_right(self) -> bool:
        return self.read_as == self.message.intent

    @property
    def is_accepted(self) -> bool:
        return self.is_right or self.read_as in self.message.accepted

    @property
    def within(self) -> tuple[str, float]:
        """The likeliest intent that is a wish we serve, and how sure the model is that the message is one at all.

        That score, for every model alike, is what the ranking leaves to intents other than `out_of_scope`. The
        likeliest intent's own confidence tells the two apart less well (docs/nlu.md): it also falls where two of our
        intents are near each other.
        """
        name = next((name for name, _ in self.ranking if name != OUT_OF_SCOPE), "")
        outside = sum(chance for name, chance in self.ranking if name == OUT_OF_SCOPE)
        total = sum(chance for _, chance in self.ranking)
        return name, 1 - outside / total if total else 0.0

    def row(self) -> dict[str, object]:
        """For the file of single results: three best intents, what was wanted, whether it was right."""
        return {
            "text": self.message.text,
            "intent": self.message.intent,
            "accepted": sorted(self.message.accepted),
            "clear": self.message.is_clear,
            "group": self.message.group,
            "ranking": [[name, round(chance, 4)] for name, chance in self.ranking[:3]],
            "within": [self.within[0], round(self.within[1], 4)],
            "right": self.is_right,
            "accepted_right": self.is_accepted,
        }


@dataclass(frozen=True)
class Trained:
    """A model's answers to a list of texts, and where they come from."""

    name: str
    rankings: Sequence[Ranking]
    acts_from: float
    """Confidence from which it acts without asking back."""
    trained_at: str
    """ISO time with zone."""
    seconds: float
    """Training alone."""
