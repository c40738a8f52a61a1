"""What a `data/faq/<topic>.yml` file may contain, and what is said to the person who wrote it otherwise."""

from __future__ import annotations

import difflib
import json
import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bot.faq.intents import INTENTS
from bot.files import Problem, line_of

PLACEHOLDERS = (
    "shop", "cutoff", "free_shipping_from", "courier", "return_days", "agent_hours", "coupon_new", "bot_name",
)  # fmt: skip
"""Filled from the shop's policy when a script is sent."""
KINDS = ("clothing", "child_clothing", "shoes", "home", "general")
"""Product kinds of the catalogue."""
MIN_VARIANTS = 8
RASA_KEYS = ("nlu", "rules", "stories", "responses")
"""Rasa takes a file with a line starting with one of these, at any indentation, as its training data."""

PICTURE = r"^[\w-][\w.-]*\.(png|jpe?g|webp|svg)$"
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PAYLOAD = re.compile(r"/([a-z_]+)(\{.*\})?")
_ENTRY_ID = re.compile(r"[a-z0-9-]+\.[a-z0-9-]+")


def near(value: str, known: tuple[str, ...]) -> str:
    """The cure for a misspelt name."""
    close = difflib.get_close_matches(value, known, n=1, cutoff=0.6)
    return f"did you mean {close[0]!r}?" if close else f"choose one of: {', '.join(known)}"


def fail(template: str, **values: Any) -> PydanticCustomError:
    return PydanticCustomError("faq", template, values)


def check_intent(value: str) -> str:
    if value not in INTENTS:
        raise fail(
            "{value} is not one of the 44 intents: {cure}", value=repr(value), cure=near(value, INTENTS)
        )
    return value


def check_kind(value: str) -> str:
    if value not in KINDS:
        raise fail("{value} is not a product kind: {cure}", value=repr(value), cure=near(value, KINDS))
    return value


def check_text(value: str) -> str:
    for name in _PLACEHOLDER.findall(value):
        if name not in PLACEHOLDERS:
            cure = near(name, PLACEHOLDERS)
            raise fail("unknown placeholder {value}: {cure}", value="{" + name + "}", cure=cure)
    return value


def check_payload(value: str) -> str:
    match = _PAYLOAD.fullmatch(value)
    if not match or match[1] not in INTENTS:
        cure = near(match[1], INTENTS) if match else 'write it like /request_human or /inform{"size":"M"}'
        raise fail("payload {value} names no intent: {cure}", value=repr(value), cure=cure)
    if match[2]:
        try:
            json.loads(match[2])
        except ValueError as error:
            cure = 'write it like /inform{"size":"M"}'
            raise fail("payload {value} is not JSON: {cure}", value=repr(value), cure=cure) from error
    return value


def check_entry_id(value: str) -> str:
    if not _ENTRY_ID.fullmatch(value):
        raise fail(
            "{value} is not topic.slug: use small letters, digits and hyphens, one dot", value=repr(value)
        )
    return value


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ButtonRow(_Strict):
    title: Annotated[Line, Field(max_length=20)]
    payload: Annotated[str, AfterValidator(check_payload)]


class ScriptRow(_Strict):
    id: Line
    text: Annotated[Line, AfterValidator(check_text)]
    buttons: list[ButtonRow] = []
    valid_from: date | None = None
    valid_to: date | None = None
    image: Annotated[str, Field(pattern=PICTURE)] | None = None
    """A file of the shop's `images`."""

    @model_validator(mode="after")
    def ends_after_start(self) -> ScriptRow:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            start, end = str(self.valid_from), str(self.valid_to)
            raise fail(
                "valid_to {end} is before valid_from {start}: swap or correct them", start=start, end=end
            )
        return self


class EntryRow(_Strict):
    id: Annotated[str, AfterValidator(check_entry_id)]
    intent: Annotated[str, AfterValidator(check_intent)]
    question: Line
    variants: Annotated[list[Line], Field(min_length=MIN_VARIANTS)]
    scripts: Annotated[list[ScriptRow], Field(min_length=1)]
    categories: list[Annotated[str, AfterValidator(check_kind)]] = []
    tags: list[Line] = []


class FileRow(_Strict):
    topic: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    entries: Annotated[list[EntryRow], Field(min_length=1)]


def parse_file(path: Path, document: Any) -> tuple[FileRow | None, list[Problem]]:
    """The checked rows of one file, or every problem in it with its line."""
    try:
        return FileRow.model_validate(document), []
    except ValidationError as error:
        return None, [_problem(path, document, item) for item in error.errors()]


def rasa_lines(path: Path) -> list[Problem]:
    """Lines that would make Rasa read this file as training data (same test as rasa.shared.utils.io)."""
    problems = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        for key in RASA_KEYS:
            if line.lstrip().startswith(f"{key}:"):
                message = "Rasa would take this file as training data: reword or quote the start of this line"
                problems.append(Problem(path, number, f"{key}:", message))
    return problems


def _problem(path: Path, document: Any, error: Any) -> Problem:
    location = error["loc"]
    field = ".".join(str(step) for step in location) or "file"
    return Problem(path, line_of(document, location), field, _words(error))


def _words(error: Any) -> str:
    """Pydantic's error in the words of someone who writes scripts."""
    kind, field, value = error["type"], str(error["loc"][-1]) if error["loc"] else "", error["input"]
    if kind == "faq":
        return error["msg"]
    if kind == "missing":
        return f"is missing: add a line `{field}: …`"
    if kind == "extra_forbidden":
        fields = tuple(name for row in (FileRow, EntryRow, ScriptRow, ButtonRow) for name in row.model_fields)
        return f"unknown field {field!r}: {near(field, fields)}"
    if kind == "too_short" and field == "variants":
        return (
            f"has {len(value)} variants, at least {MIN_VARIANTS} are needed: add other ways customers ask it"
        )
    if kind == "too_short":
        return "is an empty list: add at least one"
    if kind == "string_too_short":
        return "is empty: write the text"
    if kind == "string_type":
        return f"is {value!r}, which YAML does not read as text: put it in quotes"
    if kind.startswith("date"):
        return f"{str(value)!r} is not a date: write it as 2026-11-01"
    return f"{str(value)[:60]!r}: {error['msg']}"
