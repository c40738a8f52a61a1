"""She takes it: whether her choice is there, what it costs, how to order (docs/transcript-review.md, A F20)."""

from __future__ import annotations

from actions.common.cards import product_card
from actions.common.choosing import MOST
from actions.common.turn import Turn
from actions.prices.giving import reserved
from actions.prices.goods import item_names
from actions.products.stock import variant_name, variant_names
from bot.placeholders import yuan
from bot.shop.goods import stock
from bot.shop.prices import pricing
from bot.shop.records.model import Product


def say_choice(turn: Turn, product: Product) -> bool:
    """Whether the colour and size of this message are there, said behind an agreed price; False where none is named."""
    color, size = turn.color_of(product), turn.size_of(product)
    if not color and not size:
        return False
    turn.set(color=color or turn.slot("color"), size=size or turn.slot("size"), stock_of=product.id)
    found = stock.check(product, color, size, turn.shop.policy.low_stock)
    wished = variant_name(color or "", size or "")
    if isinstance(found, stock.InStock):
        low = "_low" if found.low else ""
        turn.say(f"utter_choice_there{low}", variant=wished, left=found.left)
    else:
        key = "gone" if found.made else "not_made"
        turn.say(f"utter_choice_{key}", variant=wished, others=others(found))
    return True


def say_how_to_order(turn: Turn, product: Product) -> None:
    """Without haggling: her choice from this chat, today's price, and where to press."""
    is_same = turn.slot("stock_of") in (None, product.id)
    color = turn.color_of(product) or (turn.slot("color") if is_same else None)
    size = turn.size_of(product) or (turn.slot("size") if is_same else None)
    found = stock.check(product, color, size, turn.shop.policy.low_stock)
    price = pricing.quote(turn.shop, product, 1, turn.customer, turn.today).final_price
    told = {"product": product.name, "price": yuan(price), "variant": variant_name(color or "", size or "")}
    turn.set(stock_of=product.id, color=color, size=size)
    if isinstance(found, stock.OutOfStock):
        turn.say("utter_order_gone", card=product_card(product), others=others(found), **told)
    elif len(found.variants) > 1 and (color or size):
        turn.set(pending="action_stock")
        names = "、".join(variant_names(found.variants))
        turn.say("utter_stock_choose", card=product_card(product), product=product.name, variants=names)
    elif len(found.variants) > 1:
        turn.set(pending="action_stock")
        turn.say("utter_order_choose", card=product_card(product), **told)
    else:
        low = "_low" if found.low else ""
        told["variant"] = told["variant"] or variant_name(found.variants[0].color, found.variants[0].size)
        turn.say(f"utter_order_now{low}", card=product_card(product), left=found.left, **told)


def say_order_all(turn: Turn, items: tuple[pricing.Item, ...]) -> None:
    """What all of it costs together, and of which a colour or size is still to be chosen."""
    quote = pricing.basket(turn.shop, items, turn.customer, turn.today, reserved(turn))
    turn.say("utter_order_all", items=item_names(items), price=yuan(quote.final_price))
    unsaid = [item for item in items if len(item.product.variants) > 1]
    if unsaid:
        turn.say("utter_order_all_choose", items=item_names(unsaid))


def others(found: stock.OutOfStock) -> str:
    return "、".join(variant_name(v.color, v.size) for v in found.alternatives[:MOST])
