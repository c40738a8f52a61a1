"""Which goods, and how many of each, a question about money is about: one, several named together, or those added up
before.

Source: docs/transcript-review.md, A F3, F12, F13: a sum that silently leaves something out is a wrong sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.shop.goods.spoken_goods import (
    COUNTERS,
    MADE,
    Count,
    Found,
    Name,
    Put,
    counts,
    masked,
    names_in,
    of_noun,
)
from bot.shop.prices.bill import Item
from bot.shop.records.model import Product, Shop
from bot.text.normalise import bare

_ADDS = re.compile(
    rf"加(?![{MADE}])|再[来要买拿]|[和跟与连带配搭]|还[有要]|一起|一块|都[要买拿]|合买|也[要来买拿加带]|算[上进]"
)
_ADDS_FIRST = re.compile(
    rf"加(?![{MADE}])|再[来要买拿带]|还[有要]|另外|也[要来买拿加带]|多[拿带要来]|搭[个条件双]"
)
"""Before the first name: all that is named comes beside the rest (再加条裤子和一双袜子)."""
_ALSO = re.compile("也[要来买拿加带]|算[上进]|[加带]上|加进")
_CHANGES = re.compile(r"换成|改成|改|变成|只要|就要|要|拿|来|减|少|多")
_TOTAL = re.compile(r"[一总共统]共|加起来|合起来|全部|总价|合计")
_UNIT = re.compile(r"多少钱|几多?钱|啥价|什么价|怎么卖|单价")
_SORT = 2
"""Characters of a word that is only a sort (被子, 椅子)."""
_FEW = 3
_ALL = re.compile(r"[这那][两俩2三3几]|[两俩][样款种]|都[要买拿]|全部|这些|一起|一块|这么多|[全整]套")
_THIS = re.compile(rf"[这它](?![两俩2三3几])[{COUNTERS}]?")
_SET = "套"
_ONE_MORE_SET = re.compile(rf"(?:再|多)[加来拿要买]?(?:[一二两三四五六七八九十\d]+)?{_SET}")
"""再要一套, of several things that are no set themselves: one more of each."""
_JOINS = re.compile(
    r"(?:那|就|也|把|它|这个|这[件条双]|给我|帮我|一起|都)*(?:加上|算上|带上|加进去|算进去|加一起|也要|也拿上|一起要|一起拿|一起买)(?:吧|呗|了|它|这个|呢)*"
    r"(?:现在|那)?(?:一共|总共|加起来)?(?:是|要)?(?:多少钱?|几多)?(?:呢|啊)?"
)
_ONE_LESS = re.compile(
    rf"(?:那|就|还是|我)*(?:少|减)(?:掉|去|要|拿|买|来)?[一二两三四五六七八九十\d]+[{COUNTERS}](?:吧|了|呢|呗)?"
)
_ONE_MORE = re.compile(rf"(?:再|多)[加来拿要买]?(?:[一二两三四五六七八九十\d]+)?[{COUNTERS}]")


@dataclass(frozen=True)
class Talk:
    """What was talked about: the product in view, what was added up before, what is on the customer's screen."""

    current: Product | None = None
    before: tuple[Item, ...] = ()
    seen: tuple[Product, ...] = ()


@dataclass(frozen=True)
class Picked:
    """A sort was said (被子) and one of several taken for it: said aloud, so that she can want another."""

    said: str
    product: Product
    others: tuple[Product, ...]


@dataclass(frozen=True)
class Goods:
    """`choices`: a sort was named that may be any of these; `items` leaves it out."""

    items: tuple[Item, ...]
    choices: tuple[Product, ...] = ()
    picked: tuple[Picked, ...] = ()


def goods_meant(shop: Shop, text: str, talk: Talk, keeps: bool = False, pieces: int | None = None) -> Goods:
    """The goods of this message. `keeps`: it asks on about what was added up before (一共多少, 还差多少, 包邮吗).

    `pieces`: how many, as the message was read; it counts where one thing is meant.
    """
    spoken = bare(text)
    names = names_in(shop, text)
    rest = masked(spoken, names)
    base = _base(talk)
    found, unclear = _resolved(names, talk, base)
    if not found:
        if unclear and not _ADDS.search(rest):
            return Goods((), unclear)
        every = base if unclear else _all_of(base, talk)  # 跟冲锋衣一起呢 chooses none of two shown
        items = every if _ALL.search(rest) else base if keeps else _only(talk)
        return Goods(_in_number(items, base, pieces, rest), unclear)
    told = counts(text, rest, found)
    if pieces and not told and len(found) == 1:
        told = {found[0][1].id: Count(pieces)}
    named = list({product.id: product for _, product in found}.values())
    beside = _beside(base, named, told, rest, found[0][0].start, talk) if base else ()
    return Goods(_merged(beside, named, told), unclear, tuple(_picked(shop, spoken, found, talk)))


def asks_for_all(text: str) -> bool:
    """Whether it is about several things at once, those named or those talked about before."""
    return _ALL.search(bare(text)) is not None


def adds(text: str) -> bool:
    """ "再加两双袜子": begins with the word for putting something beside the rest."""
    return (
        re.match(rf"(?:那|我|就|帮我|给我|另外|还|再)*(?:加(?![{MADE}])|再[来要买拿])", bare(text))
        is not None
    )


def lessens(text: str) -> bool:
    """少一双: one less of what came last, and nothing else said."""
    return _ONE_LESS.fullmatch(bare(text)) is not None


def joins(text: str) -> bool:
    """ "加上": the whole message puts what she looks at beside the rest."""
    return _JOINS.fullmatch(bare(text)) is not None


def beside_sum(talk: Talk) -> Talk:
    """While a sum is being filled up, what she looks at comes beside what is in it."""
    known = {item.product.id for item in talk.before}
    if talk.current is None or not known or talk.current.id in known:
        return talk
    return replace(talk, before=(*talk.before, Item(talk.current)))


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


def _in_number(
    items: tuple[Item, ...], base: tuple[Item, ...], pieces: int | None, rest: str
) -> tuple[Item, ...]:
    """Nothing is named: the number is that of the only thing; "再来一双" is one more of what came last."""
    if _ONE_MORE_SET.search(rest) and len(base) > 1 and not any(i.product.name.endswith(_SET) for i in base):
        return tuple(replace(item, quantity=item.quantity + (pieces or 1)) for item in base)
    if pieces and base and _ONE_LESS.fullmatch(rest) and base[-1].quantity > pieces:
        return (*base[:-1], replace(base[-1], quantity=base[-1].quantity - pieces))
    if pieces and base and _ONE_MORE.search(rest):
        return (*base[:-1], replace(base[-1], quantity=base[-1].quantity + pieces))
    return (replace(items[0], quantity=pieces),) if pieces and len(items) == 1 else items


def _beside(
    base: tuple[Item, ...],
    named: Sequence[Product],
    told: dict[str, Count],
    rest: str,
    start: int,
    talk: Talk,
) -> tuple[Item, ...]:
    """What the goods named come beside; nothing where they are all that is asked about."""
    is_one = len(named) == 1
    if _ADDS_FIRST.search(rest[:start]) or _ALSO.search(rest) or (is_one and _ADDS.search(rest)):
        return base
    known = {item.product.id for item in base}
    if len(base) > 1 and told and known >= {each.id for each in named}:
        is_changed = any(count.put is not Put.SET for count in told.values()) or _CHANGES.search(rest)
        if _TOTAL.search(rest) or (is_changed and not _UNIT.search(rest)):
            return base  # 袜子要两双: of what is added up already
    if not _THIS.search(rest):
        return ()
    return base if is_one else _only(talk)


def _merged(base: Sequence[Item], named: Sequence[Product], told: dict[str, Count]) -> tuple[Item, ...]:
    """`named` beside `base`; what is in both takes the number told now, or one more, or one less."""
    old = [
        replace(item, quantity=told[item.product.id].after(item.quantity))
        if item.product.id in told
        else item
        for item in base
    ]
    known = {item.product.id for item in base}
    new = [Item(each, _number(told, each.id)) for each in named if each.id not in known]
    return (*(item for item in old if item.quantity), *new)


def _picked(shop: Shop, spoken: str, found: Found, talk: Talk) -> Iterator[Picked]:
    known = [p for p in (talk.current, *(item.product for item in talk.before), *talk.seen) if p]
    for name, product in found:
        said = spoken[name.start : name.end]
        others = tuple(p for p in of_noun(shop, said) if p is not product and p.audience is product.audience)
        if len(said) <= _SORT and product not in known and 0 < len(others) <= _FEW:
            yield Picked(said, product, others)


def _number(told: dict[str, Count], product_id: str) -> int:
    return told[product_id].number if product_id in told else 1


def _resolved(
    names: Sequence[Name], talk: Talk, base: Sequence[Item]
) -> tuple[list[tuple[Name, Product]], tuple[Product, ...]]:
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
