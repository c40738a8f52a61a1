"""What customers said in the imported chats: each message once, with who asked it and what agents answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.learning.chats import Speaker
from bot.learning.privacy import spoken
from bot.learning.store import StoredLine
from bot.training.nlu_files import same_key

LONGEST = 200
"""Characters of a message that is a question; longer ones are stories or copied forms."""
ANSWER_LINES = 3
"""Lines of an agent that count as one answer."""


@dataclass(frozen=True)
class Heard:
    """A customer's message with all that are the same to a reader, without masks."""

    text: str
    """As it was typed most often."""
    askers: frozenset[str]
    """Conversations it came in; a line whose conversation is unknown counts as one of its own."""
    answers: tuple[str, ...]
    """What agents said after it, one for each time they did."""


def heard(lines: Iterable[StoredLine]) -> list[Heard]:
    """In order of first mention. Messages without a letter or digit of their own are left out."""
    texts: dict[str, list[str]] = defaultdict(list)
    askers: dict[str, set[str]] = defaultdict(set)
    answers: dict[str, list[str]] = defaultdict(list)
    for message, answer in _exchanges(lines):
        text = spoken(message.text)
        if len(text) > LONGEST or not any(character.isalnum() for character in text):
            continue
        key = same_key(text)
        texts[key].append(text)
        askers[key].add(message.conversation or message.key)
        if answer:
            answers[key].append(answer)
    return [
        Heard(max(texts[key], key=texts[key].count), frozenset(askers[key]), tuple(answers[key]))
        for key in texts
    ]


def _exchanges(lines: Iterable[StoredLine]) -> Iterator[tuple[StoredLine, str]]:
    """Each customer's message with the agent's answer that followed in its conversation, or an empty text."""
    conversations: dict[str, list[StoredLine]] = defaultdict(list)
    for line in lines:
        conversations[line.conversation].append(line)
    for name, said in conversations.items():
        asked: list[StoredLine] = []
        answer: list[str] = []
        for line in said:
            if line.speaker is Speaker.AGENT:
                answer.append(line.text)
                continue
            if answer:
                yield from _paired(asked, answer, name)
                asked, answer = [], []
            asked.append(line)
        yield from _paired(asked, answer, name)


def _paired(
    asked: list[StoredLine], answer: list[str], conversation: str
) -> Iterator[tuple[StoredLine, str]]:
    said = " ".join(answer[:ANSWER_LINES]) if conversation else ""  # strangers' lines answer nobody
    return ((message, said) for message in asked)
