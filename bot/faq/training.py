"""Trains our sentence encoder on the shop's own scripts, with sentence-transformers' in-batch negatives.

Start: token vectors from a truncated SVD of tf-idf (scripts and labelled messages), so that words which occur in no
script still stand near their like. Then pairs of phrasings of one script are drawn together and all others in the
batch pushed apart. Equal data, plan and library versions give an equal encoder on one machine.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.faq.corpus import Noise
from bot.faq.encoder import GramEncoder
from bot.faq.scripts import Entry, data_hash
from bot.faq.tokens import encoder_tokens

Progress = Callable[[str, int, int], None]
"""Called with what is being done, steps done and steps in all."""


@dataclass(frozen=True)
class Plan:
    """Numbers of a training run, found with `python -m bot.faq.tune` on variants held out of `data/faq`."""

    dimension: int = 256
    batch: int = 128
    steps: int = 600
    learning_rate: float = 3e-3
    scale: float = 20.0
    token_dropout: float = 0.25
    answer_share: float = 0.1
    """Share of pairs whose second half is the answer's text instead of another phrasing."""
    message_share: float = 0.2
    """Share of batches made of labelled messages: two of one intent a pair."""
    noisy_copies: int = 3
    rare: int = 2
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
    own = [text for entry in entries for text in (*entry.phrasings, *_answers(entry))]
    others = [text for texts in messages.values() for text in texts]
    counted = [encoder_tokens(text) for text in own + others]
    vocabulary = _vocabulary(counted[: len(own)], counted[len(own) :], plan)
    start = _start_vectors(counted, vocabulary, plan)
    matrix = _fine_tune(entries, messages, vocabulary, start, plan, tell)
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


def _answers(entry: Entry) -> list[str]:
    return [script.text for script in entry.scripts]


def _vocabulary(own: list[list[str]], others: list[list[str]], plan: Plan) -> list[str]:
    """Tokens worth a vector: what scripts say, and what messages say more than once."""
    in_scripts = Counter(token for tokens in own for token in set(tokens))
    in_all = in_scripts + Counter(token for tokens in others for token in set(tokens))
    kept = (
        token
        for token, count in in_all.items()
        if count >= plan.rare or (token in in_scripts and (len(token) < 3 or token.startswith("_")))
    )
    return sorted(kept)


def _start_vectors(counted: list[list[str]], vocabulary: list[str], plan: Plan) -> NDArray[np.float32]:
    """Token vectors whose mean is the latent-semantic place of a sentence, scaled to lengths around 1."""
    from scipy.sparse import csr_matrix
    from sklearn.utils.extmath import randomized_svd

    rows = {token: row for row, token in enumerate(vocabulary)}
    hits = [[rows[token] for token in tokens if token in rows] for tokens in counted]
    columns = np.fromiter((column for sentence in hits for column in sentence), np.int64)
    pointers = np.cumsum([0, *map(len, hits)])
    counts = csr_matrix((np.ones(len(columns), np.float32), columns, pointers), (len(hits), len(vocabulary)))
    counts.sum_duplicates()
    seen_in = np.asarray((counts > 0).sum(axis=0)).ravel()
    rarity = (np.log((1 + len(hits)) / (1 + seen_in)) + 1).astype(np.float32)
    weighted = counts.multiply(rarity).tocsr()
    rank = min(plan.dimension, min(weighted.shape) - 1)
    _, strengths, directions = randomized_svd(weighted, rank, n_iter=3, random_state=plan.seed % 2**32)
    vectors = np.zeros((len(vocabulary), plan.dimension), np.float32)
    vectors[:, :rank] = directions.T * np.sqrt(strengths) * rarity[:, None]
    vectors += np.random.default_rng(plan.seed).normal(0, 1e-3, vectors.shape).astype(np.float32)
    return vectors / np.sqrt((vectors**2).sum(axis=1).mean())


def _fine_tune(
    entries: Sequence[Entry],
    messages: Mapping[str, Sequence[str]],
    vocabulary: list[str],
    start: NDArray[np.float32],
    plan: Plan,
    tell: Progress,
) -> NDArray[np.float16]:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import WhitespaceSplit

    torch.manual_seed(plan.seed)
    rows = {token: row for row, token in enumerate(vocabulary)}
    tokenizer = Tokenizer(WordLevel(rows, unk_token=vocabulary[0]))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    module = StaticEmbedding(tokenizer, embedding_weights=start)
    module.embedding.sparse = True
    model = SentenceTransformer(modules=[module], device="cpu")
    both_ways = ("query_to_doc", "doc_to_query")
    loss_of = MultipleNegativesRankingLoss(
        model, scale=plan.scale, directions=both_ways, partition_mode="per_direction"
    )
    optimiser = torch.optim.SparseAdam(list(model.parameters()), lr=plan.learning_rate)
    pairs = Pairs(entries, messages, rows, plan)
    for step in range(plan.steps):
        for group in optimiser.param_groups:
            group["lr"] = plan.learning_rate * (1 - step / plan.steps)
        halves = [_features(torch, half) for half in zip(*pairs.batch(), strict=True)]
        loss = loss_of(halves, None)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        tell("training the encoder", step + 1, plan.steps)
    return module.embedding.weight.detach().numpy().astype(np.float16)


def _features(torch, sentences: Sequence[list[int]]) -> dict:
    """What StaticEmbedding makes of sentences, from token rows drawn already."""
    offsets = np.cumsum([0, *(len(rows) for rows in sentences[:-1])])
    flat = [row for rows in sentences for row in rows]
    return {"input_ids": torch.tensor(flat, dtype=torch.long), "offsets": torch.from_numpy(offsets)}


class Pairs:
    """Draws batches of (rows, rows): two phrasings of one script, or two messages of one intent."""

    def __init__(
        self,
        entries: Sequence[Entry],
        messages: Mapping[str, Sequence[str]],
        rows: Mapping[str, int],
        plan: Plan,
    ) -> None:
        self._plan = plan
        self._rows = rows
        self._chance = random.Random(plan.seed)
        self._noise = Noise([text for entry in entries for text in entry.phrasings])
        self._phrasings = [[self._copies(text) for text in entry.phrasings] for entry in entries]
        self._answers = [[self._look_up(text) for text in _answers(entry)] for entry in entries]
        groups = [[self._look_up(text) for text in texts] for texts in messages.values()]
        self._messages = [[found for found in group if found] for group in groups]
        self._messages = [group for group in self._messages if len(group) > 1]

    def batch(self) -> list[tuple[list[int], list[int]]]:
        """Pairs of token rows, no two of the same script or intent."""
        chance, plan = self._chance, self._plan
        if self._messages and chance.random() < plan.message_share:
            pairs = [tuple(chance.sample(group, 2)) for group in self._messages]
        else:
            count = min(plan.batch, len(self._phrasings))
            pairs = [self._pair(number) for number in chance.sample(range(len(self._phrasings)), count)]
        return [(self._thinned(first), self._thinned(second)) for first, second in pairs]

    def _pair(self, number: int) -> tuple[list[int], list[int]]:
        first, second = self._chance.sample(self._phrasings[number], 2)
        if self._chance.random() < self._plan.answer_share:
            return self._chance.choice(first), self._chance.choice(self._answers[number])
        return self._chance.choice(first), self._chance.choice(second)

    def _copies(self, text: str) -> list[list[int]]:
        noisy = (self._noise.apply(text, self._chance) for _ in range(self._plan.noisy_copies))
        return [found for copy in (text, text, *noisy) if (found := self._look_up(copy))]

    def _look_up(self, text: str) -> list[int]:
        return [self._rows[token] for token in encoder_tokens(text) if token in self._rows]

    def _thinned(self, rows: list[int]) -> list[int]:
        """Token dropout: keeps the encoder from leaning on one rare word."""
        kept = [row for row in rows if self._chance.random() >= self._plan.token_dropout]
        return kept or rows
