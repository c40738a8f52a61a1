"""What the intent classifier sees of a message."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from bot.text.grams import char_ngrams
from bot.text.lexicon import load_lexicon
from bot.text.normalise import normalise
from bot.text.segment import normal_words

START, END = "⟨", "⟩"
"""Mark the ends of a message among its words, so that "first word" and "whole message" are features."""

SCALES = (1.0, 0.7, 0.5)
"""Length of the blocks: characters, words, concepts. Chosen on messages kept apart (docs/nlu.md)."""


@dataclass(frozen=True)
class FeatureConfig:
    """Which n-grams count. `min_count`: a feature must occur in that many training messages."""

    char_low: int = 1
    char_high: int = 4
    word_high: int = 2
    min_count: int = 2


@dataclass(frozen=True)
class MessageText:
    """One message as the features need it: normalised text, its words, the lexicon concepts it touches."""

    text: str
    words: tuple[str, ...]
    concepts: tuple[str, ...]


def read(text: str) -> MessageText:
    """What the graph components make of a message's text, outside Rasa."""
    normal = load_lexicon().corrected(normalise(text))
    return message_text(normal, normal_words(normal))


def message_text(normal: str, words: tuple[str, ...]) -> MessageText:
    """A normalised message with the lexicon concepts it touches."""
    return MessageText(normal, words, tuple(match.concept for match in load_lexicon().find(normal)))


def blocks(message: MessageText, config: FeatureConfig) -> tuple[Counter[str], ...]:
    """Counted features in three blocks: characters, words, concepts. Keys of different blocks never meet."""
    chars = Counter(char_ngrams(message.text, config.char_low, config.char_high))
    words: Counter[str] = Counter()
    ends = (START, *message.words, END)
    for n in range(1, config.word_high + 1):
        words.update("w " + " ".join(ends[at : at + n]) for at in range(len(ends) - n + 1))
    return chars, words, Counter("k " + concept for concept in sorted(set(message.concepts)))


@dataclass(frozen=True)
class Vectoriser:
    """tf-idf over the blocks, each block scaled to its length in SCALES so that none drowns the others."""

    config: FeatureConfig
    vocabulary: Mapping[str, int]
    idf: np.ndarray
    """float32, one for each feature."""

    @classmethod
    def fit(cls, messages: Iterable[MessageText], config: FeatureConfig) -> Vectoriser:
        counts: Counter[str] = Counter()
        total = 0
        for message in messages:
            total += 1
            for block in blocks(message, config):
                counts.update(block.keys())
        kept = sorted(name for name, count in counts.items() if count >= config.min_count)
        idf = np.array([math.log((1 + total) / (1 + counts[name])) + 1 for name in kept], dtype=np.float32)
        return cls(config, {name: index for index, name in enumerate(kept)}, idf)

    def row(self, message: MessageText) -> tuple[list[int], list[float]]:
        """Feature indexes and their values."""
        indexes: list[int] = []
        values: list[float] = []
        for block, scale in zip(blocks(message, self.config), SCALES, strict=True):
            known = [
                (self.vocabulary[name], count) for name, count in block.items() if name in self.vocabulary
            ]
            weights = [(1 + math.log(count)) * float(self.idf[index]) for index, count in known]
            length = math.sqrt(sum(weight * weight for weight in weights)) or 1.0
            indexes.extend(index for index, _ in known)
            values.extend(weight * scale / length for weight in weights)
        return indexes, values

    def matrix(self, messages: Sequence[MessageText]) -> csr_matrix:
        """float32 (messages, features)."""
        indexes: list[int] = []
        values: list[float] = []
        ends = [0]
        for message in messages:
            row_indexes, row_values = self.row(message)
            indexes.extend(row_indexes)
            values.extend(row_values)
            ends.append(len(indexes))
        data = (np.array(values, np.float32), np.array(indexes, np.int32), np.array(ends, np.int32))
        return csr_matrix(data, shape=(len(messages), len(self.vocabulary)))
