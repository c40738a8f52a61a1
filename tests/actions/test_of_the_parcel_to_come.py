"""What is plainly said of a parcel on its way is answered from it, and a box signed for from its own order.

Source: docs/transcript-review.md, F 17.
"""

from __future__ import annotations

import pytest

from actions.deciding.clarify import Clarify
from actions.orders.cancelling import CancelOrder
from actions.parcels.courier import Courier
from actions.parcels.tracking import Track
from actions.prices.price_protection import PriceProtection
from tests.actions.conftest import say
from tests.actions.small_rasa import Conversation

QIAO_PARCEL = "88261100010216"


def heard(text: str, customer: str) -> str | None:
    return say(Clarify(), text, "nlu_fallback", {}, {}, customer_id=customer).follows


@pytest.mark.parametrize("said", ["我后天要回娘家 能改送到喀什吗", "羽绒服能转寄到我妈那吗"])
def test_sent_elsewhere_is_what_is_on_its_way(said: str) -> None:
    assert heard(said, "c-gu") == "action_modify_address"


@pytest.mark.parametrize("said", ["上午不在家下午来", "让派件的下午三点以后来 订单备注一下"])
def test_when_to_come_is_of_the_only_parcel_on_the_road(said: str) -> None:
    assert heard(said, "c-qiao") == "action_courier"
    answer = say(Courier(), said, "modify_order", {}, {}, customer_id="c-qiao")
    assert answer.responses == ["utter_delivery_told"]
    assert answer.slots["order_id"] == QIAO_PARCEL


def test_whom_nobody_answers_the_shop_calls_for_her() -> None:
    answer = say(Courier(), "打不通!", "ask_courier", {}, {}, customer_id="c-qiao")
    assert answer.responses == ["utter_courier_called_for_her"]
    assert QIAO_PARCEL in answer.effect("promise")["text"]


@pytest.mark.parametrize("said", ["打不通!", "上午不在家下午来"])
def test_with_nothing_on_the_road_it_is_left_to_its_reading(said: str) -> None:
    assert heard(said, "c-song") != "action_courier"


def test_a_parcel_that_stands_still_is_looked_up_by_its_place() -> None:
    assert heard("围巾和开衫怎么停广州", "c-he") == "action_track"


def test_who_signed_is_told_of_the_box_she_names() -> None:
    assert heard("收纳箱门卫签的", "c-he") == "action_track"
    answer = say(Track(), "收纳箱门卫签的", "track_order", {}, {}, customer_id="c-he")
    assert answer.responses == ["utter_who_signed"]
    assert "门卫" in answer.text


def test_one_parcel_is_not_refused_in_part() -> None:
    answer = say(CancelOrder(), "雪地靴我拒收行不 袜子留下", "cancel_order", {}, {}, customer_id="c-zhou")
    assert answer.responses == ["utter_refuse_no_part"]
    assert "不能拆着拒收" in answer.text


def test_the_postage_in_the_money_back_is_told() -> None:
    told = {"order_id": "88261100010299", "reason": "other"}
    answer = say(CancelOrder(), "袜子取消吧 买多了", "cancel_order", told, {}, customer_id="c-fang")
    assert answer.responses == ["utter_confirm_cancel_paid"]
    assert "46.7 元（含运费 8 元）原路退回" in answer.text


def test_another_colour_said_to_the_one_read_back_is_read_back_instead() -> None:
    talk = Conversation({"customer_id": "c-fang"})
    talk.send("modify_order", "围巾换藏青吧", {"color": "藏青色"})
    assert talk.slots["draft"]["sku"] == "sw-navy"
    talk.send("ask_recommendation", "哎还是酒红的好看", {"color": "酒红色"})
    assert talk.slots["draft"]["sku"] == "sw-wine"


def test_of_two_things_bought_together_the_one_she_names_is_compared() -> None:
    answer = say(
        PriceProtection(), "内衣也看看", "hesitate", {}, {"order_id": "88261100010307"}, customer_id="c-fang"
    )
    assert "德绒保暖内衣套装" in answer.text


def test_a_set_of_ten_is_no_order_of_ten() -> None:
    assert heard("十件套含铅吗 孩子用", "c-deng") != "action_bulk_order"


@pytest.mark.parametrize("said", ["内衣我要L你们发的是M吧 标签写着M", "开衫袖子不一样长"])
def test_what_is_told_of_the_trouble_is_not_asked_again(said: str) -> None:
    talk = Conversation({"customer_id": "c-fang"})
    responses = [each.get("response") for each in talk.send("report_wrong_item", said)]
    assert "utter_what_is_wrong_wrong" not in responses
    assert "utter_what_is_wrong_defect" not in responses
