"""invoice_form: which order, whose name, tax number, e-mail address; told in any order, in one message or many."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.common import shop_floor
from actions.common.choosing import items_name, orders_card
from actions.common.questions import LEAVES, MAY_ANSWER, OF_ORDERS, OpenQuestion
from actions.common.turn import Turn
from actions.orders.shared import own_order
from bot.placeholders import yuan
from bot.shop.orders import invoice, order_choice
from bot.shop.orders.invoice import Title
from bot.shop.records.orders import Order
from bot.shop.talk import consent


class InvoiceQuestion(OpenQuestion):
    form = "invoice_form"
    own_intents = ("ask_invoice",)
    leaves = (*LEAVES, *OF_ORDERS)
    is_about_order = True

    def _run_turn(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict]:
        turn = Turn(dispatcher, tracker, self.form)
        if turn.words and turn.slot("requested_slot") and invoice.wants_several_invoices(turn.words):
            turn.close_question()
            turn.go_on_with("action_invoice")
            return self._events(turn)
        if turn.words and turn.slot("requested_slot") and invoice.wants_special(turn.words):
            return self._leave_for(turn, "action_faq")  # those are made out by the accountants
        return super()._run_turn(dispatcher, tracker)

    def read(self, turn: Turn) -> bool:
        draft: dict[str, Any] = dict(turn.slot("draft") or {})
        told = told_of(turn, self.own_intents)
        chosen = self._chosen(turn, draft, told)
        if shop_floor.dialogue().hear("draft", turn.words) == "leave":
            turn.set(draft={"kind": "invoice", "left": True})
            return True
        title = title_of(draft).joined(told)
        if chosen:
            draft["order"] = chosen.id
        if title.is_person and not title.name and (order := own_order(turn, draft.get("order"))):
            title = title.joined(Title(order.recipient, is_person=True))
        draft |= vars(title)
        is_answer = chosen is not None or told != Title()
        is_read_back = bool(draft.get("order")) and title.is_complete
        if not is_answer and is_read_back and turn.intent in ("affirm", "deny"):
            if consent.asks_back(turn.words):
                pass  # a question is neither yes nor no
            elif turn.intent == "affirm":
                draft, is_answer = {**draft, "confirmed": True}, True
            else:
                draft, is_answer = {name: draft.get(name) for name in ("kind", "order", "also")}, True
        turn.set(draft=draft)
        if is_read_back and not is_answer and turn.words and invoice.asks_when(turn.words):
            turn.say("utter_invoice_when", hours=turn.shop.policy.invoice_hours)
            return True
        return is_answer

    @staticmethod
    def _chosen(turn: Turn, draft: dict[str, Any], told: Title) -> Order | None:
        """The order pressed, or named by what is in it or by what it cost ("299那个")."""
        if turn.entity("order_id"):
            return own_order(turn, str(turn.entity("order_id")))
        if told != Title() or not turn.words:
            return None
        possible = possible_orders(turn)
        meant = order_choice.narrowed(turn.shop, possible, turn.words, turn.now)
        is_new = len(meant) == 1 and len(possible) > 1 and meant[0].id != draft.get("order")
        return meant[0] if is_new else None

    def ask(self, turn: Turn) -> str | None:
        draft = turn.slot("draft") or {}
        if draft.get("confirmed") or draft.get("left"):
            return None
        orders, title = orders_of(turn, draft), title_of(draft)
        if not orders:
            key = "utter_invoice_which_order_told" if title != Title() else "utter_invoice_which_order"
            turn.say(key, card=orders_card(turn, possible_orders(turn)))
            return "order"
        item = items_name(turn, orders)
        if title.is_complete:
            self._read_back(turn, item, orders, title)
            return "confirmation"
        if title.name:
            turn.say("utter_invoice_tax_number", name=title.name)
            return "tax_number"
        if title.tax_number:
            turn.say("utter_invoice_company_name")
            return "name"
        if title.is_company:
            turn.say("utter_invoice_company")
            return "company"
        turn.say("utter_invoice_title", item=item)
        return "title"

    @staticmethod
    def _read_back(turn: Turn, item: str, orders: list[Order], title: Title) -> None:
        key = "person" if title.is_person else "company"
        mail = "to_mail" if title.email else "no_mail"
        values = {
            "item": item,
            "name": title.name,
            "tax_number": title.tax_number,
            "amount": yuan(sum(order.amount for order in orders)),
            "mail": shop_floor.dialogue().phrase("invoice", mail, email=title.email),
        }
        turn.say(f"utter_confirm_invoice_{key}", **values)


def told_of(turn: Turn, own_intents: tuple[str, ...] = ("ask_invoice",)) -> Title:
    """What this message tells; of one that is read as something else, only what cannot be meant otherwise."""
    if turn.entity("reason") == "person":
        return Title(is_person=True)
    if turn.entity("reason") == "company":
        return Title(is_company=True)
    told = invoice.read(turn.words)
    is_sure = turn.intent in (*MAY_ANSWER, *own_intents) or invoice.is_data(turn.words) or bool(told.email)
    return told if is_sure else Title()


def title_of(draft: dict[str, Any]) -> Title:
    return Title(
        draft.get("name") or "",
        draft.get("tax_number") or "",
        bool(draft.get("is_person")),
        draft.get("email") or "",
        bool(draft.get("is_company")),
    )


def orders_of(turn: Turn, draft: dict[str, Any]) -> list[Order]:
    """The order it is for; several for "两单都开"."""
    ids = (draft.get("order"), *(draft.get("also") or ()))
    return [order for id_ in ids if (order := own_order(turn, id_))]


def possible_orders(turn: Turn) -> list[Order]:
    return [order for order in turn.orders if invoice.may_have_one(order)]
