"""One measure, the text it is looked for in, and patterns that find one kind each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from bot.text.lexicon import Match, load_lexicon

Value = str | float | int

_BREAKS = re.compile(r"[ ,。;!?、:\n]")


@dataclass(frozen=True)
class Measure:
    """A measure in a customer's message. `value` is normalised; `text` is what the customer typed."""

    kind: str
    value: Value
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Found:
    """A measure in normalised text."""

    kind: str
    value: Value
    start: int
    end: int

    def overlaps(self, other: Found) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass
class Reading:
    """A normalised message being read: what a number means depends on what stands around it."""

    text: str
    taken: list[Found] = field(default_factory=list)
    """What earlier finders have found."""

    @cached_property
    def words(self) -> tuple[Match, ...]:
        """The lexicon's words in the text."""
        return load_lexicon().find(self.text)

    def has(self, *kinds: str) -> bool:
        """Whether a measure of one of `kinds` is found already."""
        return any(found.kind in kinds for found in self.taken)

    def names(self, *concepts: str) -> bool:
        """Whether the message has a word of one of the lexicon's `concepts`."""
        return any(word.concept in concepts for word in self.words)

    def is_free(self, start: int, end: int) -> bool:
        return not any(start < found.end and found.start < end for found in self.taken)

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The span around `start`–`end` up to the next mark or space on either side."""
        before = [match.end() for match in _BREAKS.finditer(self.text, 0, start)]
        after = _BREAKS.search(self.text, end)
        return (before[-1] if before else 0), (after.start() if after else len(self.text))


@dataclass(frozen=True)
class Rule:
    """`pattern` finds candidates of `kind`; `value` computes what they mean, or None when it is not one after all.

    The measure's span is the group `span` if the pattern has it, else the whole match.
    """

    kind: str
    pattern: re.Pattern[str]
    value: Callable[[re.Match[str]], Value | None]

    def find(self, text: str) -> Iterator[Found]:
        for match in self.pattern.finditer(text):
            value = self.value(match)
            if value is not None:
                group = "span" if "span" in self.pattern.groupindex else 0
                yield Found(self.kind, value, match.start(group), match.end(group))


def first_of(rules: Iterable[Rule], text: str) -> list[Found]:
    """What the rules find; an earlier rule wins over a later one."""
    taken: list[Found] = []
    for rule in rules:
        taken.extend([f for f in rule.find(text) if not any(f.overlaps(other) for other in taken)])
    return taken


def any_of(words: str) -> str:
    """A pattern for one of the space-separated words (each may be a pattern itself)."""
    return "(?:" + "|".join(words.split()) + ")"


def not_after(words: str) -> str:
    """A pattern for a place before which none of the space-separated words stands."""
    return "".join(f"(?<!{word})" for word in words.split())


def within(value: float | None, low: float, high: float) -> float | None:
    """`value` if it is plausible, both ends included."""
    return value if value is not None and low <= value <= high else None
