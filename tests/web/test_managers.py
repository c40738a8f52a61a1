"""The managers' page over HTTP: who may see it, what it tells of a real chat, the tables as CSV."""

from __future__ import annotations

import pytest

from tests.web.conftest import Web

TABLES = ("days", "hours", "reasons", "agents", "remedies", "questions", "scripts")


def test_only_a_supervisor_sees_the_figures(web: Web):
    for username in ("xiaolin", "wen"):
        with web.agent(username) as client:
            assert client.get("/api/managers/report").status_code == 403
            assert client.get("/api/managers/days.csv").status_code == 403
    with web.client() as client:
        assert client.get("/api/managers/report").status_code == 401


def test_a_chat_that_the_bot_answers_and_hands_over_is_in_the_figures_at_once(web: Web):
    with web.agent("zhou") as client:
        before = client.get("/api/managers/report").json()["now"]["service"]
        chat = web.customer()
        chat.say("穿什么码")
        chat.post("human")
        found = client.get("/api/managers/report").json()
    after = found["now"]["service"]
    assert after["visits"] == before["visits"] + 1
    assert after["within_6"] == before["within_6"] + 1
    assert after["handed_over"] == before["handed_over"] + 1
    assert {"reason": "requested", "title": "客户要求人工", "count": 1} in found["reasons"]
    assert found["days"][-1]["visits"] == after["visits"] and len(found["hours"]) == 24


@pytest.mark.parametrize("table", TABLES)
def test_every_table_comes_as_a_sheet_with_a_chinese_head(web: Web, table: str):
    with web.agent("zhou") as client:
        answer = client.get(f"/api/managers/{table}.csv")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")
    assert f"xiaoer-{table}-" in answer.headers["content-disposition"]
    head = answer.text.removeprefix("\ufeff").splitlines()[0]
    assert answer.text.startswith("\ufeff") and len(head.split(",")) >= 2


@pytest.mark.parametrize(
    "wanted",
    [
        {"from": "2026-11-20", "to": "2026-11-19"},
        {"from": "2020-01-01", "to": "2026-11-19"},
        {"from": "yesterday", "to": "2026-11-19"},
    ],
)
def test_a_period_that_is_none_is_refused(web: Web, wanted: dict[str, str]):
    with web.agent("zhou") as client:
        assert client.get("/api/managers/report", params=wanted).status_code == 422


def test_the_figures_stand_in_the_described_surface(web: Web):
    with web.client() as client:
        paths = client.get("/api/openapi.json").json()["paths"]
    assert {"/api/managers/report", "/api/managers/{table}.csv"} <= set(paths)
