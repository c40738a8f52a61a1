"""address_form: the new receiver in the customer's own words, in one message or several, then one confirmation."""

from __future__ import annotations

from typing import Any

from actions.common import shop_floor
from actions.common.choosing import items_name
from actions.common.questions import LEAVES, MAY_ANSWER, OF_ORDERS, OpenQuestion
from actions.common.turn import Turn
from actions.orders import order_facts
from actions.orders.order_facts import receiver_values
from actions.orders.shared import own_order
from actions.parcels.shipping import say_unserved
from bot.placeholders import yuan
from bot.shop.orders import address, order_question
from bot.shop.orders.address import Receiver
from bot.shop.parcels import postage
from bot.shop.parcels.regions import Unserved
from bot.shop.records.orders import Order
from bot.shop.talk import consent

FIELDS = ("recipient", "phone", "region", "address")


class AddressQuestion(OpenQuestion):
    form = "address_form"
    own_intents = ("modify_address",)
    leaves = (*LEAVES, *OF_ORDERS)
    is_about_order = True

    def read(self, turn: Turn) -> bool:
        draft: dict[str, Any] = dict(turn.slot("draft") or {})
        order = own_order(turn, draft.get("order"))
        if order is None:
            return False
        draft["wish"] = draft.get("wish") or shop_floor.dialogue().hear("receiver", turn.words) or "address"
        if order_facts.is_asked(turn):
            order_facts.tell(turn, order, order_question.asked(turn.words))
            turn.set(draft=draft)
            return True
        told = self._told(turn, draft)
        if told.is_empty:
            return self._answered(turn, draft)
        if told.region and self._is_out_of_reach(turn, order, told.region):
            return True
        draft |= {name: value for name, value in vars(told).items() if value}
        if told.address:
            draft["region"] = told.region
        turn.set(draft=draft)
        return True

    @staticmethod
    def _told(turn: Turn, draft: dict[str, Any]) -> Receiver:
        """What this message adds; "不对 是3单元" mends the part it names."""
        if turn.intent not in (
            *MAY_ANSWER,
            "modify_address",
            "ask_shipping_fee",
            "ask_courier",
            "modify_order",
        ):
            return Receiver()
        told = address.read(turn.words)
        known = draft.get("address") or ""
        mended = address.corrected(known, turn.words) if known and not told.address else known
        return (
            Receiver(told.recipient, told.phone, draft.get("region") or "", mended)
            if mended != known
            else told
        )

    @staticmethod
    def _answered(turn: Turn, draft: dict[str, Any]) -> bool:
        """Yes or no to what was read back; a no to the question itself ends it without a change."""
        if shop_floor.dialogue().hear("draft", turn.words) == "leave":
            turn.set(draft={"kind": "address", "order": draft.get("order"), "left": True})
            return True
        if not is_complete(draft) or turn.intent not in ("affirm", "deny") or consent.asks_back(turn.words):
            turn.set(draft=draft)
            return False
        kept = {name: draft.get(name) for name in ("kind", "order", "also", "wish")}
        turn.set(draft={**draft, "confirmed": True} if turn.intent == "affirm" else kept)
        return True

    @staticmethod
    def _is_out_of_reach(turn: Turn, order: Order, region: str) -> bool:
        """Nothing is sent there, or it costs more than was paid: said before anything is kept."""
        found = postage.surplus_for(turn.shop, order, region)
        if isinstance(found, Unserved):
            say_unserved(turn, found)
        elif found > 0:
            turn.say("utter_address_dearer", region=region, short_by=yuan(found))
        else:
            return False
        return True

    def ask(self, turn: Turn) -> str | None:
        draft = turn.slot("draft") or {}
        order = own_order(turn, draft.get("order"))
        if draft.get("confirmed") or draft.get("left") or order is None:
            return None
        others = [other for id_ in draft.get("also") or () if (other := own_order(turn, id_))]
        item = items_name(turn, (order, *others))
        if is_complete(draft):
            planned = order.model_copy(update={name: draft[name] for name in FIELDS if draft.get(name)})
            is_region_told = draft.get("region") or not draft.get("address")
            key = "utter_confirm_address" if is_region_told else "utter_confirm_address_same_region"
            turn.say(key, item=item, **receiver_values(planned))
            return "confirmation"
        if draft.get("recipient") or draft.get("phone"):
            turn.say("utter_which_address_still", item=item)
            return "address"
        wish = draft.get("wish") or "address"
        turn.say(f"utter_which_{wish}", item=item)
        return wish


def is_complete(draft: dict[str, Any]) -> bool:
    """Whether what was wished for has been told: the address, or only the phone or the name."""
    return bool(draft.get(draft.get("wish") or "address") or draft.get("address"))
