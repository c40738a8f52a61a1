"""What goes before everything else where no question of a form is open: a plain answer to what was read back, and
words that can only go on about one of her orders."""

from __future__ import annotations

from actions.after_sale import return_open
from actions.common import shop_floor
from actions.common.turn import Turn
from actions.deciding import agreeing
from actions.orders import answer_due, first_piece, own_stop, own_unpaid, paid_meant
from actions.parcels import own_parcels
from actions.prices.price_talk import last_action
from bot.shop.after_sale import case_question, remedy_wish
from bot.shop.after_sale.rights import gift_due
from bot.shop.orders import order_choice, order_question, order_wish, own_words, waiting_words
from bot.shop.orders.awaited import ON_ITS_WAY
from bot.shop.records.orders import Order, OrderState
from bot.shop.talk import consent, in_line
from bot.text.normalise import bare

NOT_OFF_YET = (OrderState.UNPAID, OrderState.PAID, OrderState.PACKED)
SHORT = 8
"""Characters of a message that only names one of her orders."""


def taker(turn: Turn) -> str | None:
    """Who takes the message, whatever it was read as; None leaves it to the matters it names and to its reading."""
    if agreed := agreeing.settled_by(turn):
        return agreed
    if waits := _of_waiting(turn):
        return waits
    if turn.words and waiting_words.asks_money_day(turn.words) and _waits_for_money(turn):
        return "action_refund_status"
    if chosen := _chooses_order(turn):
        return chosen
    if _keeps_standing(turn) or _tells_why_not(turn):
        return "action_cancel_order"
    if turn.words and in_line.asks_result(turn.words) and answer_due.told(turn):
        return "action_track"
    if first_piece.takes(turn):
        return "action_modify_order"
    if own_stop.takes(turn):
        return "action_modify_address"
    if return_open.takes(turn):
        return "action_return"
    if own_parcels.takes(turn):
        return "action_track"
    if gift_order(turn):
        return "action_promotion"
    if paid_meant.meant(turn):
        return "action_payment"
    return own_unpaid.taker(turn) or _of_what_is_open(turn)


def _of_what_is_open(turn: Turn) -> str | None:
    """ "运费呢" of two orders that wait to go together, "加钱也行" to a courier that costs more."""
    draft = turn.slot("draft") or {}
    if draft.get("kind") == "merge" and turn.before("pending") == "action_apply_change":
        return "action_modify_order" if own_words.asks_postage(turn.words) else None
    is_agreed = last_action(turn) == "action_courier" and own_words.pays_more(turn.words)
    return "action_courier" if is_agreed and turn.orders else None


def _of_waiting(turn: Turn) -> str | None:
    """Who takes what is asked of a case that waits for a person: it is answered or kept, and no parcel is told."""
    if not turn.metadata.get("waiting_as") or not turn.slot("trouble") or not turn.words:
        return None
    if case_question.asked(turn.words, turn.slot("fault") or ""):
        return "after_sale_form"
    is_wish = remedy_wish.named(turn.words) or remedy_wish.asked_for(turn.words)
    return "action_remedies" if is_wish or case_question.is_urgent(turn.words) else None


def _waits_for_money(turn: Turn) -> bool:
    """Money of this chat: of a case that was settled, or given for an order that is late."""
    talked = next((order for order in turn.orders if order.id == turn.slot("order_id")), None)
    is_given = talked is not None and talked.compensated > 0
    comes_back = own_parcels.MONEY in (turn.slot("followed") or {}).values()
    return bool(turn.slot("settled")) or is_given or comes_back


def _keeps_standing(turn: Turn) -> bool:
    """ "那先不退了" to a cancellation that was spoken of, also when something else was answered since."""
    standing = (turn.slot("draft") or {}).get("cancel")
    is_there = any(order.id == standing and order.state in NOT_OFF_YET for order in turn.orders)
    return is_there and bool(turn.words) and order_wish.keeps(turn.words)


def _tells_why_not(turn: Turn) -> bool:
    """ "等太久了", to a cancellation that waits for her word."""
    is_open = turn.before("pending") == "action_cancel_order" and bool(turn.words)
    is_short = len(bare(turn.words)) <= SHORT and not consent.asks_back(turn.words)
    return is_open and is_short and shop_floor.dialogue().hear("cancel_reason", turn.words) is not None


def _chooses_order(turn: Turn) -> str | None:
    """Asked which of her orders, she names it in a word or two ("床单那个"): whoever asked goes on."""
    asked, pending = (turn.before("asking") or {}).get("response") or "", turn.before("pending")
    if not turn.words or not pending or not asked.endswith("which_order") or len(bare(turn.words)) > SHORT:
        return None
    meant = order_choice.narrowed(turn.shop, turn.orders, turn.words, turn.now) if turn.orders else []
    is_one = len(meant) == 1 and len(turn.orders) > 1
    return pending if is_one and not consent.asks_back(turn.words) else None


def gift_order(turn: Turn) -> Order | None:
    """The order still to come whose gift she asks after; None where none is due, or she looks at goods."""
    if not turn.words or turn.metadata.get("product_id") or not order_question.asks_gift(turn.words):
        return None
    due = [order for order in turn.orders if order.state in ON_ITS_WAY and gift_due(turn.shop, order)]
    talked = [order for order in due if order.id == turn.slot("order_id")]
    return next(iter(talked or (due if len(due) == 1 else [])), None)
