"""What the catalogue says about the one thing that was asked, and what it leaves unsaid.

Source: shop-rules.md, "Before the sale"; issue 4, "Product facts": the asked attribute only, honest where the catalogue
does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.shop.records.model import Product
from bot.text.normalise import bare, normalise
from bot.text.segment import words

_WHETHER = re.compile(
    r"(?:会不会|容不容易|容易|会|怕不怕|怕)(?P<what>[\u4e00-\u9fff]{2,4}?)(?=[吗么不啊呀]|$|[\s，,。?？])"
)
_VAGUE = ("合适", "适合", "不会", "不好", "便宜", "一样", "有事", "有问题")
MOST = 2
"""Sentences of the shop told on one question."""
MOST_OF_CONCERNS = 3
"""Lines told on a worry."""


@dataclass(frozen=True)
class Topic:
    """What customers may ask about: `names` are pieces of attribute names, `asked` words of the question.

    `part` says where the answer stands: attributes, care, colors or sizes. `lines` makes it a concern (rain, a slippery
    floor, a cat at home): pieces of whatever the shop wrote of it, in downsides, attributes, talking points and care.
    `only`: nothing but these answers it; what the coating lasts is no word on whether it is poisonous.
    """

    names: tuple[str, ...]
    asked: tuple[str, ...]
    part: str = "attributes"
    lines: tuple[str, ...] = ()
    only: bool = False


def facts(product: Product, text: str, topics: Iterable[Topic] = ()) -> dict[str, str]:
    """Attribute → value for what is asked: by the attribute's own name, else by the topics the words belong to.

    An attribute named in the question hides the wider topic ("鞋面是什么材质" is about 鞋面 alone).
    """
    asked = _without_names(product, text)
    topics = tuple(topics)
    named = _named(product, asked)
    if is_only(text, topics):
        return {}
    if named:
        return named
    found: dict[str, str] = {}
    for topic in topics:
        is_plain = topic.part == "attributes" and not topic.lines
        if is_plain and any(bare(word) in asked for word in topic.asked):
            found |= {
                name: value
                for name, value in product.attributes.items()
                if any(piece in name for piece in topic.names)
            }
    return found


def of_concerns(product: Product, text: str, topics: Iterable[Topic]) -> tuple[str, ...]:
    """The product's own lines on what she worries about, the downsides first; empty where it has none.

    Source: docs/transcript-review.md, C 10, 19, 20: what the page knows goes before a script about goods in general.
    """
    asked = _without_names(product, text)
    topics = tuple(topics)
    heard = [topic for topic in topics if topic.lines and any(bare(word) in asked for word in topic.asked)]
    pieces = tuple(piece for topic in heard for piece in topic.lines) or _asked_whether(text, topics)
    names = tuple(name for topic in heard for name in topic.names)
    told_of = [
        f"{name}：{value}"
        for name, value in product.attributes.items()
        if any(piece in name for piece in names) or any(piece in value for piece in pieces)
    ]
    written = (*product.not_for, *product.talking_points, *told_of, *product.care)
    if not any(piece in line for line in written for piece in pieces):
        told_of += [tag for tag in product.tags if tag.startswith("不") and any(p in tag for p in pieces)]
        written = (*written, *told_of)
    return tuple(
        dict.fromkeys(line for line in written if line in told_of or any(piece in line for piece in pieces))
    )[:MOST_OF_CONCERNS]


def _asked_whether(text: str, topics: tuple[Topic, ...]) -> tuple[str, ...]:
    """The thing she wonders about, in her own words (会不会跑棉), where no topic holds it: a line of the page
    that has the very words is about it."""
    if is_asked(text, topics):
        return ()
    return tuple(match["what"] for match in _WHETHER.finditer(normalise(text)) if match["what"] not in _VAGUE)


def parts(product: Product, text: str, topics: Iterable[Topic]) -> dict[str, tuple[str, ...]]:
    """What else the question is about: care, colors, sizes → their lines; empty lines where there are none."""
    asked = bare(text)
    sources = {"care": product.care, "colors": product.colors, "sizes": product.sizes}
    return {
        topic.part: sources[topic.part]
        for topic in topics
        if topic.part in sources and any(bare(word) in asked for word in topic.asked)
    }


def is_asked(text: str, topics: Iterable[Topic]) -> bool:
    """Whether the words belong to a topic at all: then silence of the catalogue is worth saying so. Of a worry on which
    the product has no line a script may still know something."""
    return any(not topic.lines or topic.only for topic in _heard(text, topics))


def is_only(text: str, topics: Iterable[Topic]) -> bool:
    """Whether nothing but lines on this very worry may answer (有毒吗): else it is said that none are written."""
    return any(topic.only for topic in _heard(text, topics))


def is_heard(text: str, topics: Iterable[Topic]) -> bool:
    """Whether the words are about anything customers ask of goods, written or not."""
    return bool(_heard(text, topics))


def of_worry(text: str, topics: Iterable[Topic]) -> bool:
    """Whether a thing is asked on which the shop writes lines (粘毛, 起球), not an attribute alone."""
    return any(topic.lines for topic in _heard(text, topics))


def _heard(text: str, topics: Iterable[Topic]) -> list[Topic]:
    asked = bare(text)
    return [topic for topic in topics if any(bare(word) in asked for word in topic.asked)]


def sentences(product: Product, text: str, common: Iterable[str] = ()) -> tuple[str, ...]:
    """What the shop wrote that shares a telling word with the question, the downsides first, attributes next: 电磁炉
    is told where it stands among what a pot is for.

    `common` words tell nothing; neither do the words of the product's own names and of its sort.
    """
    own = {word for name in (product.name, product.category, *product.nicknames) for word in words(name)}
    told = {word for word in words(text) if len(word) >= 2} - own - set(common)
    told = {word for word in told if not any(word in name for name in (product.name, *product.nicknames))}
    told_of = tuple(f"{name}：{value}" for name, value in product.attributes.items())
    lines = (*product.not_for, *told_of, *product.talking_points, *product.care)
    return tuple(line for line in lines if any(word in bare(line) for word in told))[:MOST]


def _without_names(product: Product, text: str) -> str:
    """ "保温杯什么材质" asks nothing about 保温."""
    asked = bare(text)
    for name in sorted((product.name, product.category, *product.nicknames), key=len, reverse=True):
        asked = asked.replace(bare(name), " ")
    return asked


def _named(product: Product, asked: str) -> dict[str, str]:
    """Attributes whose name stands in the question; a name of one character (含) is too little to be meant."""
    return {
        name: value for name, value in product.attributes.items() if len(name) > 1 and bare(name) in asked
    }


def of_size(value: str, size: str | None) -> str:
    """Of "22 厘米 3.8 公斤，24 厘米 4.8 公斤" the part about the size; all of it where no part names it alone."""
    clauses = re.split("[，,；;]", value)
    told = re.match(r"\d+(?:\.\d+)?", size or "")
    own = [c for c in clauses if told and re.match(rf"\s*{re.escape(told[0])}(?![\d.])", c)]
    return own[0].strip() if len(own) == 1 and len(clauses) > 1 else value
