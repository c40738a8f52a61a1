"""Stored follow-ups on both databases: planned, said once, called off, seen."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.desk import schema
from bot.desk.aftercare.follow_up_history import shop_clock
from bot.desk.aftercare.follow_up_lines import follow_up_lines
from bot.desk.aftercare.follow_ups import FollowUp, State, Worded
from bot.desk.conversations import Context, Conversation, Customer, Draft, Handoff, NotFound
from bot.desk.desk import Desk, open_desk
from bot.desk.ownership import Speaker, Step
from bot.desk.rows import now
from bot.settings import ROOT
from bot.shop.records.policy import FollowUpPolicy
from bot.shop.talk.follow_ups import Act, Occasion, Plan
from tests.desk.conftest import answered, ask, said

POLICY = FollowUpPolicy()
TROUBLE = follow_up_lines().trouble


def tomorrow(clock: str = "10:00") -> datetime:
    """A moment at which a follow-up to what is said now is due."""
    hour, minute = map(int, clock.split(":"))
    return (shop_clock(now()) + timedelta(days=1)).replace(hour=hour, minute=minute, second=0, microsecond=0)


def a_plan(matter: str = "asked:ask_size:coat", **more: object) -> Plan:
    values = {
        "due": tomorrow(),
        "until": tomorrow() + timedelta(days=1),
        "intent": "ask_size",
        "product_id": "coat",
    }
    return Plan(Occasion.ASKED, matter, **{**values, **more})


def keep(desk: Desk, conversation: Conversation, plan: Plan | None = None) -> FollowUp | None:
    seen = desk.conversations.get(conversation.id)
    clock = shop_clock(now()) + timedelta(hours=1)
    return desk.follow_ups.plan(
        seen, plan or a_plan(), "咨询尺码 · 羽绒服A", "asked.ask_size", clock, TROUBLE, POLICY
    )


def words(job: FollowUp, text: str = "尺码还拿不准的话，告诉我身高体重。") -> Worded:
    draft = Draft(Speaker.BOT, "小二", text, source={"action": "follow_up", "follow_up": job.id})
    return Worded("asked.ask_size.product", draft)


def send(desk: Desk, job: FollowUp, at: datetime | None = None):
    return desk.follow_ups.send(job.id, words(job), at or tomorrow(), POLICY, TROUBLE)


def chat(desk: Desk, conversation: Conversation, text: str = "穿什么码", reply: str = "建议 M 码") -> None:
    """A question and its answer."""
    message = ask(desk, conversation, text)
    desk.conversations.record_turn(message, desk.conversations.get(conversation.id).version, answered(reply))


@pytest.fixture
def planned(desk: Desk, conversation: Conversation) -> FollowUp:
    chat(desk, conversation)
    job = keep(desk, conversation)
    assert job
    return job


def texts(desk: Desk, conversation_id: str) -> list[str]:
    return [message.text for message in desk.conversations.messages(conversation_id)]


def test_a_follow_up_is_kept_and_said_when_it_is_due(desk: Desk, planned: FollowUp):
    assert desk.follow_ups.due(tomorrow("09:59")) == ()
    assert [job.id for job in desk.follow_ups.due(tomorrow())] == [planned.id]
    outcome = send(desk, planned)
    assert outcome and outcome.message and outcome.message.text.startswith("尺码")
    job = desk.follow_ups.get(planned.id)
    assert (job.state, job.text_key, job.message_id) == (
        State.SENT,
        "asked.ask_size.product",
        outcome.message.id,
    )
    assert desk.records.tags(planned.conversation_id) == ("咨询尺码 · 羽绒服A",)
    assert desk.follow_ups.due(tomorrow("20:00")) == ()


def test_it_is_never_said_twice_however_often_it_is_sent(desk: Desk, planned: FollowUp):
    assert send(desk, planned)
    assert send(desk, planned) is None
    assert send(desk, planned, tomorrow("20:00")) is None
    assert len([t for t in texts(desk, planned.conversation_id) if t.startswith("尺码")]) == 1


def test_of_many_processes_that_send_at_once_one_says_it(desk: Desk, database_url: str, planned: FollowUp):
    others = [open_desk(database_url) for _ in range(4)]
    try:
        with ThreadPoolExecutor(8) as pool:
            outcomes = list(pool.map(lambda n: send(others[n % 4], planned), range(8)))
    finally:
        for other in others:
            other.engine.dispose()
    assert len([outcome for outcome in outcomes if outcome and outcome.message]) == 1
    assert len([t for t in texts(desk, planned.conversation_id) if t.startswith("尺码")]) == 1


def test_two_follow_ups_to_one_customer_at_once_keep_their_distance(
    desk: Desk, database_url: str, conversation: Conversation
):
    chat(desk, conversation)
    other_chat = desk.conversations.open(conversation.customer, Context())[0]
    jobs = [keep(desk, conversation, a_plan("asked:a:1")), keep(desk, other_chat, a_plan("asked:b:2"))]
    assert all(jobs)
    desks = [open_desk(database_url) for _ in range(2)]
    try:
        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(lambda pair: send(*pair), zip(desks, jobs, strict=True)))
    finally:
        for other in desks:
            other.engine.dispose()
    assert sorted(outcome.verdict.act for outcome in outcomes if outcome) == [Act.SEND, Act.WAIT]


KILLED_BETWEEN_CLAIM_AND_SEND = """
import sys, time
from datetime import datetime
from bot.desk.aftercare import follow_ups
from bot.desk.desk import open_desk
from tests.desk.test_follow_up_store import send
desk = open_desk(sys.argv[1])
write = follow_ups.tx.write
def stall(*args):
    written = write(*args)
    print("said, not committed", flush=True)
    time.sleep(60)
    return written
follow_ups.tx.write = stall
send(desk, desk.follow_ups.get(sys.argv[2]))
"""


def test_a_process_killed_between_claim_and_send_leaves_it_to_the_next(
    desk: Desk, database_url: str, planned: FollowUp
):
    command = [sys.executable, "-c", KILLED_BETWEEN_CLAIM_AND_SEND, database_url, planned.id]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stdout and process.stdout.readline().startswith("said")
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    assert desk.follow_ups.get(planned.id).state is State.PLANNED
    deadline = time.monotonic() + 20  # PostgreSQL needs a moment to see that the other side is gone
    while (outcome := send(desk, planned)) is None and time.monotonic() < deadline:
        time.sleep(0.2)
    assert outcome and outcome.message
    assert len([t for t in texts(desk, planned.conversation_id) if t.startswith("尺码")]) == 1


def test_any_word_of_hers_calls_off_what_is_planned_in_all_her_chats(
    desk: Desk, conversation: Conversation, planned: FollowUp
):
    other_chat = desk.conversations.open(conversation.customer, Context())[0]
    elsewhere = keep(desk, other_chat, a_plan("coupon:welcome"))
    assert elsewhere
    ask(desk, conversation, "在吗")
    for job in (planned, elsewhere):
        found = desk.follow_ups.get(job.id)
        assert (found.state, found.why) == (State.CANCELLED, "replied")
        assert send(desk, job) is None


def test_what_her_word_called_off_may_be_planned_again_when_she_falls_silent_again(
    desk: Desk, conversation: Conversation, planned: FollowUp
):
    chat(desk, conversation, "那 L 码呢", "L 码会宽松些")
    assert keep(desk, conversation)


def test_what_was_said_once_or_called_off_by_an_agent_is_never_planned_again(
    desk: Desk, conversation: Conversation, planned: FollowUp
):
    assert desk.follow_ups.cancel(planned.id, "agent", shop_clock(now()))
    assert keep(desk, conversation) is None
    other = keep(desk, conversation, a_plan("asked:ask_price:coat"))
    assert other and send(desk, other)
    assert keep(desk, conversation, a_plan("asked:ask_price:coat")) is None
    customer = conversation.customer.id
    wanted = [(customer, "asked:ask_size:coat"), (customer, "asked:ask_price:coat"), (customer, "new")]
    assert desk.follow_ups.settled_matters(wanted) == set(wanted[:2])


def test_what_is_sent_or_cancelled_cannot_be_cancelled(desk: Desk, planned: FollowUp):
    assert send(desk, planned)
    assert not desk.follow_ups.cancel(planned.id, "agent", tomorrow("11:00"))
    with pytest.raises(NotFound):
        desk.follow_ups.cancel("nothing", "agent", tomorrow())


def test_nothing_is_planned_into_a_chat_that_has_gone_on_meanwhile(desk: Desk, conversation: Conversation):
    chat(desk, conversation)
    before = desk.conversations.get(conversation.id)
    ask(desk, conversation, "那黑色有货吗")
    clock = shop_clock(now()) + timedelta(hours=1)
    assert desk.follow_ups.plan(before, a_plan(), "", "asked.ask_size", clock, TROUBLE, POLICY) is None


@pytest.mark.parametrize("words_of_hers", ["别发了", "不用再发", "TD", "烦不烦啊", "以后不要再给我发消息了"])
def test_who_refuses_after_a_follow_up_is_never_sent_another(
    desk: Desk, planned: FollowUp, words_of_hers: str
):
    assert send(desk, planned)
    message = desk.conversations.customer_says(planned.conversation_id, said(words_of_hers)).message
    assert desk.follow_ups.is_stop(message)
    conversation = desk.conversations.get(planned.conversation_id)
    desk.conversations.record_turn(message, conversation.version, answered("好的"))
    a_month_on = a_plan(
        "unpaid:9", due=tomorrow() + timedelta(days=30), until=tomorrow() + timedelta(days=31)
    )
    assert keep(desk, conversation, a_month_on) is None
    known = desk.follow_ups.history(
        POLICY, conversation.customer.id, tomorrow() + timedelta(days=400), TROUBLE
    )
    assert known.has_refused


def test_the_same_words_about_a_parcel_refuse_nothing(desk: Desk, conversation: Conversation):
    """ "别发了" to nothing the shop sent on its own may mean the parcel."""
    chat(desk, conversation)
    message = ask(desk, conversation, "别发了，我不要了")
    assert not desk.follow_ups.is_stop(message)
    known = desk.follow_ups.history(POLICY, conversation.customer.id, tomorrow(), TROUBLE)
    assert not known.has_refused


def test_a_refusal_with_more_in_it_is_heard_but_gets_the_dialogue_s_answer(desk: Desk, planned: FollowUp):
    assert send(desk, planned)
    long = "别发了，上次买的羽绒服拉链坏了你们都还没给我处理呢"
    message = desk.conversations.customer_says(planned.conversation_id, said(long)).message
    assert not desk.follow_ups.is_stop(message)
    assert desk.follow_ups.history(POLICY, planned.customer_id, tomorrow("11:00"), TROUBLE).has_refused


def upset(desk: Desk, conversation: Conversation) -> None:
    message = ask(desk, conversation, "你们太差劲了")
    turn = answered("非常抱歉")
    turn.nlu["intent"] = "complain"
    desk.conversations.record_turn(message, desk.conversations.get(conversation.id).version, turn)


def in_a_bad_mood(desk: Desk, conversation: Conversation) -> None:
    message = ask(desk, conversation, "说了多少遍了")
    turn = dataclasses.replace(answered("这就帮您看"), slots={"mood": "upset"})
    desk.conversations.record_turn(message, desk.conversations.get(conversation.id).version, turn)


def handed_over(desk: Desk, conversation: Conversation) -> None:
    desk.handoffs.ask(conversation.id, Handoff("requested", 50), "c-1")
    desk.handoffs.move(conversation.id, Step.LEAVE, "c-1")


@pytest.mark.parametrize("trouble", [upset, in_a_bad_mood, handed_over])
def test_who_was_upset_or_handed_over_is_left_in_peace_in_all_her_chats(
    desk: Desk, conversation: Conversation, trouble
):
    chat(desk, conversation)
    other_chat = desk.conversations.open(conversation.customer, Context())[0]
    job = keep(desk, conversation)
    assert job
    trouble(desk, other_chat)
    assert keep(desk, conversation, a_plan("unpaid:1")) is None
    outcome = send(desk, job)  # None: her angry word had called it off already
    assert outcome is None or (outcome.verdict.act, outcome.verdict.why) == (Act.DROP, "troubled")
    assert desk.follow_ups.get(job.id).state is State.CANCELLED


def test_a_failed_part_of_ours_is_no_trouble_of_hers(desk: Desk, conversation: Conversation):
    chat(desk, conversation)
    desk.handoffs.ask(conversation.id, Handoff("system_down", 90), "system")
    desk.handoffs.move(conversation.id, Step.RESUME, "system")
    assert keep(desk, conversation)


def test_nothing_is_said_into_a_conversation_that_a_person_has(desk: Desk, planned: FollowUp):
    desk.handoffs.claim(planned.conversation_id, "xiaolin")
    outcome = send(desk, planned)
    assert outcome and outcome.message is None
    assert not [t for t in texts(desk, planned.conversation_id) if t.startswith("尺码")]


def test_what_is_no_longer_true_is_called_off_unsaid(desk: Desk, planned: FollowUp):
    outcome = desk.follow_ups.send(planned.id, None, tomorrow(), POLICY, TROUBLE)
    assert outcome and outcome.verdict.why == "not_true"
    assert desk.follow_ups.get(planned.id).why == "not_true"


def test_a_clock_that_jumps_a_year_ahead_sends_nothing_stale_and_back_again_nothing_twice(
    desk: Desk, conversation: Conversation, planned: FollowUp
):
    late = send(desk, planned, tomorrow() + timedelta(days=365))
    assert late and late.verdict.why == "too_late"
    other = keep(desk, conversation, a_plan("asked:ask_price:coat"))
    assert other and send(desk, other)
    third = keep(desk, conversation, a_plan("asked:ask_stock:coat"))
    assert third
    back = send(desk, third, tomorrow("10:05") - timedelta(days=1))
    assert back and back.message is None


def test_it_counts_as_seen_when_she_has_read_that_far(desk: Desk, planned: FollowUp):
    outcome = send(desk, planned)
    assert outcome and outcome.message
    desk.follow_ups.seen(planned.conversation_id, outcome.message.seq - 1, tomorrow("12:00"))
    assert desk.follow_ups.get(planned.id).state is State.SENT
    desk.follow_ups.seen(planned.conversation_id, outcome.message.seq, tomorrow("12:00"))
    job = desk.follow_ups.get(planned.id)
    assert job.state is State.SEEN and job.seen_at
    assert shop_clock(job.seen_at) == tomorrow("12:00")


def test_the_desk_lists_what_is_planned_first_and_why_others_were_called_off(
    desk: Desk, conversation: Conversation, planned: FollowUp
):
    later = keep(desk, conversation, a_plan("coupon:x", due=tomorrow("16:00")))
    assert later and desk.follow_ups.cancel(later.id, "agent", shop_clock(now()))
    listed = desk.follow_ups.listed()
    assert [(each.follow_up.state, each.follow_up.why) for each in listed] == [
        (State.PLANNED, ""),
        (State.CANCELLED, "agent"),
    ]
    assert listed[0].customer == conversation.customer
    assert send(desk, planned)
    assert "尺码" in next(each.text for each in desk.follow_ups.listed() if each.follow_up.id == planned.id)


def test_silent_chats_tell_what_she_wanted_last(desk: Desk, conversation: Conversation):
    empty = desk.conversations.open(Customer("c-2"), Context())[0]
    chat(desk, conversation)
    later = shop_clock(now()) + timedelta(minutes=1)
    (found,) = desk.follow_ups.silent_chats(later - timedelta(hours=1), later)
    assert found.conversation.id == conversation.id != empty.id
    assert found.intents == ("ask_size",) and found.is_answered
    ask(desk, conversation, "那 L 呢")
    (found,) = desk.follow_ups.silent_chats(later - timedelta(hours=1), later)
    assert not found.is_answered
    assert desk.follow_ups.silent_chats(later, later + timedelta(hours=1)) == ()


def test_the_newest_chat_of_a_signed_customer_is_where_she_is_reached(desk: Desk, conversation: Conversation):
    stranger = desk.conversations.open(Customer("c-9"), Context())[0]
    assert desk.follow_ups.newest_chat("c-9") is None  # never signed
    assert desk.follow_ups.newest_chat(f"guest:{stranger.id}") is not None
    newer = desk.conversations.open(conversation.customer, Context())[0]
    found = desk.follow_ups.newest_chat(conversation.customer.id)
    assert found and found.id == newer.id
    desk.handoffs.claim(newer.id, "xiaolin")
    assert desk.follow_ups.newest_chat(conversation.customer.id) is None


def test_one_row_locks_a_customer_however_many_ask_for_it(desk: Desk, planned: FollowUp):
    send(desk, planned)
    with desk.engine.connect() as connection:
        rows = connection.execute(sa.select(schema.follow_up_customers.c.customer_id)).scalars().all()
    assert rows == [planned.customer_id]
