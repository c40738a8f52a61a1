"""The order on its way: where it is, hurrying it, and changing it as far as its state allows."""

from __future__ import annotations

from typing import Any

from actions import shop_floor
from actions.base import BotAction
from actions.cards import order_card, variant_name
from actions.choosing import MOST, order_or_ask
from actions.handoff import hand_over
from actions.price import promise_due
from actions.shipping import say_order_dates
from actions.stock import variant_button
from actions.turn import Turn
from bot.shop import orders as rules
from bot.shop import stock
from bot.shop.model import Product, Variant
from bot.shop.orders import Change, NextBest, NotAllowed, Order, OrderState


class Track(BotAction):
    action = "action_track"

    def act(self, turn: Turn) -> None:
        order = order_or_ask(turn)
        if order is None:
            return
        latest = order.trace[-1].text if order.trace else ""
        turn.say(
            f"utter_track_{order.state.value}",
            card=order_card(turn, order),
            order=order.id,
            courier=order.courier,
            tracking_no=order.tracking_no,
            latest=latest,
        )


UNDER_WAY = (OrderState.PAID, OrderState.PACKED, OrderState.SHIPPED)
NOT_SHIPPED = (OrderState.UNPAID, OrderState.PAID, OrderState.PACKED)


class Urge(BotAction):
    """What is under way is hurried: a promise somebody has to keep; otherwise the plain state of things."""

    action = "action_urge"

    def act(self, turn: Turn) -> None:
        order = order_or_ask(turn, UNDER_WAY)
        if order is None:
            return
        if order.state not in UNDER_WAY:
            turn.go_on_with("action_track")
            return
        say_order_dates(turn, order)
        promise(turn, "urge", order=order.id)
        turn.say("utter_urged", order=order.id, hours=turn.shop.policy.promise_hours)


def promise(turn: Turn, kind: str, **values: object) -> None:
    """Something a person has to do by its due time (日清)."""
    turn.effect(
        "promise", text=shop_floor.dialogue().phrase("promise", kind, **values), due=promise_due(turn)
    )


def too_late(turn: Turn, order: Order, answer: NotAllowed) -> None:
    """The reason, and the next best thing there is."""
    state = shop_floor.dialogue().order_states[answer.reason_key]
    values = {"order": order.id, "state": state, "courier": order.courier}
    if answer.next_best is NextBest.AFTER_SALE:
        hand_over(turn, "beyond_authority", "utter_too_late_after_sale", **values)
        return
    if answer.next_best is NextBest.STOP_IN_WAREHOUSE:
        promise(turn, "stop", order=order.id, wish=turn.words or shop_floor.dialogue().reading(turn.intent))
    turn.say(f"utter_too_late_{answer.next_best.value}", **values)


class ModifyAddress(BotAction):
    """Where the state allows it, ask for the new address (address_form); else say what can still be done."""

    action = "action_modify_address"

    def act(self, turn: Turn) -> None:
        order = order_or_ask(turn, NOT_SHIPPED)
        if order is None:
            return
        answer = rules.may_change(order, Change.ADDRESS)
        if isinstance(answer, NotAllowed):
            too_late(turn, order, answer)
            return
        turn.set(draft={"order": order.id})
        turn.go_on_with("address_form")


class ChangeAddress(BotAction):
    """The address was confirmed: keep it, unless the order has moved on meanwhile."""

    action = "action_change_address"

    def act(self, turn: Turn) -> None:
        draft: dict[str, Any] = turn.slot("draft") or {}
        order = turn.order
        turn.set(draft=None, gave_up=None)
        if not order or not draft.get("confirmed"):
            turn.say("utter_address_unchanged")
            return
        try:
            changed = rules.with_address(
                order, draft["region"], draft["address"], phone=draft.get("phone") or ""
            )
        except rules.TooLate:
            too_late(turn, order, rules.may_change(order, Change.ADDRESS))
            return
        shop_floor.orders().update(changed, change_note("address", draft["address"]))
        turn.say("utter_address_changed", order=order.id, address=draft["address"])


def change_note(kind: str, value: str) -> str:
    return shop_floor.dialogue().phrase("change", kind, value=value)


class ModifyOrder(BotAction):
    """Another colour or size of the same product, a note, or two orders in one parcel; the rest is for a person."""

    action = "action_modify_order"

    def act(self, turn: Turn) -> None:
        order = order_or_ask(turn, NOT_SHIPPED)
        if order is None:
            return
        wish = shop_floor.dialogue().hear("change", turn.words)
        if turn.entity("color") or turn.entity("size"):
            wish = "variant"
        change = Change(wish or "variant")
        answer = rules.may_change(order, change)
        if isinstance(answer, NotAllowed):
            too_late(turn, order, answer)
        elif change is Change.NOTE:
            shop_floor.orders().update(rules.with_note(order, turn.words), change_note("note", turn.words))
            turn.say("utter_note_added", order=order.id)
        elif change is Change.MERGE:
            promise(turn, "stop", order=order.id, wish=turn.words)
            turn.say("utter_merge_noted", order=order.id)
        elif len(order.lines) > 1 or (wish is None and turn.entity("quantity")):
            hand_over(turn, "beyond_authority", "utter_handoff_order_change")
        else:
            self._propose(turn, order)

    def _propose(self, turn: Turn, order: Order) -> None:
        """Name the variant that would be sent instead, and have it confirmed."""
        product = turn.shop.products[order.lines[0].product_id]
        now = next(v for v in product.variants if v.sku == order.lines[0].sku)
        color, size = turn.entity("color"), turn.entity("size")
        turn.set(pending=self.action)
        if not color and not size:
            others = [v for v in product.variants if v.stock > 0 and v is not now]
            turn.say("utter_which_variant", [variant_button(v) for v in others[:MOST]], product=product.name)
            return
        found = stock.check(product, color or now.color, size or now.size, turn.shop.policy.low_stock)
        if isinstance(found, stock.OutOfStock):
            shown = [variant_button(variant) for variant in found.alternatives[:MOST]]
            turn.say("utter_variant_unavailable", shown, product=product.name)
            return
        self._confirm(turn, order, product, found.variants[0])

    def _confirm(self, turn: Turn, order: Order, product: Product, wished: Variant) -> None:
        turn.set(pending="action_swap_variant", draft={"order": order.id, "sku": wished.sku})
        name = variant_name(product, wished.sku)
        turn.say("utter_confirm_variant", order=order.id, product=product.name, variant=name)


class SwapVariant(BotAction):
    """The other variant was confirmed: keep it, unless the order has moved on meanwhile."""

    action = "action_swap_variant"

    def act(self, turn: Turn) -> None:
        draft: dict[str, Any] = turn.slot("draft") or {}
        turn.set(draft=None)
        order = turn.order
        if order is None or draft.get("order") != order.id:
            turn.go_on_with("action_modify_order")
            return
        try:
            changed = rules.with_variant(order, 0, draft["sku"])
        except rules.TooLate:
            too_late(turn, order, rules.may_change(order, Change.VARIANT))
            return
        name = variant_name(turn.shop.products[order.lines[0].product_id], draft["sku"])
        shop_floor.orders().update(changed, change_note("variant", name))
        turn.say("utter_variant_changed", order=order.id, variant=name)
