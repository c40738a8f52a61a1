"""What of the desk's messages waits in the trainer's inbox, in which order and why."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.desk.conversations import NotFound
from bot.desk.schema import suggestion_rejections
from bot.training.annotations import Annotations
from bot.training.inbox import inbox, text_of
from tests.training.conftest import ANSWER, NOW, blank, say


def test_an_uncertain_message_waits_in_the_inbox_with_its_three_nearest_intents(engine: sa.Engine) -> None:
    say(engine, "那个大的还有不", 0.2)
    say(engine, "有货吗", 0.95)
    (item,) = inbox(engine, ANSWER, NOW)
    assert (item.text, item.reasons) == ("那个大的还有不", ("uncertain",))
    assert [each["name"] for each in item.ranking] == ["ask_stock", "ask_size", "ask_price"]


def test_near_duplicates_are_one_item_and_count_for_more(engine: sa.Engine) -> None:
    for number, text in enumerate(
        ["我昨天拍的今天能发走吗", "我昨天拍的今天能发走吗？", "我昨天拍的今天能发走不", "啥时候补货呢亲"]
    ):
        say(engine, text, 0.2, f"c{number}")
    items = inbox(engine, ANSWER, NOW)
    assert [item.count for item in items] == [3, 1]
    assert items[0].value > items[1].value


def test_what_led_to_a_handoff_comes_before_what_did_not(engine: sa.Engine) -> None:
    say(engine, "随便问问这个", 0.2, "calm")
    say(
        engine,
        "你们支持外星快递吗",
        0.2,
        "lost",
        reason="out_of_scope",
        handed_over_at=NOW - timedelta(minutes=4.5),
    )
    assert [item.reasons for item in inbox(engine, ANSWER, NOW)] == [
        ("uncertain", "handed_over"),
        ("uncertain",),
    ]


def test_what_an_agent_would_not_say_comes_before_what_nobody_minded(engine: sa.Engine) -> None:
    say(engine, "随便问问这个", 0.2, "calm")
    say(engine, "充绒量多少", 0.2, "agent")
    say(engine, "袖口会不会磨", 0.95, "sure")
    for conversation, question in (("agent", "充绒量多少？"), ("sure", "袖口会不会磨")):
        row = blank(suggestion_rejections) | {"score": 0.5}
        row |= {"id": conversation, "conversation_id": conversation, "question": question, "created_at": NOW}
        with engine.begin() as connection:
            connection.execute(sa.insert(suggestion_rejections).values(**row))
    found = [(item.text, item.reasons) for item in inbox(engine, ANSWER, NOW)]
    assert found[0] == ("充绒量多少", ("uncertain", "rejected"))
    assert found[-1] == ("袖口会不会磨", ("rejected",))


def test_a_customer_s_own_wish_for_a_person_is_no_misreading(engine: sa.Engine) -> None:
    say(engine, "转人工", 0.99, reason="requested", handed_over_at=NOW - timedelta(minutes=4.9))
    assert inbox(engine, ANSWER, NOW) == []


def test_the_lines_before_a_message_are_its_context(engine: sa.Engine) -> None:
    for text in ("在吗", "看看羽绒服", "大的呢"):
        say(engine, text, 0.9 if text != "大的呢" else 0.1)
    (item,) = inbox(engine, ANSWER, NOW)
    assert [line["text"] for line in item.context] == ["在吗", "看看羽绒服"]


def test_a_decided_message_leaves_the_inbox_and_returns_when_the_decision_is_dropped(
    engine: sa.Engine, annotations: Annotations
) -> None:
    number = say(engine, "那个大的还有不", 0.2)
    change = annotations.stage(number, text_of(engine, number), "ask_stock", [], "wen")
    assert inbox(engine, ANSWER, NOW) == []
    annotations.drop(change.id)
    assert len(inbox(engine, ANSWER, NOW)) == 1


def test_a_message_put_aside_changes_no_file(engine: sa.Engine, annotations: Annotations) -> None:
    number = say(engine, "？？？", 0.2)
    annotations.stage(number, "？？？", None, [], "wen")
    assert annotations.list() == [] and annotations.diff() == ""
    assert inbox(engine, ANSWER, NOW) == []


def test_nobody_labels_a_message_that_is_not_there(engine: sa.Engine) -> None:
    with pytest.raises(NotFound):
        text_of(engine, "nope")
