"""What a training step is shown, and that a step learns from it."""

from __future__ import annotations

import numpy as np
import pytest

from bot.faq.descent import Descent, contrast
from bot.faq.lessons import Lessons
from bot.faq.pools import Bags, Pool, joined
from bot.faq.scripts import Entry
from bot.faq.training import Plan

CHANCE_SEED = 5


@pytest.fixture()
def pool() -> Pool:
    """Three groups: two sentences, none, one."""
    return Pool.of_groups([[np.array([1, 2]), np.array([3])], [], [np.array([7, 8, 9]), np.array([], int)]])


@pytest.fixture()
def chance() -> np.random.Generator:
    return np.random.default_rng(CHANCE_SEED)


def letters(text: str) -> np.ndarray:
    return np.array([ord(letter) for letter in text], np.int64)


def sentences(bags: Bags) -> list[list[int]]:
    return [bags.tokens[bags.owners == number].tolist() for number in range(bags.count)]


def test_a_sentence_without_known_tokens_is_left_out(pool: Pool):
    assert [rows.tolist() for rows in pool.sentences] == [[1, 2], [3], [7, 8, 9]]
    assert pool.sizes.tolist() == [2, 0, 1]


def test_dropout_leaves_at_least_one_token_of_each_sentence(pool: Pool, chance: np.random.Generator):
    everyone = np.arange(3)
    assert [len(one) for one in sentences(pool.thinned(everyone, 0.999, chance))] == [1, 1, 1]
    assert sentences(pool.thinned(everyone, 0, chance)) == [[1, 2], [3], [7, 8, 9]]


def test_a_group_is_drawn_without_the_sentence_that_asks_for_it(pool: Pool, chance: np.random.Generator):
    asked = np.array([0, -1, -1])
    drawn = sentences(pool.drawn(20, chance, without=asked))
    assert set(drawn[0]) == {3}, "the tokens of the asking sentence are taken out"
    assert drawn[1] == []
    assert set(drawn[2]) == {7, 8, 9}


def test_one_sentence_of_each_group_is_asked(pool: Pool, chance: np.random.Generator):
    seen = {tuple(pool.groups[pool.one_each(chance)][[0, 2]]) for _ in range(20)}
    assert seen == {(0, 2)}


def test_sentences_can_be_joined_and_exchanged():
    first, second = (
        Bags(np.array([0, 1]), np.array([1, 2]), 2),
        Bags(np.array([0, 0, 1]), np.array([5, 6, 7]), 2),
    )
    assert sentences(joined(first, second)) == [[1, 5, 6], [2, 7]]
    assert sentences(first.or_else(second, np.array([True, False]))) == [[5, 6], [2]]


def test_every_script_is_asked_for_in_every_step(entries: tuple[Entry, ...]):
    asked, scripts = Lessons(entries, {}, letters, Plan(token_dropout=0, noisy_copies=0)).scripts()
    assert asked.count == scripts.count == len(entries)
    for entry, question, script in zip(entries, sentences(asked), sentences(scripts), strict=True):
        assert "".join(map(chr, question)) in entry.phrasings
        assert set(script) <= set(letters("".join((*entry.phrasings, *entry.answers))))


def test_messages_given_to_a_script_become_questions_for_it(entries: tuple[Entry, ...]):
    message = "裤子多大码合适"
    plan = Plan(token_dropout=0, noisy_copies=0, guessed_share=1, guess_from=-1)
    lessons = Lessons(entries, {"ask_size": [message], "ask_weather": ["下雨吗"]}, letters, plan)
    assert lessons.give_out(np.random.default_rng(1).random((70_000, 4), np.float32)) == 1
    asked, _ = lessons.scripts()
    mine = [entry.intent for entry in entries].index("ask_size")
    assert "".join(map(chr, sentences(asked)[mine])) == message


def test_a_phrasing_of_unknown_signs_does_not_shift_the_copies_with_slips(entries: tuple[Entry, ...]):
    def look_up(text: str) -> np.ndarray:
        return letters(text)[:0] if text == entries[0].question else letters(text)

    lessons = Lessons(entries, {}, look_up, Plan(noisy_copies=2, noisy_share=1, token_dropout=0))
    asked, _ = lessons.scripts()
    for entry, question in zip(entries, sentences(asked), strict=True):
        known = [set(letters(text)) for text in entry.phrasings]
        assert any(len(set(question) & one) >= len(one) / 2 for one in known), entry.id


def test_the_slopes_are_those_of_the_loss(chance: np.random.Generator):
    asked, meant = (chance.normal(size=(4, 3)).astype(np.float32) for _ in range(2))
    right = np.array([2, 0, 3, 1])
    loss, of_asked, of_meant = contrast(asked, meant, right, 2.0)
    for moved, slopes in ((asked, of_asked), (meant, of_meant)):
        moved[1, 2] += 1e-2
        after, *_ = contrast(asked, meant, right, 2.0)
        moved[1, 2] -= 1e-2
        assert after - loss == pytest.approx(1e-2 * slopes[1, 2], abs=2e-4)


def test_learning_draws_questions_to_their_script(chance: np.random.Generator):
    descent = Descent(chance.normal(size=(6, 8)).astype(np.float32))
    untouched = descent.matrix[5].copy()
    bags = [
        Bags(np.array([0, 1]), np.array([0, 1]), 2),
        Bags(np.array([0, 0, 1]), np.array([2, 3, 4]), 2),
    ]
    losses = []
    for _ in range(60):
        asked, scripts = descent.embed(bags)
        loss, *slopes = contrast(asked, scripts, np.arange(2), 5.0)
        descent.learn(slopes, 0.05)
        losses.append(loss)
    assert losses[-1] < losses[0] / 4
    np.testing.assert_array_equal(descent.matrix[5], untouched)
