"""Both sides see each other live, and nothing is missed over a lost connection."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
import sqlalchemy as sa
from websockets.exceptions import ConnectionClosed

from bot.desk.bus import conversation_topic
from bot.desk.marks import Marks
from bot.desk.recovery import Recovery
from tests.web.conftest import Web, event_of, running_gateway, settings_for
from tests.web.test_desk import desk_path, waiting


def agent_socket(web: Web, username: str = "xiaolin"):
    cookie = "; ".join(f"{name}={value}" for name, value in web.agent(username).cookies.items())
    return web.socket("/api/desk/ws", additional_headers={"Cookie": cookie}, origin=web.url)


def test_the_agents_words_reach_the_customer_and_hers_reach_the_desk(web: Web):
    chat = waiting(web)
    with (
        web.agent("xiaolin") as agent,
        agent_socket(web) as desk,
        chat.socket(after=chat.all()["messages"][-1]["seq"]) as page,
    ):
        assert event_of(desk, "hello")["name"] == "小林"
        agent.post(desk_path(chat, "take"))
        assert event_of(page, "message")["message"]["text"] == "客服小林已接入"
        owner = event_of(page, "owner")
        assert (owner["owner"], owner["agent"]) == ("human", "小林")
        agent.post(desk_path(chat, "messages"), json={"text": "您好", "client_id": "w1"})
        assert event_of(page, "message")["message"]["text"] == "您好"
        chat.say("拉链坏了")
        heard = [event_of(desk, "message") for _ in range(3)][-1]
        assert (heard["conversation_id"], heard["message"]["text"]) == (chat.id, "拉链坏了")
        assert event_of(desk, "conversation")["conversation"]["id"] == chat.id


def test_typing_is_seen_both_ways(web: Web):
    chat = waiting(web)
    with web.agent("xiaolin") as agent, agent_socket(web) as desk, chat.socket() as page:
        agent.post(desk_path(chat, "take"))
        event_of(page, "owner")
        page.send(json.dumps({"type": "typing"}))
        assert event_of(desk, "typing")["conversation_id"] == chat.id
        desk.send(json.dumps({"type": "typing", "conversation_id": chat.id}))
        assert event_of(page, "typing") == {"type": "typing", "who": "agent", "name": "小林"}


def test_only_the_agent_who_has_the_chat_is_seen_typing(web: Web):
    chat = waiting(web)
    with web.agent("xiaolin") as agent, agent_socket(web, "aqing") as other, chat.socket() as page:
        agent.post(desk_path(chat, "take"))
        other.send(json.dumps({"type": "typing", "conversation_id": chat.id}))
        agent.post(desk_path(chat, "messages"), json={"text": "完", "client_id": "w2"})
        while True:
            event = json.loads(page.recv(timeout=10))
            assert event["type"] != "typing"
            if event["type"] == "message" and event["message"]["text"] == "完":
                break


def test_a_page_that_comes_back_gets_exactly_what_it_missed(web: Web):
    chat = web.customer()
    with chat.socket() as page:
        chat.say("穿什么码")
        seen = [event_of(page, "message")["message"]["seq"] for _ in range(3)]
    chat.say("你好")
    with chat.socket(after=seen[-1]) as page:
        missed = [event_of(page, "message")["message"] for _ in range(2)]
        assert [message["text"] for message in missed] == ["你好", "收到：你好"]
        assert event_of(page, "owner")["owner"] == "bot"
    assert seen == [1, 2, 3]


def test_a_page_may_ask_again_from_an_earlier_number(web: Web):
    chat = web.customer()
    chat.say("穿什么码")
    with chat.socket(after=3) as page:
        event_of(page, "queue")
        page.send(json.dumps({"type": "hello", "after": 1}))
        assert [event_of(page, "message")["message"]["seq"] for _ in range(2)] == [2, 3]


def test_applying_the_events_to_an_old_state_equals_the_fresh_state(web: Web):
    chat = web.customer()
    with chat.socket() as page, web.agent("xiaolin") as agent:
        chat.say("转人工")
        agent.post(desk_path(chat, "take"))
        agent.post(desk_path(chat, "messages"), json={"text": "您好", "client_id": "w3"})
        agent.post(desk_path(chat, "return"))
        chat.say("穿什么码")
        fresh = chat.all()
        state = {"owner": None, "agent": None, "messages": []}
        while len(state["messages"]) < len(fresh["messages"]):
            event = json.loads(page.recv(timeout=10))
            if event["type"] == "message":
                state["messages"].append(event["message"])
            elif event["type"] == "owner":
                state.update(owner=event["owner"], agent=event["agent"])
    assert state == {key: fresh[key] for key in state}


def test_everybodys_place_is_told_when_the_queue_moves(web: Web):
    first, second = waiting(web), waiting(web)
    with second.socket(after=100) as page, web.agent("xiaolin") as agent:
        before = event_of(page, "queue")["queue"]["position"]
        agent.post(desk_path(first, "take"))
        assert event_of(page, "queue")["queue"]["position"] == before - 1


@pytest.mark.parametrize("token", ["", "wrong", "x" * 90])
def test_a_socket_without_a_session_is_closed_for_good(web: Web, token: str):
    with web.socket(f"/api/chat/ws?token={token}") as page, pytest.raises(ConnectionClosed):
        page.recv(timeout=5)
    assert page.close_code == 4401


def test_a_desk_socket_without_a_login_is_closed_for_good(web: Web):
    with web.socket("/api/desk/ws", origin=web.url) as page, pytest.raises(ConnectionClosed):
        page.recv(timeout=5)
    assert page.close_code == 4401


@pytest.mark.parametrize("frame", ["not json", "[1]", json.dumps({"type": "typing", "pad": "x" * 3000})])
def test_a_frame_that_is_no_small_object_ends_the_socket(web: Web, frame: str):
    with web.customer().socket() as page:
        page.send(frame)
        with pytest.raises(ConnectionClosed):
            while True:
                page.recv(timeout=5)
    assert page.close_code == 1008


def test_a_flood_of_frames_ends_the_socket(web: Web):
    with web.customer().socket() as page, pytest.raises(ConnectionClosed):
        for _ in range(80):
            page.send('{"type": "typing"}')
        while True:
            page.recv(timeout=5)
    assert page.close_code == 1008


@pytest.mark.redis
def test_agent_and_customer_on_two_web_processes_hear_each_other(rasa, redis_url: str, tmp_path):
    with (
        running_gateway(settings_for(tmp_path, rasa, redis_url=redis_url), rasa) as here,
        running_gateway(settings_for(tmp_path, rasa, redis_url=redis_url), rasa) as there,
    ):
        chat = waiting(here)
        with chat.socket(after=100) as page, there.agent("xiaolin") as agent:
            event_of(page, "queue")
            agent.post(desk_path(chat, "take"))
            while event_of(page, "owner")["owner"] != "human":
                pass


@pytest.mark.postgres
def test_the_whole_way_works_on_postgresql(rasa, postgres_server, tmp_path):
    settings = settings_for(tmp_path, rasa, database_url=postgres_server.create())
    with running_gateway(settings, rasa) as web:
        chat = web.customer(web.signed("c-lin"))
        assert chat.say("穿什么码")["messages"][-1]["text"] == "建议 M 码"
        chat.say("转人工")
        with web.agent("xiaolin") as agent:
            agent.post(desk_path(chat, "take"))
            agent.post(desk_path(chat, "messages"), json={"text": "您好", "client_id": "w4"})
            assert agent.get(desk_path(chat)).json()["orders"]
        assert chat.texts()[-1] == "您好"
        assert agent is not None and web.customer().post("human").json()["queue"]["position"] == 1


def test_she_sees_that_the_agent_has_read_it_and_the_agent_that_she_has_read_the_answer(web: Web):
    chat = waiting(web)
    with web.agent("xiaolin") as agent, agent_socket(web) as desk, chat.socket() as page:
        agent.post(desk_path(chat, "take"))
        asked = chat.say("拉链坏了")["messages"][0]["seq"]
        while event_of(page, "marks")["delivered"] < asked:
            pass
        assert chat.all()["marks"] == {"delivered": asked, "read": 0}
        desk.send(json.dumps({"type": "seen", "conversation_id": chat.id, "seq": asked}))
        assert event_of(page, "marks") == {"type": "marks", "delivered": asked, "read": asked}
        reply = agent.post(desk_path(chat, "messages"), json={"text": "我看看", "client_id": "m1"}).json()
        page.send(json.dumps({"type": "seen", "seq": reply["message"]["seq"]}))
        assert event_of(desk, "seen")["seq"] == reply["message"]["seq"]
        assert agent.get(desk_path(chat)).json()["seen_by_customer"] == reply["message"]["seq"]


@pytest.mark.parametrize("seq", [-1, 0, True, "3", None, 2**40])
def test_a_made_up_number_marks_nothing(web: Web, seq: object):
    chat = web.customer()
    with chat.socket() as page:
        event_of(page, "marks")
        page.send(json.dumps({"type": "seen", "seq": seq}))
        page.send(json.dumps({"type": "ping"}))
        event_of(page, "pong")
    assert web.app.state.gateway.desk.marks.of(chat.id).seen == 0


def test_news_of_an_earlier_owner_that_comes_late_is_not_told(web: Web):
    chat = waiting(web)
    gateway = web.app.state.gateway
    with web.agent("xiaolin") as agent, chat.socket() as page:
        queued = gateway.desk.conversations.get(chat.id)
        agent.post(desk_path(chat, "take"))
        while event_of(page, "owner")["owner"] != "human":
            pass
        late = {"type": "owner", "owner": "queued", "version": queued.version, "agent": None}
        gateway.bus.deliver(conversation_topic(chat.id), late)
        agent.post(desk_path(chat, "return"))
        assert event_of(page, "owner")["owner"] == "bot"


@contextmanager
def counted_statements(web: Web) -> Iterator[list[str]]:
    """What the gateway asks its database meanwhile."""
    asked: list[str] = []

    def count(_connection, _cursor, statement, *_):
        asked.append(statement)

    engine = web.app.state.gateway.desk.engine
    sa.event.listen(engine, "before_cursor_execute", count)
    try:
        yield asked
    finally:
        sa.event.remove(engine, "before_cursor_execute", count)


def test_pages_that_come_back_all_at_once_do_not_reach_the_database(rasa, tmp_path, monkeypatch):
    monkeypatch.setattr(Recovery, "once", lambda _self: asyncio.sleep(0))  # it looks after others meanwhile
    with running_gateway(settings_for(tmp_path, rasa), rasa) as web:
        chats = [web.customer() for _ in range(10)]
        for chat in chats:
            with chat.socket() as page:
                event_of(page, "marks")  # the first time the store is read
            chat.say("穿什么码")  # while she is away
        time.sleep(1)  # the desk's lists are told of it a moment later
        with counted_statements(web) as asked:
            for chat in chats:
                with chat.socket(after=1) as page:
                    assert event_of(page, "hello")["recovered"]
                    assert [event_of(page, "message")["message"]["text"] for _ in range(2)] == [
                        "穿什么码",
                        "建议 M 码",
                    ]
                    assert event_of(page, "owner")["owner"] == "bot"
                    event_of(page, "marks")
        assert asked == []


def test_a_page_that_knows_more_than_there_is_is_told_to_begin_anew(web: Web):
    # The shop has gone back to yesterday's backup.
    chat = web.customer()
    with chat.socket(after=40) as page:
        assert event_of(page, "hello") == {"type": "hello", "recovered": False}
        assert event_of(page, "message")["message"]["seq"] == 1


def test_however_many_desks_show_it_a_message_is_noted_as_delivered_once(
    web: Web, monkeypatch: pytest.MonkeyPatch
):
    chat, noted = waiting(web), []
    marks = web.app.state.gateway.desk.marks
    reached_desk = marks.reached_desk

    def reached(conversation_id: str, seq: int) -> Marks | None:
        if conversation_id == chat.id:
            noted.append(seq)
        return reached_desk(conversation_id, seq)

    monkeypatch.setattr(marks, "reached_desk", reached)
    with ExitStack() as stack:
        desks = [stack.enter_context(agent_socket(web)) for _ in range(5)]
        for desk in desks:
            event_of(desk, "hello")
        page = stack.enter_context(chat.socket())
        event_of(page, "marks")
        said = chat.say("还有人吗")["messages"][0]["seq"]
        for desk in desks:
            while event_of(desk, "message")["message"]["seq"] != said:
                pass
        assert event_of(page, "marks")["delivered"] == said
    assert noted == [said]
