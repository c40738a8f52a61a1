"""Ranks the entries of an index for a question, by three measures (see `Calibration.weights`)."""

from __future__ import annotations

from dataclasses import dataclass

import faiss
import numpy as np
from numpy.typing import NDArray

from bot.faq.index import FaqIndex
from bot.faq.tokens import bare

CANDIDATES = 64
"""Nearest taken by each measure of a large index before their exact similarities are combined."""


@dataclass(frozen=True)
class Asked:
    """A question against the whole index."""

    vector: NDArray[np.float32]
    lexical: NDArray[np.float32]
    """(phrasings,)"""
    places: NDArray[np.float32]
    """(entries,)"""
    words: NDArray[np.float32]
    """(entries,): the best of `lexical`."""


class Ranking:
    """Pure, safe to share between threads."""

    def __init__(self, index: FaqIndex) -> None:
        self.index = index
        self._counts = np.bincount(index.owners, minlength=len(index.entries))
        self._starts = np.cumsum(self._counts) - self._counts

    def rank(
        self, text: str, allowed: NDArray[np.bool_] | None = None, top: int = 2
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Positions of the `top` best entries and their combined similarities, best first.

        No phrasing is nearer than 1. An entry whose place and words leave it behind even then needs no look at its
        phrasings: of 454 entries about ten are looked at, and the result is that of looking at all.
        """
        asked = self._asked(text)
        if asked is None:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        numbers = self._near(asked, allowed)
        weight, *others = self.index.calibration.weights
        sure = np.stack([asked.places, asked.words], axis=1)[numbers] @ np.asarray(others, np.float32)
        order = np.argsort(-sure, kind="stable")
        numbers, sure = numbers[order], sure[order]
        similarities = sure[:top] + weight * self._nearest(asked, numbers[:top])
        hopeful = top + np.flatnonzero(sure[top:] + weight >= similarities.min(initial=np.inf))
        similarities = np.append(
            similarities, sure[hopeful] + weight * self._nearest(asked, numbers[hopeful])
        )
        numbers = np.append(numbers[:top], numbers[hopeful])
        order = np.lexsort((numbers, -similarities))[:top]
        return numbers[order], similarities[order]

    def parts(
        self, text: str, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Positions (n,) of the entries worth a look and (n, 3) their exact similarities (see `Calibration.weights`):
        nearest phrasing, the entry's place, lexical partner."""
        asked = self._asked(text)
        if asked is None:
            return np.zeros(0, np.int64), np.zeros((0, 3), np.float32)
        numbers = self._near(asked, allowed)
        columns = (self._nearest(asked, numbers), asked.places[numbers], asked.words[numbers])
        return numbers, np.stack(columns, axis=1)

    def _asked(self, text: str) -> Asked | None:
        """What is cheap to know; the text is read as its writer meant it (see `Spelling`). None without words."""
        index = self.index
        text = index.spelling.read(text)
        if not any(character.isalnum() for character in bare(text)):
            return None
        vector, lexical = index.encoder.encode([text])[0], index.lexical.scores(text)
        return Asked(vector, lexical, index.places @ vector, np.maximum.reduceat(lexical, self._starts))

    def _near(self, asked: Asked, allowed: NDArray[np.bool_] | None) -> NDArray[np.int64]:
        """Allowed entries worth a look: all of a small index, of a large one those near by any measure."""
        index = self.index
        if not isinstance(index.faiss, faiss.IndexHNSW):
            return np.arange(len(index.entries)) if allowed is None else np.flatnonzero(allowed)
        usable = None if allowed is None else allowed[index.owners]
        phrasings = [index.nearest(asked.vector, CANDIDATES, usable), _highest(asked.lexical, usable)]
        return np.union1d(index.owners[np.concatenate(phrasings)], _highest(asked.places, allowed))

    def _nearest(self, asked: Asked, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """Similarity (n,) of the nearest phrasing of each of these entries."""
        if len(numbers) == 0:
            return np.zeros(0, np.float32)
        counts = self._counts[numbers]
        begins = np.cumsum(counts) - counts
        # Theirs, one entry's after the other's; as whole arrays, for a large index may have thousands of hopeful ones.
        phrasings = np.repeat(self._starts[numbers] - begins, counts) + np.arange(counts.sum())
        return np.maximum.reduceat(self.index.products(asked.vector, phrasings), begins)


def _highest(scores: NDArray[np.float32], usable: NDArray[np.bool_] | None) -> NDArray[np.int64]:
    """Up to CANDIDATES positions with the highest scores among the usable ones, in no order."""
    if usable is not None:
        scores = np.where(usable, scores, -np.inf)
    best = (
        np.argpartition(-scores, CANDIDATES)[:CANDIDATES]
        if len(scores) > CANDIDATES
        else np.arange(len(scores))
    )
    return best if usable is None else best[usable[best]]
