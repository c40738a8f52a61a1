"""Guards that are a matter of reading the source; and docs/security.md names only tests that exist."""

from __future__ import annotations

import asyncio
import re
import threading
import time

import pytest

from bot.desk.threads import in_slow_thread
from bot.settings import ROOT

MAKES_HTML = re.compile(
    r"innerHTML|outerHTML|v-html|insertAdjacentHTML|document\.write|\beval\(|new Function"
)


def test_no_page_makes_html_of_what_somebody_wrote():
    pages = [each for each in (ROOT / "frontend" / "src").rglob("*") if each.suffix in (".ts", ".vue")]
    assert len(pages) > 50
    assert not [each.name for each in pages if MAKES_HTML.search(each.read_text(encoding="utf-8"))]


def test_no_part_of_the_dialogue_loads_weights_from_elsewhere():
    recipe = (ROOT / "config.yml").read_text(encoding="utf-8")
    assert "pipeline:" in recipe and "LanguageModelFeaturizer" not in recipe


def test_however_many_log_in_at_once_two_passwords_are_hashed_at_a_time():
    now, most, counting = 0, 0, threading.Lock()

    def hashes() -> None:
        nonlocal now, most
        with counting:
            now += 1
            most = max(most, now)
        time.sleep(0.02)
        with counting:
            now -= 1

    async def many() -> None:
        await asyncio.gather(*(in_slow_thread(hashes) for _ in range(12)))

    asyncio.run(many())
    assert most == 2


@pytest.mark.parametrize("name", ["app", "rasa", "test"])
def test_every_dependency_is_pinned_to_one_version(name: str):
    lines = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line.split("#")[0].split(";")[0].strip() for line in lines]
    wanted = [line for line in wanted if line and not line.startswith("-")]
    assert wanted and not [line for line in wanted if not re.fullmatch(r"[\w.\[\],-]+ ?(==|@) ?\S+", line)]


@pytest.mark.parametrize("page", ["security.md", "reliability.md"])
def test_every_test_that_the_docs_name_exists(page: str):
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs" / page).read_text(encoding="utf-8"))
    assert len(named) > 30
    missing = [
        f"{path}::{test}"
        for path, test in named
        if not re.search(rf"def {test}\(", (ROOT / path).read_text(encoding="utf-8"))
    ]
    assert not missing
