"""Where the parcel is, in words read from its trace, and what to do when something about it is not right."""

from __future__ import annotations

from collections.abc import Callable, Collection

from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.cards import day, order_card
from actions.common.choosing import item_name, order_or_ask
from actions.common.turn import Turn
from actions.deciding import own_matters
from actions.orders import answer_due
from actions.orders.shared import promise
from actions.parcels import missing, own_parcels, returning
from actions.parcels.further_parcels import further_named, say_further, say_parcels, say_when_further
from actions.parcels.missing import RECEIVED, not_received
from actions.parcels.parcel_facts import follow, values_of
from bot.shop.orders.own_words import Matter, read
from bot.shop.parcels import parcel, parcel_words
from bot.shop.parcels.parcel import Parcel, ParcelStatus
from bot.shop.parcels.shipping import days_late, promised
from bot.shop.records.orders import Order, OrderState
from bot.shop.talk import in_line

NOT_OFF_YET = (OrderState.PAID, OrderState.PACKED)
TO_BE_FOLLOWED = (ParcelStatus.STALLED, ParcelStatus.RETURNING, ParcelStatus.FAILED)
"""Somebody asks the courier without being told to."""


class Track(BotAction):
    action = "action_track"

    def act(self, turn: Turn) -> None:
        if returning.answer(turn) or missing.answer(turn) or say_result_due(turn):
            return
        if own_parcels.is_loss_asked(turn):
            known = frozenset(turn.slot("followed") or {})
            if feared := missing.reassure(turn):
                found = self._found(turn, feared)
                if f"{feared.id} {found.text}" in known:
                    turn.say_words(
                        shop_floor.dialogue().phrase("answer_due", "told", due=follow(turn, feared, found))
                    )
                else:
                    say_where(turn, feared, found)
            return
        if apart := own_parcels.left_out(turn):
            turn.talk_about(apart)
            say_parcels(turn, apart)
            return
        matters = read(turn.words) if turn.words else frozenset()
        is_missed = "not_received" in shop_floor.dialogue().hear_all("parcel", turn.words)
        if Matter.OTHER_PARCEL in matters and not is_missed and (apart := own_matters.other_parcel(turn)):
            turn.talk_about(apart)
            for further in apart.parcels:
                say_when_further(turn, apart, further)
            return
        if Matter.AT_STATION in matters and (waiting := own_matters.at_station(turn)):
            keep_at_station(turn, waiting)
            return
        before = shop_floor.dialogue().hear("parcel", turn.words)
        if before == "who_signed" and is_missed:
            before = "not_received"  # 没收到啊 谁签的
        if before is None and Matter.WHO_SIGNED in matters:
            before = "who_signed"
        order = (at_station(turn) if before == "pickup_code" else None) or order_or_ask(turn, _states(turn))
        if order is None:
            # The trouble told now is remembered for when the order is chosen.
            turn.set(parcel_trouble=before)
            return
        apart = further_named(turn, order) if before is None else []
        for further in apart:
            say_when_further(turn, order, further)
        if apart:
            return
        trouble = before or turn.slot("parcel_trouble")
        turn.set(parcel_trouble=None)
        if turn.entity("reason") == "parcel_missing" or (trouble is None and self._has_looked(turn, order)):
            trouble = "not_received"
        found = self._found(turn, order)
        answer = TROUBLES.get(trouble or "")
        if answer is None or not answer(turn, order, found):
            say_where(turn, order, found)

    @staticmethod
    def _found(turn: Turn, order: Order) -> Parcel:
        return parcel.of_order(order, turn.now, turn.shop.policy.on_the_way.stalled_hours)

    @staticmethod
    def _has_looked(turn: Turn, order: Order) -> bool:
        """Asked to look first, she answers: whatever it is, it is not found, or she would say so."""
        return turn.slot("missing_asked") == order.id and turn.intent in ("inform", "deny", "nlu_fallback")


def say_result_due(turn: Turn) -> bool:
    """By when she hears of what somebody looks into; False where nothing is, or she asks something else."""
    due = answer_due.told(turn) if turn.words and in_line.asks_result(turn.words) else ""
    if due:
        turn.say_words(shop_floor.dialogue().phrase("answer_due", "told", due=due))
    return bool(due)


def at_station(turn: Turn) -> Order | None:
    """The only parcel that has a pick-up code, unless another order is named or talked about."""
    if turn.entity("order_id") or any(map(turn.is_about, turn.orders)):
        return None
    stalled = turn.shop.policy.on_the_way.stalled_hours
    there = [
        order
        for order in turn.orders
        if parcel.of_order(order, turn.now, stalled).status is ParcelStatus.AT_STATION
    ]
    if len(there) == 1:
        turn.talk_about(there[0])
        return there[0]
    return None


def _states(turn: Turn) -> Collection[OrderState]:
    """A parcel that does not move is one under way; what was never paid or called off has none."""
    is_stuck = bool(turn.words) and Matter.STUCK in read(turn.words)
    is_on_its_way = is_stuck or shop_floor.dialogue().hear("moving", turn.words) is not None
    if is_on_its_way and any(order.state is OrderState.SHIPPED for order in turn.orders):
        return (OrderState.SHIPPED,)
    return tuple(OrderState)


def date_would_mislead(turn: Turn, order: Order) -> bool:
    """The table's days are no answer for a parcel in customs, on its way back, at a station or at her door."""
    found = parcel.of_order(order, turn.now, turn.shop.policy.on_the_way.stalled_hours)
    return order.state is OrderState.SHIPPED and found.status in parcel.SAYS_MORE_THAN_A_DATE


def say_where(turn: Turn, order: Order, found: Parcel) -> None:
    """The state of the order in words; what is shown as delivered leaves "我没收到" open."""
    values = values_of(turn, order, found)
    if found.status in (ParcelStatus.SIGNED, ParcelStatus.AT_STATION):
        turn.set(pending="action_track")
    if order.state in NOT_OFF_YET and days_late(turn.shop, order, turn.now):
        say_late(turn, order)
    elif order.state is OrderState.UNPAID:
        turn.say("utter_track_unpaid", card=order_card(turn, order), **values)
    elif order.state is OrderState.SHIPPED and found.status is not ParcelStatus.NO_TRACE:
        if found.status in TO_BE_FOLLOWED:
            values["due"] = follow(turn, order, found)
        turn.say(f"utter_parcel_{found.status.value}", card=order_card(turn, order), **values)
    elif order.state is OrderState.DELIVERED and found.status is ParcelStatus.AT_STATION:
        turn.say("utter_parcel_at_station", card=order_card(turn, order), **values)
    else:
        turn.say(f"utter_track_{order.state.value}", card=order_card(turn, order), **values)
    for further in order.parcels:
        say_further(turn, order, further)


def say_late(turn: Turn, order: Order) -> None:
    """A day that is past is no plan: it is owned up to and hurried, and asked again it stays a debt."""
    if order.id not in (turn.slot("urged") or {}):
        turn.go_on_with("action_urge")
        return
    found = promised(turn.shop, order)
    turn.say("utter_track_late", item=item_name(turn, order), ships_on=day(found.ships_on))


def keep_at_station(turn: Turn, order: Order) -> None:
    """How long a station keeps a parcel is the station's rule, which the shop does not know: somebody asks it to."""
    found = parcel.of_order(order, turn.now, turn.shop.policy.on_the_way.stalled_hours)
    turn.talk_about(order)
    key, values = "utter_station_keep", values_of(turn, order, found)
    if parcel_words.asks_to_tell_station(turn.words):
        hours = turn.shop.policy.on_the_way.urge_again_hours
        key = "utter_station_told"
        values["due"] = promise(
            turn, "tell_station", hours, order=order.id, place=values["place"], words=turn.words
        )
    turn.say(key, **values)


def partly(turn: Turn, order: Order, found: Parcel) -> bool:
    """Only a part has come: sent in several parcels, else something was left out."""
    if order.parcels:
        say_parcels(turn, order)
        return True
    if order.state in RECEIVED:
        turn.set(trouble={**(turn.slot("trouble") or {}), "issue": "missing"})
        turn.go_on_with("after_sale_form")
        return True
    return False


def wrong_place(turn: Turn, order: Order, found: Parcel) -> bool:
    if order.state not in (OrderState.SHIPPED, *RECEIVED):
        return False
    hours = turn.shop.policy.on_the_way.urge_hours
    due = promise(turn, "wrong_place", hours, order=order.id, latest=found.text)
    turn.say("utter_wrong_place", **{**values_of(turn, order, found), "due": due})
    return True


def damaged(turn: Turn, order: Order, found: Parcel) -> bool:
    """The box is broken: before signing it can be refused, afterwards a photo begins the case."""
    if order.state in RECEIVED:
        turn.go_on_with("after_sale_form")
    elif order.state is OrderState.SHIPPED:
        turn.say("utter_damaged_on_arrival", **values_of(turn, order, found))
    else:
        return False
    return True


def pickup_code(turn: Turn, order: Order, found: Parcel) -> bool:
    if not found.code and order.state not in (OrderState.SHIPPED, *RECEIVED):
        return False
    key = "utter_pickup_code" if found.code else "utter_no_pickup_code"
    turn.say(key, **{**values_of(turn, order, found), "code": found.code})
    return True


def number_asked(turn: Turn, order: Order, found: Parcel) -> bool:
    if not order.tracking_no:
        return False
    turn.say("utter_tracking_no", **values_of(turn, order, found))
    return True


def who_signed(turn: Turn, order: Order, found: Parcel) -> bool:
    if found.status not in (ParcelStatus.SIGNED, ParcelStatus.AT_STATION):
        return False
    turn.set(pending="action_track")
    turn.say("utter_who_signed", **values_of(turn, order, found))
    return True


TROUBLES: dict[str, Callable[[Turn, Order, Parcel], bool]] = {
    "not_received": not_received,
    "partly": partly,
    "wrong_place": wrong_place,
    "damaged": damaged,
    "pickup_code": pickup_code,
    "number": number_asked,
    "who_signed": who_signed,
}
"""What is heard (dialogue.yml, `heard.parcel`) → who answers it; False where the order's state gives no reason to."""
