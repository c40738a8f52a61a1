"""One customer message after another: stored first, then answered by whoever owns the conversation."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from weakref import WeakValueDictionary

from bot.desk.aftercare.follow_up_lines import follow_up_lines
from bot.desk.agreement import Agreement
from bot.desk.brief import brief
from bot.desk.bursts import first_burst, merged, quiet_until
from bot.desk.conversations import (
    Conversation,
    Draft,
    Handoff,
    Message,
    Reason,
    StaleVersion,
    Turn,
    Waiting,
)
from bot.desk.desk import Desk
from bot.desk.dialogue import Dialogue, DialogueDown
from bot.desk.lines import system_line, words
from bot.desk.marks import Marks
from bot.desk.notices import Notices
from bot.desk.ownership import IllegalStep, Owner, Speaker, Step
from bot.desk.remedy_choices import RemedyChoices
from bot.desk.rows import now
from bot.desk.threads import in_thread
from bot.desk.voice import has_said_dear, may_have_dear, voiced
from bot.shop.records.offers import Persona
from bot.shop.talk.handoff import PRIORITY, safety_topic
from bot.shop.talk.safety_words import HARM

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """A stored message with the replies it has so far, and who owns the conversation now."""

    messages: tuple[Message, ...]
    conversation: Conversation
    marks: Marks


class Turns:
    """Orders the turns of each conversation. The database decides every race; the locks only spare it most."""

    def __init__(
        self,
        desk: Desk,
        dialogue: Dialogue,
        notices: Notices,
        persona: Persona,
        agent_hours: str,
        quiet_seconds: float = 0.0,
        remedies: RemedyChoices | None = None,
        is_desk_open: Callable[[], bool] = lambda: False,
    ) -> None:
        """`agent_hours`: when people answer, as a customer reads it; `is_desk_open`: whether it is that time now.
        `quiet_seconds`: how long the bubble after a fragment is waited for (bot.desk.bursts). `remedies`: who books
        what she takes of an agent's card."""
        self._desk, self._notices = desk, notices
        self._agreement = Agreement(desk, dialogue)
        self._persona, self._bot_name, self._agent_hours = persona, persona.bot_name, agent_hours
        self._quiet = timedelta(seconds=quiet_seconds)
        self._remedies, self._is_desk_open = remedies, is_desk_open
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._news: WeakValueDictionary[str, asyncio.Event] = WeakValueDictionary()
        """Set when another bubble comes; only a turn that waits for one keeps its event."""

    async def say(self, conversation_id: str, draft: Draft) -> Answer:
        """Store the message, then let the bot answer if it owns the conversation.

        The same client id again stores nothing and gives the same answer, also while the first is being answered.
        Of bubbles that are answered together the last has the answer; the others stand alone.
        """
        store = self._desk.conversations
        said = await in_thread(store.customer_says, conversation_id, draft)
        if said.is_new:
            if said.is_reopened:
                await self._notices.moved(said.conversation, [said.message])
            else:
                await self._notices.said([said.message])
            if event := self._news.get(conversation_id):
                event.set()
        if self._remedies:
            await self._remedies.accept(said.message)
        if said.message.is_pending:
            async with self._lock(conversation_id):
                await self._answer_pending(conversation_id, said.message.seq)
        return Answer(*await in_thread(store.outcome, said.message))

    async def catch_up(self, conversation_id: str) -> None:
        """Answer whatever the bot still owes a conversation that it owns (again)."""
        async with self._lock(conversation_id):
            await self._answer_pending(conversation_id, None)

    async def ask_person(self, conversation_id: str, reason: Reason = Reason.REQUESTED) -> Conversation:
        """Queue the conversation for a person; no dialogue is needed for it."""
        conversation = await in_thread(self._desk.conversations.get, conversation_id)
        handoff = await self._own_handoff(conversation, reason)
        lines = [await self._queue_line(conversation, handoff)]
        who = conversation.customer.id
        moved, written = await in_thread(self._desk.handoffs.ask, conversation_id, handoff, who, lines)
        await self._notices.moved(moved, written)
        return moved

    async def leave_queue(self, conversation_id: str) -> Conversation:
        """Back to the bot, which then answers what was asked while waiting. IllegalStep when not queued."""
        line = system_line("left_queue", bot_name=self._bot_name)
        conversation = await in_thread(self._desk.conversations.get, conversation_id)
        moved, written = await in_thread(
            self._desk.handoffs.move, conversation_id, Step.LEAVE, conversation.customer.id, lines=[line]
        )
        await self._notices.moved(moved, written)
        await self.catch_up(conversation_id)
        return await in_thread(self._desk.conversations.get, conversation_id)

    async def resume(self, conversation: Conversation) -> None:
        """Take a conversation back that waits only because a part had failed.

        The bot answers first and only then owns it again: DialogueDown leaves it in the queue as it was. Nothing
        happens when a person was quicker.
        """
        async with self._lock(conversation.id):
            waiting = await in_thread(self._desk.conversations.pending, conversation.id)
            line = system_line("resumed", bot_name=self._bot_name)
            try:
                if waiting is None:
                    moved, written = await in_thread(
                        self._desk.handoffs.move,
                        conversation.id,
                        Step.RESUME,
                        "system",
                        version=conversation.version,
                        lines=[line],
                    )
                    await self._notices.moved(moved, written)
                    return
                current = waiting.conversation
                if (current.owner, current.version) != (Owner.QUEUED, conversation.version):
                    return
                await self._answer(first_burst(waiting.messages), waiting, resumes_with=line)
            except (StaleVersion, IllegalStep) as error:
                log.info("conversation %s not resumed: %s", conversation.id, error)
                return
            await self._answer_pending(conversation.id, None)

    async def deliver_handback(self, conversation: Conversation) -> None:
        """Tell the dialogue what a person settled, if it has not heard yet. Raises DialogueDown."""
        if conversation.handback:
            settled = conversation.handback
            await self._agreement.handback(conversation, settled["slots"], settled["note"])
            await in_thread(self._desk.handoffs.forget_handback, conversation.id, conversation.version)

    # --- one turn

    def _lock(self, conversation_id: str) -> asyncio.Lock:
        return self._locks.setdefault(conversation_id, asyncio.Lock())

    async def _answer_pending(self, conversation_id: str, up_to: int | None) -> None:
        """Answer the oldest burst first, whichever request came to do it.

        With `up_to`, the number of a message just sent, later ones are left to their own requests, and what looks
        unfinished gets its quiet time.
        """
        tried: tuple[int, int] | None = None
        while found := await self._next_burst(conversation_id, is_live=up_to is not None):
            burst, waiting = found
            conversation = waiting.conversation
            attempt = (burst[-1].seq, conversation.version)
            is_later = up_to is not None and burst[0].seq > up_to
            if is_later or attempt == tried or not await self._is_the_bots_turn(conversation):
                return
            tried = attempt
            try:
                if await self._answer(burst, waiting):
                    return
            except DialogueDown as error:
                log.warning("turn of %s failed: %s", conversation_id, error)
                if conversation.owner is Owner.BOT:  # else she has her place in the queue already
                    await self._hand_over_broken(burst[-1], conversation)
                return
            except (StaleVersion, IllegalStep) as error:
                log.info("bot's answer to %s dropped: %s", burst[-1].id, error)

    async def _is_the_bots_turn(self, conversation: Conversation) -> bool:
        """Its own conversations, and those that wait for a person while nobody is on duty: "nobody is here" must not
        be the last word (shop-rules.md, "Handing over"). What a failed part has left is `resume`'s."""
        if conversation.owner is Owner.QUEUED and conversation.reason != Reason.SYSTEM_DOWN.value:
            return (await in_thread(self._desk.queue.prospect, 0)).agents_online == 0
        return conversation.owner is Owner.BOT

    async def _next_burst(
        self, conversation_id: str, is_live: bool
    ) -> tuple[tuple[Message, ...], Waiting] | None:
        """What one turn is to answer next, waited for until it is complete or the customer is quiet."""
        news = self._news.setdefault(conversation_id, asyncio.Event())
        newest, answer_at = 0, 0.0  # by the clock that is never set
        while True:
            news.clear()
            waiting = await in_thread(self._desk.conversations.pending, conversation_id)
            if waiting is None:
                return None
            burst = first_burst(waiting.messages)
            if burst[-1].seq != newest:
                quiet = min(quiet_until(burst, self._quiet) - now(), self._quiet)
                newest, answer_at = burst[-1].seq, time.monotonic() + quiet.total_seconds()
            wait = answer_at - time.monotonic()
            is_last = len(burst) == len(waiting.messages)
            may_wait = is_live and is_last and wait > 0
            if not (may_wait and await self._is_the_bots_turn(waiting.conversation)):
                return burst, waiting
            try:
                await asyncio.wait_for(news.wait(), wait)
            except TimeoutError:
                continue

    async def _answer(
        self, burst: Sequence[Message], waiting: Waiting, resumes_with: Draft | None = None
    ) -> bool:
        """One turn; whether nothing was left to answer when it was stored."""
        message, conversation = burst[-1], waiting.conversation
        await self._notices.typing_to_customer(conversation.id, "bot", self._bot_name)
        await self.deliver_handback(conversation)
        text = merged(burst) or words("customer", "image")
        turn = await self._own_answer(burst, conversation)
        turn = turn or await self._agreement.turn(message, waiting, text, self._bot_name)
        turn = await self._voiced(turn, message)
        lines = [await self._queue_line(conversation, turn.handoff)] if turn.handoff else []
        record = self._desk.conversations.record_turn
        stored = await in_thread(record, message, conversation.version, turn, lines, resumes_with, burst[:-1])
        if stored.conversation.version != conversation.version:
            await self._notices.moved(stored.conversation, stored.messages)
        else:
            await self._notices.said(stored.messages)
        if turn.wants_rating:
            await self._notices.wants_rating(conversation.id)
        return stored.is_last

    async def _own_answer(self, burst: Sequence[Message], conversation: Conversation) -> Turn | None:
        """ "别发了" to a follow-up is answered here: its promise must not depend on how the dialogue reads it."""
        if self._remedies and await self._remedies.accept(burst[-1]):  # booked and told already
            return Turn((), {}, conversation.slots)
        may_stop = len(burst) == 1 and self._desk.follow_ups.may_be_stop(burst[0])
        if not (may_stop and await in_thread(self._desk.follow_ups.is_stop, burst[0])):
            return None
        source = {"action": "follow_up_stopped"}
        reply = Draft(Speaker.BOT, self._bot_name, follow_up_lines().stopped, source=source)
        return Turn((reply,), {}, conversation.slots)

    async def _voiced(self, turn: Turn, message: Message) -> Turn:
        if not may_have_dear(turn):
            return voiced(turn, self._persona, has_said_dear=False)
        before = await in_thread(self._desk.conversations.messages, message.conversation_id)
        return voiced(turn, self._persona, has_said_dear(before))

    async def _hand_over_broken(self, message: Message, conversation: Conversation) -> None:
        """The honest line, and a place in the queue; the message goes on waiting for an answer."""
        topic = safety_topic(message.text)  # an accident is one also while the bot is down
        handoff = await self._own_handoff(
            conversation, Reason.SAFETY_OR_LEGAL if topic else Reason.SYSTEM_DOWN
        )
        place = await in_thread(self._desk.queue.prospect, handoff.priority)
        line = system_line("system_down" if place.agents_online else "system_down_nobody")
        if topic in HARM:
            line = system_line("system_down_harm")
        try:
            moved, written = await in_thread(
                self._desk.handoffs.ask,
                conversation.id,
                handoff,
                "system",
                [line],
                message.id,
                conversation.version,
            )
        except StaleVersion as error:
            log.info("conversation %s not queued: %s", conversation.id, error)
            return
        await self._notices.moved(moved, written)

    async def _own_handoff(self, conversation: Conversation, reason: Reason) -> Handoff:
        messages = await in_thread(self._desk.conversations.messages, conversation.id)
        return Handoff(reason.value, PRIORITY[reason.value], brief(conversation, reason.value, messages))

    async def _queue_line(self, conversation: Conversation, handoff: Handoff) -> Draft:
        place = await in_thread(self._desk.queue.prospect, handoff.priority)
        if place.eta_seconds is None and self._is_desk_open():
            return system_line("queued_busy", bot_name=self._bot_name)
        if place.eta_seconds is None:
            return system_line("queued_nobody", hours=self._agent_hours, bot_name=self._bot_name)
        return system_line("queued", position=place.position, minutes=max(1, round(place.eta_seconds / 60)))
