"""Kills and stalls the servers of a running stack, one every few seconds."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import time

import httpx

from tests.live import Stack
from tests.torture.records import Interval, Records

PROGRAMS = ("rasa", "actions", "web")
SOONEST, LATEST = 2.0, 5.0
LONGEST_STALL = 6.0
RESTART_SECONDS = 120


class Blows:
    """Hits until told to stop; afterwards every server runs again."""

    def __init__(self, stack: Stack, records: Records, chance: random.Random) -> None:
        self._stack, self._records, self._chance = stack, records, chance
        self._watching: list[asyncio.Task[None]] = []

    async def rain(self, until: asyncio.Event) -> None:
        """After three blows in a row the servers may get up once, else no turn would ever be half done."""
        count = 0
        while not await _set_within(until, self._chance.uniform(SOONEST, LATEST)):
            await self._strike(self._chance.choice(PROGRAMS))
            count += 1
            if count % 3 == 0:
                await self._all_healthy(until)
        await asyncio.gather(*self._watching)

    async def _strike(self, program: str) -> None:
        try:
            pid = await asyncio.to_thread(self._stack.pid, program)
        except AssertionError:
            return  # it is down from the last blow
        start = time.time()
        if self._chance.random() < 0.7:
            self._records.blow(f"killed {program}")
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        else:
            self._records.blow(f"stalled {program}")
            await self._stall(pid)
        if program == "web":
            self._watching.append(asyncio.create_task(self._until_web_is_back(start)))

    async def _stall(self, pid: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
            try:
                await asyncio.sleep(self._chance.uniform(1, LONGEST_STALL))
            finally:
                os.kill(pid, signal.SIGCONT)

    async def _until_web_is_back(self, start: float) -> None:
        await self._answers("/api/health/web", None)
        self._records.down.append(Interval(start, time.time()))

    async def _all_healthy(self, until: asyncio.Event) -> None:
        await self._answers("/api/health", until)

    async def _answers(self, path: str, until: asyncio.Event | None) -> None:
        deadline = time.monotonic() + RESTART_SECONDS
        async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
            while time.monotonic() < deadline and not (until and until.is_set()):
                with contextlib.suppress(httpx.HTTPError):
                    if (await client.get(f"{self._stack.url}{path}")).status_code == 200:
                        return
                await asyncio.sleep(0.1)


async def _set_within(until: asyncio.Event, seconds: float) -> bool:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(until.wait(), seconds)
    return until.is_set()
