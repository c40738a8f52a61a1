"""Does `xiaoer learn` find the questions a shop's FAQ lacks? Scripts are taken away and their questions put in a log.

    python -m bot.learning.simulation

The encoder is trained without these scripts. The log: half of the scripts taken away are asked by FREQUENT customers
each, the scripts that stay as often as chance and rank give, and beside them the held-out intent and out-of-scope
sentences come once each. Half of the frequent questions chose NEARNESS and the figures to report come from the other
half. Nearness 1 is counting equal messages.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.dialogue import load_dialogue
from bot.evaluation.material import load_held_out, load_outside
from bot.faq.calibration import Calibration
from bot.faq.corpus import read_messages
from bot.faq.evaluate import load_questions
from bot.faq.index import assemble
from bot.faq.scripts import Entry, load_scripts
from bot.faq.search import FixedSearch
from bot.faq.training import train_encoder
from bot.learning.chats import Speaker
from bot.learning.heard import heard
from bot.learning.intents import read_intents
from bot.learning.questions import Proposal, questions
from bot.learning.run import wishes
from bot.learning.store import StoredLine
from bot.settings import ROOT, Settings, get_settings
from bot.training.nlu_files import same_key

SHARE = 8
"""One script in so many is taken away."""
FREQUENT = 40
"""Customers who ask each of the frequent questions without a script."""
OTHERS = 8_000
"""Customers who ask what a script answers."""
WORDINGS = {"common": 1.0, "own": 0.0}
"""How customers word a question: mostly in its commonest ways (exponent of Zipf's law), or each in her own."""
NEARNESSES = (0.5, 0.55, 0.6, 0.65, 0.7, 1.0)
FIRST = (60, 100, 150)
"""How far down the list a person reads."""
SEED = 5


@dataclass(frozen=True)
class Figures:
    found: float
    """Share of the frequent questions that a proposal asks."""
    gathered: float
    """Share of their customers who stand in such a proposal."""
    alike: float
    """Share of proposals most of whose customers ask one known question."""

    def __str__(self) -> str:
        return f"found {self.found:.2f} gathered {self.gathered:.2f} alike {self.alike:.2f}"


@dataclass(frozen=True)
class Log:
    lines: tuple[StoredLine, ...]
    owners: Mapping[str, str]
    """Key of a message to the script, there or taken away, whose question it asks."""
    customers: Mapping[str, int]
    """Customers of each message, by its key."""


def figures(proposals: Sequence[Proposal], log: Log, frequent: Collection[str]) -> Figures:
    """A question is found where it is what most customers of a proposal ask; its largest proposal counts."""
    best: Counter[str] = Counter()
    alike = 0
    for proposal in proposals:
        votes: Counter[str] = Counter()
        for key in {same_key(text) for text in (proposal.question, *proposal.variants)}:
            votes[log.owners.get(key, "")] += log.customers[key]
        owner, count = votes.most_common(1)[0]
        if owner and 2 * count >= votes.total():
            alike += 1
            best[owner] = max(best[owner], count)
    found = [owner for owner in frequent if best[owner]]
    gathered = sum(best[owner] for owner in found) / (FREQUENT * len(frequent))
    return Figures(len(found) / len(frequent), gathered, alike / max(len(proposals), 1))


def simulated_log(away: Sequence[Entry], frequent: Collection[str], exponent: float) -> Log:
    """The same one every time; `exponent` is one of WORDINGS."""
    wordings: dict[str, list[str]] = defaultdict(list)
    for entry in away:
        wordings[entry.id] += entry.phrasings
    for question in load_questions(ROOT / "tests" / "data" / "faq"):
        wordings[question.wanted].append(question.text)
    chance = random.Random(SEED)
    gone = {entry.id for entry in away}
    there = in_no_order([identity for identity in wordings if identity not in gone])
    popular = [1 / place**0.7 for place in range(1, len(there) + 1)]
    asked = [
        *chance.choices(there, popular, k=OTHERS),
        *(one for one in sorted(frequent) for _ in range(FREQUENT)),
    ]
    texts = [(_worded(wordings[identity], exponent, chance), identity) for identity in asked]
    said = (*load_held_out(ROOT / "tests/data/nlu"), *load_outside(ROOT / "tests/data/out-of-scope.yml"))
    everything = [*(text for text, _ in texts), *(message.text for message in said)]
    lines = (StoredLine(str(at), "", Speaker.CUSTOMER, text) for at, text in enumerate(everything))
    owners = {same_key(text): identity for text, identity in texts}
    return Log(tuple(lines), owners, Counter(map(same_key, everything)))


def _worded(wordings: Sequence[str], exponent: float, chance: random.Random) -> str:
    return chance.choices(wordings, [1 / place**exponent for place in range(1, len(wordings) + 1)])[0]


def in_no_order(ids: Sequence[str]) -> list[str]:
    """The same shuffling every time."""
    return sorted(ids, key=lambda one: hashlib.sha256(one.encode()).hexdigest())


def simulate(settings: Settings) -> None:
    """Prints the figures of both halves for each way of wording, nearness and length of the list."""
    entries = load_scripts(settings.faq_dir)
    gone = in_no_order([entry.id for entry in entries])[: len(entries) // SHARE]
    halves = {"choosing": gone[::4], "judging": gone[1::4]}
    search = _search_without(settings, entries, gone)
    away = [entry for entry in entries if entry.id in gone]
    print(f"{len(gone)} of {len(entries)} scripts taken away")
    for name, exponent in WORDINGS.items():
        log = simulated_log(away, {identity for half in halves.values() for identity in half}, exponent)
        _tell(name, log, halves, search, settings)


def _tell(
    name: str, log: Log, halves: Mapping[str, Sequence[str]], search: FixedSearch, settings: Settings
) -> None:
    messages = heard(log.lines)
    rankings = read_intents(settings, [message.text for message in messages])
    dialogue = load_dialogue(ROOT / "data" / "dialogue.yml")
    print(f"{name} wordings: {len(log.lines)} messages, {len(messages)} different")
    for nearness in NEARNESSES:
        found = questions(messages, rankings, search, wishes(dialogue), dialogue.bands.script, nearness)
        for first in FIRST:
            told = {half: figures(found.proposals[:first], log, ids) for half, ids in halves.items()}
            print(f"{nearness:.2f} first {first:3}", *(f"  {half} {one}" for half, one in told.items()))


def _search_without(settings: Settings, entries: Sequence[Entry], gone: Collection[str]) -> FixedSearch:
    """The calibration is the served one: it was fitted on more scripts, which hardly moves it."""
    kept = [entry for entry in entries if entry.id not in gone]
    encoder = train_encoder(kept, read_messages(settings.nlu_dir)).encoder()
    calibration = Calibration.load(settings.models_dir / "faq" / "calibration.json")
    return FixedSearch(assemble(kept, encoder, replace(calibration, encoder=encoder.name)))


if __name__ == "__main__":
    simulate(get_settings())
