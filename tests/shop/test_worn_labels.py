"""A label of what she wears tells a height and, of trousers, a waist."""

from __future__ import annotations

import pytest

from bot.shop.goods.beside import part_meant
from bot.shop.sizes import worn_label
from bot.shop.sizes.worn_label import Label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("我平时穿的牛仔裤标165/66A", Label(165.0, 66.0)),
        ("身上这件标的是160/84A", Label(160.0)),
        ("吊牌 170/92a", Label(170.0)),
        ("裤子165/70 A的", Label(165.0, 70.0)),
    ],
)
def test_a_label_is_a_height_and_a_girth(text: str, label: Label) -> None:
    assert worn_label.read(text) == label


@pytest.mark.parametrize("text", ["165 110斤", "165/110斤", "2026/11/22", "165cm", "130/140 有吗"])
def test_other_numbers_are_no_label(text: str) -> None:
    assert worn_label.read(text) is None


def test_what_she_wears_every_day_is_not_what_she_asks_for() -> None:
    assert "牛仔裤" not in part_meant("我平时穿的牛仔裤标165/66A")
    assert "羽绒服" not in part_meant("我家里那件羽绒服是L码")
    assert "牛仔裤" in part_meant("平时穿牛仔裤多 推荐一条牛仔裤")
    assert "羽绒服" in part_meant("平时穿M 这羽绒服拿哪个码")
