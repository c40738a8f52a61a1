"""Whether a product is meant for the occasion she names: its own tags answer (年会穿, 送周岁合适不).

Source: docs/transcript-review.md, E 7, 14, 15.
"""

from __future__ import annotations

import re

from bot.shop.records.model import Product
from bot.text.normalise import bare

_GIVES = re.compile(
    r"送(?:人|礼|她|他|长辈|朋友|老师|爸妈|妈妈?|闺蜜|爱人|孩子)?[^，,。]{0,6}?"
    r"(?:好不好|好吗|合适|行|可以|拿得出手|咋样|怎么样|适合|体面)"
)
_PRESENT = ("送", "礼")
_SUITS = (
    r"(?:的?时候|时|场合|那天|当天|礼|礼物)?(?:上)?(?:去|能|可以|可|适合|合适)?(?:不|能|可)?"
    r"(?:穿|用|戴|背|盖|送|合适|适合|行|好看|可以)"
)
_SEEKS = re.compile(r"什么|啥|哪|推荐|有没有|别的|换|多大|几|码|怎么|多少|有[^，,。]{1,6}[的色][吗么嘛不没]")
_SORTS = ("装", "鞋子", "用品")
"""Tags that end so are sorts of goods, no occasion."""


def asked(product: Product, text: str) -> tuple[str, ...]:
    """The tags that say it is meant for what she asks; empty where she asks for none, or it has none of them."""
    said = bare(text)
    if _SEEKS.search(said):
        return ()
    occasions = [tag for tag in product.tags if not tag.endswith(_SORTS)]
    found = [tag for tag in occasions if re.search(rf"(?:送)?{re.escape(bare(tag))}{_SUITS}", said)]
    if not found and _GIVES.search(said):
        found = [tag for tag in product.tags if any(word in tag for word in _PRESENT)]
    return tuple(found)
