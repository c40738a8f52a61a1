"""What a typed message means in its conversation, and the parse that agents and trainers see (Rasa environment)."""

from __future__ import annotations

from typing import Any

from rasa.core.processor import MessageProcessor
from rasa.nlu.classifiers.fallback_classifier import FallbackClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.core.events import SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.context import REPLIES, as_reply, habits

HANDED_BACK = "agent_note"
"""The slot that only giving a conversation back sets (bot.channel.XiaoerInput.handback)."""


def honest_parse(parsed: dict[str, Any]) -> dict[str, Any]:
    """The ranking without `nlu_fallback`, which is a decision about it and not a reading."""
    ranking = [{**each, "confidence": round(each["confidence"], 4)} for each in _readings(parsed)]
    best = max(ranking, key=lambda each: each["confidence"], default={"name": None, "confidence": 0.0})
    entities = [
        {key: entity.get(key) for key in ("entity", "value", "start", "end") if key in entity}
        for entity in parsed.get("entities") or []
    ]
    return {"intent": best, "ranking": ranking[:10], "entities": entities}


def intent_before(tracker: DialogueStateTracker) -> str | None:
    """What the customer's last message wanted, as it was read or pressed; None at the start of a session and after a
    person had the conversation, whose words the bot did not read."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return honest_parse(event.parse_data)["intent"]["name"]
        if isinstance(event, SessionStarted) or (isinstance(event, SlotSet) and event.key == HANDED_BACK):
            return None
    return None


def in_context(parsed: dict[str, Any], before: str | None, processor: MessageProcessor) -> dict[str, Any]:
    """The parse with its ranking weighed by `before`, and whether that is sure enough decided anew."""
    readings = [(each["name"], each["confidence"]) for each in _readings(parsed)]
    if not readings or (before is None and readings[0][0] not in REPLIES):
        return parsed
    weighed = as_reply(habits().in_context(readings, before))
    return {
        **parsed,
        **_decided([{"name": name, "confidence": chance} for name, chance in weighed], processor),
    }


def _decided(ranking: list[dict[str, Any]], processor: MessageProcessor) -> dict[str, Any]:
    """`intent` and `intent_ranking` as the served model's own FallbackClassifier leaves them."""
    message = Message({INTENT: ranking[0], INTENT_RANKING_KEY: ranking})
    for node in processor.model_metadata.predict_schema.nodes.values():
        if issubclass(node.uses, FallbackClassifier):
            FallbackClassifier({**node.uses.get_default_config(), **node.config}).process([message])
    return message.data


def _readings(parsed: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"name": each["name"], "confidence": float(each["confidence"])}
        for each in parsed.get(INTENT_RANKING_KEY) or [parsed[INTENT]]
        if each["name"] not in (None, DEFAULT_NLU_FALLBACK_INTENT_NAME)
    ]
