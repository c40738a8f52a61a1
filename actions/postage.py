"""What postage costs: by region, weight and threshold, for one product or several; from the tables only."""

from __future__ import annotations

from decimal import Decimal

from actions import shop_floor
from actions.bargain_answers import counter
from actions.base import BotAction
from actions.shipping import region_of, say_unserved
from actions.turn import Turn
from bot.placeholders import yuan
from bot.shop import postage
from bot.shop.model import Product
from bot.shop.postage import Fee
from bot.shop.regions import Unserved

Basket = list[tuple[Product, int]]


class ShippingFee(BotAction):
    action = "action_shipping_fee"

    def act(self, turn: Turn) -> None:
        asks_threshold = shop_floor.dialogue().hear("fee", turn.words)
        basket, region = basket_of(turn), region_of(turn)
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
        item = item_words(basket)
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
            "item": item_words(basket),
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


def basket_of(turn: Turn) -> Basket:
    """The products this message names, each with its number, else those asked about just before, else the one talked
    about."""
    known, counts = turn.shop.products, [max(1, int(count)) for count in turn.entities("quantity")]
    named = [known[id_] for id_ in dict.fromkeys(turn.entities("product")) if id_ in known]
    products = named or ([turn.product] if turn.product else [])
    before = [(known[id_], count) for id_, count in turn.slot("basket") or [] if id_ in known]
    if not named and not counts and products and products[0] in [product for product, _ in before]:
        return before
    counted = counts if len(counts) == len(products) else [1] * len(products)
    basket = list(zip(products, counted, strict=True))
    turn.set(
        basket=[[product.id, count] for product, count in basket], product_id=turn.product and turn.product.id
    )
    return basket


def item_words(basket: Basket) -> str:
    counted = [
        shop_floor.dialogue().phrase(
            "counted", "many" if n > 1 else "one", product=p.name, quantity=n, counter=counter(p)
        )
        for p, n in basket
    ]
    return shop_floor.dialogue().phrase("list", "and").join(counted)


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
