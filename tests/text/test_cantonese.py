"""Cantonese words are read as what they mean; standard Chinese is left alone."""

from __future__ import annotations

import pytest

from bot.text.cantonese import in_mandarin


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("要唔要交稅", "要不要交稅"),
        ("如果想退貨點退", "如果想退貨怎么退"),
        ("件衫爛咗點算", "件衫坏了怎么办"),
        ("幾時到貨", "什么时候到貨"),
        ("咁幾耐到", "这么多久到"),
        ("有冇貨", "有没有貨"),
        ("我唔想再等", "我不想再等"),
        ("幾多錢", "多少钱"),
        ("可唔可以換", "可不可以換"),
        ("個枕頭清咗關未呀", "個枕頭清關了没呀"),
        ("枕頭清關清咗未", "枕頭清關清了没"),
        ("仲未清關咩", "还没清關吗"),
        ("收到貨未", "收到貨没"),
        ("唔啱瞓可唔可以退", "不合适睡可不可以退"),
        ("做咩仲未到", "做什么还没到"),
    ],
)
def test_spoken_words_are_told_in_standard_ones(said: str, meant: str) -> None:
    assert in_mandarin(said) == meant


@pytest.mark.parametrize(
    "text",
    [
        "退货怎么退",
        "系带的鞋",
        "点退货按钮没反应",
        "几点下班",
        "联系我",
        "有点大",
        "伯仲之间",
        "发货未见动静",
        "尚未到货",
    ],
)
def test_standard_chinese_stays_as_it_is(text: str) -> None:
    assert in_mandarin(text) == text
