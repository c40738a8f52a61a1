"""Dialogues with the really trained bot through the gateway, as a customer's page talks to it.

Each file holds `dialogues`, each of them `name`, who and where (`customer`, `product`, `order`) and `turns`:
`say` (typed), `bubbles` (typed one soon after the other; one answer is expected, to the last), `press` (title of a
button or card option) or `photo: true` (she sends one), then what is expected of the answer:
`intent` (how it was read), `action` (who answered first), `not_action`, `text` and `not_text` (fragments; 您 and 你
are the same here, for the bot follows the customer's way of address),
`buttons` (titles among those shown), `cards` (their types), `options_at_least` (options of the first card),
`owner` and `reason` (after the turn), `summary` (fragments of what the agent is told at the end).
`again: true`: the same customer comes back in a new chat to say it. A dialogue may say `nobody_on_duty: true`.
"""

from __future__ import annotations

import io
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import sqlalchemy as sa
import yaml
from PIL import Image

from bot.desk import schema
from bot.desk.back_office.orders import SqlOrders, open_orders
from bot.desk.database import open_database
from bot.shop.records.loader import load_shop
from bot.shop.records.orders import Order
from tests.live import Stack

pytestmark = pytest.mark.live
FILES = sorted(Path(__file__).parent.glob("*.yml"))
DIALOGUES = [
    pytest.param(dialogue, id=f"{path.stem}:{dialogue['name']}")
    for path in FILES
    for dialogue in yaml.safe_load(path.read_text(encoding="utf-8"))["dialogues"]
]
KEYS = {
    *("say", "bubbles", "press", "photo", "intent", "action", "not_action", "text", "not_text"),
    *("buttons", "cards", "options_at_least", "owner", "reason", "summary", "again"),
}


@dataclass
class Answer:
    """The bot's replies to one message."""

    owner: str
    replies: list[dict[str, Any]]
    seqs: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(reply["text"] or "" for reply in self.replies)

    @property
    def cards(self) -> list[dict[str, Any]]:
        return [reply["card"] for reply in self.replies if reply["card"]]

    @property
    def choices(self) -> dict[str, str]:
        """Title → payload of whatever can be pressed."""
        shown = [button for reply in self.replies for button in reply["buttons"]]
        shown += [option for card in self.cards for option in card.get("options", [])]
        return {each["title"]: each["payload"] for each in shown}


class Customer:
    """A browser tab with the chat widget."""

    def __init__(self, stack: Stack, dialogue: dict[str, Any]) -> None:
        self.http = httpx.Client(base_url=stack.url, trust_env=False, timeout=15)
        context = {"product_id": dialogue.get("product"), "order_id": dialogue.get("order")}
        body = {"customer": self._signed(dialogue.get("customer")), "context": context}
        opened = self.http.post("/api/chat/sessions", json=body)
        assert opened.status_code == 201, opened.text
        self.id, self.token = opened.json()["conversation_id"], opened.json()["token"]
        self.last = Answer("bot", [])

    def _signed(self, customer_id: str | None) -> dict[str, Any] | None:
        if customer_id is None:
            return None
        known = self.http.get("/api/demo/customers").json()
        return next(each["customer"] for each in known if each["customer"]["id"] == customer_id)

    def send(self, turn: dict[str, Any]) -> Answer:
        if "bubbles" in turn:
            with ThreadPoolExecutor(len(turn["bubbles"])) as pool:
                sent = []
                for text in turn["bubbles"]:
                    sent.append(pool.submit(self._post, {"text": text}))
                    time.sleep(0.05)
                answers = [self._heard(each.result()) for each in sent]
            assert not any(answer.replies for answer in answers[:-1]), "one answer to all bubbles"
            self.last = answers[-1]
            return self.last
        if "photo" in turn:
            self.last = self._heard(self._answered(self._send_photo()))
            return self.last
        if "press" in turn:
            title = turn["press"]
            assert title in self.last.choices, f"no button {title!r} among {list(self.last.choices)}"
            said = {"payload": self.last.choices[title]}
        else:
            said = {"text": turn["say"]}
        self.last = self._heard(self._post(said))
        return self.last

    def _post(self, said: dict[str, str]) -> dict[str, Any]:
        answer = self.http.post(
            "/api/chat/messages",
            json={**said, "client_id": uuid4().hex},
            headers={"Authorization": f"Bearer {self.token}"},
        )
        return self._answered(answer)

    def _send_photo(self) -> httpx.Response:
        body = io.BytesIO()
        Image.new("RGB", (8, 8), "red").save(body, "PNG")
        return self.http.post(
            "/api/chat/attachments",
            data={"client_id": uuid4().hex},
            files={"file": ("photo.png", body.getvalue(), "image/png")},
            headers={"Authorization": f"Bearer {self.token}"},
        )

    @staticmethod
    def _answered(answer: httpx.Response) -> dict[str, Any]:
        assert answer.status_code == 200, answer.text
        return answer.json()

    @staticmethod
    def _heard(body: dict[str, Any]) -> Answer:
        replies = [message for message in body["messages"] if message["sender"] == "bot"]
        own = [message["seq"] for message in body["messages"] if message["sender"] == "customer"]
        return Answer(body["owner"], replies, own)


@pytest.fixture(scope="session")
def placed(stack: Stack) -> tuple[SqlOrders, dict[str, Order]]:
    """The demo shop's orders as they were placed."""
    shop = load_shop(stack.settings.shop_dir)
    store = open_orders(stack.settings, shop)
    return store, {order.id: order for who in shop.customers for order in store.list_for(who)}


@pytest.fixture(autouse=True)
def orders_as_placed(request: pytest.FixtureRequest) -> None:
    """No dialogue depends on what another one cancelled, changed or was given."""
    if "stack" not in request.fixturenames:
        return
    store, orders = request.getfixturevalue("placed")
    for order in orders.values():
        if store.get(order.id, order.customer_id) != order:
            store.update(order, "as placed")


@pytest.fixture(scope="session")
def desk(stack: Stack) -> httpx.Client:
    """An agent's browser, logged in."""
    login = next(each for each in stack.logins.values() if each["role"] == "agent")
    client = httpx.Client(base_url=stack.url, trust_env=False, timeout=15)
    answer = client.post("/api/login", json={"username": login["username"], "password": login["password"]})
    assert answer.is_success, answer.text
    return client


def transcript(desk: httpx.Client, conversation: str) -> dict[str, Any]:
    answer = desk.get(f"/api/desk/conversations/{conversation}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_dialogue_file_uses_only_known_words() -> None:
    turns = [turn for dialogue in DIALOGUES for turn in dialogue.values[0]["turns"]]
    assert not {key for turn in turns for key in turn} - KEYS
    assert len(DIALOGUES) >= 25


def send_everybody_home(stack: Stack) -> None:
    """No agent has been seen lately, so whoever is queued goes on being answered by the bot."""
    engine = open_database(stack.settings.database)
    with engine.begin() as connection:
        connection.execute(sa.update(schema.agents).values(last_seen=None))
    engine.dispose()


@pytest.mark.parametrize("dialogue", DIALOGUES)
def test_dialogue(dialogue: dict[str, Any], stack: Stack, desk: httpx.Client) -> None:
    if dialogue.get("nobody_on_duty"):
        send_everybody_home(stack)
    customer = Customer(stack, dialogue)
    answers = []
    for turn in dialogue["turns"]:
        if turn.get("again"):
            check_what_the_desk_sees(transcript(desk, customer.id), answers)
            customer, answers = Customer(stack, dialogue), []
        answer = customer.send(turn)
        check_what_the_customer_sees(turn, answer)
        answers.append((turn, answer))
    check_what_the_desk_sees(transcript(desk, customer.id), answers)


def formal(text: str) -> str:
    return text.replace("你", "您")


def check_what_the_customer_sees(turn: dict[str, Any], answer: Answer) -> None:
    heard = f"{turn.get('say') or turn.get('bubbles') or turn.get('press') or 'photo'} → {answer.text}"
    told = formal(answer.text)
    assert all(formal(fragment) in told for fragment in turn.get("text", [])), heard
    assert not any(formal(fragment) in told for fragment in turn.get("not_text", [])), heard
    assert set(turn.get("buttons", [])) <= set(answer.choices), f"{heard} {list(answer.choices)}"
    assert [card["type"] for card in answer.cards][: len(turn.get("cards", []))] == turn.get("cards", []), (
        heard
    )
    if "options_at_least" in turn:
        assert len(answer.cards[0]["options"]) >= turn["options_at_least"], heard
    assert answer.owner == turn.get("owner", "bot"), heard


def check_what_the_desk_sees(seen: dict[str, Any], answers: list[tuple[dict[str, Any], Answer]]) -> None:
    """How each message was read and who answered it, as agents and trainers see it."""
    messages = {message["seq"]: message for message in seen["transcript"]}
    for turn, answer in answers:
        said = messages[answer.seqs[0]]
        heard = f"{said['text']} → {answer.text}"
        if "intent" in turn:
            assert (said.get("nlu") or {}).get("intent") == turn["intent"], heard
        actions = [(messages[reply["seq"]].get("source") or {}).get("action") for reply in answer.replies]
        if "action" in turn:
            assert actions[:1] == [turn["action"]], f"{heard} {actions}"
        if "not_action" in turn:
            assert turn["not_action"] not in actions, heard
        if "reason" in turn:
            assert seen["handoff"]["reason"] == turn["reason"], heard
            assert 1 <= len(seen["handoff"]["summary"]) <= 5
        told = "\n".join((seen["handoff"] or {}).get("summary", []))
        assert all(fragment in told for fragment in turn.get("summary", [])), f"{heard} {told}"
