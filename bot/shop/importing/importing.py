"""From the rows of a spreadsheet to drafts of products. Pure: files are read and written by bot.onboarding."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, TypeVar

from bot.shop.importing.import_columns import Columns, Headings, KindWords, Row, find_columns, meaning_of_code
from bot.shop.importing.import_values import count, identifier, money, parts, slug, variant, weight_kg

T = TypeVar("T")
LISTS = ("talking_points", "nicknames", "tags", "care", "not_for")
"""Columns that hold several values."""


@dataclass(frozen=True)
class Skipped:
    row: int
    reason: str


@dataclass(frozen=True)
class Item:
    """One row that could be read: one variant."""

    row: int
    name: str
    product_id: str
    sku: str
    color: str
    size: str
    stock: int | None
    price: Decimal | None
    floor: Decimal | None
    cost: Decimal | None
    weight_kg: Decimal | None
    category: str
    lists: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, str]


@dataclass(frozen=True)
class Draft:
    """A product as it would be written. `assumed`: field → why a person has to look at it."""

    id: str
    name: str
    price: Decimal
    floor_price: Decimal
    floor_is_told: bool
    variants: tuple[dict[str, Any], ...]
    rows: tuple[int, ...]
    category: str
    kind: str
    audience: str
    weight_kg: Decimal
    attributes: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    assumed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """What could be read of it, in the order of the rows."""

    drafts: tuple[Draft, ...]
    skipped: tuple[Skipped, ...]
    columns: Columns


def read_sheet(headings: Headings, names: Sequence[str], rows: Iterable[Row]) -> Sheet:
    """`names`: the sheet's headings in order. Raises NotACatalogue."""
    columns = find_columns(headings, names)
    rows = list(rows)
    items, skipped = _items(headings, columns, rows)
    drafts: list[Draft] = []
    for group in _groups(items):
        try:
            drafts += _drafts(headings, group)
        except ValueError as error:
            skipped += [Skipped(item.row, str(error)) for item in group]
    return Sheet(_with_own_ids(drafts), tuple(sorted(skipped, key=lambda each: each.row)), columns)


def _items(headings: Headings, columns: Columns, rows: list[Row]) -> tuple[list[Item], list[Skipped]]:
    items: list[Item] = []
    skipped: list[Skipped] = []
    code = meaning_of_code(columns, rows)
    reader = _RowReader(headings, columns, code)
    for row in rows:
        try:
            items.append(reader.read(row, items[-1] if items else None))
        except ValueError as error:
            skipped.append(Skipped(row.number, str(error)))
    return items, skipped


class _RowReader:
    def __init__(self, headings: Headings, columns: Columns, code: str) -> None:
        self._headings, self._columns, self._code = headings, columns, code

    def read(self, row: Row, above: Item | None) -> Item:
        """One row; an empty name means the product of the row above (merged cells). Raises ValueError."""

        def cell(what: str) -> str:
            return row.cells.get(self._columns.known.get(what, ""), "").strip()

        def value(what: str, read: Callable[[str], T]) -> T | None:
            try:
                return read(cell(what)) if cell(what) else None
            except ValueError as error:
                raise ValueError(f"{self._columns.known[what]} {error}") from error

        if cell("status") in self._headings.gone:
            raise ValueError(f"{self._columns.known['status']} is {cell('status')}: not on sale")
        name = cell("name")
        if not name and above is None:
            raise ValueError("no product name, and none above")
        color, size = self._variant(cell("color"), cell("size"), cell("spec"))
        codes = {"product_id": value("product_id", identifier), "sku": value("sku", identifier)}
        codes[self._code] = codes[self._code] or value("code", identifier)
        inherited = above if not name else None
        return Item(
            row=row.number,
            name=name or above.name,
            product_id=codes["product_id"] or (inherited.product_id if inherited else ""),
            sku=codes["sku"] or "",
            color=color,
            size=size,
            stock=value("stock", count),
            price=value("price", money) or (inherited.price if inherited else None),
            floor=value("floor_price", money),
            cost=value("cost", money),
            weight_kg=value("weight", lambda text: weight_kg(text, self._columns.known["weight"])),
            category=cell("category"),
            lists={what: parts(cell(what), self._headings.many) for what in LISTS if cell(what)},
            facts={name: row.cells[h].strip() for h, name in self._columns.facts.items() if h in row.cells},
        )

    def _variant(self, color: str, size: str, spec: str) -> tuple[str, str]:
        if spec and not (color and size):
            names = self._headings.columns
            of_color, of_size = (tuple(word.lower() for word in names[what]) for what in ("color", "size"))
            told_color, told_size = variant(spec, of_color, of_size)
            color, size = color or told_color, size or told_size
        return color, size.removesuffix(".0")


def _groups(items: list[Item]) -> Iterator[list[Item]]:
    """Rows of one product: the same code, else the same name."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.product_id or item.name, []).append(item)
    yield from groups.values()


def _drafts(headings: Headings, items: list[Item]) -> Iterator[Draft]:
    """One product; several where the variants have several prices, because a product has one."""
    prices = dict.fromkeys(item.price for item in items if item.price is not None)
    if not prices:
        raise ValueError("no price in any row of this product")
    first = next(iter(prices))
    for number, price in enumerate(prices):
        own = [item for item in items if (item.price or first) == price]
        draft = _draft(headings, own, price, items)
        if len(prices) > 1:
            words = "、".join(dict.fromkeys(item.size or item.color or str(price) for item in own))
            told = f"split from {items[0].name} (rows {items[0].row}–{items[-1].row}): prices differ"
            draft = replace(
                draft,
                id=f"{draft.id}-{number + 1}",
                name=f"{draft.name} {words}",
                assumed={**draft.assumed, "name": told},
            )
        yield draft


def _draft(headings: Headings, items: list[Item], price: Decimal, group: list[Item]) -> Draft:
    """`items` are its own rows; words are taken from all rows of the `group`, which often tell them once."""
    first = items[0]
    assumed: dict[str, str] = {}
    category = next((item.category for item in group if item.category), "")
    kind = _kind(headings, category, first.name)
    weight = max((item.weight_kg for item in items if item.weight_kg), default=None)
    told_floor = min((item.floor for item in items if item.floor), default=None)
    cost = max((item.cost for item in items if item.cost), default=None)
    floor = told_floor or cost or price
    if floor > price:
        raise ValueError(f"lowest price or cost {floor} is above the price {price}")
    if told_floor is None:
        assumed["floor_price"] = "is the cost: check it" if cost else "is the price: no bargaining"
    if not category:
        assumed["category"] = "no category in the sheet"
    if weight is None:
        assumed["weight_kg"] = "no weight in the sheet: 1 kg, on which postage is reckoned"
    if any(item.stock is None for item in items):
        assumed["stock"] = "no stock in the sheet: 0"
    variants, id_ = _variants(items, first.product_id or slug([first.name]) or f"row-{first.row}")
    if len(variants) < len(items):
        assumed["variants"] = "rows of the same colour and size were added up"
    sizes = {each["size"] for each in variants if each.get("size")}
    if kind.kind in ("clothing", "child_clothing", "shoes") and len(sizes) > 1:
        assumed["size_chart"] = "no size can be recommended without a chart"
    return Draft(
        id_, first.name, price, floor, told_floor is not None, variants, tuple(item.row for item in items),
        re.split(r"[>＞/》]+", category)[-1].strip() or "其他", kind.kind, kind.audience, weight or Decimal(1),
        {name: value for item in (*reversed(group), *reversed(items)) for name, value in item.facts.items()},
        {what: found for what in LISTS if (found := _all_of(group, what))}, assumed,
    )  # fmt: skip


def _all_of(items: list[Item], what: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for item in items for value in item.lists.get(what, ())))


def _kind(headings: Headings, category: str, name: str) -> KindWords:
    """The category decides, then the name."""
    for text in (category, name):
        for each in headings.kinds:
            if any(word in text for word in each.words) and not any(word in text for word in each.but):
                return each
    return KindWords((), "general", "unisex")


def _variants(items: list[Item], product_id: str) -> tuple[tuple[dict[str, Any], ...], str]:
    """One a row; rows of the same colour and size count together."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for item in items:
        kept = found.get((item.color, item.size))
        if kept:
            kept["stock"] += item.stock or 0
            continue
        sku = item.sku or "-".join(filter(None, (product_id, slug([item.color, item.size]))))
        told = {"sku": sku, "color": item.color, "size": item.size, "stock": item.stock or 0}
        found[item.color, item.size] = {name: value for name, value in told.items() if value != ""}
    return tuple(found.values()), product_id


def _with_own_ids(drafts: list[Draft]) -> tuple[Draft, ...]:
    """Ids, SKUs and names that no other draft has: one name for two goods could not be told apart in a chat."""
    ids: set[str] = set()
    skus: set[str] = set()
    names: set[str] = set()
    done = []
    for draft in drafts:
        id_ = _free(draft.id, ids)
        variants = tuple({**each, "sku": _free(each["sku"], skus)} for each in draft.variants)
        name, assumed = _free(draft.name, names, " "), draft.assumed
        if name != draft.name:
            assumed = {**assumed, "name": f"{draft.name} is there twice: tell them apart"}
        done.append(replace(draft, id=id_, name=name, variants=variants, assumed=assumed))
    return tuple(done)


def _free(wanted: str, taken: set[str], mark: str = "-") -> str:
    free, number = wanted, 2
    while free in taken:
        free, number = f"{wanted}{mark}{number}", number + 1
    taken.add(free)
    return free
