"""Sending back, another size, money back, a late parcel, and calling off before it ships."""

from __future__ import annotations

from decimal import Decimal

import pytest

from actions.after_sale.compensation import Compensation, SettleLate
from actions.after_sale.exchanges import Exchange, SettleExchange
from actions.after_sale.refunds import Refund, RefundStatus
from actions.after_sale.returns import Return, ReturnFee
from actions.deciding.clarify import Clarify
from actions.orders.cancelling import CancelOrder, KeepOrder
from actions.talk.small_talk import Affirm, Deny
from bot.desk.back_office.ledger import SqlLedger
from bot.shop.records.orders import OrderState
from tests.actions.conftest import Orders, Said, Scripts, say

JACKET, DRESS, SHOES, OLD = "88261100010042", "88261100010075", "88261100010133", "88261100010059"
PAID, LATE, ON_THE_WAY = "88261100010026", "88261100010067", "88261100010216"


def ask(
    action, text: str, intent: str, before: Said | None = None, customer: str = "c-zhou", **entities
) -> Said:
    slots = before.slots if before else {}
    return say(action, text, intent, entities, slots, customer_id=customer)


def test_a_return_asks_why_with_buttons_and_is_then_done_at_once() -> None:
    asked = ask(Return(), "我要退货", "ask_return", order_id=JACKET)
    assert asked.responses == ["utter_return_reason"]
    done = ask(Return(), "/inform", "inform", asked, reason="changed_mind")
    assert done.responses[:2] == ["utter_return_granted", "utter_postage_insured"]
    assert "11月25日" in done.text  # seven days from the day after delivery
    assert JACKET in done.effect("promise")["text"]


def test_a_reason_that_was_said_is_not_asked_for() -> None:
    said = ask(Return(), "不喜欢，我要退货", "ask_return", order_id=JACKET)
    assert said.responses[0] == "utter_return_granted"


def test_a_wrong_size_is_first_offered_another_one_and_then_taken_back_without_more_ado() -> None:
    offered = ask(Return(), "太小了我要退货", "ask_return", order_id=JACKET)
    assert offered.responses == ["utter_return_or_exchange"]
    done = ask(Return(), "还是太小，退货", "ask_return", offered)
    assert done.responses[0] == "utter_return_granted"


def test_a_return_for_a_fault_is_a_trouble_and_not_a_return_without_a_reason() -> None:
    asked = ask(Return(), "我要退货", "ask_return", order_id=JACKET)
    said = ask(Return(), "/inform", "inform", asked, reason="defect", issue="defect")
    assert said.follows == "after_sale_form"
    assert said.slots["trouble"]["issue"] == "defect"


def test_after_the_seven_days_the_truth_is_told_with_what_is_still_possible() -> None:
    said = ask(Return(), "不喜欢，我要退货", "ask_return", order_id=OLD)
    assert said.responses == ["utter_return_over"]
    assert not said.effects


@pytest.mark.parametrize(
    ("order_id", "customer", "follows"),
    [
        (PAID, "c-zhou", "action_cancel_order"),
        (ON_THE_WAY, "c-qiao", "action_cancel_order"),
        ("88261100010158", "c-xu", "action_refund_status"),
    ],
)
def test_what_cannot_be_sent_back_goes_the_way_its_state_allows(
    order_id: str, customer: str, follows: str
) -> None:
    assert ask(Return(), "我要退货", "ask_return", customer=customer, order_id=order_id).follows == follows


def test_a_general_question_is_answered_by_its_script(scripts: Scripts) -> None:
    scripts.know("ask_return", 0.9)
    said = ask(Return(), "支持七天无理由吗", "ask_return", order_id=JACKET)
    assert said.responses == ["utter_return_until"]
    assert "脚本的回答" in said.wordings[0]


def test_another_size_is_confirmed_with_who_pays_and_becomes_a_case() -> None:
    asked = ask(Exchange(), "小了，换大一码", "ask_exchange", order_id=JACKET)
    assert asked.responses == ["utter_confirm_exchange_half"]
    assert "橙色 L" in asked.text
    assert ask(Affirm(), "好", "affirm", asked).follows == "action_settle_exchange"
    done = ask(SettleExchange(), "好", "affirm", asked)
    assert done.responses[0] == "utter_exchange_granted"
    assert "橙色 L" in done.effect("promise")["text"]


def test_without_a_wish_the_ones_in_stock_are_shown_and_the_return_beside_them() -> None:
    asked = ask(Exchange(), "我要换货", "ask_exchange", order_id=JACKET)
    assert asked.responses == ["utter_exchange_for_what"]
    assert 2 <= len(asked.payloads) <= 4
    assert "/ask_return" in asked.payloads
    told = ask(Exchange(), "黑色L", "inform", asked, color="黑色", size="L")
    assert told.responses == ["utter_confirm_exchange_half"]


def test_what_is_out_of_stock_is_answered_with_the_date_and_what_is_there() -> None:
    said = ask(Exchange(), "换米白色", "ask_exchange", order_id=JACKET, color="米白色")
    assert said.responses == ["utter_exchange_restocked"]
    assert len(said.payloads) >= 2


def test_a_size_named_while_the_exchange_is_open_is_taken_however_unsure_the_reading() -> None:
    asked = ask(Exchange(), "小了，换大一码", "ask_exchange", order_id=JACKET)
    doubt = ask(Clarify(), "要XL", "nlu_fallback", asked, size="XL")
    assert doubt.follows == "action_exchange"
    assert "橙色 XL" in ask(Exchange(), "要XL", "nlu_fallback", asked, size="XL").text


def test_the_same_one_again_is_no_exchange() -> None:
    said = ask(Exchange(), "换橙色M", "ask_exchange", order_id=JACKET, color="橙色", size="M")
    assert said.responses == ["utter_exchange_same"]


def test_two_sizes_in_one_message_mean_from_and_to() -> None:
    said = ask(Exchange(), "30码换31码", "ask_exchange", customer="c-xu", order_id=SHOES, size=["30", "31"])
    assert "绿色 31" in said.text


def test_after_the_exchange_window_the_truth_is_told() -> None:
    said = ask(Exchange(), "我要换大一码", "ask_exchange", order_id=OLD)
    assert said.responses == ["utter_exchange_over"]


def test_where_the_money_is_is_told_from_the_order() -> None:
    for customer, response in [
        ("c-qiao", "utter_refund_coming_back"),
        ("c-lin", "utter_refund_refunding"),
        ("c-xu", "utter_refund_returned"),
    ]:
        asked = ask(Refund(), "退款多久到账", "ask_refund", customer=customer)
        assert asked.follows == "action_refund_status"
        assert ask(RefundStatus(), "退款多久到账", "ask_refund", customer=customer).responses == [response]


def test_without_any_refund_the_question_is_a_general_one(scripts: Scripts) -> None:
    scripts.know("ask_refund", 0.9)
    said = ask(Refund(), "退款多久到账", "ask_refund", customer="c-deng")
    assert "脚本的回答" in said.text


@pytest.mark.parametrize(
    ("order_id", "follows"),
    [(PAID, "action_cancel_order"), (JACKET, "action_return"), ("88261100010034", "action_cancel_order")],
)
def test_a_wish_for_the_money_goes_the_way_the_orders_state_allows(order_id: str, follows: str) -> None:
    assert ask(Refund(), "我要退款", "ask_refund", order_id=order_id).follows == follows


def test_in_a_case_of_the_shops_fault_the_shop_pays_the_postage() -> None:
    said = say(
        ReturnFee(),
        "运费谁出",
        "ask_return_fee",
        slots={"trouble": {"issue": "defect"}},
        customer_id="c-zhou",
    )
    assert said.responses == ["utter_postage_ours"]


def test_a_late_parcel_is_worth_what_the_policy_gives_once(orders: Orders) -> None:
    asked = ask(Compensation(), "拖了这么久，赔我点吧", "ask_compensation", customer="c-lin", order_id=LATE)
    assert asked.responses == ["utter_late_on_the_way"]
    assert ask(Affirm(), "好", "affirm", asked, "c-lin").follows == "action_settle_late"
    done = ask(SettleLate(), "好", "affirm", asked, "c-lin")
    assert orders.orders[LATE].compensated == Decimal(12)
    again = ask(Compensation(), "晚了这么久再赔点", "ask_compensation", done, "c-lin", order_id=LATE)
    assert again.effect("handoff")["reason"] == "beyond_authority"


def test_a_refused_compensation_for_lateness_goes_to_a_person() -> None:
    asked = ask(Compensation(), "拖了这么久，赔我点吧", "ask_compensation", customer="c-lin", order_id=LATE)
    assert ask(Deny(), "不行", "deny", asked, "c-lin").follows == "action_compensation"
    said = ask(Compensation(), "不行", "deny", asked, "c-lin")
    assert said.effect("handoff")["reason"] == "beyond_authority"


def test_what_is_not_late_is_not_paid_for() -> None:
    said = ask(Compensation(), "发货太慢了赔偿我", "ask_compensation", order_id=PAID)
    assert said.responses == ["utter_not_late_rule"]
    assert said.follows == "action_shipping_time"


def test_asking_for_compensation_for_a_fault_is_a_case() -> None:
    assert (
        ask(Compensation(), "有点瑕疵，补我点钱", "ask_compensation", order_id=JACKET).follows
        == "after_sale_form"
    )


def test_a_forgotten_coupon_is_made_good_instead_of_a_cancellation(orders: Orders) -> None:
    asked = ask(CancelOrder(), "忘了用券，取消吧", "cancel_order", order_id=PAID)
    assert asked.responses == ["utter_win_back_found_coupon"]
    assert "10 元" in asked.text
    done = ask(KeepOrder(), "好", "affirm", asked)
    assert done.responses == ["utter_coupon_back"]
    assert orders.orders[PAID].state is OrderState.PAID
    assert orders.orders[PAID].compensated == 10


def test_a_coupon_that_was_made_good_is_gone(orders: Orders, ledger: SqlLedger) -> None:
    asked = ask(CancelOrder(), "忘了用券，取消吧", "cancel_order", order_id=PAID)
    ask(KeepOrder(), "好", "affirm", asked)
    assert len(ledger.spent("c-zhou")) == 1
    orders.orders[PAID] = orders.orders[PAID].model_copy(update={"compensated": 0})
    again = ask(CancelOrder(), "忘了用券，取消吧", "cancel_order", order_id=PAID)
    assert "utter_win_back_found_coupon" not in again.responses


def test_a_coupon_she_does_not_have_is_not_promised_and_the_order_is_called_off(orders: Orders) -> None:
    said = ask(
        CancelOrder(), "有优惠券没用上，取消", "cancel_order", customer="c-deng", order_id="88261100010240"
    )
    assert said.responses == ["utter_confirm_cancel_paid"]


def test_after_one_better_offer_a_no_is_a_no(orders: Orders) -> None:
    asked = ask(CancelOrder(), "忘了用券，取消吧", "cancel_order", order_id=PAID)
    assert ask(Deny(), "不行", "deny", asked).follows == "action_cancel_order"
    said = ask(CancelOrder(), "不行", "deny", asked)
    assert said.responses == ["utter_confirm_cancel_paid"]  # no second offer, nothing done without her yes
    assert orders.orders[PAID].state is OrderState.PAID


def test_a_reason_of_her_own_words_is_not_asked_for_twice(orders: Orders) -> None:
    asked = ask(CancelOrder(), "取消订单", "cancel_order", order_id=PAID)
    assert asked.responses == ["utter_cancel_reason"]
    said = ask(CancelOrder(), "家里人说别买", "inform", asked)
    assert said.responses == ["utter_confirm_cancel_paid"]
