"""Agents at the desk and a customer in the shop, side by side in Chromium."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.test_customer import PATIENCE_MS, open_chat, say
from tests.live import Stack

pytestmark = [pytest.mark.browser, pytest.mark.live]


@contextmanager
def visitor(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


@contextmanager
def agent_desk(browser: Browser, stack: Stack, username: str) -> Iterator[Page]:
    with visitor(browser) as page:
        log_in(page, stack, "/desk", username)
        yield page


def log_in(page: Page, stack: Stack, path: str, username: str) -> None:
    page.goto(f"{stack.url}{path}")
    page.get_by_test_id("login-username").fill(username)
    page.get_by_test_id("login-password").fill(stack.logins[username]["password"])
    page.get_by_test_id("login-submit").click()
    expect(page.get_by_test_id("login-submit")).to_have_count(0)


def newest_waiting(page: Page, mark: str) -> None:
    """Open the waiting conversation whose last line carries `mark`."""
    item = page.locator("[data-conversation-id]", has_text=mark).first
    expect(item).to_be_visible()
    item.click()


def test_an_agent_takes_over_with_the_transcript_there_and_answers(browser: Browser, stack: Stack) -> None:
    with agent_desk(browser, stack, "xiaolin") as desk, visitor(browser) as shop:
        open_chat(shop, stack, "/product/down-light-short")
        say(shop, "我165 110斤 这件羽绒服穿什么码")
        expect(shop.locator("[data-testid=message][data-sender=bot]").nth(1)).to_be_visible()
        say(shop, "帮我转人工 甲乙丙")
        newest_waiting(desk, "甲乙丙")
        expect(desk.get_by_test_id("brief")).to_be_visible()
        expect(desk.get_by_test_id("transcript")).to_contain_text("165 110斤")
        expect(desk.get_by_test_id("suggestion-1")).to_be_visible()
        desk.get_by_test_id("take").click()
        desk.get_by_test_id("reply-input").fill("您好，我是小林，马上帮您看")
        desk.get_by_test_id("reply-input").press("Enter")
        expect(shop.locator("[data-testid=message][data-sender=agent]").last).to_contain_text("马上帮您看")
        expect(shop.get_by_test_id("owner")).to_have_attribute("data-owner", "human")
        say(shop, "谢谢 在的")
        expect(desk.get_by_test_id("transcript")).to_contain_text("谢谢 在的")
        expect(shop.locator("[data-testid=message][data-sender=bot]", has_text="谢谢")).to_have_count(0)


def test_two_agents_press_take_at_once_and_one_is_told_who_has_it(browser: Browser, stack: Stack) -> None:
    with (
        agent_desk(browser, stack, "xiaolin") as first,
        agent_desk(browser, stack, "aqing") as second,
        visitor(browser) as shop,
    ):
        open_chat(shop, stack, "/")
        say(shop, "我要找人工 抢接测试")
        for desk in (first, second):
            newest_waiting(desk, "抢接测试")
            expect(desk.get_by_test_id("take")).to_be_visible()

        def let_the_first_in(route: Route) -> None:
            """Both have pressed; the first agent's call reaches the server a moment earlier."""
            first.get_by_test_id("take").click()
            expect(first.get_by_test_id("reply-input")).to_be_visible()
            route.continue_()

        second.route("**/take", let_the_first_in)
        second.get_by_test_id("take").click()
        expect(second.get_by_test_id("toast-conflict")).to_contain_text("小林")
        expect(second.get_by_test_id("reply-input")).to_have_count(0)


def test_rasa_is_killed_in_the_middle_of_a_chat_and_the_customer_is_served(
    browser: Browser, stack: Stack
) -> None:
    with visitor(browser) as shop:
        open_chat(shop, stack, "/")
        say(shop, "什么时候发货")
        expect(shop.locator("[data-testid=message][data-sender=bot]").nth(1)).to_be_visible()
        killed = stack.kill("rasa", signal.SIGKILL)
        say(shop, "寄到西藏运费多少")
        expect(shop.get_by_test_id("owner")).to_have_attribute("data-owner", "queued")
        stack.wait_healthy()
        assert stack.pid("rasa") != killed
        # Nobody took the conversation, so the bot resumes it and answers what was asked.
        answer = shop.locator("[data-testid=message][data-sender=bot]", has_text=re.compile("西藏"))
        expect(answer.last).to_be_visible(timeout=60_000)
        expect(shop.get_by_test_id("owner")).to_have_attribute("data-owner", "bot", timeout=30_000)


def test_the_agent_hands_back_and_the_bot_answers_again(browser: Browser, stack: Stack) -> None:
    with agent_desk(browser, stack, "aqing") as desk, visitor(browser) as shop:
        open_chat(shop, stack, "/")
        say(shop, "转人工 交还测试")
        newest_waiting(desk, "交还测试")
        desk.get_by_test_id("take").click()
        expect(desk.get_by_test_id("reply-input")).to_be_visible()
        desk.get_by_test_id("return").click()
        confirm = desk.get_by_test_id("return-confirm")
        if confirm.count():
            confirm.click()
        expect(shop.get_by_test_id("owner")).to_have_attribute("data-owner", "bot")
        time.sleep(0.5)
        before = shop.locator("[data-testid=message][data-sender=bot]").count()
        say(shop, "能开发票吗")
        expect(shop.locator("[data-testid=message][data-sender=bot]").nth(before)).to_be_visible()
