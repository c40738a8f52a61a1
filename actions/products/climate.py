"""The place, the room or the degrees she tells, held against the range the catalogue gives: never a guess, and never
something that will not do in its place.

Source: docs/transcript-review.md, E 8 and 9.
"""

from __future__ import annotations

from collections.abc import Iterable

from actions.common import shop_floor
from actions.common.cards import number, product_card
from actions.common.turn import Turn
from actions.products import sought
from bot.placeholders import yuan
from bot.shop.goods import needs, warmth
from bot.shop.goods.catalogue import in_stock
from bot.shop.goods.wishes import Wishes
from bot.shop.records.model import Kind, Product

ROOM = 18
"""Degrees from which a place is a room: it says something of bedding, nothing of a coat."""
HARD = -10
"""Down to here a winter is what the range itself answers (冬天能穿吗)."""


def day_of(turn: Turn, product: Product, words: str | None = None) -> float | None:
    """The day these words tell for this product; of a heated room only what is used in it is judged."""
    day = warmth.day_told(turn.shop, turn.words if words is None else words)
    if day is None or warmth.degrees(turn.words):
        return day
    return day if (day >= ROOM) == (product.kind is Kind.HOME) else None


def is_told(turn: Turn, product: Product) -> bool:
    """Whether this message tells a day or a room, or asks whether it will do on the one told before."""
    if day_of(turn, product) is not None:
        return True
    is_asked = shop_floor.dialogue().hear("enough", turn.words) is not None
    return is_asked and sought.day_before(turn) is not None


def is_judged(turn: Turn, product: Product) -> bool:
    """Whether its range, what stands in for it, or its own downsides tell something about that day."""
    day = day_of(turn, product)
    day = sought.day_before(turn) if day is None else day
    if day is None or warmth.made_for(product) is not None:
        return day is not None
    is_against = bool(needs.against(product, sought.needs_told(turn)))
    is_worn = product.kind is not Kind.HOME
    return is_against or (is_worn and bool(warmth.instead(turn.shop, product, day)))


def say(turn: Turn, product: Product) -> bool:
    """Whether it is made for that day, and what is instead; False where no day is known or the range tells enough."""
    told = day_of(turn, product)
    is_asked = shop_floor.dialogue().hear("enough", turn.words) is not None
    day = told if told is not None else sought.day_before(turn) if is_asked else None
    if day is None:
        return False
    sought.remember(turn)
    found = warmth.verdict_on(product, day)
    heard = sought.needs_told(turn)
    is_warm_room = product.kind is Kind.HOME and day >= ROOM
    if is_warm_room and (needs.against(product, heard) or (found and not found.is_in)):
        return say_room(turn, product)
    if found is None:
        return _say_unwritten(turn, product, day)
    if found.is_in and not warmth.degrees(turn.words) and day > HARD:
        return False
    _say_verdict(turn, product, found)
    return True


def made_for_the_day(turn: Turn, among: Iterable[Product]) -> list[Product]:
    """What will do on the day told goes before what is called a good present."""
    day = sought.day(turn)
    judged = [(p, warmth.verdict_on(p, day)) for p in among if day is not None and in_stock(p)]
    return [product for product, found in judged if found and found.is_in]


def widened(turn: Turn, fitting: list[Product], limits: Wishes) -> list[Product]:
    """外套 for 沈阳: where none of the sort is made for the day told, what can stand in for them and is."""
    day = sought.day(turn)
    if day is None or day >= ROOM or not fitting or any(_holds(p, day) for p in fitting):
        return fitting
    others = dict.fromkeys(other for product in fitting for other in product.substitutes)
    standing_in = [turn.shop.products[other] for other in others if turn.shop.products[other] not in fitting]
    alike = [p for p in standing_in if p.kind is fitting[0].kind and p.audience is fitting[0].audience]
    made = [p for p in alike if in_stock(p) and _holds(p, day) and limits.allow(p)]
    return [*made, *fitting] if made else fitting


def fit_beside(rest: list[Product], day: float | None) -> list[Product]:
    """In hard cold only what is written to be made for it is shown beside as fitting too."""
    return rest if day is None or day > HARD else [product for product in rest if _holds(product, day)]


def _holds(product: Product, day: float) -> bool:
    found = warmth.verdict_on(product, day)
    return found is not None and found.is_in


def sorted_for_the_day(turn: Turn, fitting: list[Product]) -> list[Product]:
    """What is made for the day told first, the nearest where nothing is; as they are where no day is told."""
    day = sought.day(turn)
    return fitting if day is None else warmth.for_day(fitting, day) or fitting


def is_warm_room(product: Product, day: float | None) -> bool:
    """Whether it would be too warm in the room told."""
    found = None if day is None else warmth.verdict_on(product, day)
    return found is not None and not found.is_in and not found.is_too_cold and product.kind is Kind.HOME


def say_reach(turn: Turn, product: Product, day: float | None) -> None:
    """Behind a recommendation: what it is made for; and the truth where even the warmest there is will not do."""
    found = None if day is None else warmth.verdict_on(product, day)
    if found is None or day is None:
        return
    is_plain_winter = found.is_in and not warmth.degrees(turn.words) and HARD < day < ROOM
    response = "utter_reaches" if found.is_in else "utter_reaches_short"
    if is_plain_winter:  # how cold it gets depends on where she is
        response = "utter_reaches_where" if turn.slot("height_cm") else "utter_reaches_who"
    turn.say(response, range=found.told, degrees=number(abs(day)), sign=_sign(day))


def say_none_thinner(turn: Turn, product: Product) -> bool:
    """ "有没有薄一点的被子" where all are thick: so it is, and what keeps less warm beside them."""
    day = sought.day(turn)
    if day is not None and day >= ROOM:
        return say_room(turn, product)
    other = warmth.cooler(turn.shop, product)
    if other is None:
        return False
    turn.has_shown([product, other])
    values = {"product": product.name, "other": other.name, "thickness": warmth.thickness(other)}
    turn.say("utter_none_thinner", card=product_card(other), price=yuan(other.price), **values)
    return True


def say_of_body(turn: Turn, product: Product) -> None:
    """What speaks against it for somebody as tall as was told."""
    height = turn.slot("height_cm")
    if lines := needs.against_height(product, float(height) if height else None):
        turn.say("utter_honest", product=product.name, downside="；".join(lines))


def _say_verdict(turn: Turn, product: Product, found: warmth.Verdict) -> None:
    values = {"product": product.name, "range": found.told, "degrees": number(abs(found.degrees))}
    if found.is_in:
        is_told = bool(warmth.degrees(turn.words))
        turn.say("utter_warm_enough" if is_told else "utter_warm_place", **values, sign=_sign(found.degrees))
        say_of_body(turn, product)
        return
    other = next(iter(warmth.instead(turn.shop, product, found.degrees)), None)
    if other is None:
        turn.say("utter_too_cold" if found.is_too_cold else "utter_too_warm", **values)
        return
    response = "utter_too_cold_instead" if found.is_too_cold else "utter_too_warm_instead"
    _say_other(turn, response, product, other, range=found.told)


def _say_other(turn: Turn, response: str, product: Product, other: Product, **values: str) -> None:
    made = warmth.made_for(other)
    turn.has_shown([product, other])
    if not turn.metadata.get("product_id"):  # on no page: what she is told of next is the one that will do
        turn.set(product_id=other.id)
    range_ = made[0] if made else ""
    turn.say(
        response,
        card=product_card(other),
        product=product.name,
        other=other.name,
        other_range=range_,
        **values,
    )
    say_of_body(turn, other)


def _say_unwritten(turn: Turn, product: Product, day: float) -> bool:
    """Its range is not written: nothing is promised, and what is made for that day is named."""
    if product.kind is Kind.HOME or needs.against(product, sought.needs_told(turn)):
        return False
    other = next(iter(warmth.instead(turn.shop, product, day)), None)
    if other is None:
        return False
    _say_other(turn, "utter_warmth_unwritten", product, other)
    return True


def say_room(turn: Turn, product: Product) -> bool:
    """A warm room: what is too warm is not praised, nor is what stands beside it; what keeps less warm is named."""
    other = warmth.cooler(turn.shop, product)
    if other is None:
        turn.say("utter_room_too_warm", product=product.name)
        return True
    turn.has_shown([product, other])
    turn.say(
        "utter_room_too_warm_instead",
        card=product_card(other),
        product=product.name,
        other=other.name,
        thickness=warmth.thickness(other),
        price=yuan(other.price),
    )
    return True


def _sign(day: float) -> str:
    return shop_floor.dialogue().phrase("degrees", "below" if day < 0 else "above")
