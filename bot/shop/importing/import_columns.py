"""Which column of a shop's spreadsheet is what, by the headings of `data/import_headers.yml`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.text.normalise import bare


@dataclass(frozen=True)
class KindWords:
    """Words in category or name that tell kind and audience, unless one of `but` is there too."""

    words: tuple[str, ...]
    kind: str
    audience: str
    but: tuple[str, ...] = ()


@dataclass(frozen=True)
class Headings:
    """`data/import_headers.yml`: what columns are called in shops' exports."""

    columns: Mapping[str, tuple[str, ...]]
    facts: tuple[str, ...]
    gone: tuple[str, ...]
    many: tuple[str, ...]
    kinds: tuple[KindWords, ...]


@dataclass(frozen=True)
class Row:
    """`number` as the spreadsheet counts; `cells` by heading, without empty ones."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Columns:
    """Which heading of the sheet is what."""

    known: Mapping[str, str]
    facts: Mapping[str, str]
    """Heading → name of the attribute."""
    unused: tuple[str, ...]


class NotACatalogue(Exception):
    """The sheet lacks a column without which nothing can be made of it."""


def find_columns(headings: Headings, names: Sequence[str]) -> Columns:
    """Each field gets the first column that is called so. Raises NotACatalogue without name, or without price."""
    plain = {name: _plain(name) for name in names if name}
    known: dict[str, str] = {}
    for what, words in headings.columns.items():
        wanted = [_plain(word) for word in words]
        fitting = [name for name, text in plain.items() if text in wanted and name not in known.values()]
        if fitting:
            known[what] = min(fitting, key=lambda name: wanted.index(plain[name]))
    facts = {}
    for name in plain:
        told = re.sub(r"^(属性|参数)[:：]", "", name)
        if name not in known.values() and (told != name or plain[name] in map(_plain, headings.facts)):
            facts[name] = told.strip()
    for what in ("name", "price"):
        if what not in known:
            words = "、".join(headings.columns[what][:6])
            raise NotACatalogue(
                f"no column for the {what}: name one {words}; the sheet has {'、'.join(plain) or 'none'}"
            )
    unused = tuple(name for name in plain if name not in known.values() and name not in facts)
    return Columns(known, facts, unused)


def _plain(heading: str) -> str:
    """A heading without what is in brackets, spaces and case."""
    return bare(re.sub(r"[(（\[【].*?[)）\]】]", "", heading))


def meaning_of_code(columns: Columns, rows: list[Row]) -> str:
    """货号 is the variant's code where every row has its own, and the product's where rows share it."""
    if "code" not in columns.known or "sku" in columns.known:
        return "product_id"
    told = [row.cells[columns.known["code"]] for row in rows if columns.known["code"] in row.cells]
    return "sku" if max(Counter(told).values(), default=1) == 1 else "product_id"
