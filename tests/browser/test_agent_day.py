"""The rest of an agent's day, in Chromium, in front of a scripted bot: a price asked for and declined, the lists
narrowed down, the closing list and the sheet for the next shift, and fifty sentences tried at once by a trainer."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_agent_flows import at_the_desk, detail
from tests.browser.test_agent_tools import chat, desk  # noqa: F401 - fixtures
from tests.web.conftest import Chat, Web, rasa, web  # noqa: F401 - fixtures
from tests.web.test_desk import desk_path
from tests.web.test_desk_orders import order  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_a_price_beyond_her_authority_is_declined_with_a_word_asked_again_and_withdrawn(
    browser: Browser,
    web: Web,  # noqa: F811
    order: dict[str, Any],  # noqa: F811
) -> None:
    chat = web.customer(web.signed("c-lin"), order_id=order["id"])  # noqa: F811
    chat.say("转人工")
    with web.agent("xiaolin") as agent:
        agent.post(desk_path(chat, "take"), json={})
    with (
        at_the_desk(browser, web, "xiaolin", f"/desk#{chat.id}") as page,
        at_the_desk(browser, web, "zhou") as above,
    ):
        page.get_by_test_id("order-price").first.click()
        page.get_by_test_id("order-value").fill("550")
        page.get_by_test_id("ask-price").click()
        page.get_by_test_id("approval-reason").fill("老客户一次拍两件")
        page.get_by_test_id("approval-ask").click()
        asked = page.get_by_test_id("approvals").locator("[data-state=asked]")
        expect(asked).to_contain_text("550")
        expect(above.get_by_test_id("approvals-count")).to_be_visible()
        above.keyboard.press("a")
        wish = above.get_by_test_id("approval").filter(has_text="老客户一次拍两件")
        wish.get_by_test_id("approval-word").fill("最低 570")
        wish.focus()
        wish.press("n")
        declined = page.get_by_test_id("approvals").locator("[data-state=declined]")
        expect(declined).to_contain_text("最低 570")

        page.get_by_test_id("order-price").first.click()
        page.get_by_test_id("order-value").fill("560")
        page.get_by_test_id("ask-price").click()
        page.get_by_test_id("approval-reason").fill("再问一次")
        page.get_by_test_id("approval-reason").press("Enter")
        asked.get_by_role("button", name="撤回").click()
        expect(asked).to_have_count(0)
    states = [each["state"] for each in detail(web, chat)["approvals"]]
    assert sorted(states) == ["declined", "withdrawn"]


def test_the_lists_are_narrowed_to_what_is_urgent_and_back(
    desk: Page,  # noqa: F811
    web: Web,  # noqa: F811
    chat: Chat,  # noqa: F811
) -> None:
    calm, grave = web.customer(), web.customer()
    calm.say("转人工")
    grave.say("过敏了")
    rows = {each.id: desk.locator(f"[data-conversation-id='{each.id}']") for each in (calm, grave)}
    expect(rows[grave.id].get_by_test_id("waits-for")).to_contain_text("安全")
    expect(rows[calm.id]).to_be_visible()
    desk.keyboard.press("Escape")
    desk.get_by_test_id("filter-urgent").press("Enter")
    expect(rows[calm.id]).to_have_count(0)
    expect(rows[grave.id]).to_be_visible()
    desk.get_by_test_id("filter-clear").press("Enter")
    expect(rows[calm.id]).to_be_visible()


def test_a_promise_is_ticked_off_the_closing_list_and_the_rest_is_written_down_for_the_next_shift(
    desk: Page,  # noqa: F811
    web: Web,  # noqa: F811
    chat: Chat,  # noqa: F811
) -> None:
    with web.agent("xiaolin") as agent:
        for text in ("今晚前回电", "补寄纽扣"):
            promise = {"text": text, "due": "2099-01-01T10:00:00+08:00"}
            assert agent.post(desk_path(chat, "promises"), json=promise).status_code < 300
    desk.reload()
    expect(desk.get_by_test_id("reply-input")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("d")
    rows = desk.get_by_test_id("open-promise")
    rows.filter(has_text="今晚前回电").get_by_test_id("promise-done").press("Enter")
    expect(rows.filter(has_text="今晚前回电")).to_have_count(0)
    desk.get_by_test_id("shift-copy").press("Enter")
    sheet = desk.get_by_test_id("shift-sheet").input_value()
    assert "补寄纽扣" in sheet and "今晚前回电" not in sheet and "林晴" in sheet
    kept = {each["text"]: each["is_done"] for each in detail(web, chat)["promises"]}
    assert kept == {"今晚前回电": True, "补寄纽扣": False}


PASTE = """(box, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
}"""


def test_several_lines_pasted_into_the_probe_are_several_sentences(browser: Browser, web: Web) -> None:  # noqa: F811
    with at_the_desk(browser, web, "zhou") as page:
        page.goto(f"{web.url}/workbench")
        page.get_by_test_id("tab-probe").click()
        page.get_by_test_id("probe-input").evaluate(PASTE, "穿什么码\n拉链坏了\n\n能便宜吗\n")
        expect(page.get_by_test_id("probe-many")).to_have_value("穿什么码\n拉链坏了\n能便宜吗")
        expect(page.get_by_test_id("probe-many-send")).to_contain_text("3 句")
