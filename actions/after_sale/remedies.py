"""What is put before a buyer whose goods are not right: two options or more, settled within the bot's authority."""

from __future__ import annotations

from decimal import Decimal

from actions.after_sale import rights_told
from actions.after_sale.remedy_question import begin, keep_outcome, priced, show
from actions.after_sale.trouble import (
    NOT_THERE,
    case_of,
    has_arrived,
    issue_of,
    note,
    paid_back,
    past_quality,
    talk_of,
    travels_apart,
    trouble,
    troubled_line,
)
from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.cards import day, variant_name
from actions.common.choosing import item_name
from actions.common.turn import Turn
from actions.orders.shared import promise
from actions.parcels.further_parcels import say_parcels
from actions.prices.giving import coupon_offer, coupon_values, give_coupon
from actions.talk.handoff import hand_over
from bot.placeholders import yuan
from bot.shop.after_sale import negotiation
from bot.shop.after_sale.negotiation import Offer
from bot.shop.after_sale.remedies import COUNTED, RemedyOption, option
from bot.shop.after_sale.remedy_wish import named
from bot.shop.records.orders import Order
from bot.shop.records.remedy_policy import RemedyKind
from bot.shop.talk.handoff import Circumstances, is_high_value


class OfferRemedies(BotAction):
    """The case is clear: work out the remedies; a large order or a top customer gets a person."""

    action = "action_remedies"

    def act(self, turn: Turn) -> None:
        gave_up = turn.slot("gave_up") == "after_sale_form"
        turn.set(gave_up=None)
        if trouble(turn).get("elses"):
            turn.set(trouble=None)
            turn.say("utter_someone_elses")
        elif rights_told.may_tell(turn) and not gave_up:
            rights_told.tell(turn)
        elif rights_told.is_chosen(turn):
            rights_told.to_person(turn)
        elif turn.order is None or issue_of(turn) is None or gave_up:
            hand_over(turn, "repeated_failure" if gave_up else "beyond_authority", "utter_handoff_after_sale")
        elif turn.order.state in NOT_THERE:
            turn.say("utter_not_there_yet", order=turn.order.id)
            turn.go_on_with("action_track")
        elif not has_arrived(turn, turn.order):
            not_arrived(turn, turn.order)
        elif travels_apart(turn, turn.order):
            turn.set(trouble=None)
            say_parcels(turn, turn.order)
        elif past_quality(turn, turn.order):
            hand_over(
                turn, "beyond_authority", "utter_past_quality", days=turn.shop.policy.returns.quality_days
            )
        elif self._is_high_value(turn, turn.order):
            begin(turn)
            outcome = trouble(turn).get("outcome") or {}
            if outcome.get("kind"):
                turn.set(offered=rights_told.chosen_words(turn, outcome["kind"], turn.slot("offered") or ""))
            hand_over(turn, "high_value", "utter_handoff_after_sale")
        elif begin(turn):
            turn.go_on_with("remedy_form")
        else:
            hand_over(turn, "beyond_authority", "utter_handoff_authority")

    @staticmethod
    def _is_high_value(turn: Turn, order: Order) -> bool:
        found = Circumstances(amount=order.amount, level=turn.customer.level if turn.customer else "")
        return is_high_value(turn.shop.policy, found, after_sale=True)


def not_arrived(turn: Turn, order: Order) -> None:
    """Nothing of this order is in her hands as far as the courier knows: no blame is taken or given, the state is
    told, and a person compares if she holds something of it all the same."""
    if trouble(turn).get("not_arrived") == order.id:
        hand_over(turn, "beyond_authority", "utter_handoff_after_sale")
        return
    turn.set(trouble={"order": order.id, "not_arrived": order.id})
    latest = order.trace[-1].text if order.trace else shop_floor.dialogue().order_states[order.state.value]
    turn.say("utter_not_arrived", item=item_name(turn, order), latest=latest)


class AcceptRemedy(BotAction):
    """A button of an offer pressed later, when other things had been talked about."""

    action = "action_accept_remedy"

    def act(self, turn: Turn) -> None:
        talk, chosen = talk_of(turn), turn.entity("remedy")
        if rights_told.take(turn, chosen or named(turn.words)):
            turn.go_on_with("action_remedies")
            return
        if turn.order is None or talk is None or chosen not in {kind.value for kind in RemedyKind}:
            turn.go_on_with("after_sale_form")
            return
        answer, talk = negotiation.accept(case_of(turn, turn.order), talk, RemedyKind(chosen))
        if isinstance(answer, Offer):
            note(turn, wording="again")
            show(turn, answer.options, talk)
            turn.go_on_with("remedy_form")
        else:
            keep_outcome(turn, answer, talk)
            settle(turn)


class SettleRemedy(BotAction):
    """What the talk about remedies came to: a case of its own, or a person with everything worked out."""

    action = "action_settle_remedy"

    def act(self, turn: Turn) -> None:
        gave_up = turn.slot("gave_up") == "remedy_form"
        turn.set(gave_up=None)
        if gave_up or turn.order is None or not trouble(turn).get("outcome"):
            hand_over(turn, "repeated_failure", "utter_handoff_after_sale")
        else:
            settle(turn)


def settle(turn: Turn) -> None:
    outcome = trouble(turn)["outcome"]
    if outcome.get("person"):
        to_person(turn, outcome)
        return
    case, talk = case_of(turn, turn.order), talk_of(turn)
    kind = RemedyKind(outcome["kind"])
    money = Decimal(outcome["amount"]) if kind is RemedyKind.PARTIAL_REFUND else None
    found = option(case, kind, talk.severity, money)
    if not found.within_authority:  # the order has changed since, or the slots come from elsewhere
        to_person(turn, {"kind": kind.value})
        return
    open_case(turn, turn.order, found)


def to_person(turn: Turn, outcome: dict) -> None:
    """Hand over with what was worked out, what she chose or asks for, and what each would cost."""
    words, case = shop_floor.dialogue(), case_of(turn, turn.order)
    told = priced(negotiation.worked_out(case, talk_of(turn)))
    title = case.policy.remedies.rung(RemedyKind(outcome["kind"])).title if outcome.get("kind") else ""
    demand = yuan(Decimal(outcome["demand"])) if outcome.get("demand") else ""
    if title:
        told = words.phrase("remedy", "chosen", title=title, told=told)
    elif demand:
        told = words.phrase("remedy", "demanded", demand=demand, told=told)
    turn.set(offered=told)
    response = f"utter_handoff_{'chosen' if title else 'demand' if demand else 'authority'}"
    hand_over(turn, "beyond_authority", response, title=title, demand=demand)


def open_case(turn: Turn, order: Order, found: RemedyOption) -> None:
    """Agreed: the promise with its due time, the order's record, and what happens next in her words.

    A coupon is hers at once and needs nobody; the last one may have gone to another meanwhile.
    """
    if found.kind is RemedyKind.COUPON:
        give(turn, order, found)
        return
    line, returns = troubled_line(turn), turn.shop.policy.returns
    variant = variant_name(turn.shop.products[line.product_id], line.sku) if line else ""
    product = turn.shop.products[line.product_id].name if line else ""
    amount, (first, last) = yuan(found.amount), returns.refund_days
    has_money = "remedy" if found.amount else "remedy_plain"
    promise(turn, has_money, order=order.id, title=found.title, amount=amount)
    if found.kind in COUNTED:
        kept = shop_floor.dialogue().phrase("change", "compensated", amount=yuan(found.cost))
        shop_floor.orders().update(paid_back(order, found.cost), kept)
    turn.say(
        f"utter_remedy_{found.kind.value}",
        order=order.id,
        amount=amount,
        variant=variant or product,
        product=product,
        address=returns.address,
        first=first,
        last=last,
        until=day(found.deadline),
        hours=turn.shop.policy.promise_hours,
    )
    close(turn, order, found)


def give(turn: Turn, order: Order, found: RemedyOption) -> None:
    """The apology coupon, now in her pocket; where the pool has just run dry a person finds another way."""
    offer = coupon_offer(turn, found.coupon_id)
    held = give_coupon(turn, offer, f"remedy:{order.id}") if offer else None
    if held is None:
        to_person(turn, {"kind": found.kind.value})
        return
    turn.say("utter_remedy_coupon", **coupon_values(held))
    close(turn, order, found)


def close(turn: Turn, order: Order, found: RemedyOption) -> None:
    """The case is settled: what was open is closed, and only the outcome is remembered."""
    wants_photo = issue_of(turn) in turn.shop.policy.remedies.photo and not trouble(turn).get("photos")
    if wants_photo and found.kind not in (RemedyKind.EXPLAIN, RemedyKind.COUPON):
        turn.say("utter_photo_later")
    settled = {
        "order": order.id,
        "kind": found.kind.value,
        "amount": yuan(found.amount),
        "issue": trouble(turn)["issue"],
    }
    turn.set(trouble=None, offered=None, fault=None, photos=None, demanded=None, settled=settled)
