"""A trainer tries many sentences at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.web.conftest import Web


class Reading:
    def read(self, text: str) -> dict:
        return {"text": text, "intent": {"name": "greet", "confidence": 0.9}}


@pytest.fixture
def web_with_probe(web: Web) -> Web:
    web.app.state.workbench = replace(web.app.state.workbench, probe=Reading())
    return web


def test_sentences_are_read_in_their_order(web_with_probe: Web) -> None:
    with web_with_probe.agent("wen") as trainer:
        answer = trainer.post("/api/workbench/probe", json={"texts": ["在吗", "包邮吗"]})
    assert answer.status_code == 200
    assert [row["text"] for row in answer.json()] == ["在吗", "包邮吗"]


@pytest.mark.parametrize("texts", [[], ["在吗"] * 51, [""]])
def test_none_and_more_than_fifty_are_refused(web_with_probe: Web, texts: list[str]) -> None:
    with web_with_probe.agent("wen") as trainer:
        assert trainer.post("/api/workbench/probe", json={"texts": texts}).status_code == 422


def test_an_agent_may_not(web_with_probe: Web) -> None:
    with web_with_probe.agent("xiaolin") as agent:
        assert agent.post("/api/workbench/probe", json={"texts": ["在吗"]}).status_code == 403
