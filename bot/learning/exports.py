"""Reads an exported file of chats, whatever its form."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from bot.files import DataError, Problem
from bot.learning.chats import Export
from bot.learning.lines import read_lines
from bot.learning.tables import read_json_lines, read_table
from bot.learning.transcripts import read_text

READERS = {
    ".csv": read_table,
    ".tsv": read_table,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".txt": read_text,
    ".log": read_text,
}


def read_export(path: Path, agents: Collection[str] = ()) -> Export:
    """All messages of the file and its bad lines. `agents`: names that are agents'.

    Raises DataError when it cannot be read at all or no column is the message.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        cure = f"save it as one of {', '.join(READERS)}"
        raise DataError(
            [Problem(path, 1, "form", f"{path.suffix or 'no ending'!r} is not a form we read: {cure}")]
        )
    lines, undecoded = read_lines(path)
    export = reader(path, lines, agents)
    problems = sorted((*undecoded, *export.problems), key=lambda problem: problem.line)
    return Export(export.lines, tuple(problems))
