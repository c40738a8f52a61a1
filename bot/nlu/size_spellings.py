"""The ways customers write a size of goods: 200×230 as 2米乘2米3, 66升 as 66L, 三层 as 3层."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import cn2an

from bot.text.normalise import normalise
from bot.text.numerals import number

_UNITS = {
    "厘米": ("厘米", "cm", "公分", " 厘米", " cm"),
    "毫升": ("毫升", "ml", " 毫升", " ml"),
    "升": ("升", "l", " 升", " l"),
    "米床": ("米床", "米的床", "床", "的床", "m床", "m的床", "米大床", "米宽的床"),
    "含盖": ("含盖", "带盖", "有盖", "加盖"),
}
_TIMES = ("×", "*", "x", "乘", "乘以", " × ", " * ", " x ")
_TO = ("-", "/", "~", "到", "至")
_GOODS = re.compile("[\u4e00-\u9fff]|\\d[×-]\\d")
_AREA = re.compile(r"(\d+)×(\d+)")
_RANGE = re.compile(r"(\d+)-(\d+)")
_COUNTED = re.compile(r"(\d+(?:\.\d+)?|[二两三四五六七八九十]+)(.+)")


def size_spellings(size: str) -> set[str]:
    """Every normalised spelling of a size as the catalogue writes it; none for S, 38 or 120, which rules find."""
    plain = normalise(size)
    if not _GOODS.search(plain) or plain == "均码":
        return set()
    if area := _AREA.fullmatch(plain):
        styles = zip(_lengths(area[1]), _lengths(area[2]), strict=True)
        return {first + times + second for first, second in styles for times in _TIMES}
    if pair := _RANGE.fullmatch(plain):
        return {pair[1] + to + pair[2] for to in _TO}
    if counted := _COUNTED.fullmatch(plain):
        numerals, units = set(_numerals(counted[1])), set(_units(counted[2]))
        return {plain, *(numeral + unit for numeral, unit in product(numerals, units)), *_metres(counted)}
    return {plain}


def _lengths(centimetres: str) -> tuple[str, ...]:
    """One length in the styles a customer may choose: 230, 2.3, 2.3米, 2米3, 两米三."""
    metres = int(centimetres) / 100
    point = f"{metres:g}"
    whole, _, rest = point.partition(".")
    spoken = "".join(cn2an.an2cn(digit) for digit in rest)
    return (
        centimetres, f"{centimetres}cm", point, f"{metres:.1f}", f"{point}米", f"{point}m", f"{metres:.1f}米",
        f"{whole}米{rest}", f"{'两' if whole == '2' else cn2an.an2cn(whole)}米{spoken}",
    )  # fmt: skip


def _numerals(numeral: str) -> Iterator[str]:
    yield numeral
    value = number(numeral)
    if value is not None:
        yield f"{value:g}"
        if value == int(value) and value < 100:
            spoken = cn2an.an2cn(int(value))
            yield (
                "两" if spoken == "二" else spoken.removeprefix("一") if spoken.startswith("一十") else spoken
            )


def _units(unit: str) -> Iterator[str]:
    pieces = re.split("(" + "|".join(_UNITS) + ")", unit)
    for written in product(*(_UNITS.get(piece, (piece,)) for piece in pieces)):
        yield "".join(written)


def _metres(counted: re.Match[str]) -> Iterator[str]:
    """1.8米床 as 1米8的床 and 一米八的床."""
    if counted[2] == "米床":
        for written in _lengths(str(round(float(counted[1]) * 100)))[-2:]:
            yield from (written + "床", written + "的床")
