"""The need behind a question, what serves it, and what honestly speaks against it.

Source: shop-rules.md, "Needs behind a question" (000) and "honest downsides" (issue 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.shop.goods.catalogue import in_stock
from bot.shop.records.model import Audience, Need, Product, Shop
from bot.text.normalise import bare

_HEIGHT = re.compile(r"身高 ?(?P<cm>\d{3}) ?厘米以(?P<way>[上下])")


def heard(shop: Shop, text: str) -> tuple[Need, ...]:
    """Needs whose words are in the text, in the order of the file."""
    said = bare(text)
    return tuple(need for need in shop.needs if any(bare(word) in said for word in need.said))


def serving(shop: Shop, needs: Iterable[Need], among: Iterable[Product]) -> tuple[Product, ...]:
    """Of these products, in stock, those that serve most of the needs and that nothing speaks against.

    More of a need's tags count for more; among equals the featured come first. Needs that only speak against
    something (暖气房) are served by whatever they do not speak against.
    """
    needs = tuple(needs)
    only_speak_against = not any(need.tags for need in needs)
    scored = [
        (sum(_strength(product, need) for need in needs) + only_speak_against, product)
        for product in among
        if in_stock(product) and not against(product, needs)
    ]
    best = [(score, product) for score, product in scored if score > 0]
    best.sort(
        key=lambda item: (-sum(_serves(item[1], need) for need in needs), -item[0], not item[1].featured)
    )
    return tuple(product for _, product in best)


def mentioning(needs: Iterable[Need], among: Iterable[Product]) -> tuple[Product, ...]:
    """Of these, in stock, those whose attributes speak of the need (防水革 where rain is named) and nothing against it:
    for where no tag serves it."""
    needs = tuple(needs)
    words = [bare(word) for need in needs for word in need.said]
    return tuple(
        product
        for product in among
        if in_stock(product)
        and not against(product, needs)
        and any(word in bare(value) for word in words for value in product.attributes.values())
    )


def against(product: Product, needs: Iterable[Need]) -> tuple[str, ...]:
    """What the product's `not_for` says against these needs."""
    words = [bare(word) for need in needs for word in need.against]
    return tuple(line for line in product.not_for if any(word in bare(line) for word in words))


def against_height(product: Product, height_cm: float | None) -> tuple[str, ...]:
    """What the product's `not_for` says against somebody so tall (身高 155 厘米以下会盖到脚踝)."""
    if not height_cm:
        return ()
    found = []
    for line in product.not_for:
        edge = _HEIGHT.search(line)
        if edge and (height_cm < float(edge["cm"])) == (edge["way"] == "下"):
            found.append(line)
    return tuple(found)


def instead(shop: Shop, product: Product, needs: Iterable[Need]) -> tuple[Product, ...]:
    """What serves the needs better for the same wearer: its substitutes first, then its category."""
    needs = tuple(needs)
    named = [shop.products[other] for other in product.substitutes]
    same = [p for p in shop.products.values() if p.category == product.category and p not in named]
    wearers = {product.audience, Audience.UNISEX}
    rivals = [p for p in (*named, *same) if p.id != product.id and p.audience in wearers]
    return serving(shop, needs, rivals)


def _serves(product: Product, need: Need) -> bool:
    return _strength(product, need) > 0


def _strength(product: Product, need: Need) -> int:
    return sum(tag in product.tags for tag in need.tags)
