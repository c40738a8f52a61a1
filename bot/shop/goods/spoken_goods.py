"""Which goods a sentence names, and the number that belongs to each of them.

Source: docs/transcript-review.md, A F3, G 1, G 2: a count put on the wrong thing is a wrong sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from bot.shop.goods import stock
from bot.shop.records.model import Kind, Product, Shop
from bot.text import measures
from bot.text.measures import Measure
from bot.text.normalise import bare, normalise

COUNTERS = "个双条件张把只口床盏款套样顶"
MADE = "绒厚大长宽肥高热棉"
"""加 before these says how a thing is made (加绒), not that it is added."""
BLANK = "　"
_EACH = re.compile(rf"各|每[{COUNTERS}样]|一样[{COUNTERS}来一]")
_POINTED = re.compile(rf"[这那][两俩2三3几][{COUNTERS}]?(?![{COUNTERS}{BLANK}])|[两俩2][样款种]")
"""这两件 points at two things, it does not count one of them; 那三双袜子 does."""
_BEFORE_NOUN = f"{COUNTERS}加和跟与配搭带买那这"
"""What stands before a noun of one character: 那个鞋, 大衣加鞋."""
_SHOES = "鞋"
_PARTICLES = "呢吗吧啊呀嘛么的了"
"""两双呢 asks on; it names no 双面呢."""
_NO_NOUN = "装"
"""40个装的: a pack, no 套装."""
_APART = re.compile(r"[^\w.]+")
_CLIPPED = "鞋靴裤裙衣服袜被"
_POINTS = "(?:的?[那这][个件条双款]|的?\\d{2})"
_NEAR = 2
"""Characters between a number and the goods it counts (打底裤要两条)."""
_JOIN = re.compile(r"[加和跟与再还]")
"""Between a number and a name: the name begins something else (四件套两套加枕头)."""
_MORE = re.compile(rf"(?:再|多)[加来拿要买带]?[{COUNTERS}]?$")
_LESS = re.compile(r"(?:少[要拿来买]?|减[掉去]?|[去拿]掉)$")


class Put(Enum):
    """What a number does to the number before: 枕头要两个, 再加两个枕头, 枕头少一个."""

    SET = "set"
    MORE = "more"
    LESS = "less"


@dataclass(frozen=True)
class Count:
    number: int
    put: Put = Put.SET

    def after(self, before: int) -> int:
        """How many there are, when there were `before`."""
        return {Put.SET: self.number, Put.MORE: before + self.number, Put.LESS: max(0, before - self.number)}[
            self.put
        ]


@dataclass(frozen=True)
class Name:
    """What is said from `start` to `end` and the products it may be."""

    start: int
    end: int
    candidates: tuple[Product, ...] = field(compare=False)


Found = Sequence[tuple[Name, Product]]


def names_in(shop: Shop, text: str) -> list[Name]:
    """Products and sorts in the order in which they are said; a longer name hides what is inside it, and none reaches
    over a space (书桌 椅子 is no 书桌椅). Places are those of `bare(text)`."""
    spoken, gaps = bare(text), _gaps(text)
    spelled = [(product, name) for product in shop.products.values() for name in _spelled(product)]
    found = [*_whole_names(spelled, spoken), *_parts(spelled, spoken), *_nouns(shop, spelled, spoken)]
    kept: list[Name] = []
    for name in sorted(found, key=lambda n: (n.start - n.end, len(n.candidates))):
        is_inside = any(name.start < other.end and other.start < name.end for other in kept)
        if not is_inside and not any(name.start < gap < name.end for gap in gaps):
            kept.append(name)
    return _joined(sorted(kept, key=lambda name: name.start), gaps)


def _joined(names: Sequence[Name], gaps: frozenset[int]) -> list[Name]:
    """牛奶绒四件套 names one thing: two names side by side that share products."""
    joined: list[Name] = []
    for name in names:
        last = joined[-1] if joined else None
        shared = [p for p in last.candidates if p in name.candidates] if last else []
        if last and shared and last.end == name.start and name.start not in gaps:
            joined[-1] = Name(last.start, name.end, tuple(shared))
        else:
            joined.append(name)
    return joined


Spelled = Sequence[tuple[Product, str]]


def _spelled(product: Product) -> tuple[str, ...]:
    return tuple(_bare(name) for name in (product.name, *product.nicknames))


@lru_cache(maxsize=8192)
def _bare(name: str) -> str:
    return bare(name)


def of_noun(shop: Shop, word: str) -> tuple[Product, ...]:
    """All whose names end with the noun: 被子 is a 羽绒被 too."""
    stem = word.removesuffix("子")
    return tuple(p for p in shop.products.values() if any(name.endswith(stem) for name in _spelled(p)))


def _whole_names(spelled: Spelled, spoken: str) -> Iterator[Name]:
    """Names said in full; a nickname that is also the end of other names (毛衣) is a sort."""
    for said in {name for _, name in spelled if name in spoken}:
        meant = {product.id: product for product, name in spelled if name.endswith(said)}
        for match in re.finditer(re.escape(said), spoken):
            yield Name(match.start(), match.end(), tuple(meant.values()))


def _parts(spelled: Spelled, spoken: str) -> Iterator[Name]:
    """Three characters that only one product has in its names: 美利奴."""
    for start in range(len(spoken) - 2):
        part = spoken[start : start + 3]
        meant = {product.id: product for product, name in spelled if part in name}
        if len(meant) == 1:
            yield Name(start, start + 3, tuple(meant.values()))


def _nouns(shop: Shop, spelled: Spelled, spoken: str) -> Iterator[Name]:
    """The noun that names or categories end with: 椅子, 桌子, 靴; 鞋 is whatever is worn on the feet."""
    sorts = [*spelled, *((product, _bare(product.category)) for product in shop.products.values())]
    for start in range(len(spoken)):
        for length in (3, 2, 1):
            word = spoken[start : start + length]
            stem = word[:-1] if length > 1 and word.endswith("子") else word
            is_alone = length == 1 and (spoken[start - 1 : start] not in tuple(_BEFORE_NOUN) or stem in MADE)
            is_alone = is_alone or word == _NO_NOUN
            if len(word) < length or stem[0] in COUNTERS or stem[-1] in _PARTICLES or is_alone:
                continue
            meant = {product.id: product for product, name in sorts if name.endswith(stem)}
            if stem == _SHOES:
                meant |= {p.id: p for p in shop.products.values() if p.kind is Kind.SHOES}
            if meant:
                yield Name(start, start + length, tuple(meant.values()))


def _gaps(text: str) -> frozenset[int]:
    """Places of `bare(text)` where a space or a mark stood between Chinese characters; none inside T 恤."""
    pieces = [bare(piece) for piece in _APART.split(normalise(text)) if piece]
    if "".join(pieces) != bare(text):
        return frozenset()
    ends = [sum(map(len, pieces[:count])) for count in range(1, len(pieces))]
    return frozenset(end for end in ends if not bare(text)[end - 1].isascii())


def clipped(shop: Shop, text: str) -> Product | None:
    """乐福那个, 帆布39: a name without its noun, pointed at or with a size behind it, that only one product has."""
    spoken, stems = bare(text), {}
    for product in shop.products.values():
        for name in _spelled(product):
            if name[-1] in _CLIPPED and len(name) > _NEAR:
                stems.setdefault(name[:-1], set()).add(product.id)
    for stem in sorted(stems, key=len, reverse=True):
        if len(stems[stem]) == 1 and re.search(rf"{re.escape(stem)}{_POINTS}", spoken):
            return shop.products[next(iter(stems[stem]))]
    return None


def masked(spoken: str, names: Sequence[Name]) -> str:
    """Names blotted out, every other character in its place: 加绒 and 十件套 join and count nothing."""
    for name in names:
        spoken = spoken[: name.start] + BLANK * (name.end - name.start) + spoken[name.end :]
    return spoken


def counts(text: str, rest: str, found: Found) -> dict[str, Count]:
    """Product id → its number: the one before or behind its name, one for each of them, or for the only one. A pack of
    the product (40个 of hangers sold by forty) counts nothing.

    `rest`: `bare(text)` with the names blotted out.
    """
    rest = _POINTED.sub(lambda match: BLANK * len(match[0]), rest)
    told = [each for each in measures.extract(rest) if each.kind == "quantity"]
    more = {product.id: Count(1, Put.MORE) for name, product in found if _MORE.search(rest[: name.start])}
    if len(found) == 1:
        product = found[0][1]
        told = [each for each in told if not stock.pack_in(product, each.text)]
        return {product.id: _count(rest, told[0])} if told else more
    if told and _EACH.search(rest):
        return {product.id: _count(rest, told[0]) for _, product in found}
    is_before = bool(told and found) and told[-1].start < found[-1][0].start
    gaps, read = _gaps(text), more
    for measure in told:
        product = _counted(rest, measure, found, is_before, gaps)
        if product and not stock.pack_in(product, measure.text):
            read[product.id] = _count(rest, measure)
    return read


def _counted(
    rest: str, measure: Measure, found: Found, is_before: bool, gaps: frozenset[int]
) -> Product | None:
    """What the number stands at: the name behind it after 再加 or a space, or where numbers stand before names; else
    the name it follows."""
    follows = [p for n, p in found if 0 <= measure.start - n.end <= _NEAR]
    goes_before = [
        p
        for n, p in found
        if 0 <= n.start - measure.end <= _NEAR and not _JOIN.search(rest[measure.end : n.start])
    ]
    opens = bool(_JOIN.search(rest[max(0, measure.start - _NEAR) : measure.start])) or measure.start in gaps
    is_next = opens or (is_before and measure.end not in gaps)
    nearest = (goes_before[:1] or follows[-1:]) if is_next else (follows[-1:] or goes_before[:1])
    return nearest[0] if nearest else None


def _count(rest: str, measure: Measure) -> Count:
    before = rest[: measure.start]
    put = Put.MORE if _MORE.search(before) else Put.LESS if _LESS.search(before) else Put.SET
    return Count(max(1, int(measure.value)), put)
