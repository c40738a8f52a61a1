"""However a customer spells it, the bot reads one spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.normalise import bare, normalise, normalise_with_spans


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("這件衣服會不會褪色", "这件衣服会不会褪色"),
        ("１６５ＣＭ　１１０斤", "165cm 110斤"),
        ("ＸＸＬ", "xxl"),
        ("怎么还不发货？？？！！！", "怎么还不发货?!"),
        ("好的。。。", "好的。"),
        ("等……等", "等.等"),
        ("你\u200b好\ufeff", "你好"),
        ("  发\t什么\n快递  ", "发 什么 快递"),
        ("👌👌👌", "👌"),
        ("❤️", "❤"),
        ("哈哈哈", "哈哈哈"),
        ("24㎝", "24cm"),
        ("一米六五", "一米六五"),
        ("160～165", "160~165"),
        ("", ""),
    ],
)
def test_one_spelling(typed: str, read: str) -> None:
    assert normalise(typed) == read


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_every_character_knows_where_it_came_from(text: str) -> None:
    normal = normalise_with_spans(text)
    assert len(normal.starts) == len(normal.text)
    assert list(normal.starts) == sorted(normal.starts)
    assert all(0 <= start < normal.length for start in normal.starts)


def test_a_span_points_into_what_the_customer_typed() -> None:
    typed = "我\u200b１６５　ＣＭ"
    normal = normalise_with_spans(typed)
    at = normal.text.index("165")
    start, end = normal.span(at, at + 3)
    assert typed[start:end] == "１６５"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("能退吗？", "能 退 嗎", True),
        ("OK!", "ok", True),
        ("2.5元", "25元", False),
        ("？", "。", False),
        ("😭", "👌", False),
    ],
)
def test_what_is_the_same_to_a_customer(one: str, other: str, same: bool) -> None:
    assert (bare(one) == bare(other)) is same
