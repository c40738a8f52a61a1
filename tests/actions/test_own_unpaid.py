"""Words about her unpaid order are answered from it: kept how long, changed, called off, or with her coupon."""

from __future__ import annotations

import pytest

from actions.deciding.clarify import Clarify
from actions.orders.unpaid import Payment
from actions.talk.faq import FaqAnswer
from tests.actions.conftest import Orders, Said, say

CHAIR = "88261100010109"
SWEATER = "88261100010018"


def taken(text: str, customer: str, **slots) -> str | None:
    return say(Clarify(), text, "nlu_fallback", slots=slots, customer_id=customer).follows


def pay(text: str, customer: str, **slots) -> Said:
    return say(Payment(), text, "ask_payment", slots=slots, customer_id=customer)


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("那个学习椅我还没付钱呢 忘了", "action_payment"),
        ("你给我留到周末行不", "action_payment"),
        ("能给我留到周日再付吗", "action_payment"),
        ("我没付钱的那个椅子 不要了", "action_cancel_order"),
        ("没付款的椅子颜色能换成别的不", "action_modify_order"),
    ],
)
def test_the_only_unpaid_order_is_meant(text: str, action: str) -> None:
    assert taken(text, "c-he") == action


def test_a_day_beyond_what_the_shop_keeps_is_never_promised(orders: Orders) -> None:
    said = pay("能给我留到周日再付吗", "c-he")
    assert said.responses == ["utter_unpaid_not_kept"]
    assert "周日留不到" in said.text and "明天 13:40" in said.text and "11 件" in said.text
    assert said.slots["order_id"] == CHAIR
    assert not orders.notes and not said.effects


def test_whether_it_is_still_there() -> None:
    assert taken("单子不会没了吧", "c-zhou") == "action_payment"
    said = pay("单子不会没了吧", "c-zhou")
    assert said.responses == ["utter_unpaid_kept"]
    assert "麻花宽松毛衣" in said.text


@pytest.mark.parametrize("text", ["那单没付的268还能用券不", "没付款那单 我有张10块的券能用吗"])
def test_her_coupon_on_the_order_that_is_placed(text: str) -> None:
    assert taken(text, "c-zhou") == "action_payment"
    said = pay(text, "c-zhou")
    assert said.responses == ["utter_unpaid_coupon"]
    assert "重新拍" in said.text


def test_talked_about_it_needs_no_name() -> None:
    assert taken("还能用券吗", "c-zhou", order_id=SWEATER) == "action_payment"
    assert taken("还能用券吗", "c-zhou") != "action_payment"


def test_without_a_coupon_she_is_told_so() -> None:
    assert pay("没付款那单能用券吗", "c-he").responses == ["utter_unpaid_no_coupon"]


@pytest.mark.parametrize(
    ("text", "customer"),
    [
        ("能给我留到周日再付吗", "c-lin"),
        ("给我留着", "c-gu"),
        ("收纳箱给我留着吧", "c-he"),
        ("付款失败了 没付成功", "c-he"),
    ],
)
def test_who_has_none_or_means_another_is_left_to_the_reading(text: str, customer: str) -> None:
    assert say(FaqAnswer(), text, "ask_payment", customer_id=customer).follows not in (
        "action_payment",
        "action_cancel_order",
    )


def test_on_the_page_of_other_goods_she_speaks_of_those() -> None:
    said = say(
        Clarify(), "给我留到周末行不", "nlu_fallback", customer_id="c-he", product_id="down-light-short"
    )
    assert said.follows != "action_payment"
