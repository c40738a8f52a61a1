"""Examples that stand already and say nearly the same as a new one: a repetition, or a contradiction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.training.nlu_files import Example, plain, same_key

NEAR = 80
"""rapidfuzz ratio (0–100) of two keys from which a trainer should look at both; the inbox folds from 88."""
SHORTEST = 4
"""Characters below which only the same text counts: two short words are near by accident."""
MOST = 4
_INTENT = re.compile(r"\s*- intent: *([a-z_]+)")
_UNCLEAR = re.compile(r"\s+(?:metadata: *\{)? *clear: *false")
_EXAMPLE = re.compile(r"\s{2,}- (.+)")


@dataclass(frozen=True)
class Neighbour:
    text: str
    intent: str
    place: str
    """File and line, the file relative to the NLU folder."""
    is_same: bool
    """The same to a customer, not only near."""
    likeness: float
    """0 to 1"""


def neighbours(text: str, examples: Sequence[Example], folder: Path) -> list[Neighbour]:
    """The nearest examples of every intent, nearest first. Pure."""
    key = same_key(text)
    if not key:
        return []
    keys = [known_key(example.text) for example in examples]
    found = process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=NEAR, limit=MOST)
    return [
        _neighbour(examples[number], score / 100, folder, score == 100)
        for _, score, number in found
        if score == 100 or len(key) >= SHORTEST
    ]


def surroundings(texts: Sequence[str], examples: Sequence[Example], most: int) -> list[Example]:
    """The `most` examples nearest to `texts` that do not say the same as one of them, each once."""
    keys = [known_key(example.text) for example in examples]
    own = {same_key(text) for text in texts}
    found: dict[int, None] = {}
    for key in own:
        near = process.extract(key, keys, scorer=fuzz.ratio, limit=most // len(own) + len(own))
        found |= {number: None for _, _, number in near if keys[number] not in own}
    return [examples[number] for number in list(found)[:most]]


def examples_now(folder: Path) -> list[Example]:
    """All examples as they stand in the files; only files that have changed are read again."""
    found: list[Example] = []
    for path in sorted(folder.rglob("*.yml")):
        status = path.stat()
        found += _kept(path, (status.st_mtime_ns, status.st_size))
    return found


def _neighbour(example: Example, likeness: float, folder: Path, is_same: bool) -> Neighbour:
    place = f"{example.file.relative_to(folder).as_posix()}:{example.line}"
    return Neighbour(plain(example.text), example.intent, place, is_same, round(likeness, 2))


@lru_cache(maxsize=256)
def _kept(path: Path, _stamp: tuple[int, int]) -> tuple[Example, ...]:
    """The examples of one file by its lines: a YAML parser takes half a minute for a shop's 60,000."""
    found: list[Example] = []
    intent, clear = "", True
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if head := _INTENT.match(line):
            intent, clear = head[1], True
        elif _UNCLEAR.match(line):
            clear = False
        elif (example := _EXAMPLE.match(line)) and intent:
            found.append(Example(example[1].strip(), intent, path, number, clear))
    return tuple(found)


@lru_cache(maxsize=100_000)
def known_key(text: str) -> str:
    """`same_key`, remembered: the examples of a shop are asked for again and again."""
    return same_key(text)
