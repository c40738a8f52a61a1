"""What encoder and lexical index see of a sentence: characters, short runs of them, words and concepts."""

from __future__ import annotations

from functools import lru_cache

from bot.text.grams import char_ngrams
from bot.text.lexicon import load_lexicon
from bot.text.normalise import bare as _bare
from bot.text.segment import normal_words

_LONGEST = 200
"""Characters of a message that are read; a customer's question stands in its first sentences."""

bare = lru_cache(maxsize=1024)(_bare)
"""A question is normalised once although encoder, lexical index and search each ask for it."""


def encoder_tokens(text: str) -> list[str]:
    """Character uni- to trigrams, words (marked `_`) and concepts (`=`), with repeats. Empty for marks alone."""
    lexicon = load_lexicon()
    plain = lexicon.corrected(bare(text)[:_LONGEST])
    words = [f"_{word}" for word in normal_words(plain) if len(word) > 1]
    return char_ngrams(plain, 1, 3) + words + [f"={match.concept}" for match in lexicon.find(plain)]


def lexical_tokens(text: str) -> list[str]:
    """Character uni- and bigrams, the usual unit of Chinese lexical search (quality.md)."""
    return char_ngrams(bare(text)[:_LONGEST], 1, 2)
