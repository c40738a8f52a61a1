"""A small hurt comes before the goods; what is asked about, feared or torn on the goods is none."""

from __future__ import annotations

import pytest

from bot.shop.talk.accident import Sore, sore


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("运动鞋磨脚后跟 破皮了都", Sore.RUBBED),
        ("孩子脚后跟磨破了", Sore.RUBBED),
        ("新鞋把我脚磨出水泡了", Sore.RUBBED),
        ("裤腰勒得孩子肚子都红了", Sore.RUBBED),
        ("领子把脖子磨红了", Sore.RUBBED),
        ("家居服洗了掉色 娃身上蓝的", Sore.DYED),
        ("裤子掉色染得腿上都是", Sore.DYED),
    ],
)
def test_a_small_hurt_is_heard(said: str, told: Sore) -> None:
    assert sore(said) is told


@pytest.mark.parametrize(
    "said",
    [
        "会不会磨脚后跟",
        "这双磨不磨脚",
        "鞋头磨破皮了",
        "领口磨破了",
        "怕染到身上",
        "会掉色染到身上吗",
        "手提绳磨破了",
        "洗了两次掉色",
        "孩子说穿着不磨脚",
    ],
)
def test_a_worry_or_a_worn_thing_is_no_hurt(said: str) -> None:
    assert sore(said) is None
