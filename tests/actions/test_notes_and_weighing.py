"""Notes told one after the other go together; a dearer courier is no note; a return is weighed against an exchange."""

from __future__ import annotations

import pytest

from actions.after_sale.exchanges import Exchange
from actions.after_sale.returns import Return
from actions.deciding.clarify import Clarify
from actions.orders.order_changes import ModifyOrder
from actions.parcels.courier import Courier
from actions.talk.faq import FaqAnswer
from bot.shop.after_sale import return_word
from bot.shop.orders import order_note
from tests.actions.conftest import Orders, Said, say

COAT = "88261100010182"


def change(text: str, customer: str, before: Said | None = None, **entities) -> Said:
    slots = before.slots if before else {}
    return say(ModifyOrder(), text, "modify_order", entities, slots, customer_id=customer)


def test_a_second_note_goes_with_the_first_that_waits() -> None:
    first = change("大衣那单包好看一点 别放价格单", "c-song")
    assert first.slots["draft"]["note"] == "包好看一点 别放价格单"
    both = change("再写个贺卡 妈妈生日快乐", "c-song", first)
    assert both.responses == ["utter_confirm_note"]
    assert both.slots["draft"]["note"] == "包好看一点 别放价格单；写个贺卡 妈妈生日快乐"
    mended = change("备注改成放门口", "c-song", both)
    assert mended.slots["draft"]["note"] == "放门口"


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("再写个贺卡 妈妈生日快乐", "写个贺卡 妈妈生日快乐"),
        ("大衣那单包好看一点", "包好看一点"),
        ("备注说周末送", "周末送"),
        ("帮我备注一下放门口", "放门口"),
    ],
)
def test_only_what_is_to_be_written_is_the_note(text: str, note: str) -> None:
    assert order_note.note_in(text) == note


def test_a_courier_that_costs_more_is_told_with_its_price_and_promised_by_no_note(orders: Orders) -> None:
    said = change("围巾改备注 发顺丰", "c-fang", courier="顺丰速运")
    assert said.follows == "action_courier"
    told = say(Courier(), "围巾改备注 发顺丰", "modify_order", {"courier": "顺丰速运"}, customer_id="c-fang")
    assert told.responses == ["utter_courier_dearer"]
    assert not orders.notes


def told_of(action: str, text: str) -> list[dict]:
    before = {"event": "user", "text": "围巾能发顺丰不", "parse_data": {}}
    return [before, {"event": "action", "name": action}, {"event": "user", "text": text, "parse_data": {}}]


@pytest.mark.parametrize("text", ["加钱也行", "我补差价", "补钱可以"])
def test_who_pays_more_for_it_gets_a_person(text: str) -> None:
    events = told_of("action_courier", text)
    taken = say(Clarify(), text, "affirm", events=events, customer_id="c-fang")
    assert taken.follows == "action_courier"
    said = say(Courier(), text, "affirm", events=events, customer_id="c-fang")
    assert said.effect("handoff")
    elsewhere = say(
        Clarify(), text, "nlu_fallback", events=told_of("action_price", text), customer_id="c-fang"
    )
    assert elsewhere.follows != "action_courier"


def test_postage_asked_of_two_orders_that_wait_to_go_together() -> None:
    both = change("袜子和围巾合一起发", "c-fang")
    assert both.responses == ["utter_confirm_merge"]
    assert say(FaqAnswer(), "运费呢", "ask_return_fee", slots=both.slots, customer_id="c-fang").follows == (
        "action_modify_order"
    )
    said = change("运费呢", "c-fang", both)
    assert said.responses == ["utter_merge_saves", "utter_confirm_merge"]
    assert "8 元" in said.text
    assert said.slots["pending"] == "action_apply_change"


def test_what_waits_survives_a_message_that_was_not_understood() -> None:
    note = change("备注放门口", "c-fang", order_id="88261100010281")
    assert note.slots["pending"] == "action_apply_change"
    lost = say(Clarify(), "嗯那个啥", "nlu_fallback", slots=note.slots, customer_id="c-fang")
    assert lost.slots["aside"] or lost.slots["pending"] == "action_apply_change"


@pytest.mark.parametrize(
    "text", ["鞋底在家里踩过一下没事吧", "试穿踩了地板会影响换吗", "在家试了一下还能退吗", "试穿过能换吗"]
)
def test_trying_on_at_home_is_allowed(text: str) -> None:
    assert say(Clarify(), text, "nlu_fallback", customer_id="c-xu").follows == "action_return"
    said = say(Return(), text, "ask_return", customer_id="c-xu")
    assert said.responses == ["utter_tried_at_home"]


@pytest.mark.parametrize("text", ["穿出去走了一天还能换吗", "在家能机洗吗", "家里能用吗", "试穿报告有吗"])
def test_what_was_worn_outside_is_not_tried_on(text: str) -> None:
    assert not return_word.tried_at_home(text)


def test_a_return_is_weighed_against_the_exchange_in_talk() -> None:
    asked = say(Exchange(), "运动鞋换31", "ask_exchange", customer_id="c-xu")
    text = "那我要是直接退呢 哪个划算"
    taken = say(Clarify(), text, "nlu_fallback", slots=asked.slots, customer_id="c-xu")
    assert taken.follows == "action_return"
    said = say(Return(), text, "ask_return", slots=asked.slots, customer_id="c-xu")
    assert said.responses == ["utter_postage_exchange_half", "utter_return_weighed"]
    assert "169" in said.text
    assert not said.effects


def test_shoes_of_hers_that_are_too_small_are_an_exchange() -> None:
    taken = say(FaqAnswer(), "运动鞋小了", "report_defect", customer_id="c-xu")
    assert taken.follows == "action_exchange"
    said = say(Exchange(), "运动鞋小了", "report_defect", customer_id="c-xu")
    assert said.responses == ["utter_confirm_exchange_half"]


@pytest.mark.parametrize(
    "text", ["运动鞋小了 想退", "运动鞋会不会小了", "羽绒服洗了缩水小了", "裙子太大了吧"]
)
def test_other_words_about_size_are_left_to_their_reading(text: str) -> None:
    taken = say(FaqAnswer(), text, "report_defect", customer_id="c-xu")
    assert taken.follows != "action_exchange"
