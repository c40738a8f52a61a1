"""The README is under test: what it names exists, and what exists for owners is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from bot.cli import app
from bot.settings import ROOT, Settings

READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
HIDDEN = {"banner"}


@pytest.fixture(params=READMES, ids=lambda path: path.name)
def text(request: pytest.FixtureRequest) -> str:
    return request.param.read_text(encoding="utf-8")


def named_paths(text: str) -> set[str]:
    marked = re.findall(r"`([\w./-]+)`", text) + re.findall(r"\]\(([\w./-]+)\)", text)
    return {path for path in marked if "/" in path or re.search(r"\.(ya?ml|md|py)$", path)}


def commands() -> set[str]:
    group = typer.main.get_command(app)
    return {name for name in group.commands if name not in HIDDEN}


def test_every_path_it_names_exists(text: str) -> None:
    missing = [
        path for path in named_paths(text) if not (ROOT / path).exists() and path != ".venv/bin/xiaoer"
    ]
    assert missing == []


def test_every_command_it_names_exists_and_the_other_way_round(text: str) -> None:
    named = {match for match in re.findall(r"`(?:\.venv/bin/)?xiaoer (\w+)", text)}
    assert named <= commands()
    assert commands() <= named


def test_every_step_of_ones_own_shop_is_named_and_exists(text: str) -> None:
    group = typer.main.get_command(app).commands["shop"]
    assert set(re.findall(r"xiaoer shop (\w+)", text)) == set(group.commands)
    people = typer.main.get_command(app).commands["agents"]
    for option in re.findall(r"`(--[a-z-]+)`", text):
        known = {
            name
            for command in [*group.commands.values(), *people.commands.values()]
            for each in command.params
            for name in each.opts
        }
        assert option in known | {"--help"}, option


def test_every_make_target_it_names_exists(text: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.M))
    assert {"run", "test", "bench"} <= named <= targets


def test_every_setting_it_names_exists(text: str) -> None:
    known = {f"XIAOER_{name.upper()}" for name in Settings.model_fields}
    named = set(re.findall(r"XIAOER_[A-Z_]+", text))
    assert named and named <= known


def test_both_languages_name_the_same_paths_and_settings() -> None:
    english, chinese = (path.read_text(encoding="utf-8") for path in READMES)
    assert named_paths(english) - {"README.zh-CN.md"} == named_paths(chinese) - {"README.md"}
    assert set(re.findall(r"XIAOER_[A-Z_]+", english)) == set(re.findall(r"XIAOER_[A-Z_]+", chinese))


def test_every_top_level_folder_is_on_the_map(text: str) -> None:
    tracked = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    built = {
        "models",
        "var",
        "reports",
        "xiaoer.egg-info",
        "__pycache__",
        "requirements",
        "node_modules",
        "build",
    }
    for folder in sorted(tracked - built):
        assert f"`{folder}/" in text, f"{folder}/ is not on the folder map"


def test_the_widget_it_embeds_is_what_the_build_makes(text: str) -> None:
    config = (ROOT / "frontend" / "vite.widget.config.ts").read_text(encoding="utf-8")
    assert "xiaoer-chat.js" in text and "xiaoer-chat" in config


def test_no_path_of_one_machine_is_in_the_docs() -> None:
    for path in [*READMES, *Path(ROOT / "docs").glob("*.md")]:
        assert not re.search(r"(?<![\w.])/(?:work|root|home|tmp)/\w", path.read_text(encoding="utf-8")), path
