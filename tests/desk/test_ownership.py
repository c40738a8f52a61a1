"""The ownership table: nothing leaves it, and its log tells the whole story."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk.conversations import Context, Customer, Draft, Handoff
from bot.desk.desk import Desk, open_desk
from bot.desk.ownership import (
    MAY_SPEAK,
    START,
    TRANSITIONS,
    IllegalStep,
    Owner,
    Speaker,
    Step,
    after,
    diagram,
)

STEPS = st.lists(st.sampled_from(list(Step)), max_size=12)


@pytest.fixture(scope="module")
def desk():
    with TemporaryDirectory() as folder:
        opened = open_desk(f"sqlite:///{Path(folder) / 'desk.db'}")
        yield opened
        opened.engine.dispose()


def test_every_owner_has_its_steps_and_speakers_written_out():
    assert set(TRANSITIONS) == set(MAY_SPEAK) == set(Owner)


def test_every_owner_can_be_reached_and_left():
    reached, frontier = {START}, [START]
    while frontier:
        for owner in TRANSITIONS[frontier.pop()].values():
            if owner not in reached:
                reached.add(owner)
                frontier.append(owner)
    assert reached == set(Owner)
    assert all(TRANSITIONS[owner] for owner in Owner)


@pytest.mark.parametrize("owner", list(Owner))
def test_bot_and_agent_may_never_both_speak(owner: Owner):
    assert not {Speaker.BOT, Speaker.AGENT} <= MAY_SPEAK[owner]


@pytest.mark.parametrize("owner", [Owner.BOT, Owner.QUEUED, Owner.HUMAN])
def test_the_customer_may_always_speak(owner: Owner):
    assert Speaker.CUSTOMER in MAY_SPEAK[owner]


@given(STEPS)
def test_random_steps_never_leave_the_table(steps: list[Step]):
    owner = START
    for step in steps:
        try:
            owner = after(owner, step)
        except IllegalStep as error:
            assert step not in TRANSITIONS[owner]
            assert (error.owner, error.step) == (owner, step)
        assert owner in TRANSITIONS


@settings(max_examples=40, deadline=None)
@given(steps=STEPS)
def test_the_log_replays_to_the_stored_owner_and_refused_steps_change_nothing(desk: Desk, steps: list[Step]):
    conversation, _ = desk.conversations.open(Customer("c"), Context())
    for step in steps:
        try:
            if step is Step.ASK:
                conversation, _ = desk.handoffs.ask(conversation.id, Handoff("requested", 50), "c")
            elif step is Step.CLAIM:
                conversation, _ = desk.handoffs.claim(conversation.id, "xiaolin")
            else:
                conversation, _ = desk.handoffs.move(conversation.id, step, "xiaolin")
        except IllegalStep:
            assert step not in TRANSITIONS[conversation.owner]
            assert desk.conversations.get(conversation.id) == conversation
    owner, version = START, 1
    for entry in desk.conversations.log(conversation.id):
        assert (Owner(entry.old), entry.version) == (owner, version + 1)
        owner, version = after(owner, Step(entry.step)), entry.version
        assert Owner(entry.new) is owner
    assert (owner, version) == (conversation.owner, conversation.version)


@settings(max_examples=25, deadline=None)
@given(steps=STEPS, speaker=st.sampled_from([Speaker.BOT, Speaker.AGENT]))
def test_nobody_speaks_out_of_turn_whatever_has_happened(desk: Desk, steps: list[Step], speaker: Speaker):
    from bot.desk import transactions as tx

    conversation, _ = desk.conversations.open(Customer("c"), Context())
    for step in steps:
        try:
            conversation, _ = desk.handoffs.move(conversation.id, step, "x")
        except IllegalStep:
            continue
    with desk.engine.begin() as connection:
        if speaker in MAY_SPEAK[conversation.owner]:
            tx.insert(connection, conversation, Draft(speaker, "", "好的"))
        else:
            with pytest.raises(IllegalStep):
                tx.insert(connection, conversation, Draft(speaker, "", "好的"))
    assert len(desk.conversations.messages(conversation.id)) == (speaker in MAY_SPEAK[conversation.owner])


def test_the_page_in_docs_shows_the_table_as_it_is():
    page = (Path(__file__).parents[2] / "docs" / "ownership.md").read_text(encoding="utf-8")
    assert diagram() in page
    assert diagram().count("-->") == 1 + sum(len(steps) for steps in TRANSITIONS.values())
