"""What encoder and lexical index see of a sentence: characters, short runs of them, and words."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.text.grams import char_ngrams
from bot.text.normalise import bare as _bare
from bot.text.segment import normal_words

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LONGEST = 200
"""Characters of a message that are read; a customer's question stands in its first sentences."""

bare = lru_cache(maxsize=1024)(_bare)
"""A question is normalised once although encoder, lexical index and search each ask for it."""


def encoder_tokens(text: str) -> list[str]:
    """Character uni- to trigrams and words (marked `_`), with repeats, numbers all alike. Empty for marks alone."""
    plain = _NUMBER.sub("0", bare(text)[:_LONGEST])
    return char_ngrams(plain, 1, 3) + [f"_{word}" for word in normal_words(plain) if len(word) > 1]


def lexical_tokens(text: str) -> list[str]:
    """Character uni- and bigrams, the usual unit of Chinese lexical search (quality.md)."""
    return char_ngrams(bare(text)[:_LONGEST], 1, 2)
