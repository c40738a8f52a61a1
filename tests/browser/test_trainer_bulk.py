"""A trainer works through many messages, in Chromium: ticked and decided together, taken back, written one by one.

What agents turned down is found again here, and a script gets a picture. Language data and models are copies.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_agent import visitor
from tests.browser.test_workbench import SLOW_MS, enter, gateway, unsure  # noqa: F401 - a fixture
from tests.web.conftest import Web
from tests.web.rasa_stand_in import SCRIPT

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
ODD = ("嗯嗯行吧那先这样哈", "啊这个嘛再瞅瞅呗", "蹲一个到货喊我哦", "到啦记得吱一声嘛")
ASKED = "登录不上怎么办"


@pytest.fixture
def many(gateway: Web, monkeypatch: pytest.MonkeyPatch) -> Web:  # noqa: F811
    """Four customers wrote what the bot was unsure of."""
    for text in ODD:
        monkeypatch.setitem(SCRIPT, text, unsure("ask_stock"))
        gateway.customer().say(text)
    return gateway


def line(page: Page, text: str) -> None:
    page.get_by_test_id("inbox-table").locator("label", has_text=text).get_by_role("checkbox").check()


def test_messages_are_ticked_decided_together_taken_back_and_written_one_by_one(
    browser: Browser, many: Web
) -> None:
    file: Path = next(many.settings.nlu_dir.rglob("ask_stock.yml"))
    with visitor(browser) as page:
        enter(page, many, "inbox")
        expect(page.get_by_test_id("inbox-left")).to_be_visible(timeout=SLOW_MS)
        page.keyboard.press("l")
        for text in ODD[:2]:
            line(page, text)
        expect(page.get_by_test_id("inbox-ticked")).to_have_text("2")
        page.get_by_test_id("table-aside").click()
        expect(page.get_by_test_id("inbox-table")).not_to_contain_text(ODD[0])
        for text in ODD[2:]:
            line(page, text)
        page.keyboard.press("n")
        page.get_by_test_id("intent-search").fill("库存")
        page.get_by_test_id("intent-option-ask_stock").click()
        expect(page.get_by_test_id("inbox-last")).to_contain_text("标为")
        page.keyboard.press("z")
        page.keyboard.press("z")
        expect(page.get_by_test_id("inbox-table")).to_contain_text(ODD[2])
        for text in ODD[2:]:
            line(page, text)
        page.get_by_test_id("intent-search").fill("库存")
        page.get_by_test_id("intent-option-ask_stock").click()

        page.get_by_test_id("tab-changes").click()
        change = page.get_by_test_id("change")
        expect(change).to_have_count(2, timeout=SLOW_MS)
        change.filter(has_text=ODD[2]).get_by_test_id("change-apply").click()
        expect(change).to_have_count(1, timeout=SLOW_MS)
        change.filter(has_text=ODD[3]).get_by_test_id("change-drop").click()
        expect(page.get_by_test_id("changes-empty")).to_be_visible(timeout=SLOW_MS)
    written = file.read_text(encoding="utf-8")
    assert f"    - {ODD[2]}\n" in written and ODD[3] not in written


def test_a_suggestion_is_turned_down_at_the_desk_and_mended_with_a_picture_at_the_workbench(
    browser: Browser,
    gateway: Web,  # noqa: F811
) -> None:
    chat = gateway.customer()
    chat.say("转人工")
    with gateway.agent("xiaolin") as agent:
        agent.post(f"/api/desk/conversations/{chat.id}/take", json={})
    chat.say(ASKED)
    with visitor(browser) as desk:
        desk.goto(f"{gateway.url}/desk#{chat.id}")
        desk.get_by_test_id("login-username").fill("xiaolin")
        desk.get_by_test_id("login-password").fill(gateway.password("xiaolin"))
        desk.get_by_test_id("login-submit").click()
        box = desk.get_by_test_id("reply-input")
        expect(desk.get_by_test_id("suggestion-1")).to_contain_text("登录", timeout=SLOW_MS)
        box.press("Tab")
        first = box.input_value()
        box.press("Tab")
        expect(box).not_to_have_value(first)
        box.fill("")
        box.press("Alt+1")
        desk.get_by_test_id("why-incomplete").click()
        expect(desk.get_by_text("训练师会看到")).to_be_visible()

        with visitor(browser) as page:
            enter(page, gateway, "insights")
            page.get_by_test_id("rejected-script").get_by_role("button").first.click(timeout=SLOW_MS)
            image = page.get_by_test_id("script-image-0")
            image.select_option("blanket.svg", timeout=SLOW_MS)
            expect(page.get_by_test_id("script-preview-image")).to_be_visible()
            page.get_by_test_id("script-save").click(timeout=SLOW_MS)
            page.get_by_test_id("script-publish").click(timeout=SLOW_MS)
            expect(page.get_by_test_id("script-rollback")).to_be_visible(timeout=SLOW_MS)
        assert "image: blanket.svg" in (gateway.settings.faq_dir / "account.yml").read_text(encoding="utf-8")

        desk.reload()  # what was turned down is gone only until she looks again
        expect(desk.get_by_test_id("suggestion-1")).to_be_visible(timeout=SLOW_MS)
        box.press("Control+1")
        expect(desk.get_by_test_id("transcript").locator("img[src$='blanket.svg']")).to_be_visible()
    sent = chat.all()["messages"][-1]
    assert sent["image"] == "/shop-images/blanket.svg" and sent["text"]
