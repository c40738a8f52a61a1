"""Small things of the fourth review: a word to the courier, to the station, what stopped working, a cent, a rule."""

from __future__ import annotations

import pytest

from actions.orders.addresses import ModifyAddress
from actions.parcels.courier import Courier
from actions.parcels.tracking import Track
from actions.prices.promotions import Promotions
from actions.products.product import ProductInfo
from actions.talk.faq import FaqAnswer
from bot.shop.after_sale.fault_words import tells_fault
from tests.actions.conftest import say

BOOTS, DRESS = "88261100010034", "88261100010075"


@pytest.mark.parametrize(
    "text", ["我出差了", "出差一周不在家 靴子能晚点送吗", "放楼下超市", "这两天没人在家"]
)
def test_where_and_when_she_can_take_it_is_told_to_the_courier_for_her(text: str) -> None:
    assert say(FaqAnswer(), text, "ask_courier", customer_id="c-zhou").follows == "action_courier"
    said = say(Courier(), text, "ask_courier", customer_id="c-zhou")
    assert said.responses == ["utter_delivery_told"]
    assert BOOTS in said.effect("promise")["text"] and text in said.effect("promise")["text"]


@pytest.mark.parametrize(("text", "who"), [("四件套出差回来再发", "c-zhou"), ("我出差穿什么好", None)])
def test_what_is_not_on_the_road_is_no_word_to_the_courier(text: str, who: str | None) -> None:
    assert say(FaqAnswer(), text, "modify_order", customer_id=who).follows != "action_courier"


def test_the_station_is_spoken_to_for_her() -> None:
    later = say(Track(), "我要到周五才能去拿", "ask_courier", customer_id="c-lin", slots={"order_id": DRESS})
    assert later.responses == ["utter_station_keep"]
    told = say(Track(), "帮我跟驿站说一声", "ask_courier", customer_id="c-lin", slots=later.slots)
    assert told.responses == ["utter_station_told"]
    assert "桂影小桥驿站" in told.effect("promise")["text"]


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("上次买的保温杯有俩不保温了", True),
        ("灯不亮了", True),
        ("保温杯会不会不保温了", False),
        ("保温吗", False),
        ("不要了", False),
        ("不用了", False),
    ],
)
def test_what_does_not_do_any_more_is_a_fault(text: str, is_told: bool) -> None:
    assert tells_fault(text) is is_told


def test_and_of_what_she_has_no_question_for_its_page() -> None:
    text = "上次买的保温杯有俩不保温了"
    for intent in ("ask_product_info", "ask_quality", "ask_usage"):
        assert say(ProductInfo(), text, intent, customer_id="c-deng").follows == "after_sale_form"
    assert say(ProductInfo(), text, "ask_product_info").follows != "after_sale_form"


def test_the_rule_is_told_to_who_has_no_order_yet() -> None:
    said = say(ModifyAddress(), "下单以后还能改地址吗", "modify_address")
    assert said.follows == "action_faq"
    assert say(ModifyAddress(), "改地址", "modify_address").follows != "action_faq"


@pytest.mark.parametrize(
    ("text", "who", "taker"),
    [
        ("停西安几天了", "c-gu", "action_track"),
        ("退回去五天了吧", "c-qiao", "action_refund_status"),
        ("咋还不给我退", "c-qiao", "action_refund_status"),
        ("找不到咋整", "c-fang", "action_track"),
    ],
)
def test_half_a_sentence_goes_on_about_her_order(text: str, who: str, taker: str) -> None:
    assert say(FaqAnswer(), text, "nlu_fallback", customer_id=who).follows == taker


@pytest.mark.parametrize(
    ("text", "who"), [("停产几天了", "c-gu"), ("找不到尺码表怎么办", "c-fang"), ("咋还不给我退", "c-he")]
)
def test_and_what_has_none_behind_it_does_not(text: str, who: str) -> None:
    assert say(FaqAnswer(), text, "nlu_fallback", customer_id=who).follows in (None, "action_listen")


def test_what_travels_apart_is_told_alone_where_it_is_named() -> None:
    assert say(Track(), "我的开衫呢", "track_order", customer_id="c-fang").responses == [
        "utter_further_parcel_when"
    ]
    both = say(Track(), "秋衣和开衫到哪了", "track_order", customer_id="c-fang")
    assert both.responses[0] == "utter_parcel_signed" or len(both.responses) > 1


def test_a_change_that_was_noted_is_not_refused_when_asked_again() -> None:
    noted = say(ModifyAddress(), "枕头楼层写错了 改成21楼", "modify_address", customer_id="c-chan")
    asked = say(ModifyAddress(), "可不可以改", "modify_address", customer_id="c-chan", slots=noted.slots)
    assert asked.responses == ["utter_address_on_road_asked"]


@pytest.mark.parametrize("text", ["椅子会送上楼吧", "六楼没电梯"])
def test_stairs_are_a_matter_of_the_courier(text: str) -> None:
    assert say(FaqAnswer(), text, "ask_courier", customer_id="c-he").follows == "action_courier"
    said = say(Courier(), text, "ask_courier", customer_id="c-he")
    assert said.responses == ["utter_courier_upstairs"]


def test_stairs_told_of_a_parcel_on_the_road_are_told_to_its_courier() -> None:
    said = say(
        Courier(), "六楼没电梯", "ask_courier", customer_id="c-gu", slots={"order_id": "88261100010166"}
    )
    assert said.responses == ["utter_delivery_told"]


def test_customs_are_asked_of_the_parcel_that_is_there() -> None:
    assert say(FaqAnswer(), "仲未清關咩", "ask_usage", customer_id="c-chan").follows == "action_track"
    assert say(FaqAnswer(), "要過海關交稅嗎", "ask_usage", customer_id="c-chan").follows != "action_track"
    assert say(FaqAnswer(), "仲未清關咩", "ask_usage", customer_id="c-gu").follows != "action_track"


@pytest.mark.parametrize("text", ["送的袜子有没有啊", "满199送的袜子发了吗", "赠品呢", "送的袜子给了没"])
def test_a_gift_that_is_due_is_told_and_looked_for(text: str) -> None:
    assert say(FaqAnswer(), text, "ask_promotion", customer_id="c-zhou").follows == "action_promotion"
    said = say(Promotions(), text, "ask_promotion", customer_id="c-zhou")
    assert said.responses == ["utter_gift_due"]
    assert "云朵" in said.text and BOOTS in said.effect("promise")["text"]


@pytest.mark.parametrize(
    ("text", "who"), [("送的袜子有没有啊", "c-lin"), ("送的人态度不好", "c-zhou"), ("有赠品吗", "c-zhou")]
)
def test_none_is_promised_where_none_is_due_or_asked_for(text: str, who: str) -> None:
    assert say(Promotions(), text, "ask_promotion", customer_id=who).responses != ["utter_gift_due"]
