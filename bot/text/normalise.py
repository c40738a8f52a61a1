"""One spelling for what customers type in many: width, script, case, invisible characters, runs of marks."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from opencc import OpenCC

_ZERO_WIDTH = frozenset("\u00ad\u180e\u2060\ufeff\ufe0e\ufe0f")
_MARKS = str.maketrans("⁄﹒—–−“”‘’～", "/.---\"\"''~")


@dataclass(frozen=True)
class Normalised:
    """Normalised text and, for each of its characters, where it came from."""

    text: str
    starts: tuple[int, ...]
    """`starts[i]` is the index in the original of the character that became `text[i]`."""
    length: int
    """Characters in the original."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original behind `text[start:end]`."""
        if start >= end:
            return (0, 0)
        return self.starts[start], self.starts[end - 1] + 1


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Traditional to simplified, character for character, so that positions hold."""
    converted = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    pieces = (_converter().convert(character) for character in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, pieces, strict=True))


def _is_dropped(character: str) -> bool:
    return character in _ZERO_WIDTH or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co")


def _is_mark(character: str) -> bool:
    """Punctuation and symbols (emoji too), whose repetition says nothing more than the first."""
    return unicodedata.category(character)[0] in "PS"


@lru_cache(maxsize=8192)
def _compatible(character: str) -> str:
    """NFKC, lower case and one form of dash and quote for one character; empty when it is invisible."""
    if character.isspace():
        return " "
    if _is_dropped(character):
        return ""
    plain = unicodedata.normalize("NFKC", character.translate(_MARKS)).lower().translate(_MARKS)
    return (
        plain if plain == character else simplified(plain)
    )  # a sign such as 🉇 hides a traditional character


@lru_cache(maxsize=1024)
def normalise_with_spans(text: str) -> Normalised:
    """`normalise`, keeping for each character its place in the original."""
    letters: list[str] = []
    starts: list[int] = []
    for index, character in enumerate(simplified(text)):
        for new in _compatible(character):
            if letters and new == letters[-1] and (new == " " or _is_mark(new)):
                continue
            letters.append(new)
            starts.append(index)
    first = 1 if letters and letters[0] == " " else 0
    last = len(letters) - 1 if len(letters) > first and letters[-1] == " " else len(letters)
    return Normalised("".join(letters[first:last]), tuple(starts[first:last]), len(text))


def normalise(text: str) -> str:
    """Simplified script, NFKC width, lower case, no invisible characters, each run of one mark folded to one.

    Chinese numerals stay; emoji stay. Idempotent.
    """
    return normalise_with_spans(text).text


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """What two spellings of the same sentence share: normalised, without marks, symbols and spaces.

    A point between digits stays (2.5 is not 25), and messages of marks alone keep them. Kept: with every message the
    whole catalogue's names are asked for again.
    """
    normal = normalise(text)
    kept = (
        character
        for index, character in enumerate(normal)
        if not (character == " " or _is_mark(character)) or _is_decimal_point(normal, index)
    )
    return "".join(kept) or normal


def _is_decimal_point(text: str, index: int) -> bool:
    return text[index] == "." and text[index - 1 : index].isdigit() and text[index + 1 : index + 2].isdigit()
