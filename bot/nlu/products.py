"""What the language side needs of the catalogue: every way to name a product."""

from __future__ import annotations

import hashlib
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
