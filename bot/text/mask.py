"""Personal data out of text that is kept: logs, reviews, exports, summaries."""

from __future__ import annotations

import re

from bot.text.measures.numbers import LANDLINE, MOBILE, SPOKEN_MOBILE
from bot.text.normalise import normalise_with_spans

_EMAIL = re.compile(r"[a-z0-9._%+\-]+@[a-z0-9\-]+(?:\.[a-z0-9\-]+)+")
_ID_CARD = re.compile(r"(?<!\d)(?:\d ?){17}[\dx](?![\dx])")
_BANK_CARD = re.compile(r"(?<!\d)(?:\d[ -]?){15,18}\d(?!\d)")
_PLATE = re.compile(
    "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    + r"[a-z][· ]?[a-z0-9]{5,6}(?![a-z0-9])"
)
_PLACE = r"[\u4e00-\u9fff\d]"
_ADDRESS = re.compile(
    rf"(?:{_PLACE}{{2,7}}?(?:省|自治区))?(?:{_PLACE}{{2,6}}?(?:市|州|盟))?(?:{_PLACE}{{1,6}}?(?:区|县|旗))?"
    rf"(?:{_PLACE}{{1,8}}?(?:镇|乡|街道|村))?"
    rf"{_PLACE}{{1,12}}?(?:路|街|巷|弄|大道|胡同|小区|花园|公寓|大厦|苑|村|屯)"
    rf"(?:{_PLACE}{{0,6}}?[\d一二三四五六七八九十]+ ?(?:号楼|号院|[号栋幢座室楼层组队弄]|单元)){{1,6}}"
    r"(?:\d{2,4}[室房]?)?"
)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def mask(text: str) -> str:
    """`text` with phone numbers, id cards, bank cards, e-mail, plates and addresses replaced by 「[手机号]」 etc.

    Also when written full-width, with spaces, or (mobile numbers) in Chinese numerals. Order numbers stay: an 18-digit
    number is an id card only if its check digit holds (GB 11643), 16–19 digits a bank card only by Luhn.
    """
    normal = normalise_with_spans(text)
    spans: list[tuple[int, int, str]] = []
    for label, pattern, holds in _KINDS:
        for match in pattern.finditer(normal.text):
            if holds(match[0]) and not any(
                match.start() < end and start < match.end() for start, end, _ in spans
            ):
                spans.append((*match.span(), label))
    for start, end, label in sorted(spans, reverse=True):
        first, last = normal.span(start, end)
        text = f"{text[:first]}[{label}]{text[last:]}"
    return text


def _always(found: str) -> bool:
    return True


def _is_id_card(found: str) -> bool:
    """Check digit of GB 11643."""
    number = found.replace(" ", "")
    if len(number) != 18:
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False)) % 11
    return number[-1] == "10x98765432"[rest]


def _is_bank_card(found: str) -> bool:
    """Luhn, and a first digit that Chinese bank cards have (3–6, 9)."""
    number = re.sub(r"[ -]", "", found)
    if not 16 <= len(number) <= 19 or number[0] not in "34569":
        return False
    total = 0
    for index, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if index % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


_KINDS = (
    ("邮箱", _EMAIL, _always),
    ("身份证号", _ID_CARD, _is_id_card),
    ("银行卡号", _BANK_CARD, _is_bank_card),
    ("手机号", MOBILE, _always),
    ("手机号", SPOKEN_MOBILE, _always),
    ("电话", LANDLINE, _always),
    ("车牌", _PLATE, _always),
    ("地址", _ADDRESS, _always),
)
"""(label, pattern, check), an earlier kind wins."""
