"""Every figure of the managers' page on a made week whose answers can be counted by hand: SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from bot.desk import schema
from bot.desk.back_office.ledger import SHOP_TIME
from bot.desk.conversations import Context, Customer, Role
from bot.desk.desk import Desk
from bot.desk.overview import business, people, questions, visits
from bot.desk.overview.report import report
from bot.desk.overview.sheet import sheet
from bot.desk.overview.sql import Period, Spread
from bot.training.corrected import corrected
from bot.training.tables import staged_changes

MONDAY = date(2026, 11, 16)
WEEK = Period(MONDAY, MONDAY + timedelta(days=6))
NOW = datetime(2026, 11, 23, 12, tzinfo=SHOP_TIME)


def at(day: int, clock: str) -> datetime:
    """`day` counts from Monday, by the shop's clock."""
    moment = datetime.strptime(clock, "%H:%M:%S").time()
    return datetime.combine(MONDAY + timedelta(days=day), moment, SHOP_TIME)


class Book:
    """Writes rows as the desk would have, with times of our own."""

    def __init__(self, desk: Desk) -> None:
        self.engine, self.desk, self.lines = desk.engine, desk, 0

    def chat(self, name: str, is_signed: bool = True) -> str:
        return self.desk.conversations.open(Customer(name, name, "", is_signed), Context())[0].id

    def put(self, table: sa.Table, **values: object) -> None:
        with self.engine.begin() as connection:
            connection.execute(sa.insert(table).values(**values))

    def says(
        self, chat: str, sender: str, moment: datetime, reply_to: str | None = None, **more: object
    ) -> str:
        self.lines += 1
        values = {"author": sender, "text": "…", "buttons": [], "is_pending": False} | more
        name = f"m{self.lines}"
        self.put(
            schema.messages,
            id=name,
            conversation_id=chat,
            seq=self.lines,
            sender=sender,
            reply_to=reply_to,
            created_at=moment,
            **values,
        )
        return name

    def answered(
        self, chat: str, moment: datetime, seconds: float, intent: str = "ask_size", action: str = ""
    ):
        """A question the bot answers after so many seconds."""
        asked = self.says(chat, "customer", moment, nlu={"intent": intent, "confidence": 0.9})
        source = {"action": action or "action_size", "faq_id": None if action else "size.chart"}
        self.says(chat, "bot", moment + timedelta(seconds=seconds), asked, source=source)

    def steps(self, chat: str, *steps: tuple[str, str, str, str, datetime], why: str = "requested") -> None:
        for step, old, new, who, moment in steps:
            version = self.lines = self.lines + 1
            row = {"step": step, "old": old, "new": new, "who": who, "why": why if step == "ask" else ""}
            self.put(schema.handoff_log, conversation_id=chat, version=version, at=moment, **row)


@pytest.fixture
def book(desk: Desk) -> Book:
    return Book(desk)


def read(desk: Desk, figure, *more):
    with desk.engine.connect() as connection:
        return figure(connection, WEEK, *more)


def test_a_first_reply_counts_within_six_and_ten_seconds_to_the_very_second(desk: Desk, book: Book):
    for seconds in (1.5, 6, 6.001, 10, 10.001):
        book.answered(book.chat(f"c{seconds}"), at(0, "10:00:00"), seconds)
    book.says(book.chat("unanswered"), "customer", at(0, "11:00:00"))
    found = read(desk, visits.service)
    assert (found.visits, found.answered, found.within_6, found.within_10) == (6, 5, 2, 4)
    assert found.seconds == pytest.approx(6.7, abs=0.01)


def test_only_the_first_question_of_a_day_is_a_first_reply_and_the_next_day_is_a_visit_of_its_own(
    desk: Desk, book: Book
):
    chat = book.chat("c")
    book.answered(chat, at(0, "23:59:00"), 2)
    book.answered(chat, at(0, "23:59:30"), 100)
    book.answered(chat, at(1, "00:00:10"), 20)
    found = read(desk, visits.service)
    assert (found.visits, found.within_6, found.within_10) == (2, 1, 1)
    by_day = read(desk, visits.service_by, "day")
    assert {day: one.visits for day, one in by_day.items()} == {"2026-11-16": 1, "2026-11-17": 1}
    by_hour = read(desk, visits.service_by, "hour")
    assert {hour: one.visits for hour, one in by_hour.items()} == {23: 1, 0: 1}


def test_what_the_bot_says_unasked_is_no_reply(desk: Desk, book: Book):
    chat = book.chat("c")
    book.says(chat, "customer", at(0, "10:00:00"))
    book.says(chat, "system", at(0, "10:00:01"))
    book.says(chat, "bot", at(0, "10:00:02"))
    assert read(desk, visits.service).answered == 0


def test_days_outside_the_period_do_not_count(desk: Desk, book: Book):
    for day, clock in ((-1, "23:59:59"), (7, "00:00:00")):
        book.answered(book.chat(f"c{day}"), at(day, clock), 1)
    book.answered(book.chat("in"), at(6, "23:59:59"), 1)
    assert read(desk, visits.service).visits == 1


def test_the_bots_share_is_what_no_person_was_asked_for_and_none_wrote_in(desk: Desk, book: Book):
    alone, handed, stepped_in = book.chat("alone"), book.chat("handed"), book.chat("stepped in")
    for chat in (alone, handed, stepped_in):
        book.answered(chat, at(2, "10:00:00"), 2)
    book.steps(handed, ("ask", "bot", "queued", "bot", at(2, "10:01:00")))
    book.says(stepped_in, "agent", at(2, "10:05:00"))
    book.answered(handed, at(3, "10:00:00"), 2)  # next day the bot is enough
    found = read(desk, visits.service)
    assert (found.visits, found.by_bot, found.handed_over) == (4, 2, 1)


def test_handover_reasons_are_counted_once_a_handover(desk: Desk, book: Book):
    first, second = book.chat("a"), book.chat("b")
    book.steps(first, ("ask", "bot", "queued", "bot", at(0, "10:00:00")), why="requested")
    book.steps(first, ("ask", "queued", "queued", "bot", at(0, "10:01:00")), why="safety_or_legal")
    book.steps(second, ("ask", "bot", "queued", "bot", at(0, "10:00:00")), why="requested")
    book.steps(second, ("ask", "bot", "queued", "bot", at(1, "10:00:00")), why="complaint")
    assert read(desk, visits.handover_reasons) == [("requested", 2), ("complaint", 1)]


def test_waiting_and_handling_times_are_measured_step_by_step(desk: Desk, book: Book):
    for place, wait in enumerate((10, 20, 30, 40)):
        chat = book.chat(f"w{place}")
        start = at(0, "10:00:00")
        took = start + timedelta(seconds=wait)
        book.steps(
            chat,
            ("ask", "bot", "queued", "bot", start),
            ("claim", "queued", "human", "xiaolin", took),
            ("close", "human", "closed", "xiaolin", took + timedelta(seconds=100 + wait)),
        )
    left = book.chat("left")
    book.steps(
        left,
        ("ask", "bot", "queued", "bot", at(1, "10:00:00")),
        ("leave", "queued", "bot", "left", at(1, "10:01:00")),
    )
    still = book.chat("still")
    book.steps(still, ("ask", "bot", "queued", "bot", at(1, "10:00:00")))
    found = read(desk, people.waiting)
    assert found.taken == Spread(4, 25.0, 20.0, 40.0)
    assert (found.left, found.still) == (1, 1)
    assert read(desk, people.handling) == Spread(4, 125.0, 120.0, 140.0)


def test_after_a_transfer_the_time_is_the_second_agents(desk: Desk, book: Book):
    desk.agents.create("aqing", "阿青", Role.AGENT, "correct horse battery")
    book.steps(
        book.chat("c"),
        ("claim", "bot", "human", "xiaolin", at(0, "10:00:00")),
        ("transfer", "human", "human", "xiaolin", at(0, "10:10:00")),
        ("return", "human", "bot", "aqing", at(0, "10:11:00")),
    )
    (row,) = read(desk, people.by_agent)
    assert (row.name, row.chats, row.handling) == ("阿青", 1, 60.0)


def test_a_week_without_people_has_no_times_rather_than_zero(desk: Desk):
    assert read(desk, people.handling) == Spread(0, None, None, None)
    assert read(desk, people.rated).mean is None


def test_ratings_are_averaged_and_told_by_score_and_by_agent(desk: Desk, book: Book):
    desk.agents.create("xiaolin", "小林", Role.AGENT, "correct horse battery")
    for place, (score, agent) in enumerate(((5, "xiaolin"), (4, "xiaolin"), (1, None))):
        row = {"score": score, "text": "", "agent": agent, "created_at": at(3, "10:00:00")}
        book.put(schema.ratings, conversation_id=book.chat(f"r{place}"), **row)
    found = read(desk, people.rated)
    assert (found.count, found.mean, found.scores) == (3, 3.33, (1, 0, 0, 1, 1))
    (row,) = read(desk, people.by_agent)
    assert (row.name, row.ratings, row.rating) == ("小林", 2, 4.5)


def order(book: Book, name: str, customer: str, moment: datetime, amount: str, state: str = "paid") -> None:
    body = {"amount": amount, "state": state}
    book.put(schema.orders, id=name, customer_id=customer, placed_at=moment, body=body)


def test_an_order_within_two_days_of_a_chat_is_taken_to_come_of_it(desk: Desk, book: Book):
    for name in ("buys", "bought before", "too late", "cancelled"):
        book.answered(book.chat(name), at(0, "10:00:00"), 2)
    book.answered(book.chat("guest", is_signed=False), at(0, "10:00:00"), 2)
    order(book, "o1", "buys", at(1, "09:00:00"), "389.00")
    order(book, "o2", "buys", at(1, "09:30:00"), "10.50")
    order(book, "o3", "bought before", at(0, "09:59:59"), "99.00")
    order(book, "o4", "too late", at(2, "10:00:01"), "99.00")
    order(book, "o5", "cancelled", at(0, "11:00:00"), "99.00", "cancelled")
    order(book, "o6", "guest", at(0, "11:00:00"), "99.00")
    assert read(desk, business.conversion) == business.Conversion(4, 1, 2, Decimal("399.50"))


def test_promises_are_kept_late_or_open_once_they_fall_due(desk: Desk, book: Book):
    chat = book.chat("c")
    for place, (due, done) in enumerate(
        (
            (at(1, "18:00:00"), at(1, "17:59:59")),
            (at(1, "18:00:00"), at(1, "18:00:01")),
            (at(2, "18:00:00"), None),
            (at(8, "18:00:00"), None),
        )
    ):
        row = {"id": f"p{place}", "text": "补发", "owner": "bot", "created_at": at(0, "10:00:00")}
        book.put(
            schema.promises, conversation_id=chat, due=due, done_at=done, is_done=done is not None, **row
        )
    assert read(desk, business.kept, NOW) == business.Kept(due=3, kept=2, late=1)
    assert read(desk, business.kept, at(1, "20:00:00")) == business.Kept(due=2, kept=2, late=1)


def test_settling_a_promise_remembers_when_and_opening_it_again_forgets(desk: Desk, book: Book):
    chat = book.chat("c")
    promise = desk.records.add_promise(chat, "补发", None, "bot")
    desk.records.settle_promise(chat, promise.id)
    assert desk.records.promises(chat)[0].done_at is not None
    desk.records.settle_promise(chat, promise.id, is_done=False)
    assert desk.records.promises(chat)[0].done_at is None


def test_top_questions_tell_how_often_the_bot_had_to_ask_back(desk: Desk, book: Book):
    chat = book.chat("c")
    book.answered(chat, at(0, "10:00:00"), 1, "ask_size")
    book.answered(chat, at(0, "10:01:00"), 1, "ask_size", action="action_clarify")
    book.answered(chat, at(0, "10:02:00"), 1, "ask_stock")
    book.says(chat, "customer", at(0, "10:03:00"), payload="/ask_size", nlu={"intent": "ask_size"})
    assert read(desk, questions.top_intents) == [
        questions.Asked("ask_size", 2, 1),
        questions.Asked("ask_stock", 1, 0),
    ]
    assert read(desk, questions.understood) == questions.Understood(3, 1)
    assert read(desk, questions.top_scripts) == [questions.Asked("size.chart", 2, 0)]


def test_a_message_a_trainer_reads_otherwise_was_misread(desk: Desk, book: Book):
    chat = book.chat("c")
    for place, (intent, state) in enumerate(
        (("ask_stock", "applied"), ("ask_size", "staged"), ("ask_stock", "dropped"), (None, "discarded"))
    ):
        moment = at(0, "10:00:00")
        message = book.says(chat, "customer", moment, nlu={"intent": "ask_size", "confidence": 0.4})
        row = {"text": "…", "entities": [], "trainer": "wen", "created_at": moment}
        book.put(staged_changes, id=f"s{place}", message_id=message, intent=intent, state=state, **row)
    assert corrected(desk.engine, WEEK.start, WEEK.end) == 1


def test_the_report_has_every_day_and_hour_and_the_week_before(desk: Desk, book: Book):
    book.answered(book.chat("this week"), at(0, "10:00:00"), 2)
    book.answered(book.chat("last week"), at(-7, "10:00:00"), 8)
    found = report(desk.engine, WEEK, NOW)
    assert len(found.days) == 7 and len(found.hours) == 24
    assert (found.now.service.within_6, found.before.service.within_6) == (1, 0)
    assert (found.days[MONDAY].visits, found.hours[10].visits, found.hours[11].visits) == (1, 1, 0)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2", "@sum", " =1+1", "\t=1"])
def test_no_cell_of_a_downloaded_table_is_a_formula(text: str):
    first, second, number = sheet([[text, "尺码", -3]]).strip().lstrip("\ufeff").split(",")
    assert (first.strip('"')[0], second, number) == ("'", "尺码", "-3")
