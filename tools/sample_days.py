"""Two made weeks in an empty desk, so that the managers' page has something to show in docs/screenshots."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa

from bot.desk import schema
from bot.desk.back_office.ledger import SHOP_TIME
from bot.desk.back_office.order_actions import ActionKind, order_actions
from bot.desk.conversations import Context, Customer, Reason
from bot.desk.desk import open_desk

DAYS = 14
BY_HOUR = (2, 1, 1, 0, 0, 0, 1, 2, 4, 7, 9, 8, 6, 6, 7, 8, 8, 7, 6, 8, 12, 14, 11, 5)
"""How busy each hour of a shop's day is: after supper most of all."""
ASKED = {
    "ask_size": 22, "ask_shipping_time": 17, "track_order": 15, "ask_promotion": 12, "bargain": 11,
    "ask_return": 8, "ask_stock": 8, "ask_product_info": 6, "report_defect": 5, "modify_order": 4,
}  # fmt: skip
SCRIPTS = {
    "ask_shipping_time": "shipping.ship-today",
    "ask_return": "return-fee.who-pays-postage",
    "ask_product_info": "product.material",
    "ask_promotion": "promotion.whats-on",
}
REASONS = {
    Reason.REQUESTED: 9,
    Reason.BEYOND_AUTHORITY: 5,
    Reason.REPEATED_FAILURE: 4,
    Reason.COMPLAINT: 3,
    Reason.HIGH_VALUE: 1,
}
REMEDIES = (("退一部分钱", "20.00"), ("换一件新的", "32.50"), ("补一张券", "15.00"), ("免费补发配件", "6.00"))
AGENTS = ("xiaolin", "aqing", "zhou")


class SampleDays:
    """Writes rows as the desk would have, with times of their own; the same ones every time."""

    def __init__(self, database: str) -> None:
        self._desk, self._dice = open_desk(database), random.Random(8)
        self._rows: list[tuple[sa.Table, dict[str, object]]] = []

    def write(self, now: datetime) -> None:
        for moment in self._visits(now):
            self._visit(moment)
        with self._desk.engine.begin() as connection:
            for table, row in self._rows:
                connection.execute(sa.insert(table).values(**row))
        self._desk.engine.dispose()

    def _visits(self, now: datetime) -> Iterator[datetime]:
        today = now.astimezone(SHOP_TIME).replace(hour=0, minute=0, second=0, microsecond=0)
        for ago in range(DAYS - 1, -1, -1):
            for hour, busy in enumerate(BY_HOUR):
                for _ in range(round(busy * self._dice.uniform(0.5, 1.3) * (1.25 if ago < 7 else 1))):
                    moment = (
                        today
                        - timedelta(days=ago)
                        + timedelta(hours=hour, seconds=self._dice.randrange(3600))
                    )
                    if moment < now - timedelta(hours=1):
                        yield moment

    def _visit(self, moment: datetime) -> None:
        """A question or three, one time in eight a person, one in four a rating."""
        name = uuid4().hex
        chat = self._desk.conversations.open(Customer(name, "顾客", "", True), Context())[0].id
        for step in range(self._dice.choice((1, 1, 2, 3))):
            self._question(chat, moment + timedelta(seconds=50 * step))
        agent = self._dice.choice(AGENTS) if self._dice.random() < 0.125 else None
        if agent:
            self._handed_over(chat, moment + timedelta(minutes=3), agent)
        if self._dice.random() < 0.25:
            score = self._dice.choices((5, 4, 3, 2, 1), (60, 25, 8, 4, 3))[0]
            at = moment + timedelta(minutes=20)
            self._put(schema.ratings, conversation_id=chat, score=score, text="", agent=agent, created_at=at)
        if self._dice.random() < 0.31:
            body = {"amount": f"{self._dice.choice((59, 129, 199, 299, 389))}.00", "state": "paid"}
            at = moment + timedelta(hours=1)
            self._put(schema.orders, id=uuid4().hex, customer_id=name, placed_at=at, body=body)

    def _question(self, chat: str, moment: datetime) -> None:
        intent = self._dice.choices(tuple(ASKED), tuple(ASKED.values()))[0]
        is_unclear = self._dice.random() < 0.04
        source = {
            "action": "action_clarify" if is_unclear else "action_answer",
            "faq_id": SCRIPTS.get(intent),
        }
        asked = self._said(chat, "customer", moment, nlu={"intent": intent, "confidence": 0.9})
        took = self._dice.choices((1.4, 2.6, 7.5, 15), (70, 22, 6, 2))[0]
        self._said(chat, "bot", moment + timedelta(seconds=took), source=source, reply_to=asked)

    def _said(self, chat: str, sender: str, moment: datetime, **more: object) -> str:
        name = uuid4().hex
        fixed = {"author": sender, "text": "…", "buttons": [], "is_pending": False}
        row = {
            "id": name,
            "seq": 1000 + len(self._rows),
            "sender": sender,
            "created_at": moment,
            **fixed,
            **more,
        }
        self._put(schema.messages, conversation_id=chat, **row)
        return name

    def _handed_over(self, chat: str, moment: datetime, agent: str) -> None:
        why = self._dice.choices(tuple(REASONS), tuple(REASONS.values()))[0].value
        took = moment + timedelta(seconds=self._dice.choice((4, 6, 9, 14, 40)))
        done = took + timedelta(seconds=self._dice.randrange(120, 700))
        steps = (
            ("ask", "bot", "queued", "bot", moment),
            ("claim", "queued", "human", agent, took),
            ("close", "human", "closed", agent, done),
        )
        for number, (step, old, new, who, at) in enumerate(steps, 100):
            row = {"step": step, "old": old, "new": new, "who": who, "at": at}
            self._put(
                schema.handoff_log,
                conversation_id=chat,
                version=number,
                why=why if step == "ask" else "",
                **row,
            )
        self._promise(chat, done)
        if self._dice.random() < 0.4:
            title, cost = self._dice.choice(REMEDIES)
            row = {"kind": ActionKind.REMEDY.value, "title": title, "text": title, "cost": cost, "who": agent}
            self._put(order_actions, conversation_id=chat, order_id="", ref=uuid4().hex, at=done, **row)

    def _promise(self, chat: str, moment: datetime) -> None:
        due, is_done = moment + timedelta(hours=5), self._dice.random() < 0.93
        row = {"due": due, "created_at": moment, "is_done": is_done, "done_at": moment if is_done else None}
        self._put(schema.promises, id=uuid4().hex, conversation_id=chat, text="补发", owner="bot", **row)

    def _put(self, table: sa.Table, **values: object) -> None:
        self._rows.append((table, values))
