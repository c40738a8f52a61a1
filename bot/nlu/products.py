"""What the language side needs of the catalogue: every way to name a product."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.nlu.size_spellings import size_spellings
from bot.text.lexicon import DEFAULT_FOLDER
from bot.text.normalise import normalise
from bot.yaml_lines import SafeLoader


@dataclass(frozen=True)
class Vocabulary:
    """Words of the catalogue: normalised spelling → value."""

    products: Mapping[str, str]
    """Name, nickname or id → product id; one that several products share stands for the first by id."""
    colors: Mapping[str, str]
    sizes: Mapping[str, str]
    """Only those of goods (66升, 1.5米床, 200×230, 36-37) with the other ways to write them: S, 38 and 120 are found
    by rule."""


def product_folder(configured: str) -> tuple[Path, bool]:
    """The product files of the shop in use, and whether it is known which shop that is (`XIAOER_SHOP_DIR`).

    Without the variable (a bare `rasa train`) those that the pipeline's configuration names.
    """
    shop = os.environ.get("XIAOER_SHOP_DIR")
    return (Path(shop) / "products", True) if shop else (Path(configured), False)


def read_vocabulary(folder: Path) -> Vocabulary:
    """The words of `*.yml` in `folder`. No folder, no words. Raises ValueError naming a file of another shape."""
    products: dict[str, str] = {}
    colors: dict[str, str] = {}
    sizes: dict[str, str] = {}
    for product in sorted(_products(folder), key=lambda product: str(product["id"])):
        for name in (product["name"], product["id"], *product.get("nicknames", [])):
            if len(spelling := normalise(str(name))) >= 2:
                products.setdefault(spelling, str(product["id"]))
        for variant in product.get("variants", []):
            if color := variant.get("color"):
                colors[normalise(str(color))] = str(color)
            for spelling in size_spellings(str(variant.get("size") or "")):
                sizes.setdefault(spelling, str(variant["size"]))
    return Vocabulary(products, colors, sizes)


def _products(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.yml")):
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=SafeLoader)
        if not isinstance(document, dict) or not isinstance(document.get("products"), list):
            raise ValueError(f"{path}: expected a list under `products:`")
        for product in document["products"]:
            if not isinstance(product, dict) or "id" not in product or "name" not in product:
                raise ValueError(f"{path}: each product has `id` and `name`, got {str(product)[:80]}")
            yield product


def fingerprint(products: Path) -> str:
    """Changes when a lexicon or product file does."""
    return _digest([*DEFAULT_FOLDER.glob("*.yml"), *products.glob("*.yml")])


def lexicon_fingerprint() -> str:
    """Changes when a lexicon file does."""
    return _digest(DEFAULT_FOLDER.glob("*.yml"))


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


_MORE_BEFORE, _MORE_AFTER = re.compile(r"[\d.*×]$"), re.compile(r"[\d*×]|\.\d")
_LENGTH = re.compile("厘米|公分|cm")
_DIMENSION = re.compile("[长宽高深厚围径重] ?$")


class WordFinder:
    """Finds listed words in normalised text, the longest at each place; never a piece of a longer number or word."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """`words`: spelling → value."""
        self._by_first: dict[str, list[tuple[str, str]]] = {}
        for word in sorted(words, key=lambda word: (-len(word), word)):
            self._by_first.setdefault(word[0], []).append((word, words[word]))

    def find(self, text: str) -> list[tuple[str, int, int]]:
        """(value, start, end), left to right."""
        found: list[tuple[str, int, int]] = []
        end = 0
        for start in range(len(text)):
            if start < end:
                continue
            for word, value in self._by_first.get(text[start], ()):
                if text.startswith(word, start) and _is_whole(text, word, start):
                    end = start + len(word)
                    found.append((value, start, end))
                    break
        return found


def _is_whole(text: str, word: str, start: int) -> bool:
    """Not 20×30 in 120×30×40, no 66l in 66lm, and no dimension that the customer names (宽60厘米)."""
    before, end = text[max(0, start - 2) : start], start + len(word)
    if word[0].isdigit() and _MORE_BEFORE.search(before):
        return False
    if _LENGTH.search(word) and _DIMENSION.search(before):
        return False
    if word[-1].isdigit():
        return not _MORE_AFTER.match(text, end)
    return not (word[-1].isascii() and text[end : end + 1].isascii() and text[end : end + 1].isalpha())
