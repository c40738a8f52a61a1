"""Stored follow-ups: planned, sent, seen, cancelled. The store decides; whoever ticks only asks it.

A follow-up is claimed and said in one transaction: the message is in the transcript exactly if the follow-up is
`sent`. A process killed before the commit leaves it planned for the next one; after the commit only the push to an open
page may be lost, and the page reads the transcript when it connects again. Rows are locked in the order conversation,
customer, follow-up, so that a customer's word and a follow-up never cross. Blocking; one transaction a method.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.desk import schema
from bot.desk import transactions as tx
from bot.desk.aftercare import follow_up_history as history
from bot.desk.aftercare import follow_up_rows as rows
from bot.desk.aftercare.follow_up_history import utc
from bot.desk.aftercare.follow_up_lines import follow_up_lines
from bot.desk.aftercare.follow_up_rows import FollowUp, State
from bot.desk.conversations import Conversation, Customer, Draft, Message, NotFound
from bot.desk.database import reading
from bot.desk.ownership import Owner
from bot.desk.records import add_tag
from bot.desk.rows import conversation_from, new_id
from bot.shop.records.policy import FollowUpPolicy
from bot.shop.talk.follow_ups import Act, History, Occasion, Plan, Verdict, judge

LONGEST_STOP = 20
"""Characters; who says more says something else beside it, and that wants an answer of its own."""
_jobs, _conversations, _messages = schema.follow_ups, schema.conversations, schema.messages


GUEST = "guest:"


def guest(conversation_id: str) -> str:
    """What a guest is called where something is given to her (`Turn.buyer` of the actions)."""
    return f"{GUEST}{conversation_id}"


@dataclass(frozen=True)
class Worded:
    """What would be said now. `key` names the text in follow_ups.yml."""

    key: str
    draft: Draft


@dataclass(frozen=True)
class Outcome:
    """`message` is there exactly when it was sent by this call."""

    verdict: Verdict
    message: Message | None = None


@dataclass(frozen=True)
class ListedFollowUp:
    """One line at the desk; `text` is what was said, "" while it is planned."""

    follow_up: FollowUp
    customer: Customer
    text: str


class FollowUpStore:
    """Times of methods are the shop's clock, without zone."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def silent_chats(self, since: datetime, until: datetime) -> tuple[history.SilentChat, ...]:
        """Chats with the bot in which nothing has happened after `until`, but something after `since`; oldest first."""
        with reading(self._engine) as connection:
            return history.silent_chats(connection, utc(since), utc(until))

    def newest_chat(self, buyer: str) -> Conversation | None:
        """Where the bot can reach her: a signed customer's newest conversation, a guest's only one; None unless the
        bot has it."""
        is_hers = (_conversations.c.customer_id == buyer) & _conversations.c.customer_verified
        if buyer.startswith(GUEST):
            is_hers = _conversations.c.id == buyer.removeprefix(GUEST)
        query = sa.select(_conversations).where(is_hers).order_by(_conversations.c.updated_at.desc()).limit(1)
        with reading(self._engine) as connection:
            row = connection.execute(query).first()
        return conversation_from(row) if row and row.owner == Owner.BOT.value else None

    def history(
        self, policy: FollowUpPolicy, customer_id: str, now: datetime, trouble: Collection[str]
    ) -> History:
        with reading(self._engine) as connection:
            return history.of_customer(connection, policy, customer_id, now, trouble)

    def settled_matters(self, matters: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
        """Of these (customer, matter) the ones that are planned, were sent, or were called off by an agent."""
        query = sa.select(_jobs.c.customer_id, _jobs.c.matter).where(
            _jobs.c.matter.in_({matter for _, matter in matters}), rows.is_settled()
        )
        with reading(self._engine) as connection:
            return {(row.customer_id, row.matter) for row in connection.execute(query)} & set(matters)

    def plan(
        self,
        conversation: Conversation,
        plan: Plan,
        tag: str,
        text_key: str,
        at: datetime,
        trouble: Collection[str],
        policy: FollowUpPolicy,
    ) -> FollowUp | None:
        """Keep it for later. None when the chat has gone on since `conversation` was read, when she does not want
        any, is upset, or when the matter is settled."""
        with self._engine.begin() as connection:
            now_is = tx.locked(connection, conversation.id)
            rows.lock_customer(connection, now_is.customer.id)
            customer_id = now_is.customer.id
            known = history.of_customer(connection, policy, customer_id, at, trouble)
            is_taken = sa.select(_jobs.c.id).where(
                _jobs.c.customer_id == customer_id, _jobs.c.matter == plan.matter, rows.is_settled()
            )
            if now_is.owner is not Owner.BOT or now_is.last_seq != conversation.last_seq:
                return None
            if judge(policy, plan, known, at).act is Act.DROP or connection.execute(is_taken).first():
                return None
            values = rows.values_of(plan) | {"tag": tag, "text_key": text_key, "planned_at": utc(at)}
            values |= {"id": new_id(), "conversation_id": conversation.id, "customer_id": customer_id}
            row = connection.execute(sa.insert(_jobs).values(**values).returning(_jobs)).one()
            return rows.follow_up_from(row)

    def due(self, now: datetime) -> tuple[FollowUp, ...]:
        """Planned and due, the weightiest occasion first."""
        query = sa.select(_jobs).where(_jobs.c.state == State.PLANNED.value, _jobs.c.due <= utc(now))
        with reading(self._engine) as connection:
            found = [rows.follow_up_from(row) for row in connection.execute(query.order_by(_jobs.c.due))]
        weight = list(Occasion)
        return tuple(sorted(found, key=lambda job: (weight.index(job.plan.occasion), job.plan.due)))

    def send(
        self,
        follow_up_id: str,
        worded: Worded | None,
        now: datetime,
        policy: FollowUpPolicy,
        trouble: Collection[str],
    ) -> Outcome | None:
        """Say it, if the rules allow it at this moment; without words it is no longer true and is cancelled.

        None when somebody else has sent or cancelled it. Two processes that call this at once: one of them says it.
        """
        with self._engine.begin() as connection:
            found = connection.execute(sa.select(_jobs).where(_jobs.c.id == follow_up_id)).first()
            if found is None:
                return None
            conversation = tx.locked(connection, found.conversation_id)
            rows.lock_customer(connection, conversation.customer.id)
            query = sa.select(_jobs).where(_jobs.c.id == follow_up_id, _jobs.c.state == State.PLANNED.value)
            row = connection.execute(query.with_for_update()).first()
            if row is None:
                return None
            plan = rows.plan_from(row)
            known = history.of_customer(connection, policy, conversation.customer.id, now, trouble)
            verdict = judge(policy, plan, known, now)
            if verdict.act is Act.SEND and conversation.owner is not Owner.BOT:
                verdict = Verdict(Act.WAIT, "nobody")
            if verdict.act is Act.SEND and worded is None:
                verdict = Verdict(Act.DROP, "not_true")
            if verdict.act is Act.DROP:
                rows.cancel(connection, _jobs.c.id == row.id, verdict.why, now)
            if verdict.act is not Act.SEND or worded is None:
                return Outcome(verdict)
            _, (message,) = tx.write(connection, conversation, [worded.draft])
            values = {"state": State.SENT.value, "settled_at": utc(now), "message_id": message.id}
            connection.execute(
                sa.update(_jobs).where(_jobs.c.id == row.id).values(**values, text_key=worded.key)
            )
            add_tag(connection, conversation.id, row.tag, "bot")
            return Outcome(verdict, message)

    def cancel(self, follow_up_id: str, why: str, now: datetime) -> bool:
        """Whether it was still planned and is now called off. NotFound when there is none."""
        with self._engine.begin() as connection:
            row = connection.execute(sa.select(_jobs).where(_jobs.c.id == follow_up_id)).first()
            if row is None:
                raise NotFound
            return rows.cancel(connection, _jobs.c.id == follow_up_id, why, now) > 0

    def seen(self, conversation_id: str, seq: int, now: datetime) -> None:
        """The customer has read her chat up to `seq`."""
        read = sa.select(_messages.c.id).where(
            _messages.c.conversation_id == conversation_id, _messages.c.seq <= seq
        )
        is_new = (_jobs.c.conversation_id == conversation_id) & (_jobs.c.state == State.SENT.value)
        with reading(self._engine) as connection:
            if connection.execute(sa.select(_jobs.c.id).where(is_new).limit(1)).first() is None:
                return
        with self._engine.begin() as connection:
            query = sa.update(_jobs).where(is_new, _jobs.c.message_id.in_(read))
            connection.execute(query.values(state=State.SEEN.value, seen_at=utc(now)))

    def get(self, follow_up_id: str) -> FollowUp:
        with reading(self._engine) as connection:
            row = connection.execute(sa.select(_jobs).where(_jobs.c.id == follow_up_id)).first()
        if row is None:
            raise NotFound
        return rows.follow_up_from(row)

    def listed(self, limit: int = 200) -> tuple[ListedFollowUp, ...]:
        """For the desk: what is planned, soonest first, then what was sent or cancelled, newest first."""
        names = (
            _conversations.c.customer_name,
            _conversations.c.customer_level,
            _conversations.c.customer_verified,
        )
        query = (
            sa.select(_jobs, *names, _messages.c.text)
            .join(_conversations, _conversations.c.id == _jobs.c.conversation_id)
            .outerjoin(_messages, _messages.c.id == _jobs.c.message_id)
        )
        is_planned = _jobs.c.state == State.PLANNED.value
        with reading(self._engine) as connection:
            planned = connection.execute(query.where(is_planned).order_by(_jobs.c.due).limit(limit)).all()
            over = connection.execute(
                query.where(~is_planned).order_by(_jobs.c.settled_at.desc()).limit(limit)
            ).all()
        return tuple(_listed(row) for row in (*planned, *over))

    @staticmethod
    def may_be_stop(message: Message) -> bool:
        """Whether its words alone could mean `is_stop`; reads nothing, so it may run on the event loop."""
        return len(message.text) <= LONGEST_STOP and follow_up_lines().is_refusal(message.text, True)

    def is_stop(self, message: Message) -> bool:
        """Whether this customer's message is nothing but "no more of these", said to a follow-up."""
        if not self.may_be_stop(message):
            return False
        with reading(self._engine) as connection:
            return rows.answers_follow_up(connection, message.conversation_id, message.seq)


def _listed(row: Any) -> ListedFollowUp:
    customer = Customer(row.customer_id, row.customer_name, row.customer_level, row.customer_verified)
    return ListedFollowUp(rows.follow_up_from(row), customer, row.text or "")
