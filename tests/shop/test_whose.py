"""Another's order is told apart from a gift she bought."""

from __future__ import annotations

import pytest

from bot.shop.orders.whose import is_someone_elses


@pytest.mark.parametrize(
    ("text", "is_other"),
    [
        ("哦我还没收到 是我朋友的", True),
        ("我朋友买的那件", True),
        ("帮朋友问一下", True),
        ("不是我买的", True),
        ("用我同事的号拍的", True),
        ("给我妈买的", False),
        ("送朋友买的礼物", False),
        ("我买的", False),
        ("是我的", False),
        ("是朋友的生日", False),
    ],
)
def test_whose_it_is(text: str, is_other: bool) -> None:
    assert is_someone_elses(text) is is_other
