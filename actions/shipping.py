"""When it leaves and arrives; from the shipping tables, never from prose. What postage costs: actions/postage.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from actions import shop_floor
from actions.base import BotAction
from actions.cards import day
from actions.choosing import has_orders, item_name, meant
from actions.turn import Turn
from bot.shop import parcel, shipping
from bot.shop.model import Product
from bot.shop.orders import Order, OrderState
from bot.shop.shipping import ShippingDates, Unserved
from bot.text.dates import resolve_date

ON_ITS_WAY = (OrderState.PAID, OrderState.PACKED, OrderState.SHIPPED)


def region_of(turn: Turn) -> str | None:
    """Told now or before, else where the customer lives."""
    region = turn.known("region") or (turn.customer.region if turn.customer else None)
    turn.set(region=turn.known("region"))
    return region or None


def say_unserved(turn: Turn, found: Unserved) -> None:
    reason = shop_floor.dialogue().phrase("why", "unserved", reason=found.reason) if found.reason else ""
    turn.say("utter_unserved", region=found.region, reason=reason)


class ShippingTime(BotAction):
    """Of the order if there is one on its way, of a day that was asked about, else of what could be bought now."""

    action = "action_shipping_time"

    def act(self, turn: Turn) -> None:
        order = self._order(turn)
        asked = self._asked_day(turn)
        is_ahead = asked is not None and asked > turn.today and not self._is_deadline(turn)
        if is_ahead and (order is None or shipping.holiday_on(turn.shop.shipping, asked)):
            self._say_that_day(turn, asked)
            return
        if order:
            self._say_order(turn, order)
            return
        turn.set(pending=self.action)
        found = shipping.dates(turn.shop, turn.now, region_of(turn), turn.product)
        if isinstance(found, Unserved):
            say_unserved(turn, found)
            return
        self._say_dates(turn, found)
        if asked and found.arrives_to and self._is_deadline(turn):
            self._say_in_time(turn, found, asked)

    @staticmethod
    def _say_order(turn: Turn, order: Order) -> None:
        """Asked once more after urging, it is urged again; where a date would mislead, the parcel's state is told."""
        if shop_floor.dialogue().hear("urge", turn.words) == "again":
            turn.go_on_with("action_urge")
        elif order.state is OrderState.SHIPPED and order.trace:
            status = parcel.of_order(order, turn.now, turn.shop.policy.on_the_way.stalled_hours).status
            if status in parcel.SAYS_MORE_THAN_A_DATE:
                turn.go_on_with("action_track")
            else:
                say_order_dates(turn, order)
        else:
            say_order_dates(turn, order)

    def _say_dates(self, turn: Turn, found: ShippingDates) -> None:
        words = Words.of(turn, found, turn.product, turn.now)
        when = "today" if found.before_cutoff else "later"
        if found.arrives_from is None:
            turn.say(f"utter_ships_{when}", **words.values)
        else:
            turn.say(f"utter_ships_{when}_arrives", region=region_of(turn), **words.values)

    @staticmethod
    def _say_in_time(turn: Turn, found: ShippingDates, wanted: date) -> None:
        """ "周五前能到吗": yes, perhaps or no, by the table."""
        key = (
            "surely"
            if found.arrives_to <= wanted
            else "perhaps"
            if found.arrives_from <= wanted
            else "hardly"
        )
        turn.say(f"utter_in_time_{key}", wanted=day(wanted))

    @staticmethod
    def _say_that_day(turn: Turn, wanted: date) -> None:
        """ "春节发货吗", "周日发不发": whether the warehouse works then, and when it goes on."""
        table = turn.shop.shipping
        holiday = shipping.holiday_on(table, wanted)
        cutoff = f"{table.cutoff:%H:%M}"
        if holiday:
            last = _last_working_day(turn, holiday.starts)
            opens = shipping.next_working_day(table, holiday.ends + timedelta(days=1))
            turn.say(
                "utter_holiday",
                name=holiday.name,
                starts=day(holiday.starts),
                ends=day(holiday.ends),
                last=day(last),
                cutoff=cutoff,
                opens=day(opens),
            )
            return
        found = shipping.dates(turn.shop, datetime.combine(wanted, time(0, 0)), region_of(turn), turn.product)
        if isinstance(found, Unserved):
            say_unserved(turn, found)
            return
        words = Words.of(turn, found, turn.product, datetime.combine(wanted, time(0, 0)))
        key = "open" if found.ships_on == wanted else "closed"
        tail = "" if found.arrives_from is None else "_arrives"
        turn.say(f"utter_that_day_{key}{tail}", wanted=day(wanted), region=region_of(turn), **words.values)

    @staticmethod
    def _asked_day(turn: Turn) -> date | None:
        told = turn.entity("date")
        return resolve_date(str(told), turn.now) if told else None

    @staticmethod
    def _is_deadline(turn: Turn) -> bool:
        return shop_floor.dialogue().hear("date", turn.words) == "deadline"

    @staticmethod
    def _order(turn: Turn) -> Order | None:
        """Somebody who looks at a product, names a place or a day to buy on asks before buying."""
        is_before_buying = shop_floor.dialogue().hear("date", turn.words) == "buying" or turn.entity("region")
        is_about_order = turn.entity("order_id") or turn.metadata.get("order_id")
        if turn.entity("order_id") and turn.words and not has_orders(turn):
            return None
        if not is_about_order and (turn.metadata.get("product_id") or is_before_buying):
            return None
        order = meant(turn) if turn.orders else None
        return order if order and order.state in ON_ITS_WAY else None


def _last_working_day(turn: Turn, before: date) -> date:
    found = before - timedelta(days=1)
    while shipping.next_working_day(turn.shop.shipping, found) != found:
        found -= timedelta(days=1)
    return found


@dataclass(frozen=True)
class Words:
    """Dates and their honest reason as a customer reads them."""

    values: dict[str, str]

    @classmethod
    def of(
        cls,
        turn: Turn,
        found: ShippingDates,
        product: Product | None,
        start: datetime,
        is_paid: bool = False,
    ) -> Words:
        cutoff = f"{found.cutoff or turn.shop.shipping.cutoff:%H:%M}"
        values = {
            "cutoff": cutoff,
            "ships_on": day(found.ships_on),
            "place": found.ships_from,
            "why": why(found, product, start, is_paid),
            "slow": slow(found),
        }
        if found.arrives_from and found.arrives_to:
            values |= {"arrives_from": day(found.arrives_from), "arrives_to": day(found.arrives_to)}
        return cls(values)


def why(found: ShippingDates, product: Product | None, start: datetime, is_paid: bool) -> str:
    """Why it does not leave on the day it is paid; "" when it does."""
    phrase = shop_floor.dialogue().phrase
    if found.ships_on == start.date():
        return ""
    if product and product.presale_ships_on and product.presale_ships_on <= found.ships_on:
        return phrase("why", "presale")
    if found.holiday:
        span = {"starts": day(found.holiday.starts), "ends": day(found.holiday.ends)}
        return phrase("why", "holiday", name=found.holiday.name, **span)
    if product and product.handling_days:
        return phrase("why", "handling", days=product.handling_days)
    is_after = found.cutoff is not None and start.time() >= found.cutoff
    if not is_after:
        return phrase("why", "closed")
    return phrase("why", "paid_after_cutoff" if is_paid else "after_cutoff", cutoff=f"{found.cutoff:%H:%M}")


def slow(found: ShippingDates) -> str:
    """What makes the way longer than usual."""
    phrase = shop_floor.dialogue().phrase
    if found.delay:
        return phrase("slow", "delay", reason=found.delay.reason)
    return phrase("slow", "rest", name=found.rest.name) if found.rest else ""


def order_words(turn: Turn, order: Order, found: ShippingDates) -> dict[str, str]:
    """The order's dates with the reason behind them."""
    products = [turn.shop.products[line.product_id] for line in order.lines]
    slowest = max(products, key=lambda p: (p.presale_ships_on or date.min, p.handling_days))
    values = Words.of(turn, found, slowest, order.paid_at or order.placed_at, True).values
    return {**values, "item": item_name(turn, order), "order": order.id, "courier": order.courier}


def say_order_dates(turn: Turn, order: Order) -> None:
    """When this order leaves or arrives."""
    found = shipping.promised(turn.shop, order)
    if isinstance(found, Unserved):
        say_unserved(turn, found)
        return
    state = "shipped" if order.state is OrderState.SHIPPED else "waiting"
    late = "_late" if shipping.is_late(turn.shop, order, turn.now) else ""
    turn.say(f"utter_order_{state}{late}", **order_words(turn, order, found))
