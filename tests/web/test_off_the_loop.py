"""The event loop never waits for the database: every statement runs in a thread of its own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from tests.web.conftest import Web, event_of
from tests.web.test_desk import desk_path, waiting
from tests.web.test_sockets import agent_socket


@pytest.fixture
def on_the_loop(web: Web) -> Iterator[list[str]]:
    """Statements that were run in a thread which has an event loop to keep going."""
    found: list[str] = []

    def look(_connection, _cursor, statement: str, *_) -> None:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return
        found.append(statement)

    engine = web.app.state.gateway.desk.engine
    sa.event.listen(engine, "before_cursor_execute", look)
    yield found
    sa.event.remove(engine, "before_cursor_execute", look)


def test_no_statement_of_a_chats_whole_life_holds_up_the_others(web: Web, on_the_loop: list[str]):
    with web.agent("xiaolin") as agent, agent_socket(web) as desk:
        chat = web.customer(product_id="down-light-short")
        chat.say("穿什么码")
        with chat.socket() as page:
            event_of(page, "marks")
            page.send(json.dumps({"type": "seen", "seq": 2}))
            chat.post("human")
            agent.post(desk_path(chat, "take")).raise_for_status()
            said = {"text": "您好", "client_id": "loop-1"}
            agent.post(desk_path(chat, "messages"), json=said).raise_for_status()
            chat.say("拉链坏了")
            desk.send(json.dumps({"type": "seen", "conversation_id": chat.id, "seq": 7}))
            event_of(desk, "conversation")
            agent.get("/api/desk/conversations", params={"state": "mine"}).raise_for_status()
            agent.post(desk_path(chat, "close")).raise_for_status()
        chat.post("rating", {"score": 5})
        chat.all()
    assert on_the_loop == []


def test_the_look_out_sees_a_statement_on_the_loop(web: Web, on_the_loop: list[str]):
    async def careless() -> None:
        web.app.state.gateway.desk.queue.places()

    asyncio.run(careless())
    assert on_the_loop
    assert waiting(web)
