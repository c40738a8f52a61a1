"""Fan-out keeps its promises within a process and through a real Redis."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.desk import bus as bus_module
from bot.desk.bus import BACKLOG, Bus, LocalBus, RedisBus, Subscription, open_bus
from tests.live import free_port
from tests.servers import running_redis

SECONDS = 10


@pytest.fixture(params=["local", pytest.param("redis", marks=pytest.mark.redis)])
async def bus(request: pytest.FixtureRequest) -> AsyncIterator[Bus]:
    opened = open_bus("" if request.param == "local" else request.getfixturevalue("redis_url"))
    yield opened
    await opened.close()


async def heard(subscription: Subscription, how_many: int) -> list[dict]:
    """The next events, resyncs of the first connection left out."""
    events: list[dict] = []
    async with asyncio.timeout(SECONDS):
        while len(events) < how_many:
            event = await subscription.next()
            if event["type"] != "resync":
                events.append(event)
    return events


async def test_events_arrive_in_the_order_they_were_published(bus: Bus):
    async with bus.subscribe("a") as subscription:
        for number in range(20):
            await bus.publish("a", {"type": "message", "seq": number})
        assert [event["seq"] for event in await heard(subscription, 20)] == list(range(20))


async def test_only_the_topics_asked_for_are_heard(bus: Bus):
    async with bus.subscribe("a", "c") as subscription:
        for topic in "abc":
            await bus.publish(topic, {"type": "message", "topic": topic})
        assert [event["topic"] for event in await heard(subscription, 2)] == ["a", "c"]


async def test_everybody_who_listens_hears_everything(bus: Bus):
    async with bus.subscribe("a") as first, bus.subscribe("a") as second:
        await bus.publish("a", {"type": "message", "text": "有货"})
        assert await heard(first, 1) == await heard(second, 1) == [{"type": "message", "text": "有货"}]


async def test_what_is_published_after_leaving_is_not_heard(bus: Bus):
    async with bus.subscribe("a") as left:
        pass
    async with bus.subscribe("a") as stayed:
        await bus.publish("a", {"type": "message"})
        await heard(stayed, 1)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(heard(left, 1), 0.1)


async def test_a_reader_that_falls_behind_is_told_to_read_the_store():
    bus = LocalBus()
    async with bus.subscribe("a") as subscription:
        for _ in range(BACKLOG + 1):
            await bus.publish("a", {"type": "message"})
        assert (await subscription.next())["type"] == "resync"
        await bus.publish("a", {"type": "message", "seq": 7})
        assert (await subscription.next())["seq"] == 7


@pytest.mark.redis
async def test_two_processes_hear_each_other_through_redis(redis_url: str):
    here, there = RedisBus(redis_url), RedisBus(redis_url)
    async with here.subscribe("a") as subscription:
        await there.publish("a", {"type": "message", "text": "来自另一个进程"})
        assert (await heard(subscription, 1))[0]["text"] == "来自另一个进程"
    await here.close()
    await there.close()


@pytest.mark.redis
async def test_after_redis_was_away_readers_are_told_to_read_the_store():
    port = free_port()
    with running_redis(port) as url:
        bus = RedisBus(url)
        subscribed = bus.subscribe("a")
        subscription = await subscribed.__aenter__()
        await bus.publish("a", {"type": "message", "seq": 1})
        await heard(subscription, 1)
    await bus.publish("a", {"type": "message", "seq": 2})  # Redis is gone: still heard in this process
    assert (await heard(subscription, 1))[0]["seq"] == 2
    with running_redis(port):
        async with asyncio.timeout(SECONDS):
            while (await subscription.next())["type"] != "resync":
                pass
        await bus.publish("a", {"type": "message", "seq": 3})
        assert (await heard(subscription, 1))[0]["seq"] == 3
        await subscribed.__aexit__(None, None, None)
        await bus.close()


async def test_an_event_is_put_into_words_once_however_many_hear_it(monkeypatch: pytest.MonkeyPatch):
    written = []

    def as_text(event: dict) -> str:
        written.append(event)
        return "words"

    monkeypatch.setattr(bus_module, "as_text", as_text)
    opened = LocalBus()
    async with AsyncExitStack() as stack:
        desks = [await stack.enter_async_context(opened.subscribe("desk")) for _ in range(200)]
        await opened.publish("desk", {"type": "message"})
        events = [await desk.next() for desk in desks]
        assert {event.text for event in events} == {"words"}
    assert written == [{"type": "message"}]
    assert sum(event.is_first() for event in events) == 1
