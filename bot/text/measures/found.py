"""One measure, and patterns that find one kind each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Value = str | float | int


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


def first_of(rules: tuple[Rule, ...], text: str) -> list[Found]:
    """What the rules find; an earlier rule wins over a later one."""
    taken: list[Found] = []
    for rule in rules:
        taken.extend([f for f in rule.find(text) if not any(f.overlaps(other) for other in taken)])
    return taken


def any_of(words: str) -> str:
    """A pattern for one of the space-separated words (each may be a pattern itself)."""
    return "(?:" + "|".join(words.split()) + ")"


def within(value: float | None, low: float, high: float) -> float | None:
    """`value` if it is plausible, both ends included."""
    return value if value is not None and low <= value <= high else None
