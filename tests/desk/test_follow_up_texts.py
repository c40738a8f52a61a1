"""What follow-ups say is true of the shop at that moment, or is not said."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.desk.aftercare.follow_up_lines import follow_up_lines
from bot.desk.aftercare.follow_up_texts import Facts, FollowUpTexts
from bot.settings import ROOT
from bot.shop.records.loader import load_shop
from bot.shop.records.model import HeldCoupon, Product, Shop
from bot.shop.records.orders import Order, OrderState
from bot.shop.talk.follow_ups import Occasion, Plan

LINES = follow_up_lines()
NOW = datetime(2026, 11, 20, 10, 0)
HOURS = (10, 16, 20)


@pytest.fixture(scope="module")
def demo() -> Shop:
    return load_shop(ROOT / "data" / "shop", NOW)


@pytest.fixture(scope="module")
def texts(demo: Shop) -> FollowUpTexts:
    return FollowUpTexts(demo, LINES)


def asked(intent: str, product: Product | None) -> Plan:
    return Plan(Occasion.ASKED, "m", NOW, NOW, intent, product.id if product else None)


def facts(hour: int = 10, **more: object) -> Facts:
    values = {"last_word": NOW - timedelta(hours=14), "slots": {}}
    return Facts(NOW.replace(hour=hour), **{**values, **more})


@pytest.mark.parametrize("intent", LINES.asked)
def test_whatever_was_asked_about_any_product_only_what_is_true_is_said(demo, texts, intent):
    for product in demo.products.values():
        wishes = [{}] + [{"color": v.color, "size": v.size} for v in product.variants]
        for hour, slots in ((hour, slots) for hour in HOURS for slots in wishes):
            worded = texts.say(asked(intent, product), facts(hour, slots=slots), f"{product.id}{hour}")
            meant = [
                v
                for v in product.variants
                if not slots or ((v.color, v.size) == (slots["color"], slots["size"]))
            ]
            in_stock = sum(v.stock for v in meant)
            if worded is None:
                assert not in_stock or product.taken_down
                continue
            text = worded.draft.text
            assert (
                in_stock and not product.taken_down and product.name in text and not re.search(r"[{}]", text)
            )
            if found := re.search(r"只剩 (\d+) 件", text):
                assert int(found[1]) == in_stock <= demo.policy.low_stock
            if "今天就能发出" in text:
                assert NOW.replace(hour=hour).time() < demo.shipping.cutoff and not product.presale_ships_on
            if found := re.search(r"“(.+?)”(今天|明天)结束", text):
                offer = next(p for p in demo.promotions if p.title == found[1])
                assert offer.ends == NOW.date() + timedelta(days=found[2] == "明天")


def test_every_follow_up_can_be_stopped_with_one_tap(demo, texts):
    for intent in LINES.asked:
        for product in (next(iter(demo.products.values())), None):
            if worded := texts.say(asked(intent, product), facts(), "x"):
                assert worded.draft.buttons[-1].title == LINES.stop.title


def test_what_is_not_in_the_shop_any_more_is_not_spoken_of(texts):
    plan = Plan(Occasion.ASKED, "m", NOW, NOW, "ask_size", "gone")
    assert texts.say(plan, facts(), "x") is None


def test_measures_told_once_are_not_asked_for_again(demo, texts):
    coat = next(p for p in demo.products.values() if p.size_chart)
    told = {"height_cm": 165.0, "weight_kg": 55.0}
    worded = texts.say(asked("ask_size", coat), facts(slots=told), "x")
    assert worded and worded.key.endswith("known")
    assert not re.search("身高|体重|平时穿", worded.draft.text)


def test_a_cup_is_not_asked_for_its_wearer(demo, texts):
    cup = next(p for p in demo.products.values() if p.kind.value == "home" and not p.size_chart)
    worded = texts.say(asked("ask_size", cup), facts(), "x")
    assert worded is None or not re.search("穿|身高", worded.draft.text)


def test_a_colour_of_another_product_says_nothing_about_this_one(demo, texts):
    product = next(iter(demo.products.values()))
    worded = texts.say(asked("ask_price", product), facts(slots={"color": "透明色", "size": "99"}), "x")
    assert worded and "透明色" not in worded.draft.text


def order(demo: Shop, placed: datetime, state: OrderState = OrderState.UNPAID, **more: object) -> Order:
    product = next(iter(demo.products.values()))
    variant = next(v for v in product.variants if v.stock > demo.policy.low_stock)
    line = {"product_id": product.id, "sku": variant.sku, "quantity": 1, "price": product.price}
    values = {"id": "9", "customer_id": "c", "region": "浙江", "address": "某路", "amount": product.price}
    return Order(**{**values, "lines": (line,), "state": state, "placed_at": placed, **more})


def test_who_has_bought_it_meanwhile_is_not_asked_whether_she_wants_it(demo, texts):
    bought = order(demo, NOW - timedelta(hours=1), OrderState.PAID)
    product = demo.products[bought.lines[0].product_id]
    assert texts.say(asked("ask_size", product), facts(orders=(bought,)), "x") is None
    long_ago = order(demo, NOW - timedelta(days=30), OrderState.COMPLETED)
    assert texts.say(asked("ask_size", product), facts(orders=(long_ago,)), "x")


UNPAID = Plan(Occasion.UNPAID, "m", NOW, NOW, order_id="9")


def test_the_reminder_names_the_goods_and_until_when_they_are_kept(demo, texts):
    placed = NOW - timedelta(minutes=40)
    worded = texts.say(UNPAID, facts(orders=(order(demo, placed),)), "x")
    kept = placed + timedelta(hours=demo.policy.on_the_way.unpaid_keep_hours)
    assert worded and f"明天 {kept:%H:%M}" in worded.draft.text
    assert next(iter(demo.products.values())).name in worded.draft.text


@pytest.mark.parametrize(
    "changed",
    [
        {"state": OrderState.PAID},
        {"state": OrderState.CANCELLED},
        {"placed": NOW - timedelta(hours=30)},  # closed by now
        {"quantity": 9999},  # not on the shelf any more
    ],
)
def test_no_reminder_of_an_order_that_needs_none(demo, texts, changed):
    given = order(
        demo, changed.get("placed", NOW - timedelta(minutes=40)), changed.get("state", OrderState.UNPAID)
    )
    if "quantity" in changed:
        line = given.lines[0].model_copy(update={"quantity": changed["quantity"]})
        given = given.model_copy(update={"lines": (line,)})
    assert texts.say(UNPAID, facts(orders=(given,)), "x") is None
    assert texts.say(UNPAID, facts(orders=()), "x") is None


def test_a_coupon_is_named_with_its_worth_its_condition_and_its_last_day(texts):
    held = HeldCoupon(id="w", amount=Decimal(15), min_spend=Decimal(129), expires=date(2026, 11, 21))
    plan = Plan(Occasion.COUPON, "m", NOW, NOW, coupon_id="w")
    worded = texts.say(plan, facts(coupons=(held,)), "x")
    assert worded and "15 元" in worded.draft.text and "满 129 元" in worded.draft.text
    assert "明天到期" in worded.draft.text
    used_up = facts(coupons=())
    assert texts.say(plan, used_up, "x") is None
    over = held.model_copy(update={"expires": date(2026, 11, 19)})
    assert texts.say(plan, facts(coupons=(over,)), "x") is None


@pytest.mark.parametrize("text", ["退订", "以后不要再给我发消息了", "別再打擾我", "不要推送了！", "别骚扰我"])
def test_plain_words_of_refusal_count_at_any_time(text: str):
    assert LINES.is_refusal(text, answers_follow_up=False)


@pytest.mark.parametrize("text", ["别发了", "不用再发。", "TD", "td", "好烦啊", "不需要提醒"])
def test_ambiguous_words_count_as_an_answer_to_a_follow_up_only(text: str):
    assert LINES.is_refusal(text, answers_follow_up=True)
    assert not LINES.is_refusal(text, answers_follow_up=False)


@pytest.mark.parametrize(
    "text", ["好的", "多少钱", "发什么快递", "outdoor款有吗", "穿什么码", "要", "再便宜点"]
)
def test_an_ordinary_answer_refuses_nothing(text: str):
    assert not LINES.is_refusal(text, answers_follow_up=True)
