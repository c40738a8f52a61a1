"""Which product is meant, what goes with it, what could stand in for it.

Source: shop-rules.md, "Before the sale" (001 related items, 004 制度 3 featured product, 000 needs).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from bot.shop.records.model import Product, Shop
from bot.text.normalise import bare

_ALMOST = 82
"""Likeness (0–100, rapidfuzz partial ratio) that takes one wrong character in five for a slip."""
_MOST_OF = 0.75
_CHINESE = re.compile("[\u4e00-\u9fff]{3}")
_LATIN = re.compile(r"[a-z0-9]")
_MODEL = re.compile(r"[a-z0-9]+$")


@dataclass(frozen=True)
class Difference:
    """One line of a comparison: `values` in the order of the products, "" where one says nothing."""

    attribute: str
    values: tuple[str, ...]


def find_products(shop: Shop, text: str) -> list[Product]:
    """Products named in `text` by id, name or nickname, best first; without one, those nearly or partly named.

    A longer name said hides a shorter one inside it. Among equals the featured go first.
    A bare sort ("这件羽绒服" where there are several) names no product: see `of_category`.
    """
    spoken = bare(text)
    found = _named(shop, spoken) or _nearly_named(shop, spoken) or _partly_named(shop, spoken)
    return _ordered(shop, found) if spoken else []


def of_category(shop: Shop, text: str, among: Iterable[Product] | None = None) -> list[Product]:
    """Products whose sort (category, noun of the name) or tags (needs they serve) are in `text`; of `among` only,
    where that is given.

    Those with the most, featured first.
    """
    spoken = bare(text)
    return _ordered(shop, _of_category(shop, spoken, among)) if spoken else []


def names_sort(shop: Shop, text: str) -> bool:
    """Whether a sort of goods is in `text`, not only a word of their tags (给小学生用 names none)."""
    return any(sort for sort in _of_category(shop, bare(text)).values())


def most_alike(products: Iterable[Product], text: str) -> Product | None:
    """Of these, the one whose name's characters are most in `text` ("云絮长款羽绒服" for 云絮长款连帽羽绒服).

    At least three in four, and no other as many; else None.
    """
    spoken = set(bare(text))
    scored = [
        (max(sum(c in spoken for c in name) / len(name) for name in _names(product)[1:]), product)
        for product in products
    ]
    best = max((score for score, _ in scored), default=0)
    nearest = [product for score, product in scored if score == best]
    return nearest[0] if best >= _MOST_OF and len(nearest) == 1 else None


def _ordered(shop: Shop, found: dict[str, float]) -> list[Product]:
    ordered = sorted(
        found, key=lambda product_id: (-found[product_id], not shop.products[product_id].featured)
    )
    return [shop.products[product_id] for product_id in ordered]


def _names(product: Product) -> list[str]:
    return [bare(name) for name in (product.id, product.name, *product.nicknames)]


def _spans(name: str, text: str) -> Iterable[tuple[int, int]]:
    """Where `name` stands in `text`; a Latin name only as a whole word ("a1" is not in "a12")."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        inside_left = _LATIN.match(name[0]) and _LATIN.match(text[start - 1 : start])
        inside_right = _LATIN.match(name[-1]) and _LATIN.match(text[end : end + 1])
        if not inside_left and not inside_right:
            yield start, end
        start = text.find(name, start + 1)


def _named(shop: Shop, text: str) -> dict[str, float]:
    """Whole names; neither a short name inside a longer one that was said, nor a sort that several share."""
    said = [
        (start, end, product.id)
        for product in shop.products.values()
        for name in _names(product)
        for start, end in _spans(name, text)
    ]
    sorts = _sorts(shop, text)
    found: dict[str, float] = {}
    for start, end, product_id in said:
        is_swallowed = any(s <= start and end <= e and e - s > end - start for s, e, _ in said)
        if not is_swallowed and text[start:end] not in sorts:
            found[product_id] = max(found.get(product_id, 0), end - start)
    return found


def _sorts(shop: Shop, text: str) -> set[str]:
    """Nicknames in `text` that are also part of another product's name: 羽绒服 beside 儿童羽绒服."""
    every = [(product.id, name) for product in shop.products.values() for name in _names(product)[1:]]
    short = {(product_id, name) for product_id, name in every if name in text}
    return {
        name
        for product_id, name in short
        if any(name in other and owner != product_id for owner, other in every)
    }


def _nearly_named(shop: Shop, text: str) -> dict[str, float]:
    """A slip in a longer name, or a name said in part ("长款羽绒服"); what several share names none of them."""
    found: dict[str, float] = {}
    for product in shop.products.values():
        likeness = max((_likeness(name, text) for name in _names(product)[1:]), default=0)
        if likeness >= _ALMOST:
            found[product.id] = likeness
    best = max(found.values(), default=0)
    nearest = {product_id: likeness for product_id, likeness in found.items() if likeness == best}
    return nearest if len(nearest) == 1 else {}


def _partly_named(shop: Shop, text: str) -> dict[str, float]:
    """Three characters or more that only one product has in its names: 大红袍 of 武夷山大红袍浓香型散茶.

    Titles of shops are longer than anybody says. Where a sort is named that several have, none is meant.
    """
    said = _runs(text)
    if not said or len(_of_category(shop, text)) > 1:
        return {}
    owners: dict[str, set[str]] = {}
    for product in shop.products.values():
        for run in said & frozenset().union(*map(_runs, _names(product)[1:])):
            owners.setdefault(run, set()).add(product.id)
    told = [next(iter(own)) for own in owners.values() if len(own) == 1]
    return {product_id: told.count(product_id) for product_id in told}


@lru_cache(maxsize=8192)
def _runs(text: str) -> frozenset[str]:
    """Every three Chinese characters in a row; with 的 among them they tell a quality (便宜的), no name."""
    runs = (text[i : i + 3] for i in range(len(text) - 2))
    return frozenset(run for run in runs if _CHINESE.fullmatch(run) and "的" not in run)


def _likeness(name: str, text: str) -> float:
    """0 to 100. A message that is nothing but part of a name counts as that name, if it is long enough."""
    if 3 <= len(text) < len(name) and text in name:
        return 90.0
    if len(name) < 4 or len(text) < len(name) - 1:
        return 0
    return fuzz.partial_ratio(name, text)


_CHILDRENS = "童装"
"""童装外套 is asked for as 外套; the wearer decides whose."""


def _of_category(shop: Shop, text: str, among: Iterable[Product] | None = None) -> dict[str, float]:
    """The sort that is named, those that carry it in their own name first; needs narrow it down or stand alone."""
    sorts = _sorts(shop, text)
    scores: dict[str, tuple[int, int]] = {}
    for product in shop.products.values() if among is None else among:
        names = _names(product)[1:]
        by_name = any(_ends_alike(n, text) or any(sort in n for sort in sorts) for n in names)
        by_category = bare(product.category).removeprefix(_CHILDRENS) in text
        tags = sum(bare(tag) in text for tag in product.tags)
        scores[product.id] = (2 * by_name + by_category, tags)
    sort_named = any(sort for sort, _ in scores.values())
    found = {i: (sort, tags) for i, (sort, tags) in scores.items() if (sort if sort_named else tags)}
    most = max((tags for _, tags in found.values()), default=0)
    return {product_id: sort for product_id, (sort, tags) in found.items() if tags == most}


def _ends_alike(name: str, text: str) -> bool:
    """Whether the noun at the end of a Chinese name ("…羽绒服", a model number left off) is in the text."""
    noun = _MODEL.sub("", name)
    return any(noun[-length:] in text for length in (4, 3, 2) if len(noun) >= length)


def in_stock(product: Product) -> bool:
    """Whether any of it can be bought now."""
    return not product.taken_down and any(variant.stock > 0 for variant in product.variants)


def complements(shop: Shop, product: Product) -> tuple[Product, ...]:
    """What goes with it and can be bought now."""
    return tuple(p for p in (shop.products[i] for i in product.complements) if in_stock(p))


def substitutes(shop: Shop, product: Product) -> tuple[Product, ...]:
    """What can stand in for it and can be bought now."""
    return tuple(p for p in (shop.products[i] for i in product.substitutes) if in_stock(p))


def shelf_mates(shop: Shop, product: Product) -> tuple[Product, ...]:
    """What stands in for it and is of its own sort: the plainer chair beside the better one."""
    alike = (p for p in substitutes(shop, product) if p.category == product.category)
    return tuple(p for p in alike if p.name[-1] == product.name[-1])


def cheaper(shop: Shop, product: Product, most: int = 3) -> tuple[Product, ...]:
    """Cheaper products to name when bargaining ends: its substitutes first, then its category; dearest first."""
    named = [p for p in substitutes(shop, product) if p.price < product.price]
    same = [
        p
        for p in shop.products.values()
        if p.category == product.category
        and p.audience == product.audience
        and p.price < product.price
        and p not in named
        and in_stock(p)
    ]
    by_price = sorted(named, key=lambda p: -p.price) + sorted(same, key=lambda p: -p.price)
    return tuple(by_price[:most])


def recommended(products: Iterable[Product]) -> Product | None:
    """Of products that suit equally, the week's featured one, else the first; only what can be bought now."""
    available = [product for product in products if in_stock(product)]
    return next((product for product in available if product.featured), available[0] if available else None)


def differences(products: Iterable[Product]) -> tuple[Difference, ...]:
    """Attributes in which the products differ, in the order the first names them."""
    compared = tuple(products)
    attributes = dict.fromkeys(name for product in compared for name in product.attributes)
    lines = [Difference(name, tuple(p.attributes.get(name, "") for p in compared)) for name in attributes]
    differing = [line for line in lines if len(set(line.values)) > 1]
    # What all of them tell can be compared; the rest comes after it.
    return tuple(sorted(differing, key=lambda line: "" in line.values))


def one_of_each_shelf(products: Iterable[Product]) -> list[Product]:
    """The first of each category before its others: a need alone does not choose between a coat and trousers."""
    every = list(products)
    first = {product.category: product for product in reversed(every)}
    return sorted(every, key=lambda product: first[product.category] is not product)
