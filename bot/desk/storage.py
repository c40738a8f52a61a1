"""When the database cannot be used for a while: its disk is full, another writer holds it, its server is away.

Nothing is acknowledged that was not stored: who asked is told to try again, and whatever runs by itself tries again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

import sqlalchemy as sa
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

log = logging.getLogger(__name__)
TROUBLE = (OperationalError, InterfaceError, PoolTimeout)
"""What SQLAlchemy raises for all of this."""
QUIET_SECONDS = 10.0
"""One line in the log says it for so long: a disk that is full must not be filled with complaints."""
PATIENCE_SECONDS = 2.0
"""A database that takes longer for one small write is told as down."""


class Complaints:
    """One line now and then, however often the same trouble is met; never what was to be stored."""

    def __init__(self) -> None:
        self._not_before, self._untold = 0.0, 0

    def complain(self, error: Exception) -> None:
        self._untold += 1
        if time.monotonic() < self._not_before:
            return
        cause = getattr(error, "orig", None) or error
        log.warning("database unusable, %d times since last told: %s", self._untold, str(cause)[:200])
        self._not_before, self._untold = time.monotonic() + QUIET_SECONDS, 0


_complaints = Complaints()


def complain(error: Exception) -> None:
    """One memory for the whole process."""
    _complaints.complain(error)


async def if_possible(work: Awaitable[None]) -> None:
    """For what may be left undone, such as who has read what: trouble is noted and life goes on."""
    try:
        await work
    except TROUBLE as error:
        complain(error)


class Pulse:
    """Whether the database takes a write just now. Asked by many, it is tried once a second at most, and by a thread
    of its own: neither a flood of questions nor a database that hangs can pile anything up."""

    def __init__(self, engine: sa.Engine, in_thread: Callable[..., Awaitable[None]]) -> None:
        self._engine, self._in_thread = engine, in_thread
        self._beat: asyncio.Task[None] | None = None
        self._begun = 0.0

    async def beats(self) -> bool:
        if self._beat is None or (self._beat.done() and time.monotonic() - self._begun > 1):
            self._begun = time.monotonic()
            self._beat = asyncio.ensure_future(self._in_thread(_write, self._engine))
        beat = self._beat
        await asyncio.wait({beat}, timeout=PATIENCE_SECONDS)
        if not beat.done():
            return False
        if error := beat.exception():
            if not isinstance(error, TROUBLE):
                raise error
            complain(error)
        return error is None


def _write(engine: sa.Engine) -> None:
    """A commit that reaches the disk and changes nothing anybody reads."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA user_version = {int(time.time()) & 0x7FFFFFFF}")
        else:
            connection.execute(sa.select(sa.func.txid_current()))
