"""Nobody reads or does what is not theirs; every route × role × foreign id."""

from __future__ import annotations

import logging
import re
import secrets

import httpx
import pytest

from tests.web.conftest import Web, running_gateway, settings_for
from tests.web.test_desk import desk_path, waiting

CUSTOMER_ROUTES = [
    ("POST", "/api/chat/messages"),
    ("GET", "/api/chat/messages"),
    ("POST", "/api/chat/attachments"),
    ("POST", "/api/chat/human"),
    ("POST", "/api/chat/leave-queue"),
    ("POST", "/api/chat/rating"),
]
OPEN_TO_ALL = {"/api/health", "/api/health/web", "/api/login", "/api/logout", "/api/chat/sessions"}
OPEN_TO_ALL |= {"/api/demo/shop", "/api/demo/customers"}
NEEDS_AGENT = ["take", "messages", "return", "close", "transfer", "notes", "promises", "promises/x"]


def routes(web: Web) -> list[tuple[str, str]]:
    with web.client() as client:
        paths = client.get("/api/openapi.json").json()["paths"]
    return [(method.upper(), path) for path, item in paths.items() for method in item]


def test_every_route_that_is_not_open_to_all_refuses_strangers(web: Web):
    checked = 0
    with web.client() as client:
        for method, path in routes(web):
            if path in OPEN_TO_ALL:
                continue
            answer = client.request(method, re.sub(r"\{\w+\}", "x", path))
            assert answer.status_code == 401, (method, path, answer.status_code)
            assert answer.headers["content-type"] == "application/problem+json"
            checked += 1
    assert checked > 15


def test_a_customers_token_opens_no_route_of_the_desk(web: Web):
    chat = web.customer()
    for method, path in routes(web):
        if path.startswith(("/api/desk", "/api/workbench", "/api/me")):
            answer = chat.client.request(method, re.sub(r"\{\w+\}", chat.id, path))
            assert answer.status_code == 401, (method, path)


def test_a_login_opens_no_customers_route(web: Web):
    with web.agent("xiaolin") as agent:
        for method, path in CUSTOMER_ROUTES:
            assert agent.request(method, path).status_code == 401, path


def test_a_customer_never_reads_another_conversation(web: Web):
    mine, other = web.customer(), web.customer()
    other.say("我的电话是 13800000000")
    assert "13800000000" not in mine.client.get("/api/chat/messages").text
    assert (
        mine.client.get("/api/chat/messages", params={"conversation_id": other.id}).json()["messages"][0][
            "seq"
        ]
        == 1
    )


@pytest.mark.parametrize("step", NEEDS_AGENT)
def test_a_trainer_talks_to_no_customer(web: Web, step: str):
    chat = waiting(web)
    body = {"text": "x", "client_id": "x", "agent": "aqing", "is_done": True}
    with web.agent("wen") as trainer:
        assert trainer.post(desk_path(chat, step), json=body).status_code == 403
    assert chat.all()["owner"] == "queued"


def test_an_agent_trains_no_model(web: Web):
    with web.agent("xiaolin") as agent:
        for method, path in routes(web):
            if path.startswith("/api/workbench"):
                status = agent.request(method, re.sub(r"\{\w+\}", "x", path), json={}).status_code
                assert status == 403, (method, path, status)


@pytest.mark.parametrize("step", ["", *NEEDS_AGENT, "tags", "feedback"])
def test_an_unknown_conversation_is_not_found(web: Web, step: str):
    body = {"text": "x", "client_id": "x", "agent": "aqing", "is_done": True}
    body |= {"department": "product", "quote": "x"}
    with web.agent("xiaolin") as agent:
        path = "/api/desk/conversations/no-such-id" + (f"/{step}" if step else "")
        answer = agent.post(path, json=body) if step else agent.get(path)
    assert (answer.status_code, answer.json()["type"]) == (404, "not-found")


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_another_site_cannot_act_with_an_agents_cookie(web: Web, headers: dict[str, str]):
    chat = waiting(web)
    with web.agent("xiaolin") as agent:
        refused = agent.post(desk_path(chat, "take"), headers=headers)
        assert (refused.status_code, refused.json()["type"]) == (403, "wrong-origin")
        allowed = agent.post(
            desk_path(chat, "take"), headers={"Origin": web.url, "Sec-Fetch-Site": "same-origin"}
        )
        assert allowed.status_code == 200


def test_another_site_cannot_open_the_desks_socket(web: Web):
    from websockets.exceptions import InvalidStatus

    cookie = "; ".join(f"{name}={value}" for name, value in web.agent("xiaolin").cookies.items())
    with pytest.raises(InvalidStatus) as refused:
        web.socket("/api/desk/ws", additional_headers={"Cookie": cookie}, origin="https://evil.example")
    assert refused.value.response.status_code == 403


def test_the_widget_may_chat_from_a_shops_own_page(web: Web):
    with web.client(headers={"Origin": "https://shop.example"}) as client:
        asked = client.options(
            "/api/chat/messages",
            headers={
                "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "authorization",
            },
        )
        opened = client.post("/api/chat/sessions", json={})
    assert asked.status_code == 204 and "authorization" in asked.headers["access-control-allow-headers"]
    assert opened.status_code == 201 and opened.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in opened.headers


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(web: Web):
    with web.client() as client:
        body = {"username": "aqing", "password": web.password("aqing")}
        cookie = client.post("/api/login", json=body).headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie
        assert client.get("/api/me").json()["username"] == "aqing"
        assert client.post("/api/logout").status_code == 204
        assert client.get("/api/me").status_code == 401


def test_a_session_dies_on_the_server_with_logout(web: Web):
    with web.client() as client:
        client.post("/api/login", json={"username": "aqing", "password": web.password("aqing")})
        stolen = dict(client.cookies)
        client.post("/api/logout")
    with web.client(cookies=stolen) as thief:
        assert thief.get("/api/me").status_code == 401


@pytest.mark.parametrize("path", ["/api/health/web", "/", "/api/desk/conversations"])
def test_every_answer_carries_the_security_headers(web: Web, path: str):
    with web.client() as client:
        headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert (
        "script-src 'self';" in policy
        and "object-src 'none'" in policy
        and "frame-ancestors 'none'" in policy
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers or "uvicorn" in headers["server"]


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_too_large_is_refused(web: Web, chunked: bool):
    data = b'{"text": "' + b"x" * 100_000 + b'", "client_id": "a"}'
    chat = web.customer()
    body = (part for part in (data[:60_000], data[60_000:])) if chunked else data
    refused = chat.client.post(
        "/api/chat/messages", content=body, headers={"Content-Type": "application/json"}
    )
    assert (refused.status_code, refused.json()["type"]) == (413, "too-large")


def test_a_refused_value_is_never_repeated(web: Web):
    canary = secrets.token_hex(8)
    with web.client() as client:
        answer = client.post("/api/login", json={"username": "x" * 99 + canary, "password": [canary]})
    assert answer.status_code == 422 and canary not in answer.text


def test_no_log_holds_a_customers_words_or_token(web: Web, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG, logger="bot")
    canary = f"出错了{secrets.token_hex(8)}"
    chat = web.customer()
    chat.say(canary)
    with chat.socket():
        pass
    with web.agent("xiaolin") as agent:
        agent.post(desk_path(chat, "take"))
    assert caplog.records and canary not in caplog.text and chat.token not in caplog.text


def test_guessing_a_password_ends_after_a_few_tries_also_with_the_right_one(rasa, tmp_path):
    with running_gateway(settings_for(tmp_path, rasa), rasa) as web, web.client() as client:
        wrong = [
            client.post("/api/login", json={"username": "aqing", "password": str(n)}).status_code
            for n in range(6)
        ]
        assert wrong == [401] * 5 + [429]
        right = client.post("/api/login", json={"username": "aqing", "password": web.password("aqing")})
        assert right.status_code == 429 and int(right.headers["retry-after"]) > 0
        assert "秒后再试" in right.json()["title"]
        assert web.agent("xiaolin").get("/api/me").status_code == 200


def test_one_customer_cannot_flood_the_bot(rasa, tmp_path):
    with running_gateway(settings_for(tmp_path, rasa), rasa) as web:
        chat, calm = web.customer(), web.customer()
        statuses = (chat.post("rating", {"score": 5}).status_code for _ in range(80))
        # The minute slides: some more pass where the turn of a minute lies between them.
        assert 60 <= next(sent for sent, status in enumerate(statuses) if status == 429) < 75
        assert calm.post("rating", {"score": 5}).status_code == 204


def test_the_switch_for_benchmarks_lifts_the_limits(rasa, tmp_path):
    with running_gateway(settings_for(tmp_path, rasa, rate_limits=False), rasa) as web:
        chat = web.customer()
        assert {chat.post("rating", {"score": 5}).status_code for _ in range(70)} == {204}


def test_paths_cannot_leave_the_folders_that_are_served(web: Web):
    with httpx.Client(base_url=web.url, trust_env=False) as client:
        for path in (
            "/shop-images/../policy.yml",
            "/shop-images/%2e%2e/policy.yml",
            "/%2e%2e%2fapp.py",
            "/.env",
        ):
            assert client.get(path).status_code == 404, path
