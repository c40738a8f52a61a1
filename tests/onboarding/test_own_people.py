"""A shop without the demo lets its own people in."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import cli_agents
from bot.desk.conversations import NotFound, Role
from bot.desk.desk import open_desk
from bot.settings import Settings
from tests.onboarding.conftest import xiaoer


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    own = Settings(data_dir=tmp_path, demo=False)
    monkeypatch.setattr(cli_agents, "get_settings", lambda: own)
    return own


def test_somebody_who_was_let_in_logs_in_with_the_password_that_was_shown(settings: Settings) -> None:
    shown = xiaoer("agents", "add", "xiaolin", "--name", "小林", "--role", "supervisor")
    assert shown.exit_code == 0
    agents = open_desk(settings.database).agents
    person, _ = agents.login("xiaolin", shown.stdout.strip())
    assert (person.name, person.role) == ("小林", Role.SUPERVISOR)
    assert "xiaolin\t小林\tsupervisor" in xiaoer("agents", "list").output
    fresh = xiaoer("agents", "password", "xiaolin").stdout.strip()
    with pytest.raises(NotFound):
        agents.login("xiaolin", shown.stdout.strip())
    assert agents.login("xiaolin", fresh)


@pytest.mark.parametrize(("words", "told"), [
    (("add", "小林", "--name", "x"), "is no user name"),
    (("add", "lin", "--name", "x", "--role", "boss"), "is no role"),
    (("password", "nobody"), "nobody is called"), (("list",), "nobody yet"),
])  # fmt: skip
def test_a_slip_is_told_with_its_cure(settings: Settings, words: tuple[str, ...], told: str) -> None:
    assert told in xiaoer("agents", *words).output


def test_a_name_that_is_taken_is_not_taken_over(settings: Settings) -> None:
    xiaoer("agents", "add", "lin", "--name", "林")
    again = xiaoer("agents", "add", "lin", "--name", "别人")
    assert again.exit_code == 1 and "can log in already" in again.output
