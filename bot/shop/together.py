"""Which goods, and how many of each, a question about money is about: one, several named together, or those added up
before.

Source: docs/transcript-review.md, A F3, F12, F13: a sum that silently leaves something out is a wrong sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bot.shop.bill import Item
from bot.shop.model import Kind, Product, Shop
from bot.text import measures
from bot.text.normalise import bare

_COUNTERS = "个双条件张把只口床盏款套样顶"
_ADDS = re.compile(r"加(?![绒厚大长宽肥高热棉])|再[来要买拿]|[和跟与连带配搭]|还有|一起|一块|都[要买拿]|合买")
_ALL = re.compile(r"[这那][两俩2三3几]|[两俩][样款种]|都[要买拿]|全部|这些|一起|一块")
_BLANK = "　"
_POINTED = re.compile(rf"[这那][两俩2三3几][{_COUNTERS}]?(?![{_COUNTERS}{_BLANK}])|[两俩2][样款种]")
"""这两件 points at two things, it does not count one of them; 那三双袜子 does."""
_EACH = re.compile(rf"各|每[{_COUNTERS}样]|一样[{_COUNTERS}来一]")
_THIS = re.compile(rf"[这它](?![两俩2三3几])[{_COUNTERS}]?")
_BEFORE_NOUN = f"{_COUNTERS}加和跟与配搭带买那这"
"""What stands before a noun of one character: 那个鞋, 大衣加鞋."""
_SHOES = "鞋"
_PARTICLES = "呢吗吧啊呀嘛么的了"
"""两双呢 asks on; it names no 双面呢."""
_MADE = "绒厚大长宽肥高热棉"
"""加 before these says how a thing is made (加绒), not that it is added."""
_NEAR = 2
"""Characters between a number and the goods it counts (打底裤要两条)."""


@dataclass(frozen=True)
class Talk:
    """What was talked about: the product in view, what was added up before, what is on the customer's screen."""

    current: Product | None = None
    before: tuple[Item, ...] = ()
    seen: tuple[Product, ...] = ()


@dataclass(frozen=True)
class Goods:
    """`choices`: a sort was named that may be any of these; `items` leaves it out."""

    items: tuple[Item, ...]
    choices: tuple[Product, ...] = ()


@dataclass(frozen=True)
class _Name:
    """What is said from `start` to `end` and the products it may be."""

    start: int
    end: int
    candidates: tuple[Product, ...] = field(compare=False)


def goods_meant(shop: Shop, text: str, talk: Talk, keeps: bool = False, pieces: int | None = None) -> Goods:
    """The goods of this message. `keeps`: it asks on about what was added up before (一共多少, 还差多少, 包邮吗).

    `pieces`: how many, as the message was read; it counts where one thing is meant.
    """
    spoken = bare(text)
    names = _names_in(shop, spoken)
    rest = _masked(spoken, names)
    base = _base(talk)
    found, unclear = _resolved(names, talk, base)
    if not found:
        if unclear and not _ADDS.search(rest):
            return Goods((), unclear)
        every = base if unclear else _all_of(base, talk)  # 跟冲锋衣一起呢 chooses none of two shown
        items = every if keeps or _ALL.search(rest) else _only(talk)
        if pieces and len(items) == 1:
            items = (replace(items[0], quantity=pieces),)
        return Goods(items, unclear)
    counts = _counts(_POINTED.sub(lambda match: _BLANK * len(match[0]), rest), found)
    if pieces and not counts and len(found) == 1:
        counts = {found[0][1].id: pieces}
    told = [Item(product, counts.get(product.id, 1)) for _, product in found]
    told = list({item.product.id: item for item in told}.values())
    if base and (_THIS.search(rest) or (_ADDS.search(rest) and len(told) == 1)):
        told = _merged(base if len(told) == 1 else _only(talk), told, counts)
    return Goods(tuple(told), unclear)


def asks_for_all(text: str) -> bool:
    """Whether it is about several things at once, those named or those talked about before."""
    return _ALL.search(bare(text)) is not None


def adds(text: str) -> bool:
    """ "再加两双袜子": begins with the word for putting something beside the rest."""
    return (
        re.match(rf"(?:那|我|就|帮我|给我|另外|还|再)*(?:加(?![{_MADE}])|再[来要买拿])", bare(text))
        is not None
    )


def _base(talk: Talk) -> tuple[Item, ...]:
    """What was added up before, as long as it is what we talk about; else the product in view."""
    current = talk.current
    if current and any(item.product.id == current.id for item in talk.before):
        return talk.before
    return _only(talk)


def _all_of(base: tuple[Item, ...], talk: Talk) -> tuple[Item, ...]:
    """两个都要, of two on the screen and nothing added up yet."""
    is_shown = len(base) == 1 and len(talk.seen) == 2 and base[0].product in talk.seen
    return tuple(Item(product) for product in talk.seen) if is_shown else base


def _only(talk: Talk) -> tuple[Item, ...]:
    return (Item(talk.current),) if talk.current else ()


def _merged(base: Sequence[Item], told: Sequence[Item], counts: dict[str, int]) -> list[Item]:
    """`told` beside `base`; what is in both takes the number told now."""
    old = [replace(i, quantity=counts[i.product.id]) if i.product.id in counts else i for i in base]
    known = {item.product.id for item in base}
    return [*old, *(item for item in told if item.product.id not in known)]


def _names_in(shop: Shop, spoken: str) -> list[_Name]:
    """Products and sorts in the order in which they are said; a longer name hides what is inside it."""
    spelled = [(product, name) for product in shop.products.values() for name in _spelled(product)]
    found = [*_whole_names(spelled, spoken), *_parts(spelled, spoken), *_nouns(shop, spelled, spoken)]
    kept: list[_Name] = []
    for name in sorted(found, key=lambda n: (n.start - n.end, len(n.candidates))):
        if not any(name.start < other.end and other.start < name.end for other in kept):
            kept.append(name)
    return sorted(kept, key=lambda name: name.start)


Spelled = Sequence[tuple[Product, str]]


def _spelled(product: Product) -> tuple[str, ...]:
    return tuple(_bare(name) for name in (product.name, *product.nicknames))


@lru_cache(maxsize=8192)
def _bare(name: str) -> str:
    return bare(name)


def _whole_names(spelled: Spelled, spoken: str) -> Iterator[_Name]:
    """Names said in full; a nickname that is also the end of other names (毛衣) is a sort."""
    for said in {name for _, name in spelled if name in spoken}:
        meant = {product.id: product for product, name in spelled if name.endswith(said)}
        for match in re.finditer(re.escape(said), spoken):
            yield _Name(match.start(), match.end(), tuple(meant.values()))


def _parts(spelled: Spelled, spoken: str) -> Iterator[_Name]:
    """Three characters that only one product has in its names: 美利奴."""
    for start in range(len(spoken) - 2):
        part = spoken[start : start + 3]
        meant = {product.id: product for product, name in spelled if part in name}
        if len(meant) == 1:
            yield _Name(start, start + 3, tuple(meant.values()))


def _nouns(shop: Shop, spelled: Spelled, spoken: str) -> Iterator[_Name]:
    """The noun that names or categories end with: 椅子, 桌子, 靴; 鞋 is whatever is worn on the feet."""
    sorts = [*spelled, *((product, _bare(product.category)) for product in shop.products.values())]
    for start in range(len(spoken)):
        for length in (3, 2, 1):
            word = spoken[start : start + length]
            stem = word[:-1] if length > 1 and word.endswith("子") else word
            is_alone = length == 1 and (spoken[start - 1 : start] not in tuple(_BEFORE_NOUN) or stem in _MADE)
            if len(word) < length or stem[0] in _COUNTERS or stem[-1] in _PARTICLES or is_alone:
                continue
            meant = {product.id: product for product, name in sorts if name.endswith(stem)}
            if stem == _SHOES:
                meant |= {p.id: p for p in shop.products.values() if p.kind is Kind.SHOES}
            if meant:
                yield _Name(start, start + length, tuple(meant.values()))


def _resolved(
    names: Sequence[_Name], talk: Talk, base: Sequence[Item]
) -> tuple[list[tuple[_Name, Product]], tuple[Product, ...]]:
    """One product for each name: the one in view, one on the screen, what goes with the others; what is left of the
    names may be any of the second value."""
    sure = {name: name.candidates[0] for name in names if len(name.candidates) == 1}
    beside = {id_ for p in (*sure.values(), *(item.product for item in base)) for id_ in p.complements}
    known = [p for p in (talk.current, *(item.product for item in talk.before), *talk.seen) if p]
    unclear: tuple[Product, ...] = ()
    for name in names:
        if name in sure:
            continue
        matching = [p for p in name.candidates if p.id in beside]
        chosen = next((p for p in known if p in name.candidates), matching[0] if len(matching) == 1 else None)
        if chosen:
            sure[name] = chosen
        else:
            unclear = unclear or name.candidates
    return sorted(sure.items(), key=lambda found: found[0].start), unclear


def _masked(spoken: str, names: Sequence[_Name]) -> str:
    """Names blotted out, every other character in its place: 加绒 and 十件套 join and count nothing."""
    for name in names:
        spoken = spoken[: name.start] + _BLANK * (name.end - name.start) + spoken[name.end :]
    return spoken


def _counts(rest: str, found: Sequence[tuple[_Name, Product]]) -> dict[str, int]:
    """Product id → pieces: the number before or behind its name, one number for each of them, or for the only one."""
    told = [measure for measure in measures.extract(rest) if measure.kind == "quantity"]
    if told and (len(found) == 1 or _EACH.search(rest)):
        return {product.id: max(1, int(told[0].value)) for _, product in found}
    is_before = bool(told and found) and told[0].start < found[0][0].start
    counts = {}
    for measure in told:
        for name, product in found:
            gap = name.start - measure.end if is_before else measure.start - name.end
            if 0 <= gap <= _NEAR:
                counts[product.id] = max(1, int(measure.value))
    return counts
