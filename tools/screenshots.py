"""Takes the pictures of docs/screenshots again: `make screenshots`, some of them: `make screenshots SHOTS=managers`.

A stack of its own is started on the models of this checkout, with two made weeks behind it and a morning's clock
(Debian's package faketime; without it the hour is the real one), so that no real installation is written to.
What is on a picture is a function in tools/pictures.py; its name is the file's.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

from bot.desk.back_office.ledger import SHOP_TIME
from bot.settings import ROOT
from tests.live import CLOCK, Stack, running_stack
from tools import pictures  # noqa: F401 - puts them on the list
from tools.sample_days import SampleDays
from tools.visit import PICTURES, Visit

FOLDER = ROOT / "docs" / "screenshots"
MOST_BYTES = 200_000
PATIENCE_MS = 120_000
HOUR = 10
"""Of the shop's day: agents are there, and nothing is late."""


def main(wanted: Iterable[str]) -> None:
    names = list(wanted) or list(PICTURES)
    unknown = [name for name in names if name not in PICTURES]
    if unknown:
        raise SystemExit(f"✗ no such picture: {', '.join(unknown)}; there are {', '.join(PICTURES)}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    now = datetime.now(SHOP_TIME)
    morning = now.replace(hour=HOUR, minute=20) + timedelta(days=now.hour >= HOUR)
    has_clock = any(Path("/usr/lib").glob("**/faketime/libfaketimeMT.so.1"))
    os.environ[CLOCK] = f"+{int((morning - now).total_seconds())}s"
    with (
        tempfile.TemporaryDirectory() as folder,
        running_stack(Path(folder), has_clock, rate_limits=False) as stack,
    ):
        SampleDays(stack.settings.database).write(morning if has_clock else now)
        with _chromium() as browser:
            for name in names:
                _take(browser, stack, name, morning if has_clock else None)


@contextmanager
def _chromium() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


def _take(browser: Browser, stack: Stack, name: str, morning: datetime | None) -> None:
    frame, take = PICTURES[name]
    started = time.monotonic()
    context = browser.new_context(
        viewport={"width": frame.width, "height": frame.height},
        device_scale_factor=frame.scale,
        color_scheme=frame.scheme,  # type: ignore[arg-type]
        has_touch=frame.is_phone,
        is_mobile=frame.is_phone,
        reduced_motion="reduce",
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    context.set_default_timeout(PATIENCE_MS)
    if morning:
        context.clock.install(time=morning)
    page = context.new_page()
    take(Visit(page, stack))
    page.wait_for_load_state("networkidle")  # its pictures
    page.wait_for_timeout(500)
    size = _save(page.screenshot(), FOLDER / f"{name}.png")
    context.close()
    print(f"{name}.png  {size // 1000} kB  {time.monotonic() - started:.0f} s", flush=True)


def _save(shot: bytes, place: Path) -> int:
    """In as many colours as the file may have room for."""
    whole = Image.open(io.BytesIO(shot)).convert("RGB")
    for colors in (256, 128, 64, 32):
        out = io.BytesIO()
        whole.quantize(colors, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() < MOST_BYTES:
            break
    place.write_bytes(out.getvalue())
    return out.tell()


if __name__ == "__main__":
    main(sys.argv[1:])
