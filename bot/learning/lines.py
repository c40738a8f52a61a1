"""The lines of a text file in the encodings that shops' tools export: UTF-8, GB18030, UTF-16 with its mark."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from bot.files import DataError, Problem

UTF8, GB18030 = "utf-8", "gb18030"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class NumberedLine:
    number: int
    """Counted from 1."""
    text: str
    """Without its line break."""


def read_lines(path: Path) -> tuple[list[NumberedLine], list[Problem]]:
    """All lines that can be decoded, and a problem for each that cannot. Raises DataError without a readable file."""
    try:
        content = path.read_bytes()
    except OSError as error:
        cure = f"{error.strerror or error}: name a CSV, TSV, JSONL or TXT file of chats"
        raise DataError([Problem(path, 1, "file", cure)]) from error
    if content.startswith(_UTF16):
        content = content.decode("utf-16", errors="replace").encode()
    raw = content.removeprefix(codecs.BOM_UTF8).split(b"\n")
    encoding = encoding_of(raw)
    lines: list[NumberedLine] = []
    problems: list[Problem] = []
    for number, line in enumerate(raw, 1):
        try:
            lines.append(NumberedLine(number, line.decode(encoding).rstrip("\r")))
        except UnicodeDecodeError as error:
            shown = line[max(0, error.start - 4) : error.start + 8]
            message = f"{shown!r} is not {encoding.upper()}: save the file as UTF-8 and import it again"
            problems.append(Problem(path, number, "encoding", message))
    return lines, problems


def encoding_of(raw: list[bytes]) -> str:
    """UTF-8 where half of the lines beyond ASCII are valid in it: Chinese in GB18030 hardly ever is."""
    beyond = [line for line in raw if not line.isascii()]
    return UTF8 if 2 * sum(map(_is_utf8, beyond)) >= len(beyond) else GB18030


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode(UTF8)
    except UnicodeDecodeError:
        return False
    return True
