"""How often one caller may ask; several processes share the counts through Redis."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import limits
from limits.storage import storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter

from bot.desk.threads import in_thread
from bot.web.problems import Problem

_RULES = {
    # A conversation: nobody types faster than this for a minute.
    "message": limits.RateLimitItemPerMinute(60),
    "image": limits.RateLimitItemPerMinute(12),
    "read": limits.RateLimitItemPerMinute(240),
    # An address: a whole office or mobile network may share one.
    "session": limits.RateLimitItemPerMinute(120),
    # Guessing passwords: wrong ones for one name from one address, and logins of any kind from one address.
    "login": limits.RateLimitItemPerMinute(5),
    "login-address": limits.RateLimitItemPerMinute(30),
}


class RateLimits:
    """`is_on=False` is for benchmarks."""

    def __init__(self, redis_url: str, is_on: bool = True) -> None:
        self._is_shared, self._is_on = bool(redis_url), is_on
        self._limiter = SlidingWindowCounterRateLimiter(storage_from_string(redis_url or "memory://"))

    async def spend(self, rule: str, *caller: str) -> None:
        """Count one request; 429 with Retry-After when it is one too many."""
        await self._ask(self._limiter.hit, rule, caller)

    async def check(self, rule: str, *caller: str) -> None:
        """429 when nothing is left, without counting: for what only failures use up."""
        await self._ask(self._limiter.test, rule, caller)

    async def _ask(self, question: Callable[..., bool], rule: str, caller: tuple[str, ...]) -> None:
        if not self._is_on:
            return
        item, key = _RULES[rule], (rule, *caller)
        is_allowed = await in_thread(question, item, *key) if self._is_shared else question(item, *key)
        if is_allowed:
            return
        stats = await in_thread(self._limiter.get_window_stats, item, *key)
        seconds = min(item.get_expiry(), max(1, math.ceil(stats.reset_time - time.time())))
        raise Problem(
            "too-often", 429, {"seconds": seconds}, {"Retry-After": str(seconds)}, retry_after=seconds
        )
