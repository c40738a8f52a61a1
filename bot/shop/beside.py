"""Goods named beside what a message is about: a gift asked for, what goes into a box."""

from __future__ import annotations

import re

_BESIDE = re.compile(
    "(?:没?有|再|能|还|给我|多|附|白|免费|会|带)*[送赠](?!到|货|来|达|过|女|男|老|妈|爸|人|礼|朋|长|婆|公|同|去|上|我[妈爸])"
    "|能?装(?:得下|多少|几|下)"
)


def part_meant(words: str) -> str:
    """`words` up to where they begin to speak of a gift or of what goes in: 这双有送袜子吗 is about the shoes."""
    found = _BESIDE.search(words)
    return words[: found.start()] if found else words
