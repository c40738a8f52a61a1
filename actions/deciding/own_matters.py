"""Who takes words that plainly ask after something she has ordered, whatever the model reads and whatever is open.

What the words say is read by own_words; here is decided whether there is an order, a return or a promised
replacement they can be about.
"""

from __future__ import annotations

from collections.abc import Callable

from actions.after_sale.replacing import replacement
from actions.common import shop_floor
from actions.common.turn import Turn
from actions.deciding import own_first, own_returns
from actions.orders import own_variants
from actions.parcels import to_come
from actions.prices import goods
from actions.prices.price_talk import ABOUT_PRICES, is_summing, last_action
from bot.shop.after_sale.fault_words import has_bought, tells_fault
from bot.shop.orders import order_choice, order_wish
from bot.shop.orders.awaited import ON_ITS_WAY
from bot.shop.orders.own_words import Matter, gives_up_if_gone, is_bare_sum, read
from bot.shop.orders.waiting_words import counts_days
from bot.shop.parcels import parcel
from bot.shop.parcels.parcel import ParcelStatus
from bot.shop.records.orders import Order, OrderState
from bot.shop.talk import accident, in_line, scam
from bot.shop.talk.in_line import Waiting
from bot.text.normalise import bare, normalise

NOT_SHIPPED = (OrderState.UNPAID, OrderState.PAID, OrderState.PACKED)
SWAPPING = ("action_modify_order", "action_apply_change", "action_exchange", "action_settle_exchange")
WISHES = ("ask_return", "ask_exchange", "ask_refund", "ask_compensation", "complain")
"""What she wants is said beside the fault."""
FOLLOWED_UP = (
    *("action_refund_status", "action_track", "action_shipping_time", "action_urge"),
    "action_price_protection",
)
"""Answers about one order, after which "199的那个" names another."""


def taken_by(turn: Turn, is_form_open: bool = False) -> str | None:
    """The action for this message; None leaves it to its reading, or to the form that is open."""
    if not turn.words or turn.metadata.get("after_accident"):
        return None
    if _is_of_a_scam(turn):
        return "action_scam"
    if _is_of_the_line(turn):
        return "action_handoff"
    if turn.intent == "request_human":
        return None
    if not is_form_open and (taker := own_first.taker(turn)):
        return taker
    if not is_form_open and is_summing(turn) and goods.changes_sum(turn):
        return None  # 台灯不要了 of a sum, not of an order
    matters = read(turn.words)
    found = next((WHO[each](turn) for each in WHO if each in matters and WHO[each](turn)), None)
    if found or is_form_open:
        return found
    if turn.before("pending") == "action_complaint" and turn.entity("courier"):
        return "action_complaint"
    return (
        _sore(turn)
        or _if_late(turn)
        or _refused(turn)
        or _if_gone(turn)
        or own_variants.taker(turn)
        or _another_order(turn)
        or to_come.whereabouts(turn)
    )


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


def _rude_courier(turn: Turn) -> str:
    return "action_complaint"


def _parcels(turn: Turn) -> str | None:
    return "action_track" if other_parcel(turn) else None


def _station(turn: Turn) -> str | None:
    return "action_track" if at_station(turn) else None


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


def _complaint(turn: Turn) -> str | None:
    """About what she has ordered; a threat in haggling is met there."""
    is_haggling = last_action(turn) in ABOUT_PRICES or turn.before("pending") == "action_accept_price"
    return "action_complaint" if turn.orders and not is_haggling else None


def _price_gap(turn: Turn) -> str | None:
    is_of_a_swap = last_action(turn) in SWAPPING or turn.before("pending") in own_returns.RETURNING
    return "action_modify_order" if is_of_a_swap else None


def _tax(turn: Turn) -> str:
    return "action_faq"


def _arrival(turn: Turn) -> str | None:
    if (turn.slot("requested_slot") or "").startswith("invoice_form"):
        return None  # the invoice is what she waits for
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
    Matter.LATE_MONEY: to_come.late_money,
    Matter.COMPLAINT: _complaint,
    Matter.OTHER_PARCEL: _parcels,
    Matter.SENT_BACK: own_returns.sent_back,
    Matter.AT_STATION: _station,
    Matter.RETURN_ADDRESS: own_returns.return_address,
    Matter.WITHDRAWN: own_returns.withdrawn,
    Matter.REFUND: own_returns.refund,
    Matter.ITS_MONEY: own_returns.its_money,
    Matter.PAID_WITH: own_returns.paid_with,
    Matter.PICKED_UP: own_returns.picked_up,
    Matter.POSTAGE: own_returns.postage,
    Matter.UNWORN: own_returns.unworn,
    Matter.WORN: own_returns.worn,
    Matter.STILL_THERE: _still_there,
    Matter.STUCK: _stuck,
    Matter.OVERDUE: to_come.overdue,
    Matter.IN_STOCK_SAID: _presale,
    Matter.REROUTED: to_come.rerouted,
    Matter.DELIVERY_TIME: to_come.by_the_courier,
    Matter.NO_ANSWER: to_come.by_the_courier,
    Matter.WHO_SIGNED: to_come.who_signed,
    Matter.PRICE_GAP: _price_gap,
    Matter.TAX: _tax,
    Matter.ARRIVAL: _arrival,
    Matter.URGED: to_come.urged,
}
"""What is plainly asked → who answers it, None where there is nothing it could be about; the most telling first."""


def _is_of_a_scam(turn: Turn) -> bool:
    """Her money goes before whatever else is open."""
    is_next = last_action(turn) == "action_scam" and scam.goes_on(turn.words) is not None
    return is_next or scam.reported(turn.words) is not None


def _is_of_the_line(turn: Turn) -> bool:
    """Said of the waiting itself; that no person is needed may be said by anybody."""
    said = in_line.of_waiting(turn.words)
    return said is not None and (said is Waiting.NO_MORE or bool(turn.metadata.get("waiting_as")))


def _is_of_a_guests_order(turn: Turn) -> bool:
    """Whose order is not seen types its number, or says that it was bought here, and nothing else is read in it."""
    if turn.orders or turn.intent not in ("nlu_fallback", "inform", "out_of_scope"):
        return False
    is_number = turn.entity("order_id") is not None and bare(turn.words).isdigit()
    return is_number or (turn.entity("fault") is None and has_bought(turn.words))


def _sore(turn: Turn) -> str | None:
    """Somebody was rubbed sore by what she has received, or it does not do what it did."""
    if _is_of_a_guests_order(turn):
        return "action_track"  # it is said how an order is seen
    if turn.intent == "nlu_fallback" and turn.entity("fault") and has_bought(turn.words):
        return "after_sale_form"  # 我买的衣服坏了: a guest's too
    has_received = any(order.delivered_at for order in turn.orders)
    if has_received and accident.sore(turn.words):
        return "after_sale_form"
    is_told = turn.likeliest not in WISHES and tells_fault(turn.words)
    named = order_choice.by_product(turn.shop, turn.orders, normalise(turn.words)) if is_told else []
    return "after_sale_form" if any(order.delivered_at for order in named) else None


def _if_late(turn: Turn) -> str | None:
    """ "周五到不了我就不要了" calls nothing off: it is told whether it arrives in time."""
    is_under_way = any(order.state in ON_ITS_WAY for order in turn.orders)
    is_said = order_wish.hangs_on_a_day(turn.words) and not order_wish.refuses_parcel(turn.words)
    return "action_shipping_time" if is_under_way and is_said else None


def _refused(turn: Turn) -> str | None:
    """ "周三前收不到我就拒收了" is about what is on the road."""
    is_under_way = any(order.state is OrderState.SHIPPED for order in turn.orders)
    return "action_cancel_order" if is_under_way and order_wish.refuses_parcel(turn.words) else None


def _if_gone(turn: Turn) -> str | None:
    """ "没货就退了那件" while a change of sizes is read back."""
    is_open = (turn.slot("draft") or {}).get("kind") in ("variant", "variants")
    return "action_modify_order" if is_open and gives_up_if_gone(turn.words) else None


def _another_order(turn: Turn) -> str | None:
    """ "199的那个" after an answer about one of her orders: the same is asked of that one."""
    before = last_action(turn)
    if before in ("action_refund_status", "action_track") and counts_days(turn.words):
        return before
    if before == "action_refund_status" and own_returns.money_back(turn) and is_bare_sum(turn.words):
        return before
    if before not in FOLLOWED_UP or not order_choice.is_reference(turn.words) or not turn.orders:
        return None
    meant = order_choice.narrowed(turn.shop, turn.orders, turn.words, turn.now)
    return before if len(meant) == 1 and len(turn.orders) > 1 else None
