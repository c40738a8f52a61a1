"""An invoice: for which order, made out to whom; read back, then promised by a time."""

from __future__ import annotations

from typing import Any

from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.choosing import item_name, items_name, meant
from actions.common.turn import Turn
from actions.orders.invoice_question import orders_of, possible_orders, title_of, told_of
from actions.orders.shared import change_note, own_order, promise
from actions.talk.handoff import hand_over
from bot.shop.orders import invoice, order_choice
from bot.shop.orders.invoice import Title
from bot.shop.records.orders import Order, OrderState
from bot.text.normalise import normalise


class Invoice(BotAction):
    """Whoever asks for one and has an order it can be made out for is asked for the rest; a question is a script.

    Made out once in this chat, another order's needs no title again, and an address told later is added.
    """

    action = "action_invoice"

    def act(self, turn: Turn) -> None:
        told = invoice.read(turn.words)
        words = shop_floor.dialogue()
        if words.hear("change", turn.words) == "note" and turn.orders:
            turn.go_on_with("action_modify_order")
            return
        billing: dict[str, Any] = turn.slot("billing") or {}
        if told == Title(email=told.email) != Title() and (order := own_order(turn, billing.get("order"))):
            self._send_to(turn, order, billing, told.email)
            return
        if turn.words and invoice.wants_several_invoices(turn.words) and turn.orders:
            several_invoices(turn)
            return
        if turn.words and (unpaid := self._unpaid(turn)):
            self._after_paying(turn, unpaid, told)
            return
        if turn.words and invoice.as_before(turn.words) and self._as_before(turn):
            return
        is_named = turn.before("pending") == self.action and bool(
            order_choice.by_product(turn.shop, turn.orders, normalise(turn.words))
        )
        is_again = bool(billing) and (is_named or words.hear("invoice_again", turn.words) is not None)
        wants_one = turn.is_payload or told != Title() or words.hear("invoice", turn.words) == "wanted"
        possible = possible_orders(turn)
        if not (wants_one or is_again) or not possible:
            turn.go_on_with("action_faq")
            return
        chosen = self._chosen(turn, possible)
        first = {"kind": "invoice", "order": chosen[0].id if chosen else None}
        kept = vars(title_of(billing).joined(told_of(turn))) if billing else {}
        turn.set(draft={**kept, **first, "also": [order.id for order in chosen[1:]]})
        turn.go_on_with("invoice_form")

    @staticmethod
    def _chosen(turn: Turn, possible: list[Order]) -> list[Order]:
        """The order meant, all of "两单都开", or none where it is open."""
        several = order_choice.all_meant(turn.shop, possible, turn.words) if turn.words else []
        order = meant(turn)
        if len(several) > 1:
            return several
        return [order] if order in possible else possible if len(possible) == 1 else []

    @staticmethod
    def _unpaid(turn: Turn) -> Order | None:
        """The order it is asked of, where that is still to be paid: named, spoken of as such, or the only one."""
        unpaid = [order for order in turn.orders if order.state is OrderState.UNPAID]
        order = meant(turn)
        if order in unpaid:
            return order
        return unpaid[0] if len(unpaid) == 1 and invoice.pays_first(turn.words) else None

    @staticmethod
    def _after_paying(turn: Turn, order: Order, told: Title) -> None:
        """What is not paid has no invoice yet; the title told is kept with the order until then."""
        turn.talk_about(order)
        name = told.name or (order.recipient if told.is_person else "")
        if name:
            words = " ".join(part for part in (name, told.tax_number, told.email) if part)
            shop_floor.orders().update(order, change_note("invoice", words))
        turn.set(pending=Invoice.action)
        key = "utter_invoice_unpaid_noted" if name else "utter_invoice_unpaid"
        turn.say(key, item=item_name(turn, order), name=name)

    @staticmethod
    def _as_before(turn: Turn) -> bool:
        """The title of an invoice made out before, as her orders tell it; False where none does."""
        billed = {order.id: name for order in turn.orders if (name := invoice.title_in(order.note))}
        if not billed:
            return False
        (first, name), order = next(iter(billed.items())), meant(turn)
        title = {"name": name, "tax_number": shop_floor.dialogue().phrase("invoice", "tax_as_before")}
        if order is None or order.id in billed or not invoice.may_have_one(order):
            turn.set(billing={"order": first, **title}, pending=Invoice.action)
            turn.say("utter_invoice_as_before", name=name)
            return True
        turn.set(draft={"kind": "invoice", "order": order.id, **title})
        turn.go_on_with("invoice_form")
        return True

    @staticmethod
    def _send_to(turn: Turn, order: Order, billing: dict[str, Any], email: str) -> None:
        turn.set(billing={**billing, "email": email})
        shop_floor.orders().update(order, change_note("invoice", email))
        turn.say("utter_invoice_mail_noted", item=item_name(turn, order), email=email)


def several_invoices(turn: Turn) -> None:
    """One order on more than one invoice: a person makes them out, with what is known of it already."""
    draft: dict[str, Any] = turn.slot("draft") or {}
    order = own_order(turn, draft.get("order")) or meant(turn)
    title = title_of(draft)
    told = " ".join(part for part in (title.name, title.tax_number, title.email) if part)
    asked = shop_floor.dialogue().phrase(
        "invoice", "several", order=order.id if order else "", wish=turn.words, title=told
    )
    turn.set(draft=None, offered=asked)
    hand_over(turn, "beyond_authority", "utter_handoff_invoices")


class IssueInvoice(BotAction):
    """Confirmed: a person makes it out by the promised time."""

    action = "action_issue_invoice"

    def act(self, turn: Turn) -> None:
        draft: dict[str, Any] = turn.slot("draft") or {}
        orders, title = orders_of(turn, draft), title_of(draft)
        turn.set(draft=None, gave_up=None)
        if not orders or not draft.get("confirmed"):
            turn.say("utter_invoice_left")
            return
        words = " ".join(part for part in (title.name, title.tax_number, title.email) if part)
        hours, due = turn.shop.policy.invoice_hours or None, ""
        for order in orders:
            shop_floor.orders().update(order, change_note("invoice", words))
            due = promise(turn, "invoice", hours, order=order.id, title=words)
        turn.set(billing={"order": orders[0].id, **vars(title)})
        sent = shop_floor.dialogue().phrase(
            "invoice", "sent_to" if title.email else "sent", email=title.email
        )
        turn.say("utter_invoice_noted", item=items_name(turn, orders), name=title.name, due=due, sent=sent)
