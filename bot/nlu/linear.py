"""A linear intent model: one-against-rest SVM, probabilities by a temperature fitted on unseen folds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.nlu.features import FeatureConfig, MessageText, Vectoriser

FORMAT = 1
"""Raise when files of an older layout can no longer be read."""


class ModelFileError(RuntimeError):
    """A stored intent model that must not be served: says what is wrong and how to get a good one."""


@dataclass(frozen=True)
class TrainingConfig:
    """`penalty`: the SVM's C. `folds`: for the temperature, at least 2. `caution`: factor on that temperature.
    `seed`: makes training repeatable."""

    penalty: float = 0.3
    folds: int = 3
    caution: float = 1.2
    seed: int = 7


@dataclass(frozen=True)
class LinearModel:
    """Weights of all intents; immutable, safe to share between threads."""

    intents: tuple[str, ...]
    vectoriser: Vectoriser
    weights: np.ndarray
    """float32 (features, intents)."""
    bias: np.ndarray
    """float32 (intents,)."""
    temperature: float

    def probabilities(self, message: MessageText) -> np.ndarray:
        """One probability for each of `intents`, adding up to 1."""
        indexes, values = self.vectoriser.row(message)
        scores = self.bias.astype(np.float64)
        if indexes:
            scores = scores + np.array(values, np.float32) @ self.weights[indexes]
        return softmax(scores[None, :] / self.temperature)[0]

    def ranking(self, message: MessageText, length: int) -> list[tuple[str, float]]:
        """The `length` likeliest intents with their probabilities, best first, ties by name."""
        chances = self.probabilities(message)
        order = sorted(range(len(chances)), key=lambda at: (-chances[at], self.intents[at]))
        return [(self.intents[at], float(chances[at])) for at in order[:length]]


def train(
    messages: Sequence[MessageText], labels: Sequence[str], features: FeatureConfig, config: TrainingConfig
) -> LinearModel:
    """Train on labelled messages. Raises ValueError when an intent has fewer examples than folds."""
    intents, y = np.unique(np.array(labels), return_inverse=True)
    rare = [
        str(intent) for intent, count in zip(intents, np.bincount(y), strict=True) if count < config.folds
    ]
    if rare or len(intents) < 2:
        raise ValueError(f"each of at least two intents needs {config.folds} examples; too few: {rare}")
    vectoriser = Vectoriser.fit(messages, features)
    x = vectoriser.matrix(messages)
    temperature = fitted_temperature(out_of_fold_scores(x, y, config), y) * config.caution
    weights, bias = _fit(x, y, config)
    return LinearModel(tuple(str(i) for i in intents), vectoriser, weights, bias, temperature)


def out_of_fold_scores(x, y: np.ndarray, config: TrainingConfig) -> np.ndarray:
    """float64 (messages, intents): decision values from models that did not see the message."""
    scores = np.zeros((x.shape[0], y.max() + 1))
    folds = StratifiedKFold(config.folds, shuffle=True, random_state=config.seed)
    for seen, unseen in folds.split(x, y):
        weights, bias = _fit(x[seen], y[seen], config)
        scores[unseen] = x[unseen] @ weights + bias
    return scores


def _fit(x, y: np.ndarray, config: TrainingConfig) -> tuple[np.ndarray, np.ndarray]:
    svm = LinearSVC(C=config.penalty, tol=1e-3, random_state=config.seed).fit(x, y)
    weights, bias = svm.coef_, svm.intercept_
    if len(svm.classes_) == 2:  # scikit-learn keeps one row for two classes
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    # Half precision is what is stored; using it here keeps trained and loaded models the same.
    return weights.T.astype(np.float16).astype(np.float32), bias.astype(np.float32)


def fitted_temperature(scores: np.ndarray, y: np.ndarray) -> float:
    """The divisor of decision values under which the true intents are likeliest."""

    def loss(log_temperature: float) -> float:
        chances = softmax(scores / np.exp(log_temperature))
        return -float(np.mean(np.log(chances[np.arange(len(y)), y] + 1e-12)))

    return float(np.exp(minimize_scalar(loss, bounds=(-5.0, 2.0), method="bounded").x))


def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def save(model: LinearModel, folder: Path) -> None:
    """Write `manifest.json`, `vocabulary.json` and `weights.npz` (half precision, no pickle)."""
    manifest = {
        "format": FORMAT,
        "intents": model.intents,
        "temperature": model.temperature,
        "features": asdict(model.vectoriser.config),
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1))
    names = sorted(model.vectoriser.vocabulary, key=model.vectoriser.vocabulary.__getitem__)
    (folder / "vocabulary.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
    arrays = {"weights": model.weights.astype(np.float16), "bias": model.bias, "idf": model.vectoriser.idf}
    np.savez_compressed(folder / "weights.npz", **arrays)


def load(folder: Path) -> LinearModel:
    """Read what `save` wrote. Raises ModelFileError when it is missing, of another format or inconsistent."""
    cure = "train again (xiaoer train, or rasa train nlu)"
    try:
        manifest = json.loads((folder / "manifest.json").read_text())
        names = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
            weights = arrays["weights"].astype(np.float32)
            bias, idf = arrays["bias"], arrays["idf"]
    except Exception as error:  # truncated archives raise many kinds
        raise ModelFileError(f"the stored intent model cannot be read ({error}); {cure}") from error
    if manifest.get("format") != FORMAT:
        found = manifest.get("format")
        raise ModelFileError(f"the stored intent model has format {found}, this code reads {FORMAT}; {cure}")
    intents = tuple(manifest["intents"])
    if weights.shape != (len(names), len(intents)) or len(idf) != len(names) or len(bias) != len(intents):
        raise ModelFileError(f"the stored intent model does not fit its own vocabulary and intents; {cure}")
    vocabulary = {name: index for index, name in enumerate(names)}
    vectoriser = Vectoriser(FeatureConfig(**manifest["features"]), vocabulary, idf)
    return LinearModel(intents, vectoriser, weights, bias, float(manifest["temperature"]))
