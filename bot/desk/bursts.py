"""Short bubbles that are one question (dialogue.md, "One decision a turn"; issue 4, "Warmth").

A message that is complete is answered at once: a question, a wish, a pressed button, a photo, a long text, anything
grave. A greeting or a fragment ("在吗", "那件红的") mostly has a next bubble, so it alone waits a short quiet time; the
next bubble starts the quiet time anew, or ends it by completing the question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.desk.conversations import Message
from bot.shop.talk.safety_words import topic_of
from bot.text.normalise import bare

ONE_QUESTION = timedelta(seconds=1.5)
"""Bubbles not further apart than this are one question (dialogue.md)."""
MOST_WAIT = timedelta(seconds=4)
"""However long she goes on with fragments: the golden six seconds (003) hold."""
LONG = 15
"""Characters of a message that has said it all."""
LONGEST_TURN = 2000
"""Characters of one turn, as of one message."""

_GREETING = re.compile(
    r"(?:亲+|老板|客服|店家|你好+|您好|哈喽|嗨|hi|hello|喂|嘿|请问|问一?下|打扰[一了]?下?|早上?好?|上午好|中午好"
    r"|下午好|晚上好|在+[吗么嘛不没]?|有人[吗么嘛在]?|小二)+[呀啊哦哈呢吗么了]*"
)
_ASKS = re.compile(
    r"[?？]|[吗么嘛呢不没吧][。.!！~～]*$|什么|啥|怎|咋|多少|多[大重高长久厚]|几|哪|谁|为何|可不可以|有没有"
    r"|(?P<verb>[\u4e00-\u9fff])不(?P=verb)"
)
_WANTS = re.compile(
    r"我要|我想|想[要买问退换改看查]|帮[我忙]|给我|麻烦"
    r"|人工|退[货款换]|换货|取消|投诉|催|查|改|推荐|便宜|包邮|发货"
)
_GOES_ON = re.compile(r"[,，、:：…]$|(?:然后|还有|就是|那个|但是|不过|因为|所以|而且|如果|另外|的话)$")


def is_complete(message: Message) -> bool:
    """Whether the message asks or wants something by itself, so that waiting would only cost time."""
    text = message.text.strip()
    if message.payload or not text or topic_of(text):
        return True
    if _GREETING.fullmatch(bare(text)) or _GOES_ON.search(text):
        return False
    return len(text) >= LONG or bool(_ASKS.search(text)) or (len(text) >= 2 and bool(_WANTS.search(text)))


def quiet_until(burst: Sequence[Message], quiet: timedelta) -> datetime:
    """When this burst is to be answered unless another bubble comes: at once if its last bubble is complete."""
    last = burst[-1]
    if is_complete(last):
        return last.created_at
    return min(last.created_at + quiet, burst[0].created_at + MOST_WAIT)


def first_burst(pending: Sequence[Message]) -> tuple[Message, ...]:
    """The oldest messages that one turn answers together; `pending` is in order. Empty only if there are none.

    Buttons and photos are turns of their own; so is what she wrote after something was said to her.
    """
    burst: list[Message] = []
    for message in pending:
        if burst and not _belongs(message, burst):
            break
        burst.append(message)
    return tuple(burst)


def _belongs(message: Message, burst: Sequence[Message]) -> bool:
    are_words = all(each.text and not each.payload and not each.image for each in (burst[-1], message))
    follows = message.seq == burst[-1].seq + 1
    is_near = follows and message.created_at - burst[-1].created_at <= ONE_QUESTION
    return are_words and is_near and len(merged((*burst, message))) <= LONGEST_TURN


def merged(burst: Sequence[Message]) -> str:
    """The bubbles as one text, in order; one sent twice counts once, and a greeting only if there is nothing else."""
    parts = list(dict.fromkeys(message.text.strip() for message in burst))
    parts = [part for part in parts if not _GREETING.fullmatch(bare(part))] or parts
    marked = [part if part and re.search(r"[^\w\s]$", part) else f"{part}，" for part in parts]
    return "".join([*marked[:-1], parts[-1]])
