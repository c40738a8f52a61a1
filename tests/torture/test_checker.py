"""The checker sees each kind of damage; a checker that cannot fail would prove nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.desk import schema
from bot.desk.conversations import Context, Customer, Draft, Turn
from bot.desk.desk import Desk, open_desk
from bot.desk.ownership import Speaker
from bot.desk.rows import now
from tests.torture.checker import KINDS, check, load
from tests.torture.records import Records, Sent

QUESTIONS = ("在吗", "能便宜吗")


class Run:
    """A conversation of two answered questions, as its clients, the desk and the tracker know it."""

    def __init__(self, folder: Path) -> None:
        self.url, self.trackers = f"sqlite:///{folder / 'desk.db'}", folder / "rasa.db"
        self.desk: Desk = open_desk(self.url)
        conversation, _ = self.desk.conversations.open(Customer("c"), Context())
        self.id, self.records = conversation.id, Records()
        self.asked = []
        for number, text in enumerate(QUESTIONS):
            sent = Sent(self.id, "customer", f"q{number}", text)
            said = self.desk.conversations.customer_says(
                self.id, Draft(Speaker.CUSTOMER, "", text, client_id=f"q{number}")
            )
            reply = Draft(Speaker.BOT, "小二", f"答：{text}")
            self.desk.conversations.record_turn(
                said.message, said.conversation.version, Turn((reply,), {}, {})
            )
            sent.acknowledge({"id": said.message.id, "seq": said.message.seq})
            self.records.sent.append(sent)
            self.asked.append(said.message.id)
        stored = self.desk.conversations.messages(self.id)
        self.records.events[self.id] = [[(each.seq, each.id) for each in stored]]
        self.hear(self.asked)

    def hear(self, ids: list[str]) -> None:
        with sqlite3.connect(self.trackers) as connection:
            connection.execute(
                "create table if not exists events (id integer primary key, sender_id, type_name, data)"
            )
            connection.execute("delete from events")
            rows = [(self.id, "user", json.dumps({"message_id": each})) for each in ids]
            connection.executemany("insert into events (sender_id, type_name, data) values (?, ?, ?)", rows)

    def change(self, statement: sa.Executable) -> None:
        with self.desk.engine.begin() as connection:
            connection.execute(statement)

    def findings(self) -> dict[str, list[str]]:
        return check(self.records, load(self.url), self.trackers)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(tmp_path)


def message(run: Run, seq: int) -> sa.ColumnElement[bool]:
    return sa.and_(schema.messages.c.conversation_id == run.id, schema.messages.c.seq == seq)


def lose(run: Run) -> None:
    run.change(sa.delete(schema.messages).where(message(run, 3)))


def answer_twice(run: Run) -> None:
    first = run.asked[0]
    run.change(sa.update(schema.messages).where(message(run, 4)).values(reply_to=first))


def swap(run: Run) -> None:
    first, second = run.records.sent
    first.sent_at, first.acknowledged_at, second.sent_at = 30.0, 40.0, 10.0
    second.acknowledged_at = 20.0


def forget_the_answer(run: Run) -> None:
    run.change(sa.update(schema.messages).where(message(run, 3)).values(is_pending=True))


def answer_late(run: Run) -> None:
    late = now() + timedelta(seconds=60)
    run.change(sa.update(schema.messages).where(message(run, 4)).values(created_at=late))


def speak_out_of_turn(run: Run) -> None:
    run.change(sa.update(schema.messages).where(message(run, 2)).values(sender="agent"))


def skip_on_the_page(run: Run) -> None:
    del run.records.events[run.id][0][1]


def run_a_turn_twice(run: Run) -> None:
    run.hear([run.asked[0], run.asked[0], run.asked[1]])


def change_the_text(run: Run) -> None:
    run.records.sent[0] = replace(run.records.sent[0], text="别的话")


def fail(run: Run) -> None:
    run.records.oddities.append("GET /: 500")


def test_an_honest_run_is_clean(run: Run) -> None:
    assert run.findings() == {kind: [] for kind in KINDS}


@pytest.mark.parametrize(
    ("damage", "kind"),
    [
        (lose, "lost"),
        (change_the_text, "lost"),
        (answer_twice, "doubled"),
        (swap, "reordered"),
        (forget_the_answer, "unanswered"),
        (answer_late, "unanswered"),
        (speak_out_of_turn, "owner"),
        (skip_on_the_page, "page"),
        (run_a_turn_twice, "tracker"),
        (fail, "errors"),
    ],
)
def test_every_kind_of_damage_is_found(run: Run, damage: Callable[[Run], None], kind: str) -> None:
    damage(run)
    assert run.findings()[kind]
