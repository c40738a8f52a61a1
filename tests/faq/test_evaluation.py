"""Ranking figures, worked out by hand with an encoder that only counts keywords."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.faq.evaluate import Question, Slice, bm25_ranker, compare, evaluate, load_questions
from bot.faq.index import FaqIndex
from bot.faq.scripts import Entry
from bot.faq.search import FixedSearch
from bot.files import DataError

ASKED = [Question("一", "a"), Question("二", "b"), Question("三", "c"), Question("四", "d")]
ORDERS = {"一": ["a", "b"], "二": ["a", "b"], "三": ["a", "b", "d", "c"], "四": ["a"]}


def test_figures_follow_from_the_places_of_the_wanted_entries():
    report = evaluate("hand-made", ORDERS.__getitem__, ASKED)
    assert [result.rank for result in report.results] == [1, 2, 4, None]
    assert report.hit_at(1) == 0.25
    assert report.hit_at(3) == 0.5
    assert report.mrr == pytest.approx((1 + 1 / 2 + 1 / 4 + 0) / 4)
    assert [result.question.text for result in report.missed] == ["二", "三", "四"]
    assert report.figures() == {
        "name": "hand-made",
        "questions": 4,
        "hit@1": 0.25,
        "hit@3": 0.5,
        "mrr": 0.4375,
    }


def test_a_place_beyond_the_depth_does_not_count():
    assert evaluate("short", ORDERS.__getitem__, ASKED, depth=3).results[2].rank is None


def test_each_of_two_right_entries_counts():
    asked = [Question("一", "b", accept=("a",)), Question("四", "b", accept=("c",))]
    assert [result.rank for result in evaluate("either", ORDERS.__getitem__, asked).results] == [1, None]


def test_every_slice_is_told_alone():
    asked = [Question("一", "a"), Question("二", "b", Slice.TYPO), Question("四", "b", Slice.TYPO)]
    plain, typo = evaluate("sliced", ORDERS.__getitem__, asked).slices
    assert (plain.name, plain.hit_at(1)) == ("plain", 1)
    assert (typo.name, len(typo.results), typo.hit_at(1), typo.mrr) == ("typo", 2, 0, 0.25)


def test_no_questions_give_zeros():
    report = evaluate("none", ORDERS.__getitem__, [])
    assert (report.hit_at(1), report.mrr) == (0, 0)


def test_search_and_baselines_answer_the_same_questions(index: FaqIndex, entries: tuple[Entry, ...]):
    questions = [Question(entry.question, entry.id) for entry in entries]
    ours, bigrams, words = compare(FixedSearch(index), entries, questions)
    assert [report.name for report in (ours, bigrams, words)] == [
        "xiaoer",
        "bm25s, character bigrams",
        "bm25s, jieba words",
    ]
    assert ours.hit_at(1) == bigrams.hit_at(1) == 1
    assert len(words.results) == len(questions)


def test_plain_bm25_finds_nothing_for_unknown_words(entries: tuple[Entry, ...]):
    assert bm25_ranker(entries, list)("xyz") == []
    assert bm25_ranker(entries, list)("羽绒")[0] == "wash.down"


def test_held_out_files_are_checked(tmp_path: Path):
    (tmp_path / "a.yml").write_text("- id: a.b\n  questions: [问一, 问二]\n", encoding="utf-8")
    assert load_questions(tmp_path) == (Question("问一", "a.b"), Question("问二", "a.b"))
    (tmp_path / "b.yml").write_text("- id: a.b\n  question: [问一]\n", encoding="utf-8")
    with pytest.raises(DataError, match="b.yml:1: 0: needs exactly `id` and `questions`"):
        load_questions(tmp_path)


def test_a_held_out_question_tells_its_slice_and_the_other_right_entries(tmp_path: Path):
    row = "- id: a.b\n  questions:\n    - 问一\n    - {text: 問二, slice: traditional, accept: [a.c]}\n"
    (tmp_path / "a.yml").write_text(row, encoding="utf-8")
    second = Question("問二", "a.b", Slice.TRADITIONAL, ("a.c",))
    assert load_questions(tmp_path) == (Question("问一", "a.b"), second)


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ("{text: 问, slice: odd}", "no slice `odd`: one of plain, typo"),
        ("{txt: 问}", "a question is a text or"),
    ],
)
def test_a_question_of_another_form_is_told_with_its_line(tmp_path: Path, item: str, told: str):
    (tmp_path / "a.yml").write_text(f"- id: a.b\n  questions:\n    - 好\n    - {item}\n", encoding="utf-8")
    with pytest.raises(DataError, match=f"a.yml:4: a.b: {told}"):
        load_questions(tmp_path)
