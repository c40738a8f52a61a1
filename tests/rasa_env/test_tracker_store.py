"""The tracker store: nothing is lost, a failed turn leaves no trace, a long conversation stays as quick as a short."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from bot.lock_store import LockStore
from bot.tracker import EVENTS_SENT, Tracker
from bot.tracker_store import KEPT, WINDOW, TrackerStore

DOMAIN = Domain.load(str(Path(__file__).resolve().parents[2] / "domain.yml"))
SESSION = [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]


def a_turn(message_id: str, *more: Event) -> list[Event]:
    intent = {"name": "ask_size", "confidence": 0.9}
    said = UserUttered("穿多大", intent, [], {"intent": intent, "entities": []}, message_id=message_id)
    return [said, *more, ActionExecuted("action_size"), BotUttered("M 码"), ActionExecuted("action_listen")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rasa.db"


@pytest.fixture
def store(path: Path) -> TrackerStore:
    return opened(path)


def opened(path: Path) -> TrackerStore:
    return TrackerStore(domain=DOMAIN, dialect="sqlite", db=str(path))


def read(store: TrackerStore, sender: str = "c-1") -> Tracker:
    return asyncio.run(store.get_or_create_tracker(sender, append_action_listen=False))


def hear(store: TrackerStore, events: Iterable[Event], sender: str = "c-1") -> Tracker:
    tracker = read(store, sender)
    tracker.update_with_events(list(events), DOMAIN)
    asyncio.run(store.save(tracker))
    return tracker


def heard(tracker: DialogueStateTracker) -> list[str]:
    return [event.message_id for event in tracker.events if isinstance(event, UserUttered)]


def test_what_is_remembered_is_what_was_stored(store: TrackerStore, path: Path) -> None:
    hear(store, SESSION)
    for number in range(3):
        hear(store, a_turn(f"m{number}", SlotSet("size", "M"), ActiveLoop("size_form")))
    live, anew = read(store), read(opened(path))
    assert live is not anew and live.current_state(EventVerbosity.ALL) == anew.current_state(
        EventVerbosity.ALL
    )
    # Its first event is the session's own, as stock Rasa reads it; the action before it belongs to no session.
    stock = SQLTrackerStore(domain=DOMAIN, dialect="sqlite", db=str(path))
    assert list(anew.events) == list(asyncio.run(stock.retrieve("c-1")).events)


def test_a_turn_that_fails_leaves_no_trace(store: TrackerStore) -> None:
    hear(store, [*SESSION, *a_turn("m1")])
    read(store).update_with_events(a_turn("m2", SlotSet("size", "XL")), DOMAIN)  # and never saved
    assert heard(read(store)) == ["m1"] and read(store).get_slot("size") is None


def test_a_tracker_changed_after_it_was_saved_is_read_anew(store: TrackerStore) -> None:
    hear(store, [*SESSION, *a_turn("m1")]).update(SlotSet("size", "XL"))
    assert read(store).get_slot("size") is None


def test_what_another_process_wrote_is_seen(store: TrackerStore, path: Path) -> None:
    hear(store, [*SESSION, *a_turn("m1")])
    hear(opened(path), a_turn("m2"))
    assert heard(read(store)) == ["m1", "m2"]


def test_a_tracker_that_was_lost_is_not_remembered(store: TrackerStore) -> None:
    hear(store, [*SESSION, *a_turn("m1")])
    with store.engine.begin() as connection:
        connection.execute("DELETE FROM events")
    assert heard(read(store)) == []


def test_a_new_model_gets_trackers_with_its_own_slots(store: TrackerStore) -> None:
    hear(store, [*SESSION, *a_turn("m1")])
    store.domain = Domain.from_yaml("slots: {colour: {type: any, mappings: [{type: custom}]}}")
    assert "colour" in read(store).slots


def test_a_new_session_begins_without_the_events_of_the_old(store: TrackerStore) -> None:
    hear(store, [*SESSION, *a_turn("m1")])
    hear(store, [*SESSION, SlotSet("size", "M"), *a_turn("m2")])
    tracker = read(store)
    assert heard(tracker) == ["m2"] and tracker.get_slot("size") == "M"
    assert isinstance(tracker.events[0], SessionStarted)


def test_of_a_long_session_the_newest_turns_and_everything_settled_are_read(
    store: TrackerStore, path: Path
) -> None:
    hear(
        store,
        [*SESSION, *a_turn("m0", SlotSet("size", "S"), SlotSet("color", "红色"), ActiveLoop("size_form"))],
    )
    turns = WINDOW
    for number in range(1, turns):
        tracker = hear(store, a_turn(f"m{number}", *([SlotSet("size", "M")] if number == 1 else [])))
        assert len(tracker.events) < 2 * WINDOW + 10
    tracker = read(opened(path))
    assert WINDOW // 2 < len(tracker.events) < WINDOW + 10
    newest = heard(tracker)
    assert newest == [f"m{number}" for number in range(turns - len(newest), turns)]
    assert (tracker.get_slot("size"), tracker.get_slot("color")) == ("M", "红色")
    assert tracker.active_loop_name == "size_form"
    assert len(heard(asyncio.run(store.retrieve_full_tracker("c-1")))) == turns
    hear(store, a_turn("last"))
    assert heard(read(opened(path)))[-1] == "last"


def test_the_newest_events_can_be_taken_back(store: TrackerStore, path: Path) -> None:
    hear(store, [*SESSION, *a_turn("m1")])
    gone = a_turn("m2", SlotSet("size", "XL"))
    hear(store, gone)
    asyncio.run(store.cut("c-1", len(gone)))
    for tracker in (read(store), read(opened(path))):
        assert heard(tracker) == ["m1"] and tracker.get_slot("size") is None


def test_memory_is_bounded(store: TrackerStore) -> None:
    for number in range(KEPT + 5):
        hear(store, SESSION[-1:], f"c-{number}")
    assert len(store._live) == KEPT


def test_a_copy_goes_its_own_way(store: TrackerStore) -> None:
    tracker = hear(store, [*SESSION, *a_turn("m1", SlotSet("size", "M"), ActiveLoop("size_form"))])
    twin = tracker.copy()
    assert twin.current_state(EventVerbosity.ALL) == tracker.current_state(EventVerbosity.ALL)
    twin.update_with_events([SlotSet("size", "L"), ActiveLoop(None)], DOMAIN)
    twin.slots["size"].value = "XL"
    assert tracker.get_slot("size") == "M" and tracker.active_loop_name == "size_form"
    assert len(twin.events) == len(tracker.events) + 2


def test_an_action_gets_only_the_newest_events(store: TrackerStore) -> None:
    tracker = hear(store, [*SESSION, *(SlotSet("size", str(number)) for number in range(EVENTS_SENT + 40))])
    sent = tracker.copy().current_state(EventVerbosity.ALL)["events"]
    assert len(sent) == EVENTS_SENT and sent[-1]["value"] == str(EVENTS_SENT + 39)


def test_who_waits_for_a_conversation_is_woken_in_order_and_others_do_not_wait() -> None:
    async def meeting() -> list[str]:
        locks, done = LockStore(), []

        async def turn(name: str, conversation: str, pause: asyncio.Event) -> None:
            async with locks.lock(conversation):
                await pause.wait()
                done.append(name)

        slow, quick = asyncio.Event(), asyncio.Event()
        quick.set()
        order = (("first", "a", slow), ("second", "a", quick), ("third", "a", quick), ("other", "b", quick))
        turns = [asyncio.create_task(turn(*each)) for each in order]
        await turns[-1]
        slow.set()
        await asyncio.gather(*turns)
        return done

    assert asyncio.run(meeting()) == ["other", "first", "second", "third"]
