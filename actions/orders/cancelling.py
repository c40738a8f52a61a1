"""Calling an order off before it ships: why decides what is said first (shop-rules.md, "The order on its way", 003)."""

from __future__ import annotations

from actions.after_sale.return_open import RECEIVED
from actions.after_sale.trouble import paid_back
from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.choosing import item_name, order_or_ask
from actions.common.turn import Turn
from actions.deciding import order_evidence
from actions.orders.kept_unpaid import say_kept
from actions.orders.shared import NOT_SHIPPED, change_note, changeable, own_order, promise
from actions.parcels import refusing
from actions.talk.handoff import hand_over
from bot.placeholders import yuan
from bot.shop.after_sale.rights import forgotten_coupon, seven_days_until
from bot.shop.orders import order_choice, order_wish
from bot.shop.orders.cancelling import CancelReason, may_win_back
from bot.shop.orders.order_parts import called_by
from bot.shop.prices.grants import Recipient
from bot.shop.records import orders as rules
from bot.shop.records.model import HeldCoupon
from bot.shop.records.orders import Change, Order, OrderState
from bot.shop.talk import consent


class CancelOrder(BotAction):
    """A recoverable reason gets one apology and one better offer; any other is read back (003).

    It is done by a button, or by a plain yes to what was read back; whatever is to be kept stops it.
    """

    action = "action_cancel_order"

    def act(self, turn: Turn) -> None:
        if refusing.answer(turn):
            return
        standing = standing_order(turn)
        if standing and order_wish.keeps(turn.words):
            self._stop(turn, standing)
            return
        if order_evidence.is_taken_back(turn):  # a person sees what can still be done
            state = shop_floor.dialogue().order_states[turn.order.state.value]
            hand_over(
                turn,
                "beyond_authority",
                "utter_too_late_after_sale",
                item=item_name(turn, turn.order),
                state=state,
            )
            return
        order = (standing if is_answer(turn, standing) else None) or order_or_ask(turn, NOT_SHIPPED)
        if order and seven_days_until(turn.shop.policy, order, turn.now) and order.state in RECEIVED:
            turn.set(draft=None)
            turn.go_on_with("action_return")  # what is in her hands is called off by sending it back
            return
        if order is None or changeable(turn, Change.CANCEL, order) is None:
            return
        if is_part(turn, order):
            self._part(turn, order)
        elif order_wish.keeps(turn.words):
            self._stop(turn, order)
        elif is_agreed(turn, order):
            self._cancel(turn, order)
        else:
            self._go_into(turn, order)

    def _go_into(self, turn: Turn, order: Order) -> None:
        """The reason, a better offer where there is one, or what would be done, to be said yes to."""
        told = turn.entity("reason") or shop_floor.dialogue().hear("cancel_reason", turn.words)
        was_offered = turn.slot("won_back") == order.id
        was_asked = (turn.slot("draft") or {}).get("cancel") == order.id
        if self._may_swap(turn, order):
            told = CancelReason.WRONG_SIZE.value
        if told is None and not was_offered and not was_asked:
            turn.set(pending=self.action, draft={"cancel": order.id})
            turn.say("utter_cancel_reason", item=item_name(turn, order))
            return
        known = told in {reason.value for reason in CancelReason}
        reason = CancelReason(told) if known else CancelReason.OTHER
        if not (may_win_back(reason, was_offered) and win_back(turn, order, reason)):
            self._read_back(turn, order)

    @staticmethod
    def _may_swap(turn: Turn, order: Order) -> bool:
        """Given up only if it cannot be changed: where it can, that is said first."""
        answer = rules.may_change(order, Change.VARIANT)
        return order_wish.hangs_on_a_change(turn.words) and not isinstance(answer, rules.NotAllowed)

    def _stop(self, turn: Turn, order: Order) -> None:
        """Nothing is called off; one piece of several that is to be kept is a part of it called off."""
        turn.set(draft=None)
        if len(order.lines) > 1 and order_wish.keeps_a_piece(turn.words):
            self._part(turn, order)
        elif order.state is OrderState.UNPAID:
            say_kept(turn, order)  # nothing is sent before it is paid
        else:
            turn.say("utter_order_kept", item=item_name(turn, order))

    def _part(self, turn: Turn, order: Order) -> None:
        """One piece of several: an unpaid order is taken anew without it, of a paid one a person gives money back."""
        if order.state is OrderState.UNPAID:
            turn.set(pending=self.action, draft={"cancel": order.id})
            turn.say("utter_part_of_unpaid", item=item_name(turn, order))
        else:
            turn.set(draft=None)
            hand_over(turn, "beyond_authority", "utter_handoff_order_change")

    def _read_back(self, turn: Turn, order: Order) -> None:
        turn.set(pending=self.action, draft={"cancel": order.id, "read": True})
        paid = "unpaid" if order.state is OrderState.UNPAID else "paid"
        fee = shop_floor.dialogue().phrase("order", "with_fee", fee=yuan(order.shipping_fee))
        turn.say(
            f"utter_confirm_cancel_{paid}",
            item=item_name(turn, order),
            amount=yuan(order.amount),
            fee=fee if order.shipping_fee else "",
        )

    def _cancel(self, turn: Turn, order: Order) -> None:
        done = rules.cancelled(order)
        shop_floor.orders().update(done, change_note("cancel", order.id))
        turn.set(draft=None)
        if order.state is OrderState.PACKED:
            promise(turn, "stop_parcel", turn.shop.policy.on_the_way.urge_again_hours, order=order.id)
        first, last = turn.shop.policy.returns.refund_days
        values = {"item": item_name(turn, order), "amount": yuan(order.amount), "first": first, "last": last}
        turn.say(f"utter_cancelled_{order.state.value}", **values)


def win_back(turn: Turn, order: Order, reason: CancelReason) -> bool:
    """One apology and one better offer that is really there; False where there is none to make."""
    coupon = coupon_for(turn, order) if reason is CancelReason.FOUND_COUPON else None
    if reason is CancelReason.FOUND_COUPON and (coupon is None or order.state is OrderState.UNPAID):
        return False
    turn.set(won_back=order.id, pending="action_keep_order", draft={"keep": reason.value})
    values = {"item": item_name(turn, order), "amount": yuan(coupon.amount) if coupon else ""}
    turn.say(f"utter_win_back_{reason.value}", **values)
    return True


def standing_order(turn: Turn) -> Order | None:
    """The order whose cancellation was spoken of and waits for her word."""
    draft = turn.slot("draft") or {}
    kept = turn.slot("won_back") if draft.get("keep") else None
    found = own_order(turn, draft.get("cancel") or kept)
    return found if found and found.state in NOT_SHIPPED else None


def is_answer(turn: Turn, standing: Order | None) -> bool:
    """Whether this message answers what stands, and is not about another of her orders."""
    if standing is None or turn.entity("order_id") not in (None, standing.id):
        return False
    return not turn.words or turn.is_about(standing) or not any(map(turn.is_about, turn.orders))


def is_agreed(turn: Turn, order: Order) -> bool:
    """By the button under what was said of this order, by a yes to the read-back, or in so many words."""
    draft = turn.slot("draft") or {}
    was_asked = draft.get("cancel") == order.id
    was_offered = turn.slot("won_back") == order.id
    if not (was_asked or was_offered) or order_wish.hangs_on_a_change(turn.words):
        return False
    if not turn.words:
        return turn.entity("reason") == CancelReason.CHANGED_MIND.value or turn.intent == "affirm"
    if was_asked and draft.get("read"):
        return consent.is_yes(turn.words, consent.CANCELS, turn.intent == "affirm")
    return consent.names_deed(turn.words, consent.CANCELS)


def is_part(turn: Turn, order: Order) -> bool:
    """Whether she means some pieces of the order and not others ("打底裤不要了", "只付毛衣")."""
    if not turn.words or len(order.lines) == 1:
        return False
    given_up, kept = (_named(turn, order, " ".join(each)) for each in order_wish.parts(turn.words))
    if given_up and given_up - kept and kept:
        return True
    meant = shop_floor.dialogue().hear("pieces_meant", turn.words)
    if meant:
        return meant == "only"
    named = given_up or _named(turn, order, turn.words)
    return 0 < len(named) < len(order.lines)


def _named(turn: Turn, order: Order, words: str) -> set[str]:
    """The goods of the order that these words name, also by the end of a name ("羽绒服")."""
    products = [turn.shop.products.get(line.product_id) for line in order.lines]
    words = order_wish.without_order(words)
    return {
        product.id
        for product in products
        if product and (called_by(product, words) or words and order_choice.is_named(product, words))
    }


def coupon_for(turn: Turn, order: Order) -> HeldCoupon | None:
    """A coupon she holds and did not use on this order, within the bot's authority."""
    return forgotten_coupon(turn.shop.policy, order, turn.customer, turn.today)


class KeepOrder(BotAction):
    """ "好" to the better offer: the size is changed, the coupon made good, or the order hurried."""

    action = "action_keep_order"

    def act(self, turn: Turn) -> None:
        order, kept = turn.order, (turn.slot("draft") or {}).get("keep")
        turn.set(draft=None)
        if order is None or order.state not in NOT_SHIPPED:
            turn.go_on_with("action_cancel_order")
        elif kept == CancelReason.WRONG_SIZE.value:
            turn.go_on_with("action_modify_order")
        elif kept == CancelReason.FOUND_COUPON.value:
            self._make_good(turn, order)
        else:
            turn.go_on_with("action_urge")

    @staticmethod
    def _make_good(turn: Turn, order: Order) -> None:
        held = coupon_for(turn, order)
        if held is None:
            turn.say("utter_affirm")
            return
        amount = held.amount
        to = Recipient(turn.buyer, turn.tracker.sender_id, order.id)
        shop_floor.ledger().spend_coupon(
            to, held, turn.now
        )  # made good here, it is not good for another order
        promise(turn, "coupon_back", order=order.id, amount=yuan(amount))
        note = shop_floor.dialogue().phrase("change", "compensated", amount=yuan(amount))
        shop_floor.orders().update(paid_back(order, amount), note)
        first, last = turn.shop.policy.returns.refund_days
        turn.say(
            "utter_coupon_back", item=item_name(turn, order), amount=yuan(amount), first=first, last=last
        )
