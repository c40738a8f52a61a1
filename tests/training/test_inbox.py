"""Which messages a trainer is shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.desk.conversations import Context, Customer, Draft, Turn
from bot.desk.desk import Desk, open_desk
from bot.desk.ownership import Speaker
from bot.training.annotations import Annotations
from bot.training.inbox import InboxItem, inbox

ANSWER_FROM = 0.4


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(f"sqlite:///{tmp_path / 'desk.db'}")
    yield opened
    opened.engine.dispose()


def heard(desk: Desk, text: str, confidence: float) -> None:
    """A customer of her own writes, and the bot reads it with this confidence."""
    conversation, _ = desk.conversations.open(Customer(f"guest-{text}"), Context())
    message = desk.conversations.customer_says(conversation.id, Draft(Speaker.CUSTOMER, "", text)).message
    ranking = [{"name": "bargain", "confidence": confidence}, {"name": "ask_price", "confidence": 0.1}]
    nlu = {"intent": "bargain", "confidence": confidence, "entities": [], "ranking": ranking}
    turn = Turn((Draft(Speaker.BOT, "小二", "好的"),), nlu, {})
    desk.conversations.record_turn(message, conversation.version, turn, [], None)


def read(desk: Desk) -> list[InboxItem]:
    return inbox(desk.engine, ANSWER_FROM, datetime.now(UTC))


def test_what_the_bot_was_sure_of_is_not_shown(desk: Desk) -> None:
    heard(desk, "便宜点行吗", 0.9)
    heard(desk, "300卖不卖", 0.3)
    assert [(item.text, item.reasons) for item in read(desk)] == [("300卖不卖", ("uncertain",))]


def test_messages_that_are_the_same_to_a_customer_are_one_decision(desk: Desk) -> None:
    heard(desk, "300卖不卖", 0.3)
    heard(desk, "300卖不卖？", 0.3)
    assert [item.count for item in read(desk)] == [2]


def test_a_decision_about_one_message_settles_all_like_it_until_it_is_taken_back(desk: Desk) -> None:
    heard(desk, "300卖不卖", 0.3)
    heard(desk, "300卖不卖？", 0.3)
    annotations = Annotations(desk.engine, Path("data/nlu"), Path())
    [item] = read(desk)
    change = annotations.stage(item.message_id, item.text, "bargain", (), "wen")
    assert read(desk) == []
    annotations.drop(change.id)
    assert [item.count for item in read(desk)] == [2]


def test_other_ways_to_say_it_are_told_once_each_and_without_the_shown_one(desk: Desk) -> None:
    for text in (
        "这件衣服三百块钱卖不卖",
        "这件衣服三百块卖不卖呀",
        "这件衣服三百块卖不卖呀？",
        "这件衣服三百块卖不卖",
    ):
        heard(desk, text, 0.3)
    [item] = read(desk)
    assert (item.text, item.count) == ("这件衣服三百块卖不卖", 4)
    assert {way["text"].rstrip("？") for way in item.also} == {
        "这件衣服三百块卖不卖呀",
        "这件衣服三百块钱卖不卖",
    }


def test_a_message_said_by_all_in_the_same_words_has_no_other_ways(desk: Desk) -> None:
    heard(desk, "300卖不卖", 0.3)
    heard(desk, "300卖不卖？", 0.3)
    assert read(desk)[0].also == ()
