"""address_form: the new address in the customer's own words, then one confirmation."""

from __future__ import annotations

from actions.questions import MAY_ANSWER, OpenQuestion
from actions.turn import Turn
from bot.shop import shipping
from bot.shop.shipping_table import PROVINCES

SHORTEST_ADDRESS = 6
"""Characters; less is no address a courier can find."""


class AddressQuestion(OpenQuestion):
    form = "address_form"
    own_intents = ("modify_address",)

    def read(self, turn: Turn) -> bool:
        draft = dict(turn.slot("draft") or {})
        if draft.get("address") and turn.intent in ("affirm", "deny"):
            confirmed = turn.intent == "affirm"
            turn.set(draft={**draft, "confirmed": True} if confirmed else {"order": draft.get("order")})
            return True
        if not is_address(turn):
            return False
        region = region_in(turn)
        if region and isinstance(shipping.fee(turn.shop, region, turn.order.amount, 1), shipping.Unserved):
            turn.say("utter_unserved", region=region, reason="")
            return True
        draft |= {"address": turn.words, "region": region or turn.order.region, "phone": turn.entity("phone")}
        turn.set(draft=draft)
        return True

    def ask(self, turn: Turn) -> str | None:
        draft = turn.slot("draft") or {}
        if draft.get("confirmed") or turn.order is None:
            return None
        if draft.get("address"):
            turn.say("utter_confirm_address", order=turn.order.id, address=draft["address"])
            return "confirmation"
        turn.say("utter_which_address", order=turn.order.id)
        return "address"


def is_address(turn: Turn) -> bool:
    """Long enough to find a door, with a place or a number in it; the request itself ("我要改地址") is none."""
    if turn.intent not in (*MAY_ANSWER, "modify_address"):
        return False
    has_place = region_in(turn) is not None or any(character.isdigit() for character in turn.words)
    return turn.order is not None and len(turn.words) >= SHORTEST_ADDRESS and has_place


def region_in(turn: Turn) -> str | None:
    """The province the address names."""
    told = turn.entity("region")
    if told:
        return str(told)
    return next((province for province in PROVINCES if province in turn.words), None)
