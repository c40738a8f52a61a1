"""Ticks under a message: only what is true, on both databases."""

from __future__ import annotations

from bot.desk.conversations import Conversation
from bot.desk.desk import Desk
from bot.desk.marks import Marks
from tests.desk.conftest import said


def _with_xiaolin(desk: Desk, conversation: Conversation) -> None:
    desk.handoffs.claim(conversation.id, "xiaolin")


def test_a_new_conversation_has_reached_nobody(desk: Desk, conversation: Conversation):
    assert desk.marks.of(conversation.id) == Marks(0, 0, 0)
    assert desk.marks.seen_by_customer("nobody's", 3) is None


def test_what_the_agent_has_read_has_also_reached_the_desk(desk: Desk, conversation: Conversation):
    desk.conversations.customer_says(conversation.id, said("拉链坏了"))
    _with_xiaolin(desk, conversation)
    assert desk.marks.reached_desk(conversation.id, 1) == Marks(1, 0, 0)
    desk.conversations.customer_says(conversation.id, said("怎么办"))
    assert desk.marks.read_by(conversation.id, "xiaolin", 2) == Marks(2, 2, 0)


def test_a_colleague_who_looks_in_has_not_read_it_for_the_customer(desk: Desk, conversation: Conversation):
    desk.conversations.customer_says(conversation.id, said("拉链坏了"))
    _with_xiaolin(desk, conversation)
    assert desk.marks.read_by(conversation.id, "aqing", 1) is None
    assert desk.marks.of(conversation.id).read == 0


def test_while_the_bot_answers_an_open_desk_marks_nothing(desk: Desk, conversation: Conversation):
    desk.conversations.customer_says(conversation.id, said("在吗"))
    assert desk.marks.reached_desk(conversation.id, 1) is None


def test_marks_never_go_back_nor_beyond_what_was_said(desk: Desk, conversation: Conversation):
    desk.conversations.customer_says(conversation.id, said("在吗"))
    assert desk.marks.seen_by_customer(conversation.id, 99) == Marks(0, 0, 1)
    assert desk.marks.seen_by_customer(conversation.id, 1) is None
    desk.conversations.customer_says(conversation.id, said("您好"))
    assert desk.marks.seen_by_customer(conversation.id, 1) is None
    assert desk.marks.of(conversation.id).seen == 1
