"""Kills and stalls the servers of a running stack, fills its disk, holds its database and sets its clock, one every
few seconds."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import resource
import signal
import sqlite3
import time
from pathlib import Path

import httpx

from tests.live import Stack
from tests.torture.records import Interval, Records

PROGRAMS = ("rasa", "actions", "web")
SOONEST, LATEST = 2.0, 5.0
LONGEST_STALL = 6.0
LONGEST_HOLD = 14.0
"""Seconds another writer holds the desk's database: longer than the gateway waits (bot.desk.database)."""
FURTHEST_LEAP = 4 * 3600
"""Seconds the clock is set forward or back."""
RESTART_SECONDS = 120


class Blows:
    """Hits until told to stop; afterwards every server runs again."""

    def __init__(self, stack: Stack, records: Records, chance: random.Random, seconds: float) -> None:
        self._stack, self._records, self._chance = stack, records, chance
        self._watching: list[asyncio.Task[None]] = []
        self._longest_hold = min(LONGEST_HOLD, seconds / 5)
        self._clock_file: Path | None = stack.clock_file

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
        what = self._chance.random()
        if self._clock_file and what < 0.2:
            self._set_clock(self._clock_file)
        elif what < 0.35:
            await self._fill_disk()
        elif what < 0.45:
            await self._hold_database()
        else:
            await self._hit(program)

    def _set_clock(self, file: Path) -> None:
        self._records.blow("set the clock")
        file.write_text(f"{self._chance.randint(-FURTHEST_LEAP, FURTHEST_LEAP):+d}s")

    async def _fill_disk(self) -> None:
        """No write of any server succeeds, as on a full disk; needs neither a mount nor root."""
        self._records.blow("filled the disk")
        start, limits = time.time(), {}
        for program in PROGRAMS:
            with contextlib.suppress(AssertionError, ProcessLookupError):  # down from the last blow
                pid = await asyncio.to_thread(self._stack.pid, program)
                limits[pid] = resource.prlimit(pid, resource.RLIMIT_FSIZE)
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, limits[pid][1]))
        try:
            await asyncio.sleep(self._chance.uniform(1, LONGEST_STALL))
        finally:
            for pid, before in limits.items():
                with contextlib.suppress(ProcessLookupError):
                    resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
        self._records.down.append(Interval(start, time.time()))

    async def _hold_database(self) -> None:
        self._records.blow("held the database")
        start = time.time()
        path = self._stack.settings.data_dir / "xiaoer.db"
        with contextlib.closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return  # the servers did not let it in
            await asyncio.sleep(self._chance.uniform(1, self._longest_hold))
        self._records.down.append(Interval(start, time.time()))

    async def _hit(self, program: str) -> None:
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
