"""Decisions of a trainer: staged, shown as a diff, written once, committed in her name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.training.annotations import Annotations, NoSuchChange
from bot.training.commits import Person


def test_staging_shows_a_diff_and_applying_writes_it_once(annotations: Annotations, root: Path) -> None:
    change = annotations.stage("m1", "那个大的还有不", "ask_stock", [], "wen")
    assert "+    - 那个大的还有不" in annotations.diff()
    assert "那个大的" not in (root / "data/nlu/ask_stock.yml").read_text(encoding="utf-8")
    annotations.apply(change.id)
    assert "    - 那个大的还有不\n" in (root / "data/nlu/ask_stock.yml").read_text(encoding="utf-8")
    with pytest.raises(NoSuchChange):
        annotations.apply(change.id)


def test_a_second_decision_replaces_the_first(annotations: Annotations) -> None:
    annotations.stage("m1", "大的呢", "ask_stock", [], "wen")
    annotations.stage("m1", "大的呢", "ask_size", [], "wen")
    assert [change.intent for change in annotations.list()] == ["ask_size"]


def test_in_a_checkout_an_applied_label_is_a_commit_with_the_trainers_name(
    annotations: Annotations, root: Path, git: Callable[..., str]
) -> None:
    (root / "domain.yml").write_text("pipeline: [other]\n", encoding="utf-8")
    change = annotations.stage("m1", "L码还有没", "ask_stock", (), "wen")
    annotations.apply(change.id, Person("wen", "文老师"))
    assert git("log", "-1", "--format=%an|%s").strip() == "文老师|Label ask_stock: L码还有没"
    assert git("show", "--name-only", "--format=").split() == ["data/nlu/ask_stock.yml"]
