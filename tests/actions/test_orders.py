"""Orders: only one's own, and only as far as their state allows."""

from __future__ import annotations

import pytest

from actions.after_sale.exchanges import Exchange
from actions.after_sale.refunds import Refund
from actions.after_sale.returns import Return
from actions.orders.addresses import ChangeAddress as ConfirmedAddress
from actions.orders.addresses import ModifyAddress
from actions.orders.apply_change import ApplyChange
from actions.orders.cancelling import CancelOrder
from actions.orders.order_changes import ModifyOrder
from actions.parcels.postage import ShippingFee
from actions.parcels.shipping import ShippingTime
from actions.parcels.tracking import Track
from actions.parcels.urging import Urge
from actions.products.stock import Stock
from bot.shop.records.orders import OrderState
from tests.actions.conftest import Orders, Scripts, say

PAID, PACKED, SHIPPED, DELIVERED = "88261100010240", "88261100010125", "88261100010034", "88261100010042"


@pytest.mark.parametrize("order_id", [PAID, PACKED, SHIPPED, DELIVERED, "88261100010018", "88261100010174"])
def test_an_order_of_any_state_is_told_with_its_card(order_id: str, orders: Orders) -> None:
    owner = orders.orders[order_id].customer_id
    said = say(Track(), "到哪了", "track_order", {"order_id": order_id}, customer_id=owner)
    state = orders.orders[order_id].state.value
    assert said.responses == (["utter_parcel_moving"] if state == "shipped" else [f"utter_track_{state}"])
    assert said.cards[0]["id"] == order_id


def test_another_customers_order_number_opens_nothing() -> None:
    said = say(Track(), SHIPPED, "track_order", {"order_id": SHIPPED}, customer_id="c-ma")
    assert said.responses == ["utter_order_not_yours"]
    assert SHIPPED not in said.text


def test_a_guest_sees_no_order_at_all() -> None:
    said = say(Track(), SHIPPED, "track_order", {"order_id": SHIPPED})
    assert said.responses == ["utter_guest_orders"]


def test_with_several_orders_the_customer_chooses_and_the_wish_is_kept() -> None:
    said = say(Track(), "帮我查下订单", "track_order", customer_id="c-zhou")
    assert said.responses == ["utter_which_order"]
    assert 2 <= len(said.cards[0]["options"]) <= 4
    assert said.slots["pending"] == "action_track"


def test_a_parcel_that_moves_or_does_not_is_the_one_under_way() -> None:
    for text in ("到哪了", "快递三天没动了"):
        assert say(Track(), text, "track_order", customer_id="c-he").responses != ["utter_which_order"]


def test_only_orders_the_wish_can_be_about_are_asked_for() -> None:
    said = say(CancelOrder(), "取消订单", "cancel_order", customer_id="c-deng")
    assert said.slots["order_id"] == PAID


def test_a_named_product_finds_its_order() -> None:
    said = say(Urge(), "雪地靴怎么还没到", "urge_shipping", customer_id="c-zhou")
    assert said.slots["order_id"] == SHIPPED
    assert said.effect("promise")["due"] > "2026-11-20"


@pytest.mark.parametrize(
    ("order_id", "customer", "response"),
    [
        (PACKED, "c-xu", "utter_stop_which_address"),
        (SHIPPED, "c-zhou", "utter_too_late_call_courier"),
        (DELIVERED, "c-zhou", "utter_too_late_none"),
        ("88261100010174", "c-gu", "utter_too_late_order_again"),
    ],
)
def test_an_address_that_cannot_change_any_more_gets_the_reason_and_what_is_next_best(
    order_id: str, customer: str, response: str
) -> None:
    said = say(ModifyAddress(), "改地址", "modify_address", {"order_id": order_id}, customer_id=customer)
    assert said.responses == [response]
    assert said.follows != "address_form"
    assert said.text


def test_a_confirmed_address_is_kept_with_a_note_for_the_desk(orders: Orders) -> None:
    draft = {"order": PAID, "address": "湖南省长沙市岳麓区麓山路1号", "region": "湖南", "confirmed": True}
    said = say(
        ConfirmedAddress(), "对", "affirm", slots={"draft": draft, "order_id": PAID}, customer_id="c-deng"
    )
    assert said.responses == ["utter_address_changed"]
    assert orders.orders[PAID].address == draft["address"]
    assert draft["address"] in orders.notes[0]


def test_an_address_without_confirmation_changes_nothing(orders: Orders) -> None:
    draft = {"order": PAID, "address": "湖南省长沙市岳麓区麓山路1号", "region": "湖南"}
    before = orders.orders[PAID]
    said = say(
        ConfirmedAddress(), "算了", "deny", slots={"draft": draft, "order_id": PAID}, customer_id="c-deng"
    )
    assert said.responses == ["utter_address_unchanged"]
    assert orders.orders[PAID] is before


def test_an_order_that_left_between_question_and_answer_is_not_changed(orders: Orders) -> None:
    orders.orders[PAID] = orders.orders[PAID].model_copy(update={"state": OrderState.SHIPPED})
    draft = {"order": PAID, "address": "湖南省长沙市岳麓区麓山路1号", "region": "湖南", "confirmed": True}
    said = say(
        ConfirmedAddress(), "对", "affirm", slots={"draft": draft, "order_id": PAID}, customer_id="c-deng"
    )
    assert said.responses == ["utter_too_late_call_courier"]
    assert orders.notes == []


def test_another_size_is_named_confirmed_and_then_sent(orders: Orders, demo_shop) -> None:
    line = orders.orders[PAID].lines[0]
    product = demo_shop.products[line.product_id]
    now = next(v for v in product.variants if v.sku == line.sku)
    other = next(v for v in product.variants if v.stock > 0 and v.color == now.color and v.size != now.size)
    asked = say(
        ModifyOrder(), f"换成{other.size}码", "modify_order", {"size": other.size}, customer_id="c-deng"
    )
    assert asked.slots["order_id"] == PAID
    assert asked.responses == ["utter_confirm_variant"]
    assert orders.orders[PAID].lines[0].sku == now.sku
    done = say(ApplyChange(), "好", "affirm", slots=asked.slots, customer_id="c-deng")
    assert done.responses == ["utter_variant_changed"]
    assert orders.orders[PAID].lines[0].sku == other.sku


def test_a_variant_that_is_sold_out_is_answered_with_those_there_are(orders: Orders) -> None:
    said = say(
        ModifyOrder(), "换藏青色L", "modify_order", {"color": "藏青色", "size": "L"}, customer_id="c-deng"
    )
    assert said.responses == ["utter_variant_unavailable"]
    assert 1 <= len(said.payloads) <= 4
    assert orders.notes == []


def test_a_note_is_read_back_and_then_written_on_the_order(orders: Orders) -> None:
    asked = say(ModifyOrder(), "备注一下放门口", "modify_order", customer_id="c-deng")
    assert asked.responses == ["utter_confirm_note"]
    assert orders.orders[PAID].note == ""
    done = say(ApplyChange(), "好", "affirm", slots=asked.slots, customer_id="c-deng")
    assert done.responses == ["utter_note_added"]
    assert orders.orders[PAID].note == "放门口"


def test_a_plain_reason_is_read_back_and_one_button_cancels(orders: Orders) -> None:
    asked = say(CancelOrder(), "不想要了", "cancel_order", customer_id="c-deng")
    assert asked.responses == ["utter_confirm_cancel_paid"]
    assert orders.orders[PAID].state is OrderState.PAID
    pressed = '/inform{"reason":"changed_mind"}'
    done = say(
        CancelOrder(), pressed, "inform", {"reason": "changed_mind"}, slots=asked.slots, customer_id="c-deng"
    )
    assert done.responses == ["utter_cancelled_paid"]
    assert orders.orders[PAID].state is OrderState.REFUNDING


def test_a_typed_yes_cancels_what_was_read_back(orders: Orders) -> None:
    asked = say(CancelOrder(), "不想要了", "cancel_order", customer_id="c-deng")
    done = say(CancelOrder(), "好的", "affirm", slots=asked.slots, customer_id="c-deng")
    assert done.responses == ["utter_cancelled_paid"]


def test_pressing_the_button_twice_cancels_once(orders: Orders) -> None:
    pressed = {"reason": "changed_mind"}
    slots = {"order_id": PAID, "draft": {"cancel": PAID, "read": True}}
    for _ in range(2):
        said = say(CancelOrder(), "/inform{}", "inform", pressed, slots, customer_id="c-deng")
    assert said.responses == ["utter_too_late_none"]
    assert len(orders.notes) == 1


def test_without_a_reason_it_is_asked_with_buttons_and_nothing_is_cancelled(orders: Orders) -> None:
    said = say(CancelOrder(), "取消订单", "cancel_order", customer_id="c-deng")
    assert said.responses == ["utter_cancel_reason"]
    assert orders.orders[PAID].state is OrderState.PAID


def test_a_recoverable_reason_gets_one_better_offer_and_then_is_done(orders: Orders) -> None:
    offered = say(CancelOrder(), "尺码拍错了取消吧", "cancel_order", customer_id="c-deng")
    assert offered.responses == ["utter_win_back_wrong_size"]
    assert orders.orders[PAID].state is OrderState.PAID
    asked = say(CancelOrder(), "尺码拍错了", "cancel_order", slots=offered.slots, customer_id="c-deng")
    assert asked.responses == ["utter_confirm_cancel_paid"]
    done = say(CancelOrder(), "对 取消吧", "affirm", slots=asked.slots, customer_id="c-deng")
    assert done.responses == ["utter_cancelled_paid"]


def test_a_refund_of_what_has_not_left_is_a_cancellation() -> None:
    slots = {"order_id": PAID}
    assert (
        say(Refund(), "退款", "ask_refund", slots=slots, customer_id="c-deng").follows
        == "action_cancel_order"
    )
    assert (
        say(Exchange(), "换个码", "ask_exchange", slots=slots, customer_id="c-deng").follows
        == "action_modify_order"
    )


def test_a_return_of_what_was_received_tells_until_when(scripts: Scripts) -> None:
    scripts.know("ask_return", 0.9)
    said = say(
        Return(), "七天无理由支持吗", "ask_return", slots={"order_id": DELIVERED}, customer_id="c-zhou"
    )
    assert said.responses[-1] == "utter_return_until"


def test_ships_today_is_said_only_before_the_cutoff() -> None:
    product = {"product_id": "down-light-short"}
    assert say(ShippingTime(), "今天发吗", "ask_shipping_time", **product).responses == ["utter_ships_today"]
    late = say(ShippingTime(), "今天发吗", "ask_shipping_time", **product | {"now": "2026-11-20T17:30:00"})
    assert late.responses == ["utter_ships_later"]


def test_the_time_zone_of_the_gateway_is_turned_into_the_shops() -> None:
    said = say(
        ShippingTime(),
        "今天发吗",
        "ask_shipping_time",
        product_id="down-light-short",
        now="2026-11-20T09:30:00+00:00",
    )
    assert said.responses == ["utter_ships_later"]


def test_postage_to_a_remote_region_names_the_surcharge() -> None:
    said = say(
        ShippingFee(), "发新疆多少", "ask_shipping_fee", {"region": "新疆"}, product_id="down-light-short"
    )
    assert said.responses == ["utter_fee_surcharge"]


def test_a_region_we_do_not_serve_is_told_plainly(demo_shop) -> None:
    region = demo_shop.shipping.unserved[0].region
    said = say(ShippingFee(), f"发{region}吗", "ask_shipping_fee", {"region": region})
    assert said.responses == ["utter_unserved"]


def test_what_is_out_of_stock_is_answered_with_a_counter_question() -> None:
    told = {"color": "米白色", "size": "M"}
    said = say(Stock(), "米白色M有吗", "ask_stock", told, product_id="down-light-short")
    assert said.responses == ["utter_variant_restocked"]
    assert 2 <= len(said.payloads) <= 4
    assert said.slots["pending"] == "action_notify"  # "好" there means: tell me when it is back


def test_few_left_is_said_only_when_few_are_left() -> None:
    jacket = {"product_id": "down-light-short"}
    few = say(Stock(), "黑色M有吗", "ask_stock", {"color": "黑色", "size": "M"}, **jacket)
    many = say(Stock(), "橙色M有吗", "ask_stock", {"color": "橙色", "size": "M"}, **jacket)
    assert (few.responses, many.responses) == (["utter_stock_low"], ["utter_stock_there"])
