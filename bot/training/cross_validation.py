"""Cross-validated readings of the intent examples: each is read by a model that has not seen it.

Runs the classifier itself (`bot.nlu.linear` knows nothing of Rasa), with the settings of `config.yml`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import StratifiedKFold

from bot.nlu import linear
from bot.nlu.features import FeatureConfig, read

FOLDS = 3
RANKING = 3
SEED = 20_261_122


@dataclass(frozen=True)
class Reading:
    """How a model that had not seen `text` read it."""

    text: str
    intent: str
    """What the file says."""
    ranking: tuple[tuple[str, float], ...]
    """The three likeliest intents with their confidence (0–1)."""

    @property
    def confidence(self) -> float:
        return self.ranking[0][1]

    @property
    def is_right(self) -> bool:
        return self.ranking[0][0] == self.intent


def cross_validate(
    examples: Sequence[tuple[str, str]], settings: dict, tell: Callable[[float, str], None]
) -> list[Reading]:
    """Readings of all `examples` (text, intent), in their order. `settings` is the classifier's entry in config.yml."""
    messages = [read(text) for text, _ in examples]
    labels = np.array([intent for _, intent in examples])
    features = FeatureConfig(**_chosen(settings, FeatureConfig))
    training = linear.TrainingConfig(**_chosen(settings, linear.TrainingConfig))
    readings: dict[int, Reading] = {}
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    for number, (seen, unseen) in enumerate(folds.split(messages, labels)):
        tell(number / FOLDS, f"fold {number + 1} of {FOLDS}")
        model = linear.train([messages[i] for i in seen], list(labels[seen]), features, training)
        for i in unseen:
            text, intent = examples[i]
            readings[int(i)] = Reading(text, intent, tuple(model.ranking(messages[i], RANKING)))
    tell(1.0, "")
    return [readings[i] for i in range(len(examples))]


def _chosen(settings: dict, config: type) -> dict:
    return {key: settings[key] for key in config.__dataclass_fields__ if key in settings}
