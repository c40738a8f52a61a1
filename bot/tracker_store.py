"""Rasa's tracker store (Rasa environment): appends what is new, remembers what it has just read, and reads no more of
a long conversation than a turn needs.

Stock Rasa reads and replays the whole session twice a turn. Here the newest conversations stay in memory between
turns; one query makes sure that nobody else has written meanwhile. All of a conversation stays in the database.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from sqlalchemy.engine import Connection

from bot.tracker import Tracker

WINDOW = 200
"""Newest events that are read of a session, some twenty turns; of what came before, slots and an open form are."""
KEPT = 200
"""Conversations that stay in memory, the latest used."""
_rows = SQLTrackerStore.SQLEvent.__table__
_mine = _rows.c.sender_id == sa.bindparam("sender")
_newest = sa.select([sa.func.max(_rows.c.id)]).where(_mine)
_session = _newest.where(_rows.c.type_name == SessionStarted.type_name)
_window = (
    sa.select([_rows.c.id, _rows.c.type_name, _rows.c.action_name, _rows.c.data])
    .where(_mine & (_rows.c.id >= sa.bindparam("session")))
    .order_by(_rows.c.id.desc())
    .limit(WINDOW)
)
_settled_before = (
    sa.select([sa.func.max(_rows.c.id)])
    .where(_mine & _rows.c.id.between(sa.bindparam("session"), sa.bindparam("last")))
    .where(_rows.c.type_name.in_((SessionStarted.type_name, SlotSet.type_name)))
    .group_by(_rows.c.type_name, _rows.c.action_name)
)
_loop_before = (
    sa.select([sa.func.max(_rows.c.id)])
    .where(_mine & _rows.c.id.between(sa.bindparam("session"), sa.bindparam("last")))
    .where(_rows.c.type_name == ActiveLoop.type_name)
)
_before = (
    sa.select([_rows.c.data]).where(_rows.c.id.in_(_settled_before.union(_loop_before))).order_by(_rows.c.id)
)


class TrackerStore(SQLTrackerStore):
    """Named in endpoints.yml."""

    def __init__(self, domain: Domain | None = None, **where: Any) -> None:
        super().__init__(domain, **where)
        self._live: OrderedDict[str, Tracker] = OrderedDict()
        if self.engine.dialect.name == "sqlite":
            self.engine = _kept_open(self.engine.url)
            self.sessionmaker = sa.orm.sessionmaker(bind=self.engine)

    def init_tracker(self, sender_id: str) -> Tracker:
        tracker = Tracker(sender_id, self.domain.slots)
        tracker.domain = self.domain
        return tracker

    async def retrieve(self, sender_id: str) -> Tracker:
        """The conversation's newest session, empty if there is none. Until it is saved the caller alone has it: of a
        turn that fails, nothing is remembered."""
        live = self._live.pop(sender_id, None)
        with self.engine.connect() as connection:
            row = connection.execute(_newest, {"sender": sender_id}).scalar()
            if row is None:
                return self.init_tracker(sender_id)
            if live is not None and live.row == row and live.domain is self.domain and not live.unsaved():
                return live
            tracker = self.init_tracker(sender_id)
            for data in _read(connection, sender_id):
                tracker.update(Event.from_parameters(data))
        tracker.stored, tracker.row = len(tracker.events), row
        return tracker

    async def save(self, tracker: Tracker) -> None:
        """Append what is new."""
        new = tracker.unsaved()
        if not new:
            return
        if self.event_broker:
            await self._stream_new_events(self.event_broker, new, tracker.sender_id)
        with self.engine.begin() as connection:
            connection.execute(_rows.insert(), [_row(tracker.sender_id, event) for event in new])
            row = connection.execute(_newest, {"sender": tracker.sender_id}).scalar()
        tracker.stored, tracker.row = len(tracker.events), row
        # What has grown long, or holds a session before this one, is read anew, without what came before.
        begins_later = any(isinstance(event, SessionStarted) for event in list(tracker.events)[1:])
        if tracker.stored <= 2 * WINDOW and not begins_later:
            self._live[tracker.sender_id] = tracker
            while len(self._live) > KEPT:
                self._live.popitem(last=False)

    async def cut(self, conversation: str, newest: int) -> None:
        """Forget the newest events of a conversation."""
        self._live.pop(conversation, None)
        going = sa.select([_rows.c.id]).where(_mine).order_by(_rows.c.id.desc()).limit(newest)
        with self.engine.begin() as connection:
            connection.execute(_rows.delete().where(_rows.c.id.in_(going)), {"sender": conversation})


def _read(connection: Connection, sender_id: str) -> list[dict[str, Any]]:
    """The events of the newest session, oldest first; of a long one the last WINDOW, from the start of a turn, and
    before them the newest value of each slot and the form that was open."""
    known = {"sender": sender_id}
    known["session"] = connection.execute(_session, known).scalar() or 0
    rows = list(reversed(connection.execute(_window, known).all()))
    if len(rows) < WINDOW:
        return [json.loads(row.data) for row in rows]
    starts = (
        index
        for index, row in enumerate(rows)
        if row.type_name == ActionExecuted.type_name and row.action_name == ACTION_LISTEN_NAME
    )
    rows = rows[next(starts, 0) :]
    before = connection.execute(_before, {**known, "last": rows[0].id - 1}).scalars()
    return [json.loads(data) for data in (*before, *(row.data for row in rows))]


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    """As SQLTrackerStore writes it."""
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": event.timestamp,
        "intent_name": event.intent_name if isinstance(event, UserUttered) else None,
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


def _kept_open(url: Any) -> sa.engine.Engine:
    """SQLite with its connections kept open and without a wait for the disk: what a power cut takes, the gateway, whose
    own store waits, tells the dialogue again (bot.channel_agreement)."""
    engine = sa.create_engine(url, poolclass=sa.pool.QueuePool, connect_args={"check_same_thread": False})

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000"):
            connection.execute(f"PRAGMA {pragma}")

    return engine
