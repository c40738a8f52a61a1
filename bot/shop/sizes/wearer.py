"""Who will wear or use it: what a size is chosen by.

Source: shop-rules.md, "Size" (002, 003) and issue 4, "Size".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

SELF = "self"
"""The wearer who is the speaker."""


class Fit(str, Enum):
    LOOSE = "loose"
    FITTED = "fitted"


class Figure(str, Enum):
    """Where a body needs more than its height and weight tell; slim: tall and light."""

    WAIST = "waist"
    BELLY = "belly"
    HIPS = "hips"
    SHOULDERS = "shoulders"
    BUST = "bust"
    LEGS = "legs"
    SLIM = "slim"


class Foot(str, Enum):
    WIDE = "wide"
    HIGH_INSTEP = "high_instep"
    NARROW = "narrow"


@dataclass(frozen=True)
class Measures:
    """What is known: cm, kg, years, mm, the size usually worn, notes. `width_cm` is of what must be covered.

    `room`: a child should grow into it. `waist_cm` counts where a piece's waist does not give way.
    """

    height_cm: float | None = None
    weight_kg: float | None = None
    age: float | None = None
    foot_length_mm: float | None = None
    usual_size: str | None = None
    fit: Fit | None = None
    figure: tuple[Figure, ...] = ()
    foot: Foot | None = None
    room: bool = False
    width_cm: float | None = None
    waist_cm: float | None = None


_I_AM = re.compile(r"我\s*(?:是|有|身高|体重|净高)?\s*[12一]?\d")
_HALF = re.compile(r"(?<!\d)(\d{2})码?半")
_WORN = re.compile("平时|一般|平常|日常|一直|都是穿|都穿|正常穿|通常|穿的")


_CONSIDERED = re.compile(
    r"(?<![\d.a-z])(?P<size>3[4-9](?:\.5)?|4[0-8](?:\.5)?|[2-5]?x{0,3}[sml])码?的?"
    r"(?:吧|呢|行|可以|会不会|会|够|大不大|小不小|合不合适|合适|偏|怎么样|能穿|好不好|$|[?吗])"
)


_TAKES = re.compile("(?:拿|选|拍|要|来)[^，,。]{0,3}$|[?？吗]$|[吧呢]$|(?:拿|选|拍|要|来)[a-zA-Z\\d]")


def considered_size(text: str) -> str | None:
    """ "那38吧 会不会大": a size she thinks of taking, not the one she usually wears."""
    found = _CONSIDERED.search(text.lower().replace("？", "?"))
    if found and found.end() == len(found.string) and not _TAKES.search(text):
        return None  # "我穿38" tells what she wears
    return found["size"].upper() if found and not tells_usual_size(text) else None


def speaks_of_oneself(text: str) -> bool:
    """ "我165": the measures are the speaker's own, without her saying so."""
    return _I_AM.search(text) is not None


def half_size(text: str) -> str | None:
    """ "37码半" is 37.5."""
    found = _HALF.search(text)
    return f"{found[1]}.5" if found else None


def tells_usual_size(text: str) -> bool:
    """Whether a size in the text is the one usually worn, not the one wanted."""
    return _WORN.search(text) is not None
