"""Regions, colours, couriers and faults: the lexicon's words."""

from __future__ import annotations

from bot.text.lexicon import load_lexicon
from bot.text.measures.found import Found

_NOT_A_PLACE = ("瓜", "玉", "火腿", "苹果", "枣", "装", "口音", "话")
"""After a place name these make it a thing (哈密瓜, 和田玉, 中山装)."""


def find(text: str) -> list[Found]:
    lexicon = load_lexicon()
    found = [
        Found(lexicon.entities[match.concept], match.value, match.start, match.end)
        for match in lexicon.find(text)
        if match.concept in lexicon.entities
    ]
    return [item for item in found if not (item.kind == "region" and text.startswith(_NOT_A_PLACE, item.end))]
