"""The system's words: every one that the code says exists, and agents' briefs are short."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.desk import lines
from bot.desk.brief import brief
from bot.desk.conversations import Context, Conversation, Customer, Message, Reason
from bot.desk.ownership import Owner, Speaker
from bot.files import read_yaml
from bot.shop.talk.handoff import PRIORITY

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [*(ROOT / "bot" / "desk").glob("*.py"), *(ROOT / "bot" / "web").glob("*.py")]


def said_in_code(pattern: str) -> set[str]:
    return {name for path in SOURCES for name in re.findall(pattern, path.read_text(encoding="utf-8"))}


def test_every_problem_that_a_route_raises_has_a_title():
    raised = said_in_code(r'Problem\(\s*"([\w-]+)"')
    assert raised and raised <= set(read_yaml(lines.LINES_FILE)["problems"])


def test_every_line_to_the_customer_exists_and_none_is_idle():
    said = said_in_code(r'system_line\(\s*"(\w+)"') | said_in_code(r'"customer", "(\w+)"')
    said |= said_in_code(r'system_line\("(\w+)" if') | said_in_code(r'else "(system_down_nobody)"')
    said |= said_in_code(r'(?:return|else) "(remedy_\w+)"') | said_in_code(r'"(remedy_explain)" if')
    assert said == set(read_yaml(lines.LINES_FILE)["customer"])


def test_every_reason_and_owner_has_a_name():
    document = read_yaml(lines.LINES_FILE)
    assert set(document["reasons"]) == {reason.value for reason in Reason} == set(PRIORITY)
    assert set(document["owners"]) == {owner.value for owner in Owner}


def wordings(value: object) -> list[str]:
    """All texts in a document."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in wordings(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in wordings(inner)]
    return [str(value)]


def test_chinese_lines_use_full_width_marks():
    for text in wordings(read_yaml(lines.LINES_FILE)):
        assert not re.search(r"[\u4e00-\u9fff][,?!;:]|[,?!;:][\u4e00-\u9fff]", text), text


MOMENT = datetime(2026, 11, 20, tzinfo=UTC)


def a_message(text: str, sender: Speaker = Speaker.CUSTOMER) -> Message:
    return Message(
        "m", "c", 1, sender, "", text, (), None, None, None, None, None, False, None, None, MOMENT
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "退" * 500])
def test_a_brief_has_at_most_five_lines_none_of_them_long_or_empty(text: str):
    conversation = Conversation(
        id="c",
        customer=Customer("c-1"),
        context=Context("coat", "2026"),
        owner=Owner.BOT,
        version=1,
        agent=None,
        reason=None,
        priority=0,
        summary=(),
        slots={},
        waiting_since=None,
        handed_over_at=None,
        tag="",
        handback=None,
        last_seq=1,
        created_at=MOMENT,
        updated_at=MOMENT,
        closed_at=None,
    )
    found = brief(conversation, "requested", [a_message(text)], "云朵羽绒服")
    assert len(found) <= 5 and all(0 < len(line) < 80 for line in found)
    assert found[0] == "原因：客户要求人工"
