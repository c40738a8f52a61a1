"""The shop's words by how they are said, kept sorted on disk: every process maps the same pages, none builds them."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

UNKNOWN = (-math.inf, "")


class Spoken:
    """Read-only, safe to share between threads and processes."""

    def __init__(
        self, said: NDArray[np.bytes_], runs: NDArray[np.str_], chances: NDArray[np.float64]
    ) -> None:
        """`said`: pinyin, sorted, each once; `runs`: the likeliest characters so said; `chances`: logarithms."""
        self._said, self._runs, self._chances = said, runs, chances
        self.longest = said.dtype.itemsize

    @classmethod
    def of(cls, counts: Mapping[str, int], total: int, syllable: Callable[[str], str]) -> Spoken:
        """`counts`: how often each run of characters was met."""
        syllables = {character: syllable(character) for run in counts for character in run}
        best: dict[bytes, tuple[int, str]] = {}
        for run, count in counts.items():
            said = "".join([syllables[character] for character in run]).encode()
            best[said] = max(best.get(said, (0, "")), (count, run))
        ordered = sorted(best)
        chances = [math.log(best[said][0] / total) for said in ordered]
        return cls(
            np.array(ordered, np.bytes_),
            np.array([best[said][1] for said in ordered], np.str_),
            np.array(chances, np.float64),
        )

    @classmethod
    def load(cls, folder: Path) -> Spoken:
        """What `save` wrote; it stays on disk and is mapped. Raises OSError, ValueError."""
        return cls(*(np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _NAMES))

    def save(self, folder: Path) -> None:
        for name, array in zip(_NAMES, (self._said, self._runs, self._chances), strict=True):
            np.save(folder / f"{name}.npy", array)

    def get(self, said: str) -> tuple[float, str]:
        """How likely the likeliest run said like this is, and the run; UNKNOWN without any."""
        key = said.encode()
        at = bisect_left(self._said, key)
        if at == len(self._said) or self._said[at] != key:
            return UNKNOWN
        return float(self._chances[at]), str(self._runs[at])


_NAMES = ("said", "runs", "chances")
