"""What trainers decided about messages: staged, shown as a diff, applied to `data/nlu/` or dropped."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from bot.files import write_all
from bot.training.commits import Person, commit
from bot.training.diffs import diff
from bot.training.nlu_files import Label, relabelled
from bot.training.tables import staged_changes


class NoSuchChange(LookupError):
    """The change was applied or dropped before, or never was."""


@dataclass(frozen=True)
class Change:
    id: str
    message_id: str
    text: str
    intent: str | None
    """None: the message was put aside as worth no label."""
    entities: tuple[dict, ...]
    state: str
    """staged, applied, dropped or discarded."""
    trainer: str
    created_at: datetime

    @property
    def label(self) -> Label:
        return Label(self.text, self.intent or "", self.entities)


class Annotations:
    """Staged changes in the database `engine`, against the NLU files in `folder` below `root`."""

    def __init__(self, engine: sa.Engine, folder: Path, root: Path) -> None:
        self.engine = engine
        self.folder = folder
        self.root = root

    def stage(
        self, message_id: str, text: str, intent: str | None, entities: Sequence[dict], trainer: str
    ) -> Change:
        """Record a decision; a later one about the same message replaces an earlier staged one."""
        state = "staged" if intent else "discarded"
        row = Change(
            secrets.token_hex(8), message_id, text, intent, tuple(entities), state, trainer, datetime.now(UTC)
        )
        with self.engine.begin() as connection:
            connection.execute(
                sa.update(staged_changes)
                .where(
                    staged_changes.c.message_id == message_id,
                    staged_changes.c.state.in_(("staged", "discarded")),
                )
                .values(state="dropped")
            )
            connection.execute(sa.insert(staged_changes).values(**{**vars(row), "entities": list(entities)}))
        return row

    def list(self, states: Sequence[str] = ("staged",)) -> list[Change]:
        query = sa.select(staged_changes).where(staged_changes.c.state.in_(states))
        with self.engine.connect() as connection:
            rows = connection.execute(
                query.order_by(staged_changes.c.created_at, staged_changes.c.id)
            ).mappings()
            return [Change(**{**row, "entities": tuple(row["entities"])}) for row in rows]

    def diff(self, changes: Sequence[Change] | None = None) -> str:
        """What applying the staged changes would do to the files. Raises DataError."""
        return diff(self.new_contents(changes), self.root)

    def new_contents(
        self, changes: Sequence[Change] | None = None, folder: Path | None = None
    ) -> dict[Path, str]:
        chosen = self.list() if changes is None else changes
        return relabelled(folder or self.folder, [change.label for change in chosen])

    def apply(self, change_id: str, person: Person | None = None) -> Change:
        """Write one staged change into its file; in a checkout a commit of `person`. Raises NoSuchChange, DataError."""
        change = self._staged(change_id)
        new = self.new_contents([change])
        write_all(new)
        self.mark([change_id], "applied")
        commit(new, f"Label {change.intent}: {change.text}", person)
        return change

    def drop(self, change_id: str) -> Change:
        """Take a decision back; the message returns to the inbox. Raises NoSuchChange."""
        change = self._staged(change_id, ("staged", "discarded"))
        self.mark([change_id], "dropped")
        return change

    def mark(self, change_ids: Sequence[str], state: str) -> None:
        with self.engine.begin() as connection:
            connection.execute(
                sa.update(staged_changes).where(staged_changes.c.id.in_(change_ids)).values(state=state)
            )

    def _staged(self, change_id: str, states: Sequence[str] = ("staged",)) -> Change:
        found = next((change for change in self.list(states) if change.id == change_id), None)
        if found is None:
            raise NoSuchChange(change_id)
        return found
