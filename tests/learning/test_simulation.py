"""The figures of the simulated log can be worked out by hand."""

from __future__ import annotations

from collections import Counter

from bot.faq.scripts import load_scripts
from bot.learning.questions import Proposal
from bot.learning.simulation import FREQUENT, Figures, Log, figures, simulated_log
from bot.settings import ROOT

LOG = Log(
    (), {"甲一": "a.a", "甲二": "a.a", "乙一": "b.b"}, Counter({"甲一": 20, "甲二": 10, "乙一": 4, "别的": 9})
)


def proposal(*texts: str) -> Proposal:
    return Proposal(texts[0], texts[1:], 0, "", None, "")


def test_a_question_is_found_where_it_is_what_most_customers_of_a_proposal_ask() -> None:
    found = figures(
        [proposal("甲一", "乙一"), proposal("甲二"), proposal("乙一", "别的")], LOG, ["a.a", "b.b"]
    )
    assert found == Figures(0.5, 20 / (2 * FREQUENT), 2 / 3)


def test_nothing_proposed_is_nothing_found() -> None:
    assert figures([], LOG, ["a.a"]) == Figures(0, 0, 0)


def test_the_log_is_the_same_every_time_and_asks_what_was_taken_away_often() -> None:
    away = load_scripts(ROOT / "data" / "faq")[:3]
    frequent = {away[0].id}
    log = simulated_log(away, frequent, 1.0)
    assert log == simulated_log(away, frequent, 1.0)
    asked = Counter()
    for key, owner in log.owners.items():
        asked[owner] += log.customers[key]
    assert asked[away[0].id] >= FREQUENT and asked[away[1].id] == 0
