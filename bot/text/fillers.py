"""What speech leaves in dictated messages: hesitations, false starts, repeated words."""

from __future__ import annotations

import re

_HESITATIONS = re.compile(
    r"[嗯呃额唔诶欸哎]+[，,。.…~～、]*|(?:(?<=^)|(?<=[，,。\s]))(?:喂|那个|这个|就是(?:说|那个)?|然后(?:呢|那个)?|反正|怎么说呢|你知道吧)[，,\s]*"
    r"|^(?:等的时候|顺便|对了|另外|再|，|,| )+(?:我)?(?:想)?问(?:一?下)?[，, ]+"
    r"|(?:那个|这个)(?=(?:那个|这个|就是))|就是说|那个(?=[A-Za-z]{0,3}码)|这样子(?:的话)?$|我想问一?[下问]?(?:就是|的?是)?[，,]?|(?<=[吗呢])啊"
)
_STUTTER = re.compile(r"(我|你|这|那|有|是|可以|能|想|要|什么|多少)\1+")


def without_fillers(text: str) -> str:
    """The message as it would have been typed; the text itself where nothing or everything is filler."""
    plain = _STUTTER.sub(r"\1", text)
    while (shorter := _HESITATIONS.sub("", plain)) != plain:
        plain = shorter
    plain = plain.strip(" ，,。")
    return plain if len(plain) >= 2 else text
