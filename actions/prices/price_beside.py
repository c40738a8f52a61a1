"""What is said behind a price because the same line asks for it: the shelf of the variant named, how she can pay, and
that it is more than she wanted to spend."""

from __future__ import annotations

from collections.abc import Sequence

from actions.common.cards import day
from actions.common.turn import Turn
from actions.prices.ordering import others
from actions.products.stock import spaced, variant_name, variant_names
from bot.placeholders import script_values, yuan
from bot.shop.goods import stock, wishes
from bot.shop.prices import paying, price_words
from bot.shop.prices.bill import Item
from bot.shop.records.model import Product


def say(turn: Turn, items: Sequence[Item]) -> None:
    if not turn.words:
        return
    chosen = _chosen(turn, [item.product for item in items])
    if chosen:
        _say_shelf(turn, *chosen)
    if len(items) == 1:
        _say_over_budget(turn, items[0])
    say_paying(turn)


def say_paying(turn: Turn) -> bool:
    """货到付款, 不会手机付; False where the words ask neither."""
    is_cash, is_helpless = paying.asks_on_delivery(turn.words), paying.cannot_pay(turn.words)
    if is_cash:
        turn.say("utter_no_cash_on_delivery")
    if is_helpless:
        phone = turn.shop.persona.phone
        told = {"phone": phone, "agent_hours": script_values(turn.shop)["agent_hours"]}
        turn.say("utter_paid_by_another" if phone else "utter_paid_by_another_no_number", **told)
    return is_cash or is_helpless


def _chosen(turn: Turn, products: list[Product]) -> tuple[Product, str | None, str | None] | None:
    """The one of these whose colour and size are told; of several only by a size that is its own."""
    for product in products:
        size = stock.size_in(product, turn.words) or turn.entity("size") or turn.entity("usual_size")
        own = next((each for each in product.sizes if size and stock.same_size(each, size)), None)
        color = turn.color_of(product)
        if own or (color and len(products) == 1):
            return product, color, own
    return None


def _say_shelf(turn: Turn, product: Product, color: str | None, size: str | None) -> None:
    """That it is there only where that is asked; that it is not, always: a sum of what is gone is no help."""
    turn.set(stock_of=product.id, color=color or turn.slot("color"), size=size or turn.slot("size"))
    found = stock.check(product, color, size, turn.shop.policy.low_stock)
    wished = spaced(variant_name(color or "", size or ""))
    told = {"product": product.name, "wished": wished}
    match found:
        case stock.TakenDown():
            turn.say("utter_taken_down", product=product.name, reason=found.reason)
        case stock.OutOfStock(restock_on=back) if back:
            turn.say("utter_price_shelf_back", day=day(back), others=others(found), **told)
        case stock.OutOfStock():
            turn.say("utter_price_shelf_gone", others=others(found), **told)
        case stock.InStock() if price_words.asks_shelf(turn.words) and (color or size):
            names = "、".join(variant_names(found.variants))
            response = "utter_stock_low" if found.low else "utter_stock_there"
            turn.say(response, product=product.name, variants=names, left=found.left)


def _say_over_budget(turn: Turn, item: Item) -> None:
    """ "就80块", then "毯子多少": what it is more than that."""
    kept = turn.slot("sought") or {}
    said = kept.get("words", "") if kept.get("page") == turn.metadata.get("product_id") else ""
    most = wishes.budget(said)
    if most is not None and item.listed > most:
        turn.say("utter_price_over_budget", over=yuan(item.listed - most))
