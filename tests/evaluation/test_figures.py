"""Figures worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from bot.evaluation import calibration, coverage, scope
from bot.evaluation.confusions import confusions
from bot.evaluation.figures import Judged, figures_of
from bot.evaluation.readings import Message, Reading, Trained


def reading(intent: str, *ranking: tuple[str, float], **facts: object) -> Reading:
    return Reading(Message(f"{intent}的话", intent, **facts), ranking)


def test_accuracy_is_told_for_every_share_surest_messages_first() -> None:
    share, accuracy = coverage.accuracy_by_coverage([0.2, 0.9, 0.5, 0.7], [False, True, True, False])
    assert share.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert accuracy.tolist() == pytest.approx([1, 1 / 2, 2 / 3, 1 / 2])


def test_the_surest_sixty_percent_are_three_of_five() -> None:
    confidence, right = [0.9, 0.8, 0.7, 0.6, 0.5], [True, False, True, False, False]
    assert coverage.surest(confidence, right) == pytest.approx(2 / 3)
    assert coverage.surest([0.9], [True]) is None


def test_a_message_exactly_at_the_threshold_is_acted_on() -> None:
    assert coverage.acted_on([0.4, 0.39, 0.8, 0.1], 0.4) == 0.5
    assert coverage.acted_on([], 0.4) is None


def test_auroc_is_the_share_of_pairs_in_the_right_order_ties_half() -> None:
    # Pairs: 0.9 beats both, 0.5 beats 0.2 and ties with 0.5: 3.5 of 4.
    assert scope.auroc([0.9, 0.5], [0.5, 0.2]) == 3.5 / 4
    assert scope.auroc([1.0], [0.0]) == 1
    assert scope.auroc([0.3, 0.3], [0.3]) == 0.5
    assert scope.auroc([], [0.3]) is None


def test_the_area_under_the_drawn_curve_is_the_auroc() -> None:
    inside, outside = [0.9, 0.7, 0.5, 0.5, 0.1], [0.6, 0.5, 0.2]
    passed_outside, passed_inside = scope.curve(inside, outside)
    assert np.trapezoid(passed_inside, passed_outside) == pytest.approx(scope.auroc(inside, outside))


def test_ninety_percent_of_strangers_are_caught_and_the_rest_of_ours_must_be_read_right() -> None:
    outside = [0.1, 0.1, 0.2, 0.2, 0.3, 0.3, 0.3, 0.4, 0.5, 0.9]
    assert scope.highest_caught(outside) == 0.5
    inside, right = [0.95, 0.6, 0.5, 0.8], [True, True, True, False]
    # 0.5 is turned away, 0.8 passes and is misread: 2 of 4.
    assert scope.accuracy_when_catching(inside, right, outside) == 0.5
    assert scope.accuracy_when_catching(inside, right, []) is None


def test_all_equally_strange_messages_are_caught_together() -> None:
    assert scope.accuracy_when_catching([0.3, 0.31], [True, True], [0.3] * 10) == 0.5


def test_calibration_error_weighs_each_bin_by_its_messages() -> None:
    bins = calibration.reliability([0.95, 0.85, 1.0, 0.15], [True, False, True, False])
    assert [(one.low, one.messages, one.right) for one in bins] == [(0.1, 1, 0), (0.8, 1, 0), (0.9, 2, 1)]
    assert bins[2].confidence == pytest.approx(0.975)
    # 1/4·0.15 + 1/4·0.85 + 2/4·0.025
    assert calibration.expected_error(bins) == pytest.approx(0.2625)
    assert calibration.expected_error(()) is None


def test_confusions_come_most_frequent_first_with_their_surest_sentences_first() -> None:
    read = [
        reading("greet", ("thank", 0.4)),
        reading("deny", ("greet", 0.9)),
        reading("greet", ("thank", 0.7)),
        reading("thank", ("thank", 0.7)),
    ]
    first, second = confusions(read)
    assert (first.intent, first.read_as, [sure for _, sure in first.sentences]) == (
        "greet",
        "thank",
        [0.7, 0.4],
    )
    assert (second.intent, second.read_as) == ("deny", "greet")


def test_a_stranger_is_told_by_how_sure_the_model_is_of_a_wish_we_serve() -> None:
    assert reading("out_of_scope", ("out_of_scope", 0.6), ("greet", 0.2)).within == (
        "greet",
        pytest.approx(0.25),
    )
    assert reading("greet", ("greet", 0.6)).within == ("greet", 1.0)
    assert reading("greet").within == ("", 0.0)


def test_a_model_is_judged_on_each_kind_of_sentence() -> None:
    held_out = (
        reading("greet", ("greet", 0.9)),
        reading("greet", ("thank", 0.6), ("greet", 0.3)),
        reading("thank", ("thank", 0.8)),
        reading("out_of_scope", ("out_of_scope", 0.7), ("thank", 0.2)),
    )
    outside = (
        reading("out_of_scope", ("greet", 0.5), ("out_of_scope", 0.5), group="near"),
        reading("out_of_scope", ("out_of_scope", 0.9), ("greet", 0.05), group="far"),
    )
    real = (
        reading("greet", ("thank", 0.8), accepted=frozenset({"thank"}), group="a"),
        reading("greet", ("greet", 0.7), group="b"),
        reading("greet", ("deny", 0.3), group="b"),
        reading("greet", ("deny", 0.5), is_clear=False, group="b"),
        reading("greet", ("greet", 0.3), is_clear=False, group="b"),
    )
    model = Trained("ours", (), 0.4, "2026-11-22T00:00:00+08:00", 1.0)
    figures = figures_of(Judged(model, held_out, outside, real))
    assert figures.accuracy == 0.75
    assert figures.intents["greet"].recall == 0.5
    assert figures.intents["thank"].precision == 0.5
    assert figures.macro_f1 == pytest.approx((2 / 3 + 2 / 3 + 1) / 3, abs=1e-4)
    # Ours say nothing of out_of_scope and score 1; near 0.5, far 0.05.
    assert (figures.scope.auroc_near, figures.scope.auroc_far, figures.scope.auroc) == (1, 1, 1)
    assert figures.scope.accuracy_at_90 == pytest.approx(2 / 3)
    assert figures.real is not None
    assert (figures.real.overall.primary, figures.real.overall.accepted) == pytest.approx((1 / 3, 2 / 3))
    assert [(one.group, one.messages, one.accepted) for one in figures.real.groups] == [
        ("a", 1, 1),
        ("b", 2, 0.5),
    ]
    assert figures.real.surest_60 == 1
    assert (figures.real.unclear, figures.real.unclear_acted_on) == (2, 0.5)
