"""Who will not take a parcel in speaks of what is on the road, and no other order is touched."""

from __future__ import annotations

import pytest

from actions.deciding.clarify import Clarify
from actions.orders.cancelling import CancelOrder
from tests.actions.conftest import Orders, Said, say

SCARF, CHAIR = "88261100010091", "88261100010109"


def he(action, text: str, intent: str, **slots) -> Said:
    return say(action, text, intent, {}, slots, customer_id="c-he")


@pytest.mark.parametrize(
    "words", ["周三前收不到我就拒收了哈", "包裹再不来我拒收", "那我直接拒收吧", "可以拒收吗"]
)
@pytest.mark.parametrize("talked_of", [None, SCARF, CHAIR])
def test_a_refusal_is_of_the_parcel_on_the_road(words: str, talked_of: str | None, orders: Orders) -> None:
    assert he(Clarify(), words, "nlu_fallback", order_id=talked_of).follows == "action_cancel_order"
    said = he(CancelOrder(), words, "cancel_order", order_id=talked_of)
    assert said.responses == ["utter_too_late_refuse_parcel"]
    assert "围巾" in said.text
    assert "椅" not in said.text
    assert said.slots["order_id"] == SCARF


def test_an_unpaid_order_named_is_still_called_off() -> None:
    assert "utter_too_late_refuse_parcel" not in he(CancelOrder(), "学习椅取消吧", "cancel_order").responses


def test_with_nothing_on_the_road_it_is_left_to_its_reading() -> None:
    said = say(Clarify(), "我就拒收了", "nlu_fallback", {}, {}, customer_id="c-lin")
    assert said.follows != "action_cancel_order"
    assert "utter_too_late_refuse_parcel" not in said.responses
