"""Two variants of one thing wanted together: 枕头一高一低, 一个灰的一个橙的, 黑白各一件.

Source: docs/transcript-review.md, G 2.
"""

from __future__ import annotations

import re
from itertools import combinations

from bot.shop.records.model import Product
from bot.text.normalise import bare

_UNIT = re.compile(r"(?:色|款|码|号|厘米|毫升|米床|个装|升)$")
_PIECE = "[个条双件把床套张只盏]?"
_OF = "[的色款码号]{0,2}"
_TWO = 2
_AND = "[和跟加与]?"


def told(product: Product, text: str) -> tuple[tuple[str, str], ...]:
    """The two variants as (colour, size), each of them with one of the two told; empty where no such pair is."""
    said = bare(text)
    if whole := _whole(product, said):
        return whole
    choices = [("", size) for size in product.sizes] + [(color, "") for color in product.colors if color]
    named = [(choice, _stem(choice[0] or choice[1])) for choice in choices]
    for (one, a), (other, b) in combinations(named, 2):
        if bool(one[0]) == bool(other[0]) and any(_is_pair(said, *pair) for pair in ((a, b), (b, a))):
            return (one, other)
    return ()


def _whole(product: Product, said: str) -> tuple[tuple[str, str], ...]:
    """灰42橙38各一双, M的粉一套L的黑一套: colour and size of both."""
    found = []
    for variant in product.variants:
        color, size = re.escape(_stem(variant.color)), _size(variant.size)
        if color and re.search(rf"{color}{_OF}{size}|(?<![\da-z]){size}{_OF}{color}", said):
            found.append((variant.color, variant.size))
    is_counted = re.search(f"各[一要来拿买1]|一{_PIECE}", said) is not None
    return tuple(found) if len(found) == _TWO and is_counted else ()


def _size(size: str) -> str:
    numbers = re.findall(r"\d+(?:\.\d+)?", size)
    one_of = "|".join(map(re.escape, numbers or [_stem(size)]))
    return rf"(?:{one_of})(?![\da-z])"


def _stem(name: str) -> str:
    return _UNIT.sub("", bare(name))


def _is_pair(said: str, one: str, other: str) -> bool:
    a, b = re.escape(one), re.escape(other)
    return bool(
        re.search(f"一{_PIECE}{a}{_OF}{_AND}一{_PIECE}{b}", said)
        or re.search(f"{a}{_OF}{_AND}{b}{_OF}各[一要来拿买1]", said)
        or re.search(f"{a}{_OF}一{_PIECE}{_AND}{b}{_OF}一", said)
    )
