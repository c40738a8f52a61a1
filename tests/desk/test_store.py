"""What the conversation store promises, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.desk import schema
from bot.desk.conversations import (
    Button,
    Context,
    Conversation,
    Customer,
    Draft,
    Handoff,
    NotFound,
    StaleVersion,
)
from bot.desk.desk import Desk
from bot.desk.lines import system_line
from bot.desk.marks import Marks
from bot.desk.ownership import IllegalStep, Owner, Speaker, Step
from tests.desk.conftest import answered, ask, said

REQUESTED = Handoff("requested", 50, ("原因：客户要求人工",))


def texts(desk: Desk, conversation: Conversation) -> list[str]:
    return [message.text for message in desk.conversations.messages(conversation.id)]


def test_a_token_opens_its_own_conversation_and_no_other(desk: Desk):
    first, token = desk.conversations.open(Customer("c-1"), Context())
    desk.conversations.open(Customer("c-2"), Context())
    assert desk.conversations.by_token(token) == first
    with pytest.raises(NotFound):
        desk.conversations.by_token(token[:-1])


def test_an_expired_token_opens_nothing(desk: Desk):
    _, token = desk.conversations.open(Customer("c-1"), Context())
    with desk.engine.begin() as connection:
        past = datetime.now(UTC) - timedelta(seconds=1)
        connection.execute(sa.update(schema.customer_tokens).values(expires_at=past))
    with pytest.raises(NotFound):
        desk.conversations.by_token(token)


def test_the_database_keeps_no_token_that_could_be_used(desk: Desk):
    _, token = desk.conversations.open(Customer("c-1"), Context())
    with desk.engine.connect() as connection:
        kept = connection.execute(sa.select(schema.customer_tokens.c.hash)).scalar_one()
    assert token not in kept and len(kept) == 64


def test_a_message_comes_back_as_it_was_stored(desk: Desk, conversation: Conversation):
    draft = Draft(
        Speaker.CUSTOMER,
        "周女士",
        "拉链坏了😭",
        (Button("好", "/affirm"),),
        {"type": "order", "id": "1"},
        "/a.jpg",
    )
    stored = desk.conversations.customer_says(conversation.id, draft).message
    assert desk.conversations.messages(conversation.id) == (stored,)
    assert (stored.text, stored.buttons, stored.card, stored.image) == (
        draft.text,
        draft.buttons,
        draft.card,
        draft.image,
    )
    assert stored.created_at.tzinfo is not None


def test_a_message_sent_twice_is_stored_once(desk: Desk, conversation: Conversation):
    first = desk.conversations.customer_says(conversation.id, said("在吗", "a"))
    again = desk.conversations.customer_says(conversation.id, said("在吗", "a"))
    assert (first.is_new, again.is_new) == (True, False)
    assert again.message == first.message
    assert texts(desk, conversation) == ["在吗"]


def test_the_same_message_from_eight_connections_at_once_is_stored_once(
    desk: Desk, conversation: Conversation
):
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(
            pool.map(lambda _: desk.conversations.customer_says(conversation.id, said("在吗", "a")), range(8))
        )
    assert [outcome.is_new for outcome in outcomes].count(True) == 1
    assert len({outcome.message.id for outcome in outcomes}) == 1


def test_messages_written_at_once_are_numbered_without_gaps(desk: Desk, conversation: Conversation):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: desk.conversations.customer_says(conversation.id, said(str(n))), range(24)))
    assert [m.seq for m in desk.conversations.messages(conversation.id)] == list(range(1, 25))
    assert desk.conversations.get(conversation.id).last_seq == 24


def test_only_messages_after_the_last_one_seen_are_read(desk: Desk, conversation: Conversation):
    for text in "一二三四":
        ask(desk, conversation, text)
    assert [m.text for m in desk.conversations.messages(conversation.id, 2)] == ["三", "四"]
    assert [m.text for m in desk.conversations.messages(conversation.id, 2, limit=1)] == ["三"]


def test_a_turn_is_written_with_its_reading_slots_promise_and_tag(desk: Desk, conversation: Conversation):
    message = ask(desk, conversation)
    due = datetime(2026, 11, 23, 10, tzinfo=UTC)
    turn = answered("建议 M 码", promises=(("补发纽扣", due),), tags=("咨询尺码",))
    stored = desk.conversations.record_turn(message, conversation.version, turn)
    assert [reply.reply_to for reply in stored.messages] == [message.id] and stored.is_last
    messages, standing, marks = desk.conversations.outcome(message)
    assert [m.text for m in messages] == ["穿什么码", "建议 M 码"] and messages[0].nlu["intent"] == "ask_size"
    assert standing == stored.conversation and marks == Marks()
    assert stored.conversation.tag == "咨询尺码" and desk.records.tags(conversation.id) == ("咨询尺码",)
    promise = desk.records.promises(conversation.id)[0]
    assert (promise.text, promise.due, promise.owner) == ("补发纽扣", due, "bot")


def test_the_bots_answer_is_dropped_whole_when_an_agent_was_quicker(desk: Desk, conversation: Conversation):
    message = ask(desk, conversation)
    desk.handoffs.claim(conversation.id, "xiaolin")
    turn = answered("建议 M 码", promises=(("补发", None),), tags=("尺码",))
    with pytest.raises(StaleVersion) as caught:
        desk.conversations.record_turn(message, conversation.version, turn)
    assert caught.value.conversation.agent == "xiaolin"
    assert texts(desk, conversation) == ["穿什么码"]
    assert not desk.records.promises(conversation.id) and not desk.records.tags(conversation.id)


def test_an_answer_to_an_older_ownership_is_dropped_even_if_the_bot_has_it_again(
    desk: Desk, conversation: Conversation
):
    message = ask(desk, conversation)
    desk.handoffs.ask(conversation.id, REQUESTED, "c-1")
    desk.handoffs.move(conversation.id, Step.LEAVE, "c-1")
    with pytest.raises(StaleVersion):
        desk.conversations.record_turn(message, conversation.version, answered("建议 M 码"))


def test_a_message_is_answered_once_however_often_the_answer_comes(desk: Desk, conversation: Conversation):
    message = ask(desk, conversation)
    desk.conversations.record_turn(message, conversation.version, answered("建议 M 码"))
    with pytest.raises(StaleVersion):
        desk.conversations.record_turn(message, conversation.version, answered("建议 M 码"))
    assert texts(desk, conversation) == ["穿什么码", "建议 M 码"]


def test_bot_and_agent_racing_never_both_answer(desk: Desk):
    for _ in range(8):
        conversation, _ = desk.conversations.open(Customer("c"), Context())
        message = ask(desk, conversation)

        def bot(conversation=conversation, message=message):
            return desk.conversations.record_turn(message, conversation.version, answered("机器人"))

        def agent(conversation=conversation):
            desk.handoffs.claim(conversation.id, "xiaolin")
            return desk.conversations.agent_says(
                conversation.id, "xiaolin", Draft(Speaker.AGENT, "小林", "人")
            )

        with ThreadPoolExecutor(2) as pool:
            race = [pool.submit(bot), pool.submit(agent)]
        lost = isinstance(race[0].exception(), StaleVersion)
        assert race[1].exception() is None
        said_by = [m.sender for m in desk.conversations.messages(conversation.id)][1:]
        assert said_by == ([Speaker.AGENT] if lost else [Speaker.BOT, Speaker.AGENT])


def test_handing_over_is_one_act_and_the_wait_clock_runs_on(desk: Desk, conversation: Conversation):
    message = ask(desk, conversation, "要投诉")
    turn = answered("这就为您转接", handoff=Handoff("complaint", 80, ("原因：投诉",)))
    line = system_line("queued_nobody", hours="9:00–23:00", bot_name="小二")
    stored = desk.conversations.record_turn(message, conversation.version, turn, [line])
    moved, written = stored.conversation, stored.messages
    assert (moved.owner, moved.reason, moved.priority, moved.summary) == (
        Owner.QUEUED,
        "complaint",
        80,
        ("原因：投诉",),
    )
    assert moved.waiting_since == message.created_at
    assert [m.sender for m in written] == [Speaker.BOT, Speaker.SYSTEM]


def test_an_answer_stops_the_wait_clock_and_the_next_question_starts_it(
    desk: Desk, conversation: Conversation
):
    message = ask(desk, conversation)
    updated = desk.conversations.record_turn(message, conversation.version, answered("M")).conversation
    assert updated.waiting_since is None
    second = ask(desk, conversation, "有红色吗")
    assert desk.conversations.get(conversation.id).waiting_since == second.created_at


def test_asking_again_for_a_graver_reason_raises_the_priority_without_a_second_line(
    desk: Desk, conversation: Conversation
):
    desk.handoffs.ask(
        conversation.id, REQUESTED, "c-1", [system_line("queued_nobody", hours="9:00–23:00", bot_name="小二")]
    )
    graver, lines = desk.handoffs.ask(
        conversation.id, Handoff("safety_or_legal", 100), "c-1", [system_line("closed")]
    )
    assert (graver.reason, graver.priority, lines) == ("safety_or_legal", 100, ())
    milder, _ = desk.handoffs.ask(conversation.id, REQUESTED, "c-1")
    assert milder == graver


def test_two_agents_taking_together_one_is_told_who_has_it(desk: Desk, conversation: Conversation):
    queued, _ = desk.handoffs.ask(conversation.id, REQUESTED, "c-1")

    def take(name: str):
        return desk.handoffs.claim(conversation.id, name, queued.version)

    with ThreadPoolExecutor(2) as pool:
        race = {name: pool.submit(take, name) for name in ("xiaolin", "aqing")}
    winner = desk.conversations.get(conversation.id).agent
    loser = next(name for name in race if name != winner)
    assert race[winner].exception() is None
    assert race[loser].exception().conversation.agent == winner
    assert len(desk.conversations.log(conversation.id)) == 2


def test_taking_ones_own_again_changes_nothing(desk: Desk, conversation: Conversation):
    taken, _ = desk.handoffs.claim(conversation.id, "xiaolin", conversation.version, [system_line("closed")])
    again, lines = desk.handoffs.claim(
        conversation.id, "xiaolin", conversation.version, [system_line("closed")]
    )
    assert (again, lines) == (taken, ())


def test_only_who_has_the_conversation_may_answer(desk: Desk, conversation: Conversation):
    draft = Draft(Speaker.AGENT, "阿青", "我来")
    with pytest.raises(StaleVersion):
        desk.conversations.agent_says(conversation.id, "aqing", draft)
    desk.handoffs.claim(conversation.id, "xiaolin")
    with pytest.raises(StaleVersion):
        desk.conversations.agent_says(conversation.id, "aqing", draft)
    assert texts(desk, conversation) == []


def test_an_agents_reply_sent_twice_is_stored_once(desk: Desk, conversation: Conversation):
    desk.handoffs.claim(conversation.id, "xiaolin")
    draft = Draft(Speaker.AGENT, "小林", "您好", client_id="a")
    first, _, is_new = desk.conversations.agent_says(conversation.id, "xiaolin", draft)
    again, _, is_new_again = desk.conversations.agent_says(conversation.id, "xiaolin", draft)
    assert (first, is_new, is_new_again) == (again, True, False)


def test_what_is_asked_while_waiting_is_owed_by_the_bot_only_if_nobody_takes_it(
    desk: Desk, conversation: Conversation
):
    desk.handoffs.ask(conversation.id, REQUESTED, "c-1")
    message = ask(desk, conversation, "人呢")
    assert desk.conversations.pending(conversation.id).messages == (message,)
    desk.handoffs.claim(conversation.id, "xiaolin")
    assert desk.conversations.pending(conversation.id) is None


def test_resuming_takes_the_chat_back_and_answers_in_one_act(desk: Desk, conversation: Conversation):
    message = ask(desk, conversation)
    queued, _ = desk.handoffs.ask(
        conversation.id, Handoff("system_down", 45), "system", [system_line("system_down")], message.id
    )
    line = system_line("resumed", bot_name="小二")
    stored = desk.conversations.record_turn(message, queued.version, answered("M"), resumes_with=line)
    back, written = stored.conversation, stored.messages
    assert (back.owner, back.reason, back.waiting_since) == (Owner.BOT, None, None)
    assert [m.sender for m in written] == [Speaker.SYSTEM, Speaker.BOT]


def test_a_chat_that_a_person_has_taken_is_never_resumed(desk: Desk, conversation: Conversation):
    message = ask(desk, conversation)
    queued, _ = desk.handoffs.ask(conversation.id, Handoff("system_down", 45), "system")
    desk.handoffs.claim(conversation.id, "xiaolin")
    with pytest.raises(StaleVersion):
        line = system_line("resumed", bot_name="小二")
        desk.conversations.record_turn(message, queued.version, answered("M"), resumes_with=line)


def test_a_customer_who_writes_again_reopens_the_conversation_with_the_bot(
    desk: Desk, conversation: Conversation
):
    desk.handoffs.claim(conversation.id, "xiaolin")
    closed, _ = desk.handoffs.move(conversation.id, Step.CLOSE, "xiaolin", lines=[system_line("closed")])
    assert closed.closed_at is not None
    again = desk.conversations.customer_says(conversation.id, said("还在吗"))
    assert (again.conversation.owner, again.conversation.closed_at) == (Owner.BOT, None)
    assert again.message.is_pending


def test_an_agent_can_only_move_what_she_holds(desk: Desk, conversation: Conversation):
    desk.handoffs.claim(conversation.id, "xiaolin")
    with pytest.raises(StaleVersion):
        desk.handoffs.move(conversation.id, Step.RETURN, "aqing", holder="aqing")
    back, _ = desk.handoffs.move(conversation.id, Step.RETURN, "xiaolin", holder="xiaolin")
    assert back.owner is Owner.BOT


def test_a_stale_version_is_refused(desk: Desk, conversation: Conversation):
    desk.handoffs.ask(conversation.id, REQUESTED, "c-1")
    with pytest.raises(StaleVersion):
        desk.handoffs.claim(conversation.id, "xiaolin", conversation.version)


def test_a_step_the_table_does_not_know_changes_nothing(desk: Desk, conversation: Conversation):
    with pytest.raises(IllegalStep):
        desk.handoffs.move(conversation.id, Step.RETURN, "xiaolin", lines=[system_line("closed")])
    assert desk.conversations.get(conversation.id) == conversation
    assert texts(desk, conversation) == []


def test_a_chat_given_back_into_the_queue_goes_on_waiting_from_the_first_question(
    desk: Desk, conversation: Conversation
):
    desk.handoffs.ask(conversation.id, REQUESTED, "c-1")
    desk.handoffs.claim(conversation.id, "xiaolin")
    desk.conversations.agent_says(conversation.id, "xiaolin", Draft(Speaker.AGENT, "小林", "您好"))
    message = ask(desk, conversation, "在吗")
    held = desk.conversations.get(conversation.id)
    released, _ = desk.handoffs.release(conversation.id, held.version)
    assert (released.owner, released.reason, released.waiting_since) == (
        Owner.QUEUED,
        "requested",
        message.created_at,
    )


def test_only_payloads_that_were_shown_here_have_a_title(desk: Desk, conversation: Conversation):
    message = ask(desk, conversation)
    card = {
        "type": "remedies",
        "options": [{"title": "退 20 元", "payload": '/inform{"remedy":"partial_refund"}'}],
    }
    reply = Draft(Speaker.BOT, "小二", "两个办法", (Button("尺码", "/ask_size"),), card)
    turn = answered()
    desk.conversations.record_turn(message, conversation.version, type(turn)((reply,), {}, {}))
    title = desk.conversations.title_of_payload
    assert title(conversation.id, "/ask_size") == "尺码"
    assert title(conversation.id, '/inform{"remedy":"partial_refund"}') == "退 20 元"
    assert title(conversation.id, "/bargain") is None
    other, _ = desk.conversations.open(Customer("c-2"), Context())
    assert title(other.id, "/ask_size") is None
