"""Messages worth a trainer's look: uncertain, misread or handed over; near-duplicates folded, dearest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from rapidfuzz import fuzz

from bot.desk.conversations import NotFound
from bot.desk.overview.questions import CLARIFIED
from bot.desk.schema import conversations, messages, suggestion_rejections
from bot.text.segment import word_spans
from bot.training.nlu_files import same_key
from bot.training.tables import staged_changes

SAME = 88
"""rapidfuzz ratio (0–100) of the keys of two messages from which they are one question."""
WINDOW = timedelta(days=30)
MOST_ROWS = 3_000
MOST_WAYS = 12


@dataclass(frozen=True)
class InboxItem:
    message_id: str
    text: str
    count: int
    """How many near-identical messages stand behind this one."""
    also: tuple[dict, ...]
    """Other ways it was put among them, each with `message_id` and `text`: one decision may teach them all."""
    ranking: tuple[dict, ...]
    """The three nearest intents, each with `name` and `confidence`."""
    entities: tuple[dict, ...]
    reasons: tuple[str, ...]
    """Of `uncertain`, `asked_back`, `handed_over`, `rejected`."""
    value: float
    words: tuple[tuple[int, int], ...]
    """Start and end of each word in `text`, for marking entities."""
    context: tuple[dict, ...]
    """Up to four messages before it, each with `sender` and `text`."""
    conversation_id: str
    created_at: datetime


def inbox(engine: sa.Engine, answer_threshold: float, now: datetime, limit: int = 50) -> list[InboxItem]:
    """The `limit` most valuable messages: frequency × uncertainty, doubled where a person had to take over, half
    as much again where the bot asked back or an agent would not say what was suggested."""
    with engine.connect() as connection:
        rows = connection.execute(_recent(now)).mappings().all()
        decided = set(connection.execute(_decided()).scalars())
        turned = _reply_actions(connection, now)
        rejected = _rejected(connection, now)
        # A decision about one message answers all that are the same to a customer.
        groups = [group for group in _fold(rows) if not any(row["id"] in decided for row in group)]
        items = [item for group in groups if (item := _item(group, answer_threshold, turned, rejected))]
        items.sort(key=lambda item: (-item.value, item.created_at))
        return [_with_context(connection, item) for item in items[:limit]]


def text_of(engine: sa.Engine, message_id: str) -> str:
    """What a customer wrote. Raises NotFound."""
    query = sa.select(messages.c.text).where(messages.c.id == message_id, messages.c.sender == "customer")
    with engine.connect() as connection:
        text = connection.execute(query).scalar()
    if text is None:
        raise NotFound(message_id)
    return str(text)


def _recent(now: datetime) -> sa.Select:
    columns = (messages, conversations.c.reason, conversations.c.handed_over_at)
    return (
        sa.select(*columns)
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .where(messages.c.sender == "customer", messages.c.payload.is_(None), messages.c.nlu.is_not(None))
        .where(messages.c.created_at > now - WINDOW)
        .order_by(messages.c.created_at.desc())
        .limit(MOST_ROWS)
    )


def _decided() -> sa.Select:
    return sa.select(staged_changes.c.message_id).where(staged_changes.c.state != "dropped")


def _reply_actions(connection: sa.Connection, now: datetime) -> dict[str, str]:
    """Which action answered a message, for the answers that mean "I did not understand"."""
    query = sa.select(messages.c.reply_to, messages.c.source).where(
        messages.c.sender == "bot", messages.c.reply_to.is_not(None), messages.c.created_at > now - WINDOW
    )
    found: dict[str, str] = {}
    for reply_to, source in connection.execute(query):
        if source and source.get("action") in CLARIFIED:
            found[reply_to] = source["action"]
    return found


def _rejected(connection: sa.Connection, now: datetime) -> set[tuple[str, str]]:
    """Conversation and key of the questions whose suggested scripts an agent rejected."""
    table = suggestion_rejections
    query = sa.select(table.c.conversation_id, table.c.question).where(table.c.created_at > now - WINDOW)
    return {(row.conversation_id, same_key(row.question)) for row in connection.execute(query)}


def _fold(rows: object) -> list[list[sa.RowMapping]]:
    groups: list[tuple[str, list[sa.RowMapping]]] = []
    for row in rows:  # type: ignore[attr-defined]
        key = same_key(row["text"])
        for other, group in groups:
            if key == other or (len(key) > 4 and fuzz.ratio(key, other) >= SAME):
                group.append(row)
                break
        else:
            groups.append((key, [row]))
    return [group for _, group in groups]


def _item(
    group: list[sa.RowMapping], threshold: float, asked_back: dict[str, str], rejected: set[tuple[str, str]]
) -> InboxItem | None:
    newest = group[0]
    nlu = newest["nlu"]
    ranking = tuple(nlu.get("ranking") or [{"name": nlu["intent"], "confidence": nlu["confidence"]}])[:3]
    confidence = float(nlu["confidence"] or 0)
    is_asked_back = any(row["id"] in asked_back for row in group)
    is_handed_over = any(_led_to_handoff(row) for row in group)
    is_rejected = any((row["conversation_id"], same_key(row["text"])) in rejected for row in group)
    reasons = [
        name
        for name, holds in (
            ("uncertain", confidence < threshold),
            ("asked_back", is_asked_back),
            ("handed_over", is_handed_over),
            ("rejected", is_rejected),
        )
        if holds
    ]
    if not reasons:
        return None
    weight = (2 if is_handed_over else 1) * (1.5 if is_asked_back else 1) * (1.5 if is_rejected else 1)
    value = len(group) * max(0.05, 1 - confidence) * weight
    return InboxItem(
        newest["id"],
        newest["text"],
        len(group),
        _other_ways(group),
        ranking,
        tuple(nlu.get("entities") or ()),
        tuple(reasons),
        round(value, 3),
        (),
        (),
        newest["conversation_id"],
        newest["created_at"],
    )


def _other_ways(group: list[sa.RowMapping]) -> tuple[dict, ...]:
    """Without those that are the same to a customer as one before, the newest first."""
    first, *others = group
    seen, found = {same_key(first["text"])}, []
    for row in others:
        key = same_key(row["text"])
        if key not in seen:
            seen.add(key)
            found.append({"message_id": row["id"], "text": row["text"]})
    return tuple(found[:MOST_WAYS])


def _led_to_handoff(row: sa.RowMapping) -> bool:
    """The bot gave up within a minute of this message; a customer's own wish for a person teaches nothing."""
    handed_over = row["handed_over_at"]
    if handed_over is None or row["reason"] not in ("out_of_scope", "repeated_failure"):
        return False
    return timedelta(0) <= handed_over - row["created_at"] < timedelta(minutes=1)


def _with_context(connection: sa.Connection, item: InboxItem) -> InboxItem:
    seq = sa.select(messages.c.seq).where(messages.c.id == item.message_id).scalar_subquery()
    query = (
        sa.select(messages.c.sender, messages.c.text)
        .where(
            messages.c.conversation_id == item.conversation_id, messages.c.seq < seq, messages.c.text != ""
        )
        .order_by(messages.c.seq.desc())
        .limit(4)
    )
    before = [dict(row) for row in connection.execute(query).mappings()]
    return InboxItem(**{**vars(item), "words": word_spans(item.text), "context": tuple(reversed(before))})
