"""What one training step compares: questions with scripts, customers' messages with intents."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bot.faq.corpus import Noise
from bot.faq.encoder import unit_rows
from bot.faq.pools import Bags, Pool, Rows, joined
from bot.faq.scripts import Entry

if TYPE_CHECKING:
    from bot.faq.training import Plan

LookUp = Callable[[str], Rows]
"""Text to rows of the token matrix; empty where no token has one."""
INTENT_TOKENS = 150
"""Tokens that stand for an intent in one step, drawn anew from all its messages."""


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


class Lessons:
    """Draws what to compare by its own seeded chance; equal arguments draw equal lessons."""

    def __init__(
        self, entries: Sequence[Entry], messages: Mapping[str, Sequence[str]], look_up: LookUp, plan: Plan
    ) -> None:
        self._plan = plan
        self._chance = np.random.default_rng(plan.seed)
        noise, chance = Noise([t for e in entries for t in e.phrasings]), random.Random(plan.seed)
        phrasings = [[rows for rows in map(look_up, entry.phrasings) if len(rows)] for entry in entries]
        self.phrasings = Pool.of_groups(phrasings)
        slipped = [
            [look_up(noise.apply(text, chance)) for text in entry.phrasings if len(look_up(text))]
            for _ in range(plan.noisy_copies)
            for entry in entries
        ]
        self._slipped = self._beside_phrasings(slipped, len(entries))
        self.answers = Pool.of_groups([list(map(look_up, entry.answers)) for entry in entries])
        self._intents = sorted(intent for intent, texts in messages.items() if texts)
        self.messages = Pool.of_groups([list(map(look_up, messages[intent])) for intent in self._intents])
        self._intent_of = np.array([self._number(entry.intent) for entry in entries])
        self._given: Pool | None = None

    def _beside_phrasings(self, slipped: list[list[Rows]], entries: int) -> list[tuple[Rows, ...]]:
        """For each copy, a sentence for every phrasing; the phrasing itself where nothing known is left."""
        copies = [slipped[at : at + entries] for at in range(0, len(slipped), entries)]
        flat = [[rows for sentences in copy for rows in sentences] for copy in copies]
        plain = self.phrasings.sentences
        return [
            tuple(noisy if len(noisy) else own for noisy, own in zip(copy, plain, strict=True))
            for copy in flat
        ]

    def _number(self, intent: str) -> int:
        return self._intents.index(intent) if intent in self._intents else -1

    def scripts(self) -> tuple[Bags, Bags]:
        """A question for every script, and each script as a handful of tokens from its other phrasings and answers."""
        plan, chance = self._plan, self._chance
        chosen = self.phrasings.one_each(chance)
        asked = self.phrasings.thinned(chosen, plan.token_dropout, chance)
        if self._slipped:
            copy = self._slipped[chance.integers(len(self._slipped))]
            noisy = Pool(copy, self.phrasings.groups, self.phrasings.of)
            with_slips = noisy.thinned(chosen, plan.token_dropout, chance)
            asked = asked.or_else(with_slips, chance.random(asked.count) < plan.noisy_share)
        if self._given is not None:
            guessed = self._given.thinned(self._given.one_each(chance), plan.token_dropout, chance)
            instead = (chance.random(asked.count) < plan.guessed_share) & (self._given.sizes > 0)
            asked, chosen = asked.or_else(guessed, instead), np.where(instead, -1, chosen)
        of_answers = int(plan.support * plan.answer_share)
        phrasings = self.phrasings.drawn(plan.support - of_answers, chance, without=chosen)
        return asked, joined(phrasings, self.answers.drawn(of_answers, chance))

    def intents(self) -> tuple[Bags, Bags, NDArray[np.int64]]:
        """Customers' messages, every intent as a handful of tokens, and the intent of each message."""
        drawn = self._chance.integers(0, len(self.messages.sentences), self._plan.messages)
        asked = self.messages.thinned(drawn, self._plan.token_dropout, self._chance)
        return asked, self.messages.drawn(INTENT_TOKENS, self._chance), self.messages.groups[drawn]

    def give_out(self, matrix: NDArray[np.float32]) -> int:
        """Takes each message as a further question for the nearest script of its intent; tells how many were near."""
        places, asked = self._places(matrix), _means(self.messages, matrix)
        given: dict[int, list[Rows]] = defaultdict(list)
        for intent in range(len(self._intents)):
            mine, members = self._intent_of == intent, np.flatnonzero(self.messages.groups == intent)
            if not mine.any() or not len(members):
                continue
            likeness = asked[members] @ places[mine].T
            near = likeness.max(axis=1) >= self._plan.guess_from
            owners = np.flatnonzero(mine)[likeness.argmax(axis=1)]
            for member, owner in zip(members[near], owners[near], strict=True):
                given[int(owner)].append(self.messages.sentences[member])
        if given:
            self._given = Pool.of_groups([given[number] for number in range(self.phrasings.of)])
        return sum(map(len, given.values()))

    def _places(self, matrix: NDArray[np.float32]) -> NDArray[np.float32]:
        """As `encoder.entry_vectors` has them."""
        sums = [np.zeros((pool.of, matrix.shape[1]), np.float32) for pool in (self.phrasings, self.answers)]
        for pool, total in zip((self.phrasings, self.answers), sums, strict=True):
            np.add.at(total, pool.groups, _means(pool, matrix))
        return unit_rows(unit_rows(sums[0]) + unit_rows(sums[1]))


def _means(pool: Pool, matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """(sentences, dimension), unit rows."""
    ends = np.append(pool.starts, len(pool.tokens))
    ones = np.ones(len(pool.tokens), np.float32)
    return unit_rows(csr_matrix((ones, pool.tokens, ends), (len(pool.sentences), len(matrix))) @ matrix)
