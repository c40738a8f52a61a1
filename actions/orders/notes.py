"""A note for the warehouse or the courier: read back whole, with what was said before it and not yet confirmed."""

from __future__ import annotations

from typing import Any

from actions.common import shop_floor
from actions.common.choosing import item_name
from actions.common.turn import Turn
from actions.orders import order_facts
from bot.shop.orders import order_note
from bot.shop.orders.order_note import About
from bot.shop.orders.order_question import Asked
from bot.shop.records.orders import Order


def propose_note(turn: Turn, order: Order, draft: dict[str, Any]) -> None:
    """Only what is meant to be written down is read back; who speaks of a note is told what the order has."""
    told = noted(turn, draft)
    if told in (About.ASKED, About.SAID):
        turn.set(draft=None)
        order_facts.tell(turn, order, Asked.NOTE)
        return
    note = told if isinstance(told, str) else draft.get("note")
    if not note:
        turn.set(pending="action_modify_order", draft={"wish": "note", "order": order.id})
        turn.say("utter_which_note", item=item_name(turn, order))
    elif isinstance(told, str) and is_dearer(turn, told):
        turn.go_on_with("action_courier")  # a note alone would send it by no other courier
    else:
        read_back(turn, order, note)


def read_back(turn: Turn, order: Order, note: str) -> None:
    """Together with a note of the same order that still waits for her yes, unless this one mends it."""
    draft = turn.slot("draft") or {}
    is_open = draft.get("kind") == "note" and draft.get("order") == order.id
    whole = order_note.joined(draft.get("note") or "", note, turn.words) if is_open else note
    turn.set(pending="action_apply_change", draft={"kind": "note", "order": order.id, "note": whole})
    turn.say("utter_confirm_note", item=item_name(turn, order), note=whole)


def is_dearer(turn: Turn, note: str) -> bool:
    """Whether the note asks for a courier that costs more."""
    carriers = turn.shop.shipping.couriers
    return any(each.surcharge and each.name[:2] in note for each in carriers)


def noted(turn: Turn, draft: dict[str, Any]) -> str | About:
    """What this message says of a note; a message about something else says nothing."""
    was_asked = draft.get("wish") == "note" and not draft.get("note")
    speaks_of_it = shop_floor.dialogue().hear("change", turn.words) == "note"
    return (
        order_note.read(turn.words, was_asked)
        if turn.words and (was_asked or speaks_of_it)
        else About.NOTHING
    )
