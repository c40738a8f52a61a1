"""A trainer at the workbench, in Chromium: the one message the bot misread, corrected, trained, published, taken back.

The language data and the models are copies, so that publishing does not change this checkout.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from bot.settings import ROOT, get_settings
from bot.training.dialogue_model import current_model, promote
from bot.training.runs import COPIED
from tests.browser.test_agent import log_in, visitor
from tests.live import Stack, running_stack

pytestmark = [pytest.mark.browser, pytest.mark.live, pytest.mark.timeout(900)]
TRAINING_MS = 600_000
ODD = "蹲上新 记得喊我呗老铁"
"""Slang for wanting a message when something new or restocked arrives; no example says it like that."""
MEANT = "ask_stock"


@pytest.fixture(scope="module")
def own_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("trainer")
    checkout, models = folder / "checkout", folder / "models"
    for name in COPIED:
        target = checkout / name
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        copy(ROOT / name, target)
    ours = get_settings().models_dir
    shutil.copytree(ours / "faq", models / "faq")
    shutil.copytree(ours / "encoder", models / "encoder")
    (models / "rasa").mkdir()
    model = current_model(get_settings()).resolve()
    shutil.copyfile(model, models / "rasa" / model.name)
    overrides = {"models_dir": models, "nlu_dir": checkout / "data" / "nlu"}
    settings = get_settings().model_copy(update=overrides)
    promote(settings, models / "rasa" / model.name)
    with running_stack(folder / "var", **overrides) as running:
        yield running


def ask(stack: Stack, text: str) -> None:
    with httpx.Client(base_url=stack.url, timeout=30, trust_env=False) as client:
        token = client.post("/api/chat/sessions", json={}).json()["token"]
        headers = {"Authorization": f"Bearer {token}"}
        client.post(
            "/api/chat/messages", json={"text": text, "client_id": "1"}, headers=headers
        ).raise_for_status()


def test_a_misread_message_is_fixed_trained_and_published_read_right_and_taken_back(
    browser: Browser, own_stack: Stack
) -> None:
    ask(own_stack, ODD)
    with visitor(browser) as page:
        log_in(page, own_stack, "/workbench", "wen")
        expect(page.get_by_test_id("inbox-message")).to_contain_text(ODD)
        page.keyboard.press("n")
        page.get_by_test_id("intent-search").fill("库存")
        page.get_by_test_id(f"intent-option-{MEANT}").click()
        expect(page.get_by_test_id("inbox-message").filter(has_text=ODD)).to_have_count(0)

        page.get_by_test_id("tab-changes").click()
        expect(page.get_by_test_id("changes-diff")).to_contain_text(f"- {ODD}")

        page.get_by_test_id("tab-runs").click()
        page.get_by_test_id("run-start").click()
        ready = page.locator("[data-testid=run-state][data-state=ready]")
        expect(ready.first).to_be_visible(timeout=TRAINING_MS)
        expect(page.get_by_test_id("scores")).to_be_visible()
        force = page.get_by_test_id("promote-force")
        page.get_by_test_id("promote").click() if not force.count() else force.click()
        confirm = page.get_by_role("button", name="仍然发布")
        if confirm.count():
            confirm.last.click()
        promoted = page.locator("[data-testid=run-state][data-state=promoted]")
        expect(promoted.first).to_be_visible(timeout=60_000)

        page.get_by_test_id("tab-probe").click()
        page.get_by_test_id("probe-input").fill(ODD)
        page.get_by_test_id("probe-send").click()
        expect(page.get_by_test_id("probe-intent")).to_contain_text("库存")
        file = own_stack.settings.nlu_dir / "before_sale" / f"{MEANT}.yml"
        assert f"    - {ODD}\n" in file.read_text(encoding="utf-8")

        page.get_by_test_id("tab-runs").click()
        page.get_by_test_id("rollback").click()
        page.get_by_test_id("rollback-confirm").click()
        back = page.locator("[data-testid=run-state][data-state=rolled_back]")
        expect(back.first).to_be_visible(timeout=60_000)
    assert ODD not in file.read_text(encoding="utf-8")


def test_an_agent_who_opens_the_workbench_is_led_to_her_desk(browser: Browser, own_stack: Stack) -> None:
    with visitor(browser) as page:
        log_in(page, own_stack, "/workbench", "xiaolin")
        expect(page.get_by_test_id("lists")).to_be_visible()
        assert page.request.get(f"{own_stack.url}/api/workbench/inbox").status == 403


def test_publishing_did_not_touch_this_checkout(own_stack: Stack) -> None:
    assert own_stack.settings.nlu_dir != Path(get_settings().nlu_dir)
    assert ODD not in (ROOT / "data/nlu/before_sale" / f"{MEANT}.yml").read_text(encoding="utf-8")
