"""Whether it can be bought: never a bare "no", always what can be had instead (002 三·二)."""

from __future__ import annotations

from collections.abc import Iterable

from actions import shop_floor
from actions.base import BotAction
from actions.cards import day
from actions.choosing import MOST, ask_which_product, product_option
from actions.turn import Turn, button, inform
from bot.shop import stock
from bot.shop.catalogue import substitutes
from bot.shop.model import Product, Variant


class Stock(BotAction):
    action = "action_stock"

    def act(self, turn: Turn) -> None:
        product = turn.product
        if product is None:
            turn.set(color=turn.known("color"))
            ask_which_product(turn)
            return
        color, size = turn.entity("color"), turn.entity("size") or turn.entity("usual_size")
        if turn.is_payload:
            # A button answers our own counter-question: what was said before still holds.
            color, size = color or turn.slot("color"), size or turn.slot("size")
        turn.set(color=color or turn.slot("color"), size=size or turn.slot("size"))
        match stock.check(product, color, size, turn.shop.policy.low_stock):
            case stock.InStock() as found if color or size:
                self._say_in_stock(turn, product, found, color, size)
            case stock.InStock() as found:
                shown = variant_names(found.variants)
                turn.say("utter_stock_overview", product=product.name, variants="、".join(shown))
            case stock.OutOfStock() as missing:
                self._counter_question(turn, product, missing)

    def _say_in_stock(
        self, turn: Turn, product: Product, found: stock.InStock, color: str | None, size: str | None
    ) -> None:
        names = "、".join(variant_names(found.variants))
        if found.low:
            turn.say("utter_stock_low", product=product.name, variants=names, left=found.left)
        elif color and size:
            turn.say("utter_stock_there", product=product.name, variants=names)
        else:
            turn.say("utter_stock_choose", product=product.name, variants=names)

    def _counter_question(self, turn: Turn, product: Product, missing: stock.OutOfStock) -> None:
        wished = variant_name(missing.color or "", missing.size or "")
        if not missing.alternatives:
            self._offer_substitutes(turn, product)
            return
        turn.set(pending=self.action)
        shown = [variant_button(variant) for variant in missing.alternatives[:MOST]]
        if not missing.made:
            turn.say("utter_variant_not_made", shown, product=product.name, wished=wished)
        elif missing.restock_on:
            back_on = day(missing.restock_on)
            turn.say("utter_variant_restocked", shown, product=product.name, wished=wished, day=back_on)
        else:
            turn.say("utter_variant_sold_out", shown, product=product.name, wished=wished)

    def _offer_substitutes(self, turn: Turn, product: Product) -> None:
        options = [product_option(each) for each in substitutes(turn.shop, product)[:MOST]]
        if not options:
            turn.say("utter_product_sold_out", product=product.name)
            return
        card = {"type": "choices", "title": "", "options": options}
        turn.say("utter_product_substitutes", card=card, product=product.name)


def variant_name(color: str, size: str) -> str:
    words = shop_floor.dialogue()
    if color and size:
        return words.phrase("variant", "both", color=color, size=size)
    return words.phrase("variant", "only", value=color or size)


def variant_names(variants: Iterable[Variant]) -> list[str]:
    """Colours with their sizes, each colour once: 黑色 S/M/L."""
    by_color: dict[str, list[str]] = {}
    for variant in variants:
        by_color.setdefault(variant.color, []).append(variant.size)
    return [variant_name(color, "/".join(filter(None, sizes))) for color, sizes in by_color.items()]


def variant_button(variant: Variant) -> dict[str, str]:
    told = {name: value for name, value in (("color", variant.color), ("size", variant.size)) if value}
    return button(variant_name(variant.color, variant.size), inform(**told))
