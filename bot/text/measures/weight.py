"""Weight of the wearer, where it has a unit."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.text.measures.found import Found, Reading, Rule, any_of, first_of, not_after, within
from bot.text.measures.whose import is_about_a_child, is_of_a_thing
from bot.text.numerals import NUMERALS, number

_NINE = "[一二三四五六七八九]"
_KILOS = (
    rf"(?:\d{{1,3}}(?:\.\d+)?|[一二两]百(?:零?{_NINE}?十{_NINE}?|零{_NINE}|{_NINE})?|{_NINE}?十{_NINE}?|[两半]|{_NINE})"
    rf"(?:点{_NINE})?"
)
"""So written that it does not swallow a height before it (一米七五一百四十斤)."""
_VAGUE = any_of("左右 多点? 出头 来 几") + "?"
_NO_LOAD = not_after("承重 载重 承受 最大 容量 毛重 克重 限重 首重 续重")
_NO_GOODS = "(?!" + any_of("装 包 袋 箱 的?(?:苹果|米|面|肉|枣|核桃|瓜子|水|油|石头|东西|哑铃|被|棉)") + ")"


def _weight(factor: float) -> Callable[[re.Match[str]], float | None]:
    def value(match: re.Match[str]) -> float | None:
        kilos = number(match["n"])
        if kilos is None:
            return None
        ounces = match.groupdict().get("liang")
        kilos += 0.5 if match["half"] else (number(ounces) or 0.0) / 10 if ounces else 0.0
        return within(round(kilos * factor, 3), 1.5, 200)

    return value


_RULES = (
    Rule(
        "weight_kg",
        re.compile(
            rf"{_NO_LOAD}(?P<span>(?<![\d.])(?P<n>{_KILOS}) ?{_VAGUE} ?"
            rf"(?:公斤|千克|kgs?|kilos?|k(?![a-z\d]))(?P<half>半)?){_NO_GOODS}"
        ),
        _weight(1.0),
    ),
    Rule(
        "weight_kg",
        re.compile(
            rf"{_NO_LOAD}(?P<span>(?<![\d.])(?P<n>{_KILOS}) ?{_VAGUE} ?(?:市?斤|jin)"
            rf"(?:(?P<half>半)|(?P<liang>{_NINE}|[1-9两])两?)?){_NO_GOODS}"
        ),
        _weight(0.5),
    ),
)
_OF_A_BABY = 15.0
"""Below this many kg it is a baby's weight or that of goods: only with a word that says whose."""
_CUE = re.compile(r"(?:净?体重|(?<![多承载])重|胖|瘦)[^,。;!?]{0,6}$")


def find(reading: Reading) -> list[Found]:
    return [found for found in first_of(_RULES, reading.text) if _is_somebodys(reading, found)]


def _is_somebodys(reading: Reading, found: Found) -> bool:
    before = reading.text[: found.start]
    if before and before[-1] in NUMERALS and reading.is_free(found.start - 1, found.start):
        return False  # 七八十斤, 百十来斤: no number one could reckon with
    cue = _CUE.search(before)
    if is_of_a_thing(reading, found):
        return False
    if float(found.value) >= _OF_A_BABY:
        return True
    return is_about_a_child(reading) or (cue is not None and "体重" in cue[0]) or reading.has("height_cm")
