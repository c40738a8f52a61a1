"""Messages that were read with doubt, scripts, handing over, and information given unasked."""

from __future__ import annotations

import pytest

from actions.deciding.clarify import Clarify, OutOfScope
from actions.products.product import ProductInfo
from actions.products.recommend import Recommend
from actions.talk.complaint import Complaint
from actions.talk.courtesy import Goodbye, Greet
from actions.talk.faq import FaqAnswer
from actions.talk.handoff import BulkOrder, HandOff
from actions.talk.small_talk import Affirm, Deny, Hesitate, Inform
from bot.shop.talk.handoff import PRIORITY
from tests.actions.conftest import Scripts, say

DOUBT = [("ask_stock", 0.35), ("ask_size", 0.2), ("ask_price", 0.1), ("inform", 0.08)]


def test_between_the_bands_the_nearest_readings_are_offered_with_a_way_out() -> None:
    said = say(Clarify(), "那个呢", "nlu_fallback", ranking=DOUBT)
    assert said.responses == ["utter_did_you_mean"]
    assert said.payloads == ["/ask_stock", "/ask_size", "/ask_price", "/deny"]


def test_the_reading_named_fallback_is_never_offered() -> None:
    said = say(Clarify(), "那个呢", "nlu_fallback", ranking=[("nlu_fallback", 0.4), *DOUBT])
    assert "/nlu_fallback" not in said.payloads


def test_where_the_scripts_agree_with_the_reading_they_answer(scripts: Scripts) -> None:
    scripts.know("ask_stock", 0.9)
    said = say(Clarify(), "那个呢", "nlu_fallback", ranking=DOUBT)
    assert said.messages[0]["custom"]["source"]["faq_id"] == "topic.entry"


def test_a_fault_that_was_extracted_settles_a_doubtful_defect() -> None:
    ranking = [("inform", 0.3), ("report_defect", 0.25)]
    assert (
        say(Clarify(), "拉链坏", "nlu_fallback", {"fault": "拉链坏"}, ranking=ranking).follows
        == "after_sale_form"
    )


def test_what_is_broken_is_no_question_about_what_it_is_made_of() -> None:
    """Of the jacket looked at the catalogue knows the zip; she says that it broke."""
    ranking = [("report_defect", 0.5), ("ask_product_info", 0.2)]
    said = say(
        Clarify(),
        "我买的短款羽绒服拉链坏了",
        "nlu_fallback",
        entities={"fault": "拉链坏"},
        ranking=ranking,
        metadata={"product_id": "down-light-short"},
    )
    assert said.follows == "after_sale_form"


def test_below_the_bands_a_near_script_answers(scripts: Scripts) -> None:
    scripts.know(None, 0.9)
    said = say(Clarify(), "怪话", "nlu_fallback", ranking=[("ask_stock", 0.1)])
    assert said.text == "脚本的回答，云朵小铺"


def test_below_the_bands_without_a_script_it_says_so_and_offers_a_person() -> None:
    said = say(Clarify(), "怪话", "nlu_fallback", ranking=[("ask_stock", 0.1)])
    assert said.responses == ["utter_not_understood"]
    assert "/request_human" in said.payloads
    assert said.slots["misses"] == 1


@pytest.mark.parametrize("action", [Clarify(), OutOfScope()])
def test_twice_in_a_row_a_person_takes_over(action) -> None:
    said = say(action, "怪话", "nlu_fallback", slots={"misses": 1}, ranking=[("ask_stock", 0.1)])
    assert said.effect("handoff")["reason"] == "out_of_scope"


def test_none_of_these_counts_as_a_miss() -> None:
    said = say(Deny(), "/deny", "deny", slots={"pending": "action_clarify", "misses": 1})
    assert said.effect("handoff")["reason"] == "out_of_scope"


def test_a_hesitant_yes_to_the_bots_own_question_is_a_yes() -> None:
    said = say(
        Clarify(),
        "嗯…行",
        "nlu_fallback",
        slots={"pending": "action_accept_price"},
        ranking=[("affirm", 0.3)],
    )
    assert said.follows == "action_affirm"
    assert said.slots["pending"] == "action_accept_price"


def test_a_near_script_that_is_not_sure_is_asked_about(scripts: Scripts) -> None:
    scripts.know("ask_invoice", 0.4, question="怎么开发票")
    said = say(FaqAnswer(), "发票", "ask_invoice")
    assert said.payloads == ['/inform{"faq":"topic.entry"}', "/deny"]
    chosen = say(FaqAnswer(), '/inform{"faq":"topic.entry"}', "inform", {"faq": "topic.entry"}, said.slots)
    scripts.know(None, 0.9, question="怎么开发票")
    chosen = say(FaqAnswer(), '/inform{"faq":"topic.entry"}', "inform", {"faq": "topic.entry"}, said.slots)
    assert chosen.messages[0]["custom"]["source"]["faq_id"] == "topic.entry"


def test_a_script_more_likely_right_than_not_is_said_where_the_intent_is_known(scripts: Scripts) -> None:
    scripts.know("ask_invoice", 0.6)
    assert say(FaqAnswer(), "发票", "ask_invoice").messages[0]["custom"]["source"]["score"] == 0.6


def test_the_same_script_again_and_again_brings_a_person(scripts: Scripts) -> None:
    scripts.know("ask_invoice", 0.9)
    slots: dict = {}
    for _ in range(4):
        said = say(FaqAnswer(), "发票", "ask_invoice", slots=slots)
        slots = said.slots
    assert said.effect("handoff")["reason"] == "repeated_failure"


def test_a_pressed_button_is_searched_by_what_it_stands_for(scripts: Scripts) -> None:
    scripts.know("ask_invoice", 0.9)
    assert say(FaqAnswer(), "/ask_invoice", "ask_invoice").text.startswith("脚本的回答")


def test_whoever_asks_for_a_person_gets_one_with_a_brief_of_at_most_five_lines() -> None:
    events = [
        {"event": "user", "text": "拉链坏了", "parse_data": {"intent_ranking": [{"name": "report_defect"}]}},
        {"event": "user", "text": "转人工", "parse_data": {"intent_ranking": [{"name": "request_human"}]}},
    ]
    slots = {"order_id": "88261100010042", "fault": "拉链坏", "height_cm": 165}
    said = say(HandOff(), "转人工", "request_human", slots=slots, events=events, customer_id="c-zhou")
    handoff = said.effect("handoff")
    assert (handoff["reason"], handoff["priority"]) == ("requested", PRIORITY["requested"])
    assert len(handoff["summary"]) <= 5
    assert "周女士（金卡会员）" in handoff["summary"][0]
    assert "质量问题" in handoff["summary"][1] and "拉链坏了" in handoff["summary"][1]
    assert said.effect("tag")["text"].startswith("质量问题")


@pytest.mark.parametrize(("topic", "word"), [("allergy", "就医"), ("injury", "就医"), ("legal", "非常重视")])
def test_safety_goes_first_and_is_spoken_to_according_to_what_happened(topic: str, word: str) -> None:
    said = say(HandOff(), "出事了", "request_human", safety_topic=topic)
    assert said.effect("handoff")["priority"] == max(PRIORITY.values())
    assert word in said.text


def test_a_complaint_goes_to_a_person_and_one_taken_back_is_good_news() -> None:
    assert say(Complaint(), "你们太差了", "complain").effect("handoff")["reason"] == "complaint"
    assert say(Complaint(), "我已经撤销投诉了", "complain").responses == ["utter_good_news"]


def test_bulk_is_high_value() -> None:
    said = say(BulkOrder(), "要200件", "ask_bulk_order", {"quantity": 200})
    assert said.effect("handoff")["reason"] == "high_value"


@pytest.mark.parametrize(
    ("entities", "slots", "next_action"),
    [
        ({"height_cm": 165.0}, {}, "action_size"),
        ({"order_id": "1"}, {}, "action_track"),
        ({"order_id": "1"}, {"pending": "action_cancel_order"}, "action_cancel_order"),
        ({"region": "新疆"}, {}, "action_shipping_fee"),
        ({"region": "新疆"}, {"pending": "action_shipping_time"}, "action_shipping_time"),
        ({"color": "黑色"}, {}, "action_stock"),
        ({"fault": "开线"}, {}, "after_sale_form"),
        ({"remedy": "exchange"}, {}, "action_accept_remedy"),
        ({"price": 300.0}, {"bargain": {"product_id": "down-light-short"}}, "action_bargain"),
        ({"color": "黑色"}, {"pending": "action_apply_change"}, "action_modify_order"),
        ({"faq": "a.b"}, {"pending": "action_faq"}, "action_faq"),
    ],
)
def test_information_goes_to_whoever_can_use_it(entities: dict, slots: dict, next_action: str) -> None:
    assert say(Inform(), "说明一下", "inform", entities, slots).follows == next_action


def test_information_nobody_asked_for_is_taken_up_with_choices() -> None:
    said = say(Inform(), "嗯这个", "inform")
    assert said.responses == ["utter_noted"]
    assert 2 <= len(said.payloads) <= 4


def test_yes_and_no_settle_what_was_open() -> None:
    assert (
        say(Affirm(), "好", "affirm", slots={"pending": "action_accept_price"}).follows
        == "action_accept_price"
    )
    assert say(Affirm(), "好", "affirm").responses == ["utter_affirm"]
    assert (
        say(Deny(), "不行", "deny", slots={"pending": "action_keep_order"}).follows == "action_cancel_order"
    )
    assert (
        say(Affirm(), "好", "affirm", slots={"pending": "action_keep_order"}).follows == "action_keep_order"
    )
    assert say(Deny(), "贵了", "deny", slots={"pending": "action_accept_price"}).follows == "action_bargain"
    assert say(Deny(), "不用了", "deny").responses == ["utter_deny"]


def test_greeting_names_the_bot_and_goodbye_asks_for_a_rating() -> None:
    assert "小二" in say(Greet(), "在吗", "greet").text
    assert say(Goodbye(), "再见", "goodbye").effect("rating")


def test_a_hesitating_customer_hears_only_what_is_true() -> None:
    few = say(
        Hesitate(), "再看看", "hesitate", slots={"color": "黑色", "size": "M"}, product_id="down-light-short"
    )
    many = say(Hesitate(), "再看看", "hesitate", product_id="down-light-short")
    late = say(Hesitate(), "再看看", "hesitate", product_id="down-light-short", now="2026-11-20T20:00:00")
    assert few.responses == ["utter_hesitate_low"]
    assert many.responses == ["utter_hesitate_today"]
    assert late.responses == ["utter_hesitate_return"]


def test_a_fact_that_is_asked_by_name_comes_from_the_catalogue(demo_shop) -> None:
    name, value = next(iter(demo_shop.products["down-light-short"].attributes.items()))
    said = say(ProductInfo(), f"{name}是什么", "ask_product_info", product_id="down-light-short")
    assert value in said.text


def test_two_named_products_are_compared_where_they_differ(demo_shop) -> None:
    one, other = demo_shop.products["down-light-short"], demo_shop.products["down-long-hood"]
    said = say(Recommend(), f"{one.name}和{other.name}哪个好", "ask_recommendation")
    assert said.responses == ["utter_compare"]
    assert len(said.cards[0]["columns"]) == 3


def test_a_category_is_answered_with_one_recommendation_and_a_few_others() -> None:
    said = say(Recommend(), "想买件羽绒服", "ask_recommendation")
    assert said.responses[0] == "utter_recommend_featured"
    assert said.cards[0]["type"] == "product"


def test_an_action_reached_from_another_ends_the_turn_itself_or_returns_to_the_open_question() -> None:
    assert say(Affirm(), "好", "affirm").follows == "action_listen"
    assert say(Affirm(), "好", "affirm", form="size_form").follows == "size_form"


def test_a_list_of_one_reading_is_answered_instead_of_asked() -> None:
    ranking = [("ask_size", 0.3), ("ask_price", 0.02)]
    said = say(Clarify(), "那我姐呢 有130吧", "nlu_fallback", ranking=ranking)
    assert said.follows == "action_size"
