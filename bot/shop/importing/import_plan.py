"""What an import would do to the products that are there: add, fill, replace or leave alone. Pure.

Texts that a person may have edited are only ever filled where there are none; price, lowest price and stock are
replaced where that is wanted, because they are what the sheet knows better.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.shop.importing.importing import LISTS, Draft, Sheet
from bot.shop.records.model import Product, Variant


@dataclass(frozen=True)
class Change:
    """Of one field of one product, or of one variant (`sku`). `old` None: there was nothing."""

    product_id: str
    field: str
    old: Any
    new: Any
    sku: str = ""


@dataclass(frozen=True)
class ImportPlan:
    new: tuple[Draft, ...]
    changes: tuple[Change, ...]
    """Are made; `field` "variants" adds the variant `new`, "attributes" fills in one fact as (name, value)."""
    kept: tuple[Change, ...]
    """The sheet says otherwise, but nobody asked to replace."""
    unlisted: tuple[tuple[str, str], ...]
    """(product, sku) that the shop has and the sheet of that product lacks; they stay."""
    same: int
    """Products of the sheet in which nothing changes."""


def plan(sheet: Sheet, products: Mapping[str, Product], replace: bool = False) -> ImportPlan:
    """`products` as they are now, by id."""
    new: list[Draft] = []
    changes: list[Change] = []
    kept: list[Change] = []
    unlisted: list[tuple[str, str]] = []
    same = 0
    for draft in sheet.drafts:
        product = _existing(draft, products)
        if product is None:
            new.append(draft)
            continue
        overwriting = list(_overwriting(draft, product))
        filling = list(_filling(draft, product))
        (changes if replace else kept).extend(overwriting)
        changes += filling
        same += not (overwriting or filling)
        listed = {found.sku for each in draft.variants if (found := _variant(product, each))}
        unlisted += [(product.id, v.sku) for v in product.variants if v.sku not in listed]
    return ImportPlan(tuple(new), tuple(changes), tuple(kept), tuple(unlisted), same)


def _existing(draft: Draft, products: Mapping[str, Product]) -> Product | None:
    """The same goods: a code in common, else the id, else the name."""
    skus = {each["sku"] for each in draft.variants}
    found = (p for p in products.values() if any(v.sku in skus for v in p.variants))
    by_name = (p for p in products.values() if p.name == draft.name)
    return next(found, None) or products.get(draft.id) or next(by_name, None)


def _variant(product: Product, told: Mapping[str, Any]) -> Variant | None:
    by_sku = (v for v in product.variants if v.sku == told["sku"])
    looks = (told.get("color", ""), told.get("size", ""))
    return next(by_sku, None) or next((v for v in product.variants if (v.color, v.size) == looks), None)


def _overwriting(draft: Draft, product: Product) -> Iterator[Change]:
    if draft.price != product.price:
        yield Change(product.id, "price", product.price, draft.price)
    if draft.floor_is_told and draft.floor_price != product.floor_price:
        yield Change(product.id, "floor_price", product.floor_price, draft.floor_price)
    for told in draft.variants if "stock" not in draft.assumed else ():
        variant = _variant(product, told)
        if variant and variant.stock != told["stock"]:
            yield Change(product.id, "stock", variant.stock, told["stock"], variant.sku)


def _filling(draft: Draft, product: Product) -> Iterator[Change]:
    for told in draft.variants:
        if _variant(product, told) is None:
            yield Change(product.id, "variants", None, told, told["sku"])
    for name in LISTS:
        if draft.lists.get(name) and not getattr(product, name):
            yield Change(product.id, name, None, draft.lists[name])
    for name, value in draft.attributes.items():
        if name not in product.attributes:
            yield Change(product.id, "attributes", None, (name, value))
