"""What one training step compares: two ways to ask for one script, or two messages of one intent."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bot.faq.corpus import Noise
from bot.faq.scripts import Entry
from bot.faq.tokens import encoder_tokens

if TYPE_CHECKING:
    from bot.faq.training import Plan

Rows = list[int]
"""A sentence as rows of the token matrix."""


def vocabulary_of(own: list[list[str]], others: list[list[str]], rare: int) -> list[str]:
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
        vocabulary: Sequence[str],
        plan: Plan,
    ) -> None:
        """`given`: position of an entry → messages taken as further phrasings of it."""
        self.rows = {token: row for row, token in enumerate(vocabulary)}
        self._plan = plan
        self._chance = random.Random(plan.seed)
        self._noise = Noise([text for entry in entries for text in entry.phrasings])
        self._phrasings = [[self._copies(text) for text in entry.phrasings] for entry in entries]
        self._answers = [self._known(entry.answers) for entry in entries]
        self._given = {number: self._known(texts) for number, texts in given.items()}
        groups = [self._known(texts) for texts in messages.values()]
        self._messages = [group for group in groups if len(group) > 1]

    def batch(self) -> list[tuple[Rows, Rows]]:
        """Pairs of token rows, no two of the same script or intent."""
        chance, plan = self._chance, self._plan
        if self._messages and chance.random() < plan.message_share:
            pairs = [tuple(chance.sample(group, 2)) for group in self._messages]
        else:
            count = min(plan.batch, len(self._phrasings))
            pairs = [self._pair(number) for number in chance.sample(range(len(self._phrasings)), count)]
        return [(self._thinned(first), self._thinned(second)) for first, second in pairs]

    def _pair(self, number: int) -> tuple[Rows, Rows]:
        chance = self._chance
        first, second = (chance.choice(copies) for copies in chance.sample(self._phrasings[number], 2))
        if self._answers[number] and chance.random() < self._plan.answer_share:
            second = chance.choice(self._answers[number])
        if self._given.get(number) and chance.random() < self._plan.guessed_share:
            first = chance.choice(self._given[number])
        return first, second

    def _copies(self, text: str) -> list[Rows]:
        """The phrasing as it stands (twice as likely) and with slips of the pen."""
        noisy = [self._noise.apply(text, self._chance) for _ in range(self._plan.noisy_copies)]
        return self._known([text, text, *noisy]) or [[]]

    def _known(self, texts: Sequence[str]) -> list[Rows]:
        found = ([self.rows[token] for token in encoder_tokens(text) if token in self.rows] for text in texts)
        return [rows for rows in found if rows]

    def _thinned(self, rows: Rows) -> Rows:
        """Token dropout: keeps the encoder from leaning on one rare word."""
        kept = [row for row in rows if self._chance.random() >= self._plan.token_dropout]
        return kept or rows
