"""What is named as a gift, or to go into something, is not what the message is about."""

import pytest

from bot.shop.goods.beside import is_over_thick, part_meant


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("这双满199有送袜子吗", "这双满199"),
        ("那240总行了吧 再送双袜子", "那240总行了吧 "),
        ("66升的能装多少被子", "66升的"),
        ("有没有赠品袜子", ""),
        ("袜子送不送", "袜子"),
        ("送女朋友的围巾有吗", "送女朋友的围巾有吗"),
        ("送到北京的羽绒服几天到", "送到北京的羽绒服几天到"),
        ("想给我妈买件羽绒服", "想给我妈买件羽绒服"),
        ("165 110斤 里面要穿厚毛衣", "165 110斤 "),
        ("里面穿厚毛衣的话呢", "的话呢"),
        ("里面套毛衣会不会紧", "会不会紧"),
        ("能套得下羊绒衫吗", "能吗"),
        ("这大衣里面塞得下卫衣不", "这大衣不"),
        ("里面的毛衣比较厚", "比较厚"),
        ("外面套羽绒服行吗", "行吗"),
        ("配牛仔裤好看吗", "好看吗"),
        ("配牛仔裤一起多少钱", "配牛仔裤一起多少钱"),
        ("有没有里面穿的毛衣", "有没有里面穿的毛衣"),
        ("里面穿的毛衣再来一件", "里面穿的毛衣再来一件"),
        ("这套保暖内衣缩水吗", "这套保暖内衣缩水吗"),
        ("毛衣多少钱", "毛衣多少钱"),
    ],
)
def test_the_part_before_a_gift_is_what_is_meant(words: str, meant: str) -> None:
    assert part_meant(words) == meant


@pytest.mark.parametrize(
    ("words", "is_thick"),
    [
        ("里面要穿厚毛衣", True),
        ("里面套件卫衣", True),
        ("我里面会穿马甲", True),
        ("里面穿打底衫", False),
        ("里面只穿秋衣", False),
        ("里面不穿毛衣", False),
        ("下面穿牛仔裤", False),
        ("外面套羽绒服", False),
        ("毛衣厚不厚", False),
    ],
)
def test_only_something_thick_underneath_needs_room(words: str, is_thick: bool) -> None:
    assert is_over_thick(words) is is_thick
