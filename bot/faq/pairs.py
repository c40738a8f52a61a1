"""What one training step compares: two ways to ask for one script, or two messages of one intent."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.faq.corpus import Noise
from bot.faq.scripts import Entry

if TYPE_CHECKING:
    from bot.faq.training import Plan

Rows = NDArray[np.int64]
"""A sentence as rows of the token matrix, never empty."""
LookUp = Callable[[str], Rows]
"""Text to rows; empty where no token has one."""


def vocabulary_of(own: Sequence[Sequence[str]], others: Sequence[Sequence[str]], rare: int) -> list[str]:
    """Tokens worth a vector, sorted: those in `rare` sentences, and of scripts all but rare trigrams."""
    in_scripts = Counter(token for tokens in own for token in set(tokens))
    in_all = in_scripts + Counter(token for tokens in others for token in set(tokens))
    kept = (
        token
        for token, count in in_all.items()
        if count >= rare or (token in in_scripts and (len(token) < 3 or token.startswith("_")))
    )
    return sorted(kept)


class Pairs:
    """Draws batches by its own seeded chance; equal arguments draw equal batches."""

    def __init__(
        self,
        entries: Sequence[Entry],
        messages: Mapping[str, Sequence[str]],
        given: Mapping[int, Sequence[str]],
        look_up: LookUp,
        plan: Plan,
    ) -> None:
        """`given`: position of an entry → messages taken as further phrasings of it."""
        self._plan = plan
        self._look_up = look_up
        self._chance = random.Random(plan.seed)
        noise = Noise([text for entry in entries for text in entry.phrasings])
        copies = [[self._copies(text, noise) for text in entry.phrasings] for entry in entries]
        self._phrasings = [[known for known in mine if known] for mine in copies]
        self._answers = [self._known(entry.answers) for entry in entries]
        self._given = {number: self._known(texts) for number, texts in given.items()}
        groups = [self._known(texts) for texts in messages.values()]
        self._messages = [group for group in groups if len(group) > 1]

    def batch(self) -> list[tuple[Rows, Rows]]:
        """Pairs of sentences, no two of the same script or intent."""
        chance, plan = self._chance, self._plan
        if self._messages and chance.random() < plan.message_share:
            return [
                (first, second) for first, second in (chance.sample(group, 2) for group in self._messages)
            ]
        usable = [number for number, mine in enumerate(self._phrasings) if mine]
        return [self._pair(number) for number in chance.sample(usable, min(plan.batch, len(usable)))]

    def _pair(self, number: int) -> tuple[Rows, Rows]:
        chance = self._chance
        mine = self._phrasings[number]
        first, second = (
            chance.choice(copies) for copies in chance.sample(mine * 2 if len(mine) == 1 else mine, 2)
        )
        if self._answers[number] and chance.random() < self._plan.answer_share:
            second = chance.choice(self._answers[number])
        if self._given.get(number) and chance.random() < self._plan.guessed_share:
            first = chance.choice(self._given[number])
        return first, second

    def _copies(self, text: str, noise: Noise) -> list[Rows]:
        """The phrasing as it stands (twice as likely) and with slips of the pen."""
        noisy = [noise.apply(text, self._chance) for _ in range(self._plan.noisy_copies)]
        return self._known([text, text, *noisy])

    def _known(self, texts: Sequence[str]) -> list[Rows]:
        return [rows for rows in map(self._look_up, texts) if len(rows)]


def thinned(sentences: Sequence[Rows], dropout: float, chance: np.random.Generator) -> tuple[Rows, Rows]:
    """All rows one after the other with a share of them left out, and where each sentence begins.

    Token dropout keeps the encoder from leaning on one rare word. At least one token of each sentence stays.
    """
    lengths = np.array([len(rows) for rows in sentences])
    starts = np.cumsum(lengths) - lengths
    kept = chance.random(int(lengths.sum())) >= dropout
    kept[starts[np.add.reduceat(kept, starts, dtype=np.int64) == 0]] = True
    left = np.add.reduceat(kept, starts, dtype=np.int64)
    return np.concatenate(sentences)[kept], np.cumsum(left) - left
