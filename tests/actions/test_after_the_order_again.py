"""After the order, by whole dialogues: docs/transcript-review.md, fifth round, review I."""

from __future__ import annotations

from typing import Any

import pytest

from actions.parcels.tracking import Track
from actions.talk.handoff import HandOff
from actions.talk.small_talk import Affirm
from tests.actions.conftest import say
from tests.actions.small_rasa import Conversation

JACKET, BOXES, SCARF = "88261100010042", "88261100010117", "88261100010091"


def words(said: list[dict[str, Any]]) -> str:
    return "\n".join(message.get("text") or message.get("response") or "" for message in said)


def test_the_sum_of_what_was_agreed_is_told_and_nothing_circles() -> None:
    settled = {"order": JACKET, "kind": "partial_refund", "amount": "50", "issue": "defect"}
    chat = Conversation({"customer_id": "c-zhou"})
    chat.slots |= {"order_id": JACKET, "settled": settled}
    assert "50 元" in words(chat.send("ask_refund", "退多少"))


def test_a_settled_exchange_pays_nothing_back() -> None:
    chat = Conversation({"customer_id": "c-zhou"})
    chat.slots |= {"order_id": JACKET, "settled": {"order": JACKET, "kind": "exchange", "amount": "0"}}
    assert "不退钱" in words(chat.send("ask_refund", "退多少"))


def test_what_is_past_its_days_is_told_so_and_nothing_circles() -> None:
    chat = Conversation({"customer_id": "c-deng"})
    order = "88261100010265"
    chat.slots |= {"order_id": order, "pending": "action_return", "draft": {"return": order, "asked": True}}
    assert "utter_return_over" in words(chat.send("ask_refund", "退多少"))


def test_two_rules_that_leave_a_message_to_each_other_end_with_a_person() -> None:
    turns = [{"event": "user"}, *({"event": "action", "name": "action_affirm"} for _ in range(2))]
    assert say(Affirm(), "嗯", "affirm", events=turns).follows == "action_handoff"


@pytest.mark.parametrize("text", ["还要等多久啊", "多久能有人", "有没有人啊", "在不在"])
def test_who_waits_is_told_where_she_stands(text: str) -> None:
    said = say(HandOff(), text, "greet", waiting_as="requested", customer_id="c-zhou")
    assert said.responses == ["utter_handoff_waiting_open"]
    assert (
        say(Track(), text, "greet", waiting_as="requested", customer_id="c-zhou").follows == "action_handoff"
    )
    assert say(Track(), text, "greet", customer_id="c-zhou").follows != "action_handoff"


def test_no_person_wanted_any_more_asks_for_none() -> None:
    for waiting in ("requested", None):
        said = say(HandOff(), "算了不用人工了", "request_human", waiting_as=waiting, customer_id="c-zhou")
        assert said.effects == []
        assert "我接着给您办" in said.text


def test_by_when_the_missing_parcel_is_answered() -> None:
    chat = Conversation({"customer_id": "c-he"})
    chat.slots |= {"order_id": BOXES}
    chat.send("track_order", "显示签收了 我没收到啊")
    chat.send("inform", "门卫说没有")
    assert "前给您答复" in words(chat.send("ask_shipping_time", "那怎么办 多久能给我答复"))


def test_two_bought_and_one_come_is_one_missing() -> None:
    chat = Conversation({"customer_id": "c-he"})
    entities = {"product": "box-fabric-66", "quantity": "2"}
    chat.send("report_wrong_item", "收纳箱我买了两个就来一个", entities)
    assert chat.slots["trouble"]["issue"] == "missing"
    assert chat.slots["trouble"]["pieces"] == 1
