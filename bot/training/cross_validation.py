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
from bot.training.nlu_files import Example, plain

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
    clear: bool = True
    """Whether the text alone tells what is wanted, says the file."""

    @property
    def confidence(self) -> float:
        return self.ranking[0][1]

    @property
    def is_right(self) -> bool:
        return self.ranking[0][0] == self.intent


def cross_validate(
    examples: Sequence[Example], settings: dict, tell: Callable[[float, str], None]
) -> list[Reading]:
    """Readings of all `examples`, in their order. `settings` is the classifier's entry in config.yml."""
    texts = [plain(example.text) for example in examples]
    messages = [read(text) for text in texts]
    labels = np.array([example.intent for example in examples])
    clear = np.array([example.clear for example in examples])
    features = FeatureConfig(**_chosen(settings, FeatureConfig))
    training = linear.TrainingConfig(**_chosen(settings, linear.TrainingConfig))
    readings: dict[int, Reading] = {}
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    for number, (seen, unseen) in enumerate(folds.split(messages, labels)):
        tell(number / FOLDS, f"fold {number + 1} of {FOLDS}")
        known = [messages[i] for i in seen]
        model = linear.train(known, list(labels[seen]), features, training, list(clear[seen]))
        for i in unseen:
            ranking = tuple(model.ranking(messages[i], RANKING))
            readings[int(i)] = Reading(texts[i], examples[i].intent, ranking, examples[i].clear)
    tell(1.0, "")
    return [readings[i] for i in range(len(examples))]


def _chosen(settings: dict, config: type) -> dict:
    return {key: settings[key] for key in config.__dataclass_fields__ if key in settings}
