"""Trainers change what the bot says, in Chromium: linted, previewed, reviewed by two, published, rolled back.

Scripts, index and encoder are copies; the dialogue is scripted, because no script is chosen by it here.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.desk.conversations import Role
from bot.faq.search import Searcher
from bot.settings import ROOT, get_settings
from tests.browser.test_agent import visitor
from tests.conftest import unavailable
from tests.web.conftest import Web, running_gateway, settings_for
from tests.web.rasa_stand_in import ScriptedRasa

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SLOW_MS = 60_000
PASSWORD = "lan-and-wen-review-together"
PLAIN = "account.login-problem"
FRESH = "先点“忘记密码”试试，收不到码就隔一分钟再发；还不行我请同事来办。"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    folder = tmp_path_factory.mktemp("scripts")
    ours = get_settings().models_dir
    if not (ours / "faq" / "CURRENT").exists():
        unavailable("the FAQ index", "run `xiaoer train` (make test does)")
    for name in ("faq", "encoder"):
        shutil.copytree(ours / name, folder / "models" / name)
    shutil.copytree(ROOT / "data" / "faq", folder / "data" / "faq")
    rasa = ScriptedRasa()
    rasa.start()
    paths = {"faq_dir": folder / "data" / "faq", "models_dir": folder / "models"}
    settings = settings_for(folder, rasa, shop_dir=ROOT / "data" / "shop", rate_limits=False, **paths)
    with running_gateway(settings, rasa) as web:
        for username, name in (("lan", "兰老师"), ("mei", "梅老师")):
            web.app.state.gateway.desk.agents.create(username, name, Role.TRAINER, PASSWORD)
        yield web
    rasa.stop()


def money_entry(gateway: Web) -> str:
    lines = (gateway.settings.faq_dir / "bargain.yml").read_text(encoding="utf-8").splitlines()
    return next(line.split("id: ")[1] for line in lines if line.startswith("  - id: "))


def open_script(page: Page, gateway: Web, username: str, entry_id: str) -> None:
    page.goto(f"{gateway.url}/workbench#scripts")
    page.get_by_test_id("login-username").fill(username)
    page.get_by_test_id("login-password").fill(PASSWORD)
    page.get_by_test_id("login-submit").click()
    page.get_by_test_id("script-search").fill(entry_id, timeout=SLOW_MS)
    page.get_by_test_id(f"script-{entry_id}").click()
    expect(page.get_by_test_id("script-text-0")).to_be_visible(timeout=SLOW_MS)


def served_text(gateway: Web, question: str) -> str:
    searcher = Searcher.open(gateway.settings.models_dir, gateway.settings)
    return searcher.search(question, top=1)[0].text


def test_a_trainer_rewords_an_answer_publishes_it_and_takes_it_back(browser: Browser, gateway: Web) -> None:
    file: Path = gateway.settings.faq_dir / "account.yml"
    before = file.read_text(encoding="utf-8")
    with visitor(browser) as page:
        open_script(page, gateway, "lan", PLAIN)
        page.get_by_test_id("script-text-0").fill("保证登上，{shp}")
        expect(page.get_by_test_id("finding-unknown_placeholder")).to_be_visible(timeout=SLOW_MS)
        expect(page.get_by_test_id("finding-promise")).to_be_visible()
        expect(page.get_by_test_id("script-save")).to_be_disabled()

        page.get_by_test_id("script-text-0").fill(f"{FRESH}{{agent_hours}}")
        expect(page.get_by_test_id("script-preview")).to_contain_text("–")
        page.get_by_test_id("script-text-0").fill(FRESH)
        expect(page.get_by_test_id("script-save")).to_be_enabled(timeout=SLOW_MS)
        page.get_by_test_id("script-save").click()
        page.get_by_test_id("script-publish").click(timeout=SLOW_MS)
        expect(page.get_by_test_id("script-rollback")).to_be_visible(timeout=SLOW_MS)
        now = file.read_text(encoding="utf-8")
        changed = [line for line in now.splitlines() if line not in before.splitlines()]
        assert changed == [f"          {FRESH}"]
        assert served_text(gateway, "登录不上怎么办") == FRESH

        page.get_by_test_id("script-rollback").click()
        expect(page.get_by_test_id("script-rollback")).to_have_count(0, timeout=SLOW_MS)
    assert file.read_text(encoding="utf-8") == before
    assert served_text(gateway, "登录不上怎么办") != FRESH


def test_words_about_money_are_published_after_a_second_trainer_has_agreed(
    browser: Browser, gateway: Web
) -> None:
    entry_id, words = money_entry(gateway), "您能用的券和满减我先给您用足，再看还能不能少。您看的是哪款？"
    with visitor(browser) as lan:
        open_script(lan, gateway, "lan", entry_id)
        lan.get_by_test_id("script-text-0").fill(words)
        lan.get_by_test_id("script-save").click(timeout=SLOW_MS)
        expect(lan.get_by_test_id("script-version").first).to_be_visible(timeout=SLOW_MS)
        expect(lan.get_by_test_id("script-approve")).to_have_count(0)
        expect(lan.get_by_test_id("script-publish")).to_have_count(0)
    with visitor(browser) as mei:
        open_script(mei, gateway, "mei", entry_id)
        mei.get_by_test_id("script-approve").click(timeout=SLOW_MS)
        mei.get_by_test_id("script-publish").click(timeout=SLOW_MS)
        expect(mei.get_by_test_id("script-rollback")).to_be_visible(timeout=SLOW_MS)
    assert words in (gateway.settings.faq_dir / "bargain.yml").read_text(encoding="utf-8")
