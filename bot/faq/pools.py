"""Sentences of one kind, by the group they belong to (their script, their intent), drawn by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
"""A sentence as rows of the token matrix."""


@dataclass(frozen=True)
class Bags:
    """Tokens of some sentences one after the other: `owners[i]` is the sentence that `tokens[i]` stands in."""

    owners: Rows
    tokens: Rows
    count: int
    """Sentences, also those that lost all their tokens."""

    def only(self, wanted: NDArray[np.bool_]) -> Bags:
        """The tokens of the sentences marked in `wanted` (count,)."""
        kept = wanted[self.owners]
        return Bags(self.owners[kept], self.tokens[kept], self.count)

    def or_else(self, others: Bags, instead: NDArray[np.bool_]) -> Bags:
        """The sentences of `others` where `instead`, these elsewhere."""
        mine, theirs = self.only(~instead), others.only(instead)
        owners = np.concatenate([mine.owners, theirs.owners])
        return Bags(owners, np.concatenate([mine.tokens, theirs.tokens]), self.count)


@dataclass(frozen=True)
class Pool:
    """Sentences in the order of their groups."""

    sentences: tuple[Rows, ...]
    groups: NDArray[np.int64]
    """(sentences,), ascending."""
    of: int
    """Number of groups; some may be empty."""

    @classmethod
    def of_groups(cls, grouped: Sequence[Sequence[Rows]]) -> Pool:
        """Sentences without any known token are left out."""
        kept = [[rows for rows in sentences if len(rows)] for sentences in grouped]
        counts = [len(sentences) for sentences in kept]
        flat = tuple(rows for sentences in kept for rows in sentences)
        return cls(flat, np.repeat(np.arange(len(counts)), counts), len(counts))

    @cached_property
    def tokens(self) -> Rows:
        return np.concatenate(self.sentences) if self.sentences else np.zeros(0, np.int64)

    @cached_property
    def lengths(self) -> Rows:
        return np.array([len(rows) for rows in self.sentences], np.int64)

    @cached_property
    def starts(self) -> Rows:
        """Where each sentence begins in `tokens`."""
        return np.cumsum(self.lengths) - self.lengths

    @cached_property
    def owners(self) -> Rows:
        """The sentence of each of `tokens`."""
        return np.repeat(np.arange(len(self.sentences)), self.lengths)

    @cached_property
    def sizes(self) -> Rows:
        """Sentences in each group."""
        return np.bincount(self.groups, minlength=self.of)

    @cached_property
    def firsts(self) -> Rows:
        """The first sentence of each group."""
        return np.cumsum(self.sizes) - self.sizes

    def one_each(self, chance: np.random.Generator) -> Rows:
        """A sentence of each group; any sentence for an empty one."""
        drawn = self.firsts + (chance.random(self.of) * self.sizes).astype(np.int64)
        return np.minimum(drawn, len(self.sentences) - 1)

    def thinned(self, numbers: Rows, dropout: float, chance: np.random.Generator) -> Bags:
        """These sentences with a share of their tokens left out, never all.

        Token dropout keeps the encoder from leaning on one rare word.
        """
        lengths = self.lengths[numbers]
        starts = np.cumsum(lengths) - lengths
        total = int(lengths.sum())
        places = np.repeat(self.starts[numbers] - starts, lengths) + np.arange(total)
        kept = chance.random(total) >= dropout
        kept[starts + (chance.random(len(starts)) * lengths).astype(np.int64)] = True
        owners = np.repeat(np.arange(len(numbers)), lengths)
        return Bags(owners[kept], self.tokens[places[kept]], len(numbers))

    def drawn(self, count: int, chance: np.random.Generator, without: Rows | None = None) -> Bags:
        """`count` tokens of each group that has some, with repeats: a group as one sentence, another every time.

        Tokens of the sentence `without[group]` are taken out again.
        """
        sizes = np.bincount(self.groups, weights=self.lengths, minlength=self.of).astype(np.int64)
        firsts = np.cumsum(sizes) - sizes
        groups = np.repeat(np.flatnonzero(sizes), count)
        places = firsts[groups] + (chance.random(len(groups)) * sizes[groups]).astype(np.int64)
        if without is not None:
            kept = self.owners[places] != without[groups]
            groups, places = groups[kept], places[kept]
        return Bags(groups, self.tokens[places], self.of)


def joined(first: Bags, second: Bags) -> Bags:
    """Sentence i of both as one sentence."""
    owners = np.concatenate([first.owners, second.owners])
    return Bags(owners, np.concatenate([first.tokens, second.tokens]), first.count)
