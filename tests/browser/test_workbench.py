"""Trainers at the workbench, in Chromium: words marked, ways put aside, a question turned into a script, weak intents.

Language data, scripts, index and encoder are copies; the dialogue is scripted.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.desk.conversations import Role
from bot.settings import ROOT, get_settings
from bot.training.dialogue_model import current_model
from bot.training.evaluation import held_out, score
from bot.training.runs import COPIED, hash_of
from tests.browser.test_agent import visitor
from tests.conftest import unavailable
from tests.web.conftest import Web, running_gateway, settings_for
from tests.web.rasa_stand_in import SCRIPT, ScriptedRasa

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
SLOW_MS = 60_000
PASSWORD = "lan-and-mei-train-together"
TALL = "我168穿轻暖短款羽绒服拿哪个"
WAYS = ("顺丰到付你们这边可以走的吗", "顺丰到付你们这边可以走吗", "顺丰到付你们那边可以走的吗")
UNKNOWN = tuple(f"你们车间让不让进去看看{end}" for end in "呀吗呢吧")


def unsure(intent: str) -> dict[str, Any]:
    ranking = [{"name": intent, "confidence": 0.4}, {"name": "chitchat", "confidence": 0.1}]
    parse = {"intent": ranking[0], "ranking": ranking, "entities": []}
    return {"replies": [{"text": "您是想问什么？"}], "parse": parse}


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    folder = tmp_path_factory.mktemp("workbench")
    ours = get_settings().models_dir
    if not (ours / "faq" / "CURRENT").exists():
        unavailable("the FAQ index", "run `xiaoer train` (make test does)")
    for name in ("faq", "encoder"):
        shutil.copytree(ours / name, folder / "models" / name)
    for name in (*COPIED, "data/faq"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile)(ROOT / name, folder / name)
    rasa = ScriptedRasa()
    rasa.start()
    paths = {name: folder / "data" / name.removesuffix("_dir") for name in ("faq_dir", "nlu_dir")}
    models = folder / "models"
    settings = settings_for(
        folder, rasa, shop_dir=ROOT / "data" / "shop", rate_limits=False, models_dir=models, **paths
    )
    with pytest.MonkeyPatch.context() as patch, running_gateway(settings, rasa) as web:
        patch.setitem(SCRIPT, TALL, unsure("ask_size"))
        for text in (*WAYS, *UNKNOWN):
            patch.setitem(SCRIPT, text, unsure("ask_courier" if text in WAYS else "ask_shop"))
        for username, name in (("lan", "兰老师"), ("mei", "梅老师")):
            web.app.state.gateway.desk.agents.create(username, name, Role.TRAINER, PASSWORD)
        for text in (*WAYS, TALL):
            web.customer().say(text)
        yield web
    rasa.stop()


def enter(page: Page, gateway: Web, tab: str, username: str = "lan") -> None:
    page.goto(f"{gateway.url}/workbench#{tab}")
    page.get_by_test_id("login-username").fill(username)
    page.get_by_test_id("login-password").fill(PASSWORD)
    page.get_by_test_id("login-submit").click()
    expect(page.get_by_test_id("login-submit")).to_have_count(0, timeout=SLOW_MS)


def show(page: Page, words: str) -> None:
    """Put messages aside until this one is on the screen."""
    message = page.get_by_test_id("inbox-message")
    expect(message).to_be_visible(timeout=SLOW_MS)
    for _ in range(4):
        if words in message.inner_text().replace("\n", ""):
            return
        page.get_by_test_id("aside").click()
        expect(page.get_by_test_id("inbox-last")).to_contain_text("已搁置")


def test_ways_to_put_it_are_labelled_with_the_message_save_those_left_out(
    browser: Browser, gateway: Web
) -> None:
    with visitor(browser) as page:
        enter(page, gateway, "inbox")
        show(page, "顺丰到付")
        ways = page.get_by_test_id("inbox-ways").get_by_role("checkbox")
        expect(ways).to_have_count(2, timeout=SLOW_MS)
        page.keyboard.press("a")
        expect(page.get_by_test_id("inbox-ways").locator(":checked")).to_have_count(0)
        page.keyboard.press("a")
        left_out = page.get_by_test_id("inbox-ways").locator("label").nth(1)
        text = left_out.inner_text().strip()
        left_out.click()
        page.get_by_test_id("confirm").click()
        expect(page.get_by_test_id("inbox-last")).to_contain_text("连同 1 种说法")
        page.get_by_test_id("tab-changes").click()
        diff = page.get_by_test_id("changes-diff")
        staged = [each for each in WAYS if each != text]
        for each in staged:
            expect(diff).to_contain_text(f"- {each}", timeout=SLOW_MS)
        expect(diff).not_to_contain_text(f"- {text}")


def test_words_are_marked_by_mouse_and_keys_and_land_annotated(browser: Browser, gateway: Web) -> None:
    with visitor(browser) as page:
        enter(page, gateway, "inbox")
        show(page, "168")
        page.locator(".word", has_text="168").click()
        page.get_by_test_id("entity-height_cm").click()
        expect(page.get_by_test_id("entity-line")).to_contain_text("我[168](height_cm)穿")

        page.keyboard.press("ArrowRight")  # the focus has stayed at 168: now 穿
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        expect(page.get_by_test_id("entity-kinds")).to_contain_text("轻暖短款羽绒服")
        page.keyboard.press("9")
        expect(page.get_by_test_id("entity-line")).to_contain_text("[轻暖短款羽绒服](product)")
        expect(page.get_by_test_id("inbox-message")).to_contain_text("商品")

        page.get_by_test_id("confirm").click()
        expect(page.get_by_test_id("inbox-last")).to_contain_text("尺码")
        page.get_by_test_id("tab-changes").click()
        line = "我[168](height_cm)穿[轻暖短款羽绒服](product)拿哪个"
        expect(page.get_by_test_id("changes-diff")).to_contain_text(line, timeout=SLOW_MS)


def test_an_unanswered_question_becomes_a_script_that_two_trainers_publish(
    browser: Browser, gateway: Web
) -> None:
    for text in UNKNOWN:
        gateway.customer().say(text)
    with visitor(browser) as lan:
        enter(lan, gateway, "insights")
        lan.get_by_test_id("question-write").first.click(timeout=SLOW_MS)
        form = lan.get_by_test_id("script-new-form")
        expect(form).to_be_visible(timeout=SLOW_MS)
        expect(lan.get_by_test_id("new-question")).to_have_value(re.compile("车间"))
        lan.get_by_test_id("new-intent").select_option("ask_refund")
        lan.get_by_test_id("new-topic").select_option("refund")
        lan.get_by_test_id("new-text").fill("车间在外地，暂时不接待参观。")
        lan.get_by_test_id("new-variants").fill("去车间看看")
        expect(lan.get_by_test_id("finding-few_variants")).to_be_visible(timeout=SLOW_MS)
        expect(lan.get_by_test_id("new-save")).to_be_disabled()
        lan.get_by_test_id("new-variants").fill(
            "\n".join(f"车间参观第{number}回" for number in "一二三四五六七八")
        )
        expect(lan.get_by_test_id("new-save")).to_be_enabled(timeout=SLOW_MS)
        lan.get_by_test_id("new-save").click()
        expect(lan.get_by_test_id("script-version").first).to_be_visible(timeout=SLOW_MS)
        expect(lan.get_by_test_id("script-publish")).to_have_count(0)
    file = gateway.settings.faq_dir / "refund.yml"
    assert "车间在外地" not in file.read_text(encoding="utf-8")
    with visitor(browser) as mei:
        enter(mei, gateway, "scripts", "mei")
        mei.get_by_test_id("scripts-open").click(timeout=SLOW_MS)
        mei.locator("[data-testid^='script-refund.']").first.click()
        mei.get_by_test_id("script-approve").click(timeout=SLOW_MS)
        mei.get_by_test_id("script-publish").click(timeout=SLOW_MS)
        expect(mei.get_by_test_id("script-rollback")).to_be_visible(timeout=SLOW_MS)
    assert "车间在外地，暂时不接待参观。" in file.read_text(encoding="utf-8")


def test_a_cell_of_the_grid_opens_the_sentences_that_were_misread(browser: Browser, gateway: Web) -> None:
    expected = held_out()
    parses = [{"intent": {"name": intent, "confidence": 0.9}} for _, intent in expected]
    parses[0] = {"intent": {"name": "goodbye", "confidence": 0.61}}
    model = current_model(gateway.settings).resolve()
    kept = gateway.settings.data_dir / "scores" / f"{model.name}-{hash_of(expected)}.json"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(json.dumps(score(expected, parses).as_json()), encoding="utf-8")
    with visitor(browser) as page:
        enter(page, gateway, "insights")
        expect(page.get_by_text(f"读 {len(expected)} 句测试句，错了 1 句")).to_be_visible(timeout=SLOW_MS)
        page.get_by_test_id("confusion").first.click()
        expect(page.get_by_test_id("confused-sentences")).to_contain_text(expected[0][0])
