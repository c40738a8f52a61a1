"""Trains our sentence encoder on the shop's own scripts and on the labelled messages of `data/nlu`.

Start: token vectors from a truncated SVD of tf-idf, so that words which occur in no script still stand near their
like. Then, in every step, a question for each script has to find its script among all of them, and some hundred
messages their intent. A script is a handful of tokens drawn from its other phrasings and its answers, so what is
learned is what search uses: the place of an entry. A few times on the way the messages are given to the nearest
script of their own intent and count as further questions from then on. What each part is worth: docs/retrieval.md.
Equal data, plan and library versions give an equal encoder on one machine.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.faq.descent import Descent, contrast
from bot.faq.encoder import FORMAT, GramEncoder
from bot.faq.lessons import Lessons, vocabulary_of
from bot.faq.pools import Rows
from bot.faq.scripts import Entry, data_hash
from bot.faq.spelling import Spelling
from bot.faq.tokens import encoder_tokens

Progress = Callable[[str, int, int], None]
"""Called with what is being done, steps done and steps in all."""


@dataclass(frozen=True)
class Plan:
    """Numbers of a training run, chosen on tuning questions (docs/retrieval.md)."""

    dimension: int = 256
    steps: int = 700
    learning_rate: float = 5e-3
    """At first; falls to 0."""
    scale: float = 12.0
    """Of similarities in the contrast: higher looks at the nearest rivals only."""
    token_dropout: float = 0.4
    support: int = 60
    """Tokens that stand for a script in one step."""
    answer_share: float = 0.35
    """Share of these that come from its answers."""
    messages: int = 512
    """Messages in one step."""
    noisy_copies: int = 2
    """Copies of each phrasing with slips of the pen."""
    noisy_share: float = 0.8
    """Share of questions taken from these copies."""
    guesses: tuple[float, ...] = (0.4, 0.7)
    """When, as shares of all steps, messages are given to scripts."""
    guessed_share: float = 0.6
    """Share of questions that are messages given to the script."""
    guess_from: float = 0.3
    """Least similarity of a message given to a script."""
    rare: int = 6
    """A trigram, and any token seen only in labelled messages, must occur this often."""
    seed: int = 20_261_111


def train_encoder(
    entries: Sequence[Entry],
    messages: Mapping[str, Sequence[str]],
    plan: Plan = Plan(),
    progress: Progress | None = None,
) -> TrainedEncoder:
    """`messages` (intent → sentences) may be empty. Needs at least two entries; raises ValueError otherwise."""
    if len(entries) < 2:
        raise ValueError("an encoder needs at least two scripts to tell apart")
    tell = progress or (lambda *_: None)
    tell("reading sentences", 0, plan.steps)
    own = [text for entry in entries for text in (*entry.phrasings, *entry.answers)]
    others = [text for texts in messages.values() for text in texts]
    counted = [_tokens(text) for text in own + others]
    vocabulary = vocabulary_of(counted[: len(own)], counted[len(own) :], plan.rare)
    rows = {token: row for row, token in enumerate(vocabulary)}
    known = dict(zip(own + others, counted, strict=True))

    @cache
    def look_up(text: str) -> Rows:
        tokens = known.get(text) or encoder_tokens(text)  # slips are met once
        return np.array([rows[token] for token in tokens if token in rows], np.int64)

    lessons = Lessons(entries, messages, look_up, plan)
    descent = Descent(start_vectors(counted, rows, plan))
    guesses = {int(share * plan.steps) for share in plan.guesses} if messages else set()
    for step in range(plan.steps):
        if step in guesses:
            lessons.give_out(descent.matrix)
        _learn(descent, lessons, plan, plan.learning_rate * (1 - step / plan.steps), bool(others))
        tell("training the encoder", step + 1, plan.steps)
    return _finished(entries, others, vocabulary, descent.matrix, plan)


@lru_cache(maxsize=200_000)
def _tokens(text: str) -> tuple[str, ...]:
    """Kept for the tuning run that follows; as interned strings some hundred bytes a sentence."""
    return tuple(map(sys.intern, encoder_tokens(text)))


def _learn(descent: Descent, lessons: Lessons, plan: Plan, rate: float, with_intents: bool) -> None:
    asked, scripts = lessons.scripts()
    bags, right = [asked, scripts], [np.arange(asked.count)]
    if with_intents:
        said, intents, of = lessons.intents()
        bags, right = [*bags, said, intents], [*right, of]
    units = descent.embed(bags)
    slopes = []
    for number, wanted in enumerate(right):
        _, of_asked, of_meant = contrast(units[2 * number], units[2 * number + 1], wanted, plan.scale)
        slopes.extend([of_asked, of_meant])
    descent.learn(slopes, rate)


def _finished(
    entries: Sequence[Entry],
    others: Sequence[str],
    vocabulary: list[str],
    matrix: NDArray[np.float32],
    plan: Plan,
) -> TrainedEncoder:
    stored = matrix.astype(np.float16)
    digest = hashlib.sha256(data_hash(entries).encode() + stored.tobytes()).hexdigest()[:12]
    manifest = {
        "format": FORMAT,
        "name": f"xiaoer-grams-{digest}",
        "dimension": plan.dimension,
        "tokens": len(vocabulary),
        "data_hash": data_hash(entries),
        "phrasings": phrasing_marks(entries),
        "messages": len(others),
        "plan": asdict(plan),
        "libraries": {name: version(name) for name in ("scikit-learn", "jieba", "numpy", "scipy")},
    }
    spelling = Spelling.of(
        [*(text for entry in entries for text in (*entry.phrasings, *entry.answers)), *others]
    )
    return TrainedEncoder(vocabulary, stored, spelling, manifest)


def phrasing_marks(entries: Sequence[Entry]) -> list[str]:
    """A short mark for every phrasing, sorted: tells how much the scripts have changed since."""
    texts = {text for entry in entries for text in entry.phrasings}
    return sorted(hashlib.sha256(text.encode()).hexdigest()[:8] for text in texts)


@dataclass(frozen=True)
class TrainedEncoder:
    tokens: list[str]
    matrix: NDArray[np.float16]
    spelling: Spelling
    manifest: dict[str, object]

    def encoder(self) -> GramEncoder:
        return GramEncoder(self.tokens, self.matrix, str(self.manifest["name"]))

    def save(self, folder: Path) -> None:
        """Replaces `folder` whole: a reader finds the old encoder or the new one, never a mixture."""
        fresh = folder.with_name(folder.name + ".new")
        old = folder.with_name(folder.name + ".old")
        for leftover in (fresh, old):
            shutil.rmtree(leftover, ignore_errors=True)
        fresh.mkdir(parents=True)
        (fresh / "tokens.json").write_text(json.dumps(self.tokens, ensure_ascii=False), encoding="utf-8")
        np.save(fresh / "matrix.npy", self.matrix)
        self.spelling.save(fresh)
        (fresh / "manifest.json").write_text(json.dumps(self.manifest, indent=2), encoding="utf-8")
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
        shutil.rmtree(old, ignore_errors=True)


def start_vectors(
    counted: Sequence[Sequence[str]], rows: Mapping[str, int], plan: Plan
) -> NDArray[np.float32]:
    """Token vectors whose mean is the latent-semantic place of a sentence, scaled to lengths around 1."""
    from scipy.sparse import csr_matrix
    from sklearn.utils.extmath import randomized_svd

    hits = [[rows[token] for token in tokens if token in rows] for tokens in counted]
    columns = np.fromiter((column for sentence in hits for column in sentence), np.int64)
    pointers = np.cumsum([0, *map(len, hits)])
    counts = csr_matrix((np.ones(len(columns), np.float32), columns, pointers), (len(hits), len(rows)))
    counts.sum_duplicates()
    seen_in = np.asarray((counts > 0).sum(axis=0)).ravel()
    rarity = (np.log((1 + len(hits)) / (1 + seen_in)) + 1).astype(np.float32)
    weighted = counts.multiply(rarity).tocsr()
    rank = min(plan.dimension, min(weighted.shape) - 1)
    _, strengths, directions = randomized_svd(weighted, rank, n_iter=2, random_state=plan.seed % 2**32)
    vectors = np.zeros((len(rows), plan.dimension), np.float32)
    vectors[:, :rank] = directions.T * np.sqrt(strengths) * rarity[:, None]
    vectors += np.random.default_rng(plan.seed).normal(0, 1e-3, vectors.shape).astype(np.float32)
    return vectors / np.sqrt((vectors**2).sum(axis=1).mean())
