"""What postage costs: by region, weight and threshold, for one product or several; from the tables only."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.turn import Turn
from actions.parcels.shipping import region_of, say_unserved
from actions.prices.goods import goods_of, item_names, said_lately
from bot.placeholders import yuan
from bot.shop.parcels import postage
from bot.shop.parcels.postage import Fee
from bot.shop.parcels.regions import Unserved
from bot.shop.prices.bill import Item
from bot.shop.records.model import Product

JUST_BEFORE = 4
"""Messages within which the sum with postage was told."""
Basket = list[tuple[Product, int]]


class ShippingFee(BotAction):
    action = "action_shipping_fee"

    def act(self, turn: Turn) -> None:
        asks_threshold = shop_floor.dialogue().hear("fee", turn.words)
        if postage.asks_price_too(turn.words):
            turn.go_on_with("action_price")
            return
        goods, region = goods_of(turn, keeps=True), region_of(turn)
        basket = [(item.product, item.quantity) for item in goods.items]
        turn.set(pending=self.action)
        if region is None or (asks_threshold == "threshold" and not turn.entity("region") and not basket):
            self._say_thresholds(turn, basket, region)
            return
        found = postage.basket_fee(turn.shop, region, basket, turn.entity("courier"))
        if isinstance(found, Unserved):
            say_unserved(turn, found)
        elif basket:
            self._say_basket(turn, region, basket, found)
        else:
            self._say_general(turn, region)

    def _say_thresholds(self, turn: Turn, basket: Basket, region: str | None) -> None:
        """No place is known: from what amount postage is free, place by place, and ask where to."""
        near = next(zone for zone in turn.shop.shipping.zones if not zone.remote)
        threshold, amount = near.free_from or Decimal(0), postage.goods_amount(basket)
        item = _words(basket)
        if basket and amount >= threshold:
            turn.say("utter_fee_mostly_free", free_from=yuan(threshold), item=item)
        elif basket:
            turn.say(
                "utter_fee_short_anywhere",
                free_from=yuan(threshold),
                item=item,
                amount=yuan(amount),
                short_by=yuan(threshold - amount),
            )
        else:
            turn.say("utter_fee_ask_region", free_from=yuan(threshold), remote=remote_words(turn))

    def _say_general(self, turn: Turn, region: str) -> None:
        """Nothing in mind yet: the first kilogram, and from what amount it is free."""
        found = postage.fee(turn.shop, region, Decimal(0), Decimal(1), turn.entity("courier"))
        values = {"region": region, "fee": yuan(found.yuan), "free_from": yuan(found.free_from or 0)}
        turn.say("utter_fee_never_free" if found.free_from is None else "utter_fee_general", **values)

    def _say_basket(self, turn: Turn, region: str, basket: Basket, found: Fee) -> None:
        amount = postage.goods_amount(basket)
        values = {
            "region": region,
            "fee": yuan(found.yuan),
            "item": _words(basket),
            "amount": yuan(amount),
        }
        short_by = found.short_by(amount)
        if found.is_free:
            turn.say("utter_fee_free", **values)
        elif short_by is None:
            turn.say("utter_fee_never_free", **values)
        elif short_by == 0:
            turn.say("utter_fee_surcharge", **values)
        else:
            after = (
                ""
                if not found.surcharge
                else shop_floor.dialogue().phrase("fee", "surcharge_stays", fee=yuan(found.surcharge))
            )
            turn.say(
                "utter_fee_below_threshold",
                free_from=yuan(found.free_from),
                short_by=yuan(short_by),
                after=after,
                **values,
            )


def _words(basket: Basket) -> str:
    return item_names(Item(product, count) for product, count in basket)


def is_place_told(turn: Turn) -> bool:
    """Whether this message is the place a sum was waiting for."""
    return turn.before("pending") == "action_price" and turn.entity("region") is not None


def say_postage(turn: Turn, items: Sequence[Item], price: Decimal, is_total: bool) -> None:
    """Postage beside a price: where a place or postage is named with it, or a total is asked for. A sum without the
    postage that will be paid is a wrong sum."""
    asks = shop_floor.dialogue().hear("postage", turn.words) is not None
    goes_on = said_lately(turn, "utter_price_postage", JUST_BEFORE)  # 一件先, after two pieces with postage
    if not (asks or is_total or goes_on or turn.entity("region")):
        return
    region, basket = region_of(turn), [(item.product, item.quantity) for item in items]
    if region is None:
        near = next(zone for zone in turn.shop.shipping.zones if not zone.remote).free_from or Decimal(0)
        if asks or postage.goods_amount(basket) < near:
            turn.set(pending=turn.action)
            turn.say("utter_price_postage_open", free_from=yuan(near))
        return
    found = postage.basket_fee(turn.shop, region, basket, turn.entity("courier"))
    if isinstance(found, Unserved):
        say_unserved(turn, found)
        return
    told = {"region": region, "fee": yuan(found.yuan), "total": yuan(price + found.yuan)}
    turn.say("utter_price_postage_free" if found.is_free else "utter_price_postage", **told)


def remote_words(turn: Turn) -> str:
    """Where other thresholds hold: "内蒙古、甘肃满 199 元"."""
    parts = []
    near = next(zone for zone in turn.shop.shipping.zones if not zone.remote).free_from
    for free_from, _, regions in postage.thresholds(turn.shop.shipping):
        if free_from == near:
            continue
        key = "never" if free_from is None else "from"
        parts.append(
            shop_floor.dialogue().phrase("fee", key, regions="、".join(regions), amount=yuan(free_from or 0))
        )
    return "；".join(parts)
