"""What agents do for real, in Chromium, in front of a scripted bot: by keyboard, with colleagues, without a network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from bot.shop.records.orders import OrderState
from tests.browser.test_agent_tools import chat, desk  # noqa: F401 - fixtures
from tests.web.conftest import Chat, Web, rasa, web  # noqa: F401 - fixtures
from tests.web.test_desk_tools import ORDER

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@contextmanager
def at_the_desk(browser: Browser, web: Web, username: str, path: str = "/desk") -> Iterator[Page]:  # noqa: F811
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page = context.new_page()
    page.goto(web.url + path)
    page.get_by_test_id("login-username").fill(username)
    page.get_by_test_id("login-password").fill(web.password(username))
    page.get_by_test_id("login-submit").click()
    expect(page.get_by_test_id("presence")).to_be_visible()
    yield page
    context.close()


def detail(web: Web, chat: Chat) -> dict:  # noqa: F811
    with web.agent("zhou") as supervisor:
        return supervisor.get(f"/api/desk/conversations/{chat.id}").json()


def test_a_supervisor_sets_how_many_customers_somebody_takes(
    desk: Page,  # noqa: F811
    browser: Browser,
    web: Web,  # noqa: F811
    chat: Chat,  # noqa: F811
) -> None:
    usual = 50  # the small shop's policy
    with at_the_desk(browser, web, "zhou") as above:
        above.keyboard.press("w")
        most = above.get_by_test_id("capacity-xiaolin")
        expect(most).to_have_value(str(usual))
        most.fill("0")
        most.press("Enter")
        expect(most).to_have_value(str(usual))
        most.fill("1")
        most.press("Enter")
        expect(above.get_by_text("小林同时最多接 1 位")).to_be_visible()
        desk.reload()
        expect(desk.get_by_test_id("load")).to_have_text("1/1")
        expect(desk.get_by_test_id("duty-note")).to_contain_text("接满了")
        row = above.get_by_test_id("team").locator("li", has=most)
        row.get_by_role("button", name="按店铺规定").click()
        expect(most).to_have_value(str(usual))
    desk.reload()
    expect(desk.get_by_test_id("load")).to_have_text(f"1/{usual}")


def test_notes_tags_promises_and_feedback_are_written_without_a_mouse(
    desk: Page,  # noqa: F811
    web: Web,  # noqa: F811
    chat: Chat,  # noqa: F811
) -> None:
    desk.keyboard.press("Escape")
    desk.keyboard.press("n")
    desk.keyboard.type("老客户，先道歉")
    desk.keyboard.press("Enter")
    expect(desk.get_by_test_id("notes")).to_contain_text("老客户，先道歉")
    desk.keyboard.press("Escape")
    desk.keyboard.press("l")
    desk.keyboard.type("起球")
    desk.keyboard.press("Enter")
    expect(desk.get_by_test_id("tags").locator(".chip", has_text="起球")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("y")
    desk.keyboard.press("Enter")
    desk.get_by_test_id("promise-input").fill("补寄围巾")
    desk.get_by_test_id("promise-input").press("Enter")
    kept = desk.get_by_test_id("promises").get_by_role("checkbox")
    expect(kept).to_have_count(1)
    kept.press("Space")
    expect(kept).to_be_checked()
    desk.keyboard.press("Escape")
    desk.keyboard.press("q")
    desk.keyboard.press("Enter")
    desk.get_by_test_id("feedback-input").fill("围巾戴两次就起球")
    desk.get_by_test_id("feedback-send").press("Enter")
    expect(desk.get_by_test_id("feedback-input")).to_have_count(0)
    found = detail(web, chat)
    assert (found["tags"], found["notes"][0]["text"]) == (["起球"], "老客户，先道歉")
    assert [(each["text"], each["is_done"]) for each in found["promises"]] == [("补寄围巾", True)]
    with web.agent("zhou") as supervisor:
        week = supervisor.get("/api/desk/feedback").json()
    assert "围巾戴两次就起球" in [each["quote"] for part in week["departments"] for each in part["feedback"]]


def test_a_chat_is_handed_to_a_colleague_with_a_word_and_a_supervisor_whispers_and_steps_in(
    desk: Page,  # noqa: F811
    browser: Browser,
    web: Web,  # noqa: F811
    chat: Chat,  # noqa: F811
) -> None:
    with at_the_desk(browser, web, "aqing") as other, at_the_desk(browser, web, "zhou") as above:
        desk.keyboard.press("Escape")
        desk.keyboard.press("t")
        desk.get_by_test_id("transfer-aqing").check()
        desk.get_by_test_id("transfer-note").fill("围巾起球，想换一条，颜色还没问")
        desk.get_by_test_id("transfer-confirm").click()
        expect(desk.get_by_test_id("reply-closed")).to_contain_text("阿青")
        other.get_by_role("button", name="去看").click()
        expect(other.get_by_test_id("whisper")).to_contain_text("颜色还没问")

        above.goto(f"{web.url}/desk#{chat.id}")
        expect(above.get_by_test_id("owner")).to_contain_text("阿青")
        expect(other.get_by_test_id("others")).to_contain_text("周店长")
        above.get_by_test_id("note-input").fill("运费我们出")
        above.get_by_test_id("note-input").press("Enter")
        expect(other.get_by_test_id("whisper")).to_contain_text("运费我们出")
        other.get_by_test_id("reply-input").fill("稍等，换新的运费我们出")
        other.get_by_test_id("reply-input").press("Enter")
        expect(other.get_by_test_id("whisper")).to_have_count(0)

        above.get_by_test_id("step-in").click()
        expect(above.get_by_test_id("reply-input")).to_be_visible()
        expect(other.get_by_test_id("reply-closed")).to_contain_text("周店长")
    assert "运费我们出" in chat.texts()[-2]  # the last line tells her who goes on
    assert not any("颜色还没问" in text for text in chat.texts())


def test_an_address_and_a_variant_are_changed_and_the_customer_is_told(
    desk: Page,  # noqa: F811
    web: Web,  # noqa: F811
    chat: Chat,  # noqa: F811
) -> None:
    orders = web.app.state.gateway.orders
    known = orders.get(ORDER, "c-lin")
    orders.update(known.model_copy(update={"state": OrderState.PAID}), "new")
    desk.reload()
    expect(desk.get_by_test_id("order-actions").first).to_be_visible()
    desk.keyboard.press("e")
    expect(desk.get_by_test_id("order-address").first).to_be_focused()
    desk.keyboard.press("Enter")
    desk.get_by_test_id("order-value").fill("浙江省宁波市鄞州区天童北路88号3栋502，周宁，13900001111")
    desk.get_by_test_id("order-send").click()
    expect(desk.get_by_test_id("transcript")).to_contain_text("天童北路")
    desk.get_by_test_id("order-variant").first.click()
    pick = desk.get_by_test_id("order-value").last
    pick.select_option(index=pick.locator("option").count() - 1)
    desk.get_by_test_id("order-send").click()
    expect(desk.get_by_test_id("order-log").first).to_be_visible()
    orders.update(known, "new")
    assert any("天童北路" in text for text in chat.texts())


def test_what_is_written_without_a_network_waits_and_is_sent_once(
    desk: Page,  # noqa: F811
    chat: Chat,  # noqa: F811
) -> None:
    box = desk.get_by_test_id("reply-input")

    def cut(route: Route) -> None:
        route.abort("internetdisconnected")

    desk.route("**/messages", cut)
    box.fill("稍等，我查一下")
    box.press("Enter")
    expect(desk.get_by_test_id("send-again")).to_be_visible()
    box.fill("还没写完的一句")
    desk.unroute("**/messages", cut)
    desk.get_by_test_id("send-again").click()
    expect(desk.get_by_test_id("send-again")).to_have_count(0)
    desk.reload()
    expect(desk.get_by_test_id("reply-input")).to_have_value("还没写完的一句")
    assert chat.texts().count("稍等，我查一下") == 1
    desk.get_by_test_id("reply-input").fill("")


def test_ending_by_key_asks_first_and_the_customer_is_told(desk: Page, chat: Chat) -> None:  # noqa: F811
    desk.keyboard.press("Escape")
    desk.keyboard.press("x")
    confirm = desk.get_by_test_id("close-confirm")
    expect(confirm).to_have_text("仍然结束")
    expect(desk.get_by_test_id("close-cancel")).to_be_focused()  # she waits: Enter goes back to her
    confirm.press("Enter")
    expect(desk.get_by_test_id("reply-closed")).to_contain_text("会话已结束")
    assert chat.all()["owner"] == "closed"


def test_a_conversation_is_on_the_screen_soon_after_its_key(
    desk: Page,  # noqa: F811
    web: Web,  # noqa: F811
    chat: Chat,  # noqa: F811
) -> None:
    """Measured in the page: from the key to the other customer's words; docs/surfaces.md tells the figures."""
    other = web.customer()
    other.say("转人工")
    row = desk.locator(f"[data-conversation-id='{other.id}']")
    expect(row).to_be_visible()
    row.click()
    expect(desk.get_by_test_id("owner")).to_have_attribute("data-owner", "queued")
    took = desk.evaluate(
        """async () => {
          const at = '[data-testid=lists] [aria-current=true]', room = '[data-testid=transcript]';
          const shown = () => document.querySelector(room) && document.querySelector(at)?.dataset.conversationId;
          const times = [];
          for (const key of ['j', 'k', 'j', 'k', 'j', 'k']) {
            const start = performance.now(), was = shown();
            window.dispatchEvent(new KeyboardEvent('keydown', { key }));
            while (shown() === was && performance.now() - start < 5000) await new Promise(requestAnimationFrame);
            times.push(performance.now() - start);
          }
          return times.sort((a, b) => a - b);
        }"""
    )
    print(f"key to conversation: median {took[3]:.0f} ms, slowest {took[-1]:.0f} ms")
    assert took[3] < 2_000
