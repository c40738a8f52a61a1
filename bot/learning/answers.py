"""What agents typically said to a question, apart from what they say to everyone."""

from __future__ import annotations

from collections.abc import Sequence

from bot.faq.encoder import Encoder
from bot.text.normalise import bare


class Answers:
    """All agents' answers of the chats, for comparison: a greeting comes after every question and answers none."""

    def __init__(self, encoder: Encoder, said: Sequence[str]) -> None:
        self._encoder = encoder
        self._everywhere = encoder.encode(list(said)).mean(axis=0) if said else None

    def typical(self, said: Sequence[str]) -> str:
        """The one of `said` nearest to the others and farthest from answers to anything; empty without any.

        Similarities are cosines; each answer counts as often as it was given.
        """
        if not said or self._everywhere is None:
            return ""
        vectors = self._encoder.encode(list(said))
        scores = vectors @ (vectors.mean(axis=0) - self._everywhere)
        best = max(
            range(len(said)), key=lambda at: (round(float(scores[at]), 6), -len(said[at]), bare(said[at]))
        )
        return said[best]
