"""A supervisor reads the figures and takes a table home, in Chromium; the dialogue behind it is scripted."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_agent import visitor
from tests.web.conftest import Web, rasa, web  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser]


def enter(page: Page, web: Web, path: str, username: str) -> None:  # noqa: F811
    page.goto(f"{web.url}{path}")
    page.get_by_test_id("login-username").fill(username)
    page.get_by_test_id("login-password").fill(web.password(username))
    page.get_by_test_id("login-submit").click()
    expect(page.get_by_test_id("login-submit")).to_have_count(0)


def test_a_supervisor_sees_todays_chat_and_downloads_the_days(browser: Browser, web: Web, tmp_path: Path):  # noqa: F811
    chat = web.customer()
    chat.say("穿什么码")
    chat.post("human")
    with visitor(browser) as page:
        refused: list[str] = []
        page.on(
            "console", lambda message: "Content Security" in message.text and refused.append(message.text)
        )
        enter(page, web, "/managers", "zhou")
        expect(page.get_by_test_id("figure-visits")).to_contain_text("人次")
        page.get_by_test_id("period-today").click()
        expect(page.get_by_test_id("period-today")).to_have_attribute("aria-pressed", "true")
        expect(page.get_by_test_id("figure-first-reply")).to_contain_text("100%")
        expect(page.get_by_text("客户要求人工")).to_be_visible()
        page.reload()
        expect(page.get_by_test_id("period-today")).to_have_attribute("aria-pressed", "true")
        with page.expect_download() as waiting:
            page.get_by_role("link", name="下载每天（CSV）").click()
        waiting.value.save_as(tmp_path / "days.csv")
        page.get_by_test_id("period-days").click()
        page.get_by_test_id("calendar-before").click()
        days = page.get_by_test_id("calendar").locator("td button")
        days.nth(6).click()
        days.first.click()  # in either order
        expect(page.get_by_test_id("period-days")).to_contain_text("月1日")
        expect(page.get_by_test_id("period-days")).to_contain_text("月7日")
        expect(page.get_by_test_id("board-empty")).to_be_visible()
        assert refused == []
    rows = (tmp_path / "days.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].startswith("日期,接待") and len(rows) == 2


def test_an_agent_who_opens_the_figures_is_told_who_may(browser: Browser, web: Web):  # noqa: F811
    with visitor(browser) as page:
        enter(page, web, "/managers", "aqing")
        page.goto(f"{web.url}/managers")
        expect(page.get_by_test_id("no-permission")).to_contain_text("经营看板")


TABLES = ("每天", "一天里的各个钟点", "问得最多", "为什么转人工", "客服", "补偿花了多少", "用得最多的话术")


def test_every_table_of_the_page_can_be_taken_home(browser: Browser, web: Web):  # noqa: F811
    web.customer().say("穿什么码")
    with visitor(browser) as page:
        enter(page, web, "/managers#today", "zhou")
        for title in TABLES:
            with page.expect_download() as waiting:
                page.get_by_role("link", name=f"下载{title}（CSV）").click()
            assert waiting.value.suggested_filename.endswith(".csv")


def test_when_the_line_is_lost_the_last_figures_stay_and_say_so(browser: Browser, web: Web):  # noqa: F811
    web.customer().say("穿什么码")
    with visitor(browser) as page:
        enter(page, web, "/managers#today", "zhou")
        expect(page.get_by_test_id("figure-visits")).to_contain_text("人次")
        page.context.set_offline(True)
        page.get_by_test_id("period-7").click()
        stale = page.get_by_role("alert")
        expect(stale).to_contain_text("没有更新成功")
        expect(page.get_by_test_id("figure-visits")).to_contain_text("人次")
        page.context.set_offline(False)
        stale.get_by_role("button", name="再试一次").click()
        expect(stale).to_have_count(0)


def test_the_page_fits_a_phone_and_the_chart_is_read_by_keyboard(browser: Browser, web: Web):  # noqa: F811
    web.customer().say("穿什么码")
    with visitor(browser) as page:
        page.set_viewport_size({"width": 360, "height": 740})
        enter(page, web, "/managers#today", "zhou")
        expect(page.get_by_test_id("figure-misread")).to_be_visible()
        expect(page.locator("header strong")).to_have_text("经营看板")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.get_by_role("group", name="每天的接待量").focus()
        page.keyboard.press("ArrowRight")
        expect(page.locator("figure").first.locator(".told")).to_contain_text("接待")
