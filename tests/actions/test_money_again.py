"""Sums, days, coupons and yeses as sloppy customers say them (docs/transcript-review.md)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from actions.after_sale.compensation import Compensation
from actions.after_sale.refunds import RefundStatus
from actions.deciding.clarify import Clarify
from actions.orders.apply_change import ApplyChange
from actions.orders.order_changes import ModifyOrder
from actions.orders.unpaid import Payment
from actions.parcels.postage import ShippingFee
from actions.parcels.shipping import ShippingTime
from actions.prices.bargain import AcceptPrice, Bargain
from actions.prices.price import Price
from actions.prices.price_protection import PriceProtection
from actions.prices.promotions import Promotions
from actions.products.product import ProductInfo
from actions.talk.faq import FaqAnswer
from actions.talk.small_talk import Affirm, Hesitate
from bot.faq.search import Confident, Hit
from bot.shop.records.model import Shop
from tests.actions.conftest import Orders, Scripts, say

DESK, SLIPPERS, JACKET = "desk-study", "slippers-cotton", "down-light-short"


def test_a_chair_beside_the_desk_is_in_the_sum_and_stays_in_it() -> None:
    both = say(Price(), "配那个椅子一起多少钱", "ask_price", product_id=DESK)
    assert "云朵可升降学习椅" in both.text and "1498 元" in both.text
    on = say(Price(), "一共多少", "ask_price", slots=both.slots)
    assert "云朵可升降学习椅" in on.text and "1498 元" in on.text


def test_what_is_missing_is_counted_from_everything_added_up() -> None:
    both = say(Price(), "这个围巾和加绒打底衫一起买多少钱", "ask_price", product_id="scarf-wool")
    short = say(Price(), "差多少", "ask_price", slots=both.slots)
    assert "72 元" in short.text and "171 元" not in short.text


def test_a_total_holds_the_postage() -> None:
    said = say(
        Price(), "两双一共多少钱到湖北", "ask_price", {"quantity": 2, "region": "湖北"}, product_id=SLIPPERS
    )
    assert said.responses[-1] == "utter_price_postage" and "91.3 元" in said.text
    free = say(ShippingFee(), "包邮吗", "ask_shipping_fee", slots=said.slots)
    assert "2 双" in free.text


def test_a_total_without_a_place_asks_for_it_and_then_adds_up_the_same_goods() -> None:
    said = say(Price(), "两双一共多少钱", "ask_price", {"quantity": 2}, product_id=SLIPPERS)
    assert said.responses[-1] == "utter_price_postage_open"
    told = say(Price(), "湖北", "inform", {"region": "湖北"}, slots=said.slots)
    assert "91.3 元" in told.text


def test_price_and_postage_asked_together_are_both_told() -> None:
    asked = say(
        ShippingFee(),
        "多少钱 运费多少 到内蒙",
        "ask_shipping_fee",
        {"region": "内蒙古"},
        product_id="scarf-wool",
    )
    assert asked.follows == "action_price"


@pytest.mark.parametrize(
    ("text", "date", "verdict"),
    [("能送到北京周五前吗", "周五", "surely"), ("明天能到北京吗", "明天", "hardly")],
)
def test_a_day_to_have_it_by_is_held_against_buying_now(text: str, date: str, verdict: str) -> None:
    found = {"date": date, "region": "北京"}
    said = say(
        ShippingTime(),
        text,
        "ask_shipping_time",
        found,
        product_id="coat-wool-double",
        now="2026-11-23T10:00:00",
    )
    assert said.responses[-1] == f"utter_in_time_{verdict}"


@pytest.mark.parametrize(
    ("customer", "text", "page"),
    [
        ("c-qiao", "今天能送到不", "thermal-set"),
        ("c-gu", "我的羽绒服什么时候到新疆", None),
        ("c-xu", "那明天能发吗", "kids-down-cloud"),
    ],
)
def test_who_waits_for_an_order_is_never_told_to_pay_now(customer: str, text: str, page: str | None) -> None:
    said = say(ShippingTime(), text, "ask_shipping_time", customer_id=customer, product_id=page)
    assert not any(response.startswith("utter_ships") for response in said.responses)
    assert said.slots["order_id"]


@pytest.mark.parametrize(
    ("product", "text", "intent", "fact"),
    [
        ("chair-study", "要自己装吗", "ask_usage", "五分钟"),
        ("pot-enamel", "电磁炉能用吗", "ask_usage", "电磁炉"),
        ("knit-cashmere-v", "有没有检测报告", "ask_quality", "检测报告"),
        ("bedding-milk-velvet", "静电大不大", "ask_quality", "静电比纯棉多"),
    ],
)
def test_the_catalogue_answers_before_a_script_asks_which_product(
    scripts: Scripts, product: str, text: str, intent: str, fact: str
) -> None:
    scripts.know(intent, 0.95)
    assert say(FaqAnswer(), text, intent, product_id=product).follows == "action_product_info"
    assert fact in say(ProductInfo(), text, intent, product_id=product).text


def test_who_has_trouble_with_it_is_helped_and_not_told_data(scripts: Scripts) -> None:
    scripts.know("ask_usage", 0.95)
    said = say(FaqAnswer(), "装不上咋办", "ask_usage", product_id="chair-study")
    assert said.follows != "action_product_info"


def test_a_yes_with_a_colour_and_a_size_says_whether_that_is_there() -> None:
    asked = say(Bargain(), "便宜点", "bargain", product_id="parka-padded")
    said = say(AcceptPrice(), "那成交 要橙色M", "affirm", {"color": "橙色", "size": "M"}, slots=asked.slots)
    assert said.responses[0] == "utter_bargain_agreed"
    assert said.responses[-1].startswith("utter_choice_")


def test_taking_it_without_haggling_tells_how_to_order() -> None:
    slots = {"stock_of": "down-vest", "color": "黑色", "size": "L"}
    assert (
        say(Affirm(), "给我包起来", "affirm", slots=slots, product_id="down-vest").follows
        == "action_accept_price"
    )
    said = say(AcceptPrice(), "给我包起来", "affirm", slots=slots, product_id="down-vest")
    assert said.responses == ["utter_order_now_low"] and "黑色 L" in said.text
    open_choice = say(AcceptPrice(), "就要这件", "affirm", product_id="down-vest")
    assert open_choice.responses == ["utter_order_choose"]


def test_her_coupon_beside_a_price_is_answered_and_no_haggling() -> None:
    asked = say(
        Bargain(), "加上我那张10块的券", "bargain", {"price": 10.0}, product_id=JACKET, customer_id="c-zhou"
    )
    assert asked.follows == "action_price"
    said = say(
        Price(), "加上我那张10块的券", "bargain", {"price": 10.0}, product_id=JACKET, customer_id="c-zhou"
    )
    assert said.responses == ["utter_coupon_in_price"] and "10 元" in said.text
    guest = say(Price(), "我的券能用吗", "ask_price", product_id=JACKET)
    assert guest.responses == ["utter_coupon_needs_login"]


def test_waiting_is_weighed_with_the_price_of_that_day_and_the_protection() -> None:
    said = say(Hesitate(), "要不等双十二", "hesitate", {"date": "双十二"}, product_id=JACKET)
    assert said.responses == ["utter_wait_no_cheaper", "utter_wait_protected"]
    assert "389 元" in said.text and "359 元" in said.text and "15 天" in said.text


def test_a_member_price_is_no_fall_of_the_price_and_the_page_tells_which_order() -> None:
    said = say(
        PriceProtection(), "能退差价不", "ask_price_protection", product_id=JACKET, customer_id="c-zhou"
    )
    assert said.responses == ["utter_protection_own_offers"]
    again = say(Compensation(), "那给我补一下", "ask_compensation", slots=said.slots, customer_id="c-zhou")
    assert again.follows == "action_price_protection"


def test_the_second_postage_of_merged_orders_goes_back(orders: Orders) -> None:
    draft = {"kind": "merge", "order": "88261100010281", "other": "88261100010299"}
    slots = {"draft": draft, "order_id": "88261100010281", "pending": "action_apply_change"}
    said = say(ApplyChange(), "好", "affirm", slots=slots, customer_id="c-fang")
    assert said.responses == ["utter_merge_noted", "utter_merge_postage_back"] and "8 元" in said.text
    again = say(ApplyChange(), "好", "affirm", slots=slots, customer_id="c-fang")
    assert "utter_merge_postage_back" not in again.responses


def test_two_things_are_haggled_over_together_and_never_below_both_floors(demo_shop: Shop) -> None:
    both = say(Price(), "围巾和毛衣一起多少钱", "ask_price", product_id="knit-cable")
    slots, prices = both.slots, []
    floor = demo_shop.products["knit-cable"].floor_price + demo_shop.products["scarf-wool"].floor_price
    for text in ("两样一起便宜点", "再便宜点", "再少点", "还是贵", "再便宜点"):
        said = say(Bargain(), text, "bargain", slots=slots)
        slots = said.slots
        prices.append(Decimal(slots["bargain"]["price"]))
        assert "羊毛流苏围巾" in said.text or not said.wordings
    assert prices == sorted(prices, reverse=True) and min(prices) >= floor and prices[-1] < prices[0] + 1
    done = say(AcceptPrice(), "行 成交", "affirm", slots=slots)
    assert done.responses[0].startswith("utter_bargain_agreed")
    assert (
        "羊毛流苏围巾" in done.effect("promise")["text"] and "麻花宽松毛衣" in done.effect("promise")["text"]
    )


def test_steps_taken_on_one_thing_are_not_taken_again_on_the_pair() -> None:
    slots: dict = {}
    for _ in range(3):
        slots = say(Bargain(), "再便宜点", "bargain", slots=slots, product_id="knit-cable").slots
    alone = Decimal(slots["bargain"]["price"])
    said = say(Bargain(), "加条围巾一起再便宜点", "bargain", slots=slots, product_id="knit-cable")
    assert said.slots["bargain"]["steps"] == 3
    # Together 318, less the 30 of 暖冬满300减30, less what was won on the sweater alone.
    assert Decimal(said.slots["bargain"]["price"]) == Decimal(288) - (Decimal(189) - alone)


def test_a_late_order_that_was_made_good_is_told_so_and_no_second_time(orders: Orders) -> None:
    late = "88261100010067"
    orders.orders[late] = orders.orders[late].model_copy(update={"compensated": Decimal(12)})
    said = say(
        Compensation(), "怎么补偿我", "ask_compensation", slots={"order_id": late}, customer_id="c-lin"
    )
    assert said.responses == ["utter_late_already"] and "12 元" in said.text and not said.effects


@pytest.mark.parametrize(
    ("text", "response"),
    [("换的那件什么时候能到", "utter_exchange_when"), ("补发的啥时候到", "utter_resend_when")],
)
def test_what_is_exchanged_or_sent_again_is_never_paid_for_now(text: str, response: str) -> None:
    slots = {"order_id": "88261100010042"}
    said = say(
        ShippingTime(), text, "ask_shipping_time", slots=slots, customer_id="c-zhou", product_id=JACKET
    )
    assert said.responses == [response]


def test_a_script_that_asks_which_product_is_not_said_on_the_products_own_page(scripts: Scripts) -> None:
    scripts.know("ask_quality", 0.95)
    hit = scripts.by_intent["ask_quality"].hit
    asks_back = Hit(hit.id, hit.script_id, hit.question, "说不好，您问的是哪一款？", (), hit.score)
    scripts.by_intent["ask_quality"] = Confident(asks_back)
    said = say(FaqAnswer(), "会生锈不", "ask_quality", product_id="bottle-thermos")
    assert said.responses == ["utter_fact_unknown"]


def test_which_order_was_exchanged_is_asked_and_its_days_told_then() -> None:
    asked = say(ShippingTime(), "换的那件什么时候能到", "ask_shipping_time", customer_id="c-zhou")
    assert asked.responses == ["utter_which_order"]
    chosen = {"order_id": "88261100010042"}
    said = say(ShippingTime(), "/inform", "inform", chosen, slots=asked.slots, customer_id="c-zhou")
    assert said.responses == ["utter_exchange_when"]


def test_goods_bought_together_are_added_up_even_where_it_was_read_as_a_promotion() -> None:
    said = say(Promotions(), "椅子和桌子一起买", "ask_promotion", product_id=DESK)
    assert said.follows == "action_price"


TRENCH, DUVET_SET, UNDERWEAR = "88261100010240", "88261100010026", "88261100010216"


def paid(text: str, customer: str, **slots) -> str:
    """What is told of money paid, whatever the words were read as."""
    assert say(Clarify(), text, "nlu_fallback", slots=slots, customer_id=customer).follows == "action_payment"
    return say(Payment(), text, "ask_price", slots=slots, customer_id=customer).text


@pytest.mark.parametrize(
    "text", ["风衣我付了多少钱", "我风衣实付多少", "风衣那单付的429对吧", "我风衣付的是多少钱"]
)
def test_what_she_paid_is_told_from_the_order_and_not_from_todays_price(text: str) -> None:
    assert paid(text, "c-deng") == "经典双排扣风衣您付的是 429 元，优惠一共减了 30 元。"


@pytest.mark.parametrize("text", ["风衣我付的是定金还是全款", "我那风衣是定金吗"])
def test_who_paid_the_whole_is_not_told_of_a_deposit(text: str) -> None:
    assert paid(text, "c-deng") == "经典双排扣风衣您付的是全款 429 元，不用再付。"


def test_the_order_talked_about_or_named_is_the_one_whose_sum_is_told() -> None:
    assert "139 元" in paid("多少钱来着我忘了", "c-qiao", order_id=UNDERWEAR)
    assert "679 元" in paid("我那羽绒服付了多少钱", "c-gu")
    assert "278 元" in paid("我付了多少 围巾那单", "c-he")


@pytest.mark.parametrize(
    ("text", "customer", "meta"),
    [
        ("羽绒服多少钱", "c-gu", {}),
        ("多少钱来着", "c-gu", {"product_id": JACKET}),
        ("我那羽绒服付了多少钱", "c-lin", {"product_id": JACKET}),
        ("风衣我付的是定金还是全款", "", {}),
    ],
)
def test_a_price_of_something_else_is_not_what_she_paid(text: str, customer: str, meta: dict) -> None:
    assert say(Clarify(), text, "nlu_fallback", customer_id=customer, **meta).follows != "action_payment"


def test_a_coupon_forgotten_is_made_good_and_never_said_to_be_in_there() -> None:
    text = "四件套忘用券了咋办"
    assert say(Promotions(), text, "ask_promotion", customer_id="c-zhou").follows == "action_payment"
    said = say(Payment(), text, "ask_promotion", customer_id="c-zhou")
    assert said.responses == ["utter_win_back_found_coupon"]
    assert said.slots["order_id"] == DUVET_SET and said.slots["pending"] == "action_keep_order"


def test_whether_a_coupon_went_in_is_told_from_the_order() -> None:
    told = paid("四件套那单当时用券了吗", "c-zhou")
    assert "没有用券" in told and "付的是 299 元" in told and "补不上" not in told
    assert "10 元的券这单够用" in told
    assert "减了 30 元" in paid("风衣那单当时用券了吗", "c-deng")


def test_a_coupon_forgotten_on_what_is_on_the_road_is_told_to_be_left() -> None:
    told = paid("雪地靴忘用券了", "c-zhou")
    assert "254.8 元" in told and "补不上" in told and "满 59 元" in told


def test_another_size_costs_what_was_paid_for_the_first() -> None:
    said = say(ModifyOrder(), "风衣换成L", "modify_order", {"size": "L"}, customer_id="c-deng")
    assert said.responses == ["utter_confirm_variant"]
    assert "429 元" in said.text and "459" not in said.text


@pytest.mark.parametrize("text", ["美利奴那件退款要几天", "羊毛衫的退款多久到账", "羊毛衫退了几天到账"])
def test_goods_named_are_the_only_ones_whose_refund_is_told(text: str) -> None:
    said = say(RefundStatus(), text, "ask_refund", customer_id="c-lin", slots={"order_id": "88261100010083"})
    assert "259 元" in said.text and "119" not in said.text and "帆布鞋" not in said.text
    assert "没有申请退款" in said.text


@pytest.mark.parametrize("text", ["帆布鞋退款到了吗", "退款几天到账", "119那笔退了没"])
def test_the_refund_under_way_is_still_told_where_it_is_meant(text: str) -> None:
    said = say(RefundStatus(), text, "ask_refund", customer_id="c-lin")
    assert said.responses == ["utter_refund_refunding"] and "119 元" in said.text


def test_what_was_given_back_since_is_told_beside_what_was_paid(orders: Orders) -> None:
    order = orders.orders[DUVET_SET]
    orders.orders[DUVET_SET] = order.model_copy(update={"compensated": Decimal(10)})
    told = paid("我四件套花了多少钱来着", "c-zhou")
    assert told == "纯棉印花四件套您付的是 299 元。后来已经退过您 10 元。"
    assert "够用" not in paid("四件套忘用券了", "c-zhou")


def test_a_coupon_that_was_agreed_on_is_hers_already() -> None:
    settled = {"order": "88261100010042", "kind": "coupon", "amount": "20"}
    said = say(
        RefundStatus(), "什么时候到账啊", "ask_refund", slots={"settled": settled}, customer_id="c-zhou"
    )
    assert said.responses == ["utter_refund_settled_coupon"]
    paid = {**settled, "kind": "partial_refund"}
    said = say(RefundStatus(), "什么时候到账啊", "ask_refund", slots={"settled": paid}, customer_id="c-zhou")
    assert said.responses == ["utter_refund_settled_other"]
