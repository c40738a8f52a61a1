"""Our intent classifier as `config.yml` sets it: the one place here that knows `bot.nlu`."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from pathlib import Path

from bot.evaluation.readings import Ranking, Trained
from bot.files import read_yaml
from bot.nlu import linear
from bot.nlu.features import FeatureConfig, read
from bot.training.nlu_files import Example, plain

NAME = "xiaoer"
COMPONENT = "LinearIntentClassifier"


def trained_on(
    examples: Sequence[Example], texts: Sequence[str], acts_from: float, config_file: Path
) -> Trained:
    """Trains on `examples` and reads `texts`. Raises ValueError when an intent has too few examples."""
    pipeline = read_yaml(config_file)["pipeline"]
    settings = next(part for part in pipeline if str(part["name"]).endswith(COMPONENT))
    start = time.perf_counter()
    model = linear.train(
        [read(plain(example.text)) for example in examples],
        [example.intent for example in examples],
        FeatureConfig(**_part(settings, FeatureConfig)),
        linear.TrainingConfig(**_part(settings, linear.TrainingConfig)),
        [example.clear for example in examples],
    )
    seconds = time.perf_counter() - start
    rankings: list[Ranking] = [tuple(model.ranking(read(text), len(model.intents))) for text in texts]
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    return Trained(NAME, rankings, acts_from, now, round(seconds, 1))


def _part(settings: dict, kind: type) -> dict:
    """The component's settings that belong to `kind`."""
    names = [field.name for field in fields(kind)]
    return {name: settings[name] for name in names if name in settings}
