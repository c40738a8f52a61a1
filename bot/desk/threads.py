"""Blocking work off the event loop, in bounded numbers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, ParamSpec, TypeVar

from anyio import CapacityLimiter, fail_after, to_thread
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.desk.database import LONGEST_WAIT, THREADS

P = ParamSpec("P")
T = TypeVar("T")

_limiters: dict[tuple[int, str], CapacityLimiter] = {}


async def in_thread(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run one blocking database call; never more at once than the pool has connections.

    PoolTimeout when all of them have been busy for long: better told than queued without end.
    """
    turnstile, me = _limiter("turnstile", THREADS), object()
    try:
        with fail_after(LONGEST_WAIT):
            await turnstile.acquire_on_behalf_of(me)
    except TimeoutError:
        raise PoolTimeout("every connection is busy") from None
    try:
        return await to_thread.run_sync(partial(call, *args, **kwargs), limiter=_limiter("database", THREADS))
    finally:
        turnstile.release_on_behalf_of(me)


async def in_spare_thread(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run one blocking call beside all others: what tells whether they hang must not wait for them."""
    return await to_thread.run_sync(partial(call, *args, **kwargs), limiter=_limiter("spare", 2))


async def in_slow_thread(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run work that burns a core (hashing, images): two at once, so that chats stay quick."""
    return await to_thread.run_sync(partial(call, *args, **kwargs), limiter=_limiter("slow", 2))


def _limiter(name: str, size: int) -> CapacityLimiter:
    """One limiter for each event loop: they cannot be shared between loops."""
    key: tuple[Any, str] = (id(asyncio.get_running_loop()), name)
    if key not in _limiters:
        _limiters[key] = CapacityLimiter(size)
    return _limiters[key]
