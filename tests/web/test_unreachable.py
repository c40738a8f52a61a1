"""Rasa and the action server cannot be reached from outside, and are of no use to who reaches them."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.live import Stack

pytestmark = pytest.mark.live
LISTENS = "0A"
LOOPBACK = {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}


def listening() -> dict[int, set[str]]:
    """Port → addresses on which this machine listens, as the kernel writes them."""
    found: dict[int, set[str]] = {}
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        for line in table.read_text().splitlines()[1:] if table.exists() else ():
            _, local, _, state, *_ = line.split()
            address, port = local.split(":")
            if state == LISTENS:
                found.setdefault(int(port, 16), set()).add(address)
    return found


@pytest.mark.parametrize("port", ["rasa_port", "actions_port", "web_port"])
def test_every_server_listens_on_loopback_only(stack: Stack, port: str):
    addresses = listening()[getattr(stack.settings, port)]
    assert addresses <= LOOPBACK


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer wrong"}])
@pytest.mark.parametrize("path", ["/webhook", "/actions"])
def test_the_action_server_acts_for_nobody_without_the_secret(stack: Stack, header: dict, path: str):
    url = f"http://127.0.0.1:{stack.settings.actions_port}{path}"
    call = {"next_action": "action_give_coupon", "tracker": {"sender_id": "c", "events": [], "slots": {}}}
    answer = httpx.post(url, json=call, headers=header, trust_env=False)
    assert answer.status_code == 401 and answer.json() == {"error": "Unauthorized"}


def test_a_turn_with_an_action_works_with_it(stack: Stack):
    with httpx.Client(base_url=stack.url, trust_env=False, timeout=20) as client:
        opened = client.post("/api/chat/sessions", json={}).json()
        headers = {"Authorization": f"Bearer {opened['token']}"}
        body = {"text": "寄到新疆要运费吗", "client_id": "q1"}
        answer = client.post("/api/chat/messages", json=body, headers=headers).json()
    assert answer["owner"] == "bot" and answer["messages"][-1]["sender"] == "bot"
