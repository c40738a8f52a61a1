"""Parcels, couriers, calendars, urging, unpaid orders and invoices as the customer hears them."""

from __future__ import annotations

from typing import Any

import pytest

from actions.orders.address_question import AddressQuestion
from actions.orders.addresses import ModifyAddress
from actions.orders.invoice_question import InvoiceQuestion
from actions.orders.invoices import Invoice, IssueInvoice
from actions.orders.order_changes import ModifyOrder
from actions.orders.unpaid import Payment
from actions.parcels.courier import Courier
from actions.parcels.postage import ShippingFee
from actions.parcels.shipping import ShippingTime
from actions.parcels.tracking import Track
from actions.parcels.urging import Urge
from actions.talk.faq import FaqAnswer
from bot.shop.records.orders import OrderState
from tests.actions.conftest import Orders, Said, say

UNPAID, PAID, PACKED, SHIPPED = "88261100010018", "88261100010240", "88261100010125", "88261100010034"
STATION, SIGNED, STALLED, CUSTOMS = "88261100010075", "88261100010117", "88261100010091", "88261100010273"
RETURNED, IN_TWO, LATE, DOOR = "88261100010315", "88261100010307", "88261100010067", "88261100010216"


def ask(
    action: Any, text: str, order_id: str, orders: Orders, intent: str = "track_order", **more: Any
) -> Said:
    slots = {"order_id": order_id, **more.pop("slots", {})}
    return say(action, text, intent, slots=slots, customer_id=orders.orders[order_id].customer_id, **more)


@pytest.mark.parametrize(
    ("order_id", "response", "fragment"),
    [
        (STALLED, "utter_parcel_stalled", "没再更新"),
        (CUSTOMS, "utter_parcel_customs", "海关"),
        (RETURNED, "utter_parcel_returning", "重新寄"),
        (DOOR, "utter_parcel_out_for_delivery", "派送"),
        (STATION, "utter_parcel_at_station", "6-2-075"),
        (SIGNED, "utter_track_delivered", "门卫"),
        (PACKED, "utter_track_packed", "打包"),
        (UNPAID, "utter_track_unpaid", "留到"),
    ],
)
def test_where_it_is_comes_in_words_from_the_trace(
    orders: Orders, order_id: str, response: str, fragment: str
) -> None:
    said = ask(Track(), "到哪了", order_id, orders)
    assert said.responses[0] == response
    assert fragment in said.text


@pytest.mark.parametrize(
    ("text", "order_id", "response"),
    [
        ("取件码是多少", STATION, "utter_pickup_code"),
        ("取件码是多少", SHIPPED, "utter_no_pickup_code"),
        ("快递单号发我一下", SHIPPED, "utter_tracking_no"),
        ("快递单号发我一下", PAID, "utter_track_paid"),
        ("谁签收的啊", SIGNED, "utter_who_signed"),
        ("送错驿站了", STATION, "utter_wrong_place"),
        ("箱子压烂了", SHIPPED, "utter_damaged_on_arrival"),
        ("还有一件呢", IN_TWO, "utter_sent_in_parcels"),
        ("显示没收到", SHIPPED, "utter_parcel_moving"),
    ],
)
def test_what_is_wrong_with_a_parcel_has_its_own_answer(
    orders: Orders, text: str, order_id: str, response: str
) -> None:
    assert ask(Track(), text, order_id, orders).responses[0] == response


def test_a_parcel_that_is_not_there_is_looked_for_and_then_a_case(orders: Orders) -> None:
    first = ask(Track(), "显示签收了但我没收到", SIGNED, orders)
    assert first.responses == ["utter_missing_signed"] and not first.effects
    second = ask(Track(), "都问过了", SIGNED, orders, "inform", slots=first.slots)
    assert second.responses == ["utter_missing_case"]
    assert SIGNED in second.effect("promise")["text"]


def test_a_parcel_that_stands_still_is_followed_up_once(orders: Orders) -> None:
    first = ask(Track(), "到哪了", STALLED, orders)
    assert [effect["effect"] for effect in first.effects] == ["promise"]
    again = ask(Track(), "到哪了", STALLED, orders, slots=first.slots)
    assert again.responses == first.responses and not again.effects


def test_what_is_missing_of_one_parcel_goes_to_the_after_sale(orders: Orders) -> None:
    said = ask(Track(), "只收到一件", SIGNED, orders)
    assert said.follows == "after_sale_form"


def test_customs_are_not_given_a_date_even_when_urged(orders: Orders) -> None:
    assert ask(ShippingTime(), "几号能到", CUSTOMS, orders, "ask_shipping_time").follows == "action_track"
    said = ask(Urge(), "催一下", CUSTOMS, orders, "urge_shipping")
    assert said.responses == ["utter_parcel_customs", "utter_urged"]


def test_a_late_order_is_urged_made_good_once_and_then_a_person_takes_over(orders: Orders) -> None:
    first = ask(Urge(), "怎么还不发", LATE, orders, "urge_shipping")
    assert first.responses == ["utter_order_waiting_late", "utter_late_gift", "utter_urged_late"]
    assert orders.orders[LATE].compensated > 0
    second = ask(Urge(), "怎么还不发", LATE, orders, "urge_shipping", slots=first.slots)
    assert second.responses == ["utter_urge_person_late"]
    assert second.effect("handoff")["reason"] == "repeated_failure"
    assert len(orders.notes) == 1


def test_an_order_in_time_is_urged_with_a_nearer_promise_and_then_handed_over(orders: Orders) -> None:
    first = ask(Urge(), "催一下", PAID, orders, "urge_shipping")
    assert first.responses == ["utter_order_waiting", "utter_urged"]
    second = ask(Urge(), "催一下", PAID, orders, "urge_shipping", slots=first.slots)
    assert second.responses == ["utter_urge_again_waiting"]
    assert second.effect("promise")["due"] < first.effect("promise")["due"]
    third = ask(Urge(), "催一下", PAID, orders, "urge_shipping", slots=second.slots)
    assert third.responses == ["utter_urge_person"]


def test_who_says_she_has_urged_before_is_not_put_off_like_the_first_time(orders: Orders) -> None:
    said = ask(Urge(), "都催两次了", PAID, orders, "urge_shipping")
    assert said.responses == ["utter_urge_again_waiting"]


def test_a_promise_falls_into_the_hours_of_the_desk(orders: Orders) -> None:
    said = ask(Urge(), "都催两次了", PAID, orders, "urge_shipping", now="2026-11-20T22:30:00")
    assert said.effect("promise")["due"] == "2026-11-21T10:00"


@pytest.mark.parametrize(
    ("text", "date", "response", "fragments"),
    [
        ("春节还发货吗", "春节", "utter_holiday", ["2月5日", "2月9日", "2月4日", "2月10日"]),
        ("过年那几天发吗", "过年", "utter_holiday", ["春节"]),
        ("周日发货吗", "周日", "utter_that_day_open", ["11月22日"]),
        ("明天拍几号到", "明天", "utter_that_day_open", ["11月21日"]),
    ],
)
def test_a_day_asked_about_is_held_against_the_calendar(
    text: str, date: str, response: str, fragments: list[str]
) -> None:
    said = say(ShippingTime(), text, "ask_shipping_time", {"date": date})
    assert said.responses == [response]
    assert all(fragment in said.text for fragment in fragments)


def test_a_chat_during_the_spring_festival_says_why_and_when() -> None:
    said = say(ShippingTime(), "今天发吗", "ask_shipping_time", {"region": "浙江"}, now="2027-02-06T10:00:00")
    assert said.responses == ["utter_ships_later_arrives"]
    for fragment in ("春节", "2月9日", "2月10日", "2月11日"):
        assert fragment in said.text
    assert "今天就发" not in said.text


@pytest.mark.parametrize(("date", "key"), [("25号", "surely"), ("22号", "perhaps"), ("21号", "hardly")])
def test_a_deadline_is_answered_yes_perhaps_or_no(date: str, key: str) -> None:
    said = say(ShippingTime(), f"{date}之前能到吗", "ask_shipping_time", {"date": date, "region": "湖北"})
    assert said.responses[-1] == f"utter_in_time_{key}"


def test_two_products_are_counted_together_for_the_threshold() -> None:
    found = {"product": ["socks-cloud", "scarf-wool"], "region": "浙江"}
    assert say(ShippingFee(), "袜子围巾一起买运费多少", "ask_shipping_fee", found).responses == [
        "utter_fee_free"
    ]
    alone = say(
        ShippingFee(), "袜子运费多少", "ask_shipping_fee", {"product": "socks-cloud", "region": "浙江"}
    )
    assert alone.responses == ["utter_fee_below_threshold"]
    assert "86.1" in alone.text


def test_what_was_counted_together_stays_together_for_the_next_question() -> None:
    found = {"product": ["socks-cloud", "scarf-wool"], "region": "内蒙古"}
    first = say(ShippingFee(), "袜子和围巾一起发内蒙古运费多少", "ask_shipping_fee", found)
    again = say(ShippingFee(), "还差多少包邮", "ask_shipping_fee", slots=first.slots)
    assert first.responses == again.responses == ["utter_fee_below_threshold"]
    assert "57.1" in first.text and "57.1" in again.text
    three = say(
        ShippingFee(),
        "那三双袜子呢",
        "ask_shipping_fee",
        {"product": "socks-cloud", "quantity": 3},
        first.slots,
    )
    assert "3 " in three.text and "60.3" in three.text


def test_without_a_place_the_thresholds_are_told_and_the_place_is_asked() -> None:
    said = say(ShippingFee(), "买多少包邮", "ask_shipping_fee")
    assert said.responses == ["utter_fee_ask_region"]
    for fragment in ("99", "新疆、西藏满 299 元", "香港、澳门不包邮"):
        assert fragment in said.text


@pytest.mark.parametrize(
    ("text", "found", "response"),
    [
        ("发什么快递", {}, "utter_courier_which"),
        ("能发顺丰吗", {"courier": "顺丰"}, "utter_courier_dearer"),
        ("圆通可以吗", {"courier": "圆通"}, "utter_courier_same_price"),
        ("极兔行不行", {"courier": "极兔"}, "utter_courier_not_ours"),
        ("台湾能发吗", {"region": "台湾"}, "utter_unserved"),
        ("新疆能发吗", {"region": "新疆"}, "utter_served"),
        ("香港能发吗", {"region": "香港"}, "utter_served_never_free"),
        ("你们从哪里发货", {}, "utter_ships_from"),
    ],
)
def test_couriers_and_places_come_from_the_tables(text: str, found: dict, response: str) -> None:
    assert say(Courier(), text, "ask_courier", found).responses == [response]


def test_a_question_about_couriers_that_no_table_answers_is_a_script() -> None:
    assert say(Courier(), "可以当面验货吗", "ask_courier").follows == "action_faq"


def test_a_delivery_wish_is_noted_before_and_the_couriers_number_told_after_it_left(orders: Orders) -> None:
    before = ask(Courier(), "送货上门，别放驿站", PAID, orders, "ask_courier")
    assert before.responses == ["utter_confirm_note"]
    after = ask(Courier(), "送货上门，别放驿站", SHIPPED, orders, "ask_courier")
    assert after.responses == ["utter_delivery_on_the_way"]
    assert "95311" in after.text


def test_an_unpaid_order_is_told_with_what_it_holds_and_until_when() -> None:
    said = say(Payment(), "我还有一单没付款是啥", "ask_payment", customer_id="c-zhou")
    assert said.responses == ["utter_unpaid"]
    assert "268" in said.text and "明天" in said.text
    assert say(Payment(), "可以花呗吗", "ask_payment", customer_id="c-zhou").follows == "action_faq"


def test_more_pieces_than_ordered_are_a_second_order(orders: Orders) -> None:
    said = ask(ModifyOrder(), "改成两件", PAID, orders, "modify_order", entities={"quantity": 2})
    assert said.responses == ["utter_more_pieces"]
    assert not orders.notes


def test_an_invoice_is_read_in_pieces_read_back_and_promised(orders: Orders) -> None:
    order = "88261100010257"
    begun = ask(Invoice(), "帮我开发票", order, orders, "ask_invoice")
    assert begun.follows == "invoice_form"
    form = {"form": "invoice_form"}
    asked = ask(InvoiceQuestion(), "帮我开发票", order, orders, "ask_invoice", slots=begun.slots, **form)
    assert asked.responses == ["utter_invoice_title"]
    named = ask(InvoiceQuestion(), "抬头青禾小学工会", order, orders, "inform", slots=asked.slots, **form)
    assert named.responses == ["utter_invoice_tax_number"]
    number = "税号 81430000MB0C12345X"
    full = ask(InvoiceQuestion(), number, order, orders, "inform", slots=named.slots, **form)
    assert full.responses == ["utter_confirm_invoice_company"]
    assert not orders.notes
    yes = ask(InvoiceQuestion(), "对", order, orders, "affirm", slots=full.slots, **form)
    done = ask(IssueInvoice(), "对", order, orders, "affirm", slots=yes.slots)
    assert done.responses == ["utter_invoice_noted"]
    assert "青禾小学工会 81430000MB0C12345X" in done.effect("promise")["text"]


def test_no_invoice_is_begun_for_an_order_whose_money_went_back(orders: Orders) -> None:
    orders.orders[PAID] = orders.orders[PAID].model_copy(update={"state": OrderState.REFUNDING})
    for order in list(orders.orders.values()):
        if order.customer_id == "c-deng" and order.id != PAID:
            del orders.orders[order.id]
    assert ask(Invoice(), "开发票", PAID, orders, "ask_invoice").follows == "action_faq"


def test_the_receiver_comes_in_three_messages_and_one_correction(orders: Orders) -> None:
    order, form = "88261100010281", {"form": "address_form"}
    slots: dict[str, Any] = {"draft": {"kind": "address", "order": order}}
    heard = []
    for text, intent in (
        ("地址换成我妈家", "modify_address"),
        ("收件人王桂兰 15400000088", "inform"),
        ("山东省青岛市海风区鱼市街6号2单元501", "inform"),
        ("不对 是3单元", "deny"),
    ):
        said = ask(AddressQuestion(), text, order, orders, intent, slots=slots, **form)
        slots = said.slots
        heard.append(said.responses)
    assert heard == [
        ["utter_which_address"],
        ["utter_which_address_still"],
        ["utter_confirm_address"],
        ["utter_confirm_address"],
    ]
    assert "3单元501" in said.text and "154****0088" in said.text and "15400000088" not in said.text


def test_an_address_that_costs_more_is_said_before_anything_is_kept(orders: Orders) -> None:
    order = "88261100010299"
    slots = {
        "draft": {"kind": "address", "order": order},
        "requested_slot": "address_form.address",
        "asked": 1,
    }
    text = "新疆维吾尔自治区乌鲁木齐市雪莲区葡萄街15号"
    said = ask(AddressQuestion(), text, order, orders, "inform", slots=slots, form="address_form")
    assert said.responses[0] == "utter_address_dearer"
    assert not said.slots["draft"].get("address")


@pytest.mark.parametrize(
    ("now", "due", "told"),
    [
        ("2026-11-23T04:35:00", "2026-11-23T10:00", "今天 10:00"),
        ("2026-11-22T23:30:00", "2026-11-23T10:00", "明天 10:00"),
        ("2026-11-23T08:50:00", "2026-11-23T10:00", "今天 10:00"),
        ("2026-11-23T09:30:00", "2026-11-24T09:30", "明天 09:30"),
        ("2026-11-23T22:00:00", "2026-11-24T22:00", "明天 22:00"),
    ],
)
def test_a_day_promised_at_night_is_kept_by_the_morning_within_it(
    orders: Orders, now: str, due: str, told: str
) -> None:
    said = ask(Urge(), "催一下", PAID, orders, "urge_shipping", now=now)
    assert said.effect("promise")["due"] == due
    assert told in said.text


@pytest.mark.parametrize(
    "text", ["個枕頭樓層寫錯咗 係21樓", "枕头地址错了，应该是 21 楼", "枕头楼层写错了 改成21楼"]
)
def test_a_floor_told_of_a_parcel_on_the_road_is_noted_for_the_courier(text: str, orders: Orders) -> None:
    said = say(ModifyAddress(), text, "modify_address", customer_id="c-chan")
    assert said.responses == ["utter_address_on_road"]
    assert "海晴阁 21楼 B 室" in said.effect("promise")["text"]


def test_told_afterwards_it_is_noted_and_what_is_no_place_is_not() -> None:
    asked = say(ModifyAddress(), "枕头地址写错了", "modify_address", customer_id="c-chan")
    assert asked.responses == ["utter_too_late_call_courier"]
    told = say(FaqAnswer(), "21楼", "inform", slots=asked.slots, customer_id="c-chan")
    assert told.follows == "action_modify_address"
    assert (
        say(FaqAnswer(), "好的谢谢", "thank", slots=asked.slots, customer_id="c-chan").follows != told.follows
    )
