"""Rasa input channel: one message in, its replies, effects and parse out of the same call.

Unlike the stock REST channel it has no default sender, an exception is a 500 and never an empty answer, and
typed text never becomes a payload. docs/architecture.md ("A turn") gives the shapes.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.core.events import ActiveLoop, BotUttered, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.action_endpoint import TurnFailed, connect
from bot.channel_agreement import LEAD, hear_missed, said_already, without_unheard
from bot.channel_calls import Refused, conversation_of, json_object, model_file, photo_parse, said, typed
from bot.channel_context import HANDED_BACK, honest_parse, in_context, intent_before
from bot.channel_manner import is_after_accident, note_manner, overruled, silent_hours
from bot.nlu.context import habits
from bot.text.cantonese import in_mandarin
from bot.text.fillers import without_fillers

logger = logging.getLogger(__name__)
Handler = Callable[[Request], Awaitable[HTTPResponse]]


class Replies(OutputChannel):
    """Keeps what actions say in order, replies apart from effects."""

    def __init__(self) -> None:
        self.replies: list[dict[str, Any]] = []
        self.effects: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        return "xiaoer"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        custom = dict(message.get("custom") or {})
        # A rule that leads straight to a response has no action of ours behind it.
        source = custom.pop("source", None) or {"action": message.get("utter_action")}
        if "effect" in custom:
            self.effects.append(custom)
            return
        reply = {
            "text": message.get("text"),
            "buttons": [{"title": b["title"], "payload": b["payload"]} for b in message.get("buttons") or []],
            "card": custom.get("card"),
            "image": message.get("image"),
            "source": {"faq_id": None, "script_id": None, "score": None, "action": None, **source},
        }
        if reply["text"] or reply["card"] or reply["image"]:
            self.replies.append(reply)


def end_without_model(app: Sanic) -> None:
    """A full disk keeps a model from being unpacked, and Rasa would stay up without one for ever. It ends, and its
    supervisor starts it again until there is room."""
    if not app.ctx.agent.is_ready():
        logger.critical("the model could not be loaded (see above): ending, to be started again")
        app.stop()


class XiaoerInput(InputChannel):
    """`/webhooks/xiaoer/…`; every call but health carries `Authorization: Bearer <token>`."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._loading = asyncio.Lock()

    @classmethod
    def name(cls) -> str:
        return "xiaoer"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> XiaoerInput:
        token = (credentials or {}).get("token")
        if not token:
            raise RasaException(
                "credentials.yml: bot.channel.XiaoerInput needs a token: set XIAOER_CHANNEL_TOKEN"
            )
        return cls(str(token))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """`on_new_message` is not used: it drops the result of a turn."""
        routes = Blueprint("xiaoer", "xiaoer")
        for path, handler in (
            ("/turn", self.turn),
            ("/handback", self.handback),
            ("/model", self.model),
            ("/parse", self.parse),
        ):
            routes.add_route(self._guarded(handler), path, methods=["POST"], name=path[1:])

        @routes.get("/health")
        async def health(request: Request) -> HTTPResponse:
            return self.health(request)

        @routes.listener("after_server_start")
        async def make_strict(app: Sanic, *_: Any) -> None:
            end_without_model(app)
            connect(app.ctx.agent)
            habits()  # counted before the first customer waits for it

        @routes.listener("before_server_stop")
        async def disconnect(app: Sanic, *_: Any) -> None:
            await app.ctx.agent.action_endpoint.close()

        return routes

    def _guarded(self, handler: Handler) -> Handler:
        """Check the secret and the body; turn every failure into an error that quotes nothing of the customer."""

        @wraps(handler)
        async def guarded(request: Request) -> HTTPResponse:
            try:
                given = request.headers.get("authorization", "")
                if not hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode()):
                    raise Refused(401, "wrong or missing bearer token")
                if not request.app.ctx.agent.is_ready():
                    raise Refused(503, "no dialogue model is loaded: run `xiaoer train`")
                return await handler(request)
            except Refused as error:
                return json_response({"error": str(error)}, status=error.status)
            except TurnFailed as error:
                logger.error("turn failed: %s", error)
                return json_response({"error": str(error)}, status=500)
            except Exception as error:
                logger.exception("%s failed", request.path)
                return json_response({"error": type(error).__name__}, status=500)

        return guarded

    async def turn(self, request: Request) -> HTTPResponse:
        """One message of one conversation, in order; the tracker is saved only when the whole turn succeeded."""
        agent: Agent = request.app.ctx.agent
        body = json_object(request)
        conversation = conversation_of(body)
        text = said(body, agent)
        async with agent.lock_store.lock(conversation):
            return json_response(await _run_turn(agent, conversation, text, body))

    async def handback(self, request: Request) -> HTTPResponse:
        """The agent gives the conversation back: what was settled becomes slots, no question stays open."""
        agent: Agent = request.app.ctx.agent
        body = json_object(request)
        conversation, slots = conversation_of(body), body.get("slots") or {}
        known = {slot.name for slot in agent.domain.slots}
        if unknown := set(slots) - known:
            raise Refused(422, f"unknown slots: {', '.join(sorted(unknown))}")
        settled = {**slots, "requested_slot": None, "pending": None, "misses": None}
        async with agent.lock_store.lock(conversation):
            await without_unheard(agent, await agent.processor.get_tracker(conversation), body)
            tracker = await agent.processor.fetch_tracker_with_initial_session(conversation)
            hear_missed(agent, tracker, body)
            events = [ActiveLoop(None), *(SlotSet(name, value) for name, value in settled.items())]
            tracker.update_with_events([*events, SlotSet(HANDED_BACK, body.get("note"))], agent.domain)
            await agent.processor.save_tracker(tracker)
        return json_response({"slots": _slots(tracker)})

    async def model(self, request: Request) -> HTTPResponse:
        """Serve another model. It is loaded beside the old one, which goes on answering until it is replaced."""
        agent: Agent = request.app.ctx.agent
        path = model_file(json_object(request).get("path"))
        async with self._loading:
            await asyncio.to_thread(agent.load_model, str(path))
        return json_response({"model": path.name, "model_id": agent.model_id})

    async def parse(self, request: Request) -> HTTPResponse:
        """How the served model reads each text, apart from any conversation."""
        texts = json_object(request).get("texts")
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise Refused(422, "texts must be a list of strings")
        agent: Agent = request.app.ctx.agent
        return json_response([honest_parse(await agent.parse_message(typed(text))) for text in texts])

    def health(self, request: Request) -> HTTPResponse:
        """Ready when a model is loaded; needs no secret and tells none."""
        agent: Agent | None = getattr(request.app.ctx, "agent", None)
        is_ready = agent is not None and agent.is_ready()
        body = {"status": "ok" if is_ready else "no model", "model_id": agent.model_id if is_ready else None}
        return json_response(body, status=200 if is_ready else 503)


async def _run_turn(agent: Agent, conversation: str, text: str, body: dict[str, Any]) -> dict[str, Any]:
    """Read, act, save. The steps are those of MessageProcessor.handle_message, which returns too little and reads a
    message before it knows the conversation."""
    processor, collected = agent.processor, Replies()
    processor.on_circuit_break = _going_in_circles
    is_pressed = bool(body.get("payload"))
    metadata = {**(body.get("metadata") or {}), "payload": is_pressed}
    tracker = await processor.get_tracker(conversation)
    if told := said_already(tracker, body.get("message_id")):
        return await _told_again(told, tracker, collected)
    tracker = await without_unheard(agent, tracker, body)
    await processor._update_tracker_session(tracker, collected, metadata)
    hear_missed(agent, tracker, body)
    start = len(tracker.events)
    is_photo = bool(metadata.get("image"))
    parsed = photo_parse(text) if is_photo else await agent.parse_message(text)
    metadata["silent_hours"] = silent_hours(tracker)
    reading = parsed
    if not is_pressed and not is_photo:
        parsed = reading = await _understood(agent, text, parsed, intent_before(tracker))
        if decided := overruled(text, tracker):
            intent, told = decided
            # The parse we report stays as it was read.
            reading = {**parsed, "intent": {"name": intent, "confidence": 1.0}}
            metadata |= told
        is_grave = "safety_topic" in metadata
        metadata["turned_upset"] = note_manner(text, tracker, agent.domain, is_grave)
    metadata[LEAD] = len(tracker.events) - start
    if not is_pressed and is_after_accident(tracker, metadata):
        reading = {**parsed, "intent": {"name": "request_human", "confidence": 1.0}}
        metadata["after_accident"] = True
    message = UserMessage(text, collected, conversation, reading, "xiaoer", body.get("message_id"), metadata)
    await processor._handle_message_with_tracker(message, tracker)
    tracker = await processor.run_action_extract_slots(collected, tracker)
    await processor._run_prediction_loop(collected, tracker)
    if not collected.replies:
        raise TurnFailed("the dialogue had nothing to say")
    await processor.save_tracker(tracker)
    return _answer(collected, parsed, tracker)


async def _told_again(
    events: list[Event], tracker: DialogueStateTracker, collected: Replies
) -> dict[str, Any]:
    """The answer of a turn that is done and saved; acting a second time would give a second coupon."""
    asked, *said = events
    for event in said:
        if isinstance(event, BotUttered):
            await collected.send_response(tracker.sender_id, event.message())
    return _answer(collected, asked.parse_data, tracker)


def _answer(collected: Replies, parsed: dict[str, Any], tracker: DialogueStateTracker) -> dict[str, Any]:
    return {
        "replies": collected.replies,
        "effects": collected.effects,
        "parse": honest_parse(parsed),
        "slots": _slots(tracker),
    }


async def _understood(agent: Agent, text: str, parsed: dict[str, Any], before: str | None) -> dict[str, Any]:
    """The parse in its chat; a doubtful one is tried once more without what dictation leaves in a message."""
    if (spoken := in_mandarin(text)) != text:
        parsed = {**await agent.parse_message(spoken), "text": text}
    read = in_context(parsed, before, agent.processor)
    plain = without_fillers(text)
    if read["intent"]["name"] != DEFAULT_NLU_FALLBACK_INTENT_NAME or plain == text:
        return read
    again = in_context(await agent.parse_message(plain), before, agent.processor)
    if again["intent"]["name"] == DEFAULT_NLU_FALLBACK_INTENT_NAME:
        return read
    return {
        **again,
        "text": text,
        "entities": parsed["entities"],
    }  # places of entities are those in her own words


def _going_in_circles(*_: Any) -> None:
    raise TurnFailed("the dialogue predicted too many actions")


def _slots(tracker: DialogueStateTracker) -> dict[str, Any]:
    return {name: value for name, value in tracker.current_slot_values().items() if value is not None}
