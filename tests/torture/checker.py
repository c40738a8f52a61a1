"""Compares what the clients saw with what the desk's store and Rasa's tracker hold. Every finding is one line."""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from bot.desk import schema
from bot.desk.conversations import Conversation, Message, Reason
from bot.desk.database import open_database, reading
from bot.desk.ownership import MAY_SPEAK, START, Owner, Speaker, Step, after
from bot.desk.rows import conversation_from, message_from
from tests.torture.records import Interval, Records, Sent

LONGEST_SILENCE = 10.0
"""Seconds in which a message is answered or handed over while the gateway is there (quality.md, Aims)."""
KINDS = ("lost", "doubled", "reordered", "unanswered", "owner", "page", "tracker", "errors")
Findings = dict[str, list[str]]


@dataclass(frozen=True)
class Chat:
    """One conversation as it is stored."""

    conversation: Conversation
    messages: tuple[Message, ...]
    log: tuple[sa.Row, ...]

    def owner_at(self, moment: datetime) -> Owner:
        steps = [entry for entry in self.log if entry.at <= moment]
        return Owner(steps[-1].new) if steps else START


def load(database: str) -> dict[str, Chat]:
    engine = open_database(database)
    messages, log = defaultdict(list), defaultdict(list)
    with reading(engine) as connection:
        for row in connection.execute(sa.select(schema.messages).order_by(schema.messages.c.seq)):
            messages[row.conversation_id].append(message_from(row))
        for row in connection.execute(sa.select(schema.handoff_log).order_by(schema.handoff_log.c.version)):
            log[row.conversation_id].append(row)
        found = [conversation_from(row) for row in connection.execute(sa.select(schema.conversations))]
    engine.dispose()
    return {each.id: Chat(each, tuple(messages[each.id]), tuple(log[each.id])) for each in found}


def check(records: Records, chats: dict[str, Chat], trackers: Path, is_clock_true: bool = True) -> Findings:
    """`kind → findings`; all empty when nothing was violated. Where the clock was set nobody can say when something
    was said: then whose turn it was, and how long silence lasted, is not looked at."""
    heard = heard_by(trackers)
    return {
        "lost": list(lost(records.sent, chats)),
        "doubled": [line for chat in chats.values() for line in doubled(chat)],
        "reordered": list(reordered(records.sent)) + [x for chat in chats.values() for x in gaps(chat)],
        "unanswered": [x for chat in chats.values() for x in unanswered(chat, records.down, is_clock_true)],
        "owner": [line for chat in chats.values() for line in owner_violations(chat, is_clock_true)],
        "page": [
            x for each, seen in records.events.items() if each in chats for x in page(chats[each], seen)
        ],
        "tracker": [x for chat in chats.values() for x in disagreements(chat, heard)],
        "errors": records.oddities,
    }


def lost(sent: Sequence[Sent], chats: dict[str, Chat]) -> Iterator[str]:
    """What was acknowledged is there as it was; what was refused is not; nothing else was said in their names."""
    stored = {
        (message.sender.value, message.client_id): message
        for chat in chats.values()
        for message in chat.messages
        if message.client_id
    }
    known = {(each.sender, each.client_id) for each in sent}
    yield from (f"{key[1]} was stored but never sent" for key in stored.keys() - known)
    for each in sent:
        found = stored.get((each.sender, each.client_id))
        if each.was_refused and found:
            yield f"{each.client_id} was refused and stored nevertheless"
        if each.acknowledged_at is None:
            continue
        if found is None:
            yield f"{each.client_id} was acknowledged and is gone"
        elif (found.id, found.seq, found.text) != (each.message_id, each.seq, each.text):
            yield f"{each.client_id} is not what was acknowledged"


def doubled(chat: Chat) -> Iterator[str]:
    ids = Counter((message.sender, message.client_id) for message in chat.messages if message.client_id)
    yield from (f"{client_id} is stored {count} times" for (_, client_id), count in ids.items() if count > 1)
    replies = defaultdict(list)
    for message in chat.messages:
        if message.sender is Speaker.BOT and message.reply_to:
            replies[message.reply_to].append(message.seq)
    for to, seqs in replies.items():
        if seqs != list(range(seqs[0], seqs[0] + len(seqs))):
            yield f"{to} was answered more than once: {seqs}"


def reordered(sent: Sequence[Sent]) -> Iterator[str]:
    """Who sends after an acknowledgement comes later in the transcript."""
    by_speaker = defaultdict(list)
    for each in sent:
        if each.seq is not None:
            by_speaker[each.conversation, each.sender].append(each)
    for mine in by_speaker.values():
        for one, other in itertools.combinations(mine, 2):
            first, second = sorted((one, other), key=lambda each: each.sent_at)
            if first.acknowledged_at < second.sent_at and first.seq > second.seq:
                yield f"{second.client_id} overtook {first.client_id}"


def gaps(chat: Chat) -> Iterator[str]:
    seqs = [message.seq for message in chat.messages]
    if seqs != list(range(1, chat.conversation.last_seq + 1)):
        yield f"{chat.conversation.id} has gaps: {seqs}"
    places = {message.id: message.seq for message in chat.messages}
    answered = [places[m.reply_to] for m in chat.messages if m.sender is Speaker.BOT and m.reply_to in places]
    if answered != sorted(answered):
        yield f"{chat.conversation.id} was answered out of order: {answered}"


def unanswered(chat: Chat, down: Sequence[Interval], is_clock_true: bool = True) -> Iterator[str]:
    """A message to the bot is answered, with the bubbles it belongs to, or passed on to a person, and soon."""
    replied = {message.reply_to for message in chat.messages if message.sender is Speaker.BOT}
    awaits_person = chat.conversation.owner in (Owner.QUEUED, Owner.HUMAN, Owner.CLOSED)
    awaits_person &= chat.conversation.reason != Reason.SYSTEM_DOWN.value
    for index, message in enumerate(chat.messages):
        if message.sender is not Speaker.CUSTOMER:
            continue
        if message.is_pending and not awaits_person:
            yield f"{message.id} ({message.text}) still waits for the bot"
        if not is_clock_true:
            continue
        later = chat.messages[index:]
        bubbles = itertools.takewhile(lambda each: each.sender is Speaker.CUSTOMER, later)
        was_passed_on = awaits_person or chat.owner_at(message.created_at) is Owner.HUMAN
        was_passed_on |= any(
            entry.step in (Step.CLAIM, Step.CLOSE) and entry.at >= message.created_at for entry in chat.log
        )
        if not was_passed_on and not any(each.id in replied for each in bubbles):
            yield f"{message.id} ({message.text}) was never answered"
        if chat.owner_at(message.created_at) is Owner.BOT:
            said = next((each for each in later if each.sender is not Speaker.CUSTOMER), None)
            if said and (silence := _without(down, message, said)) > LONGEST_SILENCE:
                yield f"{message.id} ({message.text}) heard nothing for {silence:.1f} s"


def _without(down: Sequence[Interval], asked: Message, said: Message) -> float:
    start, end = asked.created_at.timestamp(), said.created_at.timestamp()
    return end - start - sum(max(0.0, min(end, each.end) - max(start, each.start)) for each in down)


def owner_violations(chat: Chat, is_clock_true: bool = True) -> Iterator[str]:
    """The log replays to the owner; nobody spoke out of turn; only the agent who had it spoke as agent."""
    owner, version = START, 1
    for entry in chat.log:
        if (Owner(entry.old), entry.version) != (owner, version + 1):
            yield f"{chat.conversation.id}: step {entry.version} does not follow"
        owner, version = after(owner, Step(entry.step)), entry.version
    if (owner, version) != (chat.conversation.owner, chat.conversation.version):
        yield f"{chat.conversation.id}: the log ends with {owner} and not {chat.conversation.owner}"
    for message in chat.messages if is_clock_true else ():
        held_by = chat.owner_at(message.created_at)
        if message.sender not in MAY_SPEAK[held_by]:
            yield f"{message.id}: {message.sender} spoke while it was {held_by}'s"


def page(chat: Chat, connections: Sequence[Sequence[tuple[int, str]]]) -> Iterator[str]:
    """A page's socket told every message once, in order, over all its connections."""
    told = [event for heard in connections for event in heard]
    stored = [(message.seq, message.id) for message in chat.messages]
    if told != stored[: len(told)]:
        yield f"{chat.conversation.id}: its page heard {[seq for seq, _ in told]}"


def heard_by(trackers: Path) -> dict[str, list[str]]:
    """Conversation → ids of the messages in Rasa's tracker, in order, without those it took back."""
    heard: dict[str, list[str]] = defaultdict(list)
    with sqlite3.connect(trackers) as connection:
        for conversation, kind, data in connection.execute(
            "select sender_id, type_name, data from events where type_name in ('user', 'rewind') order by id"
        ):
            if kind == "user":
                heard[conversation].append(json.loads(data)["message_id"])
            else:
                heard[conversation].pop()
    return heard


def disagreements(chat: Chat, heard: dict[str, list[str]]) -> Iterator[str]:
    """Each turn the bot answered is in the tracker once and in order. The newest turns of the tracker may be dropped
    ones, which the next turn would take back."""
    answered = [m.reply_to for m in chat.messages if m.sender is Speaker.BOT and m.reply_to]
    answered = list(dict.fromkeys(answered))
    told = heard.get(chat.conversation.id, [])
    if told[: len(answered)] != answered:
        yield f"{chat.conversation.id}: the desk knows {answered}, the tracker {told}"
