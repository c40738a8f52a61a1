"""What counts as a yes before something is done to an order, and what stops it."""

from __future__ import annotations

import pytest

from bot.shop.orders import order_wish
from bot.shop.talk import consent


@pytest.mark.parametrize(
    ("text", "is_read_as_yes", "expected"),
    [
        ("对", False, True), ("好的 取消吧", False, True), ("确认取消", False, True), ("那就取消吧", False, True),
        ("嗯嗯", False, True), ("取消", False, True), ("不要了", False, True), ("还是取消吧", False, True),
        ("不用了，还是取消", False, True), ("算了，取消吧", False, True),
        ("妥了", True, True), ("妥了", False, False), ("那件保暖内衣留着", True, False), ("先别", True, False),
        ("不用取消", True, False), ("等一下", True, False), ("好的 内衣留着", True, False),
        ("多少钱能退", True, False), ("退多久到账", True, False), ("学习椅换不了的话我就不要了 取消", True, False),
    ],
)  # fmt: skip
def test_an_order_is_called_off_by_a_plain_yes_only(text: str, is_read_as_yes: bool, expected: bool) -> None:
    assert consent.is_yes(text, consent.CANCELS, is_read_as_yes) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("那换吧", True), ("那就换", True), ("换", True), ("就这么换吧", True), ("好 换", True),
        ("换白色的", False), ("不换了", False), ("那退吧", False), ("换个大一码", False), ("能换吗", False),
    ],
)  # fmt: skip
def test_to_name_the_exchange_is_to_agree_to_it(text: str, expected: bool) -> None:
    assert consent.is_yes(text, consent.EXCHANGES) is expected


@pytest.mark.parametrize(
    ("text", "keeps", "is_a_piece"),
    [
        ("那件保暖内衣留着", True, True), ("保暖内衣我还要的", True, True), ("打底裤别取消", True, True),
        ("先留着", True, False), ("别取消", True, False), ("不取消了", True, False), ("订单保留", True, False),
        ("先别取消", True, False), ("还是要", True, False), ("唔要取消", True, False),
        ("怎么还不取消", False, False), ("能不能取消", False, False), ("取消吧", False, False),
        ("还要多久退款", False, False), ("我还要等多久", False, False), ("还是取消吧", False, False),
    ],
)  # fmt: skip
def test_what_is_to_be_kept_is_heard(text: str, keeps: bool, is_a_piece: bool) -> None:
    assert order_wish.keeps(text) is keeps
    assert order_wish.keeps_a_piece(text) is is_a_piece


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("换不了的话我就不要了 取消", True), ("要是改不了就取消吧", True), ("没货的话就取消", True),
        ("不要了取消", False), ("尺码拍错了取消吧", False), ("等太久的话就不要了", False),
    ],
)  # fmt: skip
def test_an_order_given_up_only_if_it_cannot_be_changed_is_not_given_up(text: str, expected: bool) -> None:
    assert order_wish.hangs_on_a_change(text) is expected
