"""One decision of a trainer over HTTP: a message, and other ways it was put."""

from __future__ import annotations

from tests.web.conftest import Web


def said(web: Web, text: str) -> str:
    """Id of what a customer has just written."""
    return web.customer().say(text)["messages"][0]["id"]


def test_one_decision_stages_all_ways_a_question_was_put(web: Web):
    first, second = said(web, "能走顺丰到付吗"), said(web, "顺丰到付可以走吗")
    with web.agent("wen") as client:
        body = {"message_id": first, "intent": "ask_courier", "also": [second]}
        answer = client.post("/api/workbench/annotations", json=body)
        assert answer.status_code == 201, answer.text
        staged = client.get("/api/workbench/changes").json()["changes"]
        mine = {change["id"]: change for change in staged}
        assert mine[answer.json()["id"]]["text"] == "能走顺丰到付吗"
        (other,) = answer.json()["also"]
        assert (mine[other]["text"], mine[other]["intent"]) == ("顺丰到付可以走吗", "ask_courier")
        for change in (answer.json()["id"], other):
            assert client.post(f"/api/workbench/changes/{change}/drop").status_code == 200


def test_a_message_that_is_gone_leaves_nothing_staged(web: Web):
    first = said(web, "能走顺丰到付吗")
    with web.agent("wen") as client:
        before = client.get("/api/workbench/changes").json()["changes"]
        body = {"message_id": first, "intent": "ask_courier", "also": ["no-such-message"]}
        assert client.post("/api/workbench/annotations", json=body).status_code == 404
        assert client.get("/api/workbench/changes").json()["changes"] == before


def test_two_demo_trainers_can_review_each_others_scripts(web: Web):
    for username in ("wen", "he"):
        with web.agent(username) as client:
            assert client.get("/api/me").json()["role"] == "trainer"


def test_marked_words_stand_annotated_in_the_diff(web: Web):
    message = said(web, "我168穿哪个合适呀")
    with web.agent("wen") as client:
        assert "height_cm" in client.get("/api/workbench/entities").json()
        marks = [{"entity": "height_cm", "start": 1, "end": 4}]
        body = {"message_id": message, "intent": "ask_size", "entities": marks}
        answer = client.post("/api/workbench/annotations", json=body)
        assert answer.status_code == 201, answer.text
        assert (
            "+    - 我[168](height_cm)穿哪个合适呀\n" in client.get("/api/workbench/changes").json()["diff"]
        )
        client.post(f"/api/workbench/changes/{answer.json()['id']}/drop")


def test_a_mark_outside_the_message_stages_nothing_and_says_why(web: Web):
    message = said(web, "我169穿哪个合适呀")
    with web.agent("wen") as client:
        before = client.get("/api/workbench/changes").json()["changes"]
        marks = [{"entity": "height_cm", "start": 1, "end": 40}]
        body = {"message_id": message, "intent": "ask_size", "entities": marks}
        answer = client.post("/api/workbench/annotations", json=body)
        assert (answer.status_code, answer.json()["type"]) == (422, "entity-outside")
        assert "位置" in answer.json()["title"]
        assert client.get("/api/workbench/changes").json()["changes"] == before


def test_without_a_trained_model_there_is_no_estimate_and_it_says_what_to_do(web: Web):
    with web.agent("wen") as client:
        body = {"texts": ["能走顺丰到付吗"], "intent": "ask_courier"}
        answer = client.post("/api/workbench/estimate", json=body)
        assert (answer.status_code, answer.json()["type"]) == (503, "no-model")
        assert "训练" in answer.json()["title"]
        assert client.post("/api/workbench/estimate", json={**body, "intent": "moon"}).status_code == 422
    with web.agent("aqing") as client:
        assert client.post("/api/workbench/estimate", json=body).status_code == 403
