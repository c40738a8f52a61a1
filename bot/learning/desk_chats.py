"""Frequent questions of the shop's own chats at the desk that no script answers surely."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.desk.database import reading
from bot.desk.overview.questions import CLARIFIED
from bot.desk.ownership import Speaker
from bot.desk.schema import messages
from bot.evaluation.readings import Ranking
from bot.learning.heard import ANSWER_LINES, LONGEST, Heard
from bot.learning.privacy import masked, spoken
from bot.training.nlu_files import same_key

WINDOW = timedelta(days=30)
MOST = 1_500
"""Newest messages that are looked through: some seconds of search."""


def doubtful_at_desk(engine: sa.Engine, sure_from: float, now: datetime) -> tuple[list[Heard], list[Ranking]]:
    """What customers typed and the bot did not surely understand, private data taken out, with how it was read."""
    with reading(engine) as connection:
        rows = connection.execute(_doubtful(sure_from, now)).all()
        answers = _answers(connection, {row.conversation_id for row in rows})
    texts: dict[str, list[str]] = defaultdict(list)
    askers: dict[str, set[str]] = defaultdict(set)
    said: dict[str, list[str]] = defaultdict(list)
    rankings: dict[str, Ranking] = {}
    for row in rows:
        text = spoken(masked(row.text))
        if len(text) > LONGEST or not any(character.isalnum() for character in text):
            continue
        key = same_key(text)
        texts[key].append(text)
        askers[key].add(row.conversation_id)
        rankings.setdefault(key, _ranking(row.nlu))
        after = [line for seq, line in answers.get(row.conversation_id, ()) if seq > row.seq]
        if after:
            said[key].append(" ".join(after[:ANSWER_LINES]))
    found = [
        Heard(max(texts[key], key=texts[key].count), frozenset(askers[key]), tuple(said[key]))
        for key in texts
    ]
    return found, [rankings[key] for key in texts]


def _doubtful(sure_from: float, now: datetime) -> sa.Select:
    replies = messages.alias("replies")
    asked_back = sa.exists().where(
        replies.c.reply_to == messages.c.id, replies.c.source["action"].as_string().in_(sorted(CLARIFIED))
    )
    return (
        sa.select(messages.c.conversation_id, messages.c.seq, messages.c.text, messages.c.nlu)
        .where(
            messages.c.sender == Speaker.CUSTOMER.value,
            messages.c.payload.is_(None),
            messages.c.nlu.is_not(None),
            messages.c.created_at > now - WINDOW,
            sa.or_(messages.c.nlu["confidence"].as_float() < sure_from, asked_back),
        )
        .order_by(messages.c.created_at.desc())
        .limit(MOST)
    )


def _answers(connection: sa.Connection, conversations: set[str]) -> dict[str, list[tuple[int, str]]]:
    """What people wrote in these conversations, in order, private data taken out."""
    query = (
        sa.select(messages.c.conversation_id, messages.c.seq, messages.c.text)
        .where(messages.c.conversation_id.in_(conversations), messages.c.sender == Speaker.AGENT.value)
        .order_by(messages.c.seq)
    )
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for conversation, seq, text in connection.execute(query):
        found[conversation].append((seq, spoken(masked(text))))
    return found


def _ranking(nlu: dict) -> Ranking:
    rows = nlu.get("ranking") or [{"name": nlu["intent"], "confidence": nlu["confidence"]}]
    return tuple((row["name"], float(row["confidence"])) for row in rows)
