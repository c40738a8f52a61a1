"""Lengths of home goods: what a size measures, what the customer has room for, what must be covered.

Source: issue 4, "Size": home goods ("1米8的床用哪个", "窗户宽2米1", "这个缝60厘米放得下吗").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.shop.records.model import Product
from bot.text.normalise import normalise
from bot.text.numerals import number

_NUMERAL = r"\d+(?:\.\d+)?|[一二两三四五六七八九十]+"
_LENGTH = re.compile(
    rf"(?P<metres>{_NUMERAL}) ?(?:米|m(?![a-z]))(?P<rest>\d{{1,2}}|[一二三四五六七八九]|半)?(?![克升])"
    rf"|(?P<cm>{_NUMERAL}) ?(?:厘米|公分|cm)"
    r"|(?P<mm>\d+) ?(?:毫米|mm)"
)
_PRODUCT = re.compile(r"\d+(?:\.\d+)?(?: ?[*x×] ?\d+(?:\.\d+)?){1,2}")
_SIDE = re.compile(r"(?P<side>宽|深|高|长)[^\d一二两三四五六七八九十]{0,4}$")
_UPRIGHT = re.compile(r"(?:厚度?|高度?)[^\d一二两三四五六七八九十]{0,4}$")
_IS_UPRIGHT = re.compile(r" ?(?:左右|多|来)?的?[厚高]")
_BARE_SIDE = re.compile(
    r"(?P<side>[宽深高长])(?:是|有|只有|大概|约|度){0,2} ?(?P<n>\d{2,3}(?:\.\d+)?)(?![\d.]|[米厘公毫cm斤升度])"
)
_BED = re.compile(
    r"(?<![\d.])(?P<n>[89]0|1[0-8]0|2[0-2]0)(?:宽)?的?(?:小|单人|双人|大)?床(?!笠|单|垫|品|头)"
    r"|床(?:是|宽)(?P<n2>[89]0|1[0-8]0|2[0-2]0)(?![\d.厘公c米])"
)
"""90的床: a bed is told by its width without a unit."""
_FITS_IN = re.compile(
    "放得下|放得进|放不放|放进|能放|塞得|塞进|摆得下|摆得开|装得下|够不够放|能摆|尺寸够|进得去"
)
_MOST_METRES = 10
_SIDES = {"长": 0, "宽": 0, "深": 1, "高": 2}
"""Which number of 长×深×高 a word of the customer is about: across, deep, high."""


@dataclass(frozen=True)
class Space:
    """Room the customer has, in cm; None where it was not told."""

    across: float | None = None
    deep: float | None = None
    high: float | None = None


def lengths(text: str) -> tuple[float, ...]:
    """Every length in the text in cm: 1米8, 1.8m, 两米一, 60厘米, 宽75."""
    spoken = normalise(text)
    found = [(m.start(), _centimetres(m)) for m in _LENGTH.finditer(spoken)]
    found += [(m.start("n"), float(m["n"])) for m in _BARE_SIDE.finditer(spoken)]
    found += [(m.start(), float(m["n"] or m["n2"])) for m in _BED.finditer(spoken)]
    return tuple(value for _, value in sorted(found) if value is not None)


def widths(text: str) -> tuple[float, ...]:
    """The lengths that may be across: neither how thick (床垫厚25公分) nor how high something is."""
    spoken = normalise(text)
    found = [
        (match.start(), _centimetres(match))
        for match in _LENGTH.finditer(spoken)
        if not _UPRIGHT.search(spoken[: match.start()]) and not _IS_UPRIGHT.match(spoken, match.end())
    ]
    found += [(m.start("n"), float(m["n"])) for m in _BARE_SIDE.finditer(spoken) if m["side"] != "高"]
    found += [(m.start(), float(m["n"] or m["n2"])) for m in _BED.finditer(spoken)]
    return tuple(value for _, value in sorted(found) if value is not None)


def bare_width(text: str) -> float | None:
    """ "1.8" or "210" as the answer to how wide it is, in cm: metres below 10."""
    told = lengths(text)
    value = told[0] if told else number(re.sub(r"[^\d.一二两三四五六七八九十]", "", normalise(text)))
    return value * 100 if value is not None and value < _MOST_METRES else value


def asks_whether_it_fits(text: str) -> bool:
    """Whether a space is told that it must go into."""
    return _FITS_IN.search(normalise(text)) is not None


def space(text: str) -> Space:
    """The room that is told. A length without a side is the room across."""
    spoken = normalise(text)
    sides: list[float | None] = [None, None, None]
    for match in _LENGTH.finditer(spoken):
        named = _SIDE.search(spoken[: match.start()])
        after = spoken[match.end() : match.end() + 1]
        side = _SIDES.get(named["side"] if named else after, 0)
        sides[side] = _centimetres(match)
    for match in _BARE_SIDE.finditer(spoken):
        sides[_SIDES[match["side"]]] = float(match["n"])
    return Space(*sides)


def of_sizes(product: Product) -> dict[str, tuple[float, ...]]:
    """Size → its measures in cm as the catalogue tells them (across, deep, high); sizes without any are left out.

    A product in one size is told under "".
    """
    told = [value for name, value in product.attributes.items() if "尺寸" in name]
    found: dict[str, tuple[float, ...]] = {}
    for size in product.sizes or ("",):
        clauses = [clause for value in told for clause in re.split("[，,；;]|或", value)]
        own = [clause for clause in clauses if size and _is_about(clause, size)] or (
            clauses if len(product.sizes) < 2 else []
        )
        sides = next((_sides(clause) for clause in own if _sides(clause)), ())
        if sides:
            found[size] = sides
    return found


def fitting(product: Product, room: Space) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sizes that go into the room, and those that do not; sizes whose measures nobody knows are in neither."""
    goes, does_not = [], []
    for size, sides in of_sizes(product).items():
        limits = (room.across, room.deep, room.high)
        told = [side <= limit for side, limit in zip(sides, limits, strict=False) if limit is not None]
        if told:
            (goes if all(told) else does_not).append(size)
    return tuple(goes), tuple(does_not)


def _is_about(clause: str, size: str) -> bool:
    """ "66 升约 60×42×26" is about 66升, "60×27×78" about 60厘米."""
    plain = clause.replace(" ", "")
    leading = re.match(r"\d+(?:\.\d+)?", size)
    return size in plain or bool(leading and re.match(rf"{re.escape(leading[0])}[*x×]", plain))


def _sides(clause: str) -> tuple[float, ...]:
    found = _PRODUCT.search(clause)
    return tuple(float(part) for part in re.split(r" ?[*x×] ?", found[0])) if found else ()


def _centimetres(match: re.Match[str]) -> float | None:
    if match["mm"]:
        return float(match["mm"]) / 10
    if match["cm"]:
        return number(match["cm"])
    metres, rest = number(match["metres"]), match["rest"] or ""
    if metres is None:
        return None
    tail = 50 if rest == "半" else (number(rest) or 0) * (10 if len(rest) == 1 else 1)
    return round(metres * 100 + tail, 1)
