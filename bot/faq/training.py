"""Trains our sentence encoder on the shop's own scripts, with sentence-transformers' in-batch negatives.

Start: token vectors from a truncated SVD of tf-idf (scripts and labelled messages), so that words which occur in no
script still stand near their like. Then two rounds in which two phrasings of one script, or a phrasing and the
answer, are drawn together and all others in the batch pushed apart. Between the rounds the labelled messages are
given to the nearest script of their own intent, and the second round learns from these as well: on held-out variants
that was worth 5 points of hit@1 (0.42 → 0.46 with 139 scripts).
Equal data, plan and library versions give an equal encoder on one machine.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.faq.encoder import GramEncoder, entry_vectors
from bot.faq.pairs import Pairs, Rows, thinned, vocabulary_of
from bot.faq.scripts import Entry, data_hash
from bot.faq.tokens import encoder_tokens

Progress = Callable[[str, int, int], None]
"""Called with what is being done, steps done and steps in all."""


@dataclass(frozen=True)
class Plan:
    """Numbers of a training run, tried on variants held out of `data/faq` (see `bot.faq.tune`)."""

    dimension: int = 256
    batch: int = 256
    steps: int = 500
    """Batches a round."""
    learning_rate: float = 1e-2
    scale: float = 12.0
    token_dropout: float = 0.4
    answer_share: float = 0.3
    """Share of pairs whose second half is the answer's text instead of another phrasing."""
    message_share: float = 0.3
    """Share of batches made of labelled messages: two of one intent a pair."""
    noisy_copies: int = 3
    rare: int = 3
    """A trigram, and any token seen only in labelled messages, must occur this often."""
    guessed_share: float = 0.6
    """Share of pairs of the second round whose first half is a message given to the script."""
    guess_from: float = 0.3
    """Least similarity of a message given to a script."""
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
    total = (2 if messages else 1) * plan.steps
    tell("reading sentences", 0, total)
    tokens_of = cache(encoder_tokens)
    own = [text for entry in entries for text in (*entry.phrasings, *entry.answers)]
    others = [text for texts in messages.values() for text in texts]
    counted = [tokens_of(text) for text in own + others]
    vocabulary = vocabulary_of(counted[: len(own)], counted[len(own) :], plan.rare)
    rows = {token: row for row, token in enumerate(vocabulary)}

    @cache
    def look_up(text: str) -> Rows:
        return np.array([rows[token] for token in tokens_of(text) if token in rows], np.int64)

    def learn(given: Mapping[int, Sequence[str]], done: int) -> NDArray[np.float32]:
        pairs = Pairs(entries, messages, given, look_up, plan)
        return _draw_together(
            pairs, start, plan, lambda step: tell("training the encoder", done + step, total)
        )

    start = start_vectors(counted, rows, plan)
    matrix = learn({}, 0)
    if messages:
        first_round = GramEncoder(vocabulary, matrix, "first round", tokens_of)
        matrix = learn(_given_to(entries, messages, first_round, plan), plan.steps)
    matrix = matrix.astype(np.float16)
    digest = hashlib.sha256(data_hash(entries).encode() + matrix.tobytes()).hexdigest()[:12]
    manifest = {
        "name": f"xiaoer-grams-{digest}",
        "dimension": plan.dimension,
        "tokens": len(vocabulary),
        "data_hash": data_hash(entries),
        "messages": len(others),
        "plan": asdict(plan),
        "libraries": {name: version(name) for name in ("sentence-transformers", "torch", "jieba", "numpy")},
    }
    return TrainedEncoder(vocabulary, matrix, manifest)


@dataclass(frozen=True)
class TrainedEncoder:
    tokens: list[str]
    matrix: NDArray[np.float16]
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
        (fresh / "manifest.json").write_text(json.dumps(self.manifest, indent=2), encoding="utf-8")
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
        shutil.rmtree(old, ignore_errors=True)


def start_vectors(counted: list[list[str]], rows: Mapping[str, int], plan: Plan) -> NDArray[np.float32]:
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


def _given_to(
    entries: Sequence[Entry], messages: Mapping[str, Sequence[str]], encoder: GramEncoder, plan: Plan
) -> dict[int, list[str]]:
    """Position of an entry → labelled messages that are likely to ask it: the nearest one of their intent."""
    places = entry_vectors(entries, encoder)
    given: dict[int, list[str]] = defaultdict(list)
    for intent, texts in messages.items():
        mine = [number for number, entry in enumerate(entries) if entry.intent == intent]
        if not mine or not texts:
            continue
        likeness = encoder.encode(list(texts)) @ places[mine].T
        for text, row in zip(texts, likeness, strict=True):
            if row.max() >= plan.guess_from:
                given[mine[int(row.argmax())]].append(text)
    return given


def _draw_together(
    pairs: Pairs, start: NDArray[np.float32], plan: Plan, tell: Callable[[int], None]
) -> NDArray[np.float32]:
    """The token vectors after one round from `start`."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    torch.manual_seed(plan.seed)
    chance = np.random.default_rng(plan.seed)
    module = StaticEmbedding(_no_tokenizer(), embedding_weights=start.copy())
    module.embedding.sparse = True  # a batch touches a few thousand of the tokens
    model = SentenceTransformer(modules=[module], device="cpu")
    both_ways = ("query_to_doc", "doc_to_query")
    loss_of = MultipleNegativesRankingLoss(
        model, scale=plan.scale, directions=both_ways, partition_mode="per_direction"
    )
    optimiser = torch.optim.SparseAdam(list(model.parameters()), lr=plan.learning_rate)
    for step in range(plan.steps):
        optimiser.param_groups[0]["lr"] = plan.learning_rate * (1 - step / plan.steps)
        halves = (thinned(half, plan.token_dropout, chance) for half in zip(*pairs.batch(), strict=True))
        names = ("input_ids", "offsets")
        features = [dict(zip(names, map(torch.from_numpy, half), strict=True)) for half in halves]
        loss = loss_of(features, None)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        tell(step + 1)
    return module.embedding.weight.detach().numpy().copy()


def _no_tokenizer():
    """StaticEmbedding asks for a tokenizer; it gets token rows instead, drawn and thinned by `pairs`."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel

    return Tokenizer(WordLevel({"": 0}, unk_token=""))
