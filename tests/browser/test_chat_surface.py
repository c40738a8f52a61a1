"""What the customers' chat promises, one flow a test: any page, any owner, any line, any hand. The bot is scripted."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.test_chat_widget import context, hers, page_of, said_elsewhere, say  # noqa: F401 - fixtures
from tests.desk.test_managers_figures import Book
from tests.live import free_port
from tests.web import rasa_stand_in
from tests.web.conftest import Web, event_of, rasa, web  # noqa: F401 - fixtures
from tests.web.test_sockets import agent_socket

pytestmark = pytest.mark.browser
TWO_WAYS = {
    "type": "remedies",
    "order_id": "1",
    "options": [
        {"kind": "partial_refund", "title": "退一部分", "amount": "60", "detail": "原路退回",
         "deadline": "周二 18:00 前", "payload": '/inform{"remedy":"partial_refund"}'},
        {"kind": "exchange", "title": "换一件新的", "amount": "0", "detail": "运费我们出",
         "deadline": "今天发出", "payload": '/inform{"remedy":"exchange"}'},
    ],
}  # fmt: skip


@contextmanager
def foreign_page(html: str, policy: str) -> Iterator[str]:
    """A shop of somebody else's, on its own origin."""

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", free_port()), Shop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def style(place: Locator, name: str) -> str:
    return place.evaluate(f"node => getComputedStyle(node)['{name}']")


def test_one_script_tag_puts_a_chat_on_any_page_that_the_page_s_styles_cannot_reach(
    context: BrowserContext,  # noqa: F811
    web: Web,  # noqa: F811
):
    rude = (
        "* { color: lime; font: 30px serif; letter-spacing: 9px; line-height: 3; text-align: right }"
        " button, .bubble { display: none !important }"
    )
    html = (
        f"<!doctype html><style nonce='n'>{rude}</style><h1>别家的店</h1>"
        f"<script src='{web.url}/xiaoer-chat.js' data-shop='花花店' data-color='#0a7d5a' data-label='问一问'"
        " data-placeholder='想问什么' data-side='left' defer></script>"
    )
    socket = web.url.replace("http", "ws")
    policy = f"default-src 'none'; style-src 'nonce-n'; script-src {web.url}; connect-src {web.url} {socket}"
    with foreign_page(html, policy) as address:
        page = context.new_page()
        page.goto(address)
        launcher = page.get_by_test_id("launcher")
        expect(launcher).to_contain_text("问一问")
        assert style(launcher, "fontSize") == "15px" and style(launcher, "letterSpacing") == "normal"
        red, green, blue = map(int, re.findall(r"\d+", style(launcher, "backgroundColor"))[:3])
        assert green > red and green > blue
        box = launcher.bounding_box()
        assert box and box["x"] < 200
        launcher.click()
        expect(page.get_by_test_id("input")).to_have_attribute("placeholder", "想问什么")
        say(page, "穿什么码")
        answer = page.get_by_text("建议 M 码")
        expect(answer).to_be_visible()
        assert style(answer, "textAlign") in ("start", "left") and style(answer, "color") != "rgb(0, 255, 0)"
        assert style(page.locator("h1"), "color") == "rgb(0, 255, 0)"  # nor does the chat reach the page


def test_the_bot_hears_of_the_product_on_the_page_and_its_questions_are_offered(
    context: BrowserContext,  # noqa: F811
    web: Web,  # noqa: F811
):
    page = page_of(context, web, path="/product/coat-cloud")
    expect(page.get_by_test_id("context")).to_contain_text("正在看")
    on_product = page.get_by_test_id("quick-question").all_inner_texts()
    page.get_by_test_id("quick-question").first.click()
    expect(page.get_by_text(f"收到：{on_product[0]}")).to_be_visible()
    assert web.rasa.turns[-1]["metadata"]["product_id"] == "coat-cloud"
    other = page_of(context, web, "林晴", path="/orders")
    assert set(other.get_by_test_id("quick-question").all_inner_texts()).isdisjoint(on_product)


def test_two_remedies_stand_side_by_side_and_the_chosen_one_is_booked(
    context: BrowserContext,  # noqa: F811
    web: Web,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setitem(rasa_stand_in.SCRIPT, "怎么赔", {"replies": [{"text": "您选", "card": TWO_WAYS}]})
    page = page_of(context, web)
    say(page, "怎么赔")
    ways = page.get_by_test_id("remedy")
    expect(ways).to_have_count(2)
    first, second = ways.nth(0).bounding_box(), ways.nth(1).bounding_box()
    assert first and second and first["y"] == second["y"] and first["x"] + first["width"] < second["x"]
    expect(ways.first.get_by_test_id("remedy-amount")).to_have_text("¥60")
    expect(ways.first).to_contain_text("周二 18:00 前")
    expect(ways.last).to_contain_text("今天发出")
    ways.last.get_by_test_id("remedy-pick").click()
    expect(page.get_by_text("收到：/inform")).to_be_visible()
    assert (web.rasa.turns[-1]["payload"], hers(page)) == (
        '/inform{"remedy":"exchange"}',
        ["怎么赔", "换一件新的"],
    )
    expect(ways.first.get_by_test_id("remedy-pick")).to_be_disabled()


def test_every_change_of_owner_is_said_and_shown_from_queue_to_rating(
    context: BrowserContext,  # noqa: F811
    web: Web,  # noqa: F811
):
    with agent_socket(web, "xiaolin") as desk, web.agent("xiaolin") as agent:
        event_of(desk, "hello")
        page = page_of(context, web)
        owner, lines = page.get_by_test_id("owner"), page.locator("[data-testid=message][data-sender=system]")
        expect(owner).to_have_text(re.compile("机器人"))
        page.get_by_test_id("human").click()
        expect(owner).to_have_text("排队中")
        expect(page.get_by_test_id("queue-position")).to_have_text("1")
        expect(page.get_by_test_id("queue")).to_contain_text("预计等待")
        page.get_by_test_id("leave-queue").click()
        expect(owner).to_have_text(re.compile("机器人"))
        expect(lines.last).to_contain_text("已取消排队")
        page.get_by_test_id("human").click()
        expect(owner).to_have_text("排队中")
        chat_id = agent.get("/api/desk/conversations", params={"state": "queued"}).json()[-1]["id"]
        place = f"/api/desk/conversations/{chat_id}"
        agent.post(f"{place}/take", json={})
        expect(owner).to_have_text("客服 小林")
        expect(lines.last).to_contain_text("客服小林已接入")
        page.get_by_test_id("input").press_sequentially("在吗")
        assert event_of(desk, "typing")["conversation_id"] == chat_id
        desk.send(f'{{"type": "typing", "conversation_id": "{chat_id}"}}')
        expect(page.get_by_test_id("typing")).to_be_visible()
        say(page, "拉链坏了")
        expect(page.get_by_test_id("mark")).to_have_text("已发送")
        seq = agent.get(place).json()["transcript"][-1]["seq"]
        web.app.state.gateway.desk.marks.reached_desk(chat_id, seq)
        page.reload()
        page.get_by_test_id("launcher").click()
        expect(page.get_by_test_id("mark")).to_have_text("已送达")
        agent.post(f"{place}/close", json={})
        expect(owner).to_have_text("对话已结束")
        expect(page.get_by_test_id("rating")).to_be_visible()
        page.get_by_test_id("skip-rating").click()
        expect(page.get_by_test_id("rating")).to_be_hidden()
        page.reload()
        page.get_by_test_id("launcher").click()
        expect(owner).to_have_text("对话已结束")
        expect(page.get_by_test_id("rating")).to_be_hidden()
        assert agent.get(place).json().get("rating") is None


def test_a_rating_with_a_word_reaches_the_desk(context: BrowserContext, web: Web):  # noqa: F811
    page = page_of(context, web)
    say(page, "补发纽扣")
    page.get_by_test_id("star-4").click()
    page.get_by_label("评价内容").fill("很快")
    with page.expect_request("**/api/chat/rating") as told:
        page.get_by_test_id("rate").click()
    assert told.value.post_data_json == {"score": 4, "comment": "很快"}
    expect(page.get_by_test_id("rated")).to_be_visible()


def test_what_was_not_sent_says_so_and_goes_out_once_when_tried_again(context: BrowserContext, web: Web):  # noqa: F811
    page = page_of(context, web)
    page.route("**/api/chat/messages", lambda route: route.abort())
    say(page, "发不出去的话")
    expect(page.get_by_text("没有发出去")).to_be_visible()
    page.unroute("**/api/chat/messages")
    page.get_by_test_id("retry").click()
    expect(page.get_by_text("收到：发不出去的话")).to_be_visible()
    expect(page.get_by_text("没有发出去")).to_have_count(0)
    assert hers(page) == ["发不出去的话"]


def test_after_a_lost_network_messages_owner_and_queue_are_as_they_became_meanwhile(
    context: BrowserContext,  # noqa: F811
    web: Web,  # noqa: F811
):
    page = page_of(context, web)
    page.get_by_test_id("human").click()
    expect(page.get_by_test_id("queue")).to_be_visible()
    with web.agent("xiaolin") as agent:
        chat_id = agent.get("/api/desk/conversations", params={"state": "queued"}).json()[-1]["id"]
        place = f"/api/desk/conversations/{chat_id}"
        context.set_offline(True)
        expect(page.get_by_test_id("offline")).to_be_visible()
        agent.post(f"{place}/take", json={})
        for number in (1, 2, 3):
            agent.post(f"{place}/messages", json={"text": f"第 {number} 句", "client_id": f"gap-{number}"})
        context.set_offline(False)
        expect(page.get_by_test_id("owner")).to_have_text("客服 小林")
        expect(page.get_by_test_id("queue")).to_be_hidden()
        expect(page.get_by_text("第 3 句")).to_be_visible()
        bubbles = page.locator("[data-testid=message][data-sender=agent] [data-testid=bubble]")
        assert bubbles.all_inner_texts() == ["第 1 句", "第 2 句", "第 3 句"]
        agent.post(f"{place}/close", json={})


def test_a_photo_of_her_phone_is_turned_upright_and_loses_where_it_was_taken(
    context: BrowserContext,  # noqa: F811
    web: Web,  # noqa: F811
):
    photo, out = Image.new("RGB", (1200, 600), "#c84"), io.BytesIO()
    exif = photo.getexif()
    exif[0x0112] = 6  # held upright: to be turned by a quarter
    exif[0x010E] = "SECRET-PLACE"
    photo.save(out, "JPEG", exif=exif)
    page = page_of(context, web)
    expect(page.get_by_test_id("camera-file")).to_have_attribute("capture", "environment")
    page.get_by_test_id("camera-file").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
    )
    expect(page.get_by_test_id("picture-tile").locator("canvas")).to_be_visible()
    page.get_by_test_id("send").click()
    address = page.get_by_test_id("picture").get_attribute("src")
    sent = page.request.get(address or "").body()
    assert Image.open(io.BytesIO(sent)).size == (600, 1200)
    assert b"SECRET-PLACE" not in sent


def test_a_dragged_picture_lands_in_the_tray_and_can_be_taken_out(context: BrowserContext, web: Web):  # noqa: F811
    page = page_of(context, web)
    drop = """async (panel) => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 30 })
        canvas.getContext('2d').fillRect(0, 0, 40, 30)
        const blob = await new Promise((made) => canvas.toBlob(made, 'image/png'))
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File([blob], 'a.png', { type: 'image/png' }))
        panel.dispatchEvent(new DragEvent('dragenter', { dataTransfer }))
        panel.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }))
    }"""
    page.get_by_test_id("panel").evaluate(drop)
    expect(page.get_by_test_id("picture-tile").locator("canvas")).to_be_visible()
    page.get_by_test_id("remove-picture").click()
    expect(page.get_by_test_id("picture-tile")).to_have_count(0)
    expect(page.get_by_test_id("send")).to_be_disabled()


SOUND = """
let notes = 0
const played = () => (document.documentElement.dataset.notes = ++notes)
window.AudioContext = class {
    currentTime = 0
    destination = {}
    resume() { return Promise.resolve() }
    createOscillator() { return { frequency: {}, connect: (to) => to, start: played, stop() {} } }
    createGain() { return { gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} }, connect() {} } }
}"""


def test_an_answer_she_does_not_see_is_heard_unless_she_wants_quiet(context: BrowserContext, web: Web):  # noqa: F811
    context.add_init_script(SOUND)
    page = page_of(context, web)
    page.get_by_test_id("close").click()
    said_elsewhere(page, web, "穿什么码")
    expect(page.locator("html")).to_have_attribute("data-notes", "2")
    page.get_by_test_id("launcher").click()
    page.get_by_test_id("menu").click()
    page.get_by_test_id("sound").click()
    page.keyboard.press("Escape")
    page.get_by_test_id("close").click()
    said_elsewhere(page, web, "补发纽扣")
    expect(page.get_by_test_id("unread")).to_have_text("1")
    page.wait_for_timeout(700)  # it would have rung by now (`RING_AFTER`)
    expect(page.locator("html")).to_have_attribute("data-notes", "2")


def test_the_whole_chat_goes_by_keyboard_and_an_input_method_s_enter_does_not_send(
    context: BrowserContext,  # noqa: F811
    web: Web,  # noqa: F811
):
    page = page_of(context, web)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("panel")).to_be_hidden()
    expect(page.get_by_test_id("launcher")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("input")).to_be_focused()
    session = context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "chuan", "selectionStart": 5, "selectionEnd": 5})
    page.keyboard.press("Enter")
    assert hers(page) == []
    session.send("Input.insertText", {"text": "穿什么码"})
    page.keyboard.press("Enter")
    expect(page.get_by_text("建议 M 码")).to_be_visible()
    tab_to(page, "chat-button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("收到：/inform")).to_be_visible()
    assert hers(page) == ["穿什么码", "就要 M"]


def tab_to(page: Page, test_id: str) -> None:
    """Backwards: what the bot offers stands before the text field."""
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        deepest = "document.activeElement.shadowRoot?.activeElement?.dataset.testid"
        if page.evaluate(deepest) == test_id:
            return
    raise AssertionError(f"{test_id} is not reached by Tab")


def test_a_chat_of_three_hundred_messages_opens_at_once_at_its_end(context: BrowserContext, web: Web):  # noqa: F811
    chat, book = web.customer(), Book(web.app.state.gateway.desk)
    book.lines, now = 1, datetime.now(UTC)
    for number in range(300):
        book.says(
            chat.id, ("customer", "bot")[number % 2], now + timedelta(seconds=number), text=f"第 {number} 句"
        )
    page = context.new_page()
    saved = f'{{"token": "{chat.token}", "readTo": 0}}'
    page.add_init_script(
        f"localStorage['xiaoer-demo-customer'] = ''; localStorage['xiaoer-chat:here:guest'] ??= '{saved}'"
    )
    page.goto(web.url)
    expect(page.get_by_test_id("unread")).to_have_text("99+")
    taken = page.locator("xiaoer-chat").evaluate(
        "element => { const start = performance.now(); element.open(); return performance.now() - start }"
    )
    expect(page.get_by_text("第 299 句")).to_be_in_viewport()
    assert taken < 1_000
