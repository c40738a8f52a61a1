"""Ranking figures, worked out by hand with an encoder that only counts keywords."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.faq.evaluate import Question, bm25_ranker, compare, evaluate, load_questions
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
