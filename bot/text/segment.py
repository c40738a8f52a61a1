"""Chinese words, with the words of the trade and of the shop kept whole."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import lru_cache

import jieba

from bot.text.lexicon import load_lexicon
from bot.text.normalise import normalise, normalise_with_spans

_FREQUENCY = 20_000
"""High enough that jieba keeps a listed word whole against its parts."""


@lru_cache(maxsize=1)
def _tokenizer() -> jieba.Tokenizer:
    """Our own tokenizer: jieba's global one is shared by everything in the process."""
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    for word in load_lexicon().words():
        if _is_whole(word):
            tokenizer.add_word(word, _FREQUENCY)
    return tokenizer


def _is_whole(word: str) -> bool:
    """Short Chinese words only: long phrases are better found as concepts, Latin ones are whole anyway."""
    return 2 <= len(word) <= 5 and not word.isascii()


def add_words(words: Iterable[str]) -> None:
    """Keep these (product names and nicknames) whole from now on, in this process."""
    tokenizer = _tokenizer()
    for word in words:
        normal = normalise(word)
        if len(normal) >= 2:
            tokenizer.add_word(normal, _FREQUENCY)


def words(text: str) -> tuple[str, ...]:
    """The words of `normalise(text)` in order, spaces left out, marks kept."""
    return normal_words(normalise(text))


def normal_words(text: str) -> tuple[str, ...]:
    """The words of a text that is already normalised."""
    return tuple(word for word in _tokenizer().lcut(text) if not word.isspace())


def word_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each of `words(text)` in the text as it was written, in order."""
    normal = normalise_with_spans(text)
    spans: list[tuple[int, int]] = []
    at = 0
    for word in normal_words(normal.text):
        at = normal.text.index(word, at)
        start, end = normal.span(at, at + len(word))
        at += len(word)
        if not spans or start >= spans[-1][1]:  # one character that became two words stays one
            spans.append((start, end))
    return tuple(spans)
