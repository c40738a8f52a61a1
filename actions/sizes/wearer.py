"""For whom a size is chosen, and what is known of her: told once, kept apart from everybody else's measures."""

from __future__ import annotations

from typing import Any

from actions.common import shop_floor
from actions.common.turn import Turn
from actions.sizes import told
from actions.sizes.told import NUMBERS
from bot.shop.goods.beside import is_over_thick
from bot.shop.records.model import Audience, Kind, Product
from bot.shop.sizes import persons
from bot.shop.sizes.bare_measures import childs, feet_of_people
from bot.shop.sizes.waist import told_cm
from bot.shop.sizes.wearer import SELF, Figure, Fit, Foot, Measures, speaks_of_oneself

BODY = (*NUMBERS, "usual_size", "fit", "figure", "foot", "room")
"""Slots that describe the wearer named by the slot `wearer`; those of others wait in `wearers`."""


def remember(turn: Turn, product: Product | None) -> bool:
    """Keep what this message tells of the wearer; True if it told anything."""
    found = told.of_message(turn, product, own(turn))
    turn_to(turn, _who(turn, product))
    turn.set(**found)
    return bool(found)


def people(turn: Turn) -> tuple[tuple[str, str], ...]:
    """Who are told of in this message, each with the part of it that is about them; empty for one person."""
    if not turn.words:
        return ()
    return persons.apart(feet_in_words(turn, turn.product), shop_floor.dialogue().heard["wearer"])


def feet_in_words(turn: Turn, product: Product | None) -> str:
    """ "老婆24 孩子20" beside a shoe, told as feet; the words as they are for anything else."""
    is_shoe = product is not None and product.kind is Kind.SHOES
    names = [name for words in shop_floor.dialogue().heard["wearer"].values() for name in words]
    return feet_of_people(turn.words, names) if is_shoe else turn.words


def remember_part(turn: Turn, product: Product | None, who: str, part: str) -> None:
    """Keep what one part of the message tells of one of several people."""
    found = told.of_part(turn, product, part)
    turn_to(turn, who)
    turn.set(**found)


def own(turn: Turn) -> dict[str, Any]:
    """The speaker's own measures, as far as they are known."""
    if turn.slot("wearer") in (None, SELF):
        return {name: turn.slot(name) for name in NUMBERS}
    return dict((turn.slot("wearers") or {}).get(SELF, {}))


def corrects(turn: Turn) -> bool:
    """Whether a bare number puts right what was told ("打错了 是58"): it is nothing else, however it was read."""
    return told.correction(turn, turn.product) is not None


def is_man(turn: Turn) -> bool:
    """Whether the wearer is known to be a man."""
    who = turn.slot("wearer")
    return who is not None and shop_floor.dialogue().hear("man", who) is not None


def measures(turn: Turn) -> Measures:
    """What is known of the wearer whose size is asked for."""
    numbers = {name: float(turn.slot(name)) for name in NUMBERS if turn.slot(name) is not None}
    fit, foot = turn.slot("fit"), turn.slot("foot")
    return Measures(
        **numbers,
        usual_size=turn.slot("usual_size"),
        fit=Fit(fit) if fit else None,
        figure=tuple(Figure(each) for each in turn.slot("figure") or ()),
        foot=Foot(foot) if foot else None,
        room=bool(turn.slot("room")),
        width_cm=turn.slot("width_cm"),
    )


def is_told(turn: Turn) -> bool:
    """Whether a message carries a body although it was not read as a question for a size ("不对 是120斤", "肚子大")."""
    words = shop_floor.dialogue()
    if any(turn.entity(name) is not None for name in ("height_cm", "weight_kg", "foot_length_mm")):
        return True
    product = turn.product
    if told.bare_foot(turn.words, product) is not None or told_cm(turn.words) is not None:
        return True
    if told.correction(turn, product) is not None or _is_beside_me(turn) or _is_of_a_child(turn, product):
        return True
    if turn.slot("doubt") and words.hear("weight_unit", turn.words):
        return True
    has_been_sized = turn.slot("wearer") is not None
    if has_been_sized and is_over_thick(turn.words):
        return True
    return has_been_sized and any(words.hear(note, turn.words) for note in ("figure", "foot", "room"))


def _is_beside_me(turn: Turn) -> bool:
    """ "她比我矮5厘米", where the speaker's own are known."""
    mine = own(turn)
    return persons.beside(turn.words, mine.get("height_cm"), mine.get("weight_kg")) != turn.words


def _is_of_a_child(turn: Turn, product: Product | None) -> bool:
    is_childs = product is not None and product.audience is Audience.CHILD and product.kind is not Kind.SHOES
    return is_childs and bool(childs(turn.words)) and turn.entity("color") is None


def _who(turn: Turn, product: Product | None) -> str | None:
    """Somebody named, else the speaker where she says "我", else whoever the product is for."""
    current = turn.slot("wearer")
    words = shop_floor.dialogue()
    child = words.phrase("wearer", "child")
    named = persons.named(turn.words, words.heard["wearer"]) if turn.words else None
    if named:
        is_boy = product is not None and product.audience is Audience.CHILD and words.hear("man", named)
        return child if is_boy else named
    if words.hear("oneself", turn.words) or speaks_of_oneself(turn.words):
        return SELF
    if product is None or product.audience in (Audience.UNISEX, Audience.HOME):
        return current
    if product.audience is Audience.CHILD:
        return child
    return SELF if current in (None, child) else current


def turn_to(turn: Turn, who: str | None) -> None:
    """Lay the present wearer's measures aside and take out those of `who`; the first one named owns what was told."""
    current = turn.slot("wearer")
    if who == current:
        return
    if current is not None:
        kept = {name: turn.slot(name) for name in BODY if turn.slot(name) is not None}
        others = {**(turn.slot("wearers") or {}), current: kept}
        turn.set(wearers=others)
        theirs = others.get(who or "", {})
        turn.set(doubt=None, **{name: theirs.get(name) for name in BODY})
    turn.set(wearer=who)
