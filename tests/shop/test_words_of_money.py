"""What a line about money asks besides: the shelf, cash on delivery, one of each, a last offer."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.shop.goods import one_of_each, wishes
from bot.shop.prices import paying, price_words
from bot.shop.records.model import Shop
from bot.text.cantonese import in_mandarin

PAIRS = [
    ("pillow-neck", "枕头要一高一低", {"高款", "低款"}),
    ("pillow-neck", "一个高款一个低款", {"高款", "低款"}),
    ("pillow-neck", "高的低的各一个", {"高款", "低款"}),
    ("hangers-flock", "灰的橙的各来一包", {"灰色", "橙色"}),
    ("dress-knit-long", "M和L各要一件", {"M", "L"}),
    ("slippers-cotton", "灰42橙38各一双行不", {"灰色42-43", "橙色38-39"}),
    ("thermal-set", "M的粉一套L的黑一套 有没", {"粉色M", "黑色L"}),
    ("pillow-neck", "高款一个", set()),
    ("coat-wool-double", "黑的和卡其哪个好", set()),
    ("towels-long-staple", "要一条", set()),
]


@pytest.mark.parametrize(("product", "text", "expected"), PAIRS)
def test_one_of_each_of_two_kinds_is_heard(
    demo_shop: Shop, product: str, text: str, expected: set[str]
) -> None:
    found = one_of_each.told(demo_shop.products[product], text)
    assert {color + size for color, size in found} == expected


@pytest.mark.parametrize(
    ("text", "cash", "helpless"),
    [
        ("能不能货到付款我不会用手机付", True, True),
        ("到了再给钱行不", True, False),
        ("不会手机付咋办", False, True),
        ("我没有支付宝", False, True),
        ("付款失败了", False, False),
        ("付不了款", False, False),
        ("到货了告诉我", False, False),
    ],
)
def test_cash_on_delivery_and_not_knowing_how_to_pay_are_told_apart_from_a_failed_payment(
    text: str, cash: bool, helpless: bool
) -> None:
    assert (paying.asks_on_delivery(text), paying.cannot_pay(text)) == (cash, helpless)


@pytest.mark.parametrize("text", ["750最后", "最多750", "750卖不卖", "就出750最多了", "750行就拿"])
def test_a_last_offer_is_heard(text: str) -> None:
    assert price_words.is_last_offer(text)


@pytest.mark.parametrize("text", ["750多少钱", "最后几件了", "还有750的吗", "100最多买几件", "最后一件"])
def test_what_only_holds_the_same_words_is_no_offer(text: str) -> None:
    assert not price_words.is_last_offer(text)


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("我就80块 想送同桌生日", 80),
        ("80块能买啥送女同学", 80),
        ("同桌过生日送啥 80以内", 80),
        ("手里只有100块", 100),
        ("100块买的 坏了", None),
        ("就80块一件吗", None),
        ("80块能买一件吗", None),
    ],
)
def test_what_she_has_to_spend_is_a_limit(text: str, most: int | None) -> None:
    assert wishes.budget(text) == (None if most is None else Decimal(most))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("有冇得平啲", "能不能便宜点"),
        ("仲有冇得平啲", "还能不能便宜点"),
        ("可唔可以平啲呀", "可不可以便宜点呀"),
        ("咁卡其L兩件寄香港連運費幾錢", "那卡其L兩件寄香港連運費多少钱"),
        ("水平唔得", "水平不得"),
    ],
)
def test_a_cantonese_bargain_is_told_in_standard_words(text: str, plain: str) -> None:
    assert in_mandarin(text) == plain


@pytest.mark.parametrize(
    "text", ["总共呢", "那一共多少钱", "现在一共是多少钱", "加起来多少", "算下来一共要多少钱"]
)
def test_a_total_is_asked_by_the_whole_message(text: str) -> None:
    assert price_words.asks_total(text)


@pytest.mark.parametrize("text", ["一共几件货", "总共发几个包裹", "一共退了多少钱", "加起来能省吗"])
def test_what_only_begins_like_a_total_is_none(text: str) -> None:
    assert not price_words.asks_total(text)


@pytest.mark.parametrize(
    ("text", "may"), [("我一个人装得了不", False), ("再少一点嘛好不好", True), ("再来点", True)]
)
def test_an_unsure_message_asks_for_less_only_in_words_that_can(text: str, may: bool) -> None:
    assert price_words.may_haggle(text) is may
