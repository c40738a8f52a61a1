"""The HTTP surface against its own OpenAPI text: no generated request makes the gateway fail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error

from tests.web.conftest import Web, running_gateway, settings_for
from tests.web.rasa_stand_in import ScriptedRasa

OURS = r"^/api/"
STARTS_WORK = r"^/api/workbench/(runs|insights/measure)$"
"""A POST to these trains or measures for minutes; who may is in test_role_matrix.py."""
WHO = {"/api/workbench/": "wen", "/api/managers/": "zhou", "/api/desk/approvals": "zhou"}
"""The login that gets furthest; everything else is tried as an agent (and, with her token, as a customer)."""


@pytest.fixture(scope="module")
def unlimited(rasa: ScriptedRasa, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with running_gateway(settings_for(tmp_path_factory.mktemp("api"), rasa, rate_limits=False), rasa) as web:
        yield web


def try_operation(operation: Any, web: Web, session: str) -> None:
    """A few generated requests, sent as a customer and an agent at once."""
    chat = web.customer()
    headers = {"Authorization": f"Bearer {chat.token}", "Cookie": f"xiaoer_session={session}"}

    @settings(max_examples=4, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def holds(case: Any) -> None:
        if "conversation_id" in case.path_parameters:
            case.path_parameters["conversation_id"] = chat.id
        answer = case.call(headers=headers)
        if answer.status_code != 503:  # said clearly below: this gateway has no trained model beside it
            case.validate_response(answer, checks=[not_a_server_error])
        if answer.status_code >= 400:
            assert answer.headers["content-type"][0] == "application/problem+json", answer.text
            assert answer.json()["title"] and answer.json()["type"] != "storage-down"

    holds()


def login_for(web: Web, path: str) -> str:
    name = next((name for start, name in WHO.items() if path.startswith(start)), "xiaolin")
    return web.agent(name).cookies["xiaoer_session"]


def test_no_generated_request_makes_the_gateway_fail(unlimited: Web):
    schema = schemathesis.openapi.from_url(f"{unlimited.url}/api/openapi.json").include(path_regex=OURS)
    schema = schema.exclude(path_regex=STARTS_WORK, method="POST")
    operations = [result.ok() for result in schema.get_all_operations()]
    tried = {part: 0 for part in ("chat", "desk", "workbench", "managers")}
    for operation in operations:
        try_operation(operation, unlimited, login_for(unlimited, operation.path))
        for part in tried:
            tried[part] += operation.path.startswith(f"/api/{part}/")
    assert all(tried.values()) and len(operations) > 70, tried
