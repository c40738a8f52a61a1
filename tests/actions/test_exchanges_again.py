"""Exchanges: the order that can be meant, a refund under way, a size that does not fit her, another's parcel."""

from __future__ import annotations

import pytest

from actions.after_sale.after_sale_question import AfterSaleQuestion
from actions.after_sale.exchanges import Exchange
from actions.after_sale.refunds import Refund, RefundStatus
from actions.after_sale.remedies import OfferRemedies
from actions.deciding.clarify import Clarify
from actions.orders.order_changes import ModifyOrder
from actions.talk.small_talk import Inform
from tests.actions.conftest import say

CANVAS, DRESS = "88261100010083", "88261100010075"


def test_the_order_whose_refund_was_told_is_talked_about_from_then_on() -> None:
    told = say(RefundStatus(), "帆布鞋退款到哪了", "ask_refund", customer_id="c-lin")
    assert told.slots["order_id"] == CANVAS


@pytest.mark.parametrize("slots", [{}, {"order_id": CANVAS}, {"order_id": DRESS}])
def test_a_size_the_dress_never_comes_in_means_the_shoes(slots: dict) -> None:
    said = say(Exchange(), "直接帮我换36", "ask_exchange", {"size": "36"}, slots, customer_id="c-lin")
    assert said.responses == ["utter_exchange_refunding"]
    assert "正在退款" in said.text and "36" in said.text and "高帮帆布鞋" in said.text


def test_a_size_that_will_not_fit_is_told_before_the_parcel_goes_twice() -> None:
    slots = {"order_id": DRESS, "height_cm": 165.0, "weight_kg": 55.0}
    said = say(
        Exchange(), "黑色L", "ask_exchange", {"color": "黑色", "size": "L"}, slots, customer_id="c-lin"
    )
    assert said.responses == ["utter_exchange_size_doubt", "utter_confirm_exchange_half"]
    assert "M 码" in said.text
    plain = say(
        Exchange(),
        "黑色L",
        "ask_exchange",
        {"color": "黑色", "size": "L"},
        {"order_id": DRESS},
        customer_id="c-lin",
    )
    assert plain.responses == ["utter_confirm_exchange_half"]


def test_a_received_order_is_exchanged_and_not_changed() -> None:
    said = say(ModifyOrder(), "能换个颜色吗", "modify_order", slots={"order_id": DRESS}, customer_id="c-lin")
    assert said.follows == "action_exchange"


def test_no_money_is_given_back_for_what_was_never_paid() -> None:
    asked = say(Refund(), "我要退款", "ask_refund", customer_id="c-he")
    names = [option["title"] for option in asked.cards[0]["options"]]
    assert names and not any("学习椅" in name for name in names)


def test_what_a_friend_bought_is_settled_from_the_friends_account() -> None:
    told = say(Inform(), "哦我还没收到 是我朋友的", "inform", customer_id="c-gu")
    assert told.responses == ["utter_someone_elses"]
    asked = say(
        AfterSaleQuestion(), "拉链坏了 我朋友买的", "report_defect", {"fault": "拉链坏"}, form="after_sale_form",
        customer_id="c-gu",
    )  # fmt: skip
    assert say(
        OfferRemedies(), "拉链坏了 我朋友买的", "report_defect", slots=asked.slots, customer_id="c-gu"
    ).responses == ["utter_someone_elses"]


@pytest.mark.parametrize(("customer", "follows"), [("c-chan", "after_sale_form"), (None, None)])
def test_whoever_has_orders_and_tells_of_a_trouble_is_not_sent_for_the_number(
    customer: str | None, follows: str | None
) -> None:
    ranking = [("report_mismatch", 0.53)]
    said = say(Clarify(), "枕头颜色不对", "nlu_fallback", ranking=ranking, customer_id=customer)
    assert (said.follows == "after_sale_form") is (follows is not None)


@pytest.mark.parametrize("text", ["能换个颜色吗", "可以换码吗", "想换个别的颜色"])
def test_another_one_asked_for_beside_her_order_is_looked_up(text: str) -> None:
    said = say(Exchange(), text, "ask_exchange", slots={"order_id": DRESS}, customer_id="c-lin")
    assert said.responses == ["utter_exchange_for_what"]


@pytest.mark.parametrize("text", ["换颜色运费谁出", "怎么换颜色"])
def test_how_an_exchange_works_stays_a_question(text: str) -> None:
    said = say(Exchange(), text, "ask_exchange", slots={"order_id": DRESS}, customer_id="c-lin")
    assert "utter_exchange_for_what" not in said.responses
