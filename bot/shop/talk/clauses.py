"""The pieces of a message in which several things are asked at once.

Source: docs/transcript-review.md, fifth round: "158 100斤穿什么码 起球吗 今天能发货吗 到武汉几天" is four
questions, and voice and haste put no question mark between them.
"""

from __future__ import annotations

import re

from bot.text.normalise import bare, normalise

_BREAK = re.compile(
    r"[\s,，。.;；、!！?？~]+(?![\d])|(?<=[吗嘛])(?=[\u4e00-\u9fff])|还有(?=[\u4e00-\u9fff]{2})"
)
SHORTEST = 2
"""Characters of a piece that asks something ("起球")."""


def clauses(text: str) -> tuple[str, ...]:
    """In their order; a message that cannot be cut is one of itself. A number stays with what stands before it."""
    parts = [part.strip() for part in _BREAK.split(normalise(text)) if part]
    return tuple(part for part in parts if len(bare(part)) >= SHORTEST)


def is_statement(part: str) -> bool:
    """那还是纯棉吧: tells something, asks nothing."""
    return part[-1] in "吧了啊哦"
