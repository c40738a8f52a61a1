"""Days in a question about shipping, and whether the question is about an order of hers."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.shop.orders.awaited import about_orders
from bot.shop.parcels.asked_days import AskedDays, asked_days
from bot.shop.records.model import Shop

SUNDAY = datetime(2026, 11, 22, 18, 15)
FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 23)
DAYS = [
    ("能送到北京周五前吗", AskedDays(arrives_by=FRIDAY)),
    ("明天能到上海吗", AskedDays(arrives_by=MONDAY)),
    ("下周三能到重庆不", AskedDays(arrives_by=date(2026, 11, 25))),
    ("星期五前要穿 来得及不", AskedDays(arrives_by=FRIDAY)),
    ("周五能收到吗", AskedDays(arrives_by=FRIDAY)),
    ("28号前到得了北京么", AskedDays(arrives_by=date(2026, 11, 28))),
    ("周五就要用", AskedDays(arrives_by=FRIDAY)),
    ("我后天就走了 赶得上吗", AskedDays(arrives_by=date(2026, 11, 24))),
    ("礼拜五前", AskedDays(arrives_by=FRIDAY)),
    ("明天发货吗", AskedDays(ships_on=MONDAY)),
    ("周五发不发", AskedDays(ships_on=FRIDAY)),
    ("周五前能发吗", AskedDays()),
    ("明天拍几号到", AskedDays(buys_on=MONDAY)),
    ("双十二买什么时候到", AskedDays(buys_on=date(2026, 12, 12))),
    ("明天拍 周五能到吗", AskedDays(arrives_by=FRIDAY, buys_on=MONDAY)),
    ("昨天就说发货了", AskedDays()),
    ("几天能到", AskedDays()),
    ("今天能发货吗 到武汉几天", AskedDays(ships_on=date(2026, 11, 22))),
    ("今天发吗，周五前能收到吗", AskedDays(arrives_by=FRIDAY, ships_on=date(2026, 11, 22))),
]


@pytest.mark.parametrize(("text", "expected"), DAYS)
def test_a_day_is_one_to_have_it_by_or_to_buy_on_or_to_ship_on(text: str, expected: AskedDays) -> None:
    assert asked_days(text, SUNDAY) == expected


QIAO, GU, XU, LIN = "88261100010216", "88261100010166", "88261100010125", "88261100010067"
ASKED = [
    ("c-qiao", "今天能送到不", "thermal-set", None, [QIAO]),
    ("c-qiao", "今天能送到不", "boots-snow", None, [QIAO]),
    ("c-qiao", "什么时候能到", "boots-chelsea", None, []),
    ("c-qiao", "我现在拍什么时候到", "thermal-set", None, []),
    ("c-qiao", "我那个怎么还没到", "boots-chelsea", None, [QIAO]),
    ("c-gu", "我的羽绒服到西安好几天了 什么时候到新疆", None, None, [GU]),
    ("c-gu", "羽绒服还要几天", None, None, [GU]),
    ("c-xu", "那明天能发吗", "kids-down-cloud", None, [XU]),
    ("c-xu", "那明天能发吗", "kids-home-set", XU, [XU]),
    ("c-xu", "这套几天能到", "kids-home-set", XU, []),
    ("c-xu", "要是今天拍几号到", "kids-down-cloud", None, []),
    ("c-lin", "双十二买什么时候到", "knit-merino-crew", None, []),
    ("c-lin", "发货了吗", "knit-merino-crew", None, [LIN]),
]


@pytest.mark.parametrize(("customer", "text", "in_view", "talked", "expected"), ASKED)
def test_a_question_about_days_is_about_the_order_she_waits_for(
    demo_shop: Shop, customer: str, text: str, in_view: str | None, talked: str | None, expected: list[str]
) -> None:
    orders = [order for order in demo_shop.orders.values() if order.customer_id == customer]
    found = about_orders(demo_shop, orders, text, SUNDAY, in_view, talked)
    assert [order.id for order in found] == expected


def test_a_place_her_order_does_not_go_to_is_asked_about_before_buying(demo_shop: Shop) -> None:
    orders = [order for order in demo_shop.orders.values() if order.customer_id == "c-qiao"]
    assert about_orders(demo_shop, orders, "寄到北京几天", SUNDAY, "thermal-set", elsewhere=True) == ()
