"""What further examples would do to the held-out scores, in seconds: an estimate, no training.

The serving model is one linear SVM an intent (L2 loss), fitted by dual coordinate descent (Hsieh et al. 2008, "A dual
coordinate descent method for large-scale linear SVM"). Here its descent is gone on with, over the new examples and the
known ones nearest to them only; all others are held still. Left out, too: n-grams the model has never seen, and the
confidence fitted anew. How near it comes to a training: docs/nlu.md.
"""

from __future__ import annotations

import tarfile
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from bot.files import read_yaml
from bot.nlu import model_files
from bot.nlu.features import Vectoriser, read
from bot.nlu.linear import LinearModel, TrainingConfig, softmax
from bot.training.evaluation import Scores, held_out, score

NEAR = 1_500
"""Known examples that answer; with none of them an odd example seemed to cost far more than it does (docs/nlu.md)."""
SWEEPS = 10
"""Over the new examples and those near them; after ten the steps no longer change what is read."""


_reading = threading.Lock()


class NoModel(RuntimeError):
    """There is no intent model to estimate from."""


@dataclass(frozen=True)
class Example:
    text: str
    known_as: str | None = None
    """The intent it is an example of already, if any."""
    clear: bool = True
    """Whether it can be read alone; examples that only their chat explains count less in a training."""


@dataclass(frozen=True)
class Estimate:
    before: Scores
    after: Scores
    own: tuple[dict, ...]
    """How each new example itself is read, as `{text, before, after}`: the confidence in its intent, 0 to 1."""


class Estimator:
    """The serving model and the held-out sentences as it sees them; immutable, safe to share between threads."""

    def __init__(
        self, model: LinearModel, expected: Sequence[tuple[str, str]], training: TrainingConfig
    ) -> None:
        self._model, self._expected, self._training = model, tuple(expected), training
        self._held_out = _rows(model.vectoriser, [text for text, _ in expected])
        self._weights = model.weights.astype(np.float32)
        self._scores = self._held_out @ self._weights + model.bias
        self.before = self._judged(self._scores)

    def estimate(self, examples: Sequence[Example], intent: str, near: Sequence[Example] = ()) -> Estimate:
        """The scores if `examples` became examples of `intent` and those `near` them, known ones, answered.

        Raises KeyError for an intent the model does not know.
        """
        place = {name: at for at, name in enumerate(self._model.intents)}
        chosen = place[intent]
        near = [each for each in near if each.known_as in place]
        everything = [*examples, *near]
        rows = _rows(self._model.vectoriser, [each.text for each in everything])
        aims = [chosen] * len(examples) + [place[str(each.known_as)] for each in near]
        old, steps = self._steps(rows, everything, aims)
        after = self._scores + ((self._held_out @ rows.T).toarray() + 1) @ steps
        old = old[: len(examples)]
        fresh = old + ((rows[: len(examples)] @ rows.T).toarray() + 1) @ steps
        clear = np.array([self._model.read(read(each.text))[1] for each in examples])
        chances = [softmax(each / self._model.temperature)[:, chosen] * clear for each in (old, fresh)]
        own = tuple(
            {"text": each.text, "before": round(float(was), 3), "after": round(float(now), 3)}
            for each, was, now in zip(examples, *chances, strict=True)
        )
        return Estimate(self.before, self._judged(after), own)

    def _steps(
        self, rows: csr_matrix, examples: Sequence[Example], aims: Sequence[int]
    ) -> tuple[np.ndarray, np.ndarray]:
        """Decision values of the examples now, and how far each moves every intent's weights along its row."""
        kernel = (rows @ rows.T).toarray() + 1  # the bias is a feature that is always 1
        start = np.asarray(rows @ self._weights + self._model.bias, np.float64)
        wanted = np.full(start.shape, -1.0)
        wanted[np.arange(len(aims)), aims] = 1.0
        was, had = self._standing(start, examples)
        # What an example said until now is taken back where it is to say something else.
        alphas = np.where(was == wanted, had, 0.0)
        steps = alphas * wanted - had * was
        costs = self._training.penalty * np.array([self._weight(each) for each in examples])
        soft = 1 / (2 * costs)
        for _ in range(SWEEPS):
            for at in range(len(examples)):
                margins = wanted[at] * (start[at] + kernel[at] @ steps)
                slope = margins - 1 + soft[at] * alphas[at]
                fresh = np.maximum(0.0, alphas[at] - slope / (kernel[at, at] + soft[at]))
                steps[at] += (fresh - alphas[at]) * wanted[at]
                alphas[at] = fresh
        return start, steps

    def _standing(self, start: np.ndarray, examples: Sequence[Example]) -> tuple[np.ndarray, np.ndarray]:
        """Signs and dual weights (2C·loss at the optimum) of examples the model was trained with; 0 for new ones."""
        was, had = np.zeros(start.shape), np.zeros(start.shape)
        for at, example in enumerate(examples):
            if example.known_as in self._model.intents:
                was[at] = -1.0
                was[at, self._model.intents.index(example.known_as)] = 1.0
                loss = np.maximum(0.0, 1 - was[at] * start[at])
                had[at] = 2 * self._training.penalty * self._weight(example) * loss
        return was, had

    def _weight(self, example: Example) -> float:
        return 1.0 if example.clear else self._training.fragment_weight

    def _judged(self, scores: np.ndarray) -> Scores:
        best = scores.argmax(axis=1)
        chances = softmax(scores / self._model.temperature)[np.arange(len(best)), best]
        parses = [
            {"intent": {"name": self._model.intents[at], "confidence": round(float(chance), 4)}}
            for at, chance in zip(best, chances, strict=True)
        ]
        return score(self._expected, parses)


def estimator_of(archive: Path, config: Path) -> Estimator:
    """Of the model in `archive` and the classifier's C in `config`; kept as long as that model is asked about.

    Blocking; some seconds for another model than last time. Raises NoModel.
    """
    with _reading:
        return _kept(archive.resolve(), config)


@lru_cache(maxsize=1)
def _kept(archive: Path, config: Path) -> Estimator:
    model = model_in(archive)
    return Estimator(model, held_out(), training_in(read_yaml(config)))


def model_in(archive: Path) -> LinearModel:
    """The intent model in a dialogue model's archive. Raises NoModel."""
    try:
        with tarfile.open(archive) as packed, tempfile.TemporaryDirectory() as folder:
            for member in packed:
                if member.isfile() and "LinearIntentClassifier" in member.name:
                    content = packed.extractfile(member)
                    (Path(folder) / Path(member.name).name).write_bytes(content.read() if content else b"")
            return model_files.load(Path(folder))
    except (OSError, tarfile.TarError, model_files.ModelFileError) as error:
        raise NoModel(str(error)) from error


def training_in(config: Mapping) -> TrainingConfig:
    """How the classifier is trained, by a parsed config.yml."""
    (row,) = (row for row in config["pipeline"] if str(row["name"]).endswith("LinearIntentClassifier"))
    return TrainingConfig(**{key: row[key] for key in TrainingConfig.__dataclass_fields__ if key in row})


def changed(before: Scores, after: Scores) -> list[dict]:
    """Intents whose F1 moves, worst fall first, each with `intent`, `before` and `after`."""
    rows = [
        {"intent": name, "before": before.intents[name].f1, "after": after.intents[name].f1}
        for name in before.intents
        if before.intents[name].f1 != after.intents[name].f1
    ]
    return sorted(rows, key=lambda row: row["after"] - row["before"])


def _rows(vectoriser: Vectoriser, texts: Sequence[str]) -> csr_matrix:
    indexes, values, ends = [], [], [0]
    for text in texts:
        places, weights = vectoriser.row(read(text))
        indexes += places
        values += weights
        ends.append(len(indexes))
    shape = (len(texts), len(vectoriser.idf))
    return csr_matrix((np.array(values, np.float32), np.array(indexes, np.int32), np.array(ends)), shape)
