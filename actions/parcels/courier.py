"""Which courier, from where, to the door or a station, and whether a place is served: from the tables."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.choosing import item_name, meant
from actions.common.turn import Turn
from actions.orders.notes import read_back
from actions.orders.shared import NOT_SHIPPED, promise
from actions.parcels.parcel_facts import courier_phone
from actions.parcels.shipping import region_of, say_unserved
from actions.prices.price_talk import last_action
from actions.talk.handoff import hand_over
from bot.placeholders import yuan
from bot.shop.orders import order_note, own_words
from bot.shop.orders.own_words import Matter, read
from bot.shop.parcels import postage, shipping
from bot.shop.parcels.regions import Unserved
from bot.shop.records.orders import Order, OrderState
from bot.shop.records.shipping_table import Courier as Carrier
from bot.shop.talk import hardship
from bot.shop.talk.hardship import Hardship

UNDER_WAY = (*NOT_SHIPPED, OrderState.SHIPPED)


class Courier(BotAction):
    """What the tables or the order answer; everything else about couriers is a script."""

    action = "action_courier"

    def act(self, turn: Turn) -> None:
        if turn.words and last_action(turn) == self.action and own_words.pays_more(turn.words):
            hand_over(turn, "beyond_authority", "utter_handoff_order_change")
            return
        if turn.orders and hardship.read(turn.words) is Hardship.STAIRS and to_door(turn):
            return
        if turn.words and (asked := read(turn.words) & {Matter.NO_ANSWER, Matter.DELIVERY_TIME}):
            order = on_the_road(turn)
            if order is not None:
                no_answer(turn, order) if Matter.NO_ANSWER in asked else tell_courier(turn, order)
                return
        topic = shop_floor.dialogue().hear("courier", turn.words)
        if hardship.goes_upstairs(turn.words) and self._to_her_floor(turn):
            return
        if turn.entity("courier"):
            topic = "wish" if topic in (None, "which", "wish") else topic
        elif turn.entity("region") and topic in (None, "served"):
            topic = "served"
        answer = TOPICS.get(topic or "")
        if answer is None or not answer(turn, order_on_its_way(turn)):
            turn.go_on_with("action_faq")

    @staticmethod
    def _to_her_floor(turn: Turn) -> bool:
        """A parcel on the road has a courier who is told; what is yet to leave may go with one who comes up."""
        order = order_on_its_way(turn)
        if order is not None and order.state is OrderState.SHIPPED:
            tell_courier(turn, order)
            return True
        return upstairs(turn)


def order_on_its_way(turn: Turn) -> Order | None:
    """The order this can be about: not of somebody who is looking at a product."""
    if turn.metadata.get("product_id") and not turn.metadata.get("order_id") and not turn.slot("order_id"):
        return None
    order = meant(turn) if turn.orders else None
    return order if order and order.state in UNDER_WAY else None


def on_the_road(turn: Turn) -> Order | None:
    """The parcel a courier has: the one talked about, else the only one."""
    found = [order for order in turn.orders if order.state is OrderState.SHIPPED]
    talked = [order for order in found if order.id == turn.slot("order_id")]
    order = next(iter(talked or (found if len(found) == 1 else [])), None)
    if order is not None:
        turn.talk_about(order)
    return order


def no_answer(turn: Turn, order: Order) -> None:
    """She cannot reach the courier: somebody of the shop does."""
    hours = turn.shop.policy.on_the_way.urge_again_hours
    due = promise(turn, "call_courier", hours, order=order.id)
    turn.say("utter_courier_called_for_her", item=item_name(turn, order), courier=order.courier, due=due)


def tell_courier(turn: Turn, order: Order) -> None:
    """When or where she can take a parcel that is on the road: somebody of the shop tells those who bring it."""
    hours = turn.shop.policy.on_the_way.urge_again_hours
    due = promise(turn, "tell_courier", hours, order=order.id, words=turn.words)
    phone = courier_phone(turn, order.courier)
    values = {"item": item_name(turn, order), "courier": order.courier, "tracking_no": order.tracking_no}
    turn.say("utter_delivery_told", due=due, phone=phone, **values)


def to_door(turn: Turn) -> bool:
    """Who cannot come down: the courier's number for a parcel on its way, a note for one that has not left."""
    under_way = [order for order in turn.orders if order.state in UNDER_WAY]
    order = order_on_its_way(turn) or (under_way[0] if len(under_way) == 1 else None)
    if order is None:
        return False
    turn.talk_about(order)
    if order.state is OrderState.SHIPPED:
        return delivery(turn, order)
    propose(turn, order, shop_floor.dialogue().phrase("courier", "to_door"))
    return True


def upstairs(turn: Turn) -> bool:
    """Before buying: the courier named, else the dearest that comes to the door, which is the one for big things."""
    named = turn.shop.shipping.courier(turn.entity("courier"))
    to_the_door = [each for each in turn.shop.shipping.couriers if each.to_door and each.surcharge]
    carrier = named or max(to_the_door, key=lambda each: each.surcharge, default=None)
    if carrier is None or not carrier.to_door:
        return False
    turn.say("utter_courier_upstairs", courier=carrier.name, surcharge=yuan(carrier.surcharge))
    return True


def which(turn: Turn, order: Order | None) -> bool:
    if order and order.courier:
        turn.say(
            "utter_courier_of_order",
            item=item_name(turn, order),
            courier=order.courier,
            tracking_no=order.tracking_no,
        )
        return True
    turn.say(
        "utter_courier_which", courier=turn.shop.shipping.default_courier.name, others=others_words(turn)
    )
    return True


def others_words(turn: Turn) -> str:
    return "、".join(_with_price(each) for each in turn.shop.shipping.couriers if not each.default)


def _with_price(carrier: Carrier) -> str:
    key = "dearer" if carrier.surcharge else "free"
    return shop_floor.dialogue().phrase("courier", key, name=carrier.name, surcharge=yuan(carrier.surcharge))


def wish(turn: Turn, order: Order | None) -> bool:
    """Another courier: whether the shop works with it and what it costs; for an open order the note is proposed."""
    carrier = turn.shop.shipping.courier(turn.entity("courier"))
    if carrier is None:
        default = turn.shop.shipping.default_courier.name
        turn.say(
            "utter_courier_not_ours",
            wished=turn.entity("courier") or "",
            courier=default,
            others=others_words(turn),
        )
        return bool(turn.entity("courier"))
    if order and order.state is OrderState.SHIPPED:
        turn.say("utter_courier_too_late", item=item_name(turn, order), courier=order.courier)
    elif carrier.surcharge:
        turn.say("utter_courier_dearer", courier=carrier.name, surcharge=yuan(carrier.surcharge))
    elif order and order.state in NOT_SHIPPED:
        note = shop_floor.dialogue().phrase("courier", "note", name=carrier.name)
        propose(turn, order, note)
    else:
        turn.say("utter_courier_same_price", courier=carrier.name)
    return True


def propose(turn: Turn, order: Order, note: str) -> None:
    """A delivery wish becomes a note on an order that has not left."""
    if order.state is OrderState.PACKED:
        turn.go_on_with("action_modify_order")
        return
    read_back(turn, order, note)


def delivery(turn: Turn, order: Order | None) -> bool:
    """To the door, at a station, at a time: a note before it leaves, afterwards the courier's number."""
    if order is None:
        return False
    if order.state is OrderState.SHIPPED:
        phone = courier_phone(turn, order.courier)
        turn.say(
            "utter_delivery_on_the_way",
            item=item_name(turn, order),
            courier=order.courier,
            phone=phone,
            tracking_no=order.tracking_no,
        )
    else:
        propose(turn, order, order_note.note_in(turn.words))
    return True


def origin(turn: Turn, order: Order | None) -> bool:
    region = turn.known("region") or (order.region if order else None) or region_of(turn)
    category = turn.product.category if turn.product else ""
    place = shipping.warehouse_for(turn.shop.shipping, region, category)
    if region:
        turn.say("utter_ships_from_to", place=place, region=region)
    else:
        places = dict.fromkeys(
            (turn.shop.shipping.warehouse, *(w.place for w in turn.shop.shipping.warehouses))
        )
        turn.say("utter_ships_from", places="、".join(places))
    return True


def phone(turn: Turn, order: Order | None) -> bool:
    if not order or not order.courier:
        return False
    turn.say(
        "utter_courier_phone",
        courier=order.courier,
        phone=courier_phone(turn, order.courier),
        tracking_no=order.tracking_no,
    )
    return True


def served(turn: Turn, order: Order | None) -> bool:
    region = turn.entity("region")
    if not region:
        return False
    found = postage.fee(turn.shop, region, Decimal(0), Decimal(1))
    dates = shipping.dates(turn.shop, turn.now, region, turn.product)
    turn.set(region=region, pending="action_courier")  # "那香港呢" asks the same of another place
    if isinstance(found, Unserved) or isinstance(dates, Unserved):
        say_unserved(turn, found if isinstance(found, Unserved) else dates)
        return True
    key = "utter_served_never_free" if found.free_from is None else "utter_served"
    turn.say(key, region=region, fee=yuan(found.yuan), free_from=yuan(found.free_from or 0))
    return True


def pick_up(turn: Turn, order: Order | None) -> bool:
    if not turn.orders:
        return False
    turn.go_on_with("action_track")
    return True


TOPICS: dict[str, Callable[[Turn, Order | None], bool]] = {
    "which": which,
    "wish": wish,
    "delivery": delivery,
    "origin": origin,
    "phone": phone,
    "served": served,
    "pick_up": pick_up,
}
"""What is heard (dialogue.yml, `heard.courier`) → who answers it; False leaves it to the scripts."""
