"""Which parcel of hers the words are about where it comes back, is not there, or is feared lost; None where none is.

The deciding half of returning.py and missing.py, light enough to be asked before any reading.
"""

from __future__ import annotations

from collections.abc import Callable

from actions.common.turn import Turn
from bot.shop.after_sale import remedy_wish
from bot.shop.orders import order_choice
from bot.shop.parcels import parcel, parcel_words
from bot.shop.parcels.parcel import ParcelStatus
from bot.shop.parcels.parcel_words import OfReturning
from bot.shop.records.orders import Order, OrderState
from bot.shop.records.remedy_policy import RemedyKind
from bot.text.normalise import normalise

AGAIN, MONEY = "send_again", "money_back"
"""Values of the buttons under a parcel that comes back."""
TO_BE_THERE = (ParcelStatus.SIGNED, ParcelStatus.AT_STATION)


def takes(turn: Turn) -> bool:
    """Whether action_track answers these words, however they are read."""
    is_plain = returning(turn) is not None or missing(turn) is not None or is_loss_asked(turn)
    return is_plain or left_out(turn) is not None or _is_in_customs(turn)


def returning(turn: Turn) -> tuple[Order, OfReturning] | None:
    """The parcel on its way back and what is said of it. Named, talked about or spoken of as sent back it is surely
    meant; else, being the only one, she is told and asked."""
    if turn.entity("reason") in (AGAIN, MONEY):
        said = OfReturning.AGAIN if turn.entity("reason") == AGAIN else OfReturning.MONEY
        found = _coming_back(turn)
        return (found[0], said) if len(found) == 1 else None
    said = parcel_words.of_returning(turn.words) if turn.words else None
    found = _coming_back(turn) if said else []
    if not said or len(found) != 1:
        return None
    named = order_choice.by_product(turn.shop, turn.orders, normalise(turn.words))
    is_sure = (
        found[0] in named or turn.slot("order_id") == found[0].id or parcel_words.names_return(turn.words)
    )
    if is_sure and (not named or found[0] in named):
        return found[0], said
    is_elsewhere = named or turn.slot("trouble") or turn.slot("draft") or turn.slot("order_id")
    is_bare = not is_elsewhere and not turn.metadata.get("product_id") and not turn.before("pending")
    return (found[0], OfReturning.ASKS) if is_bare and parcel_words.speaks_of_again(turn.words) else None


def _coming_back(turn: Turn) -> list[Order]:
    """Those the shop's own parcel brings back, talked about first."""
    found = _of_status(turn, lambda order, status: status is ParcelStatus.RETURNING and _is_on_road(order))
    talked = [order for order in found if order.id == turn.slot("order_id")]
    return talked or found


def missing(turn: Turn) -> Order | None:
    """The parcel that is shown as delivered and that she says she cannot find."""
    if not turn.words or not turn.orders:
        return None
    is_looked_for = turn.slot("missing_asked") is not None
    if not parcel_words.nobody_has_it(turn.words) and not parcel_words.not_in_hand(turn.words):
        return None
    there = _of_status(turn, lambda order, status: status in TO_BE_THERE and _may_miss(order))
    asked = [order for order in there if order.id == turn.slot("missing_asked")]
    if is_looked_for and asked:
        return asked[0]
    at_station = _of_status(turn, lambda order, status: status is ParcelStatus.AT_STATION and order in there)
    return _only(turn, there) or _only(turn, at_station)


def is_loss_asked(turn: Turn) -> bool:
    """Whether she fears for a parcel of hers, or asks what becomes of a lost one."""
    is_asked = (
        bool(turn.words) and not turn.metadata.get("product_id") and parcel_words.fears_loss(turn.words)
    )
    return (is_asked and any(map(_may_miss, turn.orders))) or _wants_stalled_again(turn)


def _wants_stalled_again(turn: Turn) -> bool:
    """ "那你现在给我补发" of a parcel that does not move: sent again or paid back once it is found out, as for a lost
    one."""
    if not turn.words or turn.slot("trouble") or remedy_wish.named(turn.words) is not RemedyKind.RESEND:
        return False
    stalled = _of_status(turn, lambda _, status: status is ParcelStatus.STALLED)
    return any(order.id == turn.slot("order_id") for order in stalled)


def _is_in_customs(turn: Turn) -> bool:
    is_asked = bool(turn.words) and parcel_words.speaks_of_customs(turn.words)
    return is_asked and len(_of_status(turn, lambda _, status: status is ParcelStatus.CUSTOMS)) == 1


def left_out(turn: Turn) -> Order | None:
    """The order of which a part still travels on its own, where she asks whether that was forgotten."""
    if not turn.words or not parcel_words.asks_left_out(turn.words):
        return None
    apart = [order for order in turn.orders if order.parcels]
    return _only(turn, apart)


def feared_for(turn: Turn) -> Order | None:
    """The parcel she fears for; None where several may be meant: the rule is the same for all."""
    on_road = [order for order in turn.orders if _is_on_road(order)]
    there = _of_status(turn, lambda order, status: status is ParcelStatus.AT_STATION and _may_miss(order))
    named = [order for order in turn.orders if _may_miss(order)]
    return _only(turn, [*on_road, *there]) or _only(turn, named)


def _only(turn: Turn, orders: list[Order]) -> Order | None:
    """The one of these that the words can mean: named, else talked about, else the only one."""
    words = normalise(turn.words)
    named_any = order_choice.by_product(turn.shop, turn.orders, words)
    found = order_choice.narrowed(turn.shop, orders, turn.words, turn.now) if orders else []
    if named_any and not any(order in named_any for order in found):
        return None
    talked = [order for order in found if order.id == turn.slot("order_id")]
    meant = talked or found
    return meant[0] if len(meant) == 1 else None


def _of_status(turn: Turn, fits: Callable[[Order, ParcelStatus], bool]) -> list[Order]:
    hours = turn.shop.policy.on_the_way.stalled_hours
    return [each for each in turn.orders if fits(each, parcel.of_order(each, turn.now, hours).status)]


def _is_on_road(order: Order) -> bool:
    return order.state is OrderState.SHIPPED


def _may_miss(order: Order) -> bool:
    return order.state is OrderState.DELIVERED or _is_on_road(order)
