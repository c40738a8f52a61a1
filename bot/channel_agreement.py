"""Before a turn the tracker is brought to what the gateway has stored (Rasa environment).

The gateway's store is the truth. After a crash, or when a person took over while the bot was thinking, the tracker may
know a turn nobody was told of; after a lost tracker, or an answer the gateway gave by itself, it may lack some.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.core.constants import ACTION_LISTEN_NAME, SESSION_START_METADATA_SLOT
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channel_calls import Refused

LEAD = "events_before"
"""Metadata of a message: how many events its turn wrote before it."""


def said_already(tracker: DialogueStateTracker, message_id: str | None) -> list[Event] | None:
    """The events of this very message, if it is the newest turn: its answer got lost on the way to the gateway."""
    users = _users(tracker)
    if message_id is None or not users or users[-1][1].message_id != message_id:
        return None
    return list(tracker.events)[users[-1][0] :]


async def without_unheard(
    agent: Agent, tracker: DialogueStateTracker, body: dict[str, Any]
) -> DialogueStateTracker:
    """The tracker without newest turns the gateway has not recorded. `after` is the message it answered last; where
    the tracker has never heard of that, the call is refused with 409, and comes again with `missed`."""
    if "after" not in body:
        return tracker
    known = {turn["message_id"] for turn in body.get("missed") or ()} or {body["after"]}
    users = _users(tracker)
    is_behind = body["after"] is not None and not any(each.message_id in known for _, each in users)
    if (
        is_behind
        and not body.get("missed")
        and not await _heard_earlier(agent, tracker.sender_id, body["after"])
    ):
        raise Refused(409, "behind")
    keep = len(tracker.events)
    for index, each in reversed(users):
        if each.message_id in known:
            break
        keep = index - each.metadata.get(LEAD, 0)
    if keep == len(tracker.events):
        return tracker
    await agent.tracker_store._tracker_store.cut(tracker.sender_id, len(tracker.events) - keep)
    return await agent.processor.get_tracker(tracker.sender_id)


def hear_missed(agent: Agent, tracker: DialogueStateTracker, body: dict[str, Any]) -> None:
    """Add the turns of `missed` that the tracker does not know, and the slots they led to."""
    missed, known = body.get("missed") or [], {each.message_id for _, each in _users(tracker)}
    news = [turn for turn in missed if turn["message_id"] not in known]
    if not news:
        return
    slots = body.get("state") or {}
    names = (slot.name for slot in agent.domain.slots if slot.name != SESSION_START_METADATA_SLOT)
    settled = [SlotSet(n, slots.get(n)) for n in names if slots.get(n) != tracker.get_slot(n)]
    # No question is open: which step of a form was asked cannot be told from a transcript.
    closed = [ActiveLoop(None), SlotSet("requested_slot", None)]
    turns = [event for turn in news for event in _events(turn)]
    tracker.update_with_events([*turns, *settled, *closed, ActionExecuted(ACTION_LISTEN_NAME)], agent.domain)


def _events(turn: dict[str, Any]) -> Iterable[Event]:
    read = turn.get("nlu") or {}
    intent = {"name": read.get("intent"), "confidence": read.get("confidence", 0.0)}
    parse = {"intent_ranking": read.get("ranking") or [intent]}
    yield ActionExecuted(ACTION_LISTEN_NAME)
    yield UserUttered(
        turn["text"],
        intent,
        read.get("entities") or [],
        {**parse, "intent": intent, "entities": read.get("entities") or [], "text": turn["text"]},
        input_channel="xiaoer",
        message_id=turn["message_id"],
        metadata={},
    )
    for reply in turn.get("replies") or ():
        yield BotUttered(
            reply.get("text"), {"buttons": reply.get("buttons"), "custom": {"card": reply.get("card")}}
        )


def _users(tracker: DialogueStateTracker) -> list[tuple[int, UserUttered]]:
    return [(index, event) for index, event in enumerate(tracker.events) if isinstance(event, UserUttered)]


async def _heard_earlier(agent: Agent, conversation: str, message_id: str) -> bool:
    """In a session before this one, which `retrieve` does not read."""
    whole = await agent.tracker_store.retrieve_full_tracker(conversation)
    return whole is not None and any(each.message_id == message_id for _, each in _users(whole))
