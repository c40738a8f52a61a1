"""Questions kept for judging: what they are, that nothing is trained on them, and how many find their script."""

from __future__ import annotations

from collections import Counter

import pytest
from rapidfuzz import fuzz, process

from bot.faq.corpus import read_messages
from bot.faq.evaluate import Question, Slice, compare, load_questions
from bot.faq.index import current_version
from bot.faq.scripts import Entry, load_scripts
from bot.faq.search import Confident, Searcher
from bot.settings import ROOT, get_settings
from bot.text.normalise import bare
from tests.conftest import unavailable

HELD_OUT = ROOT / "tests" / "data" / "faq"


@pytest.fixture(scope="module")
def questions() -> tuple[Question, ...]:
    return load_questions(HELD_OUT)


@pytest.fixture(scope="module")
def scripts() -> tuple[Entry, ...]:
    return load_scripts(ROOT / "data" / "faq")


def test_nearly_every_script_is_judged_by_four_questions(
    questions: tuple[Question, ...], scripts: tuple[Entry, ...]
):
    """A script added since then may wait for its questions; one in twenty, not more."""
    counts = Counter(question.wanted for question in questions)
    waiting = [entry.id for entry in scripts if counts[entry.id] < 4]
    assert len(waiting) <= len(scripts) / 20, waiting


def test_every_hard_way_of_typing_is_judged(questions: tuple[Question, ...]):
    counts = Counter(question.slice for question in questions)
    assert {one: counts[one] for one in Slice if counts[one] < len(questions) / 20} == {}


def test_held_out_questions_name_scripts_that_exist(
    questions: tuple[Question, ...], scripts: tuple[Entry, ...]
):
    named = {identity for question in questions for identity in question.right}
    assert named <= {entry.id for entry in scripts}


def test_no_held_out_question_is_asked_twice(questions: tuple[Question, ...]):
    repeated = [
        text for text, count in Counter(bare(question.text) for question in questions).items() if count > 1
    ]
    assert repeated == []


def test_nothing_near_a_held_out_question_is_trained_on(
    questions: tuple[Question, ...], scripts: tuple[Entry, ...]
):
    phrasings = [text for entry in scripts for text in entry.phrasings]
    messages = [text for texts in read_messages(ROOT / "data" / "nlu").values() for text in texts]
    known = list({bare(text): text for text in phrasings + messages})
    likeness = process.cdist(
        [bare(question.text) for question in questions], known, scorer=fuzz.ratio, score_cutoff=80
    )
    near = [
        f"{question.text} ~ {known[int(row.argmax())]} ({row.max():.0f})"
        for question, row in zip(questions, likeness, strict=True)
        if row.max() > 0
    ]
    assert near == [], "reword these questions of tests/data/faq"


@pytest.fixture(scope="module")
def served() -> Searcher:
    """The index that `make test` builds before the tests."""
    settings = get_settings()
    if current_version(settings.models_dir) is None:
        unavailable("the FAQ index", "run `xiaoer train` (make test does)")
    return Searcher.open(settings.models_dir, settings)


def test_customers_find_their_script_far_more_surely_than_with_bm25(
    served: Searcher, questions: tuple[Question, ...], scripts: tuple[Entry, ...]
):
    """Half the hit@1 error of the better BM25, and the floor of issue 3 for hit@1 (0.87 when this was set, bigram BM25
    0.57)."""
    ours, *baselines = compare(served, scripts, questions)
    told = [f"{result.question.text} → {result.found[:2]}" for result in ours.missed]
    for baseline in baselines:
        assert 1 - ours.hit_at(1) <= (1 - baseline.hit_at(1)) * 0.5, told
    assert ours.hit_at(1) >= 0.85, told
    assert ours.hit_at(3) >= 0.95, told


def test_confident_answers_are_right(
    served: Searcher, questions: tuple[Question, ...], scripts: tuple[Entry, ...]
):
    """With the intent known, many questions are answered at once and hardly any of them wrongly."""
    intents = {entry.id: entry.intent for entry in scripts}
    answers = [(question, served.answer(question.text, [intents[question.wanted]])) for question in questions]
    sure = [(question, answer.hit.id) for question, answer in answers if isinstance(answer, Confident)]
    wrong = [f"{question.text} → {found}" for question, found in sure if found not in question.right]
    assert len(sure) >= 0.6 * len(questions)
    assert len(wrong) <= 0.02 * len(sure), wrong
