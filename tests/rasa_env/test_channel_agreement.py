"""Tracker and gateway after a crash: what nobody was told is taken back, what was missed is heard."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channel import Replies, _told_again
from bot.channel_agreement import LEAD, hear_missed, said_already, without_unheard
from bot.channel_calls import Refused
from bot.tracker_store import TrackerStore

DOMAIN = Domain.load(str(Path(__file__).resolve().parents[2] / "domain.yml"))
SESSION = [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]
COUPON = {"source": {"action": "action_bargain", "faq_id": None}, "card": {"type": "product"}}


def asked(message_id: str, text: str = "能便宜吗", lead: int = 0) -> UserUttered:
    intent = {"name": "bargain", "confidence": 0.9}
    parse = {"intent_ranking": [intent], "intent": intent, "entities": [], "text": text}
    return UserUttered(text, intent, [], parse, message_id=message_id, metadata={LEAD: lead})


def turn(message_id: str, size: str) -> list:
    """One whole turn: an event before the message, the message, an answer in two lines, an effect, a slot."""
    return [
        SlotSet("mood", "upset"),
        asked(message_id, lead=1),
        ActionExecuted("action_bargain"),
        BotUttered("给您 95", {"custom": COUPON, "buttons": [{"title": "好", "payload": "/affirm"}]}),
        BotUttered("要吗", metadata={"utter_action": "utter_ask"}),
        BotUttered(None, {"custom": {"effect": "tag", "text": "议价"}}),
        SlotSet("size", size),
        ActionExecuted("action_listen"),
    ]


class Rasa:
    """The parts of an agent that agreeing needs, with a real store."""

    def __init__(self, folder: Path) -> None:
        self.sql = TrackerStore(domain=DOMAIN, dialect="sqlite", db=str(folder / "rasa.db"))
        self.tracker_store = FailSafeTrackerStore(self.sql)
        self.domain = DOMAIN
        self.processor = SimpleNamespace(get_tracker=self.get)

    async def get(self, conversation: str) -> DialogueStateTracker:
        return await self.tracker_store.get_or_create_tracker(conversation, append_action_listen=False)

    def knows(self, *turns: list) -> DialogueStateTracker:
        async def save() -> DialogueStateTracker:
            tracker = await self.get("c-1")
            for events in (SESSION, *turns):
                tracker.update_with_events(events, DOMAIN)
                await self.tracker_store.save(tracker)
            return await self.get("c-1")

        return asyncio.run(save())

    def agree(self, **body: Any) -> DialogueStateTracker:
        async def agreeing() -> DialogueStateTracker:
            tracker = await without_unheard(self, await self.get("c-1"), body)
            hear_missed(self, tracker, body)
            await self.tracker_store.save(tracker)
            return await self.get("c-1")

        return asyncio.run(agreeing())


@pytest.fixture
def rasa(tmp_path: Path) -> Rasa:
    return Rasa(tmp_path)


def heard(tracker: DialogueStateTracker) -> list[str | None]:
    return [event.message_id for event in tracker.events if isinstance(event, UserUttered)]


def test_a_message_that_comes_again_gets_the_answer_it_had_and_nothing_is_done_twice(rasa: Rasa) -> None:
    tracker = rasa.knows(turn("m1", "S"), turn("m2", "M"))
    events = said_already(tracker, "m2")
    assert events is not None
    answer = asyncio.run(_told_again(events, tracker, Replies()))
    first, second = answer["replies"]
    assert (first["text"], first["card"]) == ("给您 95", {"type": "product"})
    assert first["buttons"] == [{"title": "好", "payload": "/affirm"}]
    assert first["source"]["action"] == "action_bargain" and second["source"]["action"] == "utter_ask"
    assert answer["effects"] == [{"effect": "tag", "text": "议价"}]
    assert answer["parse"]["intent"] == {"name": "bargain", "confidence": 0.9}
    assert answer["slots"]["size"] == "M"


@pytest.mark.parametrize("message_id", [None, "m1", "m9"])
def test_only_the_newest_turn_is_told_again(rasa: Rasa, message_id: str | None) -> None:
    assert said_already(rasa.knows(turn("m1", "S"), turn("m2", "M")), message_id) is None


def test_a_turn_whose_answer_was_dropped_is_forgotten_with_all_its_slots(rasa: Rasa) -> None:
    before = rasa.knows(turn("m1", "S"))
    events = len(before.events)
    asyncio.run(_append(rasa, [SlotSet("size", "XL"), *turn("m2", "M"), *turn("m3", "L")]))
    tracker = rasa.agree(after="m1")
    assert heard(tracker) == ["m1"] and tracker.get_slot("size") == "XL"
    assert len(tracker.events) >= events and tracker.latest_action_name == "action_listen"


async def _append(rasa: Rasa, events: list) -> None:
    tracker = await rasa.get("c-1")
    tracker.update_with_events(events, DOMAIN)
    await rasa.tracker_store.save(tracker)


def test_nothing_answered_yet_means_that_nothing_was_heard(rasa: Rasa) -> None:
    rasa.knows(turn("m1", "S"))
    tracker = rasa.agree(after=None)
    assert heard(tracker) == [] and tracker.get_slot("size") is None
    assert [type(event) for event in tracker.events][-1] is ActionExecuted


def test_a_tracker_that_has_never_heard_of_the_last_answer_asks_to_be_told(rasa: Rasa) -> None:
    rasa.knows(turn("m1", "S"))
    with pytest.raises(Refused) as refused:
        rasa.agree(after="m2")
    assert refused.value.status == 409


def test_a_tracker_that_agrees_is_left_as_it_is(rasa: Rasa) -> None:
    before = rasa.knows(turn("m1", "S"), turn("m2", "M"))
    assert list(rasa.agree(after="m2").events) == list(before.events)


def test_what_was_answered_in_an_earlier_session_counts_as_heard(rasa: Rasa) -> None:
    rasa.knows(turn("m1", "S"))
    assert heard(rasa.knows()) == []  # a new session has begun
    rasa.agree(after="m1")


MISSED = [
    {
        "message_id": f"m{number}",
        "text": "能便宜吗",
        "nlu": {"intent": "bargain", "confidence": 0.9, "entities": [], "ranking": []},
        "replies": [{"text": "给您 95", "buttons": [{"title": "好", "payload": "/affirm"}], "card": None}],
    }
    for number in (1, 2, 3)
]


def test_missed_turns_are_heard_in_order_after_those_it_knows(rasa: Rasa) -> None:
    rasa.knows(turn("m1", "S"), turn("m8", "XL"))  # m8 was never answered as far as the gateway knows
    tracker = rasa.agree(after="m3", missed=MISSED, state={"size": "M"})
    assert heard(tracker) == ["m1", "m2", "m3"]
    assert tracker.get_slot("size") == "M" and tracker.latest_message.intent_name == "bargain"
    assert tracker.latest_action_name == "action_listen" and tracker.active_loop_name is None


def test_a_lost_tracker_is_told_everything(rasa: Rasa) -> None:
    rasa.knows()
    tracker = rasa.agree(after="m3", missed=MISSED, state={"size": "M"})
    assert heard(tracker) == ["m1", "m2", "m3"]
    assert heard(rasa.agree(after="m3")) == ["m1", "m2", "m3"]


def test_a_gateway_that_says_nothing_of_it_changes_nothing(rasa: Rasa) -> None:
    before = rasa.knows(turn("m1", "S"))
    assert list(rasa.agree().events) == list(before.events)
