"""Fan-out of events to open sockets: within one process, or through Redis between several.

Delivery is at most once. A socket that has fallen behind, or a broken Redis, tells its reader so (`Resync`), and the
reader fetches from the store what it has missed; the store, not the bus, is the memory.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cached_property
from typing import Any, Protocol

import redis.asyncio
from redis.exceptions import RedisError

from bot.desk.recent import Recent

log = logging.getLogger(__name__)
Event = dict[str, Any]


class Told(Event):
    """An event as all who hear it share it: two hundred desks cost one serialisation."""

    _is_taken = False

    @cached_property
    def text(self) -> str:
        """As sockets are sent it."""
        return as_text(self)

    def is_first(self) -> bool:
        """True for the first who asks: what one of them does for all, like noting that the desk has it."""
        is_first, self._is_taken = not self._is_taken, True
        return is_first


def as_text(event: Event) -> str:
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))


RESYNC = Told(type="resync")
"""Some events were lost: read the store again."""
BACKLOG = 256
"""Events a slow socket may be behind before it has to read the store instead."""
DESK = "desk"
_OF_CONVERSATION = "conversation:"


def conversation_topic(conversation_id: str) -> str:
    return f"{_OF_CONVERSATION}{conversation_id}"


class Subscription:
    """The events of some topics, in the order they were published."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[Told] = asyncio.Queue(BACKLOG)

    def offer(self, event: Told) -> None:
        """Never waits: a full backlog is thrown away for one resync."""
        try:
            self._waiting.put_nowait(event)
        except asyncio.QueueFull:
            while not self._waiting.empty():
                self._waiting.get_nowait()
            self._waiting.put_nowait(RESYNC)

    async def next(self) -> Told:
        return await self._waiting.get()


class Bus(Protocol):
    recent: Recent | None
    """What was told lately; None where other processes may have told more."""

    async def publish(self, topic: str, event: Event) -> None:
        """Hand `event` to whoever is subscribed now. Never raises: a lost event is logged, life goes on."""

    def may_be_heard(self, topic: str) -> bool:
        """False where nobody is subscribed for certain: then an event need not even be put together."""

    def subscribe(self, *topics: str) -> AbstractAsyncContextManager[Subscription]:
        """From entering on, no event of these topics is missed without a resync."""

    async def close(self) -> None: ...


class LocalBus:
    """Fan-out within this process."""

    def __init__(self) -> None:
        self._subscriptions: dict[str, set[Subscription]] = defaultdict(set)
        self.recent: Recent | None = Recent()

    async def publish(self, topic: str, event: Event) -> None:
        self.deliver(topic, event)

    def may_be_heard(self, topic: str) -> bool:
        return topic in self._subscriptions

    def deliver(self, topic: str, event: Event) -> None:
        if self.recent and topic.startswith(_OF_CONVERSATION):
            self.recent.hear(topic.removeprefix(_OF_CONVERSATION), event)
        told = Told(event)
        for subscription in tuple(self._subscriptions.get(topic, ())):
            subscription.offer(told)

    def deliver_resync(self) -> None:
        for subscription in {s for subscriptions in self._subscriptions.values() for s in subscriptions}:
            subscription.offer(RESYNC)

    @asynccontextmanager
    async def subscribe(self, *topics: str) -> AsyncIterator[Subscription]:
        subscription = Subscription()
        for topic in topics:
            self._subscriptions[topic].add(subscription)
        try:
            yield subscription
        finally:
            for topic in topics:
                self._subscriptions[topic].discard(subscription)
                if not self._subscriptions[topic]:
                    del self._subscriptions[topic]

    async def close(self) -> None:
        self._subscriptions.clear()


class RedisBus:
    """Fan-out between web processes: one Redis channel, one listener a process, local delivery behind it."""

    _CHANNEL = "xiaoer:events"

    def __init__(self, url: str) -> None:
        self._redis = redis.asyncio.from_url(url)
        self._local = LocalBus()
        self._local.recent = self.recent = None
        self._listener: asyncio.Task[None] | None = None
        self._is_listening = asyncio.Event()

    async def publish(self, topic: str, event: Event) -> None:
        try:
            await self._redis.publish(self._CHANNEL, json.dumps([topic, event]))
        except (RedisError, OSError) as error:
            log.warning("event of %s not published: %s", topic.split(":")[0], error)
            self._local.deliver(topic, event)  # at least the sockets of this process stay live

    def may_be_heard(self, topic: str) -> bool:
        return True  # by another process

    @asynccontextmanager
    async def subscribe(self, *topics: str) -> AsyncIterator[Subscription]:
        if self._listener is None:
            self._listener = asyncio.create_task(self._listen())
        async with self._local.subscribe(*topics) as subscription:
            if not self._is_listening.is_set():
                try:
                    await asyncio.wait_for(self._is_listening.wait(), timeout=2)
                except TimeoutError:
                    log.warning("Redis does not answer; sockets resync when it is back")
            yield subscription

    async def _listen(self) -> None:
        while True:
            try:
                async with self._redis.pubsub() as pubsub:
                    await pubsub.subscribe(self._CHANNEL)
                    await self._receive(pubsub)
            except (RedisError, OSError) as error:
                log.warning("Redis subscription lost: %s", error)
            self._is_listening.clear()
            await asyncio.sleep(1)

    async def _receive(self, pubsub: Any) -> None:
        async for message in pubsub.listen():
            if message["type"] == "subscribe":
                self._is_listening.set()
                self._local.deliver_resync()  # whatever was said while nobody listened
            elif message["type"] == "message":
                topic, event = json.loads(message["data"])
                self._local.deliver(topic, event)

    async def close(self) -> None:
        if self._listener:
            self._listener.cancel()
        await self._local.close()
        await self._redis.aclose()


def open_bus(redis_url: str) -> Bus:
    """Redis when a URL is set, else within the process."""
    return RedisBus(redis_url) if redis_url else LocalBus()
