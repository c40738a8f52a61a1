"""When it leaves and arrives; from the shipping tables, never from prose. What postage costs: postage.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from actions.after_sale.replacing import replacement
from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.cards import day
from actions.common.choosing import has_orders, item_name, meant, order_or_ask, orders_card
from actions.common.turn import Turn
from actions.deciding import own_matters
from actions.orders.shared import own_order
from actions.parcels.late_or_not import say_way_out, say_when_known
from actions.prices.price_talk import last_action
from bot.shop.orders.awaited import ON_ITS_WAY, about_orders, is_before_buying
from bot.shop.orders.own_words import Matter, read
from bot.shop.parcels import parcel, shipping
from bot.shop.parcels.asked_days import asked_days
from bot.shop.parcels.shipping import ShippingDates, Unserved
from bot.shop.records.model import Product
from bot.shop.records.orders import Order, OrderState

RECEIVED = (OrderState.DELIVERED, OrderState.COMPLETED)
ABOUT_ORDERS = (
    *("action_track", "action_urge", "action_shipping_time", "action_modify_order", "action_apply_change"),
    *("action_modify_address", "action_change_address", "action_cancel_order", "action_keep_order"),
)
"""Answers after which a question about days goes on about the order."""
WHEN_AGAIN = {"exchange": "utter_exchange_when", "resend": "utter_resend_when"}


@dataclass(frozen=True)
class InTime:
    """Responses to "周五前能到吗"."""

    surely: str
    perhaps: str
    hardly: str


IN_TIME = InTime("utter_in_time_surely", "utter_in_time_perhaps", "utter_in_time_hardly")
ORDER_IN_TIME = InTime(
    "utter_order_in_time_surely", "utter_order_in_time_perhaps", "utter_order_in_time_hardly"
)


def region_of(turn: Turn) -> str | None:
    """Told now or before, else where the customer lives."""
    region = turn.known("region") or (turn.customer.region if turn.customer else None)
    turn.set(region=turn.known("region"))
    return region or None


def say_unserved(turn: Turn, found: Unserved) -> None:
    reason = shop_floor.dialogue().phrase("why", "unserved", reason=found.reason) if found.reason else ""
    turn.say("utter_unserved", region=found.region, reason=reason)


class ShippingTime(BotAction):
    """Of the order that is still to come, of a day that was asked about, else of what could be bought now."""

    action = "action_shipping_time"

    def act(self, turn: Turn) -> None:
        days = asked_days(turn.words, turn.now)
        later = days.buys_on or days.ships_on
        holiday = shipping.holiday_on(turn.shop.shipping, later or days.arrives_by or turn.today)
        if turn.words and Matter.IN_STOCK_SAID in read(turn.words) and say_presale(turn):
            return
        if say_replacement(turn):
            return
        possible = self._orders(turn)
        if holiday and holiday.starts > turn.today:
            self._say_that_day(turn, later or days.arrives_by or turn.today)
        elif len(possible) > 1:
            turn.set(pending=self.action)
            turn.say("utter_which_order", card=orders_card(turn, possible))
        elif possible:
            turn.talk_about(possible[0])
            self._say_order(turn, possible[0], days.arrives_by)
            say_way_out(turn, possible[0])
        elif later and later > turn.today:
            self._say_that_day(turn, later, days.arrives_by)
        else:
            self.tell_new(turn, days.arrives_by)

    def tell_new(self, turn: Turn, wanted: date | None) -> None:
        """What is bought now, held against the day it is wanted by."""
        turn.set(pending=self.action)
        found = shipping.dates(turn.shop, turn.now, region_of(turn), turn.product)
        if isinstance(found, Unserved):
            say_unserved(turn, found)
            return
        self._say_dates(turn, found)
        if wanted:
            say_in_time(turn, found, wanted)

    @staticmethod
    def _say_order(turn: Turn, order: Order, wanted: date | None) -> None:
        """Asked once more after urging, it is urged again; where a date would mislead, the parcel's state is told."""
        if shop_floor.dialogue().hear("urge", turn.words) == "again":
            turn.go_on_with("action_urge")
        elif order.state is OrderState.SHIPPED and order.trace:
            status = parcel.of_order(order, turn.now, turn.shop.policy.on_the_way.stalled_hours).status
            if status in parcel.SAYS_MORE_THAN_A_DATE:
                turn.go_on_with("action_track")
            else:
                say_order_dates(turn, order, wanted)
        else:
            say_order_dates(turn, order, wanted)
            if order.state is not OrderState.SHIPPED and shipping.is_late(turn.shop, order, turn.now):
                say_when_known(turn)

    def _say_dates(self, turn: Turn, found: ShippingDates) -> None:
        words = Words.of(turn, found, turn.product, turn.now)
        when = "today" if found.before_cutoff else "later"
        if found.arrives_from is None:
            turn.say(f"utter_ships_{when}", **words.values)
        else:
            turn.say(f"utter_ships_{when}_arrives", region=region_of(turn), **words.values)

    @staticmethod
    def _say_that_day(turn: Turn, wanted: date, needed: date | None = None) -> None:
        """ "春节发货吗", "周日发不发": whether the warehouse works then, when it goes on, and whether it is there by
        the day it is `needed`."""
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
        if needed:
            say_in_time(turn, found, needed)

    @staticmethod
    def _orders(turn: Turn) -> Sequence[Order]:
        """Her orders that this can be about; none where she asks before buying."""
        if turn.entity("order_id") or turn.metadata.get("order_id"):
            if turn.entity("order_id") and turn.words and not has_orders(turn):
                return ()
            order = meant(turn) if turn.orders else None
            return (order,) if order and order.state in ON_ITS_WAY else ()
        region, page = turn.entity("region"), turn.metadata.get("product_id")
        is_elsewhere = region is not None and all(order.region != region for order in turn.orders)
        talked = turn.slot("order_id") if last_action(turn) in ABOUT_ORDERS else None
        in_view = turn.product.id if turn.product else None
        found = about_orders(turn.shop, turn.orders, turn.words, turn.now, in_view, talked, is_elsewhere)
        if found or page or region or in_view or not turn.orders or is_before_buying(turn.words):
            return found or (_bare_asked(turn) if not page and not region else ())
        order = meant(turn)
        return (order,) if order and order.state in ON_ITS_WAY else _bare_asked(turn)


def _bare_asked(turn: Turn) -> Sequence[Order]:
    """ "到底几号能到" and nothing else, from who waits for a parcel: that parcel, or what is next to leave."""
    if not turn.words or Matter.ARRIVAL not in read(turn.words):
        return ()
    coming = [order for order in turn.orders if order.state in ON_ITS_WAY]
    is_sending = shop_floor.dialogue().hear("sending", turn.words) is not None
    first = [order for order in coming if (order.state is OrderState.SHIPPED) is not is_sending]
    return first or coming


def say_presale(turn: Turn) -> bool:
    """She thought it was in stock: the truth about its presale day, and the ways there are."""
    order = own_matters.presale_order(turn)
    found = shipping.promised(turn.shop, order) if order else None
    if order is None or not isinstance(found, ShippingDates):
        return False
    turn.talk_about(order)
    turn.say("utter_order_presale", **order_words(turn, order, found))
    return True


def say_replacement(turn: Turn) -> bool:
    """What is exchanged or sent again comes on its own way: from when it leaves, never "pay now"."""
    asked = (turn.before("draft") or {}).get("replacement") if turn.is_payload else None
    said = asked or shop_floor.dialogue().hear("replacement", turn.words)
    is_bare = bool(turn.words) and Matter.ARRIVAL in read(turn.words)
    promised = replacement(turn) if said or is_bare else None
    kind = said or (promised.kind if promised else None)
    if not kind or not turn.orders:
        return False
    order = own_order(turn, promised.order_id) if promised else None
    if order is None:
        turn.set(draft={"replacement": kind})
        order = order_or_ask(turn, RECEIVED)
        if order is None:
            return True  # which one was asked
        turn.set(draft=None)
    product = turn.shop.products.get(order.lines[0].product_id)
    found = shipping.dates(turn.shop, turn.now, order.region, product)
    if isinstance(found, Unserved) or found.arrives_from is None or found.arrives_to is None:
        return False
    first, last = ((day_ - found.ships_on).days for day_ in (found.arrives_from, found.arrives_to))
    is_open = kind == "resend" and promised is not None and promised.is_open
    response = "utter_resend_when_open" if is_open else WHEN_AGAIN[kind]
    turn.say(response, region=order.region, first=first, last=last)
    return True


def say_in_time(turn: Turn, found: ShippingDates, wanted: date, answers: InTime = IN_TIME) -> None:
    """ "周五前能到吗": yes, perhaps or no, by the table; nothing where the place is not known."""
    if found.arrives_from is None or found.arrives_to is None:
        return
    if found.arrives_to <= wanted:
        answer = answers.surely
    else:
        answer = answers.perhaps if found.arrives_from <= wanted else answers.hardly
    turn.say(answer, wanted=day(wanted))


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


def say_order_dates(turn: Turn, order: Order, wanted: date | None = None) -> None:
    """When this order leaves or arrives, and whether it is there by the day it is `wanted`."""
    found = shipping.promised(turn.shop, order)
    if isinstance(found, Unserved):
        say_unserved(turn, found)
        return
    state = "shipped" if order.state is OrderState.SHIPPED else "waiting"
    late = "_late" if shipping.is_late(turn.shop, order, turn.now) else ""
    turn.say(f"utter_order_{state}{late}", **order_words(turn, order, found))
    if wanted and not late:
        say_in_time(turn, found, wanted, ORDER_IN_TIME)
