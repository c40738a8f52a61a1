"""Every route × every role: who may call it is written down here once more, by rule, and held against the route table.
A new route that no rule fits fails `test_every_route_has_its_rule`."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.web.conftest import Web
from tests.web.test_security import OPEN_TO_ALL, routes

PEOPLE = {"agent": "xiaolin", "trainer": "wen"}
"""Who may do less than everything; a supervisor may call whatever the shop's people may."""
EVERYBODY, DESK, TRAINERS, SUPERVISORS = {"agent", "trainer"}, {"agent"}, {"trainer"}, set[str]()
RULES: list[tuple[str, str, set[str] | None]] = [
    # method, path, roles besides the supervisor; None: no login opens it
    (".*", "/api/chat/.*|/api/attachments/.*", None),
    (".*", "/api/me", EVERYBODY),
    (".*", "/api/managers/.*", SUPERVISORS),
    (".*", "/api/workbench/.*", TRAINERS),
    (".*", "/api/desk/conversations/{conversation_id}/(tags.*|feedback)", EVERYBODY),
    ("GET", "/api/desk/conversations/{conversation_id}/remedies", DESK),
    ("GET", "/api/desk/.*", EVERYBODY),
    (".*", "/api/desk/.*", DESK),
]


def rule_of(method: str, path: str) -> set[str] | None:
    for methods, paths, roles in RULES:
        if re.fullmatch(methods, method) and re.fullmatch(paths, path):
            return roles
    raise AssertionError(f"nobody has said who may call {method} {path}: add a rule")


def guarded(web: Web) -> Iterator[tuple[str, str, set[str] | None]]:
    for method, path in routes(web):
        if path not in OPEN_TO_ALL:
            yield method, path, rule_of(method, path)


def test_every_route_has_its_rule(web: Web):
    assert len(list(guarded(web))) > 50


@pytest.mark.parametrize("role", PEOPLE)
def test_each_role_is_refused_what_is_not_its_own(web: Web, role: str):
    wrong, refused = [], 0
    with web.agent(PEOPLE[role]) as person:
        for method, path, roles in guarded(web):
            if roles is None or role in roles:
                continue  # what it may do is done by other tests
            status = person.request(method, re.sub(r"\{\w+\}", "no-such", path), json={}).status_code
            refused += 1
            if status != 403:
                wrong.append((method, path, status))
    assert refused > 10
    assert not wrong


def test_an_id_of_nothing_opens_nothing_whoever_asks(web: Web):
    wrong = []
    body = {
        "text": "x",
        "client_id": "x",
        "agent": "aqing",
        "is_done": True,
        "quote": "x",
        "department": "product",
    }
    with web.agent("xiaolin") as agent:
        for method, path, roles in guarded(web):
            if roles is None or "agent" not in roles or "{" not in path or "{text}" in path:
                continue
            foreign = re.sub(r"\{\w+\}", "no-such", path)
            status = agent.request(method, foreign, json=None if method == "GET" else body).status_code
            if status not in (403, 404, 409, 422):
                wrong.append((method, path, status))
    assert not wrong
