"""Fixtures shared by all tests: the live stack and a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import get_settings
from bot.training.dialogue_model import current_model
from tests.live import CLOCK, Stack, running_stack

TESTS = Path(__file__).parent
# They drive real processes by the clock; a shared machine may stand still for seconds. What fails twice fails,
# and what needed its second try is listed at the end of the run.
IN_REAL_TIME = {"browser", "conversations", "onboarding", "torture", "web"}
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def unavailable(what: str, cure: str) -> None:
    """Skip with the reason and the cure; with CI=true a missing program is a failure."""
    message = f"{what} is not available: {cure}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright keeps an event loop running, in which no other test could start one."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    for item in items:
        if item.path.relative_to(TESTS).parts[0] in IN_REAL_TIME:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The really trained bot behind the real gateway."""
    if not current_model(get_settings()).exists():
        unavailable("the trained model", "run `xiaoer train` (make test does)")
    own_clock = CLOCK in os.environ
    with running_stack(tmp_path_factory.mktemp("stack"), own_clock, rate_limits=False) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """One Chromium for all browser tests: Debian's, else Playwright's own download."""
    from playwright.sync_api import Error, sync_playwright

    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=found, args=CHROMIUM_ARGUMENTS)
        except Error as error:
            unavailable("Chromium", f"install Debian's chromium package ({str(error).splitlines()[0]})")
        yield chromium
        chromium.close()
