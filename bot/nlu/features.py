"""What the intent classifier sees of a message."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from bot.text.grams import char_ngrams
from bot.text.lexicon import load_lexicon
from bot.text.normalise import normalise
from bot.text.segment import normal_words

START, END = "⟨", "⟩"
"""Mark the ends of a message among its words, so that "first word" and "whole message" are features."""

SCALES = (1.0, 0.7, 0.5, 1.0)
"""Length of the blocks: characters, words, concepts, pairs. Chosen on messages of authors kept apart (docs/nlu.md)."""


@dataclass(frozen=True)
class FeatureConfig:
    """Which n-grams count. `pair_reach`: how far apart, in characters, the two of a pair may stand, 0 for no pairs.
    `min_count`: a feature must occur in that many training messages."""

    char_low: int = 1
    char_high: int = 4
    word_high: int = 2
    pair_reach: int = 12
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
    """Counted features in four blocks: characters, words, concepts, pairs. Keys of different blocks never meet."""
    chars = Counter(char_ngrams(message.text, config.char_low, config.char_high))
    words: Counter[str] = Counter()
    ends = (START, *message.words, END)
    for n in range(1, config.word_high + 1):
        words.update("w " + " ".join(ends[at : at + n]) for at in range(len(ends) - n + 1))
    concepts = Counter("k " + concept for concept in sorted(set(message.concepts)))
    return chars, words, concepts, pairs(message.text, config.pair_reach)


def pairs(text: str, reach: int) -> Counter[str]:
    """Two different characters at most `reach` apart, in any order, each pair once; spaces do not count.

    What a linear model cannot see otherwise: that "没" and "线" meet in one message, whatever stands between them.
    """
    letters = text.replace(" ", "")
    names = (
        f"p {min(one, other)}{max(one, other)}"
        for at, one in enumerate(letters)
        for other in letters[at + 1 : at + 1 + reach]
        if one != other
    )
    return Counter(dict.fromkeys(names, 1))


@dataclass(frozen=True)
class Vectoriser:
    """tf-idf over the blocks, each block scaled to its length in SCALES so that none drowns the others."""

    config: FeatureConfig
    vocabulary: Mapping[str, int]
    idf: np.ndarray
    """float32, one for each feature."""

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


def fitted(messages: Sequence[MessageText], config: FeatureConfig) -> tuple[Vectoriser, csr_matrix]:
    """The vectoriser of these messages and its `row`s of them, float32 (messages, features)."""
    names: dict[str, int] = {}
    block_of: list[int] = []
    places, counts, ends = array("i"), array("f"), array("l", [0])
    for message in messages:
        for number, block in enumerate(blocks(message, config)):
            for name, count in block.items():
                place = names.setdefault(name, len(names))
                if place == len(block_of):
                    block_of.append(number)
                places.append(place)
                counts.append(count)
        ends.append(len(places))
    raw = csr_matrix((np.array(counts), np.array(places), np.array(ends)), (len(messages), len(names)))
    frequency = np.bincount(raw.indices, minlength=len(names))
    kept = sorted(name for name, place in names.items() if frequency[place] >= config.min_count)
    order = np.array([names[name] for name in kept], np.int64)
    idf = (np.log((1 + len(messages)) / (1 + frequency[order])) + 1).astype(np.float32)
    vectoriser = Vectoriser(config, {name: index for index, name in enumerate(kept)}, idf)
    return vectoriser, _weighted(raw[:, order], idf, np.array(block_of)[order])


def _weighted(counts: csr_matrix, idf: np.ndarray, block_of: np.ndarray) -> csr_matrix:
    """tf-idf of counted features, each block of each row scaled to its length; what `Vectoriser.row` does to one."""
    values = (1 + np.log(counts.data)) * idf[counts.indices]
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    place = rows * len(SCALES) + block_of[counts.indices]
    squares = np.bincount(place, values * values, minlength=counts.shape[0] * len(SCALES))
    scaled = values * np.array(SCALES)[block_of[counts.indices]] / np.sqrt(squares)[place]
    return csr_matrix((scaled.astype(np.float32), counts.indices, counts.indptr), counts.shape)
