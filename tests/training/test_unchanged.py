"""A second start does not check and train again, unless anything it depends on has changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.training.unchanged import is_as_left, leave

TODAY = date(2026, 11, 22)


@pytest.fixture
def started(tmp_path: Path) -> Settings:
    """An installation as a start has left it."""
    for name in ("shop", "faq", "nlu", "lexicon"):
        write(tmp_path / name / "some.yml", "a: 1\n")
    for name in ("encoder/manifest.json", "faq/v1/manifest.json", "faq/v1/calibration.json"):
        write(tmp_path / "models" / name, "{}")
    write(tmp_path / "models" / "faq" / "CURRENT", "v1\n")
    write(tmp_path / "models" / "rasa" / "current.tar.gz", "")
    folders = {f"{name}_dir": tmp_path / name for name in ("shop", "faq", "nlu", "lexicon", "models")}
    settings = Settings(data_dir=tmp_path / "var", encoder="", **folders)
    assert not is_as_left(settings, TODAY), "the first start checks"
    leave(settings, TODAY)
    return settings


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_with_nothing_changed_a_start_need_not_check(started: Settings):
    assert is_as_left(started, TODAY)


@pytest.mark.parametrize(
    "change",
    [
        lambda settings: write(settings.shop_dir / "some.yml", "a: 2\n"),
        lambda settings: write(settings.faq_dir / "new.yml", "a: 1\n"),
        lambda settings: (settings.nlu_dir / "some.yml").unlink(),
        lambda settings: (settings.models_dir / "rasa" / "current.tar.gz").unlink(),
        lambda settings: write(settings.models_dir / "faq" / "CURRENT", "v2\n"),
        lambda settings: (settings.models_dir / "encoder" / "manifest.json").unlink(),
        lambda settings: (settings.data_dir / "last-start").unlink(),
    ],
    ids=[
        "a file",
        "a new file",
        "a lost file",
        "no model",
        "another FAQ",
        "no encoder",
        "an empty data folder",
    ],
)
def test_a_start_checks_again_after_a_change(started: Settings, change: Callable[[Settings], None]):
    change(started)
    assert not is_as_left(started, TODAY)


def test_a_start_on_another_day_checks_again_because_campaigns_end(started: Settings):
    assert not is_as_left(started, date(2026, 11, 23))


def test_another_encoder_is_looked_at(started: Settings):
    assert not is_as_left(started.model_copy(update={"encoder": "bge-small-zh"}), TODAY)
