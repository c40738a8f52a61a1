"""The agents' tools in Chromium, in front of a scripted bot: phrases, the check before sending, the remedy board."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.web.pages import STATIC
from tests.conftest import unavailable
from tests.web.conftest import Chat, Web, rasa, web  # noqa: F401 - fixtures
from tests.web.test_desk_tools import ORDER

pytestmark = [pytest.mark.browser]


@pytest.fixture
def chat(web: Web) -> Chat:  # noqa: F811
    """林晴 has asked for a person, 小林 has her, and she asks two things."""
    chat = web.customer(web.signed("c-lin"), order_id=ORDER, product_id="coat-cloud")
    chat.say("转人工")
    with web.agent("xiaolin") as agent:
        agent.post(f"/api/desk/conversations/{chat.id}/take", json={})
    chat.say("围巾起球了，换一条几天能到？")
    return chat


@pytest.fixture
def desk(browser: Browser, web: Web, chat: Chat) -> Iterator[Page]:  # noqa: F811
    if not (Path(STATIC) / "desk.html").exists():
        unavailable("the built desk", "run `npm run build` in frontend/ (make test does)")
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{web.url}/desk#{chat.id}")
    page.get_by_test_id("login-username").fill("xiaolin")
    page.get_by_test_id("login-password").fill(web.password("xiaolin"))
    page.get_by_test_id("login-submit").click()
    expect(page.get_by_test_id("reply-input")).to_be_visible()
    yield page
    context.close()


def test_an_agent_answers_with_a_phrase_is_warned_once_and_keeps_her_promise(desk: Page, chat: Chat) -> None:
    box = desk.get_by_test_id("reply-input")
    box.press_sequentially("/qsd")
    expect(desk.get_by_test_id("phrase").first).to_contain_text("请稍等", timeout=20_000)
    box.press("Enter")
    expect(box).to_have_value(re.compile("大约 【几】 分钟"))
    desk.keyboard.type("5")
    box.press("Enter")
    expect(desk.get_by_test_id("transcript")).to_contain_text("大约 5 分钟")
    chat.say("明天能到吗？")
    expect(desk.get_by_test_id("transcript")).to_contain_text("明天能到吗")
    box.fill("明天一定到，两小时内给您发单号")
    box.press("Enter")
    expect(desk.get_by_test_id("check")).to_contain_text("快递")
    box.press("Enter")
    expect(box).to_have_value("")
    desk.get_by_test_id("caught-keep").click()
    expect(desk.get_by_test_id("promises")).to_contain_text("两小时内给您发单号")
    assert chat.texts()[-1] == "明天一定到，两小时内给您发单号"


def test_two_remedies_go_out_as_a_card_within_the_agents_authority(desk: Page, chat: Chat) -> None:
    desk.get_by_test_id("open-board").click()
    board = desk.get_by_test_id("board")
    board.locator("label i", has_text="围巾").click()
    expect(board.get_by_test_id("remedy-partial_refund").get_by_test_id("loss")).to_have_text("店铺亏 ¥50")
    expect(board.get_by_test_id("remedy-full_refund").locator("input")).to_be_disabled()
    board.get_by_test_id("remedy-return").locator("input").click()
    expect(board.get_by_test_id("board-send")).to_contain_text("2 种")
    board.get_by_test_id("board-send").click()
    expect(desk.get_by_test_id("transcript").locator("[data-type=remedies]")).to_be_visible()
    options = chat.all()["messages"][-1]["card"]["options"]
    assert [option["kind"] for option in options] == ["partial_refund", "exchange"]


def test_a_chat_is_found_again_by_what_was_said(desk: Page, chat: Chat) -> None:
    desk.keyboard.press("Escape")
    desk.get_by_test_id("search").fill("起球了")
    found = desk.get_by_test_id("found").locator(f"[data-conversation-id='{chat.id}']")
    expect(found).to_contain_text("起球了")
    desk.get_by_test_id("search").press("Escape")
    expect(desk.get_by_test_id("list-mine")).to_be_visible()


def test_a_supervisor_approves_with_one_key_what_the_agent_then_sends(
    desk: Page,
    browser: Browser,
    web: Web,  # noqa: F811
    chat: Chat,
) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    above = context.new_page()
    above.goto(f"{web.url}/desk")
    above.get_by_test_id("login-username").fill("zhou")
    above.get_by_test_id("login-password").fill(web.password("zhou"))
    above.get_by_test_id("login-submit").click()
    expect(above.get_by_test_id("presence")).to_be_visible()
    desk.get_by_test_id("open-board").click()
    board = desk.get_by_test_id("board")
    board.locator("label i", has_text="围巾").click()
    board.get_by_test_id("ask-full_refund").click()
    board.get_by_test_id("approval-reason").fill("第二次出问题，客户很生气")
    board.get_by_test_id("approval-reason").press("Enter")
    expect(board.get_by_test_id("wished")).to_contain_text("等主管批")
    expect(above.get_by_test_id("approvals-count")).to_have_text("1")
    above.keyboard.press("a")
    expect(above.get_by_test_id("approval")).to_be_focused()
    expect(above.get_by_test_id("approval")).to_contain_text("围巾起球了")
    above.keyboard.press("y")
    expect(above.get_by_test_id("approvals-count")).to_have_count(0)
    expect(board.get_by_test_id("wished")).to_contain_text("周店长已批")
    expect(board.get_by_test_id("remedy-full_refund").locator("input")).to_be_enabled()
    context.close()


def test_an_agent_rests_by_keyboard_and_gives_a_coupon(desk: Page, chat: Chat) -> None:
    desk.keyboard.press("Escape")
    desk.keyboard.press("o")
    expect(desk.get_by_test_id("presence")).to_be_focused()
    desk.get_by_test_id("presence").select_option("rest")
    expect(desk.get_by_test_id("duty-note")).to_contain_text("手上的")
    desk.get_by_test_id("back-online").click()
    expect(desk.get_by_test_id("duty-note")).to_have_count(0)
    desk.get_by_test_id("coupon-open").click()
    desk.get_by_test_id("coupon-give").click()
    expect(desk.get_by_test_id("transcript")).to_contain_text("送您一张")
    assert "送您一张" in chat.texts()[-1]
