"""A table of the managers' figures as CSV that a spreadsheet may open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

BOM = "\ufeff"
"""Without it Excel on a Chinese Windows reads the file as GBK."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheet(rows: Iterable[Sequence[object]]) -> str:
    """No cell of text is ever taken as a formula, whatever a customer or a colleague has written."""
    stream = io.StringIO()
    csv.writer(stream).writerows([[_cell(each) for each in row] for row in rows])
    return BOM + stream.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, str) and value.lstrip().startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
