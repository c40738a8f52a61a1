"""Another colour or size, a note, one parcel or two: read back, confirmed by a button, then done once."""

from __future__ import annotations

from typing import Any

from actions import shop_floor
from actions.base import BotAction
from actions.cards import variant_name
from actions.choosing import MOST, item_name, order_option, order_or_ask
from actions.handoff import hand_over
from actions.orders import NOT_SHIPPED, own_order, too_late
from actions.stock import variant_button
from actions.turn import Turn, button, inform
from bot.placeholders import yuan
from bot.shop import order_note, stock
from bot.shop import orders as rules
from bot.shop.model import Product, Variant
from bot.shop.orders import Change, NotAllowed, Order, OrderLine


class ModifyOrder(BotAction):
    """The order's state decides; what it allows is read back with a button, the rest gets its next best thing."""

    action = "action_modify_order"

    def act(self, turn: Turn) -> None:
        draft: dict[str, Any] = turn.slot("draft") or {}
        wish = self._wish(turn, draft)
        order = own_order(turn, draft.get("order")) or order_or_ask(turn, NOT_SHIPPED)
        if order is None:
            told = {"color": turn.entity("color"), "size": turn.entity("size"), "note": turn.words}
            turn.set(draft={"wish": wish, **told} if wish else None)
            return
        if wish == "quantity":
            self._quantity(turn, order)
            return
        answer = rules.may_change(order, Change(wish or "variant"))
        if isinstance(answer, NotAllowed):
            turn.set(draft=None)
            too_late(turn, order, answer)
        else:
            PROPOSALS[wish or "variant"](turn, order, draft)

    @staticmethod
    def _wish(turn: Turn, draft: dict[str, Any]) -> str | None:
        if turn.entity("color") or turn.entity("size"):
            return "variant"
        heard = shop_floor.dialogue().hear("change", turn.words)
        if heard in (None, "variant") and turn.entity("quantity"):
            return "quantity"
        open_one = draft.get("wish") or draft.get("kind")
        return heard or (open_one if open_one in PROPOSALS else None)

    @staticmethod
    def _quantity(turn: Turn, order: Order) -> None:
        """More is a second order in the same parcel; fewer means money back, which a person settles."""
        wanted = int(turn.entity("quantity") or 0)
        answer = rules.may_change(order, Change.VARIANT)
        if isinstance(answer, NotAllowed):
            too_late(turn, order, answer)
        elif wanted > rules.pieces(order):
            turn.say("utter_more_pieces", item=item_name(turn, order))
        else:
            hand_over(turn, "beyond_authority", "utter_handoff_order_change")


def propose_variant(turn: Turn, order: Order, draft: dict[str, Any]) -> None:
    """Name the variant that would be sent instead, and have it confirmed."""
    line = line_meant(turn, order, draft)
    color = turn.entity("color") or draft.get("color")
    size = turn.entity("size") or draft.get("size")
    kept = {"wish": "variant", "order": order.id, "color": color, "size": size}
    if line is None:
        turn.set(pending="action_modify_order", draft=kept)
        names = [turn.shop.products[each.product_id] for each in order.lines]
        turn.say("utter_which_line_to_change", [button(p.name, inform(product=p.id)) for p in names[:MOST]])
        return
    product = turn.shop.products[line.product_id]
    ordered = next(v for v in product.variants if v.sku == line.sku)
    base = next((v for v in product.variants if v.sku == draft.get("sku")), ordered)
    turn.set(pending="action_modify_order", draft={**kept, "line": order.lines.index(line)})
    if not color and not size:
        others = [v for v in product.variants if v.stock > 0 and v is not ordered]
        key = "utter_which_variant" if others else "utter_no_other_variant"
        turn.say(key, [variant_button(v) for v in others[:MOST]], product=product.name)
        return
    found = stock.check(product, color or base.color, size or base.size, turn.shop.policy.low_stock)
    if isinstance(found, stock.OutOfStock):
        shown = [variant_button(variant) for variant in found.alternatives if variant is not ordered][:MOST]
        turn.say("utter_variant_unavailable", shown, product=product.name)
        return
    _confirm_variant(turn, order, line, product, found.variants[0])


def _confirm_variant(turn: Turn, order: Order, line: OrderLine, product: Product, wished: Variant) -> None:
    if wished.sku == line.sku:
        turn.set(pending=None, draft=None)
        turn.say("utter_variant_same", product=product.name, variant=variant_name(product, wished.sku))
        return
    index = order.lines.index(line)
    draft = {"kind": "variant", "order": order.id, "sku": wished.sku, "line": index}
    turn.set(pending="action_apply_change", draft=draft)
    names = {"before": variant_name(product, line.sku), "variant": variant_name(product, wished.sku)}
    turn.say("utter_confirm_variant", product=product.name, price=yuan(line.price), **names)


def line_meant(turn: Turn, order: Order, draft: dict[str, Any]) -> OrderLine | None:
    """The piece named, else the one talked about before, else the only one; None while several could be meant."""
    if len(order.lines) == 1:
        return order.lines[0]
    named = turn.entity("product") or (turn.product.id if turn.is_product_named and turn.product else None)
    for line in order.lines:
        if line.product_id == named:
            return line
    return order.lines[draft["line"]] if isinstance(draft.get("line"), int) else None


def propose_note(turn: Turn, order: Order, draft: dict[str, Any]) -> None:
    note = order_note.note_in(turn.words or str(draft.get("note") or ""))
    if not note:
        turn.set(pending="action_modify_order", draft={"wish": "note", "order": order.id})
        turn.say("utter_which_note", item=item_name(turn, order))
        return
    turn.set(pending="action_apply_change", draft={"kind": "note", "order": order.id, "note": note})
    turn.say("utter_confirm_note", item=item_name(turn, order), note=note)


def propose_merge(turn: Turn, order: Order, draft: dict[str, Any]) -> None:
    others = rules.mergeable(order, turn.orders)
    if not others:
        turn.set(draft=None)
        turn.say("utter_merge_impossible", item=item_name(turn, order))
        return
    if len(others) > 1 and not turn.entity("order_id"):
        turn.set(pending="action_modify_order", draft={"wish": "merge", "order": order.id})
        options = [order_option(turn, other) for other in others[:MOST]]
        turn.say("utter_merge_with_which", card={"type": "choices", "title": "", "options": options})
        return
    chosen = own_order(turn, str(turn.entity("order_id"))) if len(others) > 1 else others[0]
    other = chosen if chosen in others else others[0]
    turn.set(pending="action_apply_change", draft={"kind": "merge", "order": order.id, "other": other.id})
    turn.say("utter_confirm_merge", item=item_name(turn, order), other=item_name(turn, other))


def propose_split(turn: Turn, order: Order, draft: dict[str, Any]) -> None:
    if rules.pieces(order) < 2:
        turn.set(draft=None)
        turn.say("utter_split_impossible", item=item_name(turn, order))
        return
    turn.set(pending="action_apply_change", draft={"kind": "split", "order": order.id})
    turn.say("utter_confirm_split", item=item_name(turn, order))


PROPOSALS = {
    "variant": propose_variant,
    "note": propose_note,
    "merge": propose_merge,
    "split": propose_split,
}
"""What is heard (dialogue.yml, `heard.change`) → who reads it back."""
