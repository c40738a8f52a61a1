"""`xiaoer evaluate` with what a person gets wrong: told in one line before anything is trained."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.evaluation import own_model


@pytest.fixture(autouse=True)
def nothing_is_trained(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("trained although the call was wrong")

    monkeypatch.setattr(own_model, "trained_on", refuse)


def evaluate(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)])


def test_a_missing_file_of_real_messages_is_named(tmp_path: Path) -> None:
    done = evaluate("--real", tmp_path / "none.jsonl", "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert f"{tmp_path / 'none.jsonl'}:1: file:" in done.output
    assert "name a UTF-8 file with one JSON object a line" in done.output
    assert not (tmp_path / "out").exists()


def test_a_malformed_line_is_told_with_file_line_value_and_cure(tmp_path: Path) -> None:
    path = tmp_path / "real.jsonl"
    path.write_text(
        '{"text": "在吗", "intent": "greet"}\n{"text": "好", "intent": "hello"}\n', encoding="utf-8"
    )
    done = evaluate("--real", path, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert (
        f"{path}:2: intent: 'hello' is no intent of ours: use one that data/dialogue.yml names" in done.output
    )


def test_a_file_where_the_report_should_go_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("mine")
    done = evaluate("--out", path)
    assert done.exit_code == 1 and "is a file: name a folder" in done.output
    assert path.read_text() == "mine"


def test_an_unknown_report_names_those_there_are() -> None:
    done = evaluate("everything")
    assert done.exit_code == 1 and "choose one of all, nlu, faq, dialogue" in done.output


@pytest.mark.parametrize("wrong", [("--diet-epochs", "0"), ("--sample", "1")])
def test_numbers_out_of_range_are_refused(wrong: tuple[str, str]) -> None:
    assert evaluate(*wrong).exit_code == 2
