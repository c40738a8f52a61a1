"""One torture run: a crowd, a bad network, dying servers; then quiet, and the checker."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass

from tests.live import Stack
from tests.torture.blows import Blows
from tests.torture.checker import Findings, check, load, unanswered
from tests.torture.people import crowd
from tests.torture.proxy import BadNetwork
from tests.torture.records import Records

SETTLE_SECONDS = 60
"""Until everything that was begun has come to its end, after the last blow."""


@dataclass(frozen=True)
class Result:
    records: Records
    findings: Findings
    messages: int
    turns: int
    steps: int

    @property
    def is_clean(self) -> bool:
        return not any(self.findings.values())


async def torture(stack: Stack, seconds: float, customers: int, seed: int) -> Result:
    """Bounded: `seconds` of blows, then at most twice SETTLE_SECONDS."""
    chance, records = random.Random(seed), Records()
    network = BadNetwork(stack.settings.web_port, records, random.Random(chance.random()))
    url = await network.start()
    quiet, over = asyncio.Event(), asyncio.Event()
    people = crowd(stack, url, records, chance, customers)
    lives = [asyncio.create_task(each.live(over)) for each in people]
    rain = asyncio.create_task(Blows(stack, records, random.Random(chance.random()), seconds).rain(quiet))
    try:
        await asyncio.sleep(seconds)
        quiet.set()
        await rain
        network.is_bad = False
        await asyncio.to_thread(stack.wait_healthy)
        over.set()
        _, unfinished = await asyncio.wait(lives, timeout=SETTLE_SECONDS)
        if unfinished:
            records.oddities.append(f"{len(unfinished)} clients never got an answer")
        for life in lives:
            if life in unfinished:
                life.cancel()
            elif life.exception():
                records.oddities.append(repr(life.exception()))
        await _settled(stack)
    finally:
        over.set()
        for life in lives:
            life.cancel()
        for each in people:
            await each.http.aclose()
        await network.stop()
    return _judged(stack, records)


async def _settled(stack: Stack) -> None:
    """Until the bot owes nobody an answer, or it is plain that it will not give one."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < deadline:
        chats = await asyncio.to_thread(load, stack.settings.database)
        if not any(list(unanswered(chat, ())) for chat in chats.values() if _owes(chat)):
            return
        await asyncio.sleep(0.5)


def _owes(chat) -> bool:
    return any(message.is_pending for message in chat.messages)


def _judged(stack: Stack, records: Records) -> Result:
    chats = load(stack.settings.database)
    is_clock_true = stack.clock_file is None
    findings = check(records, chats, stack.settings.data_dir / "rasa.db", is_clock_true)
    messages = [message for chat in chats.values() for message in chat.messages]
    turns = {message.reply_to for message in messages if message.sender == "bot" and message.reply_to}
    return Result(records, findings, len(messages), len(turns), sum(len(chat.log) for chat in chats.values()))
