"""Rasa's lock store (Rasa environment): whoever waits for a conversation is woken at once, in the order of coming.

Stock Rasa polls once a second, so that the second of two quick messages waits that long.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.lock_store import InMemoryLockStore


class LockStore(InMemoryLockStore):
    """Named in endpoints.yml. For one Rasa process, which is what `xiaoer run` starts; the gateway orders the turns of
    a conversation before they come here."""

    def __init__(self, endpoint_config: Any = None) -> None:
        super().__init__()
        self._held: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def lock(self, conversation_id: str, *_: Any, **__: Any) -> AsyncIterator[None]:
        """Hold the conversation. There is no ticket that could run out: turns have time limits of their own."""
        held = self._held.setdefault(conversation_id, asyncio.Lock())
        async with held:
            yield
