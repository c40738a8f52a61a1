"""A parcel she will not take in: that is about one on the road, never about an order that has not left."""

from __future__ import annotations

from actions.common.choosing import item_name, orders_card
from actions.common.turn import Turn
from actions.orders.shared import too_late
from bot.shop.orders import order_choice, order_wish
from bot.shop.records.orders import Change, NotAllowed, Order, OrderState, may_change


def answer(turn: Turn) -> bool:
    """What refusing it comes to; of several under way she chooses. False where none is, or she names another order."""
    if not turn.words or not order_wish.refuses_parcel(turn.words):
        return False
    found = _on_the_road(turn)
    if not found:
        return False
    turn.set(draft=None)
    if len(found) > 1:
        turn.set(pending=turn.action)
        turn.say("utter_which_order", card=orders_card(turn, found))
        return True
    turn.talk_about(found[0])
    if len(found[0].lines) > 1 and _is_in_part(turn, found[0]):
        turn.say("utter_refuse_no_part", item=item_name(turn, found[0]), days=turn.shop.policy.returns.days)
        return True
    refusal = may_change(found[0], Change.CANCEL)
    if isinstance(refusal, NotAllowed):
        too_late(turn, found[0], refusal)
    return True


def _is_in_part(turn: Turn, order: Order) -> bool:
    """Whether some of it is to be kept, or only some refused."""
    named = [
        line for line in order.lines if order_choice.is_named(turn.shop.products[line.product_id], turn.words)
    ]
    return bool(named) and (len(named) < len(order.lines) or order_wish.keeps_a_piece(turn.words))


def _on_the_road(turn: Turn) -> list[Order]:
    """Those under way that the words can mean; the one talked about, where they name none."""
    shipped = [order for order in turn.orders if order.state is OrderState.SHIPPED]
    if not shipped or not any(map(turn.is_about, shipped)) and any(map(turn.is_about, turn.orders)):
        return []
    named = order_choice.narrowed(turn.shop, shipped, turn.words, turn.now)
    talked = [order for order in named if order.id == turn.slot("order_id")]
    return talked if len(named) == len(shipped) and talked else named
