"""What the shop says after a chat, at the desk and at the customer's next visit, in Chromium."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.desk.aftercare.follow_up_history import shop_clock
from bot.desk.aftercare.follow_up_lines import follow_up_lines
from bot.desk.aftercare.follow_ups import FollowUp, Worded
from bot.desk.conversations import Draft
from bot.desk.desk import Desk, open_desk
from bot.desk.ownership import Speaker
from bot.desk.rows import now
from bot.shop.records.policy import FollowUpPolicy
from bot.shop.talk.follow_ups import Occasion, Plan
from tests.browser.test_agent import agent_desk, visitor
from tests.browser.test_customer import open_chat, say
from tests.live import Stack

pytestmark = [pytest.mark.browser, pytest.mark.live]
POLICY, TROUBLE = FollowUpPolicy(), follow_up_lines().trouble
TAG = "咨询尺码 · 轻暖短款羽绒服"
TEXT = "之前帮您看过轻暖短款羽绒服的尺码，还有哪里拿不准，直接问我就好。"


def tomorrow_at_ten() -> datetime:
    day = shop_clock(now()) + timedelta(days=1)
    return day.replace(hour=10, minute=0, second=0, microsecond=0)


def planned(desk: Desk, conversation_id: str, matter: str) -> FollowUp:
    due = tomorrow_at_ten()
    plan = Plan(Occasion.ASKED, matter, due, due + timedelta(days=1), "ask_size", "down-light-short")
    conversation = desk.conversations.get(conversation_id)
    later = shop_clock(now()) + timedelta(hours=1)
    job = desk.follow_ups.plan(conversation, plan, TAG, "asked.ask_size", later, TROUBLE, POLICY)
    assert job, "the chat is silent and nobody is upset"
    return job


def said(desk: Desk, job: FollowUp) -> None:
    """As the tick of tomorrow morning does it."""
    draft = Draft(Speaker.BOT, "小二", TEXT, source={"action": "follow_up", "follow_up": job.id})
    outcome = desk.follow_ups.send(
        job.id, Worded("asked.ask_size.known", draft), job.plan.due, POLICY, TROUBLE
    )
    assert outcome and outcome.message


def conversation_of(page: Page, desk: Desk) -> str:
    """The chat this page holds the token of."""
    token = page.evaluate(
        "Object.keys(localStorage).filter(k => k.startsWith('xiaoer-chat:'))"
        ".map(k => JSON.parse(localStorage[k]).token).find(Boolean)"
    )
    return desk.conversations.by_token(token).id


def test_a_follow_up_is_called_off_at_the_desk_or_waits_for_her_next_visit(
    browser: Browser, stack: Stack
) -> None:
    desk_store = open_desk(stack.settings.database)
    with visitor(browser) as shop, agent_desk(browser, stack, "xiaolin") as desk:
        open_chat(shop, stack, "/product/down-light-short")
        say(shop, "我165 110斤 这件羽绒服穿什么码")
        expect(shop.locator("[data-testid=message][data-sender=bot]").nth(1)).to_be_visible()
        chat = conversation_of(shop, desk_store)
        first = planned(desk_store, chat, "asked:ask_size:called-off")
        desk_store.records.add_promise(chat, "到货了告诉她", now() + timedelta(hours=1), "bot")

        desk.get_by_test_id("daily").click()
        row = desk.get_by_test_id("follow-up").filter(has_text=TAG).first
        row.get_by_test_id("call-off").click()
        expect(desk.get_by_test_id("past-follow-ups")).to_be_visible()
        assert desk_store.follow_ups.get(first.id).why == "agent"

        pledge = desk.get_by_test_id("open-promise").filter(has_text="到货了告诉她").first
        pledge.get_by_test_id("promise-move").click()
        pledge.locator(".el-select").click()
        desk.locator(".el-select-dropdown__item", has_text="三天内").last.click()
        word = "抱歉让您久等了，之前答应您的事还需要一点时间，" + due_words(desk)
        expect(pledge.get_by_test_id("move-word")).to_have_value(word)
        pledge.get_by_test_id("move-confirm").click()
        told = shop.locator("[data-testid=message][data-sender=bot]", has_text="还需要一点时间")
        expect(told).to_be_visible()

        shop.get_by_test_id("close").click()
        shop.goto("about:blank")  # she has left the shop
        said(desk_store, planned(desk_store, chat, "asked:ask_size:down-light-short"))
        shop.goto(f"{stack.url}/")
        expect(shop.get_by_test_id("unread")).to_have_text("1")
        shop.get_by_test_id("launcher").click()
        mark = shop.locator("[data-testid=message][data-kind=follow_up]")
        expect(mark).to_contain_text("接着上次聊")
        expect(mark).to_contain_text(TEXT)
        shop.wait_for_timeout(800)
        desk.reload()
        desk.get_by_test_id("daily").click()
        desk.get_by_test_id("past-follow-ups").click()
        expect(desk.get_by_test_id("follow-up").filter(has_text=TEXT).first).to_contain_text("已看到")
    desk_store.engine.dispose()


def due_words(page: Page) -> str:
    """In three days at 18:00, as the page says it."""
    in_three_days = "const d = new Date(); d.setDate(d.getDate() + 3); return [d.getMonth() + 1, d.getDate()]"
    month, day = page.evaluate(f"(() => {{ {in_three_days} }})()")
    return f"{month}月{day}日 18:00 前一定给您办好。"
