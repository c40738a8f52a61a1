"""What she has ordered is answered from it, whatever her words are read as; what was read back is not lost over it."""

from __future__ import annotations

import pytest

from actions.after_sale.after_sale_question import AfterSaleQuestion
from actions.after_sale.exchanges import Exchange
from actions.after_sale.refunds import Refund, RefundStatus
from actions.after_sale.returns import Return, ReturnFee
from actions.deciding.clarify import Clarify
from actions.orders.invoices import Invoice
from actions.orders.order_changes import ModifyOrder
from actions.parcels.courier import Courier
from actions.parcels.postage import ShippingFee
from actions.parcels.shipping import ShippingTime
from actions.parcels.tracking import Track
from actions.products.product import ProductInfo
from actions.sizes.size import Size
from actions.talk.complaint import Complaint
from actions.talk.faq import FaqAnswer
from tests.actions.conftest import Orders, say

DRESS, BOWLS, LATE, QUILT, BOOTS, KIDS, WAY = (
    "88261100010075",
    "88261100010257",
    "88261100010067",
    "88261100010232",
    "88261100010224",
    "88261100010125",
    "88261100010166",
)
RETURNING = {"settled": {"order": DRESS, "kind": "return", "amount": ""}, "order_id": DRESS}


@pytest.mark.parametrize(
    ("action", "text", "intent", "who", "slots", "taker"),
    [
        (Clarify(), "怎么还在西安 冷死了", "nlu_fallback", "c-gu", {}, "action_track"),
        (FaqAnswer(), "几时先到", "chitchat", "c-gu", {}, "action_shipping_time"),
        (Clarify(), "那个被子钱退没退啊", "cancel_order", "c-qiao", {}, "action_refund_status"),
        (Size(), "羽绒服110买小了好像 能改120不", "ask_size", "c-xu", {}, "action_modify_order"),
        (ProductInfo(), "羽绒服和保暖内衣的单子还在吗", "ask_product_info", "c-xu", {}, "action_track"),
        (Track(), "我寄了 圆通 YT99887766", "track_order", "c-lin", RETURNING, "action_return"),
        (Courier(), "寄哪 给个地址", "ask_courier", "c-lin", RETURNING, "action_return"),
        (ShippingTime(), "另一个包裹啥时候到", "ask_shipping_time", "c-fang", {}, "action_track"),
        (ShippingFee(), "寄香港要交关税吗", "ask_shipping_fee", "c-chan", {}, "action_faq"),
    ],
)
def test_plain_words_go_to_who_knows_the_order(
    action, text: str, intent: str, who: str, slots: dict, taker: str
) -> None:
    assert say(action, text, intent, slots=slots, customer_id=who).follows == taker


@pytest.mark.parametrize(
    ("action", "text", "intent", "who"),
    [
        (ShippingTime(), "多久能到", "ask_shipping_time", None),
        (Size(), "能改120不", "ask_size", None),
        (Track(), "我寄了 圆通 YT99887766", "track_order", "c-xu"),
        (FaqAnswer(), "能放多久", "ask_usage", "c-lin"),
    ],
)
def test_without_an_order_behind_them_they_are_left_to_their_reading(
    action, text: str, intent: str, who: str | None
) -> None:
    said = say(action, text, intent, customer_id=who)
    assert said.follows in (None, "action_listen", "size_form")


def test_who_waits_is_told_when_her_own_comes() -> None:
    said = say(ShippingTime(), "到底几号能到", "ask_shipping_time", customer_id="c-gu")
    assert said.responses == ["utter_order_shipped"]
    assert said.slots["order_id"] == WAY


def test_a_piece_a_person_has_yet_to_agree_to_is_no_new_purchase() -> None:
    slots = {
        "order_id": BOWLS,
        "trouble": {"order": BOWLS, "issue": "defect", "outcome": {"person": True, "kind": "resend"}},
    }
    said = say(ShippingTime(), "多久能到", "ask_shipping_time", slots=slots, customer_id="c-deng")
    assert said.responses == ["utter_resend_when_open"]


def test_the_refund_she_names_is_told() -> None:
    said = say(RefundStatus(), "那个被子钱退没退啊", "ask_refund", customer_id="c-qiao")
    assert said.responses == ["utter_refund_cancelled"]
    assert "199 元" in said.text
    both = say(Refund(), "退钱了没", "ask_refund", customer_id="c-qiao")
    assert both.follows == "action_refund_status"
    assert say(RefundStatus(), "退钱了没", "ask_refund", customer_id="c-qiao").responses == [
        "utter_refund_coming_back",
        "utter_refund_cancelled",
    ]


def test_what_was_never_paid_has_nothing_to_come_back() -> None:
    said = say(RefundStatus(), "鞋拖的钱退我没", "ask_refund", customer_id="c-gu")
    assert said.responses == ["utter_refund_unpaid"]


def test_a_refund_to_be_stopped_is_promised_to_be_looked_at() -> None:
    said = say(RefundStatus(), "撤回退款申请", "ask_refund", customer_id="c-lin")
    assert said.responses == ["utter_refund_withdrawn"]
    assert "撤回退款" in said.effect("promise")["text"]


def test_a_packed_order_tells_whether_the_size_is_there_and_is_stopped() -> None:
    said = say(ModifyOrder(), "羽绒服110买小了好像 能改120不", "modify_order", customer_id="c-xu")
    assert said.responses == ["utter_variant_stop"]
    assert "黄色 120" in said.text and KIDS in said.effect("promise")["text"]


def test_the_number_of_what_she_sends_back_is_noted_with_the_order(orders: Orders) -> None:
    said = say(Return(), "我寄了 圆通 YT99887766", "inform", slots=RETURNING, customer_id="c-lin")
    assert said.responses == ["utter_sent_back_return"]
    assert "239 元" in said.text and "YT99887766" in said.effect("promise")["text"]
    assert any("YT99887766" in note for note in orders.notes)


def test_where_to_send_it_is_told_again() -> None:
    said = say(Return(), "寄哪 给个地址", "ask_return", slots=RETURNING, customer_id="c-lin")
    assert said.responses == ["utter_return_address"]


def test_who_pays_the_way_back_is_told_in_the_middle_of_a_case() -> None:
    open_case = {"trouble": {"order": BOWLS, "issue": "defect"}, "requested_slot": "after_sale_form.photo"}
    asked = say(
        AfterSaleQuestion(),
        "运费谁出啊",
        "ask_return_fee",
        slots={**open_case, "order_id": BOWLS},
        form="after_sale_form",
        customer_id="c-deng",
    )
    assert asked.follows == "action_return_fee"
    assert asked.slots["requested_slot"] == "after_sale_form.photo"


def test_worn_goods_are_no_fault_and_a_person_may_make_an_exception() -> None:
    slots = {"pending": "action_settle_exchange", "draft": {"exchange": "88261100010133"}}
    said = say(
        AfterSaleQuestion(),
        "娃穿出去玩了一天 鞋底有点脏",
        "report_defect",
        slots=slots,
        form="after_sale_form",
        customer_id="c-xu",
    )
    assert said.follows == "action_return"
    told = say(Return(), "娃穿出去玩了一天 鞋底有点脏", "report_defect", slots=slots, customer_id="c-xu")
    assert told.responses == ["utter_worn"]
    assert told.slots["pending"] == "action_settle_exchange"
    paid = say(ReturnFee(), "运费谁出啊", "ask_return_fee", slots=slots, customer_id="c-xu")
    assert paid.responses == ["utter_postage_exchange_half"]


def test_the_rest_of_an_order_is_told_with_its_last_day() -> None:
    said = say(Track(), "另一个包裹啥时候到", "track_order", customer_id="c-fang")
    assert said.responses == ["utter_further_parcel_when"]


def test_a_rude_courier_is_the_shops_own_matter() -> None:
    said = say(Complaint(), "快递员态度贼差 骂我", "complain", customer_id="c-fang")
    assert said.responses == ["utter_courier_rude"]
    assert "快递员" in said.effect("promise")["text"]
    assert "/request_human" in said.payloads


def test_two_invoices_for_one_order_are_a_persons_with_the_facts() -> None:
    said = say(
        Invoice(),
        "大衣和羊绒衫分开开两张",
        "ask_invoice",
        slots={"draft": {"kind": "invoice", "order": "88261100010182", "name": "宋雅", "is_person": True}},
        customer_id="c-song",
    )
    assert said.responses == ["utter_handoff_invoices"]
    assert "宋雅" in "\n".join(said.effect("handoff")["summary"])


def test_what_was_read_back_comes_back_once_after_a_second_wish() -> None:
    draft = {"exchange": DRESS, "line": "dress-knit-long", "sku": "dkl-wine-m"}
    slots = {"pending": "action_settle_exchange", "draft": draft, "order_id": DRESS}
    said = say(FaqAnswer(), "你们几点下班", "ask_shop", slots=slots, customer_id="c-lin")
    assert said.responses[-1] == "utter_back_to_it"
    assert said.slots["pending"] == "action_settle_exchange"
    again = say(FaqAnswer(), "有实体店吗", "ask_shop", slots=said.slots, customer_id="c-lin")
    assert "utter_back_to_it" not in again.responses
    assert again.slots["pending"] is None


def test_a_yes_or_a_no_to_it_is_no_second_wish() -> None:
    draft = {"exchange": DRESS, "line": "dress-knit-long", "sku": "dkl-wine-m"}
    slots = {"pending": "action_settle_exchange", "draft": draft, "order_id": DRESS}
    said = say(Exchange(), "换L吧", "ask_exchange", {"size": "L"}, slots=slots, customer_id="c-lin")
    assert "utter_back_to_it" not in said.responses


def test_nothing_is_given_up_while_all_of_it_is_there() -> None:
    draft = {"kind": "variants", "order": "88261100010182", "changes": [[0, "cwd-khaki-l"]], "missing": []}
    slots = {"pending": "action_apply_change", "draft": draft}
    said = say(ModifyOrder(), "没货就退了那件", "cancel_order", slots=slots, customer_id="c-song")
    assert said.responses == ["utter_variants_all_there"]
    assert said.slots["pending"] == "action_apply_change"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("我的毛衣呢", "c-lin"),
        ("毛衣呢", "c-lin"),
        ("我买的毛衣啥情况", "c-lin"),
        ("我的靴子呢", "c-zhou"),
        ("我的围巾呢", "c-he"),
        ("我的开衫怎么没到", "c-fang"),
    ],
)
def test_goods_looked_for_by_their_name_are_her_own(text: str, who: str) -> None:
    assert say(FaqAnswer(), text, "ask_size", customer_id=who).follows == "action_track"


@pytest.mark.parametrize(
    ("text", "who", "more"),
    [
        ("毛衣呢", None, {}),
        ("毛衣呢", "c-lin", {"product_id": "knit-cable"}),
        ("毛衣怎么洗呢", "c-lin", {}),
        ("风衣呢", "c-lin", {}),
    ],
)
def test_goods_that_are_only_looked_at_are_no_parcel(text: str, who: str | None, more: dict) -> None:
    assert say(FaqAnswer(), text, "ask_usage", customer_id=who, **more).follows != "action_track"


def test_a_day_that_is_past_is_owned_up_to_and_stays_a_debt() -> None:
    first = say(Track(), "我的毛衣呢", "track_order", customer_id="c-lin")
    assert first.follows == "action_urge"
    again = say(
        Track(),
        "毛衣还没动静",
        "track_order",
        customer_id="c-lin",
        slots={"urged": {LATE: 1}, "order_id": LATE},
    )
    assert again.responses == ["utter_track_late"]
