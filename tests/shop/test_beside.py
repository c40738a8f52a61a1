"""What is named as a gift, or to go into something, is not what the message is about."""

import pytest

from bot.shop.beside import part_meant


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
    ],
)
def test_the_part_before_a_gift_is_what_is_meant(words: str, meant: str) -> None:
    assert part_meant(words) == meant
