"""Dictated messages are read as they would have been typed."""

import pytest

from bot.text.fillers import without_fillers


@pytest.mark.parametrize(
    ("dictated", "typed"),
    [
        ("嗯那个就是说我想问一下呃这个衣服它有没有那个M码", "衣服它有没有M码"),
        ("呃，那个，什么时候发货", "什么时候发货"),
        ("我我我想问一下就是发什么快递", "发什么快递"),
        ("喂那个快递到哪了", "快递到哪了"),
        ("有有货吗", "有货吗"),
        ("那个羽绒服的那个，多少钱", "羽绒服的那个，多少钱"),
        ("这个多少钱", "多少钱"),
        ("什么时候发货", "什么时候发货"),
        ("嗯嗯", "嗯嗯"),
        ("嗯", "嗯"),
        ("那个", "那个"),
    ],
)
def test_hesitations_and_stutters_are_left_out(dictated: str, typed: str):
    assert without_fillers(dictated) == typed
