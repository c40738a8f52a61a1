"""The "/" palette is read once, whoever asks; scripts again only where their files changed."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.desk.agent_tools import palette
from bot.desk.agent_tools.palette import Palette
from bot.settings import Settings

TODAY = date(2026, 11, 22)


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    variants = "".join(f"    - 几天发货{n}\n" for n in range(8))
    path = tmp_path / "shipping.yml"
    path.write_text(
        "topic: shipping\nentries:\n- id: shipping.when\n  intent: ask_shipping_time\n  question: 几天发货\n"
        f"  variants:\n{variants}  scripts:\n  - {{id: a, text: 当天发}}\n"
    )
    return path


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """One for every time that the scripts' files are read."""
    found: list[Path] = []
    real = palette.load_scripts

    def slow(folder: Path):
        found.append(folder)
        time.sleep(0.05)
        return real(folder)

    monkeypatch.setattr(palette, "load_scripts", slow)
    return found


@pytest.fixture
def offered(scripts: Path) -> Palette:
    return Palette(Settings(data_dir=scripts.parent, faq_dir=scripts.parent))


def script_texts(offered: Palette, today: date = TODAY) -> list[str]:
    return [each.text for each in offered.phrases(today) if each.id == "shipping.when"]


def test_agents_who_come_at_once_wait_for_one_reading(offered: Palette, readings: list[Path]):
    start = threading.Barrier(4)

    def ask() -> list[str]:
        start.wait()
        return script_texts(offered)

    with ThreadPoolExecutor(4) as pool:
        answers = [each.result() for each in [pool.submit(ask) for _ in range(4)]]
    assert answers == [["当天发"]] * 4 and len(readings) == 1


def test_the_first_agent_of_the_day_does_not_wait_for_the_scripts_to_be_read_again(
    offered: Palette, readings: list[Path]
):
    offered.warm_up(TODAY)
    assert script_texts(offered, TODAY + timedelta(days=1)) == ["当天发"] and len(readings) == 1


def test_a_published_script_is_in_the_palette_at_once(offered: Palette, readings: list[Path], scripts: Path):
    offered.warm_up(TODAY)
    scripts.write_text(scripts.read_text().replace("当天发", "次日发"))
    os.utime(scripts, ns=(0, scripts.stat().st_mtime_ns + 1_000_000))
    assert script_texts(offered) == ["次日发"] and len(readings) == 2


def test_a_broken_file_does_not_keep_the_shop_from_opening(offered: Palette, scripts: Path, caplog):
    scripts.write_text("topic: [")
    offered.warm_up(TODAY)
    assert "no phrases" in caplog.text
