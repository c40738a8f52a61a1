"""Another size or colour of what she has ordered, clear from the words and her orders alone."""

from __future__ import annotations

from actions.common.turn import Turn
from bot.shop.goods import plain_words, stock
from bot.shop.orders import variant_wish
from bot.shop.records.orders import OrderState

NOT_SHIPPED = (OrderState.UNPAID, OrderState.PAID, OrderState.PACKED)


def taker(turn: Turn) -> str | None:
    """Who changes it ("110买小了 能改120不"), or leaves a piece as it is: the order decides, not a size chart."""
    if turn.metadata.get("product_id") or not turn.orders:
        return None
    if found := swap_meant(turn):
        turn.talk_about(found.order)
        return "action_modify_order" if found.order.state in NOT_SHIPPED else "action_exchange"
    if variant_wish.left_alone(turn.shop, turn.orders, turn.words) or _chooses_again(turn):
        return "action_modify_order"
    order = variant_wish.does_not_fit(turn.shop, turn.orders, turn.words)
    if order is None or turn.entity("fault") or turn.slot("trouble"):
        return None
    turn.talk_about(order)
    return "action_exchange"


def _chooses_again(turn: Turn) -> bool:
    """ "哎还是酒红的好看", to another colour read back: what she names now is to be read back instead."""
    draft = turn.slot("draft") or {}
    is_open = turn.before("pending") == "action_apply_change" and draft.get("kind") == "variant"
    product = turn.shop.product_of_sku(draft["sku"]) if is_open else None
    if product is None or plain_words.asks(turn.words):
        return False
    read = next(each for each in product.variants if each.sku == draft["sku"])
    color, size = turn.color_of(product), turn.size_of(product)
    is_other_color = color is not None and not stock.same_color(color, read.color)
    return is_other_color or (size is not None and not stock.same_size(size, read.size))


def swap_meant(turn: Turn) -> variant_wish.Swap | None:
    """A piece left unnamed is only meant while nothing else is looked at."""
    in_view = turn.slot("product_id")
    own = {line.product_id for order in turn.orders for line in order.lines}
    is_alone = in_view is None or in_view in own
    return variant_wish.read(turn.shop, turn.orders, turn.words, turn.slot("order_id"), is_alone)
