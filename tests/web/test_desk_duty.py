"""Online, resting, away; how many customers one takes; who else is looking: over HTTP and the desk's socket."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.web.conftest import Web, event_of
from tests.web.test_desk import desk_path, waiting
from tests.web.test_sockets import agent_socket


@pytest.fixture(autouse=True)
def back_at_work(web: Web) -> Iterator[None]:
    yield
    for username in ("xiaolin", "zhou"):
        with web.agent(username) as agent:
            agent.post("/api/desk/duty", json={"presence": "online"})
            for row in agent.get("/api/desk/conversations?state=mine").json():
                agent.post(f"/api/desk/conversations/{row['id']}/close", json={})


def test_an_agent_takes_a_rest_and_her_colleagues_see_it(web: Web):
    with web.agent("xiaolin") as agent, agent_socket(web, "aqing") as other:
        event_of(other, "hello")
        mine = agent.post("/api/desk/duty", json={"presence": "rest"}).json()
        assert (mine["presence"], mine["capacity"]) == ("rest", 50)
        assert event_of(other, "duty") == {"type": "duty", "username": "xiaolin", "presence": "rest"}
        team = {each["username"]: each for each in agent.get("/api/desk/agents").json()}
        assert team["xiaolin"]["presence"] == "rest" and team["zhou"]["capacity"] == 2
        assert agent.post("/api/desk/duty", json={"presence": "asleep"}).status_code == 422
    with web.agent("wen") as trainer:
        assert trainer.post("/api/desk/duty", json={"presence": "away"}).status_code == 403


def test_a_claim_beyond_her_capacity_is_refused_kindly_and_the_customer_keeps_her_place(web: Web):
    chats = [waiting(web) for _ in range(3)]
    with web.agent("zhou") as agent:
        answers = [agent.post(desk_path(chat, "take"), json={}) for chat in chats]
        assert [answer.status_code for answer in answers] == [200, 200, 409]
        assert answers[-1].json()["type"] == "hands-full" and "2 位" in answers[-1].json()["title"]
        assert agent.get("/api/desk/duty").json()["load"] == 2
    assert chats[-1].all()["owner"] == "queued"


def test_nothing_is_passed_on_to_a_colleague_who_is_away_or_full(web: Web):
    mine, *hers = [waiting(web) for _ in range(3)]
    with web.agent("xiaolin") as agent, web.agent("zhou") as other:
        agent.post(desk_path(mine, "take"), json={})
        other.post("/api/desk/duty", json={"presence": "away"})
        refused = agent.post(desk_path(mine, "transfer"), json={"agent": "zhou"})
        assert (refused.status_code, refused.json()["type"]) == (409, "colleague-away")
        for chat in hers:
            assert other.post(desk_path(chat, "take"), json={}).status_code == 200
        assert other.get("/api/desk/duty").json()["presence"] == "online"  # she took one: she is back
        refused = agent.post(desk_path(mine, "transfer"), json={"agent": "zhou"})
        assert (refused.status_code, refused.json()["type"]) == (409, "colleague-full")
        assert "周店长" in refused.json()["title"]


def test_who_comes_back_is_offered_to_the_agent_she_knows(web: Web):
    first = web.customer(web.signed("c-lin"))
    first.say("转人工")
    with web.agent("xiaolin") as agent, agent_socket(web) as desk:
        agent.post(desk_path(first, "take"), json={})
        agent.post(desk_path(first, "close"), json={})
        again = web.customer(web.signed("c-lin"))
        again.say("转人工")
        while (event := event_of(desk, "conversation")["conversation"])["id"] != again.id or not event[
            "offer"
        ]:
            pass
    assert (event["owner"], event["offer"]["agent"], event["offer"]["name"]) == ("queued", "xiaolin", "小林")


def test_colleagues_see_who_else_looks_at_a_conversation(web: Web):
    chat = waiting(web)
    with agent_socket(web) as mine, agent_socket(web, "aqing") as other:
        event_of(mine, "hello"), event_of(other, "hello")
        mine.send(json.dumps({"type": "look", "conversation_id": chat.id, "asks": True}))
        seen = event_of(other, "look")
        assert (seen["conversation_id"], seen["name"], seen["asks"]) == (chat.id, "小林", True)
        mine.send(json.dumps({"type": "look", "conversation_id": ["x"]}))
        mine.send(json.dumps({"type": "look", "conversation_id": None}))
        assert event_of(other, "look")["conversation_id"] is None


def test_the_team_is_shown_to_nobody_outside(web: Web):
    with web.client() as stranger:
        assert stranger.get("/api/desk/duty").status_code == 401
        assert stranger.get("/api/desk/agents").status_code == 401


def test_a_supervisor_sets_how_many_customers_an_agent_takes(web: Web):
    path = "/api/desk/agents/aqing/capacity"
    with web.agent("zhou") as boss, web.agent("aqing") as agent, agent_socket(web, "aqing") as page:
        event_of(page, "hello")
        before = agent.get("/api/desk/duty").json()["capacity"]
        assert boss.put(path, json={"capacity": 1}).json()["capacity"] == 1
        assert event_of(page, "duty")["username"] == "aqing"
        chats = [waiting(web) for _ in range(2)]
        answers = [agent.post(desk_path(chat, "take"), json={}) for chat in chats]
        assert [answer.status_code for answer in answers] == [200, 409]
        assert "1 位" in answers[-1].json()["title"]
        assert boss.put(path, json={"capacity": None}).json()["capacity"] == before
        assert boss.put(path, json={"capacity": 0}).status_code == 422
        assert boss.put("/api/desk/agents/nobody/capacity", json={"capacity": 3}).status_code == 404
        assert agent.put(path, json={"capacity": 9}).status_code == 403
        assert agent.post(desk_path(chats[0], "close"), json={}).status_code == 200
