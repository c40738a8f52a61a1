"""Words for days against the conversation's clock."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.text.dates import find_dates, resolve_date

NOW = datetime(2026, 11, 4, 15, 0)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("今天", date(2026, 11, 4)),
        ("今晚", date(2026, 11, 4)),
        ("明天", date(2026, 11, 5)),
        ("大后天", date(2026, 11, 7)),
        ("前天", date(2026, 11, 2)),
        ("周三", date(2026, 11, 4)),
        ("周一", date(2026, 11, 9)),
        ("下周三", date(2026, 11, 11)),
        ("上周五", date(2026, 10, 30)),
        ("这周日", date(2026, 11, 8)),
        ("下个星期天", date(2026, 11, 15)),
        ("周末", date(2026, 11, 7)),
        ("3天后", date(2026, 11, 7)),
        ("三天内", date(2026, 11, 7)),
        ("两周后", date(2026, 11, 18)),
        ("10天前", date(2026, 10, 25)),
        ("1个月后", date(2026, 12, 4)),
        ("11月11号", date(2026, 11, 11)),
        ("十二月一号", date(2026, 12, 1)),
        ("10月3号", date(2026, 10, 3)),
        ("1月5号", date(2027, 1, 5)),
        ("下个月3号", date(2026, 12, 3)),
        ("2026年12月25日", date(2026, 12, 25)),
        ("25号", date(2026, 11, 25)),
        ("2号", date(2026, 12, 2)),
        ("月底", date(2026, 11, 30)),
        ("下月初", date(2026, 12, 1)),
        ("双十一", date(2026, 11, 11)),
        ("618", date(2027, 6, 18)),
        ("春节", date(2027, 2, 6)),
        ("中秋", date(2027, 9, 15)),
    ],
)
def test_a_day_is_found_and_resolved(words: str, day: date) -> None:
    (found,) = find_dates(f"我{words}要用")
    assert found[0] == words
    assert resolve_date(words, NOW) == day


@pytest.mark.parametrize("words", ["年前", "2月30号", "随便"])
def test_words_that_name_no_single_day_resolve_to_none(words: str) -> None:
    assert resolve_date(words, NOW) is None


@pytest.mark.parametrize("text", ["38号鞋", "5号链接", "6180元", "八个月", "周转", "1天"])
def test_what_names_no_day_is_left_alone(text: str) -> None:
    assert list(find_dates(text)) == []
