"""What a call of the gateway may contain; everything else is refused before the dialogue sees it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.core.constants import USER_INTENT_BACK, USER_INTENT_RESTART, USER_INTENT_SESSION_START
from sanic.request import Request

MODELS = Path(os.environ.get("XIAOER_MODELS_DIR", "models")) / "rasa"
PAYLOAD = re.compile(r"/(?P<intent>\w+)(?P<entities>\{.*\})?")
CONVERSATION = re.compile(r"[\w.:-]{1,100}")
RASAS_OWN = {
    USER_INTENT_BACK,
    USER_INTENT_RESTART,
    USER_INTENT_SESSION_START,
    DEFAULT_NLU_FALLBACK_INTENT_NAME,
}
"""Intents every domain has, which command the dialogue; `out_of_scope` is one of Rasa's too, and also one of ours."""
LONGEST_TEXT = 4000


class Refused(Exception):
    """The call itself is wrong: answered with `status` and changes nothing."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def json_object(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Refused(422, "the body must be a JSON object")
    return body


def conversation_of(body: dict[str, Any]) -> str:
    conversation = body.get("conversation_id")
    if not isinstance(conversation, str) or not CONVERSATION.fullmatch(conversation):
        raise Refused(422, "conversation_id is missing or malformed")
    return conversation


def said(body: dict[str, Any], agent: Agent) -> str:
    """The typed text, or the payload of a pressed button; never one as the other."""
    text, payload = body.get("text"), body.get("payload")
    if isinstance(payload, str) and not text:
        match = PAYLOAD.fullmatch(payload)
        ours = set(agent.domain.intents) - RASAS_OWN
        if not match or match["intent"] not in ours or not _are_entities(match["entities"], agent):
            raise Refused(422, "payload is not one of the bot's buttons")
        return payload
    if not isinstance(text, str) or not text.strip() or payload:
        raise Refused(422, "either text or payload is needed")
    return typed(text)


def _are_entities(found: str | None, agent: Agent) -> bool:
    try:
        entities = json.loads(found or "{}")
    except ValueError:
        return False
    return isinstance(entities, dict) and set(entities) <= set(agent.domain.entities)


def typed(text: str) -> str:
    """Text as Rasa may read it: a leading "/" would command an intent, so it becomes U+2215, which no
    normalisation (NFKC) turns back into a slash, as it would the full-width one."""
    text = text.strip()[:LONGEST_TEXT]
    slashes = len(text) - len(text.lstrip("/／"))
    return "∕" * slashes + text[slashes:]


def photo_parse(text: str) -> dict[str, Any]:
    """How a photo is read: it tells something (`inform`), in no words a model could judge."""
    reading = {"name": "inform", "confidence": 1.0}
    return {"text": text, "intent": reading, "intent_ranking": [reading], "entities": []}


def model_file(named: object) -> Path:
    """A model is code: only our own folder is trusted, whatever links or dots the path goes through."""
    path = Path(str(named or "")).resolve()
    if not path.is_relative_to(MODELS.resolve()) or not path.is_file():
        raise Refused(422, "path must name a model file below models/rasa")
    return path
