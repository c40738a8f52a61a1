"""Several goods haggled over together, as one thing with a price and a floor of its own: the sums of its parts.

Source: shop-rules.md, "Price": never below the floor, and what was conceded is not conceded again. Amounts are yuan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.shop.parcels.postage import goods_weight
from bot.shop.prices.bargain_state import Bargains, BargainState
from bot.shop.prices.bill import Item
from bot.shop.records.model import Product, Shop

_JOIN, _TIMES = "+", "*"
LONGEST = 80
"""Characters an id may have in the tables; longer bundles are not haggled over."""


def id_of(items: Iterable[Item]) -> str:
    return _JOIN.join(sorted(f"{item.product.id}{_TIMES}{item.quantity}" for item in items))


def is_bundle(product_id: str) -> bool:
    return _TIMES in product_id


def items_of(shop: Shop, bundle_id: str) -> tuple[Item, ...]:
    """Its parts; none where one is not sold any more."""
    parts = [part.split(_TIMES) for part in bundle_id.split(_JOIN)]
    if not all(len(part) == 2 and part[0] in shop.products for part in parts):
        return ()
    return tuple(Item(shop.products[id_], int(count)) for id_, count in parts)


def as_one(items: Sequence[Item], name: str) -> Product:
    """The goods as one product: what stands for one of them alone (its variants, its merits) is left out."""
    floor = sum((item.product.floor_price * item.quantity for item in items), Decimal(0))
    return items[0].product.model_copy(
        update={
            "id": id_of(items),
            "name": name,
            "price": sum((item.listed for item in items), Decimal(0)),
            "floor_price": floor,
            "weight_kg": goods_weight((item.product, item.quantity) for item in items),
            **{each: () for each in ("variants", "talking_points", "not_for", "complements", "substitutes")},
        }
    )


def beginning(bargains: Bargains, bundle_id: str, items: Sequence[Item]) -> BargainState:
    """Where haggling over the bundle stands: its own state, else as many steps on as the part haggled furthest."""
    if bundle_id in bargains.states:
        return bargains.of(bundle_id)
    steps = max((bargains.of(item.product.id).steps for item in items), default=0)
    return replace(bargains.of(bundle_id), steps=steps)


def won_on_parts(bargains: Bargains, items: Sequence[Item], today: dict[str, Decimal]) -> Decimal:
    """Yuan conceded on the parts before: that much comes off the bundle too. `today`: product id → price of one."""
    won = Decimal(0)
    for item in items:
        price = bargains.of(item.product.id).price
        if price is not None:
            won += max(today[item.product.id] - price, Decimal(0)) * item.quantity
    return won
