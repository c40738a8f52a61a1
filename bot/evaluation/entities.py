"""How exactly entities are found: by kind and by sentence. Runs in both environments; needs no model.

An entity counts once a sentence however often it is said, and is judged by kind and normalised value; a date by its
words, since what it means depends on the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

MEASURES = ("height_cm", "weight_kg", "foot_length_mm", "price", "size", "region")
"""The kinds the quality goal names (issue 3: measures, prices, sizes, regions)."""


class Half(Enum):
    """Of the held-out sentences, by position: rules may be made looking at one half, the other only judges."""

    DEVELOPMENT = 0
    """The first, third, fifth … sentence."""
    JUDGING = 1


@dataclass(frozen=True)
class Sentence:
    """A held-out message and all its entities as (kind, value)."""

    text: str
    entities: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class KindScore:
    """Counts of one kind over all sentences."""

    right: int
    missed: int
    invented: int
    exact_sentences: int
    sentences: int
    """Sentences in which the kind is expected or found."""

    @property
    def precision(self) -> float:
        return _share(self.right, self.right + self.invented)

    @property
    def recall(self) -> float:
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        return _share(2 * self.right, 2 * self.right + self.missed + self.invented)

    @property
    def exact(self) -> float:
        """Share of `sentences` with this kind's entities all right and none besides."""
        return _share(self.exact_sentences, self.sentences)


@dataclass(frozen=True)
class EntityScore:
    kinds: Mapping[str, KindScore]
    exact: tuple[bool, ...]
    """For each sentence, in order, whether all its entities are right and none besides."""

    @property
    def sentence_exact(self) -> float:
        return _share(sum(self.exact), len(self.exact))


def score(
    gold: Sequence[frozenset[tuple[str, str]]], found: Sequence[frozenset[tuple[str, str]]]
) -> EntityScore:
    """Expected against found, sentence by sentence. Raises ValueError when the two differ in length."""
    pairs = list(zip(gold, found, strict=True))
    kinds = sorted({kind for pair in pairs for side in pair for kind, _ in side})
    return EntityScore({kind: _kind_score(kind, pairs) for kind in kinds}, tuple(g == f for g, f in pairs))


def _kind_score(kind: str, pairs: Iterable[tuple[frozenset[tuple[str, str]], ...]]) -> KindScore:
    right = missed = invented = exact = sentences = 0
    for pair in pairs:
        gold, found = ({entity for entity in side if entity[0] == kind} for side in pair)
        right += len(gold & found)
        missed += len(gold - found)
        invented += len(found - gold)
        sentences += bool(gold | found)
        exact += bool(gold) and gold == found
    return KindScore(right, missed, invented, exact, sentences)


def _share(part: int, whole: int) -> float:
    """`part` of `whole`; 1 when there was nothing to get wrong."""
    return part / whole if whole else 1.0


def keys(entities: Iterable[Mapping[str, Any]]) -> frozenset[tuple[str, str]]:
    """What is compared of entities as Rasa or the held-out file write them (`entity`, `value`, `raw`)."""
    return frozenset((entity["entity"], _key(entity)) for entity in entities)


def _key(entity: Mapping[str, Any]) -> str:
    value = entity["raw"] if entity["entity"] == "date" else entity["value"]
    return f"{value:.6g}" if isinstance(value, (int, float)) and value < 1e6 else str(value)


def load_sentences(path: Path, half: Half | None = None) -> tuple[Sentence, ...]:
    """The sentences of a file such as tests/data/entities.yml, all or one half, in the file's order."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    sentences = tuple(Sentence(str(entry["text"]), keys(entry["entities"])) for entry in entries)
    return sentences if half is None else sentences[half.value :: 2]
