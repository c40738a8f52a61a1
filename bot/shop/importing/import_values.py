"""What a cell of a shop's spreadsheet says: prices, pieces, weights, colour and size.

What cannot be read raises ValueError with the cure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from decimal import Decimal, InvalidOperation

from pypinyin import lazy_pinyin

_MONEY = re.compile(r"^[¥￥$]?\s*(\d+(?:\.\d+)?)\s*(?:元|块|rmb|cny)?$", re.IGNORECASE)
_COUNT = re.compile(r"^(\d+)(?:\.0+)?\s*(?:件|个|双|套|盒|罐|袋|包|瓶|条|只|台|本|支|片|饼)?$")
_WEIGHT = re.compile(r"^(\d+(?:\.\d+)?)\s*(千克|公斤|kg|克|g|斤)?$", re.IGNORECASE)
_KG = {"千克": 1, "公斤": 1, "kg": 1, "克": Decimal("0.001"), "g": Decimal("0.001"), "斤": Decimal("0.5")}
_BROKEN_NUMBER = re.compile(r"^\d(?:\.\d+)?[eE]\+\d+$")
_SIZE = re.compile(
    r"^(?:\d*X{0,3}[SML]|均码|\d{2,3}(?:\.5)?码?|\d+(?:\.\d+)?(?:g|kg|克|斤|ml|毫升|l|升|米|cm|厘米).*)$",
    re.I,
)
_NO_ID = re.compile(r"[^A-Za-z0-9_.-]+")
_ID_LENGTH = 40


def money(cell: str) -> Decimal:
    """Yuan above 0: "¥1,299.00", "99元"."""
    found = _MONEY.match(cell.replace(",", "").replace("，", ""))
    try:
        value = Decimal(found[1]).quantize(Decimal("0.01")) if found else Decimal(0)
    except InvalidOperation:
        value = Decimal(0)
    if value <= 0:
        raise ValueError(f"{cell!r} is no price: write one number above 0, in yuan")
    return value.normalize() if value == value.to_integral() else value


def count(cell: str) -> int:
    """Whole pieces: "12", "12.0", "12件"; what is below zero is owed to customers and counts as none."""
    if re.fullmatch(r"-\d+(?:\.0+)?", cell):
        return 0
    found = _COUNT.match(cell.replace(",", ""))
    if not found:
        raise ValueError(f"{cell!r} is no number of pieces: write a whole number")
    return int(found[1])


def weight_kg(cell: str, heading: str) -> Decimal:
    """Kilograms; the unit stands in the cell or in the heading, without one it is kilograms."""
    found = _WEIGHT.match(cell.strip())
    if not found or not Decimal(found[1]):
        raise ValueError(f"{cell!r} is no weight: write e.g. 0.5kg or 500g")
    in_heading = re.search(r"千克|公斤|kg|克|g\b|斤", heading, re.IGNORECASE)
    unit = found[2] or (in_heading[0] if in_heading else "kg")
    return (Decimal(found[1]) * _KG[unit.lower()]).normalize()


def identifier(cell: str) -> str:
    """A code as an id, "" where nothing is left. A long number that Excel has rounded is refused."""
    if _BROKEN_NUMBER.match(cell):
        raise ValueError(f"{cell!r} lost its digits in Excel: format the column as text and export again")
    return _NO_ID.sub("-", cell.removesuffix(".0") if cell[:1].isdigit() else cell).strip("-_.")[:_ID_LENGTH]


def slug(words: Iterable[str]) -> str:
    """An id made of Chinese words: 老丛水仙 → lao-cong-shui-xian."""
    syllables = lazy_pinyin(" ".join(word for word in words if word), errors=lambda rest: [f" {rest} "])
    return (
        _NO_ID.sub("-", "-".join(syllables))
        .strip("-_.")
        .replace("--", "-")[:_ID_LENGTH]
        .rstrip("-_.")
        .lower()
    )


def parts(cell: str, separators: Iterable[str]) -> tuple[str, ...]:
    """Several values of one cell, each once."""
    for separator in separators:
        cell = cell.replace(separator, "\n")
    return tuple(dict.fromkeys(part.strip(" ,，。") for part in cell.split("\n") if part.strip(" ,，。")))


def variant(spec: str, colors: Collection[str], sizes: Collection[str]) -> tuple[str, str]:
    """Colour and size of "颜色:黑色;尺码:M", "黑色/M", "M"; `colors` and `sizes` are the headings that mean them."""
    color, size = "", []
    plain = []
    for part in parts(spec, ("；", ";", "|", "/", ",", "，")):
        key, _, value = part.replace("：", ":").rpartition(":")
        if key and key.lower() in colors:
            color = value
        elif key:
            size.append(value) if key.lower() in sizes or not plain else plain.append(value)
        else:
            plain.append(value)
    for value in plain:
        if not color and not _SIZE.match(value) and (len(plain) > 1 or value.endswith("色")):
            color = value
        else:
            size.append(value)
    return color, " ".join(size)
