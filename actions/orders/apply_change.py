"""A change that was read back and confirmed: done in the order store, once, if the order still allows it."""

from __future__ import annotations

from typing import Any

from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.cards import variant_name
from actions.common.choosing import item_name
from actions.common.turn import Turn
from actions.orders.shared import change_note, own_order, promise, too_late
from actions.orders.variant_change import stop_for
from bot.placeholders import yuan
from bot.shop.goods import stock
from bot.shop.parcels import postage
from bot.shop.records import orders as rules
from bot.shop.records.orders import Change, NextBest, NotAllowed, Order


class ApplyChange(BotAction):
    action = "action_apply_change"

    def act(self, turn: Turn) -> None:
        draft: dict[str, Any] = turn.slot("draft") or {}
        order = own_order(turn, draft.get("order"))
        if order is None or draft.get("kind") not in CHANGES:
            turn.go_on_with("action_modify_order")
            return
        turn.set(draft=None)
        kind = "variant" if draft["kind"] == "variants" else draft["kind"]
        answer = rules.may_change(order, Change(kind))
        if isinstance(answer, NotAllowed):
            is_packed = kind == "variant" and answer.next_best is NextBest.STOP_IN_WAREHOUSE
            if not (is_packed and self._stopped(turn, order, draft)):
                too_late(turn, order, answer)
            return
        CHANGES[draft["kind"]](turn, order, draft)

    @staticmethod
    def _stopped(turn: Turn, order: Order, draft: dict[str, Any]) -> bool:
        """Packed by now: the warehouse is asked to change what is there."""
        wished = draft.get("changes") or [[draft.get("line") or 0, draft["sku"]]]
        return any([stop_for(turn, order, {"line": int(line), "sku": sku}) for line, sku in wished])


def change_variant(turn: Turn, order: Order, draft: dict[str, Any]) -> Order:
    """The order as it is afterwards. The shelf is looked at once more: it may have sold meanwhile."""
    index = int(draft.get("line") or 0)
    product = turn.shop.products[order.lines[index].product_id]
    name = variant_name(product, draft["sku"])
    changed = rules.with_variant(order, index, draft["sku"])
    if changed == order:
        turn.say("utter_change_already", item=item_name(turn, order))
        return order
    wished = next(variant for variant in product.variants if variant.sku == draft["sku"])
    if isinstance(stock.check(product, wished.color, wished.size), stock.OutOfStock):
        turn.say("utter_variant_gone", product=product.name, variant=name)
        return order
    shop_floor.orders().update(changed, change_note("variant", name))
    turn.say("utter_variant_changed", product=product.name, variant=name)
    return changed


def change_variants(turn: Turn, order: Order, draft: dict[str, Any]) -> None:
    """One piece after the other, each looked up on the shelf."""
    for index, sku in draft.get("changes") or ():
        order = change_variant(turn, order, {"line": index, "sku": sku})


def add_note(turn: Turn, order: Order, draft: dict[str, Any]) -> None:
    changed = rules.with_note(order, draft["note"])
    if changed == order:
        turn.say("utter_change_already", item=item_name(turn, order))
        return
    shop_floor.orders().update(changed, change_note("note", draft["note"]))
    turn.say("utter_note_added", item=item_name(turn, order), note=draft["note"])


def merge(turn: Turn, order: Order, draft: dict[str, Any]) -> None:
    other = own_order(turn, draft.get("other"))
    if other is None or other not in rules.mergeable(order, turn.orders):
        turn.say("utter_merge_impossible", item=item_name(turn, order))
        return
    if order.parcel_with == other.id:
        turn.say("utter_change_already", item=item_name(turn, order))
        return
    for changed in rules.merged(order, other):
        shop_floor.orders().update(changed, change_note("merge", changed.parcel_with))
    promise(turn, "merge", order=order.id, other=other.id)
    turn.say("utter_merge_noted", item=item_name(turn, order), other=item_name(turn, other))
    if saved := postage.saved_together(turn.shop, order, other):
        promise(turn, "merge_postage", order=order.id, other=other.id, amount=yuan(saved))
        first, last = turn.shop.policy.returns.refund_days
        turn.say("utter_merge_postage_back", amount=yuan(saved), first=first, last=last)


def split(turn: Turn, order: Order, draft: dict[str, Any]) -> None:
    if order.split:
        turn.say("utter_change_already", item=item_name(turn, order))
        return
    shop_floor.orders().update(rules.sent_apart(order), change_note("split", order.id))
    first = draft.get("first")
    promise(turn, "split_first" if first else "split", order=order.id, first=first or "")
    turn.say("utter_split_noted", item=item_name(turn, order))


CHANGES = {
    "variant": change_variant,
    "variants": change_variants,
    "note": add_note,
    "merge": merge,
    "split": split,
}
"""Kind of the draft → what is done."""
