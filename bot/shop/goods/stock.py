"""What is on the shelf. Source: shop-rules.md, "Out of stock → counter-question" (002 三·二)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.shop.records.model import Kind, Product, Variant
from bot.text.normalise import bare, normalise
from bot.text.numerals import NUMBER, number

WORN = (Kind.CLOTHING, Kind.CHILD_CLOTHING, Kind.SHOES)
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
_BARE_NUMBER = re.compile(r"(?<![\d.])(?:\d{2,3}(?:\.\d+)?|\d\.\d)(?![\d.元块件双条个天号月岁斤度])")
_NO_COLOR_BEHIND = "送给拿搭费包"
"""白送, 红包 name no colour."""
_METRE = "米"
_IN_METRES = re.compile(r"(?<=\d)米(?!白|色|的)")
"""1.5米床 is a measure, no cream colour."""
_PACK = re.compile(rf"(?P<n>{NUMBER}) ?(?P<counter>[个条双只片支])装?")
_COUNTED = re.compile(rf"(?<![第每各]){_PACK.pattern}(?:的(?!时候))?")
_LITRES = re.compile(rf"(?P<n>{NUMBER}) ?升")
_EXTREME = re.compile(
    r"最(?P<end>[大小])(?:号|码|尺码|容量)?(?:的|到|是|有|码|号|那)(?!优惠|折扣|力度|问题|毛病|缺点|区别)"
)
"""最大限度, 最大的优惠 name no size."""
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
    others = _wearable(product, [v for v in product.variants if v.stock > 0], size)
    others.sort(key=lambda v: -_nearness(v, color, size))
    dates = [v.restock_on for v in wished if v.restock_on]
    return OutOfStock(color, size, tuple(others), min(dates, default=None), made=bool(wished))


def _wearable(product: Product, variants: list[Variant], size: str | None) -> list[Variant]:
    """Of what is worn only her own size and the next ones to it; all where neither is there."""
    sizes = list(product.sizes)
    own = next((index for index, each in enumerate(sizes) if size and same_size(each, size)), None)
    if product.kind not in WORN or own is None:
        return variants
    return [v for v in variants if abs(sizes.index(v.size) - own) <= 1] or variants


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


def packs(product: Product) -> dict[str, tuple[int, str]]:
    """Sizes that are packs of so many pieces (十个装, 20个, 三条) → the number and its counter; none where it comes in
    one pack only, for then a number tells how many are bought."""
    found = {}
    for size in product.sizes:
        match = _PACK.fullmatch(normalise(size))
        value = number(match["n"]) if match else None
        if match and value:
            found[size] = (int(value), match["counter"])
    return found if len(found) > 1 else {}


def pack_in(product: Product, text: str) -> str | None:
    """The one pack told: 15个的, 十个装, 要10个 of something that is sold by ten; 10包 are ten of them."""
    found = {size for size, _ in _packs_in(product, normalise(text))}
    return next(iter(found)) if len(found) == 1 else None


def names_packs(product: Product, text: str) -> bool:
    """Whether numbers in the text are packs of the product, also two of them (20个的和40个的一个价?)."""
    return bool(_packs_in(product, normalise(text)))


def without_packs(product: Product, text: str) -> str:
    """The words without the packs they name: what is left may still tell how many are bought."""
    said = normalise(text)
    for _, span in reversed(_packs_in(product, said)):
        said = f"{said[: span[0]]} {said[span[1] :]}"
    return said


def _packs_in(product: Product, said: str) -> list[tuple[str, tuple[int, int]]]:
    found = []
    for match in _COUNTED.finditer(said):
        value = number(match["n"])
        for size, (pieces, counter) in packs(product).items():
            if value == pieces and match["counter"] == counter:
                found.append((size, match.span()))
    return found


def size_in(product: Product, text: str) -> str | None:
    """The only size of the product whose number stands in the text ("白的24" of 24厘米, "44的" of 44-45)."""
    if pack := pack_in(product, text):
        return pack
    if end := extreme_in(product, text):
        return end
    litres = {f"{round((number(m['n']) or 0) * 1000)}" for m in _LITRES.finditer(normalise(text))}
    said = litres | set(_BARE_NUMBER.findall(bare(text)))
    found = [size for size in product.sizes if said & set(_NUMBERS.findall(size)[:2])]
    return found[0] if len(found) == 1 else None


def childs_size_in(product: Product, text: str) -> str | None:
    """ "150的有没" of what ends at 140: a size of children's clothes, made or not."""
    told = [
        n for n in _BARE_NUMBER.findall(bare(text)) if n.isdigit() and n.endswith("0") and 80 <= int(n) <= 170
    ]
    return told[0] if product.kind is Kind.CHILD_CLOTHING and len(told) == 1 else None


def extreme_in(product: Product, text: str) -> str | None:
    """要个最大的: the largest (smallest) size it is made in; None where sizes have no order or none is asked for."""
    found = _EXTREME.search(normalise(text))
    if found is None or len(product.sizes) < 2:
        return None
    numbers = [float(told[0]) for size in product.sizes if (told := _NUMBERS.findall(size))]
    is_measured = len(numbers) == len(product.sizes)
    if not is_measured and not all(_LETTER_SIZE.fullmatch(size.lower()) for size in product.sizes):
        return None
    ordered = (
        sorted(product.sizes, key=lambda s: float(_NUMBERS.findall(s)[0]))
        if is_measured
        else list(product.sizes)
    )
    return ordered[-1 if found["end"] == "大" else 0]


def by_number(product: Product, size: str | None) -> str | None:
    """The product's size that begins with this number (80 of 80厘米)."""
    found = [each for each in product.sizes if size and _NUMBERS.findall(each)[:1] == [size]]
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


def without_name(text: str, variant: Variant) -> str:
    """What she says besides the variant's own colour and size."""
    for name in (variant.color, bare(variant.color).removesuffix("色"), variant.size):
        text = text.replace(name, " ") if name else text
    return text


def _is_beside_size(product: Product, character: str, said: str) -> bool:
    """Whether the character stands directly at one of the product's sizes, or at a size in letters."""
    if character == _METRE:
        said = _IN_METRES.sub("", said)
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
