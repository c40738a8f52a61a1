"""Reads a catalogue as shops export it: CSV in any usual encoding, or the first sheet of an Excel file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.files import read_yaml
from bot.settings import ROOT
from bot.shop.importing.import_columns import Headings, KindWords, Row

HEADERS = ROOT / "data" / "import_headers.yml"
_ENCODINGS = ("utf-8-sig", "gb18030")
_LOOK_FOR_HEADINGS = 10
"""Rows above the headings that an export may fill with its title and notes."""


class SheetError(Exception):
    """The file cannot be read as a table."""


def read_headings(path: Path = HEADERS) -> Headings:
    document = read_yaml(path)
    return Headings(
        columns={name: tuple(map(str, words)) for name, words in document["columns"].items()},
        facts=tuple(map(str, document["facts"])),
        gone=tuple(map(str, document["gone"])),
        many=tuple(document["many"]),
        kinds=tuple(
            KindWords(tuple(each["words"]), each["kind"], each["audience"], tuple(each.get("but", ())))
            for each in document["kinds"]
        ),
    )


def read_rows(path: Path, headings: Headings) -> tuple[tuple[str, ...], list[Row]]:
    """The headings and the rows below them, numbered as the spreadsheet does. Raises SheetError."""
    try:
        table = _excel(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _csv(path)
    except OSError as error:
        raise SheetError(f"{path}: {error.strerror or error}") from error
    start = _heading_row(table, headings)
    names = [text.strip() for text in table[start]] if table else []
    rows = []
    for number, cells in enumerate(table[start + 1 :], start=start + 2):
        told = {name: text for name, text in zip(names, cells, strict=False) if name and text.strip()}
        if told:
            rows.append(Row(number, told))
    if not rows:
        raise SheetError(f"{path}: no rows below the headings")
    return tuple(dict.fromkeys(name for name in names if name)), rows


def _heading_row(table: list[list[str]], headings: Headings) -> int:
    """The first rows may be a title: the headings are where most cells are known words."""
    known = {word.lower() for words in headings.columns.values() for word in words}

    def fitting(cells: list[str]) -> int:
        return sum(cell.strip().lower() in known for cell in cells)

    top = table[:_LOOK_FOR_HEADINGS]
    return max(range(len(top)), key=lambda index: (fitting(top[index]), -index), default=0)


def _csv(path: Path) -> list[list[str]]:
    if path.suffix.lower() == ".xls":
        raise SheetError(f"{path}: the old Excel format: save it as .xlsx or CSV")
    data = path.read_bytes()
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else _ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise SheetError(f"{path}: neither UTF-8 nor GBK: save it as “CSV UTF-8”")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",\t;|", key=first.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _excel(path: Path) -> list[list[str]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    if not path.is_file():
        raise SheetError(f"{path}: no such file")
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise SheetError(f"{path}: is no Excel file: save it as .xlsx or CSV") from error
    try:
        return [_texts(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    finally:
        book.close()


def _texts(cells: Iterable[Any]) -> list[str]:
    """12.0 is 12: Excel keeps every number as a float."""
    return [
        "" if cell is None else str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
        for cell in cells
    ]
