"""A size that was named and is doubted: the figure told beside it counts, else the piece's own measures are told.

Source: docs/transcript-review.md, fifth round.
"""

from __future__ import annotations

import pytest

from tests.actions.small_rasa import Conversation


def names(messages: list[dict]) -> list[str]:
    return [str(message.get("response")) for message in messages if message.get("response")]


def test_a_belly_told_behind_the_size_changes_it_or_is_said_to_have_room() -> None:
    chat = Conversation({"product_id": "down-light-short"})
    chat.send("ask_size", "我165 110斤 这件羽绒服穿什么码", {"height_cm": 165, "weight_kg": 55})
    messages = chat.send("ask_product_info", "有点小肚子 会不会紧")
    assert any(each.startswith("utter_size_") for each in names(messages))
    assert "肚子大一点" in str(messages)


def test_whoever_only_doubts_hears_the_measures_and_no_second_chart() -> None:
    chat = Conversation({"product_id": "kids-down-cloud"})
    chat.send("ask_size", "娃4岁半 112 穿多大 想穿两年", {"height_cm": 112, "age": 4.5})
    messages = chat.send("ask_size", "那120会不会太大拖地", {"size": "120"})
    assert "120 码平铺量胸围 86 厘米、衣长 50 厘米" in str(messages)
    assert "size_chart" not in str(messages)


def test_a_shoe_a_size_larger_is_told_with_the_room_at_the_toe() -> None:
    chat = Conversation({"product_id": "kids-sneakers"})
    chat.send("ask_size", "儿子脚长十九厘米穿多少码", {"foot_length_mm": 190})
    messages = chat.send("ask_size", "会不会买大一码好点")
    assert "还是 31 码合适" in str(messages) and "鞋里另留了 10 毫米" in str(messages)
    assert "32 码适合脚长 192–197 毫米" in str(messages)


@pytest.mark.parametrize("intent", ["inform", "ask_size", "nlu_fallback"])
def test_the_familys_feet_told_without_a_unit_are_feet(intent: str) -> None:
    chat = Conversation({"product_id": "slippers-cotton"})
    chat.send("ask_size", "脚25.5 穿多大", {"foot_length_mm": 255})
    messages = chat.send(intent, "老婆24 孩子20")
    assert "utter_size_for_each" in names(messages)
    assert "老婆：38-39 码" in str(messages) and "孩子" in str(messages)


def test_a_broad_foot_told_to_the_question_of_taste_takes_the_larger_boot() -> None:
    chat = Conversation({"product_id": "boots-snow"})
    first = chat.send("ask_size", "我脚胖 平时穿38的", {"usual_size": "38"})
    assert "utter_size_between" in names(first)
    messages = chat.send("ask_size", "就是大拇脚趾头那有个骨头突出来")
    assert "utter_size_between" not in names(messages) and chat.slots["size"] == "40"


def test_what_was_told_for_the_size_is_no_second_question() -> None:
    chat = Conversation({"product_id": "down-light-short"})
    chat.send("ask_size", "我165 110斤 这件羽绒服穿什么码", {"height_cm": 165, "weight_kg": 55})
    assert "utter_product_sentences" not in names(chat.send("ask_size", "有点小肚子 会不会紧"))
