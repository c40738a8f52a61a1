"""What haggling draws on and leaves behind: this chat, the customer's other chats, what can be given today."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from actions.common import shop_floor
from actions.common.turn import Turn
from actions.prices import giving
from actions.prices.goods import item_names
from bot.shop.parcels import shipping
from bot.shop.prices import bargaining, bundle, pricing
from bot.shop.prices.bargain_state import Bargains
from bot.shop.records.model import Product


def remembered(turn: Turn, known: Bargains) -> Bargains:
    """This chat's hagglings and those of the customer's other chats within the policy's window."""
    window = timedelta(days=turn.shop.policy.bargaining.window_days)
    kept = shop_floor.bargains().kept(turn.buyer, turn.now - window) if window else {}
    return known.remembering(kept, turn.tracker.sender_id)


def keep(turn: Turn, bargains: Bargains) -> None:
    turn.set(bargain=bargains.as_slot())
    shop_floor.bargains().keep(turn.buyer, bargains.now, turn.tracker.sender_id, turn.now)


def situation(turn: Turn, product: Product, pieces: int = 1) -> bargaining.Situation:
    found = _situation(turn, product, pieces)
    if not bundle.is_bundle(product.id):
        return found
    return replace(found, price=max(_bundle_price(turn, product), product.floor_price), alternatives=())


def _bundle_price(turn: Turn, product: Product) -> Decimal:
    """What the goods cost together today, less what was won on them one by one."""
    items = bundle.items_of(turn.shop, product.id)
    known = remembered(turn, Bargains.from_slot(turn.slot("bargain")))
    each = {
        item.product.id: pricing.unit_price(turn.shop, item.product, turn.customer, turn.today)
        for item in items
    }
    whole = pricing.basket(turn.shop, items, turn.customer, turn.today).final_price
    return whole - bundle.won_on_parts(known, items, each)


def thing(turn: Turn, product_id: str) -> Product | None:
    """The product or the bundle that is haggled over."""
    if not bundle.is_bundle(product_id):
        return turn.shop.products.get(product_id)
    items = bundle.items_of(turn.shop, product_id)
    return bundle.as_one(items, item_names(items)) if items else None


def _situation(turn: Turn, product: Product, pieces: int) -> bargaining.Situation:
    return bargaining.situation(
        turn.shop,
        product,
        turn.customer,
        turn.today,
        shop_floor.ledger().given(),
        postage_is_free(turn, product),
        pieces,
        giving.reserved(turn),
        giving.had(turn, product.id),
    )


def postage_is_free(turn: Turn, product: Product) -> bool:
    """Free postage is no gift where it is free anyway. Unknown regions count as the customer's own, else nearest."""
    region = (
        turn.known("region")
        or (turn.customer.region if turn.customer else "")
        or turn.shop.shipping.warehouse
    )
    fee = shipping.fee(turn.shop, region, product.price, product.weight_kg)
    return isinstance(fee, shipping.Fee) and fee.yuan == 0
