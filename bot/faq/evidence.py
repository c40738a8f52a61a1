"""How similarity and margin of the best hit go with being right: fits the curves and places the bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.faq.calibration import Curve
from bot.faq.evaluate import Question
from bot.faq.search import FixedSearch

STRANGE = ("out_of_scope", "chitchat")
"""Intents of data/nlu whose messages are no wish that a script of the shop answers."""
WEIGHT = 0.25
"""Strange messages, and questions whose entry is missing, each weigh this share of the real questions."""
PRECISION = 0.90
"""Share of right hits among confident answers that `answer` is set for, counting questions whose script is missing.
The aim of quality.md is 0.99; tuning questions are worded further from their script than most customers' are."""
CAUGHT = 0.90
"""Share of strange messages below `confirm` (quality.md, out of scope)."""

ASKED, MISSING, ODD = 0, 1, 2
"""A question; a question whose entry is left out; a strange message."""


@dataclass(frozen=True)
class Outcome:
    """What the bands do with the tuning texts."""

    answered: float
    """Share of questions answered at once."""
    right: float
    """Share of right ones among these."""
    offered: float
    """Share of questions answered at once or asked back about."""
    strange_caught: float | None
    """Share of strange messages that get no answer; None where there were none."""


@dataclass(frozen=True)
class Evidence:
    """For every tuning text: similarity and margin of its best hit, whether that is right, and what text it is."""

    features: NDArray[np.float64]
    right: NDArray[np.bool_]
    groups: NDArray[np.int64]

    @property
    def weights(self) -> NDArray[np.float64]:
        counts = np.bincount(self.groups, minlength=3)
        shares = np.where(np.arange(3) == ASKED, 1.0, WEIGHT * counts[ASKED] / np.maximum(counts, 1))
        return shares[self.groups]

    @property
    def is_mixed(self) -> bool:
        """Whether there are right and wrong hits to learn from."""
        return bool(self.right.any() and not self.right.all())

    def fit(self) -> Curve:
        """Logistic regression of being right; a slope that would turn the order round is left out.

        Raises ValueError where similarity and being right have nothing to do with each other.
        """
        from sklearn.linear_model import LogisticRegression

        for used in ([0, 1], [0]) if self.is_mixed else ():
            model = LogisticRegression(C=100.0)
            model.fit(self.features[:, used], self.right, sample_weight=self.weights)
            slope, margin_slope = [*map(float, model.coef_[0]), 0.0][:2]
            if slope >= 0 and margin_slope >= 0:
                return Curve(slope, margin_slope, float(model.intercept_[0]))
        raise ValueError("similarity says nothing about being right: the encoder or the scripts are broken")

    def scores(self, curve: Curve) -> NDArray[np.float64]:
        logits = self.features @ [curve.slope, curve.margin_slope] + curve.intercept
        return 1 / (1 + np.exp(-logits))

    def outcome(self, curve: Curve, answer: float, confirm: float) -> Outcome:
        scores, asked, odd = self.scores(curve), self.groups == ASKED, self.groups == ODD
        answered = asked & (scores >= answer)
        return Outcome(
            answered=float(answered.sum() / asked.sum()),
            right=float(self.right[answered].mean()) if answered.any() else 1.0,
            offered=float((scores[asked] >= confirm).mean()),
            strange_caught=float((scores[odd] < confirm).mean()) if odd.any() else None,
        )


def anywhere(search: FixedSearch, questions: Sequence[Question], strange: Sequence[str]) -> Evidence:
    """Questions with and without their entry, and strange messages put to the entries of real wishes."""
    ids, intents = _columns(search)
    rows = []
    for question in questions:
        rows.append((*_best(search, question.text, ids != "", question.wanted), ASKED))
        rows.append((*_best(search, question.text, ids != question.wanted, None), MISSING))
    real = ~np.isin(intents, STRANGE)
    rows.extend((*_best(search, text, real, None), ODD) for text in strange)
    return _evidence(rows)


def within(search: FixedSearch, questions: Sequence[Question]) -> Evidence:
    """Questions put to the entries of their intent, with and without the wanted one."""
    ids, intents = _columns(search)
    rows = []
    for question in questions:
        mine = intents == intents[ids == question.wanted]
        rows.append((*_best(search, question.text, mine, question.wanted), ASKED))
        if mine.sum() > 1:
            rows.append((*_best(search, question.text, mine & (ids != question.wanted), None), MISSING))
    return _evidence(rows)


def bands(parts: Sequence[tuple[Evidence, Curve]]) -> tuple[float, float]:
    """`answer`, the lowest score above which enough hits are right, and `confirm`, above most strange messages.

    Without strange messages the questions without their entry stand in for them.
    """
    scores = np.concatenate([evidence.scores(curve) for evidence, curve in parts])
    right, weights, groups = (
        np.concatenate([getattr(evidence, name) for evidence, _ in parts])
        for name in ("right", "weights", "groups")
    )
    order = np.argsort(-scores)
    share = np.cumsum((weights * right)[order]) / np.cumsum(weights[order])
    enough = np.flatnonzero(share >= PRECISION)
    answer = float(scores[order[enough[-1]]]) if len(enough) else 1.0
    outside = scores[groups == (ODD if (groups == ODD).any() else MISSING)]
    confirm = float(np.quantile(outside, CAUGHT)) if len(outside) else 0.0
    return round(answer, 3), round(min(confirm, answer), 3)


def _columns(search: FixedSearch) -> tuple[NDArray[np.str_], NDArray[np.str_]]:
    entries = search.index.entries
    return np.array([entry.id for entry in entries]), np.array([entry.intent for entry in entries])


def _best(
    search: FixedSearch, text: str, allowed: NDArray[np.bool_], wanted: str | None
) -> tuple[float, float, bool]:
    numbers, similarities = search.rank(text, allowed)
    if len(numbers) == 0:
        return 0.0, 0.0, False
    second = similarities[1] if len(numbers) > 1 else 0.0
    right = search.index.entries[numbers[0]].id == wanted
    return float(similarities[0]), float(similarities[0] - second), right


def _evidence(rows: list[tuple[float, float, bool, int]]) -> Evidence:
    features = np.array([row[:2] for row in rows])
    return Evidence(features, np.array([row[2] for row in rows], bool), np.array([row[3] for row in rows]))
