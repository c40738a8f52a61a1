"""A linear intent model: one-against-rest SVMs for the intents, one more for whether a message can be read alone.

Confidence = P(intent | text) × P(clear | text). The first is a softmax, the second a logistic function of decision
values; temperature, slope and offset are fitted on a part of the examples that was held back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC

from bot.nlu.features import FeatureConfig, MessageText, Vectoriser, fitted

FEWEST = 5
"""Examples an intent needs, so that some of them can be held back."""
SURE = 50.0
"""Log-odds of a probability that is 1: where no example is marked as unclear, every message counts as clear."""


@dataclass(frozen=True)
class TrainingConfig:
    """`penalty`: C of the intents' SVMs, `clarity_penalty`: of the one for clarity. `held_back`: share of examples that
    calibrates. `caution`: factor on the temperature. `fragment_weight`: what an example that only its chat explains
    counts beside a clear one, 0–1. `unclear_share`: how many of real messages cannot be read alone, 0–1.
    `seed`: makes training repeatable."""

    penalty: float = 0.25
    clarity_penalty: float = 0.1
    held_back: float = 0.2
    caution: float = 1.2
    fragment_weight: float = 0.3
    unclear_share: float = 0.2
    seed: int = 7


@dataclass(frozen=True)
class Clarity:
    """Whether a message says by itself what is wanted: P(clear) = σ(x · weights + bias)."""

    weights: np.ndarray
    """float16 (features,)."""
    bias: float


@dataclass(frozen=True)
class LinearModel:
    """Weights of all intents; immutable, safe to share between threads."""

    intents: tuple[str, ...]
    vectoriser: Vectoriser
    weights: np.ndarray
    """float16 (features, intents)."""
    bias: np.ndarray
    """float32 (intents,)."""
    temperature: float
    clarity: Clarity

    def read(self, message: MessageText) -> tuple[np.ndarray, float]:
        """One probability for each of `intents`, adding up to 1, and the probability that the message is clear."""
        indexes, values = self.vectoriser.row(message)
        row = np.array(values, np.float32)
        scores = self.bias.astype(np.float64) + row @ self.weights[indexes].astype(np.float32)
        clear = self.clarity.bias + float(row @ self.clarity.weights[indexes].astype(np.float32))
        return softmax(scores[None, :] / self.temperature)[0], float(expit(clear))

    def probabilities(self, message: MessageText) -> np.ndarray:
        """The confidence in each of `intents`; what is missing to 1 is the chance that only the chat can tell."""
        chances, clear = self.read(message)
        return chances * clear

    def ranking(self, message: MessageText, length: int) -> list[tuple[str, float]]:
        """The `length` likeliest intents with their confidence, best first, ties by name."""
        chances = self.probabilities(message)
        order = sorted(range(len(chances)), key=lambda at: (-chances[at], self.intents[at]))
        return [(self.intents[at], float(chances[at])) for at in order[:length]]


def train(
    messages: Sequence[MessageText],
    labels: Sequence[str],
    features: FeatureConfig,
    config: TrainingConfig,
    clear: Sequence[bool] | None = None,
) -> LinearModel:
    """Train on labelled messages; `clear` tells which can be read alone, by default all.

    Raises ValueError when an intent has fewer than FEWEST examples.
    """
    intents, y = np.unique(np.array(labels), return_inverse=True)
    rare = [str(intent) for intent, count in zip(intents, np.bincount(y), strict=True) if count < FEWEST]
    if rare or len(intents) < 2:
        raise ValueError(f"each of at least two intents needs {FEWEST} examples; too few: {rare}")
    vectoriser, x = fitted(messages, features)
    is_clear = np.ones(len(y), bool) if clear is None else np.array(clear, bool)
    temperature, slope, offset = _calibration(x, y, is_clear, config)
    weights, bias = _fit_intents(x, y, is_clear, config)
    clarity = _fit_clarity(x, is_clear, config)
    clarity = Clarity((clarity.weights * slope).astype(np.float16), clarity.bias * slope + offset)
    return LinearModel(tuple(str(i) for i in intents), vectoriser, weights, bias, temperature, clarity)


def _calibration(
    x, y: np.ndarray, is_clear: np.ndarray, config: TrainingConfig
) -> tuple[float, float, float]:
    """Temperature of the intents, slope and offset of clarity, on examples their models have not seen."""
    seen, unseen = train_test_split(
        np.arange(len(y)), test_size=config.held_back, stratify=y, random_state=config.seed
    )
    weights, bias = _fit_intents(x[seen], y[seen], is_clear[seen], config)
    told = unseen[is_clear[unseen]]
    temperature = fitted_temperature(x[told] @ weights + bias, y[told]) * config.caution
    clarity = _fit_clarity(x[seen], is_clear[seen], config)
    return temperature, *_platt(x[unseen] @ clarity.weights + clarity.bias, is_clear[unseen], config)


def _fit_intents(
    x, y: np.ndarray, is_clear: np.ndarray, config: TrainingConfig
) -> tuple[np.ndarray, np.ndarray]:
    counts = np.where(is_clear, 1.0, config.fragment_weight)
    svm = LinearSVC(C=config.penalty, tol=1e-3, random_state=config.seed).fit(x, y, sample_weight=counts)
    weights, bias = svm.coef_, svm.intercept_
    if len(svm.classes_) == 2:  # scikit-learn keeps one row for two classes
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    return np.ascontiguousarray(weights.T, np.float16), bias.astype(np.float32)


def _fit_clarity(x, is_clear: np.ndarray, config: TrainingConfig) -> Clarity:
    if is_clear.all() or not is_clear.any():
        return Clarity(np.zeros(x.shape[1], np.float32), 0.0)
    svm = LinearSVC(
        C=config.clarity_penalty, tol=1e-3, class_weight="balanced", random_state=config.seed
    ).fit(x, is_clear)
    return Clarity(svm.coef_[0].astype(np.float32), float(svm.intercept_[0]))


def _platt(scores: np.ndarray, is_clear: np.ndarray, config: TrainingConfig) -> tuple[float, float]:
    """Slope and offset under which `scores` are likeliest (Platt 1999), unclear examples counted as often as they are
    among real messages."""
    if is_clear.all() or not is_clear.any():
        return 0.0, SURE
    rarity = config.unclear_share / (1 - config.unclear_share) * is_clear.sum() / (~is_clear).sum()
    counts = np.where(is_clear, 1.0, rarity)
    fit = LogisticRegression(C=100).fit(scores[:, None], is_clear, sample_weight=counts)
    return float(fit.coef_[0, 0]), float(fit.intercept_[0])


def fitted_temperature(scores: np.ndarray, y: np.ndarray) -> float:
    """The divisor of decision values under which the true intents are likeliest."""

    def loss(log_temperature: float) -> float:
        chances = softmax(scores / np.exp(log_temperature))
        return -float(np.mean(np.log(chances[np.arange(len(y)), y] + 1e-12)))

    return float(np.exp(minimize_scalar(loss, bounds=(-5.0, 2.0), method="bounded").x))


def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
