"""Who takes words that plainly ask after something she has ordered, whatever the model reads and whatever is open.

What the words say is read by bot.shop.own_words; here is decided whether there is an order, a return or a promised
replacement they can be about.
"""

from __future__ import annotations

from collections.abc import Callable

from actions import return_open, shop_floor
from actions.price_talk import last_action
from actions.replacing import replacement
from actions.turn import Turn
from bot.shop import order_choice, order_wish, parcel, variant_wish
from bot.shop.awaited import ON_ITS_WAY
from bot.shop.orders import Order, OrderState
from bot.shop.own_words import Matter, gives_up_if_gone, read, tracking_number
from bot.shop.parcel import ParcelStatus
from bot.text.normalise import normalise

RETURNING = ("action_exchange", "action_settle_exchange", "action_return")
"""Open while goods are to come back."""
NOT_SHIPPED = (OrderState.UNPAID, OrderState.PAID, OrderState.PACKED)
SWAPPING = ("action_modify_order", "action_apply_change", "action_exchange", "action_settle_exchange")
MONEY = (OrderState.REFUNDING, OrderState.RETURNED, OrderState.CANCELLED)
FOLLOWED_UP = ("action_refund_status", "action_track", "action_shipping_time", "action_urge")
"""Answers about one order, after which "199的那个" names another."""


def taken_by(turn: Turn, is_form_open: bool = False) -> str | None:
    """The action for this message; None leaves it to its reading, or to the form that is open."""
    if not turn.words or turn.intent == "request_human" or turn.metadata.get("after_accident"):
        return None
    if not is_form_open and return_open.takes(turn):
        return "action_return"
    matters = read(turn.words)
    found = next((WHO[each](turn) for each in WHO if each in matters and WHO[each](turn)), None)
    if found or is_form_open:
        return found
    if turn.before("pending") == "action_complaint" and turn.entity("courier"):
        return "action_complaint"
    return _refused(turn) or _if_gone(turn) or _swap(turn) or _another_order(turn)


def returns_goods(turn: Turn) -> bool:
    """Whether a return or an exchange is being talked about or was registered."""
    settled = turn.slot("settled") or {}
    draft = turn.slot("draft") or {}
    is_open = turn.before("pending") in RETURNING and bool(turn.orders)
    return settled.get("kind") in ("return", "exchange") or is_open or bool(draft.get("return"))


def other_parcel(turn: Turn) -> Order | None:
    """The order of which a part still travels on its own."""
    return next((order for order in turn.orders if order.parcels), None)


def at_station(turn: Turn) -> Order | None:
    stalled = turn.shop.policy.on_the_way.stalled_hours
    waits = [
        o for o in turn.orders if parcel.of_order(o, turn.now, stalled).status is ParcelStatus.AT_STATION
    ]
    talked = [o for o in waits if o.id == turn.slot("order_id")]
    is_of_parcel = shop_floor.dialogue().hear("station", turn.words) is not None
    return next(iter(talked or (waits if len(waits) == 1 and is_of_parcel else [])), None)


def money_back(turn: Turn) -> list[Order]:
    """Her orders whose money went or goes back that the words can mean, the newest first."""
    found = [order for order in turn.orders if order.state in MONEY]
    return order_choice.narrowed(turn.shop, found, turn.words, turn.now) if found else []


def number_sent_back(turn: Turn) -> str:
    """The tracking number of a parcel she returns, told now; "" where it is her own order's or no return is known."""
    number = tracking_number(turn.words)
    known = {order.tracking_no for order in turn.orders} | {order.id for order in turn.orders}
    further = {each.tracking_no for order in turn.orders for each in order.parcels}
    if not number or number in {each.upper() for each in known | further if each}:
        return ""
    settled = turn.slot("settled") or {}
    is_known = settled.get("kind") in ("return", "exchange") or any(map(comes_back, turn.orders))
    return number if is_known else ""


def comes_back(order: Order) -> bool:
    return order.state is OrderState.REFUNDING and order.delivered_at is not None


def _rude_courier(turn: Turn) -> str:
    return "action_complaint"


def _parcels(turn: Turn) -> str | None:
    return "action_track" if other_parcel(turn) else None


def _station(turn: Turn) -> str | None:
    return "action_track" if at_station(turn) else None


def _sent_back(turn: Turn) -> str | None:
    return "action_return" if number_sent_back(turn) else None


def _return_address(turn: Turn) -> str | None:
    settled = turn.slot("settled") or {}
    return "action_return" if settled.get("kind") in ("return", "exchange") else None


def _withdrawn(turn: Turn) -> str | None:
    open_ = [order for order in turn.orders if order.state is OrderState.REFUNDING]
    named = order_choice.by_product(turn.shop, turn.orders, normalise(turn.words))
    if named and not any(order in open_ for order in named):
        return None
    is_registered = (turn.slot("settled") or {}).get("kind") == "return"
    return "action_refund_status" if open_ and not is_registered and not returns_goods(turn) else None


def _refund(turn: Turn) -> str | None:
    return "action_refund_status" if turn.slot("settled") or money_back(turn) else None


def _postage(turn: Turn) -> str | None:
    is_case = bool((turn.slot("trouble") or {}).get("issue"))
    return "action_return_fee" if is_case or returns_goods(turn) else None


def _worn(turn: Turn) -> str | None:
    return "action_return" if returns_goods(turn) else None


def _unworn(turn: Turn) -> str | None:
    return "action_return" if turn.before("pending") == "action_return" else None


def _still_there(turn: Turn) -> str | None:
    return "action_track" if turn.orders else None


def _stuck(turn: Turn) -> str | None:
    is_under_way = any(order.state is OrderState.SHIPPED for order in turn.orders)
    return "action_track" if is_under_way and not turn.metadata.get("product_id") else None


def _presale(turn: Turn) -> str | None:
    is_elsewhere = bool(turn.metadata.get("product_id"))
    return "action_shipping_time" if not is_elsewhere and presale_order(turn) else None


def presale_order(turn: Turn) -> Order | None:
    """Her order that waits for its presale day, talked about or the only one."""
    waiting = [
        order
        for order in turn.orders
        if order.state in NOT_SHIPPED
        and any((p := turn.shop.products.get(line.product_id)) and p.presale_ships_on for line in order.lines)
    ]
    talked = [order for order in waiting if order.id == turn.slot("order_id")]
    return next(iter(talked or (waiting if len(waiting) == 1 else [])), None)


def _price_gap(turn: Turn) -> str | None:
    is_of_a_swap = last_action(turn) in SWAPPING or turn.before("pending") in RETURNING
    return "action_modify_order" if is_of_a_swap else None


def _tax(turn: Turn) -> str:
    return "action_faq"


def _arrival(turn: Turn) -> str | None:
    is_elsewhere = turn.metadata.get("product_id") or turn.entity("region") or turn.entity("product")
    if is_elsewhere or not turn.orders:
        return None
    in_view = turn.slot("product_id")
    if in_view and not any(line.product_id == in_view for order in turn.orders for line in order.lines):
        return None
    is_awaited = any(order.state in ON_ITS_WAY for order in turn.orders)
    return "action_shipping_time" if is_awaited or replacement(turn) else None


WHO: dict[Matter, Callable[[Turn], str | None]] = {
    Matter.COURIER_RUDE: _rude_courier,
    Matter.OTHER_PARCEL: _parcels,
    Matter.SENT_BACK: _sent_back,
    Matter.AT_STATION: _station,
    Matter.RETURN_ADDRESS: _return_address,
    Matter.WITHDRAWN: _withdrawn,
    Matter.REFUND: _refund,
    Matter.POSTAGE: _postage,
    Matter.UNWORN: _unworn,
    Matter.WORN: _worn,
    Matter.STILL_THERE: _still_there,
    Matter.STUCK: _stuck,
    Matter.IN_STOCK_SAID: _presale,
    Matter.PRICE_GAP: _price_gap,
    Matter.TAX: _tax,
    Matter.ARRIVAL: _arrival,
}
"""What is plainly asked → who answers it, None where there is nothing it could be about; the most telling first."""


def _refused(turn: Turn) -> str | None:
    """ "周三前收不到我就拒收了" is about what is on the road."""
    is_under_way = any(order.state is OrderState.SHIPPED for order in turn.orders)
    return "action_cancel_order" if is_under_way and order_wish.refuses_parcel(turn.words) else None


def _if_gone(turn: Turn) -> str | None:
    """ "没货就退了那件" while a change of sizes is read back."""
    is_open = (turn.slot("draft") or {}).get("kind") in ("variant", "variants")
    return "action_modify_order" if is_open and gives_up_if_gone(turn.words) else None


def _swap(turn: Turn) -> str | None:
    """Another size of what she has ordered ("110买小了 能改120不"): the order decides, not a size chart."""
    if turn.metadata.get("product_id") or not turn.orders:
        return None
    found = variant_wish.read(turn.shop, turn.orders, turn.words, turn.slot("order_id"))
    if found is None:
        return None
    order = found[0]
    turn.talk_about(order)
    return "action_modify_order" if order.state in NOT_SHIPPED else "action_exchange"


def _another_order(turn: Turn) -> str | None:
    """ "199的那个" after an answer about one of her orders: the same is asked of that one."""
    before = last_action(turn)
    if before not in FOLLOWED_UP or not order_choice.is_reference(turn.words) or not turn.orders:
        return None
    meant = order_choice.narrowed(turn.shop, turn.orders, turn.words, turn.now)
    return before if len(meant) == 1 and len(turn.orders) > 1 else None
