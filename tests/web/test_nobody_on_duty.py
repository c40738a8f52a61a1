"""A person is wanted and nobody is there: she is told when, keeps her place, and the bot goes on answering."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.shop.records.policy import Hours
from tests.web.conftest import Web, running_gateway, settings_for
from tests.web.rasa_stand_in import ScriptedRasa


@pytest.fixture
def own(rasa: ScriptedRasa, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """A gateway at which no agent has been seen yet, outside the shop's hours whenever this runs."""
    monkeypatch.setattr(Hours, "hold", lambda *_: False)
    with running_gateway(settings_for(tmp_path, rasa), rasa) as running:
        yield running


def test_she_is_told_when_people_are_there_and_keeps_her_place_while_the_bot_answers(own: Web):
    chat = own.customer()
    asked = chat.say("转人工")
    assert asked["owner"] == "queued"
    told = asked["messages"][-1]
    assert told["sender"] == "system" and "09:00–23:00" in told["text"]
    answer = chat.say("穿什么码")
    assert [message["text"] for message in answer["messages"]] == ["穿什么码", "建议 M 码"]
    assert (answer["owner"], answer["queue"]["position"]) == ("queued", 1)
    assert own.rasa.turns[-1]["metadata"]["waiting_as"] == "requested"
    assert own.app.state.gateway.desk.conversations.get(chat.id).waiting_since is not None


def test_within_the_hours_she_is_told_that_all_are_busy_and_not_that_the_day_is_over(
    own: Web, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Hours, "hold", lambda *_: True)
    told = own.customer().say("转人工")["messages"][-1]
    assert told["sender"] == "system" and "都在忙" in told["text"] and "09:00" not in told["text"]


def test_asked_for_again_a_person_is_not_queued_for_twice(own: Web):
    chat = own.customer()
    chat.say("转人工")
    before = own.app.state.gateway.desk.conversations.get(chat.id)
    again = chat.say("转人工")
    after = own.app.state.gateway.desk.conversations.get(chat.id)
    assert [message["sender"] for message in again["messages"]] == ["customer", "bot"]
    assert (after.version, after.priority) == (before.version, before.priority)


def test_a_graver_reason_moves_her_up_without_a_second_line(own: Web):
    chat = own.customer()
    chat.say("转人工")
    graver = chat.say("过敏了")
    assert [message["sender"] for message in graver["messages"]] == ["customer", "bot"]
    waiting = own.app.state.gateway.desk.conversations.get(chat.id)
    assert (waiting.owner.value, waiting.reason, waiting.priority) == ("queued", "safety_or_legal", 100)


def test_with_an_agent_on_duty_the_bot_leaves_her_to_him(own: Web):
    chat = own.customer()
    with own.agent("xiaolin") as agent:
        agent.get("/api/desk/conversations?state=queued")
        chat.say("转人工")
        waiting = chat.say("穿什么码")
    assert [message["text"] for message in waiting["messages"]] == ["穿什么码"]


def test_what_the_bot_was_about_to_say_is_dropped_when_an_agent_takes_over(own: Web):
    chat = own.customer()
    chat.say("转人工")
    with own.agent("xiaolin") as agent:
        taken = agent.post(f"/api/desk/conversations/{chat.id}/take")
        assert taken.status_code == 200, taken.text
        answer = chat.say("穿什么码")
    assert answer["owner"] == "human"
    assert [message["text"] for message in answer["messages"]] == ["穿什么码"]


def test_a_dialogue_that_fails_meanwhile_does_not_cost_her_place(own: Web):
    chat = own.customer()
    chat.say("转人工")
    answer = chat.say("出错了")
    assert (answer["owner"], [message["sender"] for message in answer["messages"]]) == (
        "queued",
        ["customer"],
    )
    assert own.app.state.gateway.desk.conversations.get(chat.id).reason == "requested"


def test_a_reply_marked_unhelpful_brings_a_person_once(own: Web):
    chat = own.customer()
    reply = chat.say("穿什么码")["messages"][-1]
    marked = chat.post("unhelpful", {"seq": reply["seq"]}).json()
    assert marked["owner"] == "queued"
    waiting = own.app.state.gateway.desk.conversations.get(chat.id)
    assert (waiting.reason, len(waiting.summary) <= 5) == ("repeated_failure", True)
    assert chat.post("unhelpful", {"seq": reply["seq"]}).json()["messages"] == []


@pytest.mark.parametrize("seq", [2, 99])
def test_only_a_reply_of_the_bot_can_be_marked(own: Web, seq: int):
    chat = own.customer()
    chat.say("穿什么码")
    assert chat.post("unhelpful", {"seq": seq}).status_code == 404
    assert chat.all()["owner"] == "bot"
