"""Where the bot's understanding is weak: intents taken for each other, thin, asked back about, or never heard. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bot.desk.overview.questions import Asked

WEAK_F1 = 0.8
"""Below it an intent misreads every fifth sentence, or takes others'."""
FEW_JUDGED = 5
"""Held-out sentences below which an F1 is an accident."""
THIN_SHARE = 0.2
"""Of the median number of examples: with fewer an intent loses against its neighbours."""
OFTEN_ASKED_BACK = 0.3
ENOUGH_HEARD = 10
"""Messages of an intent before its share of questions asked back says anything."""
ENOUGH_TRAFFIC = 300
"""Messages of all intents before silence about one of them says anything."""


@dataclass(frozen=True)
class Confusion:
    expected: str
    read_as: str
    sentences: tuple[dict, ...]
    """Each with `text` and `confidence`, surest first."""


@dataclass(frozen=True)
class IntentHealth:
    name: str
    examples: int
    f1: float | None
    support: int
    heard: int
    unclear: int
    problems: tuple[str, ...]
    """Of `confused`, `asked_back`, `thin`, `dead`."""
    taken_for: tuple[str, ...]
    """Intents its held-out sentences are read as, most often first."""


def confusions(misread: Iterable[Mapping]) -> list[Confusion]:
    """Pairs of intents, most sentences first."""
    pairs: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for one in misread:
        pairs[one["expected"], one["read_as"]].append({"text": one["text"], "confidence": one["confidence"]})
    found = [
        Confusion(*pair, tuple(sorted(sentences, key=lambda each: -each["confidence"])))
        for pair, sentences in pairs.items()
    ]
    return sorted(found, key=lambda one: (-len(one.sentences), one.expected, one.read_as))


def health(
    names: Sequence[str], examples: Mapping[str, int], scores: Mapping | None, heard: Iterable[Asked]
) -> list[IntentHealth]:
    """Every intent, those with problems first. `scores`: held-out scores, None when there are none yet."""
    asked = {one.id: one for one in heard}
    has_traffic = sum(one.count for one in asked.values()) >= ENOUGH_TRAFFIC
    thin_below = THIN_SHARE * median(examples.get(name, 0) for name in names)
    wrong = Counter((one["expected"], one["read_as"]) for one in (scores or {}).get("misread", ()))
    rows = []
    for name in names:
        score = (scores or {}).get("intents", {}).get(name)
        one = asked.get(name, Asked(name, 0, 0))
        is_judged = score is not None and score["support"] >= FEW_JUDGED
        is_asked_back = one.count >= ENOUGH_HEARD and one.unclear / one.count >= OFTEN_ASKED_BACK
        problems = {
            "confused": is_judged and score["f1"] < WEAK_F1,
            "asked_back": is_asked_back,
            "thin": examples.get(name, 0) < thin_below,
            "dead": has_traffic and one.count == 0,
        }
        taken_for = tuple(other for (mine, other), _ in wrong.most_common() if mine == name and other)
        rows.append(
            IntentHealth(
                name,
                examples.get(name, 0),
                score["f1"] if score else None,
                score["support"] if score else 0,
                one.count,
                one.unclear,
                tuple(problem for problem, holds in problems.items() if holds),
                taken_for,
            )
        )
    return sorted(rows, key=_gravity)


def _gravity(row: IntentHealth) -> tuple:
    order = ("confused", "asked_back", "thin", "dead")
    first = min((order.index(problem) for problem in row.problems), default=len(order))
    return (first, row.f1 if row.f1 is not None else 1, -row.heard, row.name)
