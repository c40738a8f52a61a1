"""Greeting, farewell, apologies, oddities, and never a second handing over."""

from __future__ import annotations

from typing import Any

import pytest

from actions.deciding.clarify import OutOfScope
from actions.parcels.tracking import Track
from actions.talk.complaint import Complaint
from actions.talk.courtesy import Goodbye, Greet, SmallTalk
from actions.talk.faq import FaqAnswer
from actions.talk.handoff import HandOff
from bot.shop.records.orders import OrderState
from bot.shop.talk.handoff import PRIORITY
from bot.shop.talk.odd_words import Odd
from tests.actions.conftest import Scripts, say


def user(text: str, intent: str = "ask_usage") -> dict[str, Any]:
    return {"event": "user", "text": text, "parse_data": {"intent_ranking": [{"name": intent}]}}


def test_a_greeting_follows_the_clock_and_the_customer() -> None:
    assert "下午好" in say(Greet(), "你好", "greet").text
    assert "晚上好" in say(Greet(), "你好", "greet", now="2026-11-20T21:00:00").text
    assert say(Greet(), "你好", "greet", customer_id="c-ma").responses == ["utter_greet_known"]
    assert "马可欣" in say(Greet(), "你好", "greet", customer_id="c-ma").text


def test_a_parcel_on_its_way_is_told_with_the_greeting(orders: Any) -> None:
    owner = next(order.customer_id for order in orders.orders.values() if order.state is OrderState.SHIPPED)
    greeted = say(Greet(), "在吗", "greet", customer_id=owner)
    assert greeted.responses == ["utter_greet_parcel"] and "/track_order" in greeted.payloads


def test_a_member_is_greeted_as_one(orders: Any) -> None:
    orders.orders = {}
    assert say(Greet(), "在吗", "greet", customer_id="c-deng").responses == ["utter_greet_member"]


def test_a_second_hello_gets_no_second_introduction_unless_hours_have_passed() -> None:
    assert say(Greet(), "在吗", "greet", slots={"greeted": True}).responses == ["utter_here"]
    assert say(Greet(), "在吗", "greet", slots={"greeted": True}, silent_hours=5).responses == ["utter_greet"]


def test_a_question_after_hours_is_taken_up_with_a_word_and_keeps_the_facts(scripts: Scripts) -> None:
    scripts.know("ask_usage", 0.9)
    slots = {"product_id": "down-light-short"}
    again = say(FaqAnswer(), "用的时候要注意啥", "ask_usage", slots=slots, silent_hours=9)
    assert again.messages[0]["response"] == "utter_welcome_back_product"
    assert "轻暖短款羽绒服" in again.text
    assert len(say(FaqAnswer(), "用的时候要注意啥", "ask_usage", slots=slots, silent_hours=1).messages) == 1


def test_an_answer_to_a_customer_who_has_just_become_angry_begins_with_what_went_wrong() -> None:
    angry = say(Track(), "等了这么久还没到，气死了", "track_order", turned_upset=True, customer_id="c-gu")
    assert angry.messages[0]["response"] == "utter_sorry"
    assert "等了这么久还没收到" in angry.text
    later = say(Track(), "到哪了", "track_order", turned_upset=False, customer_id="c-gu")
    assert "utter_sorry" not in later.responses


def test_a_complaint_is_apologised_for_by_its_name() -> None:
    assert "发错了东西" in say(Complaint(), "你们老是发错货，我要投诉", "complain").text
    assert "受气" in say(Complaint(), "客服态度太差了", "complain").text


ODD = [kind for kind in Odd if kind not in (Odd.GLAD, Odd.UNHELPFUL, Odd.FOREIGN)]


@pytest.mark.parametrize("kind", ODD)
def test_what_is_no_question_is_met_kindly_and_is_no_miss(kind: Odd) -> None:
    said = say(SmallTalk(), "……", "chitchat", slots={"misses": 1}, odd=kind.value)
    assert said.responses == [f"utter_odd_{kind.value}"]
    assert not said.effects


@pytest.mark.parametrize("kind", [Odd.NOISE, Odd.MARKS, Odd.FACE])
def test_noise_again_and_again_is_never_answered_by_the_same_question(kind: Odd) -> None:
    told, slots = [], {}
    for _ in range(4):
        said = say(SmallTalk(), "……", "chitchat", slots=slots, odd=kind.value)
        told += said.responses
        slots = said.slots
    assert told == [f"utter_odd_{kind.value}", "utter_here_to_help", "utter_here", "utter_here"]


def test_an_insult_is_borne_once_calmly_then_a_person_comes() -> None:
    once = say(SmallTalk(), "废物", "chitchat", odd="insult")
    assert not once.effects and "/request_human" in once.payloads
    twice = say(SmallTalk(), "废物", "chitchat", slots=once.slots, odd="insult")
    assert twice.effect("handoff")["reason"] == "complaint"


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("do you have this in size M", "utter_english_size"),
        ("how much is the shipping fee", "utter_english_shipping"),
        ("I want to return this", "utter_english_returns"),
        ("can you give me a discount please", "utter_english_price"),
        ("are you open today please", "utter_english_any"),
        ("where is my order", "utter_english_order"),
    ],
)
def test_the_usual_questions_are_answered_in_simple_english(text: str, response: str) -> None:
    said = say(SmallTalk(), text, "chitchat", odd="foreign")
    assert said.responses == [response]
    assert said.follows == ("action_track" if response == "utter_english_order" else "action_listen")


def test_who_asks_for_a_person_in_english_gets_one() -> None:
    said = say(SmallTalk(), "I want to speak to a human agent", "chitchat", odd="foreign")
    assert said.effect("handoff")["reason"] == "requested"


def test_small_talk_itself_is_answered_by_the_scripts() -> None:
    assert say(SmallTalk(), "今天好冷", "chitchat").follows == "action_faq"


def test_goodbye_asks_for_a_rating() -> None:
    assert say(Goodbye(), "再见", "goodbye").effect("rating")


def test_an_answer_marked_unhelpful_brings_a_person() -> None:
    assert (
        say(HandOff(), "👎", "request_human", odd="unhelpful").effect("handoff")["reason"]
        == "repeated_failure"
    )


def test_the_same_question_a_third_time_brings_a_person(scripts: Scripts) -> None:
    scripts.know("ask_usage", 0.9)
    twice = [user("怎么洗"), user("怎么洗？")]
    assert say(FaqAnswer(), "怎么洗", "ask_usage", events=twice).follows == "action_listen"
    third = say(FaqAnswer(), "怎么洗", "ask_usage", events=[*twice, user("怎么洗")])
    assert third.follows == "action_handoff" and not third.messages
    handed = say(HandOff(), "怎么洗", "ask_usage", events=[*twice, user("怎么洗")])
    assert handed.effect("handoff")["reason"] == "repeated_failure"


@pytest.mark.parametrize("intent", ["bargain", "affirm", "greet", "thank", "inform"])
def test_what_is_no_question_may_be_said_as_often_as_one_likes(intent: str, scripts: Scripts) -> None:
    scripts.know(intent, 0.9)
    thrice = [user("便宜点", intent)] * 3
    assert say(FaqAnswer(), "便宜点", intent, events=thrice).follows != "action_handoff"


@pytest.mark.parametrize(
    ("reason", "waiting_as", "is_moved"),
    [
        ("requested", "requested", False),
        ("requested", "complaint", False),
        ("requested", "out_of_scope", True),
    ],
)
def test_who_waits_already_is_never_queued_twice(reason: str, waiting_as: str, is_moved: bool) -> None:
    said = say(HandOff(), "转人工", "request_human", waiting_as=waiting_as)
    assert [effect["reason"] for effect in said.effects if effect["effect"] == "handoff"] == [
        reason
    ] * is_moved
    assert is_moved == (PRIORITY[reason] > PRIORITY[waiting_as])


@pytest.mark.parametrize(("clock", "tells_hours"), [("18:15", False), ("23:30", True), ("07:00", True)])
def test_who_waits_hears_the_hours_only_outside_them(clock: str, tells_hours: bool) -> None:
    """ "人工时间是 09:00–23:00" at a quarter past six reads as a contradiction."""
    said = say(HandOff(), "人呢", "request_human", waiting_as="requested", now=f"2026-11-20T{clock}:00")
    assert ("09:00–23:00" in said.text) is tells_hours


def test_the_brief_says_who_in_which_mood_what_about_what_was_promised_and_tried() -> None:
    events = [user("怎么洗"), user("拉链坏了", "report_defect"), user("转人工", "request_human")]
    slots = {"mood": "upset", "promised": ["补发纽扣"], "order_id": "88261100010042", "fault": "拉链坏"}
    said = say(HandOff(), "转人工", "request_human", slots=slots, events=events, customer_id="c-zhou")
    who, wish, about, promised, known = said.effect("handoff")["summary"]
    assert "周女士（金卡会员），情绪激动" in who
    assert "质量问题：“拉链坏了”" in wish
    assert "订单" in about and "商品" in about
    assert "补发纽扣" in promised
    assert "拉链坏" in known and "使用保养" in known


def test_twice_out_of_scope_brings_a_person_also_when_scripts_said_no_kindly(scripts: Scripts) -> None:
    scripts.know(None, 0.9, "out-of-scope.services")
    once = say(OutOfScope(), "帮我订张机票", "out_of_scope")
    assert not once.effects and once.slots["misses"] == 1
    twice = say(OutOfScope(), "附近有什么好吃的", "out_of_scope", slots={"misses": 1})
    assert twice.effect("handoff")["reason"] == "out_of_scope"
