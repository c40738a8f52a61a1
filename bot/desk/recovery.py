"""Brings back what a failed part has left behind: unanswered messages, queued chats, chats of absent agents."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.desk.clock import Steadiness
from bot.desk.conversations import Conversation, StaleVersion
from bot.desk.desk import Desk
from bot.desk.dialogue import DialogueDown
from bot.desk.lines import system_line
from bot.desk.notices import Notices
from bot.desk.people.duty import ONLINE_FOR
from bot.desk.storage import TROUBLE, complain
from bot.desk.threads import in_thread
from bot.desk.turns import Turns

log = logging.getLogger(__name__)
AT_ONCE = 4
"""Conversations resumed side by side, so that a slow one does not hold up the others."""
PATIENCE_SECONDS = 5.0
"""Longest pause between attempts: answered or handed over within 10 s of recovery (quality.md, Aims)."""
HOPELESS_AFTER = 10
HOPELESS_SECONDS = 60.0
"""A message that has failed so often is itself the trouble; it waits for a person and is tried rarely."""


class Recovery:
    """Runs for as long as the process does. Several processes may run it: the database decides who is first."""

    def __init__(
        self,
        desk: Desk,
        turns: Turns,
        notices: Notices,
        is_healthy: Callable[[], Awaitable[bool]],
        turn_timeout_seconds: float,
        interval_seconds: float = 1.0,
    ) -> None:
        self._desk, self._turns, self._notices, self._is_healthy = desk, turns, notices, is_healthy
        self._stale_after = timedelta(seconds=2 * turn_timeout_seconds + 1)
        self._interval = interval_seconds
        self._clock = Steadiness(ONLINE_FOR.total_seconds())
        self._failures: dict[str, int] = {}
        self._not_before: dict[str, float] = {}

    async def run(self) -> None:
        while True:
            await asyncio.sleep(self._interval)
            try:
                await self.once()
            except TROUBLE as error:
                complain(error)
            except Exception:  # whatever it is, it must not end the watch
                log.exception("recovery failed; it goes on")

    async def once(self) -> None:
        """One round."""
        await self._release_absent()
        for conversation_id in await in_thread(self._desk.queue.left_by_the_bot, self._stale_after):
            await self._turns.catch_up(conversation_id)
        waiting = await in_thread(self._desk.queue.queued_because_down)
        self._forget_all_but({conversation.id for conversation in waiting})
        due = [each for each in waiting if self._not_before.get(each.id, 0) <= time.monotonic()]
        if due and await self._is_healthy():
            places = asyncio.Semaphore(AT_ONCE)
            await asyncio.gather(*(self._resume(conversation, places) for conversation in due))

    async def _resume(self, conversation: Conversation, places: asyncio.Semaphore) -> None:
        """Each conversation has its own patience: one that always fails keeps nobody else waiting."""
        async with places:
            try:
                await self._turns.resume(conversation)
            except DialogueDown as error:
                failures = self._failures[conversation.id] = self._failures.get(conversation.id, 0) + 1
                pause = min(PATIENCE_SECONDS, self._interval * 2 ** min(failures, HOPELESS_AFTER))
                pause = HOPELESS_SECONDS if failures > HOPELESS_AFTER else pause
                self._not_before[conversation.id] = time.monotonic() + pause
                log.warning("%s not resumed, again in %.0f s: %s", conversation.id, pause, error)

    def _forget_all_but(self, waiting: set[str]) -> None:
        for memory in (self._failures, self._not_before):
            for conversation_id in memory.keys() - waiting:
                del memory[conversation_id]

    async def _release_absent(self) -> None:
        """Chats of agents who have been offline for the grace minute go back into the queue.

        Not when the clock has just been set: every agent would seem to have left until her page is heard of again.
        """
        if not self._clock.holds():
            return
        for conversation in await in_thread(self._desk.queue.held_by_absent):
            name = await self._notices.agent_name(conversation)
            line = system_line("released", agent=name or conversation.agent or "")
            try:
                moved, written = await in_thread(
                    self._desk.handoffs.release, conversation.id, conversation.version, [line]
                )
            except StaleVersion:
                continue
            await self._notices.moved(moved, written)
