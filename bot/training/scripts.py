"""A script's way from a trainer's edit to customers: draft, review where money is at stake, published, rolled back."""

from __future__ import annotations

import hashlib
import itertools
import re
import secrets
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from pypinyin import lazy_pinyin

from bot.faq.scripts import Entry
from bot.files import write_all
from bot.training.commits import Person, commit
from bot.training.diffs import diff
from bot.training.script_files import Place, added, entry_at, find_entry, removed, rewritten
from bot.training.tables import script_changes

REVIEWED = frozenset(
    {
        "bargain", "ask_price", "ask_promotion", "ask_price_protection", "ask_compensation", "ask_refund",
        "ask_return", "ask_return_fee", "ask_exchange",
    }
)  # fmt: skip
"""Intents whose scripts cost money when they are wrong (issue 5: two-person review for money and return scripts)."""
_ENTRY = TypeAdapter(Entry)


class State(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    ROLLED_BACK = "rolled_back"
    DROPPED = "dropped"


MOST_SYLLABLES = 6
OPEN = (State.DRAFT, State.APPROVED)


class ScriptRefused(Exception):
    """A step that cannot be done now; the text is a key of `problems` in lines.yml."""


@dataclass(frozen=True)
class ScriptChange:
    id: str
    entry_id: str
    state: str
    before: dict[str, Any]
    after: dict[str, Any]
    diff: str
    needs_review: bool
    author: str
    reviewer: str | None
    created_at: datetime
    settled_at: datetime | None


class Scripts:
    """Edits of the entries below `folder`, and new ones. `serve` lets an entry answer customers, `withdraw` no more."""

    def __init__(
        self,
        engine: sa.Engine,
        folder: Path,
        serve: Callable[[Entry], None],
        withdraw: Callable[[str], None] = lambda entry_id: None,
    ) -> None:
        self.engine, self.folder, self._serve, self._withdraw = engine, folder, serve, withdraw
        self._writing = threading.Lock()

    def entry(self, entry_id: str) -> Entry:
        """As it stands in the file; before it is published, as it was drafted. Raises ScriptRefused, DataError."""
        change = self.unpublished(entry_id)
        return _ENTRY.validate_python(change.after) if change else entry_at(self.place(entry_id))

    def unpublished(self, entry_id: str) -> ScriptChange | None:
        """The open draft of an entry that stands in no file."""
        found = next((change for change in self.list(entry_id, OPEN) if not change.before), None)
        return found if found and find_entry(self.folder, entry_id) is None else None

    def file_of(self, topic: str) -> Path:
        """Where entries of a topic stand. Raises ScriptRefused for a topic that the shop does not have."""
        path = self.folder / f"{topic}.yml"
        if path.parent != self.folder or not path.is_file():
            raise ScriptRefused("script-topic")
        return path

    def create(self, entry: Entry, author: str) -> ScriptChange:
        """Keep a new entry as a draft; its id is `topic.slug`. Raises ScriptRefused."""
        path = self.file_of(entry.id.partition(".")[0])
        if find_entry(self.folder, entry.id) or self.list(entry.id, OPEN):
            raise ScriptRefused("script-taken")
        return self._keep(entry, {}, {path: added(path, entry)}, author)

    def place(self, entry_id: str) -> Place:
        place = find_entry(self.folder, entry_id)
        if place is None:
            raise ScriptRefused("script-gone")
        return place

    def draft(self, entry: Entry, seen: str, author: str) -> ScriptChange:
        """Keep an edit of the entry that looked like `seen`; it takes the place of an earlier open one.

        Raises ScriptRefused when the file says something else by now, or nothing has been changed.
        """
        current = self.entry(entry.id)
        if mark(current) != seen:
            raise ScriptRefused("script-stale")
        if entry == current:
            raise ScriptRefused("script-same")
        if self.unpublished(entry.id):
            path = self.file_of(entry.id.partition(".")[0])
            return self._keep(entry, {}, {path: added(path, entry)}, author)
        place = self.place(entry.id)
        return self._keep(entry, _json(current), {place.path: rewritten(place, entry)}, author)

    def _keep(self, entry: Entry, before: dict, new: dict[Path, str], author: str) -> ScriptChange:
        change = ScriptChange(
            secrets.token_hex(8), entry.id, State.DRAFT, before, _json(entry), diff(new, self._root),
            entry.intent in REVIEWED, author, None, datetime.now(UTC), None,
        )  # fmt: skip
        with self.engine.begin() as connection:
            open_ones = script_changes.c.state.in_(OPEN), script_changes.c.entry_id == entry.id
            connection.execute(sa.update(script_changes).where(*open_ones).values(state=State.DROPPED))
            connection.execute(sa.insert(script_changes).values(**vars(change)))
        return change

    def list(self, entry_id: str | None = None, states: Sequence[str] = tuple(State)) -> list[ScriptChange]:
        """Newest first."""
        query = sa.select(script_changes).where(script_changes.c.state.in_(states))
        if entry_id is not None:
            query = query.where(script_changes.c.entry_id == entry_id)
        with self.engine.connect() as connection:
            rows = connection.execute(query.order_by(script_changes.c.created_at.desc())).mappings()
            return [ScriptChange(**row) for row in rows]

    def approve(self, change_id: str, reviewer: str) -> ScriptChange:
        """A second pair of eyes. Raises ScriptRefused for the author's own."""
        change = self._get(change_id, (State.DRAFT,))
        if change.author == reviewer:
            raise ScriptRefused("script-own-review")
        return self._mark(change, State.APPROVED, reviewer=reviewer)

    def drop(self, change_id: str) -> ScriptChange:
        return self._mark(self._get(change_id, OPEN), State.DROPPED, settled_at=datetime.now(UTC))

    def publish(self, change_id: str, person: Person) -> ScriptChange:
        """Write the entry into its file and serve it; chats that are going on hear it at their next question.

        Raises ScriptRefused, and DataError with the file as it was.
        """
        with self._writing:
            change = self._get(change_id, OPEN)
            if change.needs_review and change.state != State.APPROVED:
                raise ScriptRefused("script-needs-review")
            self._replace(change.entry_id, change.before, change.after, person, "Script")
            return self._mark(change, State.PUBLISHED, settled_at=datetime.now(UTC))

    def roll_back(self, change_id: str, person: Person) -> ScriptChange:
        """Serve what was served before. Only the newest version of an entry can be taken back."""
        with self._writing:
            change = self._get(change_id, (State.PUBLISHED,))
            self._replace(change.entry_id, change.after, change.before, person, "Roll back script")
            return self._mark(change, State.ROLLED_BACK, settled_at=datetime.now(UTC))

    @property
    def _root(self) -> Path:
        """What paths in a diff are relative to: the folder that holds `data/faq`."""
        return self.folder.parents[1]

    def _replace(self, entry_id: str, old: dict, new: dict, person: Person, what: str) -> None:
        """`old` or `new` is empty where the entry did not or shall not stand in the file."""
        path, text = self._text_with(entry_id, old, new)
        before = path.read_text(encoding="utf-8")
        write_all({path: text})
        try:
            if new:
                self._serve(entry_at(self.place(entry_id)))
            else:
                self._withdraw(entry_id)
        except BaseException:
            write_all({path: before})
            raise
        commit([path], f"{what} {entry_id}: {(new or old)['question']}", person)

    def _text_with(self, entry_id: str, old: dict, new: dict) -> tuple[Path, str]:
        place = find_entry(self.folder, entry_id)
        if bool(place) != bool(old) or (place and entry_at(place) != _ENTRY.validate_python(old)):
            raise ScriptRefused("script-stale")
        if place is None:
            path = self.file_of(entry_id.partition(".")[0])
            return path, added(path, _ENTRY.validate_python(new))
        return place.path, rewritten(place, _ENTRY.validate_python(new)) if new else removed(place)

    def _get(self, change_id: str, states: Sequence[str]) -> ScriptChange:
        found = next((change for change in self.list(states=states) if change.id == change_id), None)
        if found is None:
            raise ScriptRefused("change-gone")
        return found

    def _mark(self, change: ScriptChange, state: State, **more: Any) -> ScriptChange:
        with self.engine.begin() as connection:
            where = script_changes.c.id == change.id, script_changes.c.state == change.state
            done = connection.execute(sa.update(script_changes).where(*where).values(state=state, **more))
        if not done.rowcount:
            raise ScriptRefused("change-gone")  # somebody else was first
        return ScriptChange(**{**vars(change), "state": state.value, **more})


def mark(entry: Entry) -> str:
    """Equal for equal entries; sent to the screen and back, to notice that the file has changed meanwhile."""
    return hashlib.sha256(_ENTRY.dump_json(entry)).hexdigest()[:16]


def entry_from(base: Entry, question: str, variants: Sequence[str], scripts: Sequence[dict]) -> Entry:
    """`base` with what a trainer wrote, blanks around it taken off."""
    rows = [{**row, "text": str(row["text"]).strip()} for row in scripts]
    lines = [line.strip() for line in variants]
    return _ENTRY.validate_python(
        {**vars(base), "question": question.strip(), "variants": lines, "scripts": rows}
    )


def fresh_entry(topic: str, intent: str, question: str, taken: Collection[str]) -> Entry:
    """An empty entry; its id is spelt from the question, `shop.neng-can-guan-ma`, and not one of `taken`."""
    spelt = "-".join(re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(question)).lower())[:MOST_SYLLABLES])
    start = f"{topic}.{spelt or 'new'}"
    numbered = (f"{start}-{number}" for number in itertools.count(2))
    free = next(each for each in itertools.chain([start], numbered) if each not in taken)
    return Entry(free, intent, question, (), ())


def _json(entry: Entry) -> dict[str, Any]:
    return _ENTRY.dump_python(entry, mode="json")
