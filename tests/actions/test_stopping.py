"""A packed order that is to go elsewhere: stopped in time to matter, with the new address read back."""

from __future__ import annotations

import pytest

from actions.deciding.clarify import Clarify
from actions.orders.addresses import ModifyAddress
from actions.orders.apply_change import ApplyChange
from actions.orders.order_changes import ModifyOrder
from actions.parcels.shipping import ShippingTime
from actions.talk.small_talk import Deny
from bot.shop.orders import address, packed_words
from tests.actions.conftest import Orders, Said, say

PACKED = "88261100010125"
NIGHT = "2026-11-23T01:02:00"


def ask(text: str, before: Said | None = None, **meta) -> Said:
    slots = before.slots if before else {}
    return say(ModifyAddress(), text, "modify_address", slots=slots, customer_id="c-xu", **meta)


@pytest.fixture
def asked() -> Said:
    said = ask("羽绒服改地址")
    assert said.responses == ["utter_stop_which_address"]
    return said


def test_the_answer_is_promised_before_the_parcel_leaves(asked: Said) -> None:
    assert asked.effect("promise")["due"] == "2026-11-20T16:00"
    at_night = ask("羽绒服改地址", now=NIGHT)
    assert at_night.effect("promise")["due"] == "2026-11-23T10:00"
    assert "今天 10:00" in at_night.text


def test_the_new_address_is_read_back_and_handed_on(asked: Said, orders: Orders) -> None:
    text = "新地址 四川省成都市武侯区棉花巷12号3栋 许丽 15400001234"
    assert say(Clarify(), text, "inform", slots=asked.slots, customer_id="c-xu").follows == (
        "action_modify_address"
    )
    said = ask(text, asked)
    assert said.responses == ["utter_stop_address_noted"]
    assert "许丽" in said.text and "154****1234" in said.text and "棉花巷12号3栋" in said.text
    promised = said.effect("promise")["text"]
    assert "许丽 15400001234 四川省成都市武侯区棉花巷12号3栋" in promised and PACKED in promised
    assert not orders.notes


def test_half_an_address_is_noted_and_the_rest_asked_for(asked: Said) -> None:
    half = ask("武侯区棉花巷12号", asked)
    assert half.responses == ["utter_stop_address_noted", "utter_stop_address_partial"]
    door = ask("门牌是12号3栋", half)
    assert "棉花巷12号3栋" in door.text
    whole = ask("四川省成都市武侯区棉花巷12号3栋", half)
    assert whole.responses == ["utter_stop_address_noted"]


@pytest.mark.parametrize(
    "text", ["那来得及吗", "万一发到老地址去了咋办", "要是已经发出去了呢", "今天不就寄走了吗"]
)
def test_what_becomes_of_it_is_told_and_no_day_of_arrival(asked: Said, text: str) -> None:
    taken = say(ShippingTime(), text, "ask_shipping_time", slots=asked.slots, customer_id="c-xu")
    assert taken.follows == "action_modify_address"
    said = ask(text, asked)
    assert said.responses == ["utter_stop_outcome"]
    assert not said.effects


@pytest.mark.parametrize("text", ["好的 谢谢", "衣服洗了会缩水吗", "周五能到吗"])
def test_other_words_are_left_to_their_reading(asked: Said, text: str) -> None:
    taken = say(Clarify(), text, "nlu_fallback", slots=asked.slots, customer_id="c-xu")
    assert taken.follows != "action_modify_address"


def test_without_such_an_order_the_same_question_is_about_buying() -> None:
    assert packed_words.asks_outcome("今天不就寄走了吗")
    said = say(Clarify(), "今天不就寄走了吗", "nlu_fallback", customer_id="c-gu")
    assert said.follows != "action_modify_address"


@pytest.mark.parametrize(
    ("known", "told", "whole"),
    [
        ("武侯区棉花巷12号", "12号3栋", "武侯区棉花巷12号3栋"),
        ("武侯区棉花巷12号3栋", "应该是5栋", "武侯区棉花巷12号5栋"),
        ("武侯区棉花巷12号", "四川省成都市武侯区棉花巷12号", "四川省成都市武侯区棉花巷12号"),
        ("", "武侯区棉花巷12号", "武侯区棉花巷12号"),
        ("武侯区棉花巷12号", "", "武侯区棉花巷12号"),
    ],
)
def test_an_address_told_in_parts(known: str, told: str, whole: str) -> None:
    assert address.completed(known, told) == whole


def test_the_order_named_before_the_address_is_no_part_of_it() -> None:
    told = address.read("羽绒服那单改寄到武侯区棉花巷12号3栋 许丽 15400001234")
    assert told.address == "武侯区棉花巷12号3栋"


def change(text: str, before: Said | None = None, action: type = ModifyOrder, **entities) -> Said:
    slots = before.slots if before else {"order_id": PACKED}
    return say(action(), text, "modify_order", entities, slots, customer_id="c-xu")


@pytest.mark.parametrize("text", ["羽绒服能不能换成120啊 怕小", "羽绒服能换120吗"])
def test_a_question_stops_no_parcel_and_a_yes_does(text: str, orders: Orders) -> None:
    asked = change(text, size="120")
    assert asked.responses == ["utter_track_packed", "utter_confirm_variant"]
    assert not asked.effects and "黄色 120" in asked.text
    done = change("对，换吧", asked, ApplyChange)
    assert done.responses == ["utter_variant_stop"]
    assert PACKED in done.effect("promise")["text"] and "黄色 120" in done.effect("promise")["text"]
    assert not orders.notes


def test_a_question_that_names_no_piece_asks_which_and_then_offers_that_one() -> None:
    asked = change("能不能换成120啊 怕小", size="120")
    assert asked.responses == ["utter_track_packed", "utter_which_line_to_change"]
    chosen = change("", asked, product="kids-down-cloud")
    assert chosen.responses == ["utter_confirm_variant"]
    assert not asked.effects and not chosen.effects


def test_a_question_taken_back_leaves_nothing_to_call_off() -> None:
    asked = change("羽绒服能不能换成120啊 怕小", size="120")
    said = say(Deny(), "那就不换了", "deny", slots=asked.slots, customer_id="c-xu")
    assert said.responses == ["utter_order_unchanged"]
    assert not said.effects


@pytest.mark.parametrize("reading", ["deny", "nlu_fallback", "ask_return", "cancel_order"])
@pytest.mark.parametrize(
    "text", ["那就不换了", "算了不改了", "别拦了 照原来的发", "那拦截撤了没 别给我耽误发货"]
)
def test_what_was_to_be_stopped_leaves_as_it_was_when_she_says_so(text: str, reading: str) -> None:
    stopped = change("羽绒服换成120", size="120")
    assert stopped.responses == ["utter_variant_stop"]
    assert say(Clarify(), text, reading, slots=stopped.slots, customer_id="c-xu").follows == (
        "action_modify_address"
    )
    said = ask(text, stopped)
    assert said.responses == ["utter_order_unchanged", "utter_track_packed"]
    assert "照原样发出" in said.effect("promise")["text"] and PACKED in said.effect("promise")["text"]
    again = ask("拦截取消了吗", said)
    assert again.responses == said.responses
    assert not again.effects


def test_an_address_that_is_not_to_change_after_all_is_called_off_too(asked: Said) -> None:
    said = ask("算了地址不改了 按老地址寄", asked)
    assert said.responses == ["utter_order_unchanged", "utter_track_packed"]
    assert said.effect("promise")


@pytest.mark.parametrize(
    "text", ["不换了 退了吧", "怎么还不换", "是不是不能换了", "不换颜色换尺码", "拦住了吗", "拦不住咋办"]
)
def test_other_words_beside_a_parcel_to_be_stopped_call_nothing_off(text: str) -> None:
    assert not packed_words.calls_off(text)


def test_without_a_parcel_to_be_stopped_not_changing_is_no_matter_of_the_warehouse() -> None:
    said = say(Clarify(), "那就不换了", "deny", slots={"order_id": PACKED}, customer_id="c-xu")
    assert said.follows != "action_modify_address"
