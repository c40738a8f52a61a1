"""Finds the numbers of the one score: how dense and lexical mix, how sure a similarity makes, where the bands lie.

Everything is measured on phrasings held out of `data/faq` by their hash (every fifth), with an encoder that has not
seen them, and never on the judged questions of `tests/data/faq`. Repeat with `python -m bot.faq.tune`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bot.faq.calibration import Calibration
from bot.faq.encoder import Encoder
from bot.faq.evaluate import Question, Report, compare
from bot.faq.index import assemble
from bot.faq.scripts import Entry
from bot.faq.search import FixedSearch

Messages = Mapping[str, Sequence[str]]
EncoderFor = Callable[[Sequence[Entry], Messages], Encoder]

FOLD = 5
STRANGE = ("out_of_scope", "chitchat")
"""Intents of data/nlu whose messages no script answers."""
STRANGE_WEIGHT = 0.25
"""Strange messages, and questions whose entry is missing, each weigh this share of the real questions."""
ANSWER_PRECISION = 0.97
"""Share of right hits among confident answers; the aim of quality.md is 0.99, this is what the first data allow."""
STRANGE_CAUGHT = 0.90
"""Share of strange messages below `confirm` (quality.md, out of scope)."""


@dataclass(frozen=True)
class Tuned:
    calibration: Calibration
    reports: tuple[Report, ...]
    """Ours and the baselines on the held-out phrasings."""
    answered: float
    """Share of held-out questions answered at once."""
    answered_right: float
    """Share of right ones among them."""
    strange_caught: float
    """Share of strange messages that get no answer."""


def hold_out(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], tuple[Question, ...]]:
    """Entries without every fifth of their variants, and these variants as questions. Depends on the texts only."""
    kept, questions = [], []
    for entry in entries:
        ordered = sorted(entry.variants, key=_digest)
        away = set(ordered[: max(1, len(ordered) // FOLD)])
        kept.append(replace(entry, variants=tuple(text for text in entry.variants if text not in away)))
        questions.extend(Question(text, entry.id) for text in entry.variants if text in away)
    return tuple(kept), tuple(questions)


def tune(entries: Sequence[Entry], messages: Messages, encoder_for: EncoderFor, name: str) -> Tuned:
    """`encoder_for` answers an encoder that has seen only what it is given; `name` is the encoder that will serve."""
    kept, questions = hold_out(entries)
    known, strange = _hold_out_strange(messages)
    encoder = encoder_for(kept, known)
    start = Calibration(encoder.name, (0.5, 0.3, 0.2), 1, 0, 0, 1, 0, "not tuned")
    search = FixedSearch(assemble(kept, encoder, start))
    weights = _best_weights(search, questions)
    search = FixedSearch(replace(search.index, calibration=replace(start, weights=weights)))
    evidence = _Evidence.gather(search, questions, strange)
    slope, margin_slope, intercept = evidence.fit()
    answer, confirm = evidence.bands(slope, margin_slope, intercept)
    source = (
        f"{len(questions)} variants held out of {len(entries)} scripts (every {FOLD}th by hash), "
        f"the same without their script, {len(strange)} messages of {' and '.join(STRANGE)}"
    )
    calibration = Calibration(name, weights, slope, margin_slope, intercept, answer, confirm, source)
    served = replace(search.index, calibration=replace(calibration, encoder=encoder.name))
    reports = compare(FixedSearch(served), kept, questions)
    return Tuned(calibration, tuple(reports), *evidence.outcome(calibration))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _hold_out_strange(messages: Messages) -> tuple[dict[str, list[str]], list[str]]:
    """Messages without half of the strange ones, and that half."""
    known = {intent: list(texts) for intent, texts in messages.items()}
    strange: list[str] = []
    for intent in STRANGE:
        ordered = sorted(known.get(intent, ()), key=_digest)
        strange.extend(ordered[::2])
        if intent in known:
            known[intent] = ordered[1::2]
    return known, strange


def _best_weights(search: FixedSearch, questions: Sequence[Question]) -> tuple[float, float, float]:
    """The weights in steps of 0.1 with the best MRR, each part at least 0.1: the mean of those that share it."""
    position = {entry.id: number for number, entry in enumerate(search.index.entries)}
    seen = [(*search.parts(question.text), position[question.wanted]) for question in questions]
    tenths = [(a, b, 10 - a - b) for a in range(1, 9) for b in range(1, 10 - a)]
    merits = [np.mean([_reciprocal(np.array(one) / 10, *case) for case in seen]) for one in tenths]
    best = [one for one, merit in zip(tenths, merits, strict=True) if merit >= max(merits) - 1e-9]
    return tuple(round(float(weight), 3) for weight in np.mean(best, axis=0) / 10)


def _reciprocal(weights: NDArray, numbers: NDArray, parts: NDArray, wanted: int) -> float:
    mine = numbers == wanted
    if not mine.any():
        return 0.0
    combined = parts @ weights
    return 1 / (1 + int((combined > combined[mine]).sum()))


@dataclass(frozen=True)
class _Evidence:
    """For every tuning text: similarity and margin of its best hit, whether that is right, and its weight."""

    features: NDArray[np.float64]
    right: NDArray[np.bool_]
    weights: NDArray[np.float64]
    groups: NDArray[np.int64]
    """0 a question, 1 a question without its entry, 2 a strange message."""

    @classmethod
    def gather(cls, search: FixedSearch, questions: Sequence[Question], strange: Sequence[str]) -> _Evidence:
        entries = search.index.entries
        ids = np.array([entry.id for entry in entries])
        rows: list[tuple[float, float, bool, int]] = []
        for question in questions:
            rows.append((*_best(search, question.text, None, question.wanted), 0))
            if len(entries) > 1:
                rows.append((*_best(search, question.text, ids != question.wanted, None), 1))
        rows.extend((*_best(search, text, None, None), 2) for text in strange)
        groups = np.array([row[3] for row in rows])
        real = (groups == 0).sum()
        weights = np.where(
            groups == 0, 1.0, STRANGE_WEIGHT * real / np.maximum(np.bincount(groups)[groups], 1)
        )
        features = np.array([row[:2] for row in rows])
        return cls(features, np.array([row[2] for row in rows], dtype=bool), weights, groups)

    def fit(self) -> tuple[float, float, float]:
        """Logistic regression of being right; a slope that would turn the order round is left out."""
        from sklearn.linear_model import LogisticRegression

        for used in ([0, 1], [0]):
            model = LogisticRegression(C=100.0)
            model.fit(self.features[:, used], self.right, sample_weight=self.weights)
            slopes = [*model.coef_[0], 0.0][:2]
            if min(slopes) >= 0:
                return float(slopes[0]), float(slopes[1]), float(model.intercept_[0])
        raise ValueError("similarity says nothing about being right: the encoder or the scripts are broken")

    def scores(self, slope: float, margin_slope: float, intercept: float) -> NDArray[np.float64]:
        return 1 / (1 + np.exp(-(self.features @ [slope, margin_slope] + intercept)))

    def bands(self, slope: float, margin_slope: float, intercept: float) -> tuple[float, float]:
        """`answer`: the lowest score above which hits are right often enough; `confirm`: see STRANGE_CAUGHT."""
        scores = self.scores(slope, margin_slope, intercept)
        order = np.argsort(-scores)
        right = np.cumsum((self.weights * self.right)[order])
        share = right / np.cumsum(self.weights[order])
        enough = np.flatnonzero(share >= ANSWER_PRECISION)
        answer = float(scores[order[enough[-1]]]) if len(enough) else 1.0
        outside = scores[self.groups == (2 if (self.groups == 2).sum() >= 20 else 1)]
        confirm = float(np.quantile(outside, STRANGE_CAUGHT)) if len(outside) else 0.0
        return round(answer, 3), round(min(confirm, answer), 3)

    def outcome(self, calibration: Calibration) -> tuple[float, float, float]:
        scores = self.scores(calibration.slope, calibration.margin_slope, calibration.intercept)
        asked, strange = self.groups == 0, self.groups == 2
        answered = asked & (scores >= calibration.answer)
        caught = (scores[strange] < calibration.confirm).mean() if strange.any() else 1.0
        right = self.right[answered].mean() if answered.any() else 1.0
        return float(answered.sum() / max(asked.sum(), 1)), float(right), float(caught)


def _best(
    search: FixedSearch, text: str, allowed: NDArray[np.bool_] | None, wanted: str | None
) -> tuple[float, float, bool]:
    numbers, similarities = search.rank(text, allowed)
    if len(numbers) == 0:
        return 0.0, 0.0, False
    second = similarities[1] if len(numbers) > 1 else 0.0
    right = search.index.entries[numbers[0]].id == wanted
    return float(similarities[0]), float(similarities[0] - second), right


def main() -> None:
    """Prints the tuned numbers and the held-out figures; writes nothing."""
    from bot.faq.publish import tune_for
    from bot.settings import get_settings

    tuned = tune_for(get_settings())
    facts = {
        "calibration": tuned.calibration.facts(),
        "held-out": [report.figures() for report in tuned.reports],
        "answered at once": round(tuned.answered, 4),
        "of these right": round(tuned.answered_right, 4),
        "strange messages caught": round(tuned.strange_caught, 4),
        "tuned on": date.today().isoformat(),
    }
    print(json.dumps(facts, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
