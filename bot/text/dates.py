"""Words for days, and what they mean at a given moment."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache

from bot.text.lexicon import load_lexicon
from bot.text.numerals import number

_N = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|半)"
_DAYS = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨晚": -1, "昨日": -1,
    "今天": 0, "今晚": 0, "今日": 0, "当天": 0, "今早": 0, "今儿": 0,
    "明天": 1, "明早": 1, "明晚": 1, "明日": 1, "明儿": 1, "后天": 2, "后日": 2, "大后天": 3,
}  # fmt: skip
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5,
             "1": 0, "2": 1, "3": 2, "4": 3, "5": 4, "6": 5, "7": 6}  # fmt: skip

_THIS = "下个?|这个?|本|上个?"
_DAY_NUMBER = r"(?:3[01]|[12]\d|[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"

_DAY = re.compile("|".join(sorted(_DAYS, key=len, reverse=True)))
_WEEKDAY = re.compile(
    rf"(?P<which>上上|下下|{_THIS})?(?:周|星期|礼拜)(?P<day>[一二三四五六日天末]|[1-7](?![\d天年个]))"
)
_SPAN = re.compile(rf"(?P<n>{_N})个?(?P<unit>天|日|周|星期|礼拜|月)(?P<way>[之以]?[后前内])")
_FULL = re.compile(
    r"(?<!\d)(?P<year>20\d\d)[年./-](?P<month>1[0-2]|0?[1-9])[月./-](?P<day>3[01]|[12]\d|0?[1-9])[日号]?(?!\d)"
)
_MONTH_DAY = re.compile(
    rf"(?:(?P<next>(?:{_THIS})月)|(?P<month>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月)份?的?"
    rf"(?P<day>{_DAY_NUMBER})[号日]?(?![\d个件块斤])"
)
_POINTED = re.compile(r"(?<![\d.])(?P<month>1[0-2]|[1-9])[./](?P<day>3[01]|[12]\d|[1-9])[号日](?!\d)")
_DAY_OF_MONTH = re.compile(rf"(?<![\d月.])(?P<day>{_DAY_NUMBER})号(?![码链楼店色线门库裤鞋椅柜]|电池)")
_END = re.compile(rf"(?P<which>{_THIS})?月(?P<part>[底初中])|(?P<year>年底|年前|年后)")


@lru_cache(maxsize=1)
def _festival() -> re.Pattern[str]:
    names = {name for kind in load_lexicon().festivals.values() for name in kind}
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\d.毛块尺米百千万十])(?:{'|'.join(map(re.escape, ordered))})(?![\d])")


def _patterns() -> tuple[re.Pattern[str], ...]:
    return (_FULL, _MONTH_DAY, _SPAN, _WEEKDAY, _festival(), _POINTED, _END, _DAY, _DAY_OF_MONTH)


def find_dates(text: str) -> Iterator[tuple[str, int, int]]:
    """(words, start, end) of the days named in normalised text; an earlier pattern wins where two overlap."""
    taken: list[tuple[int, int]] = []
    for pattern in _patterns():
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(start < other_end and other_start < end for other_start, other_end in taken):
                taken.append((start, end))
                yield match[0], start, end


def resolve_date(words: str, now: datetime) -> date | None:
    """The day that `words` (a date measure's value) mean at `now`; None when they name no single day.

    A weekday or day of the month without 上/下 is the next one from today on; a festival the next one. "N 天内" is
    its last day; 月底 the last, 月初 the first, 月中 the fifteenth of the month.
    """
    today = now.date()
    if (shift := _DAYS.get(words)) is not None:
        return today + timedelta(days=shift)
    if match := _FULL.fullmatch(words):
        return _day(int(match["year"]), int(match["month"]), int(match["day"]))
    if match := _SPAN.fullmatch(words):
        return _span(match, today)
    if match := _WEEKDAY.fullmatch(words):
        return _weekday(match, today)
    if match := (_MONTH_DAY.fullmatch(words) or _POINTED.fullmatch(words)):
        return _month_day(match, today)
    if match := _END.fullmatch(words):
        return _part_of_month(match, today)
    if match := _DAY_OF_MONTH.fullmatch(words):
        return _day_of_month(match, today)
    return _festival_day(words, today)


def _span(match: re.Match[str], today: date) -> date | None:
    count = number(match["n"])
    if count is None:
        return None
    sign = -1 if "前" in match["way"] else 1
    if match["unit"] == "月":
        if count != int(count):
            return today + timedelta(days=sign * 15)
        year, month = _shift_month(today, sign * int(count))
        return _day(year, month, min(today.day, calendar.monthrange(year, month)[1]))
    days = count * (1 if match["unit"] in "天日" else 7)
    return today + timedelta(days=sign * round(days))


def _weekday(match: re.Match[str], today: date) -> date:
    monday = today - timedelta(days=today.weekday())
    wanted = _WEEKDAYS[match["day"]]
    which = (match["which"] or "").removesuffix("个")
    weeks = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}.get(which)
    if weeks is not None:
        return monday + timedelta(days=7 * weeks + wanted)
    day = monday + timedelta(days=wanted)
    return day if day >= today else day + timedelta(days=7)


def _month_day(match: re.Match[str], today: date) -> date | None:
    day = number(match["day"])
    relative = match.groupdict().get("next")
    if day is None:
        return None
    if relative:
        year, month = _shift_month(today, {"下": 1, "上": -1}.get(relative[0], 0))
        return _day(year, month, int(day))
    month_number = int(number(match["month"]) or 0)
    this_year = _day(today.year, month_number, int(day))
    # Half a year back is more likely meant as the past ("10月3号买的") than eleven months ahead.
    if this_year and (today - this_year).days > 183:
        return _day(today.year + 1, month_number, int(day))
    return this_year


def _day_of_month(match: re.Match[str], today: date) -> date | None:
    day = int(number(match["day"]) or 0)
    for ahead in range(3):
        year, month = _shift_month(today, ahead)
        found = _day(year, month, day)
        if found and found >= today:
            return found
    return None


def _part_of_month(match: re.Match[str], today: date) -> date | None:
    if match["year"]:
        return date(today.year, 12, 31) if match["year"] == "年底" else None
    year, month = _shift_month(today, 1 if (match["which"] or "").startswith("下") else 0)
    last = calendar.monthrange(year, month)[1]
    return date(year, month, {"底": last, "初": 1, "中": 15}[match["part"]])


def _festival_day(words: str, today: date) -> date | None:
    festivals = load_lexicon().festivals
    if words in festivals["fixed"]:
        month, day = (int(part) for part in festivals["fixed"][words].split("-"))
        this_year = date(today.year, month, day)
        return this_year if this_year >= today else date(today.year + 1, month, day)
    days = festivals["by_year"].get(words, {})
    return min((day for day in days.values() if day >= today), default=None)


def _shift_month(day: date, months: int) -> tuple[int, int]:
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
