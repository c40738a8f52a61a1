"""A message read in the context of its chat: what a customer wants follows from what she wanted just before.

P(intent | text, intent before) ∝ P(intent | text) · (P(intent | intent before) / P(intent)) ^ WEIGHT
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.faq.intents import INTENTS
from bot.files import DataError, Problem

CHATS = Path(__file__).resolve().parents[2] / "data" / "chats" / "wishes.txt"
WEIGHT = 0.6
"""Below 1 because the text and the intent before tell partly the same. Best of 0.3, 0.45, 0.6 and 1 on 1,482 chats of
four authors kept apart, where it lifts clear messages from 0.782 to 0.796 right and those that only their chat explains
from 0.522 to 0.56. `python -m bot.evaluation.context FILE` measures so on labelled chats."""
SMOOTHING = 0.5
"""Added to every count, so that what the chats happen not to contain stays possible."""

REPLIES = frozenset({"affirm", "deny", "thank", "greet", "goodbye"})
"""What refers to the chat by nature: "好的" says nothing alone and all that is needed where something was said."""

Chat = tuple[str, ...]
"""The intents of a customer's messages, in order."""
Ranking = Sequence[tuple[str, float]]
"""Intents with their confidence, best first, ties by name."""


@dataclass(frozen=True)
class Habits:
    """How much likelier an intent is after another one than anywhere."""

    lifts: Mapping[tuple[str, str], float]
    """(before, intent) → log P(intent | before) − log P(intent)."""

    def in_context(self, ranking: Ranking, before: str | None) -> list[tuple[str, float]]:
        """`ranking` after a message that wanted `before`; None where there was none. The confidences keep their sum,
        so what is left to 1 is still the chance that the text cannot be read."""
        weighed = [
            (name, chance * math.exp(WEIGHT * self.lifts.get((before or "", name), 0.0)))
            for name, chance in ranking
        ]
        total = math.fsum(chance for _, chance in weighed)
        scale = math.fsum(chance for _, chance in ranking) / total if total else 1.0
        return sorted(
            ((name, chance * scale) for name, chance in weighed), key=lambda each: (-each[1], each[0])
        )


def as_reply(ranking: Ranking) -> list[tuple[str, float]]:
    """`ranking` in a running chat: where a reply is likeliest, that the text alone is vague does not count against it,
    so the confidences add up to 1."""
    total = math.fsum(chance for _, chance in ranking)
    if not total or ranking[0][0] not in REPLIES:
        return list(ranking)
    return [(name, chance / total) for name, chance in ranking]


def habits_of(chats: Iterable[Chat]) -> Habits:
    """Counted in `chats`. An intent that none of them contains is neither raised nor lowered."""
    chats = tuple(chats)
    single = Counter(intent for chat in chats for intent in chat)
    pairs = Counter(pair for chat in chats for pair in zip(chat, chat[1:], strict=False))
    after = Counter(before for before, _ in pairs.elements())
    spread = SMOOTHING * len(single)
    usual = {name: (count + SMOOTHING) / (single.total() + spread) for name, count in single.items()}
    return Habits(
        {
            (before, name): math.log(
                (pairs[before, name] + SMOOTHING) / (after[before] + spread) / usual[name]
            )
            for before in single
            for name in single
        }
    )


def read_chats(path: Path = CHATS, intents: Collection[str] = INTENTS) -> tuple[Chat, ...]:
    """One chat a line, its intents separated by spaces; lines starting with # are notes.

    Raises DataError with every line that has one message only or an intent that is none of `intents`.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        cure = f"{error}: write a UTF-8 file with the intents of one chat a line"
        raise DataError([Problem(path, 1, "file", cure)]) from error
    chats = {
        number: tuple(line.split())
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.startswith("#")
    }
    problems = [
        Problem(path, number, "intent", f"{name!r} is none of the intents: correct or remove it")
        for number, chat in chats.items()
        for name in sorted(set(chat) - set(intents))
    ]
    problems += [
        Problem(path, number, "chat", f"{' '.join(chat)!r} has fewer than two intents: remove the line")
        for number, chat in chats.items()
        if len(chat) < 2
    ]
    if problems:
        raise DataError(problems)
    return tuple(chats.values())


@lru_cache(maxsize=1)
def habits() -> Habits:
    """Those of CHATS, counted once. Raises DataError."""
    return habits_of(read_chats())
