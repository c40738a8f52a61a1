"""The table of what was reached."""

from __future__ import annotations

import pytest

from bot.evaluation.entities import score
from bot.evaluation.faq import error_against_bm25, tfidf_ranker
from bot.evaluation.goals import Goal, Reached, Standing, exact_measures, load_goals
from bot.faq.evaluate import Question, Report, Result
from bot.faq.scripts import Entry, Script

MORE = Goal("a", "a", "a", floor=0.7, aim=0.9)
LESS = Goal("b", "b", "b", floor=0.2, aim=0.08, less_is_better=True)


@pytest.mark.parametrize(
    ("goal", "value", "standing"),
    [
        (MORE, 0.9, Standing.AIM),
        (MORE, 0.899, Standing.FLOOR),
        (MORE, 0.7, Standing.FLOOR),
        (MORE, 0.69, Standing.BELOW),
        (LESS, 0.08, Standing.AIM),
        (LESS, 0.2, Standing.FLOOR),
        (LESS, 0.21, Standing.BELOW),
        (LESS, None, Standing.UNMEASURED),
    ],
)
def test_a_figure_stands_at_aim_floor_or_below(goal: Goal, value: float | None, standing: Standing) -> None:
    assert Reached(goal, value).standing is standing


def test_every_aim_is_harder_than_its_floor() -> None:
    goals = load_goals()
    assert len({goal.key for goal in goals}) == len(goals) == 11
    assert all((goal.aim < goal.floor) == goal.less_is_better for goal in goals)


def test_the_entity_goal_counts_its_kinds_only() -> None:
    gold = [frozenset({("price", "9"), ("color", "红")}), frozenset({("size", "M")})]
    found = [frozenset({("price", "9")}), frozenset({("size", "L")})]
    assert exact_measures(score(gold, found)) == 0.5
    assert exact_measures(score([], [])) is None


def report(name: str, *ranks: int | None) -> Report:
    return Report(name, tuple(Result(Question("问", "a"), (), rank) for rank in ranks))


def test_faq_error_is_held_against_the_better_bm25() -> None:
    found = [report("xiaoer", 1, 1, 1, 2), report("bm25s, a", 1, 1, 2, 2), report("bm25s, b", 1, 2, 2, 2)]
    assert error_against_bm25(found) == 0.5
    assert error_against_bm25([report("xiaoer", 1), report("bm25s, a", 1)]) is None


def test_tfidf_finds_the_entry_that_shares_rare_words() -> None:
    entries = [
        Entry("wash.down", "ask_usage", "羽绒服怎么洗", ("羽绒服能机洗吗",), (Script("a", "答"),)),
        Entry("size.chart", "ask_size", "尺码表在哪", ("码数怎么看",), (Script("a", "答"),)),
    ]
    rank = tfidf_ranker(entries)
    assert rank("羽绒服洗坏了")[0] == "wash.down"
    assert rank("xyz") == []
