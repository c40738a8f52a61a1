"""What an angry customer wants done, told from what she rules out or only asks about."""

from __future__ import annotations

import pytest

from bot.shop.after_sale.remedy_wish import Keeping, asked_for, is_ruled_out, keeps, named
from bot.shop.records.remedy_policy import RemedyKind

RETURN, EXCHANGE = RemedyKind.RETURN, RemedyKind.EXCHANGE
RESEND, FULL = RemedyKind.RESEND, RemedyKind.FULL_REFUND


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("才这么点？我要退货", RETURN),
        ("我要退货", RETURN),
        ("退货退货", RETURN),
        ("直接退吧", RETURN),
        ("还是退了吧", RETURN),
        ("不行 给我退货", RETURN),
        ("不如退货", RETURN),
        ("要不退货吧", RETURN),
        ("不要券 我要退货", RETURN),
        ("给我重发一套", RESEND),
        ("给我重发一套 行不行一句话", RESEND),
        ("就补一只碗", RESEND),
        ("能不能给我补发一个", RESEND),
        ("补我一根鞋带", RESEND),
        ("换一件吧，算了直接退货", RETURN),
        ("给我换一双", EXCHANGE),
        ("我想换31码", EXCHANGE),
        ("换新的", EXCHANGE),
        ("全额退给我", FULL),
        ("仅退款", FULL),
    ],
)
def test_a_plain_wish_is_heard(text: str, wished: RemedyKind) -> None:
    assert named(text) is wished


@pytest.mark.parametrize(
    "text",
    [
        "我可不想退货",
        "别跟我提退货",
        "不想换",
        "懒得退货",
        "谁要换货",
        "退货太麻烦",
        "换货不接受",
        "唔想換貨",
        "退货运费谁出",
        "换货怎么换",
        "退货的话几天到账",
        "退我50",
        "我要退一部分钱",
        "我要退款",
        "补30块",
        "补一张券",
        "我不想要钱",
        "谁稀罕你的五十块",
        "才这么点",
        "都不行",
        "坏了",
        "一只",
    ],
)
def test_what_she_rules_out_asks_about_or_does_not_say_is_no_wish(text: str) -> None:
    assert named(text) is None


@pytest.mark.parametrize(
    ("text", "is_refusal"),
    [
        ("谁要换货", True),
        ("我可不想退货", True),
        ("退货太麻烦", True),
        ("不想退货 换一件", False),
        ("好的", False),
    ],
)
def test_a_remedy_ruled_out_is_a_refusal(text: str, is_refusal: bool) -> None:
    assert is_ruled_out(text) is is_refusal


@pytest.mark.parametrize(
    ("text", "kind"), [("能退吗", None), ("能不能退货", RETURN), ("可以换货吗", EXCHANGE)]
)
def test_whether_it_may_be_had_is_a_question(text: str, kind: RemedyKind | None) -> None:
    assert asked_for(text) is kind
    assert named(text) is None


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("我不想退 补点钱就行", Keeping.MONEY),
        ("不退 补点钱就行", Keeping.MONEY),
        ("裙子我留着 补我点钱", Keeping.MONEY),
        ("想要点补偿 不寄回", Keeping.MONEY),
        ("能补点钱吗", Keeping.MONEY),
        ("我不想寄 麻烦死", Keeping.GOODS),
        ("懒得寄", Keeping.GOODS),
        ("我将就穿吧", Keeping.GOODS),
        ("补点钱就想打发我", None),
        ("才补这点钱", None),
        ("多补点", None),
        ("补多少钱", None),
        ("不退钱我就投诉", None),
        ("怎么不退", None),
        ("不想退货 换一件", None),
        ("不想要钱", None),
        ("补发一个", None),
        ("补一点差价就换大一号", None),
        ("不寄发票吗", None),
    ],
)
def test_that_the_goods_stay_with_her_is_heard(text: str, how: Keeping | None) -> None:
    assert keeps(text) is how
