"""Which intents are weak, why, and what they are taken for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from bot.desk.conversations import Context, Customer, Draft, Turn
from bot.desk.desk import Desk, open_desk
from bot.desk.overview.questions import Asked
from bot.desk.ownership import Speaker
from bot.desk.schema import messages
from bot.learning.desk_chats import doubtful_at_desk
from bot.training.insights import confusions, health

NAMES = ("ask_size", "ask_stock", "track_order", "greet")
EXAMPLES = {"ask_size": 1000, "ask_stock": 900, "track_order": 800, "greet": 50}


def misread(text: str, expected: str, read_as: str, confidence: float = 0.5) -> dict:
    return {"text": text, "expected": expected, "read_as": read_as, "confidence": confidence}


def scores(f1: dict[str, float], *wrong: dict, support: int = 10) -> dict:
    return {"intents": {name: {"f1": one, "support": support} for name, one in f1.items()}, "misread": wrong}


def problems(rows, name: str) -> tuple[str, ...]:
    return next(row.problems for row in rows if row.name == name)


def test_a_cell_of_the_grid_opens_to_its_sentences_the_surest_first():
    first, second = confusions(
        [
            misread("有没有M", "ask_stock", "ask_size", 0.4),
            misread("到哪了", "track_order", "greet"),
            misread("M码有吗", "ask_stock", "ask_size", 0.9),
        ]
    )
    assert (first.expected, first.read_as) == ("ask_stock", "ask_size")
    assert [each["text"] for each in first.sentences] == ["M码有吗", "有没有M"]
    assert len(second.sentences) == 1


def test_an_intent_that_misreads_every_fifth_sentence_is_confused_and_comes_first():
    rows = health(NAMES, EXAMPLES, scores({"ask_size": 0.95, "ask_stock": 0.79}), [])
    assert rows[0].name == "ask_stock" and rows[0].problems == ("confused",)
    assert problems(rows, "ask_size") == ()


def test_four_held_out_sentences_are_too_few_to_call_an_intent_confused():
    assert problems(health(NAMES, EXAMPLES, scores({"ask_stock": 0.5}, support=4), []), "ask_stock") == ()


def test_what_an_intent_is_taken_for_is_told_most_often_first():
    wrong = [misread("1", "ask_stock", "greet"), *(misread(t, "ask_stock", "ask_size") for t in "23")]
    rows = health(NAMES, EXAMPLES, scores({"ask_stock": 0.6}, *wrong), [])
    assert rows[0].taken_for == ("ask_size", "greet")


def test_an_intent_with_far_fewer_examples_than_the_others_is_thin():
    rows = health(NAMES, EXAMPLES, None, [])
    assert problems(rows, "greet") == ("thin",)
    assert rows[0].name == "greet" and rows[0].f1 is None


def test_silence_about_an_intent_says_something_only_where_there_is_traffic():
    quiet, busy = [Asked("ask_size", 299, 0)], [Asked("ask_size", 300, 0)]
    assert problems(health(NAMES, EXAMPLES, None, quiet), "ask_stock") == ()
    assert problems(health(NAMES, EXAMPLES, None, busy), "ask_stock") == ("dead",)


def test_an_intent_the_bot_keeps_asking_back_about_is_told():
    heard = [Asked("ask_size", 10, 3), Asked("ask_stock", 9, 9), Asked("track_order", 10, 2)]
    rows = health(NAMES, EXAMPLES, None, heard)
    assert problems(rows, "ask_size") == ("asked_back",)
    assert problems(rows, "ask_stock") == problems(rows, "track_order") == ()


def opened(tmp_path: Path) -> Desk:
    return open_desk(f"sqlite:///{tmp_path / 'desk.db'}")


def asks(desk: Desk, name: str, text: str, confidence: float, action: str = "action_size") -> str:
    chat, _ = desk.conversations.open(Customer(name, name), Context())
    message = desk.conversations.customer_says(chat.id, Draft(Speaker.CUSTOMER, name, text)).message
    nlu = {"intent": "out_of_scope", "confidence": confidence, "entities": []}
    reply = Draft(Speaker.BOT, "小二", "…", source={"action": action})
    desk.conversations.record_turn(message, chat.version, Turn((reply,), nlu, {}))
    return chat.id


def test_doubtful_questions_of_the_desk_are_folded_and_carry_what_people_answered(tmp_path: Path):
    desk = opened(tmp_path)
    chat = asks(desk, "周", "能开车间参观吗", 0.3)
    asks(desk, "李", "能开车间参观吗？", 0.2)
    asks(desk, "王", "穿什么码", 0.95)
    asks(desk, "陈", "这个嘛 13912345678", 0.95, action="action_clarify")
    desk.handoffs.claim(chat, "xiaolin")
    desk.conversations.agent_says(chat, "xiaolin", Draft(Speaker.AGENT, "小林", "车间暂时不接待参观"))
    found, rankings = doubtful_at_desk(desk.engine, 0.5, datetime.now(UTC))
    by_text = {one.text.rstrip("？"): one for one in found}
    assert set(by_text) == {"能开车间参观吗", "这个嘛"}
    assert len(by_text["能开车间参观吗"].askers) == 2
    assert by_text["能开车间参观吗"].answers == ("车间暂时不接待参观",)
    assert all(ranking[0][0] == "out_of_scope" for ranking in rankings)


def test_questions_older_than_a_month_are_no_news(tmp_path: Path):
    desk = opened(tmp_path)
    asks(desk, "周", "能开车间参观吗", 0.3)
    with desk.engine.begin() as connection:
        old = datetime.now(UTC) - timedelta(days=31)
        connection.execute(sa.update(messages).values(created_at=old))
    assert doubtful_at_desk(desk.engine, 0.5, datetime.now(UTC)) == ([], [])
