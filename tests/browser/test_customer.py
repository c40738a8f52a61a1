"""A customer's way through the shop, in Chromium, with the really trained bot."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.live import Stack

pytestmark = [pytest.mark.browser, pytest.mark.live]
PATIENCE_MS = 15_000


@pytest.fixture
def page(browser: Browser, stack: Stack) -> Iterator[Page]:
    """A fresh visitor; an error on the page's console fails the test."""
    context = browser.new_context(viewport={"width": 1366, "height": 860}, locale="zh-CN")
    context.set_default_timeout(PATIENCE_MS)
    tab = context.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    yield tab
    context.close()
    assert errors == []


def open_chat(page: Page, stack: Stack, path: str, customer: str | None = None) -> None:
    """As a guest unless named: what one test says to the first demo customer would count in the next one."""
    page.add_init_script("localStorage['xiaoer-demo-customer'] ??= ''")
    page.goto(f"{stack.url}{path}")
    if customer:
        choose_customer(page, customer)
    page.get_by_test_id("launcher").click()
    expect(page.get_by_test_id("message").first).to_be_visible()


def choose_customer(page: Page, name: str) -> None:
    switch = page.get_by_test_id("customer-switch")
    label = switch.locator("option", has_text=name).first.inner_text()
    switch.select_option(label=label.strip())


def say(page: Page, text: str) -> None:
    page.get_by_test_id("input").fill(text)
    page.get_by_test_id("input").press("Enter")
    expect(page.locator("[data-testid=message][data-sender=customer]", has_text=text).last).to_be_visible()


def bot_messages(page: Page) -> list[str]:
    return page.locator("[data-testid=message][data-sender=bot]").all_inner_texts()


def expect_reply(page: Page, pattern: str) -> None:
    reply = page.locator("[data-testid=message][data-sender=bot]", has_text=re.compile(pattern))
    expect(reply.last).to_be_visible()


def test_she_gets_her_size_with_its_reason_and_something_that_matches(page: Page, stack: Stack) -> None:
    open_chat(page, stack, "/product/down-light-short")
    say(page, "我165 110斤 这件羽绒服穿什么码")
    expect_reply(page, r"M ?码")
    expect_reply(page, r"165")
    expect(page.get_by_test_id("card-product").last).to_be_visible()


def test_she_haggles_and_is_never_quoted_less_than_the_floor(page: Page, stack: Stack) -> None:
    open_chat(page, stack, "/product/down-light-short")
    for offer in ("80块卖不卖", "便宜点嘛", "200行不行", "最低多少", "再少点"):
        before = len(bot_messages(page))
        say(page, offer)
        expect(page.locator("[data-testid=message][data-sender=bot]").nth(before)).to_be_visible()
    said = "\n".join(bot_messages(page))
    assert not re.search(r"(?<![\d.])80(?:\.00?)? ?元", said)
    quoted = [float(number) for number in re.findall(r"(\d+(?:\.\d+)?) ?元", said)]
    prices = [number for number in quoted if number > 150]
    assert prices, said
    assert min(prices) >= 299, said  # floor_price of down-light-short


def test_a_broken_zip_is_met_with_two_fair_options(page: Page, stack: Stack) -> None:
    open_chat(page, stack, "/orders", customer="周女士")
    say(page, "上次买的羽绒服拉链坏了")
    answer_questions_until_options(page)
    remedies = page.get_by_test_id("remedy")
    expect(remedies.nth(1)).to_be_visible()
    assert remedies.count() >= 2


def answer_questions_until_options(page: Page) -> None:
    """The bot may first ask which order and how bad it is; each is a choice."""
    for _ in range(4):
        page.wait_for_timeout(700)
        if page.get_by_test_id("remedy").count():
            return
        choice = page.get_by_test_id("choice")
        button = page.get_by_test_id("chat-button")
        if choice.count():
            choice.filter(has_text="羽绒服").first.click()
        elif button.count():
            button.first.click()


def test_she_asks_for_a_person_sees_her_place_and_may_leave(page: Page, stack: Stack) -> None:
    open_chat(page, stack, "/")
    page.get_by_test_id("human").click()
    expect(page.get_by_test_id("queue-position")).to_be_visible()
    expect(page.get_by_test_id("owner")).to_have_attribute("data-owner", "queued")
    page.get_by_test_id("leave-queue").click()
    expect(page.get_by_test_id("owner")).to_have_attribute("data-owner", "bot")


def test_a_reload_keeps_the_chat(page: Page, stack: Stack) -> None:
    open_chat(page, stack, "/")
    say(page, "寄到新疆要运费吗")
    expect(page.locator("[data-testid=message][data-sender=bot]").nth(1)).to_be_visible()
    before = bot_messages(page)
    page.reload()
    if not page.get_by_test_id("panel").is_visible():
        page.get_by_test_id("launcher").click()
    expect(
        page.locator("[data-testid=message][data-sender=customer]", has_text="寄到新疆要运费吗")
    ).to_have_count(1)
    expect(page.locator("[data-testid=message][data-sender=bot]").nth(len(before) - 1)).to_be_visible()


def test_an_input_method_s_enter_does_not_send(page: Page, stack: Stack) -> None:
    open_chat(page, stack, "/")
    page.get_by_test_id("input").fill("nihao")
    page.get_by_test_id("input").dispatch_event(
        "keydown", {"key": "Enter", "isComposing": True, "keyCode": 229}
    )
    page.wait_for_timeout(300)
    assert page.locator("[data-testid=message][data-sender=customer]").count() == 0


def test_the_chat_fills_a_phone_s_screen_without_scrolling_sideways(browser: Browser, stack: Stack) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    open_chat(page, stack, "/product/down-light-short")
    say(page, "我165 110斤 这件羽绒服穿什么码")
    expect_reply(page, r"M ?码")
    box = page.get_by_test_id("panel").bounding_box()
    assert box and box["width"] >= 355
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    asked = page.locator("[data-testid=message][data-sender=customer]").last
    expect(asked).to_be_in_viewport(ratio=1)  # a long answer is read from its beginning
    context.close()


def test_html_in_a_message_is_shown_as_text(page: Page, stack: Stack) -> None:
    open_chat(page, stack, "/")
    say(page, "<img src=x onerror=alert(1)><b>粗</b>")
    bubble = page.locator("[data-testid=message][data-sender=customer]").last
    expect(bubble).to_contain_text("<b>粗</b>")
    assert bubble.locator("img[src=x]").count() == 0
