"""What customers ask: how often each script's question comes, and frequent questions that no script answers surely."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.evaluation.readings import Ranking
from bot.faq.search import FixedSearch, Hit
from bot.learning.answers import Answers
from bot.learning.clusters import NEARNESS, clusters
from bot.learning.heard import Heard
from bot.learning.intents import clarity
from bot.text.normalise import bare

FEWEST = 3
"""Customers who must have asked a question before it is proposed."""
MOST = 150
"""Proposals of one run: an evening's reading."""
LIKELY = 0.05
"""Confidence from which an intent's scripts are looked through for an answer, of the first LIKELY_INTENTS."""
LIKELY_INTENTS = 3
CLEAR = 0.5
"""Chance from which a message can be read alone; what needs its chat is no frequent question."""
SHORTEST = 4
"""Letters of a question."""


@dataclass(frozen=True)
class Asked:
    """A script's question and the customers who asked it."""

    id: str
    question: str
    customers: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """A frequent question that the FAQ does not answer surely; a draft for a person to judge."""

    question: str
    """The message nearest to all others."""
    variants: tuple[str, ...]
    """Other ways customers put it, the nearest first."""
    customers: int
    intent: str
    nearest: Hit | None
    """The script that comes nearest, with its score."""
    answer: str
    """What agents typically said; empty where the chats have no agents' lines."""


@dataclass(frozen=True)
class Questions:
    asked: tuple[Asked, ...]
    """Most frequent first."""
    proposals: tuple[Proposal, ...]
    """Most frequent first."""


def questions(
    messages: Sequence[Heard],
    rankings: Sequence[Ranking],
    search: FixedSearch,
    wishes: Collection[str],
    answers_from: float,
    nearness: float = NEARNESS,
) -> Questions:
    """`rankings`: how the intent model reads each message; `wishes`: intents that a script may answer;
    `answers_from`: score from which the bot says a script whose intent it knows (`bands.script`)."""
    answered: dict[str, list[Heard]] = defaultdict(list)
    open_ones: list[int] = []
    for at, (message, ranking) in enumerate(zip(messages, rankings, strict=True)):
        likely = [name for name, chance in ranking[:LIKELY_INTENTS] if chance >= LIKELY]
        hits = search.search(message.text, top=1, intents=likely)
        if hits and hits[0].score >= answers_from:
            answered[hits[0].id].append(message)
        elif is_question(message.text, ranking, wishes):
            open_ones.append(at)
    vectors = search.index.encoder.encode([messages[at].text for at in open_ones])
    sizes = [len(messages[at].askers) for at in open_ones]
    answers = Answers(search.index.encoder, [said for message in messages for said in message.answers])
    proposals = []
    for group in clusters(vectors, sizes, nearness):
        members = [open_ones[place] for place in group]
        if len(_askers([messages[at] for at in members])) >= FEWEST:
            proposals.append(
                _proposal([messages[at] for at in members], [rankings[at] for at in members], search, answers)
            )
    proposals.sort(key=lambda one: (-one.customers, one.question))
    return Questions(_counted(answered, search), tuple(proposals[:MOST]))


def is_question(text: str, ranking: Ranking, wishes: Collection[str]) -> bool:
    """Whether a script could answer it: a wish that can be read alone."""
    is_wish = bool(ranking) and ranking[0][0] in wishes and clarity(ranking) >= CLEAR
    return is_wish and len(bare(text)) >= SHORTEST


def _askers(messages: Sequence[Heard]) -> frozenset[str]:
    return frozenset().union(*(message.askers for message in messages))


def _proposal(
    members: Sequence[Heard], rankings: Sequence[Ranking], search: FixedSearch, answers: Answers
) -> Proposal:
    votes: Counter[str] = Counter()
    for message, ranking in zip(members, rankings, strict=True):
        votes[ranking[0][0]] += len(message.askers)
    texts = tuple(message.text for message in members)
    hits = search.search(texts[0], top=1)
    said = [said for message in members for said in message.answers]
    nearest = hits[0] if hits else None
    return Proposal(
        texts[0], texts[1:], len(_askers(members)), votes.most_common(1)[0][0], nearest, answers.typical(said)
    )


def _counted(answered: dict[str, list[Heard]], search: FixedSearch) -> tuple[Asked, ...]:
    names = {entry.id: entry.question for entry in search.index.entries}
    rows = []
    for identity, messages in answered.items():
        often = sorted(messages, key=lambda message: (-len(message.askers), message.text))
        examples = tuple(message.text for message in often[:3])
        rows.append(Asked(identity, names[identity], len(_askers(messages)), examples))
    return tuple(sorted(rows, key=lambda row: (-row.customers, row.id)))
