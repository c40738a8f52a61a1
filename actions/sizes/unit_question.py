"""斤 or 公斤, 尺 or 英尺: where both are possible it is asked once, as a choice of two."""

from __future__ import annotations

from typing import Any

from actions.common import shop_floor
from actions.common.cards import number
from actions.common.turn import Turn, button, inform
from bot.shop.records.model import Audience, Product
from bot.shop.sizes import unit_doubt

ASKERS = {"weight_kg": "utter_ask_weight_unit", "height_cm": "utter_ask_height_unit"}


def note(turn: Turn) -> None:
    """Keep how a weight or height was typed, until its unit is settled; a pressed button settles it."""
    doubt: dict[str, Any] = dict(turn.slot("doubt") or {})
    for measure in ASKERS:
        if turn.entity(measure) is not None:
            doubt = {key: value for key, value in doubt.items() if key != measure}
            if raw := turn.raw(measure):
                doubt[measure] = {"said": raw}
    turn.set(doubt=doubt or None)


def note_bare(turn: Turn, measure: str, said: str) -> None:
    """The same for a bare number that answered our question."""
    if measure in ASKERS:
        turn.set(doubt={**(turn.slot("doubt") or {}), measure: {"said": said}})


def ask(turn: Turn, product: Product, action: str) -> bool:
    """Put the question if one is due; False when there is none, or when it was put already."""
    doubt: dict[str, Any] = turn.slot("doubt") or {}
    for measure, response in ASKERS.items():
        said = doubt.get(measure)
        readings = _readings(turn, product, measure, said["said"]) if said else None
        if said is None or readings is None:
            continue
        if said.get("asked"):
            _settle(turn, measure, readings)
            continue
        turn.set(pending=action, doubt={**doubt, measure: {**said, "asked": True}})
        shown = [button(title, inform(**{measure: value})) for title, value in _titles(measure, readings)]
        turn.say(response, shown, said=said["said"])
        return True
    return False


def _readings(turn: Turn, product: Product, measure: str, said: str) -> tuple[float, float] | None:
    if measure == "height_cm":
        return unit_doubt.heights(said, product.audience is Audience.CHILD)
    height = turn.slot("height_cm")
    return unit_doubt.weights(said, float(height)) if height is not None else None


def _settle(turn: Turn, measure: str, readings: tuple[float, float]) -> None:
    """A typed answer ("斤") decides; without one the likelier reading stays."""
    unit = shop_floor.dialogue().hear("weight_unit", turn.words) if measure == "weight_kg" else None
    doubt = {key: value for key, value in (turn.slot("doubt") or {}).items() if key != measure}
    turn.set(doubt=doubt or None)
    if unit:
        turn.set(**{measure: readings[0] if unit == "jin" else readings[1]})


def _titles(measure: str, readings: tuple[float, float]) -> list[tuple[str, float]]:
    words = shop_floor.dialogue()
    if measure == "height_cm":
        return [(words.phrase("unit_button", "cm", cm=number(value)), value) for value in readings]
    titles = ("jin", "kg")
    return [
        (words.phrase("unit_button", key, jin=number(value * 2), kg=number(value)), value)
        for key, value in zip(titles, readings, strict=True)
    ]
