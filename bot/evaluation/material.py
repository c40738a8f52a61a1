"""What is learnt from and what is judged by."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.evaluation.figures import FAR, NEAR
from bot.evaluation.readings import OUT_OF_SCOPE, Message
from bot.faq.scripts import Entry
from bot.files import DataError, Problem, line_of, read_yaml
from bot.training.nlu_files import Example, plain, read_examples


@dataclass(frozen=True)
class Material:
    """Messages models read, apart from what they learn from (`learnt`: annotated example lines with intents)."""

    learnt: tuple[Example, ...]
    held_out: tuple[Message, ...]
    outside: tuple[Message, ...]
    real: tuple[Message, ...]

    @property
    def texts(self) -> list[str]:
        """Of all judged messages, in the order held out, out of scope, real."""
        return [message.text for message in (*self.held_out, *self.outside, *self.real)]


def load_held_out(folder: Path) -> tuple[Message, ...]:
    """Raises DataError."""
    return tuple(Message(plain(example.text), example.intent) for example in read_examples(folder))


def load_outside(path: Path) -> tuple[Message, ...]:
    """Sentences under `near:` and `far:`. Raises DataError."""
    document = read_yaml(path)
    problems = [
        Problem(path, line_of(document, [name]), str(name), f"is neither `{NEAR}` nor `{FAR}`: rename it")
        for name in document
        if name not in (NEAR, FAR)
    ]
    if problems:
        raise DataError(problems)
    return tuple(Message(str(text), OUT_OF_SCOPE, group=name) for name in document for text in document[name])


def load_real(path: Path, intents: Collection[str]) -> tuple[Message, ...]:
    """Labelled messages, a JSON object a line: text, intent and, if wanted, accepted, clear, group.

    Raises DataError with every line that has another form or an intent that is none of `intents`.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        cure = f"{error}: name a UTF-8 file with one JSON object a line"
        raise DataError([Problem(path, 1, "file", cure)]) from error
    found: list[Message] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(_message(line, intents))
        except _BadLine as error:
            problems.append(Problem(path, number, error.field, str(error)))
    if not found and not problems:
        problems = [Problem(path, 1, "file", "has no message: write one JSON object a line")]
    if problems:
        raise DataError(problems)
    return tuple(found)


class _BadLine(Exception):
    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


def _message(line: str, intents: Collection[str]) -> Message:
    try:
        row = json.loads(line)
    except ValueError as error:
        cure = 'write it as {"text": "…", "intent": "…"}'
        raise _BadLine("json", f"{line[:60]!r} is not JSON ({error}): {cure}") from error
    if not isinstance(row, dict):
        raise _BadLine("json", f'{line[:60]!r} is no object: write it as {{"text": "…", "intent": "…"}}')
    accepted, clear = row.get("accepted", []), row.get("clear", True)
    if not isinstance(row.get("text"), str) or not row["text"].strip():
        raise _BadLine("text", f"{row.get('text')!r} is no text: give the message's words")
    if not isinstance(accepted, list):
        raise _BadLine("accepted", f"{accepted!r} is no list: write a list of intents")
    if not isinstance(clear, bool):
        raise _BadLine(
            "clear", f"{clear!r} is neither true nor false: say whether the message can be read alone"
        )
    for field, name in [("intent", row.get("intent")), *(("accepted", each) for each in accepted)]:
        if name not in intents:
            raise _BadLine(field, f"{name!r} is no intent of ours: use one that data/dialogue.yml names")
    return Message(row["text"], row["intent"], frozenset(accepted), clear, str(row.get("group", "")))


def sampled_examples(examples: Sequence[Example], number: int) -> tuple[Example, ...]:
    """At most `number` examples of each intent, the same ones for the same data."""
    by_intent: dict[str, list[Example]] = defaultdict(list)
    for example in sorted(examples, key=lambda one: _digest(one.text)):
        by_intent[example.intent].append(example)
    return tuple(example for each in by_intent.values() for example in each[:number])


def sampled_entries(entries: Sequence[Entry], number: int) -> tuple[Entry, ...]:
    """The entries with their question and at most `number` - 1 variants."""
    return tuple(
        replace(entry, variants=tuple(sorted(entry.variants, key=_digest)[: number - 1])) for entry in entries
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
