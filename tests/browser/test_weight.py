"""How heavy each page is and how soon it can be used, measured in Chromium; docs/surfaces.md tells the figures."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.web.conftest import Web, rasa, web  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser

MOST_KILOBYTES = {"/": 110, "/desk": 230, "/workbench": 240, "/managers": 130}
"""Of scripts and styles as they travel; pictures and data come on top."""

MEASURE = """() => performance.getEntriesByType('resource')
    .filter((each) => /\\.(js|css)$/.test(new URL(each.name).pathname))
    .reduce((sum, each) => sum + each.encodedBodySize, 0) / 1024"""


@pytest.mark.parametrize("path", MOST_KILOBYTES)
def test_a_page_stays_light(browser: Browser, web: Web, path: str):  # noqa: F811
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.goto(web.url + path)
    sign = "launcher" if path == "/" else "login-submit"
    expect(page.get_by_test_id(sign)).to_be_visible()
    page.wait_for_load_state("networkidle")
    kilobytes = page.evaluate(MEASURE)
    context.close()
    print(f"{path}: {kilobytes:.0f} kB of scripts and styles")
    assert 0 < kilobytes <= MOST_KILOBYTES[path]
