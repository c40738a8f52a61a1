"""How she speaks decides how the bot speaks; an upset customer is not played with."""

from datetime import datetime

import pytest

from bot.shop.talk.manner import (
    UPSET_FOR,
    Manner,
    PartOfDay,
    Register,
    addressed,
    ended,
    heard,
    part_of_day,
    says_dear,
    spoken,
    without_dear,
)


def after(*texts: str) -> Manner:
    manner = Manner()
    for text in texts:
        manner = heard(manner, text)
    return manner


@pytest.mark.parametrize(
    ("said", "register"),
    [
        (["您好，请问这款什么面料"], "formal"),
        (["请问有货吗"], "formal"),
        (["麻烦您看一下"], "formal"),
        (["你们啥时候发货"], None),
        (["你们啥时候发货", "咋还不到"], "plain"),
        (["老板在不", "便宜点呗"], "plain"),
        (["亲 在吗", "有没有大码的呀 亲"], "plain"),
        (["亲子装有吗", "母亲节能到吗", "亲肤的吗"], None),
        (["你好", "你好"], None),
        (["有货吗", "多少钱", "包邮吗"], None),
        (["你们咋回事", "啥时候到", "请问您能查一下吗"], "formal"),
        (["请问您能查一下吗", "你们咋回事"], "formal"),
        (["请问您能查一下吗", "你们咋回事", "到底啥时候到"], "plain"),
    ],
)
def test_her_own_words_decide_how_she_is_addressed(said: list[str], register: str | None):
    found = after(*said).register
    assert (found.value if found else None) == register


UPSET = [
    "你们服务态度太差了", "骗子", "气死我了", "无语", "我要投诉", "差评", "什么破质量", "等了半个月了",
    "催了三遍没人理", "到底什么时候发",
    "还没到！", "退钱!!!", "😡", "黑心商家", "浪费我时间", "太离谱了", "失望", "第三次找你们了", "垃圾质量",
    "tmd还不发货", "敷衍我",
]  # fmt: skip
CALM = [
    "什么时候发货", "垃圾桶有货吗", "垃圾袋多少钱", "会不会差评", "滚筒洗衣机能洗吗", "不投诉了", "取消投诉",
    "投诉快递找谁", "坑坑洼洼的桌面能用吗",
    "气垫鞋", "不差这点钱", "傻瓜式安装吗", "还没到吧", "第二次来买了", "态度很好", "没有失望", "好的", "贵了点",
]  # fmt: skip


@pytest.mark.parametrize("text", UPSET)
def test_anger_is_heard(text: str):
    assert after(text).is_upset


@pytest.mark.parametrize("text", CALM)
def test_everyday_words_are_no_anger(text: str):
    assert not after(text).is_upset


def test_anger_fades_with_calm_messages_and_ends_with_thanks():
    angry = after("气死我了")
    assert after("气死我了", *["几天到"] * (UPSET_FOR - 1)).is_upset
    assert not after("气死我了", *["几天到"] * UPSET_FOR).is_upset
    assert not heard(angry, "好的谢谢").is_upset
    assert heard(heard(angry, "几天到"), "还不发货，骗子").upset_for == UPSET_FOR


def test_a_grave_matter_upsets_whatever_the_words():
    assert heard(Manner(), "手有点红", is_complaint=True).is_upset


def test_plain_speech_gets_你_and_anger_always_您():
    plain = Manner(register=Register.PLAIN)
    assert addressed("您好，您的订单", plain) == "你好，你的订单"
    assert addressed("您的订单", Manner(register=Register.PLAIN, upset_for=1)) == "您的订单"
    assert addressed("您的订单", Manner()) == "您的订单"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("亲，有货的。", "有货的。"),
        ("好的，亲，马上发。", "好的，马上发。"),
        ("好的亲～", "好的～"),
        ("亲爱的，在的。", "在的。"),
        ("亲子装有货，亲肤面料。", "亲子装有货，亲肤面料。"),
        ("送母亲也合适。", "送母亲也合适。"),
    ],
)
def test_亲_is_taken_out_as_an_address_only(text: str, bare: str):
    assert without_dear(text) == bare
    assert not says_dear(bare)


def test_亲_is_said_at_most_once_a_chat_and_never_in_anger():
    twice = ["亲，有货的。", "亲，喜欢就拍。"]
    assert spoken(twice, Manner(), False) == ["亲，有货的。", "喜欢就拍。"]
    assert spoken(twice, Manner(), True) == ["有货的。", "喜欢就拍。"]
    assert spoken(twice, Manner(upset_for=1), False) == ["有货的。", "喜欢就拍。"]


def test_an_ending_takes_the_place_of_a_full_stop_only():
    assert ended("不客气。", "～") == "不客气～"
    assert ended("要哪个？", "～") == "要哪个？"
    assert ended("一\n二。", "～") == "一\n二。"
    assert ended("不客气。", "") == "不客气。"


@pytest.mark.parametrize(
    ("hour", "part"),
    [(5, "morning"), (10, "morning"), (11, "noon"), (13, "afternoon"), (17, "afternoon"),
     (18, "evening"), (2, "evening")],
)  # fmt: skip
def test_the_greeting_follows_the_shops_clock(hour: int, part: str):
    assert part_of_day(datetime(2026, 11, 20, hour, 30)) is PartOfDay(part)
