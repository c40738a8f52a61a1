"""The shop's FAQ entries: loaded from `data/faq`, checked, and kept as values."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from bot.faq.schema import FileRow, parse_file, rasa_lines
from bot.files import DataError, Problem, line_of, read_yaml
from bot.text.normalise import bare


@dataclass(frozen=True)
class Button:
    title: str
    payload: str


@dataclass(frozen=True)
class Script:
    """One wording of an answer. With dates it is a campaign script, valid on both days and between."""

    id: str
    text: str
    buttons: tuple[Button, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    image: Annotated[str | None, Field(exclude_if=lambda image: image is None)] = None
    """A file of the shop's `images` that goes out with it. Left out of snapshots where there is none, so that an
    index built before there were pictures is still the same data."""

    @property
    def is_campaign(self) -> bool:
        return self.valid_from is not None or self.valid_to is not None

    def holds_on(self, today: date) -> bool:
        return (self.valid_from or today) <= today <= (self.valid_to or today)


@dataclass(frozen=True)
class Entry:
    """A question customers ask, the ways they ask it, and its answers."""

    id: str
    intent: str
    question: str
    variants: tuple[str, ...]
    scripts: tuple[Script, ...]
    categories: tuple[str, ...] = ()
    """Product kinds it applies to; empty means all."""
    tags: tuple[str, ...] = ()

    @property
    def phrasings(self) -> tuple[str, ...]:
        """The question and its variants, each once."""
        return tuple(dict.fromkeys((self.question, *self.variants)))

    @property
    def answers(self) -> tuple[str, ...]:
        return tuple(script.text for script in self.scripts)

    def script_on(self, today: date) -> Script | None:
        """The wording to use today: a running campaign's before a standing one; None outside all dates."""
        usable = [script for script in self.scripts if script.holds_on(today)]
        return min(usable, key=lambda script: not script.is_campaign, default=None)


_ENTRIES = TypeAdapter(tuple[Entry, ...])


def fill(text: str, values: Mapping[str, object]) -> str:
    """A script's text with the shop's own numbers in it. Raises KeyError where a number is missing."""
    return re.sub(r"\{(\w+)\}", lambda match: str(values[match[1]]), text)


def load_scripts(folder: Path) -> tuple[Entry, ...]:
    """All entries of `folder/*.yml`, in the order of file names and lines.

    Raises DataError with every problem of every file.
    """
    paths = sorted(Path(folder).glob("*.yml"))
    problems: list[Problem] = []
    if not paths:
        problems.append(
            Problem(Path(folder), 1, "folder", "holds no .yml file: put the shop's scripts there")
        )
    files: list[tuple[Path, Any, FileRow]] = []
    for path in paths:
        try:
            document = read_yaml(path)
        except DataError as error:
            problems.extend(error.problems)
            continue
        row, found = parse_file(path, document)
        problems.extend([*found, *rasa_lines(path)])
        if row is not None:
            files.append((path, document, row))
    problems.extend(_clashes(files))
    if problems:
        raise DataError(problems)
    return _ENTRIES.validate_python([row.model_dump() for _, _, file in files for row in file.entries])


def data_hash(entries: Iterable[Entry]) -> str:
    """Hash of everything a customer could be told; names the data an index was built from."""
    return hashlib.sha256(to_json(entries)).hexdigest()


def to_json(entries: Iterable[Entry]) -> bytes:
    """A snapshot that `from_json` reads back to equal entries."""
    return _ENTRIES.dump_json(tuple(entries))


def from_json(snapshot: bytes) -> tuple[Entry, ...]:
    return _ENTRIES.validate_json(snapshot)


@dataclass(frozen=True)
class _Claim:
    """A name or phrasing that may stand in one place only."""

    key: tuple[str, ...]
    value: str
    owner: str
    path: Path
    line: int
    field: str


def _claims(path: Path, document: Any, file: FileRow) -> Iterable[_Claim]:
    for number, row in enumerate(file.entries):

        def claim(key: tuple[str, ...], value: str, *steps: str | int, number=number, row=row) -> _Claim:
            at = ("entries", number, *steps)
            return _Claim(key, value, row.id, path, line_of(document, at), ".".join(map(str, at)))

        yield claim(("id", row.id), row.id, "id")
        yield claim(("phrasing", bare(row.question)), row.question, "question")
        for index, variant in enumerate(row.variants):
            yield claim(("phrasing", bare(variant)), variant, "variants", index)
        for index, script in enumerate(row.scripts):
            yield claim(("script", row.id, script.id), script.id, "scripts", index, "id")


def _clashes(files: list[tuple[Path, Any, FileRow]]) -> list[Problem]:
    """Ids and phrasings that occur twice over all files, and ids that do not carry their file's topic."""
    problems: list[Problem] = []
    seen: dict[tuple[str, ...], _Claim] = {}
    for path, document, file in files:
        for claim in _claims(path, document, file):
            first = seen.setdefault(claim.key, claim)
            if first is not claim:
                where = f"{first.owner!r} ({first.path}:{first.line})"
                message = f"{claim.value!r} already stands in {where}: keep one of the two"
                problems.append(Problem(path, claim.line, claim.field, message))
            if claim.key[0] == "id" and claim.value.split(".")[0] != file.topic:
                message = f"{claim.value!r} does not begin with the file's topic: name it '{file.topic}.…'"
                problems.append(Problem(path, claim.line, claim.field, message))
    return problems
