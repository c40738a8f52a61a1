"""Somebody sets the clock, forward or back, while the shop is served."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from bot.desk import clock, queue, rows, turns
from bot.desk.clock import Steadiness
from bot.desk.conversations import Context, Conversation, Customer, Draft
from bot.desk.desk import Desk
from bot.desk.ownership import Speaker
from bot.desk.people import agents, duty
from bot.desk.turns import Turns
from tests.desk.conftest import ask
from tests.desk.test_queue import is_there, waiting

HOURS = [timedelta(hours=-3), timedelta(hours=3)]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch):
    """Everything the desk reads the time from is this far off from now on."""

    def off_by(by: timedelta) -> None:
        def shifted() -> datetime:
            return datetime.now(rows.UTC) + by

        for module in (agents, duty, queue, rows, turns):
            monkeypatch.setattr(module, "now", shifted)

    return off_by


def test_a_leap_is_noticed_in_either_direction_and_forgotten_after_a_while():
    wall, forward = [1000.0], [0.0]
    steady = Steadiness(60, lambda: wall[0], lambda: forward[0])

    def goes_on(seconds: float, leap: float = 0.0) -> bool:
        forward[0] += seconds
        wall[0] += seconds + leap
        return steady.holds()

    assert goes_on(1) and goes_on(3600)
    assert goes_on(1, leap=clock.LEAP_SECONDS / 2)  # a clock that is corrected a little
    for leap in (7200, -7200):
        assert not goes_on(1, leap)
        assert not goes_on(59)
        assert goes_on(2)


@pytest.mark.parametrize("by", HOURS)
def test_an_agent_who_is_there_stays_there_once_her_page_was_heard_of(desk: Desk, set_clock, by: timedelta):
    is_there(desk, "xiaolin")
    set_clock(by)
    desk.agents.seen("xiaolin")
    assert desk.queue.prospect(0).agents_online == 1
    assert desk.duty.of("xiaolin").is_online


def test_an_agent_who_left_before_the_clock_was_set_back_does_not_seem_to_be_there(desk: Desk, set_clock):
    is_there(desk, "xiaolin")
    held = waiting(desk, "周", 50)
    desk.handoffs.claim(held.id, "xiaolin")
    set_clock(timedelta(hours=-3))
    assert desk.queue.prospect(0).agents_online == 0
    assert [each.id for each in desk.queue.held_by_absent()] == [held.id]


@pytest.mark.parametrize("by", HOURS)
def test_a_message_the_bot_never_answered_is_found_whatever_the_clock_says(
    desk: Desk, conversation: Conversation, set_clock, by: timedelta
):
    ask(desk, conversation)
    assert desk.queue.left_by_the_bot(timedelta(seconds=60)) == ()
    set_clock(by)
    assert desk.queue.left_by_the_bot(timedelta(seconds=60)) == (conversation.id,)


@pytest.mark.parametrize("by", HOURS)
def test_the_transcript_is_in_the_order_of_its_numbers(desk: Desk, set_clock, by: timedelta):
    conversation, _ = desk.conversations.open(Customer("c"), Context())
    for number, off in enumerate((timedelta(0), by, timedelta(0))):
        set_clock(off)
        draft = Draft(Speaker.CUSTOMER, "", f"问{number}", client_id=f"q{number}")
        desk.conversations.customer_says(conversation.id, draft)
    assert [each.text for each in desk.conversations.messages(conversation.id)] == ["问0", "问1", "问2"]


@pytest.mark.parametrize("by", HOURS)
def test_a_greeting_is_answered_after_the_quiet_time_though_the_clock_was_set(
    desk: Desk, set_clock, by: timedelta
):
    conversation, _ = desk.conversations.open(Customer("c"), Context())
    desk.conversations.customer_says(conversation.id, Draft(Speaker.CUSTOMER, "", "在吗", client_id="q"))
    set_clock(by)
    persona = SimpleNamespace(bot_name="小二")
    waits = Turns(desk, None, None, persona, "", quiet_seconds=0.2)  # type: ignore[arg-type]

    async def next_burst():
        return await asyncio.wait_for(waits._next_burst(conversation.id, is_live=True), 60)

    burst, _ = asyncio.run(next_burst())
    assert [each.text for each in burst] == ["在吗"]
