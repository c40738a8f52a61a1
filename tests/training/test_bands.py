"""Bands are read off cross-validated readings, and land in both files with their comments kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.nlu.linear import TrainingConfig
from bot.training.bands import FEWEST, choose_bands, write_bands
from bot.training.cross_validation import FOLDS, Reading, cross_validate
from bot.training.nlu_files import Example
from bot.training.reports import as_parse, confusions, plot_coverage


def readings_at(confidence: float, right: int, wrong: int, among_three: bool = True) -> list[Reading]:
    other = "ask_stock" if among_three else "bargain"
    return [
        Reading("有货吗", intent, (("ask_size", confidence), (other, 0.01), ("greet", 0.01)))
        for intent in ["ask_size"] * right + ["ask_stock"] * wrong
    ]


def test_answer_begins_where_a_slice_of_readings_is_right_often_enough() -> None:
    readings = (
        readings_at(0.9, 60, 1) + readings_at(0.6, 50, 10) + readings_at(0.3, 10, 50, among_three=False)
    )
    answer, confirm = choose_bands(readings)
    assert 0.3 < answer < 0.6
    assert confirm < answer


def test_a_slice_with_few_readings_decides_nothing() -> None:
    readings = (
        readings_at(0.9, 60, 0) + readings_at(0.7, 0, FEWEST - 1) + readings_at(0.3, 0, 60, among_three=False)
    )
    assert choose_bands(readings)[0] < 0.6


def test_the_bot_acts_on_few_messages_that_only_their_chat_explains() -> None:
    clear = readings_at(0.9, 60, 1) + readings_at(0.5, 60, 1)
    unclear = [replace(r, clear=False) for r in readings_at(0.7, 45, 45) + readings_at(0.2, 10, 0)]
    assert choose_bands(clear)[0] < 0.5
    assert choose_bands(clear + unclear)[0] >= 0.7


def test_the_numbers_are_written_where_they_are_read_and_comments_stay(tmp_path: Path) -> None:
    dialogue, config = tmp_path / "dialogue.yml", tmp_path / "config.yml"
    dialogue.write_text("# 三档\nbands:\n  answer: 0.40  # 直接办\n  confirm: 0.2\n", encoding="utf-8")
    config.write_text("pipeline:\n# unsure\n- name: FallbackClassifier\n  threshold: 0.4\n", encoding="utf-8")
    write_bands(0.45, 0.15, dialogue, config)
    assert (
        dialogue.read_text(encoding="utf-8") == "# 三档\nbands:\n  answer: 0.45  # 直接办\n  confirm: 0.15\n"
    )
    assert (
        config.read_text(encoding="utf-8")
        == "pipeline:\n# unsure\n- name: FallbackClassifier\n  threshold: 0.45\n"
    )


def test_every_example_is_read_by_a_model_that_has_not_seen_it() -> None:
    wishes = [(f"{x}有货吗", "ask_stock") for x in "甲乙丙丁戊己庚辛"] + [
        (f"{x}穿多大", "ask_size") for x in "甲乙丙丁戊己庚辛"
    ]
    examples = [Example(text, intent, Path("x.yml"), 1) for text, intent in wishes]
    told: list[float] = []
    settings = {"min_count": 1, "held_back": 0.3, "seed": 7, "name": "…"}
    readings = cross_validate(examples, settings, lambda share, _: told.append(share))
    assert [(r.text, r.intent) for r in readings] == wishes
    assert sum(r.is_right for r in readings) >= 13
    assert len(told) == FOLDS + 1 and told[-1] == 1.0
    assert set(TrainingConfig.__dataclass_fields__) >= {"held_back", "seed"}


def test_confusions_keep_their_sentences() -> None:
    (pair,) = confusions(readings_at(0.5, 3, 2))
    assert (pair["expected"], pair["read_as"], pair["count"]) == ("ask_stock", "ask_size", 2)
    assert pair["sentences"] == ["有货吗", "有货吗"]
    assert as_parse(readings_at(0.5, 1, 0)[0])["intent"] == {"name": "ask_size", "confidence": 0.5}


def test_the_plot_is_a_picture(tmp_path: Path) -> None:
    plot_coverage(readings_at(0.9, 5, 1), tmp_path / "plot.png")
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")
