"""What people who write scripts are told, and what the shop's own files hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.faq.intents import INTENTS
from bot.faq.scripts import Entry, Script, data_hash, fill, from_json, load_scripts, to_json
from bot.files import DataError

GOOD = """\
topic: shipping
entries:
  - id: shipping.today
    intent: ask_shipping_time
    question: 今天能发吗
    variants: [一, 二, 三, 四, 五, 六, 七, 八]
    scripts:
      - id: a
        text: 下午 {cutoff} 前付款的当天发出。
        buttons: [{title: 查我的订单, payload: /track_order}]
        valid_from: 2026-11-01
        valid_to: 2026-11-12
    categories: [clothing]
"""


def load(folder: Path, text: str, name: str = "shipping.yml") -> tuple[Entry, ...]:
    (folder / name).write_text(text, encoding="utf-8")
    return load_scripts(folder)


def problems(folder: Path, *changes: tuple[str, str]) -> list[str]:
    text = GOOD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    with pytest.raises(DataError) as caught:
        load(folder, text)
    return [str(problem) for problem in caught.value.problems]


def test_a_good_file_becomes_entries(tmp_path: Path):
    (entry,) = load(tmp_path, GOOD)
    assert entry.id == "shipping.today"
    assert entry.phrasings == ("今天能发吗", "一", "二", "三", "四", "五", "六", "七", "八")
    assert entry.scripts[0].valid_to == date(2026, 11, 12)
    assert entry.scripts[0].buttons[0].payload == "/track_order"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("ask_shipping_time", "ask_shiping_time", 4, "did you mean 'ask_shipping_time'?"),
        ("三, 四", "三", 6, "has 7 variants, at least 8 are needed"),
        ("{cutoff}", "{cut_off}", 9, "unknown placeholder {cut_off}: did you mean 'cutoff'?"),
        ("valid_to: 2026-11-12", "valid_to: 2026-10-12", 8, "2026-10-12 is before valid_from 2026-11-01"),
        ("valid_to: 2026-11-12", "valid_to: 双十一", 12, "is not a date: write it as 2026-11-01"),
        ("[clothing]", "[cloths]", 13, "did you mean 'clothing'?"),
        ("/track_order", "/trackorder", 10, "did you mean 'track_order'?"),
        ("/track_order", "'/inform{size: M}'", 10, "is not JSON"),
        ("id: shipping.today", "id: shipping.Today", 3, "is not topic.slug"),
        ("id: shipping.today", "id: courier.today", 3, "does not begin with the file's topic"),
        ("question:", "qestion:", 5, "unknown field 'qestion': did you mean 'question'?"),
        ("五,", "14,", 6, "which YAML does not read as text: put it in quotes"),
        ("五,", "四！,", 6, "already stands in 'shipping.today'"),
        ("五,", "'今天 能发嗎?',", 6, "already stands in 'shipping.today'"),
    ],
)
def test_a_mistake_is_told_with_line_value_and_cure(
    tmp_path: Path, old: str, new: str, line: int, words: str
):
    told = problems(tmp_path, (old, new))
    matching = [problem for problem in told if words in problem]
    assert matching, told
    assert f"shipping.yml:{line}:" in matching[0]


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path):
    other = GOOD.replace("shipping", "courier").replace("ask_courier_time", "nonsense")
    (tmp_path / "courier.yml").write_text(other, encoding="utf-8")
    told = problems(tmp_path, ("{cutoff}", "{cut}"), ("[clothing]", "[cloths]"))
    assert len(told) == 3
    assert any("courier.yml" in problem for problem in told)


def test_the_same_variant_in_two_entries_names_both_places(tmp_path: Path):
    other = GOOD.replace("topic: shipping", "topic: fee").replace("shipping.today", "fee.free")
    other = other.replace("今天能发吗", "包邮吗").replace(
        "[一, 二, 三, 四, 五, 六, 七, 八]", "[九, 十, 甲, 乙, 丙, 丁, 戊, 一]"
    )
    (tmp_path / "fee.yml").write_text(other, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(tmp_path, GOOD)
    (problem,) = caught.value.problems
    assert "'一' already stands in 'fee.free'" in str(problem)
    assert "fee.yml:6" in str(problem)


@pytest.mark.parametrize("key", ["nlu", "rules", "stories", "responses"])
def test_a_line_rasa_would_take_as_training_data_is_refused(tmp_path: Path, key: str):
    told = problems(
        tmp_path, ("text: 下午 {cutoff} 前付款的当天发出。", f"text: |-\n          {key}: 都不要")
    )
    assert any("Rasa would take this file" in problem and "shipping.yml:10" in problem for problem in told)


def test_broken_yaml_names_file_and_line(tmp_path: Path):
    told = problems(tmp_path, ("    question: 今天能发吗", "    question: '今天能发吗"))
    assert any("shipping.yml" in problem for problem in told)


def test_an_empty_folder_is_an_error(tmp_path: Path):
    with pytest.raises(DataError, match="holds no .yml file"):
        load_scripts(tmp_path)


def test_a_running_campaign_wins_over_the_standing_script():
    campaign = Script("c", "大促", valid_from=date(2026, 11, 1), valid_to=date(2026, 11, 12))
    entry = Entry("a.b", "greet", "问", (), (Script("s", "平时"), campaign))
    answers = [
        entry.script_on(date(2026, 10, 31)),
        entry.script_on(date(2026, 11, 1)),
        entry.script_on(date(2026, 11, 13)),
    ]
    assert [script.id for script in answers] == ["s", "c", "s"]


def test_a_snapshot_reads_back_equal_and_its_hash_follows_the_text(tmp_path: Path):
    entries = load(tmp_path, GOOD)
    assert from_json(to_json(entries)) == entries
    assert data_hash(entries) != data_hash(load(tmp_path, GOOD.replace("当天", "次日")))


def test_a_script_gets_the_shops_numbers():
    assert fill("满 {free_shipping_from} 元包邮", {"free_shipping_from": 99}) == "满 99 元包邮"
    with pytest.raises(KeyError):
        fill("{cutoff}", {})


def test_there_are_forty_four_intents():
    assert len(set(INTENTS)) == len(INTENTS) == 44
