"""What was reached against the floor and the aim of issue 3 (`goals.yml`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.evaluation.entities import MEASURES, EntityScore
from bot.evaluation.faq import error_against_bm25
from bot.evaluation.figures import ModelFigures
from bot.faq.evaluate import Report
from bot.files import read_yaml

RECIPE_EPOCHS = 100
"""Of DIET in what `rasa init` writes."""

FILE = Path(__file__).with_name("goals.yml")


class Standing(StrEnum):
    AIM = "aim"
    FLOOR = "floor"
    """At the floor or above, below the aim."""
    BELOW = "below"
    UNMEASURED = "unmeasured"


@dataclass(frozen=True)
class Goal:
    key: str
    name: str
    title: str
    floor: float
    aim: float
    less_is_better: bool = False
    needs: str = ""


@dataclass(frozen=True)
class Reached:
    goal: Goal
    value: float | None

    @property
    def standing(self) -> Standing:
        if self.value is None:
            return Standing.UNMEASURED
        sign = -1 if self.goal.less_is_better else 1
        for standing, bound in ((Standing.AIM, self.goal.aim), (Standing.FLOOR, self.goal.floor)):
            if sign * self.value >= sign * bound:
                return standing
        return Standing.BELOW


def load_goals() -> tuple[Goal, ...]:
    return tuple(Goal(**row) for row in read_yaml(FILE))


def held_against(goals: Sequence[Goal], values: Mapping[str, float | None]) -> tuple[Reached, ...]:
    return tuple(Reached(goal, values.get(goal.key)) for goal in goals)


def values_of(
    models: Sequence[ModelFigures],
    judging: EntityScore,
    faq: Sequence[Report],
    epochs: int | None,
) -> dict[str, float | None]:
    """Figures by the goals' keys. `models`: ours, then the default recipe if it was measured, then others.

    A recipe trained for fewer `epochs` than its own is no baseline to be better than.
    """
    ours = models[0]
    values: dict[str, float | None] = {
        "macro_f1": ours.macro_f1,
        "auroc": ours.scope.auroc,
        "accuracy_at_90": ours.scope.accuracy_at_90,
        "entities": exact_measures(judging),
        "faq_hit": faq[0].hit_at(1),
        "faq_error_cut": error_against_bm25(faq),
    }
    if ours.real:
        values["real_primary"] = ours.real.overall.primary
        values["real_accepted"] = ours.real.overall.accepted
        values["real_surest"] = ours.real.surest_60
        values["unclear_acted_on"] = ours.real.unclear_acted_on
    if len(models) > 1 and epochs is not None and epochs >= RECIPE_EPOCHS:
        values["error_cut"] = error_cut(ours, models[1])
    return values


def exact_measures(score: EntityScore) -> float | None:
    """Share of (sentence, kind) cases of the goal's kinds that are exact; None without any."""
    kinds = [score.kinds[kind] for kind in MEASURES if kind in score.kinds]
    cases = sum(kind.sentences for kind in kinds)
    return sum(kind.exact_sentences for kind in kinds) / cases if cases else None


def error_cut(ours: ModelFigures, baseline: ModelFigures) -> float | None:
    """By how much our accepted error on real clear messages is below the baseline's, as a share of it."""
    if not (ours.real and baseline.real) or ours.real.overall.accepted is None:
        return None
    theirs = 1 - (baseline.real.overall.accepted or 0.0)
    return 1 - (1 - ours.real.overall.accepted) / theirs if theirs else None
