"""Brings back what a failed part has left behind: unanswered messages, queued chats, chats of absent agents."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.desk.conversations import StaleVersion
from bot.desk.desk import Desk
from bot.desk.dialogue import DialogueDown
from bot.desk.lines import system_line
from bot.desk.notices import Notices
from bot.desk.threads import in_thread
from bot.desk.turns import Turns

log = logging.getLogger(__name__)
PATIENCE_SECONDS = 5.0
"""Longest pause between two attempts: answered or handed over within 10 s of recovery (quality.md, Aims)."""


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

    async def run(self) -> None:
        pause = self._interval
        while True:
            await asyncio.sleep(pause)
            try:
                went_well = await self.once()
            except Exception:  # a database that is away for a moment must not end the watch
                log.exception("recovery failed; it goes on")
                went_well = False
            pause = self._interval if went_well else min(PATIENCE_SECONDS, 2 * pause)

    async def once(self) -> bool:
        """One round; False when the dialogue still fails."""
        await self._release_absent()
        for conversation_id in await in_thread(self._desk.queue.left_by_the_bot, self._stale_after):
            await self._turns.catch_up(conversation_id)
        waiting = await in_thread(self._desk.queue.queued_because_down)
        if not waiting:
            return True
        if not await self._is_healthy():
            return False
        try:
            for conversation in waiting:
                await self._turns.resume(conversation)
        except DialogueDown as error:
            log.warning("the dialogue is up but does not answer: %s", error)
            return False
        return True

    async def _release_absent(self) -> None:
        """Chats of agents who have been offline for the grace minute go back into the queue."""
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
