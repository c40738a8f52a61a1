"""Questions kept for judging: what they are, that nothing is trained on them, and how many find their script."""

from __future__ import annotations

from collections import Counter

import pytest
from rapidfuzz import fuzz, process

from bot.faq.corpus import read_messages
from bot.faq.evaluate import Question, load_questions
from bot.faq.scripts import Entry, load_scripts
from bot.settings import ROOT
from bot.text.normalise import bare

HELD_OUT = ROOT / "tests" / "data" / "faq"


@pytest.fixture(scope="module")
def questions() -> tuple[Question, ...]:
    return load_questions(HELD_OUT)


@pytest.fixture(scope="module")
def scripts() -> tuple[Entry, ...]:
    return load_scripts(ROOT / "data" / "faq")


def test_at_least_sixty_scripts_are_judged_by_three_questions_each(questions: tuple[Question, ...]):
    counts = Counter(question.wanted for question in questions)
    assert len(counts) >= 60
    assert min(counts.values()) >= 3


def test_held_out_questions_name_scripts_that_exist(
    questions: tuple[Question, ...], scripts: tuple[Entry, ...]
):
    assert {question.wanted for question in questions} <= {entry.id for entry in scripts}


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
