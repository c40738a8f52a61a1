"""到货告诉我: noted as a promise somebody keeps, never a date that is not known."""

from __future__ import annotations

from datetime import datetime, time

from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.cards import day
from actions.common.choosing import ask_which_product
from actions.common.turn import Turn
from actions.prices.price import promise_due
from actions.products.stock import spaced, variant_name, wish
from bot.shop.goods import stock
from bot.shop.records.model import Product


class Notify(BotAction):
    """The variant that was missing; all that are missing where none was named."""

    action = "action_notify"

    def act(self, turn: Turn) -> None:
        product = turn.product
        if product is None:
            ask_which_product(turn)
            return
        color, size = wish(turn, product)
        if not color and not size:
            color, size = turn.slot("color"), turn.slot("size")
        found = stock.check(product, color, size, turn.shop.policy.low_stock)
        if isinstance(found, stock.InStock):
            if any(variant.stock == 0 for variant in product.variants) and not (color or size):
                self._note(turn, product, "", None)
                return
            name = variant_name(color or "", size or "")
            turn.say("utter_notify_in_stock", product=product.name, variant=spaced(name))
        elif isinstance(found, stock.TakenDown):
            turn.say("utter_taken_down", product=product.name, reason=found.reason)
        elif not found.made:
            turn.go_on_with("action_stock")
        else:
            restock = datetime.combine(found.restock_on, time(10)) if found.restock_on else None
            self._note(turn, product, variant_name(color or "", size or ""), restock)

    @staticmethod
    def _note(turn: Turn, product: Product, variant: str, restock: datetime | None) -> None:
        """Promise once for each variant; a known day is when it falls due, else when somebody has found out."""
        noted = turn.slot("noted") or []
        mark = f"{product.id} {variant}".strip()
        if mark in noted:
            turn.say("utter_notify_already", product=product.name, variant=variant)
            return
        turn.set(noted=[*noted, mark])
        kind = "restock" if restock else "restock_unknown"
        text = shop_floor.dialogue().phrase("promise", kind, product=product.name, variant=variant)
        due = restock.isoformat(timespec="minutes") if restock else promise_due(turn)
        turn.effect("promise", text=text, due=due)
        values = {
            "product": product.name,
            "variant": spaced(variant),
            "hours": turn.shop.policy.promise_hours,
        }
        if restock:
            turn.say("utter_notify_noted", day=day(restock.date()), **values)
        else:
            turn.say("utter_notify_unknown", **values)
