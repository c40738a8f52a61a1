"""Suggestions that an agent would not say. They reach the trainers, the most often rejected script first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from bot.desk import schema
from bot.desk.database import reading
from bot.desk.rows import new_id, now


class Why(StrEnum):
    """What is wrong with a suggestion; its words are `rejections` in lines.yml."""

    OFF_TOPIC = "off_topic"
    OUTDATED = "outdated"
    INCOMPLETE = "incomplete"
    TONE = "tone"


@dataclass(frozen=True)
class Rejection:
    """`score` is the search's own, 0 to 1; `author` a username."""

    conversation_id: str
    question: str
    faq_id: str
    script_id: str
    score: float
    reason: Why
    author: str


@dataclass(frozen=True)
class RejectedScript:
    """A script with every time it was rejected, the newest first."""

    faq_id: str
    script_id: str
    times: tuple[tuple[Rejection, datetime], ...]


class Rejections:
    """Blocking, one transaction a method."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def add(self, rejection: Rejection) -> None:
        """The same script rejected again for the same question by the same person is one rejection, newly reasoned."""
        table = schema.suggestion_rejections
        is_same = sa.and_(
            table.c.conversation_id == rejection.conversation_id,
            table.c.question == rejection.question,
            table.c.faq_id == rejection.faq_id,
            table.c.script_id == rejection.script_id,
            table.c.author == rejection.author,
        )
        values = {**rejection.__dict__, "reason": rejection.reason.value}
        with self._engine.begin() as connection:
            connection.execute(sa.delete(table).where(is_same))
            connection.execute(sa.insert(table).values(id=new_id(), **values, created_at=now()))

    def for_trainers(self, since: datetime) -> tuple[RejectedScript, ...]:
        """What was rejected after `since`: the most often rejected script first."""
        table = schema.suggestion_rejections
        query = sa.select(table).where(table.c.created_at > since).order_by(table.c.created_at.desc())
        by_script: dict[tuple[str, str], list[tuple[Rejection, datetime]]] = defaultdict(list)
        with reading(self._engine) as connection:
            for row in connection.execute(query):
                found = {name: getattr(row, name) for name in Rejection.__dataclass_fields__}
                rejection = Rejection(**{**found, "reason": Why(row.reason)})
                by_script[row.faq_id, row.script_id].append((rejection, row.created_at))
        scripts = (RejectedScript(*key, tuple(times)) for key, times in by_script.items())
        return tuple(sorted(scripts, key=lambda script: -len(script.times)))
