"""Chats as text: `时间 昵称: 文字` as 千牛 copies them, `昵称 (时间): 文字`, `客服: 文字`, or a message a line."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from bot.files import Problem
from bot.learning.chats import ChatLine, Export, Speaker, role_of, speaker_of
from bot.learning.lines import NumberedLine
from bot.learning.privacy import masked

TRANSCRIPT_FROM = 0.2
"""Share of lines with a speaker from which a text is read as a transcript; long messages run over several lines."""
_DATE = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"
_NAME = r"[^:：\s][^:：]{0,39}?"
_ACCOUNT = r"(?:[:：][^:：\s]{1,20}(?=：|:\s))?"
"""Of an agent: only before a colon of its own, since customers write 「小王:尺码:M」."""
_TIME_FIRST = re.compile(
    rf"\s*[\[(（【]?(?P<time>(?:{_DATE}[ T]+)?{_CLOCK})[\])）】]?\s+(?P<name>{_NAME}{_ACCOUNT})\s*[:：]\s*(?P<text>.*)"
)
_NAME_FIRST = re.compile(
    rf"\s*(?P<name>{_NAME}(?:[:：][^:：\s]{{1,20}})?)\s*"
    rf"[\[(（【]?(?P<time>{_DATE}[ T]+{_CLOCK})[\])）】]?\s*(?:$|[:：]\s*(?P<text>.*))"
)
_ROLE = re.compile(r"\s*(?P<name>[^:：\s]{1,12})\s*[:：]\s*(?P<text>.*)")
_BREAK = re.compile(r"\s*[-=*—_~]{3,}\s*")


def read_text(path: Path, lines: Sequence[NumberedLine], agents: Collection[str]) -> Export:
    """A transcript where enough lines name a speaker, else each line a customer's message."""
    filled = [line for line in lines if line.text.strip()]
    heads = sum(_head(line.text, agents) is not None for line in filled)
    if heads and heads >= TRANSCRIPT_FROM * len(filled):
        return _transcript(path, filled, agents)
    return Export(tuple(ChatLine(line.text.strip()) for line in filled), ())


def _transcript(path: Path, lines: Sequence[NumberedLine], agents: Collection[str]) -> Export:
    found: list[ChatLine] = []
    problems: list[Problem] = []
    customer, block, is_open = "", 1, False
    for line in lines:
        if _BREAK.fullmatch(line.text):
            customer, block, is_open = "", block + 1, False
        elif head := _head(line.text, agents):
            if head.speaker is Speaker.CUSTOMER and role_of(head.name) is None:
                customer = head.name
            found.append(replace(head, conversation=customer or str(block)))
            is_open = True
        elif is_open:
            found[-1] = replace(found[-1], text=f"{found[-1].text} {line.text.strip()}".strip())
        else:
            told = f"{masked(line.text.strip())[:60]!r} names no speaker"
            cure = "begin it with 时间 昵称: or with 买家: or 客服:"
            problems.append(Problem(path, line.number, "speaker", f"{told}: {cure}"))
    return Export(tuple(line for line in found if line.text), tuple(problems))


def _head(text: str, agents: Collection[str]) -> ChatLine | None:
    """The message that begins on this line, as far as it stands there; None for a line without a speaker."""
    match = _TIME_FIRST.fullmatch(text) or _NAME_FIRST.fullmatch(text)
    if match:
        name = match["name"].strip()
        return ChatLine((match["text"] or "").strip(), speaker_of(name, agents), "", match["time"], name)
    match = _ROLE.fullmatch(text)
    if match and (match["name"] in agents or role_of(match["name"])):
        return ChatLine(match["text"].strip(), speaker_of(match["name"], agents), "", "", match["name"])
    return None
