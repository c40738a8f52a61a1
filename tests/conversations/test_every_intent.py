"""The channel of the running stack: whatever is wished for is answered, and the door stays shut for strangers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest

from bot.faq.intents import INTENTS
from tests.live import Stack

pytestmark = pytest.mark.live
SITUATIONS: dict[str, dict[str, Any]] = {
    "guest": {},
    "guest on a product's page": {"product_id": "sneakers-cloud"},
    "customer": {"customer_id": "c-tang", "customer_level": "regular"},
    "customer with orders": {
        "customer_id": "c-chan",
        "customer_level": "regular",
        "product_id": "pillow-neck",
    },
}


@pytest.fixture(scope="module")
def channel(stack: Stack) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {stack.settings.secrets['channel_token']}"}
    url = f"{stack.settings.rasa_url}/webhooks/xiaoer/"
    with httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=15) as client:
        yield client


def turn(channel: httpx.Client, conversation: str, metadata: dict[str, Any], **said: str) -> httpx.Response:
    body = {"conversation_id": conversation, "message_id": uuid4().hex, "metadata": metadata, **said}
    return channel.post("turn", json=body)


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("intent", INTENTS)
def test_every_wish_in_every_situation_is_answered(
    channel: httpx.Client, intent: str, situation: str
) -> None:
    metadata = SITUATIONS[situation] | {"now": datetime.now().isoformat()}
    answer = turn(channel, uuid4().hex, metadata, payload=f"/{intent}")
    assert answer.status_code == 200, answer.text
    replies = answer.json()["replies"]
    assert 1 <= len(replies) <= 3
    for reply in replies:
        assert reply["text"] and "{" not in reply["text"], reply["text"]
        assert reply["source"]["action"]
        assert all(button["title"] and button["payload"].startswith("/") for button in reply["buttons"])
    assert answer.json()["parse"]["intent"]["name"] == intent


def test_any_wish_may_interrupt_an_open_question_and_the_conversation_goes_on(channel: httpx.Client) -> None:
    metadata = {"product_id": "down-light-short"}
    for intent in INTENTS:
        conversation = uuid4().hex
        assert turn(channel, conversation, metadata, text="帮我看看穿什么码").status_code == 200
        for said in ({"payload": f"/{intent}"}, {"text": "165 110斤"}, {"text": "谢谢"}):
            answer = turn(channel, conversation, metadata, **said)
            assert answer.status_code == 200, f"{intent} {said}: {answer.text}"
            assert len(answer.json()["replies"]) <= 3, f"{intent} {said}"


def test_typed_slashes_are_words_and_not_commands(channel: httpx.Client) -> None:
    answer = turn(channel, uuid4().hex, {}, text="/request_human")
    assert answer.json()["effects"] == []
    assert answer.json()["parse"]["intent"]["confidence"] < 1


@pytest.mark.parametrize("path", ["turn", "handback", "model", "parse"])
def test_without_the_secret_nothing_is_answered(stack: Stack, path: str) -> None:
    url = f"{stack.settings.rasa_url}/webhooks/xiaoer/{path}"
    assert httpx.post(url, json={"conversation_id": "c", "text": "在吗"}, trust_env=False).status_code == 401


@pytest.mark.parametrize(
    "path", ["/conversations/x/tracker", "/model", "/webhooks/rest/webhook", "/status", "/domain"]
)
def test_rasas_own_doors_are_closed(stack: Stack, path: str) -> None:
    answer = httpx.get(f"{stack.settings.rasa_url}{path}", trust_env=False)
    assert answer.status_code == 404


def test_texts_are_parsed_apart_from_any_conversation(channel: httpx.Client) -> None:
    parses = channel.post("parse", json={"texts": ["我要转人工", "谢谢"]}).json()
    assert [parse["intent"]["name"] for parse in parses] == ["request_human", "thank"]


def test_what_a_person_settled_is_known_to_the_bot_afterwards(channel: httpx.Client) -> None:
    conversation = uuid4().hex
    turn(channel, conversation, {"product_id": "down-light-short"}, text="帮我看看穿什么码")
    settled = {
        "conversation_id": conversation,
        "slots": {"height_cm": 165.0, "weight_kg": 55.0},
        "note": "已量",
    }
    assert channel.post("handback", json=settled).json()["slots"]["weight_kg"] == 55.0
    answer = turn(channel, conversation, {"product_id": "down-light-short"}, payload="/ask_size").json()
    assert "M 码" in answer["replies"][0]["text"]


def test_a_slot_that_does_not_exist_is_not_handed_back(channel: httpx.Client) -> None:
    body = {"conversation_id": uuid4().hex, "slots": {"unknown": 1}, "note": ""}
    assert channel.post("handback", json=body).status_code == 422


def test_the_model_in_service_can_be_loaded_again_while_it_answers(
    channel: httpx.Client, stack: Stack
) -> None:
    path = (stack.settings.models_dir / "rasa" / "current.tar.gz").resolve()
    before = channel.get("health").json()["model_id"]
    assert channel.post("model", json={"path": str(path)}, timeout=60).json()["model_id"] == before
    assert channel.post("model", json={"path": "/etc/passwd"}).status_code == 422
    assert turn(channel, uuid4().hex, {}, text="在吗").status_code == 200
