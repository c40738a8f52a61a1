"""What is on the shelf. Source: shop-rules.md, "Out of stock → counter-question" (002 三·二)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.shop.model import Product, Variant
from bot.text.normalise import bare, normalise

_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
_BARE_NUMBER = re.compile(r"(?<![\d.])(?:\d{2,3}(?:\.\d+)?|\d\.\d)(?![\d.元块件双条个天号月岁斤度])")
_NO_COLOR_BEHIND = "送给拿搭费包"
"""白送, 红包 name no colour."""
_LETTERS = re.compile(r"\d?x*[sml]")
_LETTER_SIZE = re.compile(r"(x*)(s|m|l)|(\d)x(s|l)")


@dataclass(frozen=True)
class InStock:
    """`low` is the true basis for "only a few left": the pieces left of all matching variants are few."""

    variants: tuple[Variant, ...]
    low: bool

    @property
    def left(self) -> int:
        return sum(variant.stock for variant in self.variants)


@dataclass(frozen=True)
class OutOfStock:
    """`alternatives` are in stock, nearest to the wish first. `made`: the shop sells the variant at all."""

    color: str | None
    size: str | None
    alternatives: tuple[Variant, ...]
    restock_on: date | None
    made: bool


@dataclass(frozen=True)
class TakenDown(OutOfStock):
    """No longer sold at all, and why, in the shop's words."""

    reason: str = ""


def check(
    product: Product, color: str | None = None, size: str | None = None, low_stock: int = 3
) -> InStock | OutOfStock:
    """Whether the wished variant can be bought; what is not said fits all. `low_stock` 0 never says few."""
    if product.taken_down:
        return TakenDown(color, size, (), None, made=True, reason=product.taken_down)
    wished = [v for v in product.variants if _fits(v, color, size)]
    available = tuple(v for v in wished if v.stock > 0)
    if available:
        left = sum(v.stock for v in available)
        return InStock(available, low=left <= low_stock)
    others = [v for v in product.variants if v.stock > 0]
    others.sort(key=lambda v: -_nearness(v, color, size))
    dates = [v.restock_on for v in wished if v.restock_on]
    return OutOfStock(color, size, tuple(others), min(dates, default=None), made=bool(wished))


def _fits(variant: Variant, color: str | None, size: str | None) -> bool:
    return (not color or same_color(variant.color, color)) and (not size or same_size(variant.size, size))


def _nearness(variant: Variant, color: str | None, size: str | None) -> int:
    """A customer gives up the colour more easily than the size."""
    return 2 * bool(size and same_size(variant.size, size)) + bool(color and same_color(variant.color, color))


def same_color(one: str, other: str) -> bool:
    """黑, 黑色 and 深黑色 for 黑; an empty colour is like none."""
    a, b = bare(one).removesuffix("色"), bare(other).removesuffix("色")
    return bool(a and b) and (a in b or b in a)


def same_size(one: str, other: str) -> bool:
    """XXL is 2XL, 37码 is 37, 44 is in 44-45, case does not matter."""
    return bool(_size_keys(one) & _size_keys(other))


def _size_keys(size: str) -> set[str]:
    """The size and, where it spans two (44-45), each of them."""
    spanned = size.split("-") if re.fullmatch(r"\d+-\d+", size) else ()
    return {key for key in map(_size_key, (size, *spanned)) if key}


def size_in(product: Product, text: str) -> str | None:
    """The only size of the product whose number stands in the text ("白的24" of 24厘米, "44的" of 44-45)."""
    said = set(_BARE_NUMBER.findall(bare(text)))
    found = [size for size in product.sizes if said & set(_NUMBERS.findall(size)[:2])]
    return found[0] if len(found) == 1 else None


def color_in(product: Product, text: str, others: Iterable[str] = ()) -> str | None:
    """The product's colour told in the text, also by one character beside a size of it (黑L, L黑, 750白, 1.8灰的).

    What is sold out must never be told as there for want of its colour. What may be two of its colours
    (黑的和橙的) is none.
    Of `others`, the shop's further colours, one beside a size is told too: that it is not made is then the answer.
    """
    said = normalise(text)
    stems = {color: bare(color).removesuffix("色") for color in product.colors if color}
    whole = [c for c, stem in stems.items() if len(stem) > 1 and stem in said] or [
        color for color, stem in stems.items() if len(stem) == 1 and re.search(f"{stem}色", said)
    ]
    if whole:
        return whole[0] if len(whole) == 1 else None
    told = [c for c, stem in stems.items() if len(stem) == 1 and _is_beside_size(product, stem, said)]
    told = told or [c for c, stem in stems.items() if stem and _is_beside_size(product, stem[-1], said)]
    told = told or [c for c in others if len(bare(c)) == 2 and _is_beside_size(product, bare(c)[0], said)]
    return told[0] if len(told) == 1 else None


def _is_beside_size(product: Product, character: str, said: str) -> bool:
    """Whether the character stands directly at one of the product's sizes, or at a size in letters."""
    before = re.finditer(rf"{character}[的 ]?(\d?x*[sml](?![a-z])|\d+(?:\.\d+)?)", said)
    behind = re.finditer(
        rf"(?<![a-z\d.])(\d?x*[sml]|\d+(?:\.\d+)?)[码号]?[的 ]?{character}(?![{_NO_COLOR_BEHIND}])", said
    )
    return any(_is_size(product, match[1]) for match in (*before, *behind))


def _is_size(product: Product, told: str) -> bool:
    if _LETTERS.fullmatch(told):
        return True
    return any(same_size(told, size) or told in _NUMBERS.findall(size)[:2] for size in product.sizes)


def missing(product: Product, color: str | None = None, size: str | None = None) -> tuple[Variant, ...]:
    """Variants of the wish that are made and not on the shelf, the soonest back first."""
    wished = [v for v in product.variants if _fits(v, color, size) and v.stock <= 0]
    return tuple(sorted(wished, key=lambda v: v.restock_on or date.max))


def _size_key(size: str) -> str:
    key = bare(size).removesuffix("码").removesuffix("号")
    found = _LETTER_SIZE.fullmatch(key)
    if not found:
        return key
    if found[3]:
        return "x" * int(found[3]) + found[4]
    return key
