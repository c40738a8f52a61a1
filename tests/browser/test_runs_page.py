"""The page of training runs in every state a run can be in, in Chromium: what it says, what can be pressed, and that
nothing serious stands in anybody's way, light and dark. The runs are made here; test_trainer.py trains for real."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.test_accessibility import GRAVE, axe, log_in, page  # noqa: F401 - fixtures
from tests.web.conftest import Web, rasa, web  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
BEGUN = "2026-11-22T06:00:00+00:00"


def scores(accuracy: float, shipping: float, misread: list[str]) -> dict[str, Any]:
    each = {"precision": shipping, "recall": shipping, "f1": shipping, "support": 20}
    return {
        "accuracy": accuracy,
        "macro_f1": accuracy - 0.01,
        "intents": {"ask_ship_time": each, "ask_size": {**each, "f1": 0.95}},
        "misread": [
            {"text": text, "expected": "ask_ship_time", "read_as": "urge_shipping", "confidence": 0.6}
            for text in misread
        ],
    }


def run(state: str, **more: Any) -> dict[str, Any]:
    worked = state not in ("queued", "training", "evaluating", "failed")
    after = scores(0.951, 0.94, ["明天能走不"]) if worked else None
    return {
        "id": f"r-{state}",
        "state": state,
        "progress": 1.0 if worked else 0.0,
        "trainer": "wen",
        "created_at": BEGUN,
        "finished_at": "2026-11-22T06:05:00+00:00" if worked or state == "failed" else None,
        "error": "",
        "changes": 3,
        "accuracy": after and after["accuracy"],
        "macro_f1": after and after["macro_f1"],
        "step": "",
        "diff": "--- data/nlu/a.yml\n+++ data/nlu/a.yml\n@@ -1,1 +1,2 @@\n - 几号发货\n+- 明天能走不\n"
        if worked
        else "",
        "model": None,
        "previous_model": None,
        "before": scores(0.948, 0.93, ["明天能走不", "啥时候寄"]) if worked else None,
        "after": after,
        "gate": [],
        "is_gated": False,
        **more,
    }


OLDER = run("rolled_back", id="r-older", accuracy=0.93)
STATES = {
    "queued": (run("queued"), "排队中", "等前一次训练结束"),
    "training": (run("training", progress=0.42, step="42 / 100 轮"), "训练中", "已学完 42 / 100 轮"),
    "evaluating": (run("evaluating", progress=0.93), "评测中", "新旧模型打分"),
    "ready": (run("ready"), "可以发布", "没有意图降得太多"),
    "gated": (
        run(
            "ready",
            id="r-gated",
            is_gated=True,
            gate=[{"intent": "ask_ship_time", "before": 0.93, "after": 0.81}],
        ),
        "先别发布",
        "0.930 → 0.810",
    ),
    "promoted": (run("promoted"), "已发布", "已在线上"),
    "rolled_back": (run("rolled_back"), "已回滚", "回到了暂存"),
    "failed": (
        run("failed", error="data/nlu/a.yml 第 12 行：意图写了两遍"),
        "失败",
        "第 12 行：意图写了两遍",
    ),
}


def stub(page: Page, shown: dict[str, Any]) -> None:  # noqa: F811
    """The gateway's answers about runs, this one newest."""

    def answer(route: Route) -> None:
        one = route.request.url.rstrip("/").rsplit("/", 1)[-1] != "runs"
        body = shown if one else [shown, OLDER]
        route.fulfill(status=200, content_type="application/json", body=json.dumps(body))

    page.route("**/api/workbench/runs**", answer)


@pytest.mark.parametrize("state", STATES)
def test_a_run_says_how_it_stands_and_what_can_be_done(
    page: Page,  # noqa: F811
    web: Web,  # noqa: F811
    axe: str,  # noqa: F811
    state: str,
) -> None:
    shown, title, words = STATES[state]
    stub(page, shown)
    log_in(page, web, "/workbench", "wen")
    page.get_by_test_id("tab-runs").click()
    head = page.get_by_test_id("run-state")
    expect(head).to_have_text(title)
    expect(page.locator("article.run")).to_contain_text(words)
    expect(page.get_by_test_id("run-history").locator("b").first).to_have_text(title)
    is_busy = state in ("queued", "training", "evaluating")
    expect(page.get_by_test_id("run-progress")).to_have_count(1 if is_busy else 0)
    start = page.get_by_test_id("run-start")
    expect(start).to_be_disabled() if is_busy else expect(start).to_be_enabled()
    expect(page.get_by_test_id("promote")).to_have_count(1 if shown["state"] == "ready" else 0)
    expect(page.get_by_test_id("rollback")).to_have_count(1 if state == "promoted" else 0)
    if state == "gated":
        page.get_by_test_id("promote").click()
        expect(page.get_by_test_id("promote-force")).to_be_visible()
    page.evaluate(axe)
    report = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    grave = [rule for rule in report["violations"] if rule["impact"] in GRAVE]
    assert not grave, [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in grave]
