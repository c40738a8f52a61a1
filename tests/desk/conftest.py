"""The desk on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.desk.conversations import Context, Conversation, Customer, Draft, Handoff, Message, Turn
from bot.desk.desk import Desk, open_desk
from bot.desk.ownership import Speaker
from bot.shop.records.loader import load_shop
from bot.shop.records.model import Shop
from tests.servers import PostgresServer, postgres_server, redis_url  # noqa: F401 - fixtures


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:  # noqa: F811
    """Name of a database whose tables are there already."""
    url = postgres_server.create()
    open_desk(url).engine.dispose()
    return url.rsplit("/", 1)[1]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Every test that asks for it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'desk.db'}"
    server = request.getfixturevalue("postgres_server")
    return server.create(request.getfixturevalue("postgres_template"))


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    opened = open_desk(database_url)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def conversation(desk: Desk) -> Conversation:
    """Opened by a signed customer, nothing said yet."""
    return desk.conversations.open(Customer("c-1", "周女士", "gold", True), Context(product_id="coat"))[0]


def said(text: str, client_id: str | None = None) -> Draft:
    return Draft(Speaker.CUSTOMER, "周女士", text, client_id=client_id)


def answered(*texts: str, handoff: Handoff | None = None, **more: object) -> Turn:
    """A bot's turn with these replies."""
    replies = tuple(Draft(Speaker.BOT, "小二", text) for text in texts)
    return Turn(replies, {"intent": "ask_size", "confidence": 0.9, "entities": []}, {}, handoff, **more)


def ask(desk: Desk, conversation: Conversation, text: str = "穿什么码") -> Message:
    """The customer writes; returns the stored message."""
    return desk.conversations.customer_says(conversation.id, said(text)).message


@pytest.fixture(scope="session")
def shop() -> Shop:
    """The small shop of the rules' tests."""
    return load_shop(Path(__file__).parents[1] / "shop" / "small_shop", datetime(2026, 11, 20, 14, 0))
