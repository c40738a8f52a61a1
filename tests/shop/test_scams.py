"""Somebody wants money, a code or a click in the shop's name: told from calls and messages that are what they seem."""

from __future__ import annotations

import pytest

from bot.shop.talk.scam import Scam, goes_on, reported
from bot.text.cantonese import in_mandarin


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("有人打電話話要我交清關費", Scam.CUSTOMS),
        ("要补税吗 有短信让我点链接交", Scam.CUSTOMS),
        ("收到短信说要交关税", Scam.CUSTOMS),
        ("有人加我微信说是你们客服 让我扫码退款", Scam.ASKED),
        ("接到电话说快递丢了 要给我理赔 让我下载软件", Scam.ASKED),
        ("自称你们客服的要我的银行卡号", Scam.ASKED),
        ("有个电话让我把验证码报给他", Scam.ASKED),
        ("你们客服打电话让我加微信", Scam.ASKED),
        ("短信说退款要点链接", Scam.ASKED),
        ("有人冒充你们店", Scam.ASKED),
        ("是不是诈骗电话", Scam.ASKED),
        ("有人打电话让我扫码退款 我已经付了500", Scam.PAID),
        ("接到电话说是客服 让我转账 钱转过去了 被骗了", Scam.PAID),
    ],
)
def test_a_call_that_wants_money_is_heard(said: str, told: Scam) -> None:
    assert reported(in_mandarin(said)) is told


@pytest.mark.parametrize(
    "said",
    [
        "快递员打电话让我去取",
        "你们电话多少",
        "能给我打个电话吗",
        "可以扫码付款吗",
        "我要付多少钱",
        "有个券要满多少才能用",
        "你们是不是骗子",
        "收到短信让我报取件码",
        "收到短信要付尾款",
        "验证码收不到怎么办",
        "有人在吗",
        "清关要不要我交税",
        "快递打电话说送不到",
        "朋友让我帮她付款",
        "没收到短信 要付多少运费",
        "我打电话问过了 说要付运费",
    ],
)
def test_other_calls_and_payments_are_what_they_seem(said: str) -> None:
    assert reported(said) is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("係咪呃人㗎", Scam.ASKED),
        ("定系假嘅?", Scam.ASKED),
        ("是你们打的吗", Scam.ASKED),
        ("我已经转了三百", Scam.PAID),
        ("还没付呢", None),
        ("枕头什么时候到", None),
    ],
)
def test_after_the_warning_a_doubt_and_a_payment_go_on_about_it(said: str, told: Scam | None) -> None:
    assert goes_on(in_mandarin(said)) is told
