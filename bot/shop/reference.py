"""Which of the products on the customer's screen is meant: 第二个, 便宜的那款, 刚才那个, 长款那件.

Source: issue 4, "Product facts": ordinals refer to the cards shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.shop.model import Product
from bot.text.normalise import normalise
from bot.text.numerals import number

_PIECE = "[个款件条双种样套只把张床]"
_ORDINAL = re.compile(rf"第 ?([1-9一二两三四五六]) ?{_PIECE}?|(?<!\d)([1-4]) ?号")
_LAST = re.compile(rf"最后(?:那|这|一){{1,2}}{_PIECE}|最下面那?{_PIECE}")
_CHEAP = re.compile(rf"(?:便宜|实惠|价格低|低价)一?点?的?[那这]?{_PIECE}|最便宜的|便宜的那")
_DEAR = re.compile(rf"(?:贵|价格高)一?点?的?[那这]{_PIECE}|最贵的")
_JUST_NOW = re.compile(rf"(?:刚才|刚刚|刚)(?:说的?|看的?|问的?|推荐的?|发的?)?的?[那这]?一?{_PIECE}")
_BEFORE = re.compile(rf"(?:上一|前面(?:说的|看的|问的)?那?|之前(?:说的?|看的?|问的?)?的?那){_PIECE}")
_NAMED = re.compile(rf"([\u4e00-\u9fffa-z0-9]{{1,4}}?)的?[那这]一?{_PIECE}")


@dataclass(frozen=True)
class Seen:
    """What the customer has before her: the products shown last, the one talked about, the one before that."""

    shown: Sequence[Product] = ()
    current: Product | None = None
    earlier: Product | None = None


def referred(text: str, seen: Seen) -> Product | None:
    """The product these words point at; None where they point at none, or could mean several."""
    said = normalise(text)
    if _BEFORE.search(said):
        return seen.earlier or seen.current
    if _JUST_NOW.search(said):
        return seen.current
    if len(seen.shown) < 2:
        return None
    if found := _ORDINAL.search(said):
        place = int(number(found[1] or found[2]) or 0)
        return seen.shown[place - 1] if 1 <= place <= len(seen.shown) else None
    if _LAST.search(said):
        return seen.shown[-1]
    by_price = sorted(seen.shown, key=lambda product: product.price)
    if _CHEAP.search(said):
        return by_price[0]
    if _DEAR.search(said):
        return by_price[-1]
    return _by_word(said, seen.shown)


def both(text: str) -> bool:
    """Whether the words are about the products shown together (这两款, 哪个好)."""
    return (
        re.search(
            rf"[这那]?[两二2]{_PIECE}|[这那][三3几]{_PIECE}|哪一?{_PIECE}|区别|差别|有什么不同|有啥不同",
            normalise(text),
        )
        is not None
    )


def _by_word(said: str, shown: Sequence[Product]) -> Product | None:
    """ "长款那件": the only one shown in whose names the words before 那件 stand."""
    for match in _NAMED.finditer(said):
        for length in range(len(match[1]), 0, -1):
            word = match[1][-length:].removesuffix("的")
            if not word or word in "这那":
                continue
            named = [p for p in shown if any(word in normalise(n) for n in (p.name, *p.nicknames))]
            if len(named) == 1 and len(word) > 1:
                return named[0]
    return None
