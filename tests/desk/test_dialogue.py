"""What counts as an answer of the dialogue, and what is a failure."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.desk.conversations import Button
from bot.desk.dialogue import DialogueDown, turn_from

REPLY = {"text": "建议 M 码", "buttons": [{"title": "就要 M", "payload": '/inform{"size":"M"}'}]}


def test_replies_reading_and_effects_are_read():
    turn = turn_from(
        {
            "replies": [{**REPLY, "source": {"faq_id": "sizing.a", "score": 0.9, "action": None}}],
            "effects": [
                {"effect": "handoff", "reason": "complaint", "priority": 80, "summary": list("一二三四五六")},
                {"effect": "handoff", "reason": "requested", "priority": 50},
                {"effect": "promise", "text": "补发", "due": "2026-11-23T18:00:00+08:00"},
                {"effect": "tag", "text": "咨询尺码"},
                {"effect": "rating"},
            ],
            "parse": {"intent": {"name": "ask_size", "confidence": 0.93}, "entities": [], "ranking": []},
            "slots": {"size": "M"},
        },
        "小二",
    )
    assert turn.replies[0].buttons == (Button("就要 M", '/inform{"size":"M"}'),)
    assert turn.replies[0].source == {"faq_id": "sizing.a", "score": 0.9}
    assert (turn.nlu["intent"], turn.nlu["confidence"]) == ("ask_size", 0.93)
    assert (turn.handoff.reason, len(turn.handoff.summary)) == ("complaint", 5)
    assert turn.promises == (("补发", datetime(2026, 11, 23, 10, tzinfo=UTC)),)
    assert (turn.tags, turn.wants_rating, turn.slots) == (("咨询尺码",), True, {"size": "M"})


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "ok",
        {},
        {"replies": []},
        {"replies": None},
        {"replies": [{}]},
        {"replies": [{"text": 5}]},
        {"replies": [{"text": "好", "card": "x"}]},
        {"replies": [{"text": "好", "buttons": [{"title": "缺 payload"}]}]},
        {"replies": [REPLY], "effects": [{"reason": "complaint"}]},
        {"replies": [REPLY], "effects": [{"effect": "promise", "text": "补发", "due": "明天"}]},
        {"replies": [REPLY], "parse": {"intent": {"name": "ask_size", "confidence": "很高"}}},
    ],
)
def test_anything_else_is_a_failure_and_never_half_an_answer(body):
    with pytest.raises(DialogueDown):
        turn_from(body, "小二")


def test_handing_over_without_a_word_is_an_answer():
    body = {"replies": [], "effects": [{"effect": "handoff", "reason": "safety_or_legal", "priority": 100}]}
    assert turn_from(body, "小二").handoff.reason == "safety_or_legal"


def test_an_answer_without_a_reading_is_an_answer():
    assert turn_from({"replies": [REPLY]}, "小二").nlu == {}
