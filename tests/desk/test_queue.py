"""Who waits, in which order, and how long: on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.desk import schema
from bot.desk.conversations import Context, Conversation, Customer, Draft, Handoff, Role
from bot.desk.desk import Desk
from bot.desk.ownership import Speaker, Step
from bot.desk.queue import USUAL_HANDLING_SECONDS
from tests.desk.conftest import answered, ask


def waiting(desk: Desk, name: str, priority: int) -> Conversation:
    """A customer who has asked and waits for a person."""
    conversation, _ = desk.conversations.open(Customer(name, name), Context())
    ask(desk, conversation, f"{name}的问题")
    return desk.handoffs.ask(conversation.id, Handoff("requested", priority), name)[0]


def is_there(desk: Desk, username: str) -> None:
    desk.agents.create(username, username, Role.AGENT, "correct horse battery")
    desk.agents.seen(username)


def age(desk: Desk, table: sa.Table, column: str, by: timedelta, condition: sa.ColumnElement[bool]) -> None:
    with desk.engine.begin() as connection:
        connection.execute(sa.update(table).where(condition).values({column: datetime.now(UTC) - by}))


def test_the_gravest_reason_goes_first_then_who_has_waited_longest(desk: Desk):
    late, early, grave = waiting(desk, "晚", 50), waiting(desk, "早", 50), waiting(desk, "急", 100)
    condition = schema.conversations.c.id == early.id
    age(desk, schema.conversations, "waiting_since", timedelta(minutes=5), condition)
    listed = desk.queue.listed("queued", "xiaolin")
    assert [each.conversation.id for each in listed] == [grave.id, early.id, late.id]
    assert tuple(desk.queue.places()) == (grave.id, early.id, late.id)
    places = [desk.queue.place(desk.conversations.get(c.id)).position for c in (grave, early, late)]
    assert places == [1, 2, 3]


def test_without_an_agent_there_no_waiting_time_is_promised(desk: Desk):
    place = desk.queue.place(waiting(desk, "周", 50))
    assert (place.position, place.eta_seconds, place.agents_online) == (1, None, 0)


def test_before_anything_was_learned_the_usual_time_is_told(desk: Desk):
    is_there(desk, "xiaolin")
    assert desk.queue.place(waiting(desk, "周", 50)).eta_seconds == USUAL_HANDLING_SECONDS


def test_two_agents_halve_the_wait_of_the_second_in_line(desk: Desk):
    is_there(desk, "xiaolin")
    waiting(desk, "早", 50)
    second = waiting(desk, "晚", 50)
    alone = desk.queue.place(second).eta_seconds
    is_there(desk, "aqing")
    assert desk.queue.place(second).eta_seconds == alone / 2


def test_the_estimate_learns_from_how_long_conversations_took(desk: Desk):
    is_there(desk, "xiaolin")
    done = waiting(desk, "甲", 50)
    desk.handoffs.claim(done.id, "xiaolin")
    age(desk, schema.handoff_log, "at", timedelta(minutes=10), schema.handoff_log.c.step == "claim")
    desk.handoffs.move(done.id, Step.CLOSE, "xiaolin")
    assert desk.queue.place(waiting(desk, "乙", 50)).eta_seconds == 600


def test_an_agent_not_heard_of_for_a_minute_is_not_counted(desk: Desk):
    is_there(desk, "xiaolin")
    age(desk, schema.agents, "last_seen", timedelta(seconds=61), schema.agents.c.username == "xiaolin")
    assert desk.queue.place(waiting(desk, "周", 50)).agents_online == 0


def test_who_is_asked_for_next_stands_behind_equals_and_before_the_milder(desk: Desk):
    waiting(desk, "甲", 80), waiting(desk, "乙", 50), waiting(desk, "丙", 30)
    assert desk.queue.prospect(50).position == 3
    assert desk.queue.prospect(100).position == 1


def test_a_conversation_that_does_not_wait_has_no_place(desk: Desk, conversation: Conversation):
    assert desk.queue.place(conversation) is None


def test_lists_carry_the_last_message_and_tags(desk: Desk):
    conversation = waiting(desk, "周", 50)
    desk.records.add_tag(conversation.id, "急", "xiaolin")
    listed = desk.queue.listed("queued", "xiaolin")[0]
    assert (listed.last_message.text, listed.tags) == ("周的问题", ("急",))
    assert desk.queue.one(conversation.id) == listed


@pytest.mark.parametrize("state", ["queued", "mine", "human", "bot", "closed"])
def test_each_list_shows_only_its_own(desk: Desk, state: str):
    waiting(desk, "等", 50)
    for name, agent in (("我", "xiaolin"), ("她", "aqing")):
        desk.handoffs.claim(waiting(desk, name, 50).id, agent)
    closed = waiting(desk, "完", 50)
    desk.handoffs.move(closed.id, Step.CLOSE, "xiaolin")
    with_bot, _ = desk.conversations.open(Customer("聊", "聊"), Context())
    ask(desk, with_bot)
    desk.conversations.open(Customer("没说话", "没说话"), Context())
    names = {each.conversation.customer.name for each in desk.queue.listed(state, "xiaolin")}
    expected = {"queued": {"等"}, "mine": {"我"}, "human": {"我", "她"}, "bot": {"聊"}, "closed": {"完"}}
    assert names == expected[state]


def test_a_message_the_bot_never_answered_is_found_again(desk: Desk, conversation: Conversation):
    ask(desk, conversation)
    assert desk.queue.left_by_the_bot(timedelta(seconds=5)) == ()
    age(desk, schema.messages, "created_at", timedelta(seconds=6), sa.true())
    assert desk.queue.left_by_the_bot(timedelta(seconds=5)) == (conversation.id,)
    message = desk.conversations.pending(conversation.id).messages[0]
    desk.conversations.record_turn(message, conversation.version, answered("M"))
    assert desk.queue.left_by_the_bot(timedelta(seconds=5)) == ()


def test_only_chats_that_wait_because_a_part_failed_are_resumed(desk: Desk):
    waiting(desk, "要人工", 50)
    failed, _ = desk.conversations.open(Customer("c"), Context())
    desk.handoffs.ask(failed.id, Handoff("system_down", 45), "system")
    assert [each.id for each in desk.queue.queued_because_down()] == [failed.id]
    desk.handoffs.claim(failed.id, "xiaolin")
    assert desk.queue.queued_because_down() == ()


def test_chats_of_an_agent_who_has_been_gone_for_a_minute_are_found(desk: Desk):
    is_there(desk, "xiaolin")
    held = waiting(desk, "周", 50)
    desk.handoffs.claim(held.id, "xiaolin")
    minute_ago = timedelta(seconds=61)
    age(desk, schema.handoff_log, "at", minute_ago, schema.handoff_log.c.conversation_id == held.id)
    assert desk.queue.held_by_absent() == ()
    age(desk, schema.agents, "last_seen", minute_ago, schema.agents.c.username == "xiaolin")
    assert [each.id for each in desk.queue.held_by_absent()] == [held.id]


def test_an_agent_who_answers_is_not_absent(desk: Desk):
    is_there(desk, "xiaolin")
    held = waiting(desk, "周", 50)
    desk.handoffs.claim(held.id, "xiaolin")
    age(desk, schema.agents, "last_seen", timedelta(seconds=61), schema.agents.c.username == "xiaolin")
    desk.conversations.agent_says(held.id, "xiaolin", Draft(Speaker.AGENT, "小林", "您好"))
    assert desk.queue.held_by_absent() == ()
