"""An invoice: for which order, made out to whom; read back, then promised by a time."""

from __future__ import annotations

from typing import Any

from actions import shop_floor
from actions.base import BotAction
from actions.choosing import item_name, meant, orders_card
from actions.orders import change_note, own_order, promise
from actions.questions import MAY_ANSWER, OpenQuestion
from actions.turn import Turn
from bot.placeholders import yuan
from bot.shop import invoice
from bot.shop.invoice import Title


class Invoice(BotAction):
    """Whoever asks for one and has an order it can be made out for is asked for the rest; a question is a script."""

    action = "action_invoice"

    def act(self, turn: Turn) -> None:
        told = invoice.read(turn.words)
        if shop_floor.dialogue().hear("change", turn.words) == "note" and turn.orders:
            turn.go_on_with("action_modify_order")
            return
        wants_one = (
            turn.is_payload
            or told != Title()
            or shop_floor.dialogue().hear("invoice", turn.words) == "wanted"
        )
        possible = [order for order in turn.orders if invoice.may_have_one(order)]
        if not wants_one or not possible:
            turn.go_on_with("action_faq")
            return
        order = meant(turn)
        chosen = order if order in possible else possible[0] if len(possible) == 1 else None
        turn.set(draft={"kind": "invoice", "order": chosen.id if chosen else None})
        turn.go_on_with("invoice_form")


class InvoiceQuestion(OpenQuestion):
    form = "invoice_form"
    own_intents = ("ask_invoice",)

    def read(self, turn: Turn) -> bool:
        draft: dict[str, Any] = dict(turn.slot("draft") or {})
        before = _title(draft)
        chosen = own_order(turn, str(turn.entity("order_id"))) if turn.entity("order_id") else None
        told = invoice.read(turn.words) if turn.intent in (*MAY_ANSWER, *self.own_intents) else Title()
        if turn.entity("reason") == "person":
            told = Title(is_person=True)
        elif turn.entity("reason") == "company":
            draft["is_company"] = True
        if shop_floor.dialogue().hear("draft", turn.words) == "leave":
            turn.set(draft={"kind": "invoice", "left": True})
            return True
        title = before.joined(told)
        if title.is_person and not title.name and draft.get("order"):
            order = own_order(turn, draft["order"])
            title = Title(order.recipient if order else "", "", True)
        draft |= {"order": chosen.id if chosen else draft.get("order"), **_slots(title)}
        is_answer = chosen is not None or told != Title() or turn.entity("reason") is not None
        if not is_answer and self._is_read_back(draft) and turn.intent in ("affirm", "deny"):
            kept = {"kind": "invoice", "order": draft["order"]}
            draft, is_answer = ({**draft, "confirmed": True} if turn.intent == "affirm" else kept), True
        turn.set(draft=draft)
        return is_answer

    @staticmethod
    def _is_read_back(draft: dict[str, Any]) -> bool:
        return bool(draft.get("order")) and _title(draft).is_complete

    def ask(self, turn: Turn) -> str | None:
        draft = turn.slot("draft") or {}
        if draft.get("confirmed") or draft.get("left"):
            return None
        order, title = own_order(turn, draft.get("order")), _title(draft)
        if order is None:
            possible = [each for each in turn.orders if invoice.may_have_one(each)]
            turn.say("utter_invoice_which_order", card=orders_card(turn, possible))
            return "order"
        item = item_name(turn, order)
        if title.is_complete:
            values = {"item": item, "name": title.name, "amount": yuan(order.amount)}
            key = "person" if title.is_person else "company"
            turn.say(f"utter_confirm_invoice_{key}", tax_number=title.tax_number, **values)
            return "confirmation"
        if title.name:
            turn.say("utter_invoice_tax_number", name=title.name)
            return "tax_number"
        if title.tax_number or draft.get("is_company"):
            turn.say("utter_invoice_company")
            return "name"
        turn.say("utter_invoice_title", item=item)
        return "title"


def _title(draft: dict[str, Any]) -> Title:
    return Title(draft.get("name") or "", draft.get("tax_number") or "", bool(draft.get("is_person")))


def _slots(title: Title) -> dict[str, Any]:
    return {"name": title.name, "tax_number": title.tax_number, "is_person": title.is_person}


class IssueInvoice(BotAction):
    """Confirmed: a person makes it out by the promised time."""

    action = "action_issue_invoice"

    def act(self, turn: Turn) -> None:
        draft: dict[str, Any] = turn.slot("draft") or {}
        order, title = own_order(turn, draft.get("order")), _title(draft)
        turn.set(draft=None, gave_up=None)
        if order is None or not draft.get("confirmed"):
            turn.say("utter_invoice_left")
            return
        words = " ".join(part for part in (title.name, title.tax_number) if part)
        shop_floor.orders().update(order, change_note("invoice", words))
        due = promise(turn, "invoice", turn.shop.policy.invoice_hours or None, order=order.id, title=words)
        turn.say("utter_invoice_noted", item=item_name(turn, order), name=title.name, due=due)
