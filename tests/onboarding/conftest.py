"""A shop as `xiaoer shop new` makes it, and the command line itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.onboarding.skeleton import make_shop


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_shop(tmp_path / "shop", "老丛茶行")
    return tmp_path / "shop"


def xiaoer(*words: object) -> Result:
    """Run the command; what it says on both channels is `.output`."""
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "300"})
