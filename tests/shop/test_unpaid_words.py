"""What words plainly ask of an order that is not paid yet, and of money that is."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.shop.orders import paid_words, unpaid_words

NOW = datetime(2026, 11, 20, 14, 0)


@pytest.mark.parametrize(
    "text",
    [
        *("你给我留到周末行不", "能给我留到周日再付吗", "单子不会没了吧", "这单能留多久", "我明天再付行吗"),
        *("订单会不会自动关闭", "发工资再付可以吗", "多久会失效", "别把我单子关了"),
    ],
)
def test_it_is_to_be_kept(text: str) -> None:
    assert unpaid_words.asks_to_keep(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "说好的价给我留到周末",
            "包裹放驿站能留几天",
            "吊牌我留着呢",
            "券快过期了",
            "放门口吧",
            "什么时候发货",
        ),
        *("给我留个电话", "快递单没了", "我周末再收到也行"),
    ],
)
def test_something_else_is_to_be_kept(text: str) -> None:
    assert not unpaid_words.asks_to_keep(text)


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("那个学习椅我还没付钱呢 忘了", True),
        ("我没付钱的那个椅子 不要了", True),
        ("毛衣待付款那个 换米白M", True),
        ("没付成功怎么回事", False),
        ("付款失败了", False),
        ("我付过了", False),
    ],
)
def test_not_paid_is_no_payment_that_failed(text: str, is_said: bool) -> None:
    assert unpaid_words.says_unpaid(text) is is_said


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("还能用券吗", True),
        ("那单没付的268还能用券不", True),
        ("我有张10块的", True),
        ("券什么时候过期", False),
        ("有没有优惠", False),
    ],
)
def test_a_coupon_on_it(text: str, is_asked: bool) -> None:
    assert unpaid_words.asks_for_coupon(text) is is_asked


def test_the_day_it_is_wished_until() -> None:
    assert unpaid_words.wished_until("你给我留到周末行不", NOW) == ("周末", date(2026, 11, 21))
    assert unpaid_words.wished_until("能留多久", NOW) is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "我那羽绒服付了多少钱",
            "风衣我付了多少钱",
            "我风衣实付多少",
            "那个保暖衣我花了多少钱",
            "我内衣那单付了多少",
        ),
        *(
            "我四件套花了多少钱来着",
            "我付了多少 围巾那单",
            "那单付的429对吧",
            "羽绒服多少钱买的",
            "买的时候多少钱来着",
        ),
        *("风衣我付的是定金还是全款", "我那风衣是定金吗", "付的是定金吗"),
    ],
)
def test_what_she_has_paid_is_asked(text: str) -> None:
    assert paid_words.asks_paid(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "羽绒服多少钱",
            "羽绒服现在多少钱",
            "定金付了多少能退多少",
            "退了能退我付的多少钱",
            "运费付了多少",
            "要付多少定金",
        ),
        *(
            "实付多少钱",
            "到手多少",
            "花了多少天才到",
            "多少人付了款",
            "尾款付了多少",
            "花多少钱能包邮",
            "定金怎么付",
        ),
    ],
)
def test_another_sum_or_a_purchase_to_come_is_not_what_she_has_paid(text: str) -> None:
    assert not paid_words.asks_paid(text)


@pytest.mark.parametrize("text", ["多少钱来着我忘了", "多少钱来着", "一共多少钱来着"])
def test_a_sum_forgotten_is_heard(text: str) -> None:
    assert paid_words.has_forgotten_sum(text) and not paid_words.has_forgotten_sum("现在" + text)


@pytest.mark.parametrize(
    "text",
    [
        "四件套忘用券了咋办",
        "四件套下单忘用券了",
        "券忘了用",
        "付款时没用上优惠券",
        "没勾选优惠券",
        "漏用了券",
    ],
)
def test_a_coupon_left_out_is_heard(text: str) -> None:
    assert paid_words.asks_unused(text)


@pytest.mark.parametrize(
    "text",
    [
        "券用不了",
        "没付款的那单能用券吗",
        "券能用吗",
        "没有券",
        "我有券没用 想买四件套",
        "能用券吗",
        "券没到账",
    ],
)
def test_a_coupon_for_a_purchase_to_come_is_not_one_left_out(text: str) -> None:
    assert not paid_words.asks_unused(text) and not paid_words.asks_used(text)


@pytest.mark.parametrize(
    "text", ["那单当时用券了吗", "四件套那单当时用券了吗", "当时有没有用券", "这单券用上了吗"]
)
def test_whether_a_coupon_went_in_is_heard(text: str) -> None:
    assert paid_words.asks_used(text)
