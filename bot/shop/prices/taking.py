"""A yes to buying in the customer's own words: 好的就它 下单, 我要了, 那我要面包棉服 黑色L.

Source: docs/transcript-review.md, A F20: who takes it is told how to order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.shop.records.model import Product
from bot.text.normalise import bare

_SAID = "□"
"""Stands for a name, a colour or a size of the product."""
_SIZE = r"\d?x*[sml](?![a-z])码?|\d+(?:\.\d+)?(?:毫升|厘米|米|床|码|号)*"
_LEAD = "好[的吧啊呀]?|行[的吧啊呀]?|可以|嗯|恩|ok|那|哦|喔|吧|我|就|给我|帮我|直接|请|麻烦"
_THING = f"{_SAID}|的|[这那][个件双条套款]|它"
_TAIL = f"{_THING}|一[个件双条套款把]|了|吧|啊|呀|哈|谢谢|下单"
_SURE = re.compile(
    f"(?:{_LEAD}|{_THING})*(?:要了|(?:就(?:是|要|买|拍)?|那[要买拍])(?:它|这[个件双条套款])|下单(?!了)|拿下|[拍买要]一[个件双条套])(?:{_TAIL})*"
)
_CHOICE = re.compile(f"(?:{_LEAD})+[要买拍来拿](?:{_TAIL})*")
"""A bare 要 takes it only behind 好, 那 or 就, and with a name or a whole variant."""


def takes(product: Product, text: str, is_chosen: bool) -> bool:
    """Whether the whole message says that she buys it; `is_chosen`: colour and size are told in it.

    A question, a refusal or a word about anything else is no yes.
    """
    said = bare(text)
    spoken = _without_choice(product, said)
    if _SURE.fullmatch(spoken):
        return True
    is_named = any(bare(name) in said for name in _names(product))
    return (is_named or is_chosen) and not spoken.startswith("我要") and bool(_CHOICE.fullmatch(spoken))


_ALL = re.compile(
    f"(?:{_LEAD})*(?:(?:就?(?:要|买|拍|是)?|都要?)(?:这些|这几[件样个双]|这[两三2二3四五][件样个双]|以上这?些?|上面这?些?)|都要|全要|一起(?:拍|买|下单)|全部)"
    f"(?:{_TAIL}|都要|都|一起|全|要|买|拍|就行|可以)*"
)


def takes_all(text: str) -> bool:
    """就要这些 下单: all that was added up."""
    return _ALL.fullmatch(bare(text)) is not None


def _names(product: Product) -> Iterable[str]:
    return (product.name, *product.nicknames, product.category)


def _without_choice(product: Product, said: str) -> str:
    """The words with the product's names, colours and sizes each as one mark."""
    colors = [bare(color) for color in product.colors if color]
    stems = [color.removesuffix("色") for color in colors]
    words = sorted({*map(bare, _names(product)), *colors, *stems, *map(bare, product.sizes)}, key=len)
    words += [name[:length] for name in map(bare, _names(product)) for length in (4, 2) if len(name) > 4]
    for word in sorted(filter(None, words), key=len, reverse=True):
        said = said.replace(word, _SAID)
    return re.sub(_SIZE, _SAID, said)
