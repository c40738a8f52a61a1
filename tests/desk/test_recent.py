"""What is kept in memory for pages that come back is exactly what the store would tell, or nothing."""

from __future__ import annotations

import pytest

from bot.desk.recent import MOST_MESSAGES, Recent

MARKS = {"type": "marks", "delivered": 0, "read": 0}


def message(seq: int) -> dict:
    return {"type": "message", "message": {"seq": seq}}


def owner(name: str, version: int) -> dict:
    return {"type": "owner", "owner": name, "version": version, "agent": None}


def numbers(told: tuple[dict, ...] | None) -> list[int] | None:
    return None if told is None else [each["message"]["seq"] for each in told if each["type"] == "message"]


@pytest.fixture
def recent() -> Recent:
    """Knows messages 3 and 4 of a chat that the bot has."""
    kept = Recent()
    kept.complete("c", kept.watch("c"), 2, [message(3), message(4), owner("bot", 1), MARKS])
    return kept


@pytest.mark.parametrize(("after", "expected"), [(1, None), (2, [3, 4]), (3, [4]), (4, []), (5, None)])
def test_a_page_gets_what_it_has_missed_or_the_store_is_asked(recent: Recent, after: int, expected):
    assert numbers(recent.since("c", after)) == expected


def test_what_is_said_while_the_store_is_read_is_neither_missed_nor_told_twice():
    recent = Recent()
    chat = recent.watch("c")
    for event in (message(4), message(5), owner("human", 3)):
        recent.hear("c", event)
    assert recent.since("c", 0) is None
    recent.complete("c", chat, 0, [message(1), message(2), message(3), message(4), owner("queued", 2), MARKS])
    told = recent.since("c", 2)
    assert numbers(told) == [3, 4, 5] and owner("human", 3) in told


def test_a_gap_is_forgotten_and_not_told(recent: Recent):
    recent.hear("c", message(6))
    assert recent.since("c", 4) is None


def test_only_the_newest_messages_and_chats_are_kept(recent: Recent):
    for seq in range(5, 100):
        recent.hear("c", message(seq))
    assert numbers(recent.since("c", 99 - MOST_MESSAGES)) == list(range(100 - MOST_MESSAGES, 100))
    assert recent.since("c", 98 - MOST_MESSAGES) is None
    few = Recent(most=2)
    for name in "abc":
        few.complete(name, few.watch(name), 0, [message(1), owner("bot", 1), MARKS])
        few.remember(f"token of {name}", name)
    assert few.since("a", 0) is None and few.since("c", 0)
    assert few.conversation_of("token of a") is None and few.conversation_of("token of c") == "c"


def test_who_waits_is_told_her_place_by_the_store(recent: Recent):
    recent.hear("c", owner("queued", 2))
    assert recent.since("c", 4) is None


def test_late_news_of_an_earlier_owner_changes_nothing(recent: Recent):
    recent.hear("c", owner("human", 3))
    recent.hear("c", owner("bot", 1))
    assert owner("human", 3) in recent.since("c", 4)
