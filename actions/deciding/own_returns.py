"""Who takes words about what goes back or came back: the parcel, its postage, its money.

What the words say is read by bot.shop.orders.own_words; here is decided whether there is a return they can be about.
"""

from __future__ import annotations

from actions.common.turn import Turn
from actions.prices.price_talk import last_action
from bot.shop.orders import order_choice
from bot.shop.orders.own_words import tracking_number
from bot.shop.records.orders import Order, OrderState
from bot.text.normalise import normalise

RETURNING = ("action_exchange", "action_settle_exchange", "action_return")
"""Open while goods are to come back."""
MONEY = (OrderState.REFUNDING, OrderState.RETURNED, OrderState.CANCELLED)


def returns_goods(turn: Turn) -> bool:
    """Whether a return or an exchange is being talked about or was registered."""
    settled = turn.slot("settled") or {}
    draft = turn.slot("draft") or {}
    is_open = turn.before("pending") in RETURNING and bool(turn.orders)
    return settled.get("kind") in ("return", "exchange") or is_open or bool(draft.get("return"))


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


def sent_back(turn: Turn) -> str | None:
    return "action_return" if number_sent_back(turn) else None


def return_address(turn: Turn) -> str | None:
    settled, draft = turn.slot("settled") or {}, turn.slot("draft") or {}
    is_open = settled.get("kind") in ("return", "exchange") or bool(draft.get("return"))
    return "action_return" if is_open else None


def withdrawn(turn: Turn) -> str | None:
    open_ = [order for order in turn.orders if order.state is OrderState.REFUNDING]
    named = order_choice.by_product(turn.shop, turn.orders, normalise(turn.words))
    if named and not any(order in open_ for order in named):
        return None
    is_registered = (turn.slot("settled") or {}).get("kind") == "return"
    return "action_refund_status" if open_ and not is_registered and not returns_goods(turn) else None


def refund(turn: Turn) -> str | None:
    return "action_refund_status" if turn.slot("settled") or money_back(turn) else None


def its_money(turn: Turn) -> str | None:
    """ "那靴子钱": the money of what she sent back, if it is named."""
    named = order_choice.by_product(turn.shop, turn.orders, normalise(turn.words))
    return "action_refund_status" if any(order.state in MONEY for order in named) else None


def paid_with(turn: Turn) -> str | None:
    return (
        "action_refund_status" if last_action(turn) == "action_refund_status" and money_back(turn) else None
    )


def picked_up(turn: Turn) -> str | None:
    """Who fetches what she sends back."""
    return (
        "action_return" if returns_goods(turn) or any(order.delivered_at for order in turn.orders) else None
    )


def postage(turn: Turn) -> str | None:
    is_case = bool((turn.slot("trouble") or {}).get("issue"))
    return "action_return_fee" if is_case or returns_goods(turn) else None


def worn(turn: Turn) -> str | None:
    return "action_return" if returns_goods(turn) else None


def unworn(turn: Turn) -> str | None:
    return "action_return" if turn.before("pending") == "action_return" else None
