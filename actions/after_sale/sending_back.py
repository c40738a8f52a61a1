"""What is said on the way back of goods: where to, by which parcel, and whether they were worn."""

from __future__ import annotations

from actions.after_sale import return_open, return_talk
from actions.common import shop_floor
from actions.common.choosing import item_name
from actions.common.turn import Turn
from actions.deciding import own_returns
from actions.orders.shared import change_note, own_order, promise
from bot.placeholders import yuan
from bot.shop.after_sale import return_word
from bot.shop.after_sale.remedies import paid_for
from bot.shop.orders.own_words import Matter, read
from bot.shop.records.orders import Order


def answer(turn: Turn) -> bool:
    """Answer what this message plainly says of goods that come back; False where it says nothing of the kind."""
    matters = read(turn.words) if turn.words else frozenset()
    if Matter.SENT_BACK in matters and (number := own_returns.number_sent_back(turn)):
        note_parcel(turn, number)
    elif Matter.RETURN_ADDRESS in matters and (turn.slot("settled") or {}).get("kind") in (
        "return",
        "exchange",
    ):
        turn.say("utter_return_address", address=turn.shop.policy.returns.address)
    elif Matter.RETURN_ADDRESS in matters and (asked := return_open.being_asked(turn)):
        address = turn.shop.policy.returns.address
        turn.say_words(shop_floor.dialogue().phrase("return_to", "asked", address=address))
        return_talk.read_back(turn, asked)
    elif (
        Matter.UNWORN in matters
        and (asked := return_open.being_asked(turn))
        and return_word.tried_on(turn.words)
    ):
        turn.say("utter_tried_at_home", days=turn.shop.policy.returns.days)
        return_talk.read_back(turn, asked)
    elif Matter.WORN in matters and own_returns.returns_goods(turn):
        say_worn(turn)
    elif turn.words and return_word.tried_at_home(turn.words):
        turn.set(pending=turn.before("pending"))
        turn.say("utter_tried_at_home", days=turn.shop.policy.returns.days)
    elif turn.words and return_word.asks_which(turn.words) and (order := return_open.weighed(turn)):
        weigh(turn, order)
    else:
        return False
    return True


def weigh(turn: Turn, order: Order) -> None:
    """What an exchange costs her and what a return gives back; she chooses."""
    turn.talk_about(order)
    turn.set(pending=turn.before("pending"))
    turn.say(f"utter_postage_exchange_{turn.shop.policy.returns.exchange_postage.value}")
    amount = max(paid_for(order, None) - order.compensated, 0)
    turn.say("utter_return_weighed", item=item_name(turn, order), amount=yuan(amount))


def note_parcel(turn: Turn, number: str) -> None:
    """Her parcel's number goes onto the order and to whoever looks for it in the warehouse; she hears what is next."""
    settled = turn.slot("settled") or {}
    coming = [order for order in turn.orders if own_returns.comes_back(order)]
    order = own_order(turn, settled.get("order")) or next(iter(coming), None)
    if order is None:
        return
    told = " ".join(part for part in (turn.entity("courier") or "", number) if part)
    turn.talk_about(order)
    shop_floor.orders().update(order, change_note("sent_back", told))
    kind = "exchange" if settled.get("kind") == "exchange" else "return"
    due = promise(turn, f"sent_back_{kind}", order=order.id, number=told)
    first, last = turn.shop.policy.returns.refund_days
    turn.say(
        f"utter_sent_back_{kind}",
        item=item_name(turn, order),
        number=told,
        amount=yuan(_amount(order, settled)),
        first=first,
        last=last,
        due=due,
    )


def _amount(order: Order, settled: dict) -> object:
    return settled.get("amount") or order.amount


def say_worn(turn: Turn) -> None:
    """Worn outside, washed or without its tag it does not go back without a reason; a person may make an exception."""
    pending = turn.before("pending")
    turn.set(pending=pending)
    if (turn.slot("trouble") or {}).get("issue") or (turn.slot("settled") or {}).get("issue"):
        turn.say("utter_case_worn")
        return
    turn.say("utter_worn", days=turn.shop.policy.returns.days)
