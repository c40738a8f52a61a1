"""What a trainer may mark in a message: kinds of the domain, places inside the text, no two over each other.

Places count characters (code points) of the message as it was written, `end` not included.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.files import read_yaml

BUTTON_ONLY = frozenset({"remedy", "severity", "issue", "fit", "reason", "faq"})
"""Kinds that only buttons bring (docs/architecture.md): known, but never found in words."""


class MarkRefused(Exception):
    """A mark that cannot be saved; `key` is one of `problems` in lines.yml, `fill` its braces."""

    def __init__(self, key: str, **fill: str) -> None:
        self.key, self.fill = key, fill
        super().__init__(key)


def entity_kinds(domain_file: Path) -> tuple[str, ...]:
    """The entities of the domain, in its order. Raises DataError."""
    rows = read_yaml(domain_file).get("entities") or []
    return tuple(str(next(iter(row)) if isinstance(row, Mapping) else row) for row in rows)


def checked(
    marks: Iterable[Mapping[str, Any]], text: str, kinds: Sequence[str]
) -> tuple[dict[str, Any], ...]:
    """The marks in the order of the text, blanks around them taken off. Raises MarkRefused."""
    found = sorted((_one(mark, text, kinds) for mark in marks), key=lambda each: each["start"])
    for one, other in zip(found, found[1:], strict=False):
        if other["start"] < one["end"]:
            raise MarkRefused("entity-overlap", one=_quote(one, text), other=_quote(other, text))
    return tuple(found)


def _one(mark: Mapping[str, Any], text: str, kinds: Sequence[str]) -> dict[str, Any]:
    kind, start, end = str(mark["entity"]), int(mark["start"]), int(mark["end"])
    if kind not in kinds:
        raise MarkRefused("entity-unknown", kind=kind)
    if not 0 <= start < end <= len(text):
        raise MarkRefused("entity-outside")
    words = text[start:end]
    if not words.strip():
        raise MarkRefused("entity-blank")
    if set(words) & set("[]"):
        raise MarkRefused("entity-brackets", words=words)
    start, end = end - len(words.lstrip()), start + len(words.rstrip())
    return {"entity": kind, "start": start, "end": end, "value": mark.get("value") or text[start:end]}


def _quote(mark: Mapping[str, Any], text: str) -> str:
    return text[mark["start"] : mark["end"]]
