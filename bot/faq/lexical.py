"""The lexical partner: BM25 on character uni- and bigrams, brought to a scale from 0 to 1."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from bot.faq.tokens import lexical_tokens

logging.getLogger("bm25s").setLevel(logging.WARNING)  # the library sets itself to DEBUG and tells each step

Tokeniser = Callable[[str], list[str]]


class LexicalIndex:
    """Scores all phrasings for a query. Read-only after building, safe to share between threads."""

    def __init__(self, bm25: bm25s.BM25, tokenise: Tokeniser = lexical_tokens) -> None:
        self._bm25 = bm25
        self._tokenise = tokenise
        self._best = _best_scores(bm25)
        self._unknown = float(self._best.max(initial=1.0))

    @classmethod
    def build(cls, phrasings: Sequence[str], tokenise: Tokeniser = lexical_tokens) -> LexicalIndex:
        bm25 = bm25s.BM25(k1=1.2, b=0.4)  # phrasings are short: length says little
        bm25.index([tokenise(text) for text in phrasings], show_progress=False)
        return cls(bm25, tokenise)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Its arrays stay on disk and are mapped, so that gateway and action server share them."""
        bm25 = bm25s.BM25.load(folder, mmap=True)
        for name, kept in bm25.scores.items():
            if isinstance(kept, np.ndarray):
                bm25.scores[name] = np.asarray(
                    kept
                )  # a plain view: numpy's memmap class costs time at every look
        return cls(bm25)

    def save(self, folder: Path) -> None:
        self._bm25.save(folder, show_progress=False)

    def scores(self, text: str) -> NDArray[np.float32]:
        """(phrasings,) from 0 to 1: the share of the best BM25 score that any phrasing could reach for this query.

        A token that no phrasing has counts as a rare one that is missing, so a strange query scores low throughout.
        """
        tokens = self._tokenise(text)
        known = self._bm25.get_tokens_ids(tokens)
        if not known:
            return np.zeros(self._bm25.scores["num_docs"], np.float32)
        reachable = self._best[known].sum() + self._unknown * (len(tokens) - len(known))
        return self._bm25.get_scores_from_ids(known) / np.float32(reachable)


def _best_scores(bm25: bm25s.BM25) -> NDArray[np.float32]:
    """The highest score each token has in any phrasing, by token id; tokens without any are 0."""
    starts, data = np.asarray(bm25.scores["indptr"]), np.asarray(bm25.scores["data"])
    best = np.zeros(len(starts) - 1, np.float32)
    filled = starts[:-1] < starts[1:]
    if filled.any():
        best[filled] = np.maximum.reduceat(data, starts[:-1][filled])
    return best
