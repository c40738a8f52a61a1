"""Signed in, a customer is answered from the order that alone can be meant: what is late, what came back.

Source: docs/transcript-review.md, F 12 to 16.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from actions.after_sale.compensation import Compensation
from actions.after_sale.refunds import RefundStatus
from actions.after_sale.returns import Return
from actions.deciding.clarify import Clarify
from actions.orders.cancelling import CancelOrder
from actions.talk.faq import FaqAnswer
from actions.talk.scam import Scamming
from tests.actions.conftest import Orders, Said, say
from tests.actions.small_rasa import Conversation

TRENCH, JACKET, SWEATER = "88261100010240", "88261100010042", "88261100010067"


def heard(text: str, customer: str, intent: str = "nlu_fallback", before: Said | None = None) -> str | None:
    """Who takes these words, read as nothing sure."""
    return say(Clarify(), text, intent, {}, before.slots if before else {}, customer_id=customer).follows


@pytest.mark.parametrize("said", ["那晚发有没有补偿", "预售的晚发你们赔不赔"])
def test_a_delay_is_asked_of_the_coat_that_is_to_come_and_not_of_the_plates_that_came(said: str) -> None:
    assert heard(said, "c-deng") == "action_compensation"
    answer = say(Compensation(), said, "ask_compensation", {}, {}, customer_id="c-deng")
    assert answer.responses == ["utter_not_late_rule"]
    assert answer.slots["order_id"] == TRENCH


@pytest.mark.parametrize("said", ["快递晚到有赔偿没", "超时补偿多少"])
def test_the_parcel_that_is_late_is_meant_and_not_the_one_that_came_in_time(said: str) -> None:
    answer = say(Compensation(), said, "ask_compensation", {}, {}, customer_id="c-he")
    assert answer.responses == ["utter_late_on_the_way"]


@pytest.mark.parametrize("said", ["什么时候发 都两天了", "毛衣咋还不发", "两天了还没发"])
def test_the_same_late_order_is_hurried_and_made_good_however_it_is_asked(said: str) -> None:
    assert heard(said, "c-lin") == "action_urge"


def test_who_has_nothing_late_is_not_hurried_for() -> None:
    assert heard("什么时候发 都两天了", "c-qiao") != "action_urge"


def test_a_complaint_about_an_order_is_a_persons_and_where_to_complain_is_told() -> None:
    assert heard("都四天了 我要投诉", "c-deng") == "action_complaint"
    talk = Conversation({"customer_id": "c-song"})
    said = talk.send("complain", "投诉到哪")
    assert [m["response"] for m in said if m.get("response")][0] == "utter_complaint_phone"


@pytest.mark.parametrize(
    "said",
    [
        "之前那条蓬蓬裙退的钱到了没 我没看到",
        "蓬蓬裙那笔149退了吗",
        "退的钱我咋没看见",
        "裙子那个 上上周退的",
    ],
)
def test_money_that_went_back_is_told_from_the_order(said: str) -> None:
    assert heard(said, "c-xu") == "action_refund_status"
    answer = say(RefundStatus(), said, "ask_refund", {}, {}, customer_id="c-xu")
    assert answer.responses == ["utter_refund_returned"]
    assert "149 元" in answer.text


@pytest.mark.parametrize("said", ["靴子退货退到你们仓库了没", "那靴子钱", "是不是不想退我钱"])
def test_goods_on_their_way_back_are_looked_up(said: str) -> None:
    assert heard(said, "c-qiao") == "action_refund_status"


def test_what_she_paid_with_tells_where_to_look() -> None:
    answer = say(RefundStatus(), "我付的是花呗", "inform", {}, {}, customer_id="c-xu")
    assert answer.responses == ["utter_refund_paid_credit"]
    assert "149 元" in answer.text


@pytest.mark.parametrize("said", ["那我能退多少钱", "羽绒服能退多少"])
def test_with_no_return_open_the_amount_is_that_of_the_only_order_that_may_go_back(said: str) -> None:
    assert heard(said, "c-zhou") == "action_return"
    answer = say(Return(), said, "ask_refund", {}, {}, customer_id="c-zhou")
    assert answer.responses == ["utter_return_amount"]
    assert "退您 359 元" in answer.text
    assert not answer.effects


def test_the_discount_of_a_return_is_no_new_purchase() -> None:
    for said in ("退羽绒服满减会不会扣掉", "满减那30咋算"):
        draft = {"draft": {"return": JACKET, "asked": True}, "order_id": JACKET}
        answer = say(Return(), said, "ask_promotion", {}, draft, customer_id="c-zhou")
        assert answer.responses[0] == "utter_return_discount"
        assert "就退 359 元" in answer.text


def test_of_several_pieces_the_one_she_names_has_its_own_amount(orders: Orders) -> None:
    order = orders.orders[JACKET]
    line = order.lines[0]
    socks = line.model_copy(
        update={"product_id": "socks-cloud", "sku": "socks-cloud-white", "price": Decimal("41")}
    )
    orders.orders[JACKET] = order.model_copy(update={"lines": (line, socks), "amount": Decimal("400")})
    draft = {"draft": {"return": JACKET, "asked": True}, "order_id": JACKET, "pending": "action_return"}
    answer = say(Return(), "只退袜子能退多少", "ask_refund", {}, draft, customer_id="c-zhou")
    assert "云朵中筒棉袜退货" in answer.text
    assert "退您 38.14 元" in answer.text
    done = say(
        Return(), "对，退吧", "affirm", {}, {**answer.slots, "pending": "action_return"}, customer_id="c-zhou"
    )
    assert "里的云朵中筒棉袜" in done.text
    assert "云朵中筒棉袜" in done.effect("promise")["text"]


@pytest.mark.parametrize("said", ["羽绒服退货申请取消掉 我留着", "羽绒服我没说要退啊 撤了"])
def test_a_return_of_an_earlier_chat_is_called_off_by_a_colleague(said: str) -> None:
    assert heard(said, "c-zhou") == "action_return"
    answer = say(Return(), said, "ask_return", {}, {}, customer_id="c-zhou")
    assert answer.responses == ["utter_return_called_off"]
    assert JACKET in answer.effect("promise")["text"]


def test_what_is_in_her_hands_and_not_wanted_is_a_return() -> None:
    said = "羽绒服不想要了 昨天刚签收 吊牌在"
    assert say(CancelOrder(), said, "cancel_order", {}, {}, customer_id="c-zhou").follows == "action_return"


def test_a_call_about_customs_is_warned_of_before_anything_else() -> None:
    said = "有人打電話話要我交清關費"
    assert say(FaqAnswer(), said, "ask_shop", {}, {}, customer_id="c-chan").follows == "action_scam"
    answer = say(Scamming(), said, "ask_shop", {}, {}, customer_id="c-chan")
    assert answer.responses == ["utter_scam_customs"]
    assert "交清關費" in answer.effect("promise")["text"]


def test_money_that_has_gone_to_a_swindler_is_a_persons_matter_at_once() -> None:
    answer = say(
        Scamming(), "有人加我微信让我扫码退款 我已经付了300", "ask_refund", {}, {}, customer_id="c-he"
    )
    assert answer.responses == ["utter_scam_paid"]
    assert answer.effect("handoff")["reason"] == "safety_or_legal"


def test_a_childs_sore_heel_comes_before_the_shoe_and_nobody_admits_a_fault() -> None:
    talk = Conversation({"customer_id": "c-xu"})
    said = talk.send("report_defect", "运动鞋磨脚后跟 破皮了都", {"fault": "磨脚"})
    responses = [m["response"] for m in said if m.get("response")]
    assert responses[0] == "utter_sore_rubbed"
    assert "utter_how_severe_defect" not in responses
