"""Who takes new customers, how many, and for whom a customer who comes back rings first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.desk import schema
from bot.desk.conversations import Context, Conversation, Customer, Handoff, NotFound, Role
from bot.desk.desk import Desk
from bot.desk.ownership import Owner, Step
from bot.desk.people.duty import HandsFull, Presence, duty_table
from bot.desk.queue import Queue
from bot.shop.records.desk_policy import DeskPolicy
from tests.desk.conftest import ask

LONG_AGO = timedelta(seconds=61)


@pytest.fixture
def people(desk: Desk) -> None:
    for username, role in (("xiaolin", Role.AGENT), ("aqing", Role.AGENT), ("wen", Role.TRAINER)):
        desk.agents.create(username, f"{username}。", role, "correct horse battery")
        desk.agents.seen(username)


def waiting(desk: Desk, customer: str = "周", reason: str = "requested") -> Conversation:
    conversation, _ = desk.conversations.open(Customer(customer, customer, "", True), Context())
    ask(desk, conversation)
    return desk.handoffs.ask(conversation.id, Handoff(reason, 50), customer)[0]


def served(desk: Desk, customer: str, agent: str) -> Conversation:
    chat = waiting(desk, customer)
    desk.handoffs.claim(chat.id, agent)
    return desk.handoffs.move(chat.id, Step.CLOSE, agent)[0]


def age(desk: Desk, table: sa.Table, column: str, by: timedelta) -> None:
    with desk.engine.begin() as connection:
        connection.execute(sa.update(table).values({column: datetime.now(UTC) - by}))


@pytest.mark.usefixtures("people")
def test_whoever_comes_to_work_is_online_until_she_says_otherwise(desk: Desk):
    assert desk.duty.of("xiaolin").presence is Presence.ONLINE
    assert desk.duty.set("xiaolin", Presence.REST).presence is Presence.REST
    assert desk.duty.of("aqing").presence is Presence.ONLINE
    with pytest.raises(NotFound):
        desk.duty.set("nobody", Presence.REST)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("presence", [Presence.REST, Presence.AWAY])
def test_nobody_is_promised_the_time_of_an_agent_who_takes_a_rest(desk: Desk, presence: Presence):
    assert desk.queue.prospect(50).agents_online == 2
    desk.duty.set("xiaolin", presence)
    assert desk.queue.prospect(50).agents_online == 1


@pytest.mark.usefixtures("people")
def test_a_full_agent_is_refused_one_more_but_keeps_what_she_has(desk: Desk):
    first, second = waiting(desk, "甲"), waiting(desk, "乙")
    desk.handoffs.claim(first.id, "xiaolin", capacity=1)
    with pytest.raises(HandsFull) as refused:
        desk.handoffs.claim(second.id, "xiaolin", capacity=1)
    assert refused.value.capacity == 1
    assert desk.conversations.get(second.id).owner is Owner.QUEUED
    assert desk.handoffs.claim(first.id, "xiaolin", capacity=1)[0].agent == "xiaolin"
    desk.handoffs.move(first.id, Step.CLOSE, "xiaolin")
    assert desk.handoffs.claim(second.id, "xiaolin", capacity=1)[0].agent == "xiaolin"


@pytest.mark.usefixtures("people")
def test_danger_waits_for_nobodys_count(desk: Desk):
    desk.handoffs.claim(waiting(desk, "甲").id, "xiaolin", capacity=1)
    grave = waiting(desk, "乙", "safety_or_legal")
    assert desk.handoffs.claim(grave.id, "xiaolin", capacity=1)[0].agent == "xiaolin"


@pytest.mark.usefixtures("people")
def test_a_colleague_with_full_hands_is_given_nothing(desk: Desk):
    desk.handoffs.claim(waiting(desk, "甲").id, "aqing")
    mine = waiting(desk, "乙")
    desk.handoffs.claim(mine.id, "xiaolin")
    with pytest.raises(HandsFull):
        desk.handoffs.move(mine.id, Step.TRANSFER, "xiaolin", capacity=1, agent="aqing")
    assert desk.conversations.get(mine.id).agent == "xiaolin"


@pytest.mark.usefixtures("people")
def test_who_comes_back_rings_first_for_the_agent_who_served_her(desk: Desk):
    served(desk, "周", "aqing")
    again, stranger = waiting(desk, "周"), waiting(desk, "新客")
    offers = {each.conversation.id: each.offer for each in desk.queue.listed("queued", "xiaolin")}
    assert offers[again.id].agent == "aqing" and 0 < offers[again.id].seconds <= 6
    assert offers[stranger.id] is None
    age(desk, schema.conversations, "handed_over_at", timedelta(seconds=7))
    assert desk.queue.one(again.id).offer is None


BUSY = [
    # what keeps the agent who knows her from taking one more
    "rest",
    "away",
    "gone",
    "full",
]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("trouble", BUSY)
def test_it_rings_for_everybody_at_once_where_the_agent_she_knows_cannot_take_her(desk: Desk, trouble: str):
    served(desk, "周", "aqing")
    again = waiting(desk, "周")
    assert desk.queue.one(again.id).offer is not None
    if trouble == "gone":
        age(desk, schema.agents, "last_seen", LONG_AGO)
    elif trouble == "full":
        desk.handoffs.claim(waiting(desk, "甲").id, "aqing")
    else:
        desk.duty.set("aqing", Presence(trouble))
    queue = Queue(desk.engine, DeskPolicy(capacities={"aqing": 1}))
    assert queue.one(again.id).offer is None


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("policy", [DeskPolicy(ring_first_seconds=0), DeskPolicy(known_days=0)])
def test_a_shop_may_let_every_customer_ring_for_everybody(desk: Desk, policy: DeskPolicy):
    served(desk, "周", "aqing")
    assert Queue(desk.engine, policy).one(waiting(desk, "周").id).offer is None


@pytest.mark.usefixtures("people")
def test_a_grave_matter_rings_for_everybody(desk: Desk):
    served(desk, "周", "aqing")
    assert desk.queue.one(waiting(desk, "周", "safety_or_legal").id).offer is None


@pytest.mark.usefixtures("people")
def test_chats_of_who_is_away_go_back_after_the_grace_minute_those_of_who_rests_stay(desk: Desk):
    for agent, presence in (("xiaolin", Presence.AWAY), ("aqing", Presence.REST)):
        desk.handoffs.claim(waiting(desk, agent).id, agent)
        desk.duty.set(agent, presence)
    age(desk, schema.handoff_log, "at", LONG_AGO)
    assert desk.queue.held_by_absent() == ()
    age(desk, duty_table, "since", LONG_AGO)
    assert [each.agent for each in desk.queue.held_by_absent()] == ["xiaolin"]


@pytest.mark.usefixtures("people")
def test_who_writes_on_to_an_agent_who_is_gone_does_not_wait_the_longer_for_it(desk: Desk):
    chat = waiting(desk)
    desk.handoffs.claim(chat.id, "xiaolin")
    age(desk, schema.agents, "last_seen", LONG_AGO)
    assert desk.queue.held_by_absent() == ()  # taken just now: she may be on her way back
    age(desk, schema.handoff_log, "at", LONG_AGO)
    ask(desk, chat, "还在吗")
    assert [each.id for each in desk.queue.held_by_absent()] == [chat.id]
