"""All figures of one intent model, from how it read the judged messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation import calibration, coverage, scope
from bot.evaluation.calibration import Bin
from bot.evaluation.readings import OUT_OF_SCOPE, Reading, Trained
from bot.training.evaluation import IntentScore, score

NEAR, FAR = "near", "far"


@dataclass(frozen=True)
class Judged:
    """What a model made of every judged message."""

    model: Trained
    held_out: tuple[Reading, ...]
    outside: tuple[Reading, ...]
    """Out-of-scope sentences, group `near` or `far`."""
    real: tuple[Reading, ...]
    """Empty without `--real`."""


@dataclass(frozen=True)
class ScopeFigures:
    auroc_near: float | None
    auroc_far: float | None
    auroc: float | None
    accuracy_at_90: float | None
    """In-scope messages let pass and read right where 90 % of the out-of-scope ones are caught."""


@dataclass(frozen=True)
class GroupFigures:
    group: str
    messages: int
    """Clear ones; the shares are of these."""
    primary: float | None
    accepted: float | None


@dataclass(frozen=True)
class RealFigures:
    overall: GroupFigures
    groups: tuple[GroupFigures, ...]
    surest_60: float | None
    """Accepted right among the 60 % of clear messages it is surest of."""
    unclear: int
    unclear_acted_on: float | None
    """Share of unclear messages read with full confidence (`Trained.acts_from`)."""
    bins: tuple[Bin, ...]
    calibration_error: float | None


@dataclass(frozen=True)
class ModelFigures:
    name: str
    trained_at: str
    train_seconds: float
    acts_from: float
    accuracy: float
    macro_f1: float
    intents: dict[str, IntentScore]
    surest_60: float | None
    bins: tuple[Bin, ...]
    calibration_error: float | None
    scope: ScopeFigures
    real: RealFigures | None


def figures_of(judged: Judged) -> ModelFigures:
    """Intents over all held-out sentences; scope over those that are in scope against the out-of-scope ones."""
    held_out, model = judged.held_out, judged.model
    expected = [(reading.message.text, reading.message.intent) for reading in held_out]
    scores = score(expected, [_as_parse(reading) for reading in held_out])
    right = [reading.is_right for reading in held_out]
    bins = calibration.reliability(_confidences(held_out), right)
    return ModelFigures(
        model.name,
        model.trained_at,
        model.seconds,
        model.acts_from,
        scores.accuracy,
        scores.macro_f1,
        scores.intents,
        coverage.surest(_confidences(held_out), right),
        bins,
        calibration.expected_error(bins),
        _scope(held_out, judged.outside),
        _real(judged.real, model.acts_from) if judged.real else None,
    )


def in_scope(readings: Sequence[Reading]) -> list[Reading]:
    return [reading for reading in readings if reading.message.intent != OUT_OF_SCOPE]


def within_scores(readings: Sequence[Reading], group: str | None = None) -> list[float]:
    return [each.within[1] for each in readings if group in (None, each.message.group)]


def _scope(held_out: Sequence[Reading], outside: Sequence[Reading]) -> ScopeFigures:
    ours = in_scope(held_out)
    inside = within_scores(ours)
    right = [reading.within[0] == reading.message.intent for reading in ours]
    return ScopeFigures(
        scope.auroc(inside, within_scores(outside, NEAR)),
        scope.auroc(inside, within_scores(outside, FAR)),
        scope.auroc(inside, within_scores(outside)),
        scope.accuracy_when_catching(inside, right, within_scores(outside)),
    )


def _real(readings: Sequence[Reading], acts_from: float) -> RealFigures:
    clear = [reading for reading in readings if reading.message.is_clear]
    unclear = [reading for reading in readings if not reading.message.is_clear]
    groups = sorted({reading.message.group for reading in clear})
    accepted = [reading.is_accepted for reading in clear]
    bins = calibration.reliability(_confidences(clear), accepted)
    return RealFigures(
        _group("", clear),
        tuple(_group(name, [one for one in clear if one.message.group == name]) for name in groups),
        coverage.surest(_confidences(clear), accepted),
        len(unclear),
        coverage.acted_on(_confidences(unclear), acts_from),
        bins,
        calibration.expected_error(bins),
    )


def _group(name: str, clear: Sequence[Reading]) -> GroupFigures:
    primary = _share([reading.is_right for reading in clear])
    return GroupFigures(name, len(clear), primary, _share([reading.is_accepted for reading in clear]))


def _share(holds: Sequence[bool]) -> float | None:
    return sum(holds) / len(holds) if holds else None


def _confidences(readings: Sequence[Reading]) -> list[float]:
    return [reading.confidence for reading in readings]


def _as_parse(reading: Reading) -> dict:
    return {"intent": {"name": reading.read_as, "confidence": reading.confidence}}
