"""Whatever customers, bot and agents do in whatever order: the store follows a plain model, and a page that applies
events to what it had sees what a fresh page sees."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.desk.bursts import first_burst
from bot.desk.bus import RESYNC, LocalBus, Subscription, Told, conversation_topic
from bot.desk.conversations import (
    Context,
    Conversation,
    Customer,
    Draft,
    Handoff,
    Message,
    StaleVersion,
    Turn,
)
from bot.desk.desk import open_desk
from bot.desk.notices import Notices
from bot.desk.ownership import START, TRANSITIONS, IllegalStep, Owner, Speaker, Step, after
from bot.desk.shapes import message_for_customer, place_shape
from bot.web.chat_socket import _Feed
from bot.web.marks import agent_saw, reached_desk

MOVES = (Step.RETURN, Step.CLOSE, Step.TRANSFER, Step.LEAVE, Step.RESUME, Step.RELEASE)
AGENTS = st.sampled_from(["xiaolin", "aqing"])
FOLDER = TemporaryDirectory()
DESK = open_desk(f"sqlite:///{Path(FOLDER.name) / 'desk.db'}")


class Page:
    """A customer's page: applies what its socket tells, keeps it over reconnections."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.owner: tuple[str, str | None] | None = None
        self.queue: dict[str, Any] | None = None
        self.marks = (0, 0)

    async def send_text(self, text: str) -> None:
        event = json.loads(text)
        match event["type"]:
            case "message":
                self.messages.append(event["message"])
            case "owner":
                self.owner = event["owner"], event["agent"]
                self.queue = self.queue if event["owner"] == "queued" else None  # as the widget does
            case "queue":
                self.queue = event["queue"]
            case "marks":
                self.marks = event["delivered"], event["read"]
            case "hello":
                assert event["recovered"]
            case other:
                assert other in ("typing", "rating"), f"a page does not know {other}"


class Chat(RuleBasedStateMachine):
    """One conversation beside its model: `said`, `owner`, `holder`, `version`, `pending`."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.bus = LocalBus()
        self.notices = Notices(self.bus, DESK)
        conversation, _ = DESK.conversations.open(Customer("c"), Context())
        self.id, self.owner, self.holder, self.version = conversation.id, START, None, 1
        self.said: list[tuple[Speaker, str, str | None]] = []
        self.pending: list[str] = []
        self.thinking: list[tuple[tuple[Message, ...], Conversation]] = []
        self.late: list[Conversation] = []
        self.page, self.line = Page(), AsyncExitStack()
        self.connect()

    def wait(self, work: Awaitable[Any]) -> Any:
        return self.loop.run_until_complete(work)

    def teardown(self) -> None:
        self.the_page_reads_some_events(99)
        self.a_page_that_has_read_everything_is_a_fresh_page()
        self.wait(self.line.aclose())
        self.loop.close()

    # --- the page

    def connect(self) -> None:
        self.gateway: Any = SimpleNamespace(desk=DESK, notices=self.notices, bus=self.bus)
        last = self.page.messages[-1]["seq"] if self.page.messages else 0
        self.events: Subscription = self.wait(
            self.line.enter_async_context(self.bus.subscribe(conversation_topic(self.id)))
        )
        self.feed = _Feed(self.page, self.gateway, self.id, last)
        self.wait(self.feed.begin())

    @rule()
    def the_line_breaks_and_comes_back(self) -> None:
        self.wait(self.line.aclose())
        self.connect()

    @rule(count=st.sampled_from([1, 3, 99]))
    def the_page_reads_some_events(self, count: int) -> None:
        for _ in range(min(count, self.events._waiting.qsize())):
            self.wait(self.feed._apply(self.wait(self.events.next())))

    @rule()
    def the_backlog_overflows(self) -> None:
        while not self.events._waiting.empty():
            self.events._waiting.get_nowait()
        self.events.offer(RESYNC)

    @precondition(lambda self: self.late)
    @rule()
    def an_old_notice_comes_late(self) -> None:
        self.wait(self.notices.moved(self.late.pop(0)))

    # --- the customer

    @rule(number=st.integers(0, 5))
    def she_writes(self, number: int) -> None:
        client_id, draft = f"q{number}", Draft(Speaker.CUSTOMER, "", f"问{number}", client_id=f"q{number}")
        is_known = (Speaker.CUSTOMER, draft.text, client_id) in self.said
        said = DESK.conversations.customer_says(self.id, draft)
        assert said.is_new is not is_known
        if is_known:
            return
        if self.owner is Owner.CLOSED:
            self.stepped(Step.REOPEN)
        self.heard(draft)
        if self.owner is not Owner.HUMAN:
            self.pending.append(said.message.id)
        if said.is_reopened:
            self.wait(self.notices.moved(said.conversation, [said.message]))
        else:
            self.wait(self.notices.said([said.message]))

    @rule(priority=st.sampled_from([10, 50, 100]))
    def a_person_is_asked_for(self, priority: int) -> None:
        before = DESK.conversations.get(self.id)
        moved, lines = DESK.handoffs.ask(self.id, Handoff("requested", priority), "c", [line("请稍等")])
        if self.owner is Owner.HUMAN or (self.owner is Owner.QUEUED and priority <= before.priority):
            assert moved.version == self.version and not lines
            return
        was_queued = self.owner is Owner.QUEUED
        if self.owner is Owner.CLOSED:
            self.stepped(Step.REOPEN)
        self.stepped(Step.ASK)
        assert bool(lines) is not was_queued
        self.moved(moved, lines)

    # --- the bot

    @rule()
    def the_bot_begins_to_think(self) -> None:
        if found := DESK.conversations.pending(self.id):
            self.thinking.append((first_burst(found.messages), found.conversation))

    @precondition(lambda self: self.thinking)
    @rule(which=st.integers(0, 9), wants_person=st.booleans(), resumes=st.booleans())
    def the_bot_has_its_answer(self, which: int, wants_person: bool, resumes: bool) -> None:
        burst, seen = self.thinking.pop(which % len(self.thinking))
        handoff = Handoff("complaint", 80) if wants_person else None
        reply = Draft(Speaker.BOT, "小二", f"答{burst[-1].text}")
        resumed = line("回来了") if resumes and seen.owner is Owner.QUEUED else None
        is_fresh = seen.version == self.version and all(each.id in self.pending for each in burst)
        record = DESK.conversations.record_turn
        try:
            stored = record(
                burst[-1],
                seen.version,
                Turn((reply,), {}, {}, handoff),
                [line("请稍等")],
                resumed,
                burst[:-1],
            )
        except StaleVersion:
            assert not is_fresh
            return
        assert is_fresh, "an answer was stored that should have been dropped"
        if resumed:
            self.stepped(Step.RESUME)
        answered = {each.id for each in burst}
        self.pending = [each for each in self.pending if each not in answered]
        assert stored.is_last is not bool(self.pending)
        moved, written = stored.conversation, stored.messages
        if moved.version != self.version:
            self.stepped(Step.ASK)
        self.moved(moved, written)

    # --- agents

    @rule(agent=AGENTS, is_stale=st.sampled_from([False, False, False, True]))
    def an_agent_takes_it(self, agent: str, is_stale: bool) -> None:
        version = self.version - 1 if is_stale else self.version
        try:
            moved, lines = DESK.handoffs.claim(self.id, agent, version, [line(f"{agent}来了")])
        except StaleVersion:
            assert is_stale or (self.owner is Owner.HUMAN and self.holder != agent)
            return
        except IllegalStep:
            assert Step.CLAIM not in TRANSITIONS[self.owner]
            return
        if self.owner is Owner.HUMAN:
            assert self.holder == agent and not lines
            return
        assert not is_stale
        self.stepped(Step.CLAIM)
        self.holder, self.pending = agent, []
        self.moved(moved, lines)

    @rule(agent=AGENTS, number=st.integers(0, 3))
    def an_agent_answers(self, agent: str, number: int) -> None:
        draft = Draft(Speaker.AGENT, agent, f"客服{number}", client_id=f"{agent}{number}")
        is_known = (Speaker.AGENT, draft.text, draft.client_id) in self.said
        try:
            message, _, is_new = DESK.conversations.agent_says(self.id, agent, draft)
        except StaleVersion:
            assert (self.owner, self.holder) != (Owner.HUMAN, agent) and not is_known
            return
        assert is_new is not is_known
        if is_new:
            assert (self.owner, self.holder) == (Owner.HUMAN, agent)
            self.heard(draft)
            self.wait(self.notices.said([message]))

    @rule(agent=AGENTS, pick=st.integers(0, 99))
    def somebody_moves_it(self, agent: str, pick: int) -> None:
        """Mostly a legal step, sometimes any."""
        legal = [step for step in MOVES if step in TRANSITIONS[self.owner]]
        steps = [*legal * 3, *MOVES]
        step = steps[pick % len(steps)]
        agent = self.holder if self.holder and pick % 3 else agent
        holder = agent if step in (Step.RETURN, Step.TRANSFER) else None
        more = {"agent": "meimei"} if step is Step.TRANSFER else {}
        try:
            moved, lines = DESK.handoffs.move(
                self.id, step, agent, lines=[line(step.value)], holder=holder, **more
            )
        except StaleVersion:
            assert (self.owner, self.holder) != (Owner.HUMAN, holder)
            return
        except IllegalStep:
            assert step not in TRANSITIONS[self.owner]
            return
        self.stepped(step)
        if step is Step.TRANSFER:
            self.holder = "meimei"
        if step is Step.CLOSE:
            self.pending = []
        self.moved(moved, lines)

    @rule(agent=AGENTS, back=st.integers(0, 2), is_read=st.booleans())
    def a_page_of_the_desk_shows_it(self, agent: str, back: int, is_read: bool) -> None:
        seq = len(self.said) - back
        if seq < 1 or self.said[seq - 1][0] is not Speaker.CUSTOMER:
            return
        if is_read:
            self.wait(agent_saw(self.gateway, agent, self.id, seq))
        else:
            message = {"sender": "customer", "seq": seq}
            event = {"type": "message", "conversation_id": self.id, "message": message}
            self.wait(reached_desk(self.gateway, Told(event)))

    # --- the model

    def stepped(self, step: Step) -> None:
        self.owner, self.version = after(self.owner, step), self.version + 1

    def heard(self, draft: Draft | Message) -> None:
        self.said.append((draft.sender, draft.text, draft.client_id))

    def moved(self, conversation: Conversation, lines: tuple[Message, ...]) -> None:
        for each in lines:
            self.heard(each)
        self.late = [*self.late[-2:], conversation]
        self.wait(self.notices.moved(conversation, lines))

    @invariant()
    def the_store_is_the_model(self) -> None:
        stored = DESK.conversations.messages(self.id)
        assert [(each.sender, each.text, each.client_id) for each in stored] == self.said
        assert [each.seq for each in stored] == list(range(1, len(stored) + 1))
        assert [each.id for each in stored if each.is_pending] == self.pending
        conversation = DESK.conversations.get(self.id)
        assert (conversation.owner, conversation.version) == (self.owner, self.version)
        assert conversation.last_seq == len(stored)
        if self.owner is Owner.HUMAN:
            assert conversation.agent == self.holder

    @invariant()
    def a_page_that_has_read_everything_is_a_fresh_page(self) -> None:
        stored = [message_for_customer(each) for each in DESK.conversations.messages(self.id)]
        assert self.page.messages == stored[: len(self.page.messages)]
        if self.events._waiting.empty():
            assert self.page.messages == stored
            fresh = self.wait(self.notices.owner_event(DESK.conversations.get(self.id)))
            assert self.page.owner == (fresh["owner"], fresh["agent"])
            conversation = DESK.conversations.get(self.id)
            assert self.page.queue == place_shape(DESK.queue.place(conversation))
            marks = DESK.marks.of(self.id)
            assert self.page.marks == (marks.delivered, marks.read)


def line(text: str) -> Draft:
    return Draft(Speaker.SYSTEM, "", text)


Chat.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=30,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # shrinking a failure takes minutes; its steps are printed as they were
)
TestChat = Chat.TestCase
