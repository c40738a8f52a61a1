"""The chat in Chromium, before a scripted bot: pictures, ticks, lost lines, tabs, orders, and how light it is."""

from __future__ import annotations

import base64
import gzip
import io
from collections.abc import Iterator
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.web.pages import STATIC
from tests.browser.kept import wait_until_kept
from tests.web.conftest import Web, rasa, web  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser
MOST_BYTES = 60 * 1024
MOST_MILLISECONDS = 100
PATIENCE_MS = 15_000


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor's browser; a script error on any of its pages fails the test."""
    visitor = browser.new_context(viewport={"width": 1366, "height": 800}, locale="zh-CN")
    visitor.set_default_timeout(PATIENCE_MS)
    errors: list[str] = []
    visitor.on("weberror", lambda error: errors.append(str(error.error)))
    yield visitor
    visitor.close()
    assert errors == []


def page_of(context: BrowserContext, web: Web, customer: str = "", path: str = "/") -> Page:  # noqa: F811
    """A page of the shop with the chat open, as a guest unless named."""
    page = context.new_page()
    page.add_init_script("localStorage['xiaoer-demo-customer'] ??= ''")
    page.goto(web.url + path)
    if customer:
        option = page.get_by_test_id("customer-switch").locator("option", has_text=customer).first
        page.get_by_test_id("customer-switch").select_option(label=option.inner_text().strip())
    page.get_by_test_id("launcher").click()
    expect(page.get_by_test_id("message").first).to_be_visible()
    return page


def say(page: Page, text: str) -> None:
    page.get_by_test_id("input").fill(text)
    page.get_by_test_id("input").press("Enter")


def picture(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(out, "PNG")
    return out.getvalue()


def hers(page: Page) -> list[str]:
    rows = page.locator("[data-testid=message][data-sender=customer] [data-testid=bubble]")
    return rows.all_inner_texts()


def said_elsewhere(page: Page, web: Web, text: str) -> None:  # noqa: F811
    """The same customer writes from another device."""
    token = page.evaluate("JSON.parse(localStorage.getItem('xiaoer-chat:here:guest')).token")
    with web.client(headers={"Authorization": f"Bearer {token}"}) as client:
        answer = client.post("/api/chat/messages", json={"text": text, "client_id": uuid4().hex})
    assert answer.status_code == 200, answer.text


def test_a_pasted_picture_is_shown_first_made_small_and_then_sent(context: BrowserContext, web: Web):  # noqa: F811
    page = page_of(context, web)
    paste = """(input, data) => {
        const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0))
        const clipboardData = new DataTransfer()
        clipboardData.items.add(new File([bytes], 'zip.png', { type: 'image/png' }))
        input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }"""
    page.get_by_test_id("input").evaluate(paste, base64.b64encode(picture(2000, 900)).decode())
    expect(page.get_by_test_id("picture-tile").locator("canvas")).to_be_visible()
    assert page.locator("[data-testid=message][data-sender=customer]").count() == 0
    page.get_by_test_id("send").click()
    shown = page.get_by_test_id("picture")
    expect(shown).to_be_visible()
    expect(page.get_by_test_id("preview")).to_be_hidden()
    sent = page.request.get(shown.get_attribute("src") or "")
    assert sent.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(sent.body())).size == (1600, 720)


def choose(page: Page, *pictures: bytes) -> None:
    files = [{"name": f"{n}.png", "mimeType": "image/png", "buffer": each} for n, each in enumerate(pictures)]
    page.get_by_test_id("file").set_input_files(files)


def test_pictures_chosen_and_not_sent_outlive_a_reload_and_are_the_same_in_every_tab(
    context: BrowserContext,
    web: Web,  # noqa: F811
):
    page = page_of(context, web)
    tiles = page.get_by_test_id("picture-tile").locator("canvas")
    choose(page, picture(60, 40), picture(40, 60))
    expect(tiles).to_have_count(2)
    wait_until_kept(page, 2)
    other = page_of(context, web)
    also = other.get_by_test_id("picture-tile").locator("canvas")
    expect(also).to_have_count(2)
    other.get_by_test_id("remove-picture").first.click()
    expect(tiles).to_have_count(1)
    wait_until_kept(page, 1)
    page.reload()
    page.get_by_test_id("launcher").click()
    expect(tiles).to_have_count(1)
    page.get_by_test_id("send").click()
    expect(page.get_by_test_id("picture")).to_be_visible()
    expect(page.get_by_test_id("preview")).to_be_hidden()
    expect(also).to_have_count(0)
    wait_until_kept(page, 0)
    page.reload()
    page.get_by_test_id("launcher").click()
    expect(page.get_by_test_id("picture")).to_be_visible()
    expect(page.get_by_test_id("preview")).to_be_hidden()


def test_another_customer_on_the_same_device_does_not_see_the_pictures_that_were_chosen(
    context: BrowserContext,
    web: Web,  # noqa: F811
):
    page = page_of(context, web)
    choose(page, picture(60, 40))
    tiles = page.get_by_test_id("picture-tile").locator("canvas")
    expect(tiles).to_have_count(1)
    wait_until_kept(page, 1)
    page.get_by_test_id("close").click()
    switch = page.get_by_test_id("customer-switch")
    hers = switch.locator("option", has_text="林晴").first.inner_text().strip()
    guest = switch.locator("option:checked").inner_text().strip()
    switch.select_option(label=hers)
    page.get_by_test_id("launcher").click()
    expect(page.get_by_test_id("preview")).to_be_hidden()
    page.get_by_test_id("close").click()
    switch.select_option(label=guest)
    page.get_by_test_id("launcher").click()
    expect(tiles).to_have_count(1)


def test_a_picture_that_could_not_leave_outlives_a_reload_and_is_sent_once(
    context: BrowserContext,
    web: Web,  # noqa: F811
):
    page = page_of(context, web)
    upload = "**/api/chat/attachments"
    page.route(upload, lambda route: route.abort())
    choose(page, picture(60, 40))
    expect(page.get_by_test_id("picture-tile").locator("canvas")).to_have_count(1)
    page.get_by_test_id("send").click()
    expect(page.get_by_test_id("retry")).to_be_visible()
    wait_until_kept(page, 1)
    page.unroute(upload)
    page.reload()
    page.get_by_test_id("launcher").click()
    expect(page.get_by_test_id("picture")).to_have_count(1)
    expect(page.get_by_test_id("retry")).to_have_count(0)


def test_a_dropped_file_that_is_no_picture_is_refused_kindly(context: BrowserContext, web: Web):  # noqa: F811
    page = page_of(context, web)
    drop = """(panel) => {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File(['x'], 'a.txt', { type: 'text/plain' }))
        panel.dispatchEvent(new DragEvent('dragenter', { dataTransfer }))
        panel.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }))
    }"""
    page.get_by_test_id("panel").evaluate(drop)
    expect(page.get_by_test_id("notice")).to_contain_text("只能发图片")
    expect(page.get_by_test_id("drop")).to_be_hidden()


def test_ticks_say_sent_and_read_and_an_answer_takes_their_place(context: BrowserContext, web: Web):  # noqa: F811
    page = page_of(context, web)
    with page.expect_response("**/api/chat/human"):
        page.get_by_test_id("human").click()
    queued = web.agent("xiaolin").get("/api/desk/conversations", params={"state": "queued"}).json()
    place = f"/api/desk/conversations/{queued[-1]['id']}"
    with web.agent("xiaolin") as agent:
        agent.post(f"{place}/take")
        expect(page.get_by_test_id("owner")).to_contain_text("小林")
        say(page, "拉链坏了")
        expect(page.get_by_test_id("mark")).to_have_text("已发送")
        seq = agent.get(place).json()["transcript"][-1]["seq"]
        web.app.state.gateway.desk.marks.read_by(queued[-1]["id"], "xiaolin", seq)
        page.reload()
        page.get_by_test_id("launcher").click()
        expect(page.get_by_test_id("mark")).to_have_text("已读")
        agent.post(f"{place}/messages", json={"text": "我看看", "client_id": "r1"})
        expect(page.get_by_test_id("mark")).to_have_count(0)
        agent.post(f"{place}/close")


def test_a_lost_network_is_said_keeps_the_draft_and_sends_once(context: BrowserContext, web: Web):  # noqa: F811
    page = page_of(context, web)
    context.set_offline(True)
    say(page, "断网时说的")
    expect(page.get_by_test_id("offline")).to_be_visible()
    page.get_by_test_id("input").fill("还没说完")
    context.set_offline(False)
    expect(page.get_by_test_id("offline")).to_be_hidden()
    expect(page.get_by_text("收到：断网时说的")).to_be_visible()
    assert hers(page) == ["断网时说的"]
    page.reload()
    page.get_by_test_id("launcher").click()
    expect(page.get_by_test_id("input")).to_have_value("还没说完")


def test_she_points_at_an_order_and_the_bot_hears_which(context: BrowserContext, web: Web):  # noqa: F811
    page = page_of(context, web, "林晴")
    page.get_by_test_id("orders").click()
    page.get_by_test_id("pick-order").first.click()
    expect(page.get_by_test_id("context")).to_contain_text("咨询订单")
    page.get_by_test_id("quick-question").first.click()
    expect(page.get_by_text("收到：").last).to_be_visible()
    with web.client() as client:
        known = client.get("/api/demo/customers").json()
    newest = next(each for each in known if each["customer"]["name"] == "林晴")["orders"][0]["id"]
    assert web.rasa.turns[-1]["metadata"]["order_id"] == newest


def test_a_second_tab_counts_with_the_first_and_reading_in_one_is_reading(context: BrowserContext, web: Web):  # noqa: F811
    first, second = page_of(context, web), context.new_page()
    second.goto(web.url)
    expect(second.get_by_test_id("launcher")).to_be_visible()
    title = first.title()
    first.get_by_test_id("close").click()
    said_elsewhere(first, web, "穿什么码")
    for tab in (first, second):
        expect(tab.get_by_test_id("unread")).to_have_text("1")
        expect(tab).to_have_title(f"（1 条新消息）{title}")
    second.get_by_test_id("launcher").click()
    expect(second.get_by_text("建议 M 码")).to_be_visible()
    expect(first.get_by_test_id("unread")).to_be_hidden()
    expect(first).to_have_title(title)


def test_larger_text_stays_and_the_chat_can_be_kept(context: BrowserContext, web: Web):  # noqa: F811
    page = page_of(context, web)
    say(page, "穿什么码")
    bubble = page.get_by_text("建议 M 码")
    expect(bubble).to_be_visible()
    before = bubble.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    page.get_by_test_id("menu").click()
    page.get_by_test_id("large-text").click()
    assert bubble.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") >= before * 1.2
    with page.expect_download() as download:
        page.get_by_test_id("save-chat").click()
    kept = download.value.path().read_text(encoding="utf-8-sig")
    assert "我：穿什么码" in kept and "建议 M 码" in kept
    page.reload()
    expect(page.locator("xiaoer-chat[data-large]")).to_be_attached()


def test_an_answer_that_was_no_help_brings_a_person(context: BrowserContext, web: Web):  # noqa: F811
    page = page_of(context, web)
    say(page, "穿什么码")
    page.get_by_test_id("unhelpful").click()
    expect(page.get_by_test_id("owner")).to_have_attribute("data-owner", "queued")
    page.get_by_test_id("leave-queue").click()


def test_the_script_is_light_and_opens_at_once(context: BrowserContext, web: Web):  # noqa: F811
    assert len(gzip.compress((STATIC / "xiaoer-chat.js").read_bytes())) < MOST_BYTES
    page = page_of(context, web)
    page.get_by_test_id("close").click()
    taken = page.locator("xiaoer-chat").evaluate(
        "element => { const start = performance.now(); element.open();"
        " element.shadowRoot.querySelector('.panel').getBoundingClientRect();"
        " return performance.now() - start }"
    )
    assert taken < MOST_MILLISECONDS
