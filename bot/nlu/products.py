"""What the language side needs of the catalogue: every way to name a product."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.text.lexicon import DEFAULT_FOLDER
from bot.text.normalise import normalise


@dataclass(frozen=True)
class Vocabulary:
    """Words of the catalogue: normalised spelling → value."""

    products: Mapping[str, str]
    """Name, nickname or id → product id; one that several products share stands for the first by id."""
    colors: Mapping[str, str]
    sizes: Mapping[str, str]
    """Only those in Chinese (66升, 1.5米床): the others are found by rule."""


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
            for words, key in ((colors, "color"), (sizes, "size")):
                if value := variant.get(key):
                    words[normalise(str(value))] = str(value)
    chinese = {spelling: value for spelling, value in sizes.items() if _CHINESE.search(spelling)}
    return Vocabulary(products, colors, chinese)


_CHINESE = re.compile("[\u4e00-\u9fff]")


def _products(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.yml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
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


class WordFinder:
    """Finds listed words in normalised text, the longest at each place."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """`words`: spelling → value."""
        self._words = dict(words)
        ordered = sorted(self._words, key=lambda word: (-len(word), word))
        self._pattern = re.compile("|".join(map(re.escape, ordered)) or "(?!)")

    def find(self, text: str) -> list[tuple[str, int, int]]:
        """(value, start, end), left to right."""
        return [(self._words[match[0]], *match.span()) for match in self._pattern.finditer(text)]
