"""An invoice: for which order, made out to whom; read back, then promised by a time."""

from __future__ import annotations

from typing import Any

from actions import shop_floor
from actions.base import BotAction
from actions.choosing import item_name, items_name, meant
from actions.handoff import hand_over
from actions.invoice_question import orders_of, possible_orders, title_of, told_of
from actions.orders import change_note, own_order, promise
from actions.turn import Turn
from bot.shop import invoice, order_choice
from bot.shop.invoice import Title
from bot.shop.orders import Order
from bot.shop.own_words import wants_several_invoices


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
        if turn.words and wants_several_invoices(turn.words) and turn.orders:
            several_invoices(turn)
            return
        is_again = bool(billing) and words.hear("invoice_again", turn.words) is not None
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
