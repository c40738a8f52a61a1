"""Words that only begin to speak ("那个", "就是…"): nothing has been said yet that could be misunderstood."""

from __future__ import annotations

import re

_ONLY = re.compile(
    r"(?:[嗯呃额唔诶欸哎啊哦]|那个|这个|就是|那啥|然后|怎么说呢?|我?想?问一?下|我想问|请问|[，,。.…~～\s])+"
)


def is_only_begun(text: str) -> bool:
    """Whether the message is nothing but such words."""
    return _ONLY.fullmatch(text.strip()) is not None
