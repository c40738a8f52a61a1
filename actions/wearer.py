"""For whom a size is chosen, and what is known of her: told once, kept apart from everybody else's measures."""

from __future__ import annotations

from typing import Any

from actions import shop_floor
from actions.turn import Turn
from bot.shop.dimensions import lengths
from bot.shop.model import Audience, Kind, Product
from bot.shop.wearer import Figure, Fit, Foot, Measures, half_size, speaks_of_oneself, tells_usual_size
from bot.text import measures as text_measures

NUMBERS = ("height_cm", "weight_kg", "age", "foot_length_mm")
BODY = (*NUMBERS, "usual_size", "fit", "figure", "foot", "room")
"""Slots that describe the wearer named by the slot `wearer`; those of others wait in `wearers`."""
SELF = "self"


def remember(turn: Turn, product: Product | None) -> bool:
    """Keep what this message tells of the wearer; True if it told anything."""
    told = _told(turn, product)
    _turn_to(turn, _who(turn, product))
    turn.set(**told)
    return bool(told)


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
    if _bare_foot(turn, turn.product) is not None:
        return True
    if turn.slot("doubt") and words.hear("weight_unit", turn.words):
        return True
    has_been_sized = turn.slot("wearer") is not None
    return has_been_sized and any(words.hear(note, turn.words) for note in ("figure", "foot", "room"))


def _told(turn: Turn, product: Product | None) -> dict[str, Any]:
    words = shop_floor.dialogue()
    is_correction = words.hear("correction", turn.words) is not None
    found: dict[str, Any] = {}
    for name in (*NUMBERS, "usual_size"):
        values = turn.entities(name)
        if values:  # "不是110斤，是120斤": the last one is right
            found[name] = values[-1] if is_correction else values[0]
    if "foot_length_mm" not in found and (foot := _bare_foot(turn, product)):
        found["foot_length_mm"] = foot
    if usual := _usual(turn, product):
        found.setdefault("usual_size", usual)
    is_about_the_cut = words.hear("runs", turn.words) is not None
    fit = turn.entity("fit") or (None if is_about_the_cut else words.hear("fit", turn.words))
    heard = {
        "fit": fit,
        "figure": list(words.hear_all("figure", turn.words)),
        "foot": words.hear("foot", turn.words),
        "room": words.hear("room", turn.words) is not None,
    }
    if heard["room"] and not turn.entity("fit"):
        heard["fit"] = None  # "买大点，长得快" is room to grow, not a taste
    return found | {name: value for name, value in heard.items() if value}


def _bare_foot(turn: Turn, product: Product | None) -> int | None:
    """ "量了 22.8厘米" beside a shoe is a foot, though nothing says so."""
    if product is None or product.kind is not Kind.SHOES or not lengths(turn.words):
        return None
    told = text_measures.read(turn.words, "foot_length_mm")
    return int(told.value) if told else None


def _usual(turn: Turn, product: Product | None) -> str | None:
    """A size said as the one usually worn, also where it was read as a size of the product (穿37.5的)."""
    if half := half_size(turn.words):
        return half
    size = turn.entity("size")
    is_shoe = product is not None and product.kind is Kind.SHOES
    return size if size and (tells_usual_size(turn.words) or (is_shoe and "." in str(size))) else None


def _who(turn: Turn, product: Product | None) -> str | None:
    """Somebody named, else the speaker where she says "我", else whoever the product is for."""
    current = turn.slot("wearer")
    if named := shop_floor.dialogue().hear("wearer", turn.words):
        return named
    if shop_floor.dialogue().hear("oneself", turn.words) or speaks_of_oneself(turn.words):
        return SELF
    if product is None or product.audience in (Audience.UNISEX, Audience.HOME):
        return current
    is_childs = current == shop_floor.dialogue().phrase("wearer", "child")
    if product.audience is Audience.CHILD:
        return shop_floor.dialogue().phrase("wearer", "child")
    return SELF if current is None or is_childs else current


def _turn_to(turn: Turn, who: str | None) -> None:
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
