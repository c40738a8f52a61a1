"""Somebody was hurt: first the person, then a place in the queue, and from then on no ordinary question."""

from __future__ import annotations

import pytest

from actions.talk.handoff import HandOff
from tests.actions.conftest import Said, say

CLOSING = "active_loop"


def report(text: str, topic: str = "injury", **more: object) -> Said:
    return say(HandOff(), text, "request_human", safety_topic=topic, **more)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("宝宝把扣子吃进去了", ("孩子还好吗", "别催吐", "120")),
        ("台灯冒烟了", ("您人还好吗", "断电")),
        ("我妈戴了过敏了", ("老人家还好吗", "停用")),
        ("椅子坐着头晕想吐", ("您人还好吗", "开窗通风")),
    ],
)
def test_who_was_hurt_is_asked_after_and_told_what_to_do_first(text: str, told: tuple[str, ...]) -> None:
    said = report(text)
    assert all(part in wording for wording in said.wordings for part in (*told, "就医"))
    assert said.effect("handoff")["reason"] == "safety_or_legal"


def test_an_accident_after_a_threat_is_still_met_with_care_and_not_with_the_queue() -> None:
    said = report("碗割破手流血了", waiting_as="safety_or_legal")
    assert said.responses == ["utter_harm_waiting"]
    assert not said.effects


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("还有点肿", "added"),
        ("医药费谁出", "money"),
        ("怎么办", "advice"),
        ("人呢", "when_call"),
        ("那椅子能退吗", "goods"),
        ("好的", "calm"),
    ],
)
def test_every_line_afterwards_stays_with_it_and_asks_nothing(text: str, response: str) -> None:
    said = say(HandOff(), text, "request_human", waiting_as="safety_or_legal", after_accident=True)
    assert said.responses == [f"utter_accident_{response}"]
    assert not said.payloads and not said.effects
    assert any(event["event"] == CLOSING and event["name"] is None for event in said.events)


def test_a_photo_of_it_is_kept_and_not_asked_about() -> None:
    said = say(
        HandOff(), "[图片]", "request_human", image="/a/1", waiting_as="safety_or_legal", after_accident=True
    )
    assert said.responses == ["utter_accident_photo"]


def test_the_hours_are_told_only_outside_them() -> None:
    waiting = {"waiting_as": "safety_or_legal", "after_accident": True}
    assert "09:00" not in say(HandOff(), "人呢", "request_human", **waiting).text
    late = say(HandOff(), "人呢", "request_human", now="2026-11-20T23:30:00", **waiting)
    assert all("09:00–23:00" in wording for wording in late.wordings)
