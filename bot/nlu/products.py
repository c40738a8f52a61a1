"""What the language side needs of the catalogue: every way to name a product."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from bot.text.lexicon import DEFAULT_FOLDER
from bot.text.normalise import normalise


def product_names(folder: Path) -> list[tuple[str, str]]:
    """(normalised name, nickname or id; product id) of `*.yml` in `folder`, sorted. No folder, no names.

    Raises ValueError naming the file when one is not a product file.
    """
    return sorted(set(_names(folder)))


def _names(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("*.yml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not isinstance(document, dict) or not isinstance(document.get("products"), list):
            raise ValueError(f"{path}: expected a list under `products:`")
        for product in document["products"]:
            if not isinstance(product, dict) or "id" not in product or "name" not in product:
                raise ValueError(f"{path}: each product has `id` and `name`, got {str(product)[:80]}")
            for name in (product["name"], str(product["id"]), *product.get("nicknames", [])):
                yield normalise(str(name)), str(product["id"])


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


class ProductFinder:
    """Finds products by name in normalised text."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """`names` as from `product_names`. A name that several products share finds the first of them by id."""
        self._ids: dict[str, str] = {}
        for name, product_id in sorted(names, key=lambda pair: (pair[0], pair[1])):
            if len(name) >= 2:
                self._ids.setdefault(name, product_id)
        ordered = sorted(self._ids, key=lambda name: (-len(name), name))
        self._pattern = re.compile("|".join(map(re.escape, ordered)) or r"(?!)")

    def find(self, text: str) -> list[tuple[str, int, int]]:
        """(product id, start, end), the longest name first at each place."""
        return [(self._ids[match[0]], *match.span()) for match in self._pattern.finditer(text)]
