"""Scores of a dialogue model on the held-out sentences in `tests/data/nlu/`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.settings import ROOT
from bot.training.nlu_files import plain, read_examples

HELD_OUT = ROOT / "tests" / "data" / "nlu"


@dataclass(frozen=True)
class IntentScore:
    precision: float
    recall: float
    f1: float
    support: int
    """Held-out sentences with this intent."""


@dataclass(frozen=True)
class Scores:
    accuracy: float
    macro_f1: float
    intents: dict[str, IntentScore]
    misread: tuple[dict[str, object], ...]
    """Each with `text`, `expected`, `read_as`, `confidence`."""

    def as_json(self) -> dict:
        return asdict(self)


def held_out(folder: Path = HELD_OUT) -> list[tuple[str, str]]:
    """Pairs of text and expected intent. Raises DataError."""
    return [(plain(example.text), example.intent) for example in read_examples(folder)]


def score(expected: Sequence[tuple[str, str]], parses: Sequence[dict]) -> Scores:
    """Compare parses (as `xiaoer parse` prints them) with the expected intents, in the same order."""
    read = [parse["intent"]["name"] if parse["intent"] else "" for parse in parses]
    wanted = [intent for _, intent in expected]
    right = Counter(want for want, got in zip(wanted, read, strict=True) if want == got)
    support, guessed = Counter(wanted), Counter(read)
    intents = {name: _intent_score(right[name], guessed[name], support[name]) for name in sorted(support)}
    misread = tuple(
        {"text": text, "expected": want, "read_as": got, "confidence": _confidence(parse)}
        for (text, want), got, parse in zip(expected, read, parses, strict=True)
        if want != got
    )
    macro = sum(one.f1 for one in intents.values()) / max(1, len(intents))
    return Scores(round(right.total() / max(1, len(read)), 4), round(macro, 4), intents, misread)


def _confidence(parse: dict) -> float:
    return parse["intent"]["confidence"] if parse["intent"] else 0.0


def _intent_score(right: int, guessed: int, support: int) -> IntentScore:
    precision = right / guessed if guessed else 0.0
    recall = right / support if support else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return IntentScore(round(precision, 4), round(recall, 4), round(f1, 4), support)


def fallen(before: dict, after: dict, allowed: float) -> list[dict]:
    """Intents whose F1 fell by more than `allowed` (0–1), worst first; both as `Scores.as_json()`."""
    falls = []
    for name, old in before["intents"].items():
        new = after["intents"].get(name, {"f1": 0.0})
        if old["f1"] - new["f1"] > allowed:
            falls.append({"intent": name, "before": old["f1"], "after": new["f1"]})
    return sorted(falls, key=lambda fall: fall["after"] - fall["before"])
