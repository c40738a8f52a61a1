"""`xiaoer learn`: import, mask, keep; then everything kept so far is read anew."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from bot.dialogue import Dialogue, load_dialogue
from bot.evaluation.readings import OUT_OF_SCOPE
from bot.faq.index import IndexRefused, current_version, load_index
from bot.faq.search import FixedSearch
from bot.files import DataError, Problem
from bot.learning import drafts
from bot.learning.chats import Speaker
from bot.learning.exports import read_export
from bot.learning.heard import Heard, heard
from bot.learning.intents import ReadIntents
from bot.learning.labelling import ToLabel, to_label
from bot.learning.questions import Questions, questions
from bot.learning.store import ChatStore, StoredLine, write_private
from bot.settings import ROOT, Settings
from bot.training.nlu_files import read_examples, same_key

PROPOSALS, ASKED, TO_LABEL, BAD_LINES = "proposals.yml", "asked.tsv", "to-label.tsv", "bad-lines.txt"


@dataclass(frozen=True)
class Imported:
    read: int
    """Messages in the files."""
    added: int
    """Of these kept now; the others were kept before, or are the system's."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Learnt:
    """Everything that the kept chats say."""

    lines: tuple[StoredLine, ...]
    messages: tuple[Heard, ...]
    questions: Questions
    to_label: tuple[ToLabel, ...]


def folder_of(settings: Settings) -> Path:
    return settings.data_dir / "learning"


def store_of(settings: Settings) -> ChatStore:
    return ChatStore(folder_of(settings), settings.secrets["secret_key"])


def import_chats(settings: Settings, paths: Sequence[Path], agents: Collection[str]) -> Imported:
    """Keeps every message of the files that is not kept yet, masked; nothing else of them.

    Raises DataError for a file that cannot be read at all; then nothing of any file is kept.
    """
    exports = [read_export(path, agents) for path in paths]
    problems = tuple(problem for export in exports for problem in export.problems)
    added = sum(store_of(settings).add(export.lines) for export in exports)
    told = "".join(f"{problem}\n" for problem in problems) or f"{drafts.words()['no_bad_lines']}\n"
    write_private(folder_of(settings) / BAD_LINES, told)
    return Imported(sum(len(export.lines) for export in exports), added, problems)


def learn(settings: Settings, read_intents: ReadIntents, console: Console) -> Learnt:
    """Reads all kept chats and writes the drafts. Raises DataError without chats, IndexRefused without an index."""
    lines = store_of(settings).lines()
    if not lines:
        cure = "no chats are kept: give a file of chats with --from-chats"
        raise DataError([Problem(folder_of(settings), 1, "chats", cure)])
    dialogue = load_dialogue(ROOT / "data" / "dialogue.yml")
    messages = heard(line for line in lines if line.speaker is not Speaker.SYSTEM)
    console.print(f"• reading {len(messages)} different messages of customers", highlight=False)
    rankings = read_intents([message.text for message in messages])
    found = questions(messages, rankings, _search(settings), wishes(dialogue), dialogue.bands.script)
    labelled = {same_key(example.text) for example in read_examples(settings.nlu_dir)}
    doubtful = to_label(messages, rankings, labelled)
    _write(folder_of(settings), found, doubtful, dialogue)
    return Learnt(lines, tuple(messages), found, tuple(doubtful))


def wishes(dialogue: Dialogue) -> frozenset[str]:
    """Intents that the bot offers as a reading, and wishes it does not serve yet: these a script may answer."""
    return frozenset(name for name, one in dialogue.readings.items() if one.question) | {OUT_OF_SCOPE}


def _search(settings: Settings) -> FixedSearch:
    version = current_version(settings.models_dir)
    if version is None:
        raise IndexRefused(f"no FAQ index in {settings.models_dir / 'faq'}: run `xiaoer train`")
    return FixedSearch(load_index(settings, version))


def _write(folder: Path, found: Questions, doubtful: Sequence[ToLabel], dialogue: Dialogue) -> None:
    write_private(folder / PROPOSALS, drafts.proposals_file(found.proposals))
    write_private(folder / ASKED, drafts.asked_file(found.asked))
    write_private(folder / TO_LABEL, drafts.label_file(doubtful, dialogue))
