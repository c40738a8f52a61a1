"""The gateway's side of the dialogue channel (architecture.md, "A turn")."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from bot.desk.conversations import Button, Conversation, Draft, Handoff, Message, Turn
from bot.desk.ownership import Owner, Speaker

SHOP_TIME = ZoneInfo("Asia/Shanghai")


class DialogueDown(Exception):
    """The dialogue did not answer in time, or answered something that is no turn."""


class DialogueBehind(DialogueDown):
    """The dialogue does not know the turns before this one and has to be told them first."""


class Dialogue:
    """Calls Rasa's channel. One instance a process; it keeps connections open."""

    def __init__(self, url: str, token: str, timeout_seconds: float) -> None:
        self._timeout = timeout_seconds
        self._client = httpx.AsyncClient(
            base_url=f"{url}/webhooks/xiaoer/",
            headers={"Authorization": f"Bearer {token}"},
            timeout=timeout_seconds,
            trust_env=False,  # a proxy of the machine is not meant for loopback
        )

    async def turn(
        self, message: Message, conversation: Conversation, text: str, author: str, known: Mapping[str, Any]
    ) -> Turn:
        """One message in, its answer out. Raises DialogueDown; the whole call never takes longer than the timeout.

        `known`: what the store says the dialogue has heard (bot.desk.agreement).
        """
        body = {
            "conversation_id": conversation.id,
            "message_id": message.id,
            "metadata": {**_metadata(conversation), "image": message.image},
            **known,
            **({"payload": message.payload} if message.payload else {"text": text}),
        }
        return turn_from(await self._post("turn", body), author)

    async def handback(
        self, conversation_id: str, slots: Mapping[str, Any], note: str, known: Mapping[str, Any]
    ) -> None:
        """Tell the dialogue what a person settled. Raises DialogueDown."""
        body = {"conversation_id": conversation_id, "slots": dict(slots), "note": note, **known}
        await self._post("handback", body)

    async def is_up(self) -> bool:
        """Whether a model is loaded and answers."""
        try:
            return (await self._client.get("health")).status_code == 200
        except httpx.HTTPError:
            return False

    async def close(self) -> None:
        await self._client.aclose()

    async def _post(self, path: str, body: Mapping[str, Any]) -> Any:
        try:
            async with asyncio.timeout(self._timeout):  # httpx's own limit starts anew with every byte
                response = await self._client.post(path, json=body)
                if response.status_code == 409:
                    raise DialogueBehind(f"{path}: the dialogue lacks earlier turns")
                if response.status_code != 200:
                    raise DialogueDown(f"{path}: status {response.status_code}")
                return response.json()
        except (httpx.HTTPError, TimeoutError, ValueError) as error:
            raise DialogueDown(f"{path}: {type(error).__name__} {error}".strip()) from error


def _metadata(conversation: Conversation) -> dict[str, Any]:
    customer, context = conversation.customer, conversation.context
    return {
        "customer_id": customer.id if customer.is_verified else None,
        "customer_name": customer.name,
        "customer_level": customer.level if customer.is_verified else "",
        "product_id": context.product_id,
        "order_id": context.order_id,
        "page": context.page,
        # The reason a person is waited for while nobody is on duty and the bot goes on answering.
        "waiting_as": conversation.reason if conversation.owner is Owner.QUEUED else None,
        "now": datetime.now(SHOP_TIME).isoformat(timespec="seconds"),
    }


def turn_from(body: Any, author: str) -> Turn:
    """The channel's answer as a Turn; DialogueDown when it is not one."""
    try:
        effects = body.get("effects") or []
        handoffs = [_handoff(e) for e in effects if e["effect"] == "handoff"]
        replies = tuple(_reply(reply, author) for reply in body["replies"])
        if not replies and not handoffs:
            raise ValueError("silence is no answer")
        return Turn(
            replies=replies,
            nlu=_reading(body.get("parse") or {}),
            slots=dict(body.get("slots") or {}),
            handoff=max(handoffs, key=lambda handoff: handoff.priority, default=None),
            promises=tuple(
                (str(e["text"]), _moment(e.get("due"))) for e in effects if e["effect"] == "promise"
            ),
            tags=tuple(str(e["text"]) for e in effects if e["effect"] == "tag"),
            wants_rating=any(e["effect"] == "rating" for e in effects),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DialogueDown(f"not a turn: {type(error).__name__} {error}") from error


def _reply(reply: Mapping[str, Any], author: str) -> Draft:
    card = reply.get("card")
    if card is not None and not isinstance(card, dict):
        raise TypeError("a card is an object")
    text, image = reply.get("text") or "", reply.get("image")
    if not isinstance(text, str) or not isinstance(image, str | None):
        raise TypeError("text and image are strings")
    buttons = tuple(Button(str(b["title"]), str(b["payload"])) for b in reply.get("buttons") or [])
    if not (text or card or image or buttons):
        raise ValueError("a reply says nothing")
    source = {key: value for key, value in (reply.get("source") or {}).items() if value is not None}
    return Draft(Speaker.BOT, author, text, buttons, card, image, source=source or None)


def _reading(parse: Mapping[str, Any]) -> dict[str, Any]:
    """How the message was read: `{intent, confidence, entities, ranking}`."""
    intent = parse.get("intent") or {}
    if not intent.get("name"):
        return {}
    confidence = float(intent.get("confidence") or 0)
    return {
        "intent": intent["name"],
        "confidence": confidence if math.isfinite(confidence) else 0.0,
        "entities": list(parse.get("entities") or []),
        "ranking": list(parse.get("ranking") or [])[:5],
    }


def _handoff(effect: Mapping[str, Any]) -> Handoff:
    summary = tuple(str(line) for line in effect.get("summary") or ())[:5]
    return Handoff(str(effect["reason"])[:40], int(effect.get("priority") or 0), summary)


def _moment(value: Any) -> datetime | None:
    if not value:
        return None
    moment = datetime.fromisoformat(str(value))
    return (moment if moment.tzinfo else moment.replace(tzinfo=SHOP_TIME)).astimezone(UTC)
