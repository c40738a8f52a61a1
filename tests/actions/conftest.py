"""Actions run on the real demo shop, with rasa-sdk's own tracker and dispatcher, and rendered with the real domain."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.common import shop_floor
from bot.desk import schema
from bot.desk.back_office.ledger import SqlLedger
from bot.desk.database import open_database
from bot.faq.search import Choices, Confident, Hit, NoAnswer
from bot.settings import ROOT
from bot.shop.prices import bargain_state
from bot.shop.records.loader import load_shop
from bot.shop.records.model import Shop
from bot.shop.records.orders import Order

NOW = datetime(2026, 11, 20, 14, 0)
"""A Friday before the cut-off; the shop's relative dates count from it."""
DOMAIN: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
_HOLE = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")


class Scripts:
    """Stands in for the FAQ index: what it answers is set by the test."""

    def __init__(self) -> None:
        self.by_intent: dict[str | None, Confident | Choices | NoAnswer] = {}

    def know(
        self, intent: str | None, score: float, entry: str = "topic.entry", question: str = "问题"
    ) -> None:
        hit = Hit(entry, "a", question, "脚本的回答，{shop}", (), score)
        self.by_intent[intent] = Confident(hit) if score >= 0.8 else Choices((hit,))

    def answer(self, text: str, intents: Any = None, today: Any = None, kind: Any = None) -> Any:
        return self.by_intent.get(intents[0] if intents else None, NoAnswer(()))

    def search(
        self, text: str, top: int = 5, intents: Any = None, today: Any = None, kind: Any = None
    ) -> tuple:
        found = self.answer(text, intents)
        hits = (found.hit,) if isinstance(found, Confident) else found.hits
        return tuple(hit for hit in hits if intents or hit.question == text)[:top]


class Orders:
    """An order store in memory."""

    def __init__(self, orders: dict[str, Order]) -> None:
        self.orders = dict(orders)
        self.notes: list[str] = []

    def get(self, order_id: str, customer_id: str) -> Order | None:
        order = self.orders.get(order_id)
        return order if order and order.customer_id == customer_id else None

    def list_for(self, customer_id: str) -> list[Order]:
        return [order for order in self.orders.values() if order.customer_id == customer_id]

    def update(self, order: Order, note: str, by: str = "") -> None:
        self.orders[order.id] = order
        self.notes.append(note)


class Kept:
    """Bargaining beyond the chat, in memory."""

    def __init__(self) -> None:
        self.states: dict[tuple[str, str], tuple[bargain_state.Kept, datetime]] = {}

    def kept(self, buyer: str, since: datetime) -> dict[str, bargain_state.Kept]:
        return {
            product: kept
            for (owner, product), (kept, at) in self.states.items()
            if owner == buyer and at >= since
        }

    def keep(self, buyer: str, state: Any, conversation_id: str, at: datetime) -> None:
        self.states[buyer, state.product_id] = (bargain_state.Kept(state, conversation_id), at)


@dataclass
class Said:
    """What an action answered: replies with every wording its response has, effects, slots and what follows."""

    events: list[dict[str, Any]]
    messages: list[dict[str, Any]]
    slots: dict[str, Any] = field(default_factory=dict)

    @property
    def responses(self) -> list[str]:
        return [message["response"] for message in self.messages if message.get("response")]

    @property
    def wordings(self) -> list[str]:
        """All wordings of all replies, filled; KeyError where a wording needs what the action did not give."""
        return [text for message in self.messages for text in render(message)]

    @property
    def text(self) -> str:
        return "\n".join(self.wordings)

    @property
    def effects(self) -> list[dict[str, Any]]:
        return [m["custom"] for m in self.messages if "effect" in (m.get("custom") or {})]

    def effect(self, kind: str) -> dict[str, Any]:
        return next(effect for effect in self.effects if effect["effect"] == kind)

    @property
    def cards(self) -> list[dict[str, Any]]:
        return [m["custom"]["card"] for m in self.messages if "card" in (m.get("custom") or {})]

    @property
    def payloads(self) -> list[str]:
        """Of buttons and card options, those of the domain included."""
        shown = [b["payload"] for m in self.messages for b in m.get("buttons") or []]
        shown += [option["payload"] for card in self.cards for option in card.get("options", [])]
        for name in self.responses:
            shown += [b["payload"] for b in DOMAIN["responses"][name][0].get("buttons", [])]
        return shown

    @property
    def follows(self) -> str | None:
        return next((event["name"] for event in self.events if event["event"] == "followup"), None)


def render(message: dict[str, Any]) -> list[str]:
    if not message.get("response"):
        return [message["text"]] if message.get("text") else []
    templates = [each["text"] for each in DOMAIN["responses"][message["response"]]]
    return [_HOLE.sub(lambda hole: str(message[hole[1]]), template) for template in templates]


@pytest.fixture(scope="session")
def demo_shop() -> Shop:
    return load_shop(ROOT / "data" / "shop", NOW)


@pytest.fixture
def scripts() -> Scripts:
    return Scripts()


@pytest.fixture
def orders(demo_shop: Shop) -> Orders:
    return Orders(demo_shop.orders)


@pytest.fixture
def ledger(tmp_path: Path) -> SqlLedger:
    """The real one on an empty database."""
    engine = open_database(f"sqlite:///{tmp_path / 'ledger.db'}")
    schema.grants.create(engine)
    return SqlLedger(engine)


@pytest.fixture
def bargains() -> Kept:
    return Kept()


@pytest.fixture(autouse=True)
def floor(
    demo_shop: Shop,
    orders: Orders,
    scripts: Scripts,
    ledger: SqlLedger,
    bargains: Kept,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shop_floor, "ledger", lambda: ledger)
    monkeypatch.setattr(shop_floor, "bargains", lambda: bargains)
    monkeypatch.setattr(shop_floor, "shop", lambda: demo_shop)
    monkeypatch.setattr(shop_floor, "orders", lambda: orders)
    monkeypatch.setattr(shop_floor, "searcher", lambda: scripts)


def say(
    action: Action,
    text: str = "",
    intent: str = "inform",
    entities: dict[str, Any] | None = None,
    slots: dict[str, Any] | None = None,
    ranking: list[tuple[str, float]] | None = None,
    events: list[dict[str, Any]] | None = None,
    form: str | None = None,
    chat: str = "c-1",
    found: list[dict[str, Any]] | None = None,
    **metadata: Any,
) -> Said:
    """Let `action` answer one message of conversation `chat`. Several values of one entity go as a list.

    `found` instead of `entities` gives the extractor's entities whole, with what was typed (`raw`).
    """
    found = found or [
        {"entity": name, "value": value}
        for name, given in (entities or {}).items()
        for value in (given if isinstance(given, list) else [given])
    ]
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": 0.9},
        "entities": found,
        "intent_ranking": [{"name": name, "confidence": sure} for name, sure in ranking or [(intent, 0.9)]],
        "metadata": {"now": NOW.isoformat(), **metadata},
    }
    before = dict.fromkeys(DOMAIN["slots"]) | {"requested_slot": None} | (slots or {})
    user = {"event": "user", "text": text, "parse_data": message}
    history = events if events is not None else [user]
    loop = {"name": form} if form else {}
    tracker = Tracker(chat, before, message, history, False, None, loop, "action_listen")
    dispatcher = CollectingDispatcher()
    answered = asyncio.run(action.run(dispatcher, tracker, {}))
    set_slots = {event["name"]: event["value"] for event in answered if event["event"] == "slot"}
    return Said(answered, dispatcher.messages, before | set_slots)
