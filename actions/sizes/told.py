"""What one message, or one person's part of it, tells of a body; where it tells none there is nothing."""

from __future__ import annotations

from typing import Any

from actions.common import shop_floor
from actions.common.turn import Turn
from bot.shop.goods.beside import is_over_thick
from bot.shop.goods.dimensions import lengths
from bot.shop.records.model import Audience, Kind, Product
from bot.shop.sizes import bare_measures, persons, worn_label
from bot.shop.sizes.waist import told_cm
from bot.shop.sizes.wearer import Fit, considered_size, half_size, tells_usual_size
from bot.text import measures as text_measures

NUMBERS = ("height_cm", "weight_kg", "age", "foot_length_mm", "waist_cm")
CORRECTABLE = ("height_cm", "weight_kg", "foot_length_mm")


def of_message(turn: Turn, product: Product | None, own: dict[str, Any]) -> dict[str, Any]:
    """All that it tells; `own` are the speaker's measures, which others' may be told beside ("比我矮5厘米")."""
    words = persons.beside(turn.words, own.get("height_cm"), own.get("weight_kg"))
    if words != turn.words:
        return of_part(turn, product, words)
    values = {name: turn.entities(name) for name in (*NUMBERS, "usual_size", "size")}
    found = _read(turn, product, words, values)
    if turn.slot("usual_size") and considered_size(words):
        found.pop("usual_size", None)  # "那38吧" after 平时37 is the size to take
    if not any(name in found for name in NUMBERS) and (corrected := correction(turn, product)):
        found[corrected[0]] = corrected[1]
    return found


def of_part(turn: Turn, product: Product | None, part: str) -> dict[str, Any]:
    """What is told in a part of the message, of one of several people."""
    values: dict[str, list[Any]] = {}
    for each in text_measures.extract(part):
        values.setdefault(each.kind, []).append(each.value)
    if "usual_size" not in values and (worn := persons.worn_size(part)) and _is_shoe(product):
        values["usual_size"] = [worn]
    return _read(turn, product, part, values)


def correction(turn: Turn, product: Product | None) -> tuple[str, Any] | None:
    """A bare number that corrects what was told ("打错了 是58"); None where nothing was told yet."""
    if not turn.words or product is None:
        return None
    known = {name: turn.slot(name) for name in CORRECTABLE}
    is_shoe = _is_shoe(product)
    was_told = known["foot_length_mm"] or turn.slot("usual_size") if is_shoe else known["weight_kg"]
    is_meant = shop_floor.dialogue().hear("correction", turn.words) or bare_measures.is_all(turn.words)
    if not was_told or not is_meant:
        return None
    return bare_measures.corrected(turn.words, known, is_shoe)


def _read(turn: Turn, product: Product | None, words: str, values: dict[str, list[Any]]) -> dict[str, Any]:
    heard = shop_floor.dialogue()
    is_correction = heard.hear("correction", words) is not None
    found: dict[str, Any] = {}
    for name in (*NUMBERS, "usual_size"):
        if told := values.get(name):  # "不是110斤，是120斤": the last one is right
            found[name] = told[-1] if is_correction else told[0]
    if "foot_length_mm" not in found and (foot := bare_foot(words, product)):
        found["foot_length_mm"] = foot
    if round_ := told_cm(words):
        found["waist_cm"] = round_
    label = worn_label.read(words)
    if label:  # 165/66A is her height and girth, no size of ours
        found = {"height_cm": label.height_cm} | found
        found |= {"waist_cm": label.waist_cm} if label.waist_cm else {}
        found.pop("usual_size", None)
    if _is_childs(product) and not _is_shoe(product) and "height_cm" not in found:
        found |= {name: value for name, value in bare_measures.childs(words).items() if name not in found}
    if _speaks_of_a_size(turn, product, found.get("height_cm")):
        del found["height_cm"]
    if not label and (usual := _usual(words, product, values.get("size", []))):
        found.setdefault("usual_size", usual)
    return found | _notes(turn, words)


def _speaks_of_a_size(turn: Turn, product: Product | None, height: float | None) -> bool:
    """ "130是不是太大了" once the child's height is known: a size of the product, not another height."""
    if height is None or turn.slot("height_cm") is None or product is None or not _is_childs(product):
        return False
    heard = shop_floor.dialogue()
    is_correction = heard.hear("correction", turn.words) and not heard.hear("too", turn.words)
    return f"{height:g}" in product.sizes and not is_correction and heard.hear("too", turn.words) is not None


def _notes(turn: Turn, words: str) -> dict[str, Any]:
    """Taste, figure, foot, room to grow."""
    heard = shop_floor.dialogue()
    is_about_the_cut = heard.hear("runs", words) is not None
    fit = turn.entity("fit") or (None if is_about_the_cut else heard.hear("fit", words))
    fit = fit or (Fit.LOOSE.value if is_over_thick(words) else None)
    notes = {
        "fit": fit,
        "figure": list(heard.hear_all("figure", words)),
        "foot": heard.hear("foot", words),
        "room": heard.hear("room", words) is not None,
    }
    if notes["room"] and not turn.entity("fit"):
        notes["fit"] = None  # "买大点，长得快" is room to grow, not a taste
    return {name: value for name, value in notes.items() if value}


def bare_foot(words: str, product: Product | None) -> int | None:
    """ "量了 22.8厘米" or "24的脚" beside a shoe is a foot, though nothing says so."""
    if not _is_shoe(product):
        return None
    if lengths(words):
        told = text_measures.read(words, "foot_length_mm")
        return int(told.value) if told else None
    said = bare_measures.of_a_foot(words)
    return round(said) if said else None


def _usual(words: str, product: Product | None, sizes: list[Any]) -> str | None:
    """A size said as the one usually worn, also where it was read as a size of the product (穿37.5的)."""
    if half := half_size(words):
        return half
    size = sizes[0] if sizes else None
    is_worn = tells_usual_size(words) or (_is_shoe(product) and "." in str(size))
    return size if size and is_worn else None


def _is_shoe(product: Product | None) -> bool:
    return product is not None and product.kind is Kind.SHOES


def _is_childs(product: Product | None) -> bool:
    return product is not None and product.audience is Audience.CHILD
