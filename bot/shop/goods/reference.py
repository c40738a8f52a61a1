"""Which of the products on the customer's screen is meant: 第二个, 便宜的那款, 刚才那个, 长款那件.

Source: issue 4, "Product facts": ordinals refer to the cards shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.shop.records.model import Audience, Product
from bot.text.normalise import normalise
from bot.text.numerals import number

_PIECE = "[个款件条双种样套只把张床]"
_ORDINAL = re.compile(rf"第 ?([1-9一二两三四五六]) ?{_PIECE}?|(?<!\d)([1-4]) ?号")
_LAST = re.compile(rf"最后(?:那|这|一){{1,2}}{_PIECE}|最下面那?{_PIECE}")
_CHEAP = re.compile(rf"(?:便宜|实惠|价格低|低价)一?点?的?[那这]?{_PIECE}|最便宜的|便宜的那")
_DEAR = re.compile(rf"(?:贵|价格高)一?点?的?[那这]{_PIECE}|最贵的")
_JUST_NOW = re.compile(rf"(?:刚才|刚刚|刚)(?:说的?|看的?|问的?|推荐的?|发的?)?的?[那这]?一?{_PIECE}")
_BEFORE = re.compile(rf"(?:上一|前面(?:说的|看的|问的)?那?|之前(?:说的?|看的?|问的?)?的?那){_PIECE}")
_WEARER = re.compile(
    r"(?:要|就|我?要买?|买|是|想要)*(?:(?P<child>小孩|孩子|儿童|宝宝|娃娃?|童装|小朋友)|大人|成人|我自己|自己|女款|女士)(?:穿|款)?的?(?:那[件双条个])?[吧啊呀哈。]?"
)
_NAMED = re.compile(
    rf"([\u4e00-\u9fffa-z0-9]{{1,4}}?)的?[那这]一?{_PIECE}"
    r"|^那?([\u4e00-\u9fff]{2,4}?)的(?=呢|最|有|还|多|也|吧|$)"
    r"|^那?(?:还是|就|就要|就选|选)([\u4e00-\u9fff]{2,5}?)的?(?:好了|吧)"
)


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
    return of_wearer(said, seen.shown) or _by_word(said, seen.shown)


def of_wearer(text: str, shown: Sequence[Product]) -> Product | None:
    """大人的, 要小孩穿的: the only one shown that is made for them."""
    found = _WEARER.fullmatch(normalise(text).strip())
    if found is None or len(shown) < 2:
        return None
    is_child = found["child"] is not None
    own = [product for product in shown if (product.audience is Audience.CHILD) == is_child]
    return own[0] if len(own) == 1 else None


def both(text: str) -> bool:
    """Whether the words are about the products shown together (这两款, 哪个好)."""
    return (
        re.search(
            rf"[这那]?[两二2]{_PIECE}|[这那][三3几]{_PIECE}|(?<!能穿)哪一?{_PIECE}|区别|差别|有什么不同|有啥不同"
            r"|还是[^，,。]{1,8}(?:好|合适|适合|舒服|耐)|[和跟与同][^，,。]{1,8}比(?:呢|起来|怎么样|咋样|如何|哪|[^，,。]{0,6}更)",
            normalise(text),
        )
        is not None
    )


def within_one(text: str, name: str) -> bool:
    """保温杯哪种好: of the kinds of the thing named, beside nothing else."""
    said = normalise(text)
    asked = re.search(rf"{re.escape(normalise(name))}的?(?:哪|要|选|买)一?{_PIECE}", said)
    return asked is not None and re.search("[和跟与同比]|还是|呢", said[: asked.start()]) is None


def _by_word(said: str, shown: Sequence[Product]) -> Product | None:
    """ "长款那件": the only one shown in whose names the words before 那件 stand."""
    for match in _NAMED.finditer(said):
        said_of = match[1] or match[2] or match[3]
        for length in range(len(said_of), 0, -1):
            word = said_of[-length:].removesuffix("的")
            if not word or word in "这那":
                continue
            named = [p for p in shown if any(word in normalise(n) for n in (p.name, *p.nicknames))]
            if len(named) == 1 and len(word) > 1:
                return named[0]
    return None
