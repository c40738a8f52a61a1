"""One score from 0 to 1, and where its bands lie."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.faq.calibration import Calibration, Curve
from bot.faq.encoder import Encoder
from bot.faq.evidence import ASKED, MISSING, ODD, Evidence, bands
from bot.faq.scripts import Entry
from bot.faq.tune import hold_out, tune
from tests.faq.conftest import MESSAGES, calibration

slopes = st.floats(0, 20)
similarities = st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=20)


@given(similarities, slopes, slopes, st.floats(-10, 10))
def test_scores_are_chances_in_the_order_of_similarity(
    values: list[float], slope: float, margin: float, start: float
):
    ordered = np.sort(np.array(values, np.float32))[::-1]
    scores = Curve(slope, margin, start).scores(ordered.copy())
    assert ((scores >= 0) & (scores <= 1)).all()
    assert (np.diff(scores) <= 1e-6).all()


def test_a_rival_makes_a_hit_less_sure():
    curve = Curve(3, 2, -2)
    alone, contested = (
        curve.scores(np.array([0.8, 0.1], np.float32)),
        curve.scores(np.array([0.8, 0.79], np.float32)),
    )
    assert alone[0] > contested[0]


def test_the_convex_combination_weighs_the_three_parts():
    parts = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]], np.float32)
    np.testing.assert_allclose(
        calibration(weights=(0.5, 0.3, 0.2)).similarity(parts), [0.5, 0.3, 0.2], rtol=1e-6
    )


def test_a_calibration_survives_its_file(tmp_path: Path):
    path = tmp_path / "calibration.json"
    calibration().save(path)
    assert Calibration.load(path) == calibration()
    path.write_text('{"encoder": "x"}')
    with pytest.raises(ValueError, match="validation error"):
        Calibration.load(path)


def evidence(rows: list[tuple[float, float, bool, int]]) -> Evidence:
    columns = list(zip(*rows, strict=True))
    return Evidence(np.array(columns[:2]).T, np.array(columns[2], bool), np.array(columns[3]))


def test_the_answer_band_begins_where_nine_of_ten_are_right():
    sure = [(0.9 + number / 1000, 0.3, True, ASKED) for number in range(27)]
    unsure = [(0.5 + number / 1000, 0.1, number % 2 == 0, ASKED) for number in range(20)]
    strange = [(0.2, 0.0, False, ODD)] * 10
    found = evidence(sure + unsure + strange)
    curve = found.fit()
    answer, confirm = bands([(found, curve)])
    outcome = found.outcome(curve, answer, confirm)
    assert 27 / 47 <= outcome.answered < 1
    assert outcome.right >= 0.9
    assert outcome.strange_caught is not None and outcome.strange_caught <= 1
    assert 0 <= confirm <= answer <= 1


def test_questions_without_their_entry_stand_in_for_strange_messages():
    found = evidence([(0.9, 0.3, True, ASKED)] * 10 + [(0.4, 0.1, False, MISSING)] * 10)
    curve = found.fit()
    _, confirm = bands([(found, curve)])
    assert confirm == pytest.approx(found.scores(curve)[-1], abs=1e-3)


def test_a_slope_that_would_turn_the_order_round_is_left_out():
    found = evidence([(0.9, 0.1, True, ASKED), (0.8, 0.1, True, ASKED), (0.3, 0.5, False, MISSING)] * 5)
    assert found.fit().margin_slope == 0
    backwards = evidence([(0.1, 0.0, True, ASKED), (0.9, 0.0, False, MISSING)] * 5)
    with pytest.raises(ValueError, match="says nothing about being right"):
        backwards.fit()


def test_tuning_questions_are_the_same_every_time_and_leave_the_entries(entries: tuple[Entry, ...]):
    kept, questions = hold_out(entries)
    assert hold_out(entries) == (kept, questions)
    phrasings = {entry.id: entry.phrasings for entry in kept}
    assert len(questions) == 3 * len(entries), "the question, one variant of three, one phrasing with slips"
    for asked, taken, _slipped in zip(*[iter(questions)] * 3, strict=True):
        assert asked.wanted == taken.wanted
        assert asked.text not in phrasings[asked.wanted]
        assert taken.text not in phrasings[asked.wanted]


def test_tuning_measures_with_an_encoder_that_has_not_seen_the_questions(
    entries: tuple[Entry, ...], keywords: Encoder
):
    seen: list[str] = []

    def encoder_for(kept: tuple[Entry, ...], messages: dict[str, list[str]]) -> Encoder:
        seen.extend(text for entry in kept for text in entry.phrasings)
        seen.extend(text for texts in messages.values() for text in texts)
        return keywords

    tuned = tune(entries, MESSAGES, encoder_for, "the one that will serve")
    assert not {entry.question for entry in entries} & set(seen)
    assert sum(text in seen for text in MESSAGES["chitchat"]) == 1, "half of the strange messages stay unseen"
    assert tuned.calibration.encoder == "the one that will serve"
    assert sum(tuned.calibration.weights) == pytest.approx(1)
    assert [report.name for report in tuned.reports][0] == "xiaoer"
    assert "30 questions held out of 10 scripts" in tuned.calibration.source
