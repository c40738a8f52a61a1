"""Demo logins are made once and can be read again by their owner only."""

from __future__ import annotations

import json
from pathlib import Path

from bot.desk.desk import Desk
from bot.desk.people.accounts import LOGINS_FILE, ensure_demo_accounts


def test_a_second_start_gives_the_same_logins(desk: Desk, tmp_path: Path):
    first = ensure_demo_accounts(desk.agents, tmp_path)
    assert ensure_demo_accounts(desk.agents, tmp_path) == first
    assert [(login.username, login.name, login.role) for login in first] == [
        ("xiaolin", "小林", "agent"),
        ("aqing", "阿青", "agent"),
        ("wen", "文老师", "trainer"),
        ("he", "何老师", "trainer"),
        ("zhou", "周店长", "supervisor"),
    ]
    for login in first:
        assert desk.agents.login(login.username, login.password)[0].name == login.name


def test_passwords_differ_between_people_and_installations(desk: Desk, tmp_path: Path):
    here = ensure_demo_accounts(desk.agents, tmp_path / "here")
    there = ensure_demo_accounts(desk.agents, tmp_path / "there")
    assert len({login.password for login in [*here, *there]}) == 10


def test_only_the_owner_may_read_the_file(desk: Desk, tmp_path: Path):
    ensure_demo_accounts(desk.agents, tmp_path)
    path = tmp_path / LOGINS_FILE
    assert path.stat().st_mode & 0o777 == 0o600
    assert json.loads(path.read_text(encoding="utf-8"))[0]["username"] == "xiaolin"


def test_a_lost_file_means_new_passwords(desk: Desk, tmp_path: Path):
    before = ensure_demo_accounts(desk.agents, tmp_path)
    (tmp_path / LOGINS_FILE).unlink()
    after = ensure_demo_accounts(desk.agents, tmp_path)
    assert before[0].password != after[0].password
    assert desk.agents.login("xiaolin", after[0].password)


def test_a_file_that_was_cut_off_costs_new_passwords_and_no_start(desk: Desk, tmp_path: Path):
    ensure_demo_accounts(desk.agents, tmp_path)
    path = tmp_path / LOGINS_FILE
    path.write_text("")
    anew = ensure_demo_accounts(desk.agents, tmp_path)
    assert all(desk.agents.login(login.username, login.password) for login in anew)
    written = path.stat().st_mtime_ns
    assert ensure_demo_accounts(desk.agents, tmp_path) == anew
    assert path.stat().st_mtime_ns == written, "what has not changed is not written"
