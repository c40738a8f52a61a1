"""axe-core over every page, light and dark: nothing serious or critical stands in anybody's way.

axe-core (MPL-2.0, a development dependency of the front end) is the rule set that browsers' own audits use; it runs
in the page as built, in front of a scripted bot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.settings import ROOT
from bot.web.pages import STATIC
from tests.conftest import unavailable
from tests.web.conftest import Chat, Web, rasa, web  # noqa: F401 - fixtures
from tests.web.test_desk_tools import ORDER, SCARF

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")
PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.exists():
        unavailable("axe-core", "run `npm ci` in frontend/ (make test does)")
    if not (STATIC / "desk.html").exists():
        unavailable("the built pages", "run `npm run build` in frontend/ (make test does)")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def chat(web: Web) -> Chat:  # noqa: F811
    """小林 has 林晴, who was sent two remedies; she asks a supervisor for a third."""
    chat = web.customer(web.signed("c-lin"), order_id=ORDER, product_id="coat-cloud")
    chat.say("穿什么码")
    chat.say("转人工")
    path = f"/api/desk/conversations/{chat.id}"
    with web.agent("xiaolin") as agent:
        agent.post(f"{path}/take", json={})
        card = {**SCARF, "kinds": ["partial_refund", "exchange"], "client_id": "axe"}
        assert agent.post(f"{path}/remedies", json=card).status_code == 200
        wish = {**SCARF, "remedy": "full_refund", "reason": "第二次出问题，很生气"}
        assert agent.post(f"{path}/approvals/remedy", json=wish).status_code == 201
        agent.post(f"{path}/tags", json={"text": "售后"})
        agent.post(f"{path}/notes", json={"text": "先道歉"})
    chat.say("围巾起球了")
    web.customer().say("转人工")
    return chat


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1366, "height": 768},
        locale="zh-CN",
        color_scheme=request.param,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def log_in(page: Page, web: Web, path: str, username: str) -> None:  # noqa: F811
    page.goto(web.url + path)
    page.get_by_test_id("login-username").fill(username)
    page.get_by_test_id("login-password").fill(web.password(username))
    page.get_by_test_id("login-submit").click()
    expect(page.get_by_test_id("logout")).to_be_visible(timeout=PATIENCE_MS)


def storefront(page: Page, web: Web, look: Callable[[str], None]) -> None:  # noqa: F811
    for path in ("/", "/product/coat-cloud", "/orders"):
        page.goto(web.url + path)
        page.wait_for_load_state("networkidle")
        look(path)
    page.goto(web.url + "/product/coat-cloud")
    page.get_by_test_id("launcher").click()
    page.get_by_test_id("input").fill("穿什么码")
    page.get_by_test_id("input").press("Enter")
    expect(page.locator("[data-testid=message][data-sender=bot]").nth(1)).to_be_visible(timeout=PATIENCE_MS)
    look("the chat")
    page.get_by_test_id("menu").click()
    look("the chat's menu")
    page.keyboard.press("Escape")
    page.get_by_test_id("orders").click()
    expect(page.get_by_test_id("picker-note").or_(page.get_by_test_id("pick-order").first)).to_be_visible()
    look("the order picker")
    page.get_by_test_id("picker-close").click()
    page.get_by_test_id("human").click()
    expect(page.get_by_test_id("queue")).to_be_visible(timeout=PATIENCE_MS)
    look("the queue")
    page.get_by_test_id("leave-queue").click()
    expect(page.get_by_test_id("queue")).to_be_hidden(timeout=PATIENCE_MS)
    page.get_by_test_id("input").fill("补发纽扣")
    page.get_by_test_id("input").press("Enter")
    expect(page.get_by_test_id("rating")).to_be_visible(timeout=PATIENCE_MS)
    look("the rating")


def desk(page: Page, web: Web, chat: Chat, look: Callable[[str], None]) -> None:  # noqa: F811
    page.goto(f"{web.url}/desk")
    expect(page.get_by_test_id("login-submit")).to_be_visible(timeout=PATIENCE_MS)
    look("the login")
    log_in(page, web, f"/desk#{chat.id}", "xiaolin")
    expect(page.get_by_test_id("reply-input")).to_be_visible(timeout=PATIENCE_MS)
    look("an open conversation")
    page.keyboard.press("Escape")
    page.keyboard.press("i")
    page.keyboard.press("?")
    expect(page.get_by_test_id("cheat-sheet")).to_be_visible(timeout=PATIENCE_MS)
    look("the cheat sheet")
    page.keyboard.press("Escape")
    page.get_by_test_id("open-board").click()
    expect(page.get_by_test_id("board-send")).to_be_enabled(timeout=PATIENCE_MS)
    look("the remedy board")
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    expect(page.get_by_test_id("transfer-note")).to_be_visible(timeout=PATIENCE_MS)
    look("the transfer")
    page.keyboard.press("Escape")
    page.get_by_test_id("daily").click()
    expect(page.get_by_test_id("open-promises")).to_be_visible(timeout=PATIENCE_MS)
    look("the day's list")


def supervisor(page: Page, web: Web, look: Callable[[str], None]) -> None:  # noqa: F811
    log_in(page, web, "/desk", "zhou")
    page.get_by_test_id("approvals-open").click()
    expect(page.get_by_test_id("approval").first).to_be_visible(timeout=PATIENCE_MS)
    look("what waits for her yes")
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 360, "height": 740})
    page.get_by_test_id("more").click()
    look("the menu of a phone")
    page.get_by_test_id("team-open").click()
    expect(page.get_by_test_id("team")).to_be_visible(timeout=PATIENCE_MS)
    look("the team")
    page.set_viewport_size({"width": 1366, "height": 768})
    for path in ("/workbench", "/managers"):
        page.goto(web.url + path)
        expect(page.get_by_test_id("logout")).to_be_visible(timeout=PATIENCE_MS)
        page.wait_for_load_state("networkidle")
        look(path)
        for link in page.locator("nav a[href^='#'], nav a[href^='/workbench']").all():
            link.click()
            page.wait_for_load_state("networkidle")
            look(f"{path}: {link.inner_text().strip()}")
    page.goto(f"{web.url}/managers")
    page.get_by_test_id("period-days").click()
    expect(page.get_by_test_id("calendar")).to_be_visible(timeout=PATIENCE_MS)
    look("the calendar")


@pytest.mark.parametrize("surface", ["storefront", "desk", "supervisor"])
def test_no_page_has_a_serious_or_critical_finding(
    page: Page,
    web: Web,  # noqa: F811
    chat: Chat,
    axe: str,
    surface: str,
) -> None:
    found: list[str] = []

    def look(place: str) -> None:
        page.evaluate(axe)
        report: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        for rule in report["violations"]:
            if rule["impact"] in GRAVE:
                nodes = [
                    f"{node['html'][:160]} ({node['failureSummary'][:200]})" for node in rule["nodes"][:3]
                ]
                found.append(f"{place}: {rule['id']} ×{len(rule['nodes'])}: " + " | ".join(nodes))

    if surface == "storefront":
        storefront(page, web, look)
    elif surface == "desk":
        desk(page, web, chat, look)
    else:
        supervisor(page, web, look)
    assert not found, "\n".join(found)
