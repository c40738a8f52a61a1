"""What she ordered, looked for by its name alone, told from a question about goods."""

from __future__ import annotations

import pytest

from bot.shop.orders.hers import Whose, asks_whereabouts
from bot.shop.talk.consent import asks_leave


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("我的毛衣呢", Whose.HERS),
        ("我买的毛衣啥情况", Whose.HERS),
        ("我的羊毛衫呢 咋没动静", Whose.HERS),
        ("围巾怎么还没到", Whose.HERS),
        ("我那件毛衣怎么样了", Whose.HERS),
        ("我个枕头还没到", Whose.HERS),
        ("毛衣呢", Whose.UNSAID),
        ("那毛衣呢？", Whose.UNSAID),
        ("毛衣有消息没", Whose.UNSAID),
        ("毛衣怎么洗呢", None),
        ("毛衣起球怎么回事", None),
        ("毛衣怎么样", None),
        ("毛衣什么时候到呢", None),
        ("毛衣多少钱呢", None),
        ("我的钱呢", None),
        ("为什么呢", None),
    ],
)
def test_looking_for_it_is_no_other_question(text: str, whose: Whose | None) -> None:
    assert asks_whereabouts(text) is whose


@pytest.mark.parametrize(
    ("text", "is_asked"), [("可不可以改", True), ("能不能换", True), ("可以的", False), ("可不可以吗", False)]
)
def test_asking_for_leave_is_no_yes(text: str, is_asked: bool) -> None:
    assert asks_leave(text) is is_asked
