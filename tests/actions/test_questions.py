"""An open question: answered first, left aside for another wish, put again once, and never for ever."""

from __future__ import annotations

import pytest

from actions.common.questions import LEAVES
from actions.orders.address_question import AddressQuestion
from actions.sizes.size_question import SizeQuestion
from tests.actions.conftest import Said, say

OPEN = {"requested_slot": "size_form.measures", "asked": 1}
TWICE = {"requested_slot": "size_form.measures", "asked": 2}


def answer(text: str, intent: str, slots: dict, events: list | None = None) -> Said:
    return say(
        SizeQuestion(),
        text,
        intent,
        slots=slots,
        events=events,
        form="size_form",
        product_id="down-light-short",
    )


def is_rejected(said: Said) -> bool:
    return any(event["event"] == "action_execution_rejected" for event in said.events)


def is_closed(said: Said) -> bool:
    return any(event["event"] == "active_loop" and event["name"] is None for event in said.events)


def test_another_wish_is_left_to_the_rules() -> None:
    assert answer("包邮吗", "ask_shipping_fee", OPEN).events == []


def test_after_another_wish_was_answered_the_question_is_put_again() -> None:
    events = [{"event": "user", "text": "包邮吗"}, {"event": "action", "name": "action_shipping_fee"}]
    again = answer("包邮吗", "ask_shipping_fee", OPEN, [*events, {"event": "action", "name": "size_form"}])
    assert again.responses == ["utter_ask_height_cm_weight_kg"]
    assert again.slots["asked"] == 2


def test_after_a_second_other_wish_the_question_is_dropped() -> None:
    dropped = answer("几天到", "ask_shipping_time", TWICE)
    assert is_closed(dropped) and is_rejected(dropped)
    assert dropped.messages == []


def test_an_answer_that_is_not_understood_is_asked_once_more_and_then_given_up() -> None:
    again = answer("嗯嗯啊", "nlu_fallback", OPEN)
    assert again.responses == ["utter_ask_height_cm_weight_kg"]
    given_up = answer("嗯嗯啊", "nlu_fallback", TWICE)
    assert given_up.messages == []
    assert given_up.slots["gave_up"] == "size_form"
    assert given_up.slots["requested_slot"] is None


@pytest.mark.parametrize("intent", LEAVES)
def test_some_wishes_end_the_question_at_once(intent: str) -> None:
    assert is_closed(answer("转人工", intent, OPEN))


@pytest.mark.parametrize("intent", ["inform", "deny", "nlu_fallback", "ask_stock", "thank", "chitchat"])
def test_no_row_of_messages_keeps_the_question_open_for_ever(intent: str) -> None:
    slots = dict(OPEN)
    for _ in range(6):
        said = answer("随便说点什么", intent, slots)
        if not said.events:  # answered by a rule, then resumed
            events = [{"event": "user", "text": "x"}, {"event": "action", "name": "action_stock"}]
            said = answer("随便说点什么", intent, slots, events)
        slots = said.slots
        if slots["requested_slot"] is None:
            return
    pytest.fail(f"still asking after six messages of {intent}")


def test_a_new_address_is_read_back_before_anything_changes() -> None:
    slots = {"draft": {"order": "88261100010240"}, "requested_slot": "address_form.address", "asked": 1}
    text = "湖南省长沙市岳麓区麓山路1号"
    read = say(
        AddressQuestion(), text, "inform", {"region": "湖南"}, slots, form="address_form", customer_id="c-deng",
        order_id="88261100010240",
    )  # fmt: skip
    assert read.responses == ["utter_confirm_address"]
    assert text in read.text
    assert "confirmed" not in read.slots["draft"]


def test_an_address_we_do_not_serve_is_not_accepted(demo_shop) -> None:
    region = demo_shop.shipping.unserved[0].region
    slots = {"draft": {"order": "88261100010240"}, "requested_slot": "address_form.address", "asked": 1}
    read = say(
        AddressQuestion(), f"{region}某某路100号", "inform", {"region": region}, slots, form="address_form",
        customer_id="c-deng", order_id="88261100010240",
    )  # fmt: skip
    assert read.responses[0] == "utter_unserved"
    assert "address" not in read.slots["draft"]
