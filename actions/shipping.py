"""When it leaves and arrives, and what postage costs; from the shipping tables, never from prose."""

from __future__ import annotations

from decimal import Decimal

from actions.base import BotAction
from actions.cards import day
from actions.turn import Turn
from bot.placeholders import yuan
from bot.shop import shipping
from bot.shop.orders import Order, OrderState

ON_ITS_WAY = (OrderState.PAID, OrderState.PACKED, OrderState.SHIPPED)


def region_of(turn: Turn) -> str | None:
    """Told now or before, else where the customer lives."""
    region = turn.known("region") or (turn.customer.region if turn.customer else None)
    turn.set(region=turn.known("region"))
    return region or None


class ShippingTime(BotAction):
    """Of the order if there is one on its way, else of what could be bought now."""

    action = "action_shipping_time"

    def act(self, turn: Turn) -> None:
        order = self._order(turn)
        if order:
            say_order_dates(turn, order)
            return
        found = shipping.dates(turn.shop, turn.now, region_of(turn), turn.product)
        if isinstance(found, shipping.Unserved):
            turn.say("utter_unserved", region=found.region, reason=found.reason)
            return
        values = {"cutoff": f"{turn.shop.shipping.cutoff:%H:%M}", "ships_on": day(found.ships_on)}
        when = "today" if found.before_cutoff else "later"
        if found.arrives_from is None:
            turn.set(pending=self.action)
            turn.say(f"utter_ships_{when}", **values)
        else:
            arrival = {"arrives_from": day(found.arrives_from), "arrives_to": day(found.arrives_to)}
            turn.say(f"utter_ships_{when}_arrives", region=region_of(turn), **values, **arrival)

    def _order(self, turn: Turn) -> Order | None:
        """Somebody who looks at a product asks before buying."""
        is_about_order = (
            turn.entity("order_id") or turn.metadata.get("order_id") or not turn.metadata.get("product_id")
        )
        order = turn.order if is_about_order else None
        return order if order and order.state in ON_ITS_WAY else None


def say_order_dates(turn: Turn, order: Order) -> None:
    """When this order leaves or arrives."""
    found = shipping.promised(turn.shop, order)
    if isinstance(found, shipping.Unserved):
        turn.say("utter_unserved", region=found.region, reason=found.reason)
        return
    arrival = {"arrives_from": day(found.arrives_from), "arrives_to": day(found.arrives_to)}
    state = "shipped" if order.state is OrderState.SHIPPED else "waiting"
    late = "_late" if shipping.is_late(turn.shop, order, turn.now) else ""
    values = {"order": order.id, "ships_on": day(found.ships_on), "courier": order.courier}
    turn.say(f"utter_order_{state}{late}", **values, **arrival)


class ShippingFee(BotAction):
    action = "action_shipping_fee"

    def act(self, turn: Turn) -> None:
        region = region_of(turn)
        if region is None:
            turn.set(pending=self.action)
            near = next(zone for zone in turn.shop.shipping.zones if not zone.remote)
            threshold = near.free_from or Decimal(0)
            if turn.product and turn.product.price >= threshold:
                turn.say("utter_fee_mostly_free", free_from=yuan(threshold), item=turn.product.name)
            else:
                turn.say("utter_fee_ask_region", free_from=yuan(threshold))
            return
        product = turn.product
        amount = product.price if product else Decimal(0)
        weight = product.weight_kg if product else Decimal(1)
        found = shipping.fee(turn.shop, region, amount, weight, turn.entity("courier"))
        if isinstance(found, shipping.Unserved):
            turn.say("utter_unserved", region=found.region, reason=found.reason)
            return
        values = {"region": region, "fee": yuan(found.yuan), "free_from": yuan(found.free_from or 0)}
        values["item"] = product.name if product else ""
        if found.is_free:
            turn.say("utter_fee_free", **values)
        elif found.free_from is None:
            turn.say("utter_fee_never_free", **values)
        elif found.surcharge == found.yuan:
            turn.say("utter_fee_surcharge", **values)
        else:
            turn.say("utter_fee_below_threshold" if product else "utter_fee_general", **values)
