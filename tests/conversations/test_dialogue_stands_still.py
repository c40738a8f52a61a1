"""The dialogue server hangs in the middle of a chat: she is told, keeps her place, and is answered when it is back."""

from __future__ import annotations

import os
import signal

import httpx
import pytest

from tests.conversations.test_dialogues import Customer, transcript
from tests.live import Stack
from tests.servers import wait_until

pytestmark = pytest.mark.live
COMES_BACK = 60
"""Seconds; generous, for the machine may be busy."""


@pytest.fixture
def agent(stack: Stack) -> httpx.Client:
    login = next(each for each in stack.logins.values() if each["role"] == "agent")
    client = httpx.Client(base_url=stack.url, trust_env=False, timeout=15)
    said = {"username": login["username"], "password": login["password"]}
    assert client.post("/api/login", json=said).is_success
    return client


def test_while_the_dialogue_hangs_she_is_told_so_and_her_question_is_answered_afterwards(
    stack: Stack, agent: httpx.Client
) -> None:
    customer = Customer(stack, {"customer": "c-gu"})
    transcript(agent, customer.id)
    pid = stack.kill("rasa", signal.SIGSTOP)
    try:
        told = customer._post({"text": "羽绒服到哪了"})
        seen = transcript(agent, customer.id)
    finally:
        os.kill(pid, signal.SIGCONT)
    assert told["owner"] == "queued"
    assert [message["sender"] for message in told["messages"]] == ["customer", "system"]
    assert "没能答上来" in told["messages"][1]["text"]
    assert "转给人工客服" in told["messages"][1]["text"]
    assert seen["handoff"]["reason"] == "system_down"
    assert any("羽绒服到哪了" in line for line in seen["handoff"]["summary"])

    def answers() -> list[str]:
        return [m["text"] for m in transcript(agent, customer.id)["transcript"] if m["sender"] == "bot"]

    wait_until(lambda: any("西安" in each for each in answers()), "the kept question answered", COMES_BACK)
