"""Chats in CSV and TSV (first line: names of the columns, or one column without a name) and in JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from bot.files import DataError, Problem
from bot.learning.chats import ChatLine, Export, Speaker, column_of, speaker_of
from bot.learning.lines import NumberedLine
from bot.learning.privacy import masked

LONGEST_CELL = 20
"""Lines that one quoted message may run over; a quote that is open longer was never meant to open."""
_NESTED = ("messages", "turns", "dialog", "dialogue", "conversation")
"""Keys under which a JSON line may hold a whole conversation as a list."""


def read_table(path: Path, lines: Sequence[NumberedLine], agents: Collection[str]) -> Export:
    """Raises DataError when no column is known as the text."""
    filled = [line for line in lines if line.text.strip()]
    if not filled:
        return Export((), ())
    first = filled[0].text
    separator = "\t" if path.suffix == ".tsv" else max(",\t;", key=first.count)
    names = _cells(first, separator) or first.split(separator)
    parts = [column_of(name) for name in names]
    if "text" in parts:
        filled = filled[1:]
    elif len(names) == 1:
        parts = ["text"]
    else:
        cure = "name the column of the message `text` or 内容 (others: `speaker`, `conversation`, `time`)"
        raise DataError([Problem(path, filled[0].number, "columns", f"{masked(first[:80])!r}: {cure}")])
    found: list[ChatLine] = []
    problems: list[Problem] = []
    for number, cells in _records(filled, separator, len(parts)):
        if len(cells) != len(parts):
            told = (
                f"{masked(separator.join(cells))[:60]!r} has {len(cells)} cells, the first line {len(parts)}"
            )
            problems.append(
                Problem(path, number, "cells", f"{told}: put a message with {separator!r} in quotes")
            )
            continue
        row = {part: cell for part, cell in zip(reversed(parts), reversed(cells), strict=True) if part}
        found.extend(_line(row, agents))
    return Export(tuple(found), tuple(problems))


def _records(lines: Sequence[NumberedLine], separator: str, width: int) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each row. A quote nobody closed costs its own line only, not the rest of the file."""
    at = 0
    while at < len(lines):
        for end in range(at + 1, min(at + LONGEST_CELL, len(lines)) + 1):
            cells = _cells("\n".join(line.text for line in lines[at:end]), separator)
            if cells is not None:
                break
        if cells is None or (end > at + 1 and len(cells) != width):
            cells, end = lines[at].text.split(separator), at + 1
        yield lines[at].number, cells
        at = end


def _cells(text: str, separator: str) -> list[str] | None:
    """The cells of one row; None while a quote is open."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def read_json_lines(path: Path, lines: Sequence[NumberedLine], agents: Collection[str]) -> Export:
    """A text, an object with a text, or an object with a list of such a line."""
    found: list[ChatLine] = []
    problems: list[Problem] = []
    for line in lines:
        if not line.text.strip():
            continue
        try:
            found.extend(_objects(json.loads(line.text), str(line.number), agents))
        except (ValueError, RecursionError) as error:
            cure = 'write it as {"text": "…", "speaker": "customer", "conversation": "…"}'
            told = f"{masked(line.text)[:60]!r} is no message ({masked(str(error))[:60]}): {cure}"
            problems.append(Problem(path, line.number, "json", told))
    return Export(tuple(found), tuple(problems))


def _objects(value: object, place: str, agents: Collection[str]) -> list[ChatLine]:
    """Raises ValueError for anything without a text."""
    if isinstance(value, str):
        value = {"text": value}
    if not isinstance(value, dict):
        raise ValueError("neither a text nor an object")
    nested = next((value[key] for key in _NESTED if isinstance(value.get(key), list)), None)
    row = {
        part: cell
        for key, cell in reversed(value.items())
        if (part := column_of(key)) and not isinstance(cell, list)
    }
    if nested is not None:
        conversation = str(row.get("conversation") or value.get("id") or place)
        inner = [line for each in nested for line in _objects(each, place, agents)]
        return [ChatLine(line.text, line.speaker, conversation, line.time, line.name) for line in inner]
    if not isinstance(row.get("text"), str):
        raise ValueError("it has no text")
    return _line({part: "" if cell is None else str(cell) for part, cell in row.items()}, agents)


def _line(row: Mapping[str, str], agents: Collection[str]) -> list[ChatLine]:
    """The row as a message; none for an empty one."""
    if not row["text"].strip():
        return []
    name = row.get("speaker", "").strip()
    speaker = speaker_of(name, agents) if name else Speaker.CUSTOMER
    rest = (row.get("conversation", "").strip(), row.get("time", "").strip(), name)
    return [ChatLine(row["text"].strip(), speaker, *rest)]
