"""What reading a message in its chat brings: `python -m bot.evaluation.context FILE`.

FILE holds labelled chats in order, a message a line: chat, intent, `clear` or `fragment`, text, separated by tabs.
Neither its messages nor chats that run like one of its own are learnt from.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from bot.dialogue import load_dialogue
from bot.evaluation import own_model
from bot.evaluation.readings import Message, Ranking, Reading
from bot.files import DataError, Problem
from bot.nlu.context import Habits, habits_of, read_chats
from bot.settings import ROOT
from bot.training.nlu_files import read_examples, same_key

FLAGS = {"clear": True, "fragment": False}


@dataclass(frozen=True)
class Share:
    """Of some messages (0–1): how many are read right, acted on, and right where acted on."""

    number: int
    right: float
    acted_on: float
    right_when_acting: float


def load_chats(path: Path) -> tuple[Message, ...]:
    """The messages of FILE, `group` naming the chat. Raises DataError with every line of another form."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    problems = [
        Problem(
            path, number, "line", f"{row!r}: write chat, intent, clear or fragment, and text between tabs"
        )
        for number, row in enumerate(rows, 1)
        if len(row) != 4 or row[2] not in FLAGS
    ]
    if problems or not rows:
        raise DataError(problems or [Problem(path, 1, "file", "has no message")])
    return tuple(Message(text, intent, is_clear=FLAGS[flag], group=chat) for chat, intent, flag, text in rows)


def read_in_chats(messages: Sequence[Message], rankings: Sequence[Ranking], habits: Habits) -> list[Reading]:
    """As the channel does it: each message after what the one before it was read as, whatever it really meant."""
    found: list[Reading] = []
    for message, ranking in zip(messages, rankings, strict=True):
        before = found[-1].read_as if found and found[-1].message.group == message.group else None
        found.append(Reading(message, tuple(habits.in_context(ranking, before))))
    return found


def share(readings: Sequence[Reading], acts_from: float) -> Share:
    acted = [reading for reading in readings if reading.confidence >= acts_from]
    return Share(len(readings), _right(readings), len(acted) / max(len(readings), 1), _right(acted))


def _right(readings: Sequence[Reading]) -> float:
    return sum(reading.is_right for reading in readings) / max(len(readings), 1)


def measure(path: Path, root: Path = ROOT) -> dict[tuple[str, str], Share]:
    """By how it is read (`alone`, `in its chat`) and what kind of message it is (FLAGS)."""
    messages = load_chats(path)
    seen = {same_key(message.text) for message in messages}
    runs = {tuple(one.intent for one in chat) for _, chat in groupby(messages, lambda one: one.group)}
    learnt = [one for one in read_examples(root / "data" / "nlu") if same_key(one.text) not in seen]
    habits = habits_of(chat for chat in read_chats() if chat not in runs)
    acts_from = load_dialogue(root / "data" / "dialogue.yml").bands.answer
    texts = [message.text for message in messages]
    rankings = own_model.trained_on(learnt, texts, acts_from, root / "config.yml").rankings
    ways = {
        "alone": [Reading(*each) for each in zip(messages, rankings, strict=True)],
        "in its chat": read_in_chats(messages, rankings, habits),
    }
    return {
        (way, flag): share([one for one in readings if one.message.is_clear is is_clear], acts_from)
        for way, readings in ways.items()
        for flag, is_clear in FLAGS.items()
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    for (way, flag), figures in measure(parser.parse_args().file).items():
        print(way, flag, figures)
