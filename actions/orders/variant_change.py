"""Another colour or size of what was ordered, for one piece or for several at once: named, read back, confirmed."""

from __future__ import annotations

from typing import Any

from actions.common import shop_floor
from actions.common.cards import day, variant_name
from actions.common.choosing import MOST
from actions.common.turn import Turn, button, inform
from actions.orders.shared import stop_parcel
from actions.products.stock import variant_button
from actions.products.stock import variant_name as names_of
from bot.placeholders import yuan
from bot.shop.after_sale.remedies import paid_for
from bot.shop.goods import stock
from bot.shop.orders import order_choice
from bot.shop.records.model import Product, Variant
from bot.shop.records.orders import Order, OrderLine


def propose_variant(turn: Turn, order: Order, draft: dict[str, Any]) -> None:
    """Name the variant that would be sent instead, and have it confirmed."""
    line = line_meant(turn, order, draft)
    is_of_line = draft.get("line") is None or (line is not None and line is order.lines[draft["line"]])
    before = draft if is_of_line else {}  # what was told of another piece fills in nothing here
    color, size = told(turn, line, before)
    several = lines_named(turn, order)
    if len(several) > 1 and (color or size):
        propose_several(turn, order, several, color, size)
        return
    kept = {"wish": "variant", "order": order.id, "color": color, "size": size}
    if line is None:
        turn.set(pending="action_modify_order", draft=kept)
        names = [turn.shop.products[each.product_id] for each in order.lines]
        turn.say("utter_which_line_to_change", [button(p.name, inform(product=p.id)) for p in names[:MOST]])
        return
    product = turn.shop.products[line.product_id]
    ordered = variant_of(product, line.sku)
    base = variant_of(product, before.get("sku")) or ordered
    turn.set(pending="action_modify_order", draft={**kept, "line": order.lines.index(line)})
    if not color and not size and base is not ordered:
        _confirm_variant(turn, order, line, product, base)  # read back once more
        return
    if not color and not size:
        others = [v for v in product.variants if v.stock > 0 and v is not ordered]
        key = "utter_which_variant" if others else "utter_no_other_variant"
        turn.say(key, [variant_button(v) for v in others[:MOST]], product=product.name)
        return
    found = stock.check(product, color or base.color, size or base.size, turn.shop.policy.low_stock)
    turn.set(product_id=product.id)  # "啥时候到货" next is about this one
    if isinstance(found, stock.OutOfStock):
        _say_unavailable(turn, product, ordered, found)
        return
    _confirm_variant(turn, order, line, product, found.variants[0])


def told(turn: Turn, line: OrderLine | None, before: dict[str, Any]) -> tuple[str | None, str | None]:
    """Colour and size wished for: after 换 in this message, else told in it, else told before of the same piece."""
    product = turn.shop.products[line.product_id] if line else None
    color = before.get("wished_color") or turn.entity("color") or (product and turn.color_of(product))
    size = before.get("wished") or turn.entity("size") or (product and turn.size_of(product))
    return color or before.get("color"), size or before.get("size")


def _say_unavailable(turn: Turn, product: Product, ordered: Variant | None, found: stock.OutOfStock) -> None:
    """What she named is not there, by name, when it comes where that is known, and what can be had now."""
    shown = [variant_button(variant) for variant in found.alternatives if variant is not ordered][:MOST]
    wished = names_of(found.color, found.size)
    if found.restock_on and found.made:
        turn.say(
            "utter_variant_restocked_swap",
            shown,
            product=product.name,
            variant=wished,
            day=day(found.restock_on),
        )
    else:
        turn.say("utter_variant_unavailable", shown, product=product.name, variant=wished)


def variant_of(product: Product, sku: str | None) -> Variant | None:
    return next((variant for variant in product.variants if variant.sku == sku), None)


def _confirm_variant(turn: Turn, order: Order, line: OrderLine, product: Product, wished: Variant) -> None:
    if wished.sku == line.sku:
        turn.set(pending=None, draft=None)
        turn.say("utter_variant_same", product=product.name, variant=variant_name(product, wished.sku))
        return
    index = order.lines.index(line)
    draft = {"kind": "variant", "order": order.id, "sku": wished.sku, "line": index}
    turn.set(pending="action_apply_change", draft=draft)
    names = {"before": variant_name(product, line.sku), "variant": variant_name(product, wished.sku)}
    turn.say("utter_confirm_variant", product=product.name, price=yuan(paid_for(order, line)), **names)


def stop_for(turn: Turn, order: Order, draft: dict[str, Any]) -> bool:
    """It is packed: whether the one she wants is there at all is said, and the warehouse is asked to change it."""
    line = order.lines[draft["line"]]
    product = turn.shop.products[line.product_id]
    owned = variant_of(product, draft.get("sku") or line.sku)
    color, size = draft.get("wished_color") or owned.color, draft.get("wished") or owned.size
    found = stock.check(product, color, size, turn.shop.policy.low_stock)
    if not isinstance(found, stock.InStock):
        return False
    wished = variant_name(product, found.variants[0].sku)
    due = stop_parcel(turn, order, f"{product.name} {wished}")
    turn.say("utter_variant_stop", product=product.name, variant=wished, due=due)
    return True


def line_meant(turn: Turn, order: Order, draft: dict[str, Any]) -> OrderLine | None:
    """The piece named, else the one talked about before, else the only one; None while several could be meant."""
    if len(order.lines) == 1:
        return order.lines[0]
    named = turn.entity("product") or (turn.product.id if turn.is_product_named and turn.product else None)
    for line in order.lines:
        if line.product_id == named:
            return line
    return order.lines[draft["line"]] if isinstance(draft.get("line"), int) else None


def lines_named(turn: Turn, order: Order) -> list[OrderLine]:
    """The pieces of the order this message is about: those it names, or every one ("两件都换")."""
    if shop_floor.dialogue().hear("pieces_meant", turn.words) == "all":
        return list(order.lines)
    products = turn.shop.products
    return [line for line in order.lines if order_choice.is_named(products[line.product_id], turn.words)]


def propose_several(
    turn: Turn, order: Order, lines: list[OrderLine], color: str | None, size: str | None
) -> None:
    """What is there is read back in one question; what is not is said and stays as it was ordered."""
    changes, said, missing = [], [], []
    for line in lines:
        product = turn.shop.products[line.product_id]
        ordered = variant_of(product, line.sku)
        found = stock.check(product, color or ordered.color, size or ordered.size, turn.shop.policy.low_stock)
        if isinstance(found, stock.OutOfStock):
            missing.append(product.name)
        elif found.variants[0].sku != line.sku:
            changes.append([order.lines.index(line), found.variants[0].sku])
            said.append(variant_words(turn, product, line.sku, found.variants[0].sku))
    joined = shop_floor.dialogue().phrase("list", "and").join
    if missing:
        turn.say("utter_variants_missing", products=joined(missing))
    if not changes:
        turn.set(pending=None, draft=None)
        turn.say("utter_order_unchanged")
        return
    draft = {"kind": "variants", "order": order.id, "changes": changes, "missing": missing}
    turn.set(pending="action_apply_change", draft=draft)
    turn.say("utter_confirm_variants", changes=joined(said))


def variant_words(turn: Turn, product: Product, before: str, after: str) -> str:
    names = {"before": variant_name(product, before), "variant": variant_name(product, after)}
    return shop_floor.dialogue().phrase("variant", "swap", product=product.name, **names)


def propose_variants(turn: Turn, order: Order, draft: dict[str, Any]) -> None:
    """Several pieces read back once more."""
    changes = draft.get("changes") or []
    if turn.entity("color") or turn.entity("size") or not changes:
        propose_variant(turn, order, {"order": order.id})
        return
    said = [
        variant_words(turn, turn.shop.products[order.lines[index].product_id], order.lines[index].sku, sku)
        for index, sku in changes
    ]
    turn.set(pending="action_apply_change", draft=draft)
    turn.say("utter_confirm_variants", changes=shop_floor.dialogue().phrase("list", "and").join(said))
