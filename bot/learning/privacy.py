"""Personal data out of chats before anything of them is kept; stricter than `bot.text.mask`, which serves agents.

An agent needs the order number in a transcript; learning needs no number at all that could name a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from bot.text.mask import mask
from bot.text.measures.found import Reading
from bot.text.measures.numbers import find as find_numbers
from bot.text.normalise import normalise_with_spans

MASKED = re.compile(r"\[[^\[\]\s]{1,12}\]")
"""What masking leaves, and what exports write for pictures and emoticons: `[手机号]`, `[图片]`."""
SHORTEST_NAME = 3
"""Characters of an account's name from which it is masked inside messages; shorter ones are everyday words."""

_NUMERAL = "零〇一二三四五六七八九幺"
_PLACE = r"[\u4e00-\u9fff\d]"
_RULES = (
    ("链接", re.compile(r"(?P<span>(?:https?:/+|www\.)[!-~]+)")),
    ("昵称", re.compile(r"(?P<span>@[^\s,。:;!?]{2,30})")),
    (
        "账号",
        re.compile(
            r"(?:微信|威信|薇信|v信|wx|vx|qq|支付宝|旺旺|账号|帐号)号?(?:是|为|:| )*(?P<span>[a-z\d][a-z\d_\-]{4,29})"
        ),
    ),
    (
        "姓名",
        re.compile(
            r"(?:收件人|收货人|联系人|姓名|名字)(?:改成|换成|写)?(?:是|为|叫|:| )+"
            r"(?P<span>[\u4e00-\u9fff·]{2,4})(?![\u4e00-\u9fff])"
        ),
    ),
    (
        "地址",  # three levels or more; province and city alone are what a question about postage needs
        re.compile(
            rf"(?P<span>(?:{_PLACE}{{2,7}}?(?:省|自治区))?{_PLACE}{{1,6}}?(?:市|州|盟)(?:{_PLACE}{{1,6}}?(?:区|县|旗|市))"
            rf"(?:{_PLACE}{{1,8}}?(?:镇|乡|街道|村|路|街|巷|小区|花园|公寓|大厦|苑|号|学校|大学|医院|栋|室))+)"
        ),
    ),
    ("号码", re.compile(r"(?:验证码|密码|取件码|提货码|尾号|后四位)(?:是|为|:| )*(?P<span>[a-z\d\-]{3,12})")),
    ("号码", re.compile(rf"(?P<span>[{_NUMERAL}]{{7,}})")),
)
"""(label, pattern) over normalised text; `span` is what goes."""
_DIGITS = re.compile(r"(?<![\d.])(?P<span>\d+(?:[ \-]\d+)*)")
_ORDER_NUMBERS = ("order_id", "tracking_no", "phone")
LONG_NUMBER = 7
"""Digits from which a number is masked wherever it stands: no price or measure is that long."""


def masked(text: str, names: Collection[str] = ()) -> str:
    """`text` without phone, card, order and other long numbers, addresses, e-mail, links, accounts and `names`."""
    for name in sorted(names, key=len, reverse=True):
        if len(name) >= SHORTEST_NAME:
            text = text.replace(name, "[昵称]")
    text = mask(text)
    normal = normalise_with_spans(text)
    found = find_numbers(Reading(normal.text))
    spans = [(*normal.span(each.start, each.end), "单号") for each in found if each.kind in _ORDER_NUMBERS]
    text = _without(text, spans)
    for label, pattern in _RULES:
        text = _without(text, _spans(text, label, pattern))
    return _without(text, _spans(text, "号码", _DIGITS, _is_long))


def spoken(text: str) -> str:
    """What is left to read in a masked message: neither masks nor the export's words for pictures."""
    return " ".join(MASKED.sub(" ", text).split())


def _spans(
    text: str, label: str, pattern: re.Pattern[str], holds: Callable[[str], bool] = bool
) -> list[tuple[int, int, str]]:
    """Where in `text` the `span` of a match lies for which `holds`."""
    normal = normalise_with_spans(text)
    matches = (match for match in pattern.finditer(normal.text) if holds(match["span"]))
    return [(*normal.span(*match.span("span")), label) for match in matches]


def _is_long(number: str) -> bool:
    """Not so for sizes in a row (110 120 130): groups of two or three digits."""
    lengths = [len(group) for group in re.split(r"[ \-]", number)]
    return sum(lengths) >= LONG_NUMBER and (max(lengths) >= 4 or max(lengths) == 1)


def _without(text: str, spans: list[tuple[int, int, str]]) -> str:
    for start, end, label in sorted(spans, reverse=True):
        text = f"{text[:start]}[{label}]{text[end:]}"
    return text
