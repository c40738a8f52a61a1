"""After ordering: what travels apart is not missing, late faults are for a person, a question is no answer."""

from __future__ import annotations

import pytest

from bot.shop.records.policy import Hours
from tests.actions.conftest import NOW, Orders
from tests.actions.small_rasa import Conversation


def told(messages: list[dict]) -> list[str]:
    return [message["response"] for message in messages if message.get("response")]


@pytest.mark.parametrize("text", ["只收到秋衣 开衫没看见啊", "少发了 开衫没有", "就收到秋衣 你们漏发了"])
def test_what_travels_in_a_parcel_of_its_own_is_not_missing(text: str, orders: Orders) -> None:
    order = next(o for o in orders.orders.values() if o.customer_id == "c-fang" and o.parcels)
    chat = Conversation({"customer_id": "c-fang", "order_id": order.id})
    assert told(chat.send("report_wrong_item", text))[:2] == ["utter_sent_in_parcels", "utter_further_parcel"]
    assert chat.form is None


def test_after_the_quality_days_no_remedy_of_the_shops_fault_is_offered(orders: Orders) -> None:
    days = 30
    order = next(
        o
        for o in orders.orders.values()
        if o.delivered_at and (NOW - o.delivered_at).days > days + 1 and o.state.value == "completed"
    )
    chat = Conversation({"customer_id": order.customer_id, "order_id": order.id})
    said = told(chat.send("report_defect", "开线了 你们什么质量", {"fault": "开线"}))
    assert said == ["utter_past_quality"]


@pytest.mark.parametrize("intent", ["deny", "affirm", "nlu_fallback", "ask_shipping_time", "ask_invoice"])
def test_when_the_invoice_comes_is_told_and_its_read_back_stands(intent: str, orders: Orders) -> None:
    chat = Conversation({"customer_id": "c-zhou", "order_id": "88261100010026"})
    chat.send("ask_invoice", "四件套开发票 个人 周敏")
    for _ in range(3):
        said = told(chat.send(intent, "什么时候能开好"))
        assert said == ["utter_invoice_when", "utter_confirm_invoice_person"]
    assert told(chat.send("affirm", "对")) == ["utter_invoice_noted"]


@pytest.mark.parametrize(
    ("clock", "expected"),
    [("09:00", True), ("21:00", True), ("22:59", True), ("23:00", False), ("03:00", False)],
)
def test_the_desk_is_open_within_its_hours(clock: str, expected: bool) -> None:
    hour, minute = map(int, clock.split(":"))
    moment = NOW.replace(hour=hour, minute=minute).time()
    assert Hours(opens="09:00", closes="23:00").hold(moment) is expected
    assert Hours(opens="23:00", closes="09:00").hold(moment) is not expected
