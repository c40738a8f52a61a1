"""The words of the trade: `data/lexicon/*.yml`, read once for the segmenter, the classifier and the extractor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.yaml_lines import SafeLoader

DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "data" / "lexicon"


class LexiconError(ValueError):
    """A lexicon file that cannot be used: names the file and the cure."""


@dataclass(frozen=True)
class Match:
    """One word found in a normalised text."""

    concept: str
    value: str
    """The word all its spellings stand for."""
    start: int
    end: int


@dataclass(frozen=True)
class Concept:
    name: str
    entity: str | None
    """The entity kind its words are extracted as; None when it is only a feature."""
    words: Mapping[str, str]
    """Spelling → value."""


@dataclass(frozen=True)
class Lexicon:
    concepts: tuple[Concept, ...]
    typos: Mapping[str, str]
    groups: Mapping[str, tuple[str, ...]]
    """Name of a group of provinces → the provinces."""
    festivals: Mapping[str, Any]
    """`fixed`: name → "MM-DD"; `by_year`: name → {year: date}."""

    def words(self) -> tuple[str, ...]:
        """All spellings, sorted, each once."""
        return tuple(sorted({word for concept in self.concepts for word in concept.words}))

    def corrected(self, text: str) -> str:
        """`text` (normalised) without the known slips of pinyin input; positions hold."""
        for wrong, right in self.typos.items():
            if wrong in text:
                text = text.replace(wrong, right)
        return text

    def find(self, text: str) -> tuple[Match, ...]:
        """Words of all concepts in a normalised text; within one concept the longest, left to right."""
        ends: dict[str, int] = {}
        found: list[Match] = []
        for start in range(len(text)):
            entries = self._by_start.get(text[start : start + 2]) or self._by_start.get(text[start], ())
            for word, concept, value in entries:
                if start < ends.get(concept, 0) or not text.startswith(word, start):
                    continue
                end = start + len(word)
                if _splits_latin_word(text, start, end):
                    continue
                ends[concept] = end
                found.append(Match(concept, value, start, end))
        return tuple(found)

    @cached_property
    def entities(self) -> Mapping[str, str]:
        """Concept name → entity kind, for those that have one."""
        return {concept.name: concept.entity for concept in self.concepts if concept.entity}

    @cached_property
    def _by_start(self) -> dict[str, list[tuple[str, str, str]]]:
        """Words by their first two characters, longest first; words of one character end each list they may begin."""
        index: dict[str, list[tuple[str, str, str]]] = {}
        for concept in self.concepts:
            for word, value in concept.words.items():
                index.setdefault(word[:2], []).append((word, concept.name, value))
        for start, entries in sorted(index.items()):
            entries.sort(key=lambda entry: (-len(entry[0]), entry))
            if len(start) == 2:
                entries += index.get(start[0], [])
        return index


def _splits_latin_word(text: str, start: int, end: int) -> bool:
    """Whether the span is a piece of a longer Latin word or number ("sf" in "sf123")."""
    before, after = text[start - 1 : start], text[end : end + 1]
    first, last = text[start], text[end - 1]
    return (_is_latin(first) and _is_latin(before)) or (_is_latin(last) and _is_latin(after))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


@lru_cache(maxsize=4)
def load_lexicon(folder: Path = DEFAULT_FOLDER) -> Lexicon:
    """The lexicon in `folder`. Raises LexiconError naming file and field."""
    documents = [(path, _read(path)) for path in sorted(folder.glob("*.yml"))]
    if not documents:
        raise LexiconError(f"{folder}: no lexicon files; restore data/lexicon from the repository")
    concepts = tuple(concept for path, document in documents for concept in _concepts(path, document))
    names = [concept.name for concept in concepts]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise LexiconError(f"{folder}: concept names must be unique, these are not: {', '.join(doubled)}")
    merged: dict[str, Any] = {}
    for _, document in documents:
        merged.update({key: value for key, value in document.items() if key != "concepts"})
    typos = {str(wrong): str(right) for wrong, right in merged.get("typos", {}).items()}
    uneven = sorted(wrong for wrong, right in typos.items() if len(wrong) != len(right))
    if uneven:
        raise LexiconError(f"{folder}: typos must keep their length, these do not: {', '.join(uneven)}")
    groups = {name: tuple(provinces) for name, provinces in merged.get("groups", {}).items()}
    festivals = {key: merged.get(key, {}) for key in ("fixed", "by_year")}
    return Lexicon(concepts, typos, groups, festivals)


def _read(path: Path) -> dict[str, Any]:
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=SafeLoader)
    except yaml.YAMLError as error:
        raise LexiconError(f"{path}: not YAML ({error}); check indentation, quotes and colons") from error
    if not isinstance(document, dict):
        raise LexiconError(f"{path}: expected keys such as `concepts:` at the top")
    return document


def _concepts(path: Path, document: dict[str, Any]) -> Iterator[Concept]:
    for entry in document.get("concepts", []):
        if not isinstance(entry, dict) or not {"name", "words"} <= entry.keys() <= {
            "name",
            "words",
            "entity",
        }:
            raise LexiconError(
                f"{path}: a concept has `name`, `words` and perhaps `entity`, got {entry!r:.80}"
            )
        yield Concept(entry["name"], entry.get("entity"), dict(_spellings(entry["words"])))


def _spellings(words: Any) -> Iterable[tuple[str, str]]:
    """(spelling, value); in a plain list every word is its own value."""
    if isinstance(words, dict):
        for value, others in words.items():
            yield str(value), str(value)
            yield from ((str(other), str(value)) for other in others)
    else:
        yield from ((str(word), str(word)) for word in words)
