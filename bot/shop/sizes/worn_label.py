"""The size on the label of what she wears: "标165/66A" tells a height and a girth, no size of ours.

Source: GB/T 1335 (号/型): the first number is the wearer's height in cm, the second the girth of chest (tops) or waist
(trousers, skirts), the letter the build; docs/transcript-review.md, A F10.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.text.normalise import normalise

_LABEL = re.compile(
    r"(?<!\d)(?P<height>1[3-9][05])\s?/\s?(?P<girth>\d{2,3})\s?(?P<build>[yabc])?(?![\d/]|\s?[斤公k])"
)
_OF_A_LABEL = re.compile(r"标|吊牌|领标|水洗|号型")
_LOWER = re.compile(r"裤|半身裙|短裙|半裙|腰")
_WAIST_CM = (55.0, 100.0)


@dataclass(frozen=True)
class Label:
    """`waist_cm` only of trousers and skirts; a chest is in no chart of ours."""

    height_cm: float
    waist_cm: float | None = None


def read(text: str) -> Label | None:
    """What the label says of its wearer; None where no label is told."""
    said = normalise(text)
    found = _LABEL.search(said)
    if found is None or not (found["build"] or _OF_A_LABEL.search(said)):
        return None
    girth = float(found["girth"])
    is_waist = _LOWER.search(said) is not None and _WAIST_CM[0] <= girth <= _WAIST_CM[1]
    return Label(float(found["height"]), girth if is_waist else None)
