"""Sums, days, coupons and yeses as sloppy customers say them (docs/transcript-review.md)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from actions.apply_change import ApplyChange
from actions.bargain import AcceptPrice, Bargain
from actions.compensation import Compensation
from actions.faq import FaqAnswer
from actions.postage import ShippingFee
from actions.price import Price
from actions.price_protection import PriceProtection
from actions.product import ProductInfo
from actions.promotions import Promotions
from actions.shipping import ShippingTime
from actions.small_talk import Affirm, Hesitate
from bot.faq.search import Confident, Hit
from bot.shop.model import Shop
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
    said = say(FaqAnswer(), "会漏水不", "ask_quality", product_id="bottle-thermos")
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
