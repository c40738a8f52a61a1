"""What the catalogue says about the one thing that was asked, and what it leaves unsaid.

Source: shop-rules.md, "Before the sale"; issue 4, "Product facts": the asked attribute only, honest where the catalogue
does not say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.shop.model import Product
from bot.text.normalise import bare
from bot.text.segment import words

MOST = 2
"""Sentences of the shop told on one question."""
MOST_OF_CONCERNS = 3
"""Lines told on a worry."""


@dataclass(frozen=True)
class Topic:
    """What customers may ask about: `names` are pieces of attribute names, `asked` words of the question.

    `part` says where the answer stands: attributes, care, colors or sizes. `lines` makes it a concern (rain, a slippery
    floor, a cat at home): pieces of whatever the shop wrote of it, in downsides, attributes, talking points and care.
    """

    names: tuple[str, ...]
    asked: tuple[str, ...]
    part: str = "attributes"
    lines: tuple[str, ...] = ()


def facts(product: Product, text: str, topics: Iterable[Topic] = ()) -> dict[str, str]:
    """Attribute → value for what is asked: by the attribute's own name, else by the topics the words belong to.

    An attribute named in the question hides the wider topic ("鞋面是什么材质" is about 鞋面 alone).
    """
    asked = _without_names(product, text)
    topics = tuple(topics)
    named = _named(product, asked)
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
    heard = [topic for topic in topics if topic.lines and any(bare(word) in asked for word in topic.asked)]
    pieces = tuple(piece for topic in heard for piece in topic.lines)
    names = tuple(name for topic in heard for name in topic.names)
    told_of = [
        f"{name}：{value}"
        for name, value in product.attributes.items()
        if any(piece in name for piece in names) or any(piece in value for piece in pieces)
    ]
    written = (*product.not_for, *product.talking_points, *told_of, *product.care)
    return tuple(
        dict.fromkeys(line for line in written if line in told_of or any(piece in line for piece in pieces))
    )[:MOST_OF_CONCERNS]


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
    asked = bare(text)
    return any(bare(word) in asked for topic in topics if not topic.lines for word in topic.asked)


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
