"""What her own words plainly ask after: her parcel, her money, what she sends back. Nothing else is taken for it."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.settings import ROOT
from bot.shop.orders.hers import product_meant
from bot.shop.orders.invoice import wants_several_invoices
from bot.shop.orders.own_words import (
    Matter,
    gives_up_if_gone,
    read,
    tracking_number,
)
from bot.shop.orders.variant_wish import read as variant_wished
from bot.shop.records.loader import load_shop
from bot.shop.records.model import Shop

NOW = datetime(2026, 11, 20, 14, 0)


@pytest.fixture(scope="module")
def shop() -> Shop:
    return load_shop(ROOT / "data" / "shop", NOW)


def of(shop: Shop, customer: str) -> list:
    return [order for order in shop.orders.values() if order.customer_id == customer]


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("到底几号能到", Matter.ARRIVAL),
        ("啥时候给我发", Matter.ARRIVAL),
        ("那得多久才能到啊", Matter.ARRIVAL),
        ("怎么还在西安啊 冻死了", Matter.STUCK),
        ("外套走了五天才到武汉怎么回事", Matter.STUCK),
        ("包裹卡在广州不动", Matter.STUCK),
        ("那床被子的钱退了没", Matter.REFUND),
        ("钱到账了吗", Matter.REFUND),
        ("你们退了我多少", Matter.REFUND),
        ("衣服我寄了 中通 788000000009999", Matter.SENT_BACK),
        ("YT9988776655", Matter.SENT_BACK),
        ("寄到哪里啊", Matter.RETURN_ADDRESS),
        ("退货地址再发一遍", Matter.RETURN_ADDRESS),
        ("孩子穿着出去玩了一天 鞋底脏了", Matter.WORN),
        ("吊牌已经剪了", Matter.WORN),
        ("没穿过", Matter.UNWORN),
        ("我没洗没穿", Matter.UNWORN),
        ("来回运费谁出", Matter.POSTAGE),
        ("还有一个包裹呢 啥时候到", Matter.OTHER_PARCEL),
        ("驿站能放几天", Matter.AT_STATION),
        ("那个快递员太凶了", Matter.COURIER_RUDE),
        ("被派件员骂了一顿", Matter.COURIER_RUDE),
        ("我的退款想撤回", Matter.WITHDRAWN),
        ("那双鞋不退了", Matter.WITHDRAWN),
        ("我下的单子还在不", Matter.STILL_THERE),
        ("之前不是说有现货吗", Matter.IN_STOCK_SAID),
        ("寄香港用不用交税", Matter.TAX),
    ],
)
def test_the_words_say_it_by_themselves(text: str, matter: Matter) -> None:
    assert matter in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "现在下单多久能到",
        "要是今天拍几号能到",
        "退款多久能到",
        "大衣还有货吗",
        "穿了一次就开线了",
        "洗了一次掉色",
        "快递电话多少",
        "专票税点多少",
        "地址发我核对下",
        "这件能穿几年",
        "你们态度真好",
        "快递员态度很好",
        "拉链卡在中间了",
        "裙子才到膝盖",
        "到手三天了就开线",
        "是不是现货",
    ],
)
def test_what_is_asked_of_other_things_is_left_to_its_reading(text: str) -> None:
    assert not read(text)


def test_a_tracking_number_is_told_apart_from_a_phone() -> None:
    assert tracking_number("圆通 yt99887766") == "YT99887766"
    assert tracking_number("我电话15400000002") == ""


@pytest.mark.parametrize("text", ["大衣和毛衣分开开", "各开一张", "开两张发票"])
def test_several_invoices_for_one_order_are_heard(text: str) -> None:
    assert wants_several_invoices(text)


@pytest.mark.parametrize("text", ["开一张发票", "两单都开", "发票分个人和单位吗"])
def test_one_invoice_is_not_several(text: str) -> None:
    assert not wants_several_invoices(text)


def test_only_what_is_gone_is_given_up() -> None:
    assert gives_up_if_gone("没货就退了那件")
    assert not gives_up_if_gone("没货吗")


@pytest.mark.parametrize(
    ("customer", "text", "product"),
    [
        ("c-xu", "羽绒服110买小了 能改120不", "kids-down-cloud"),
        ("c-xu", "我买的羽绒服发了没", "kids-down-cloud"),
        ("c-gu", "我的羽绒服到哪了", "down-long-hood"),
        ("c-lin", "我那件毛衣发货了吗", "knit-merino-crew"),
        ("c-zhou", "我想换件长款羽绒服", None),
        ("c-xu", "羽绒服多少钱", None),
    ],
)
def test_a_name_that_goods_share_means_what_she_has_ordered(
    shop: Shop, customer: str, text: str, product: str | None
) -> None:
    found = product_meant(shop, of(shop, customer), text)
    assert (found.id if found else None) == product


@pytest.mark.parametrize(
    ("customer", "text", "talked", "wished"),
    [
        ("c-xu", "羽绒服110买小了好像 能改120不", None, ("kids-down-cloud", "120")),
        ("c-xu", "保暖内衣也换120", None, ("kids-thermal", "120")),
        ("c-song", "大衣换L", None, ("coat-wool-double", "l")),
        ("c-song", "两件都换L", None, None),
        ("c-lin", "换M", "88261100010075", ("dress-knit-long", "m")),
        ("c-lin", "换M", None, None),
        ("c-lin", "换个地址", None, None),
        ("c-xu", "120有货吗", None, None),
    ],
)
def test_the_size_wished_for_is_of_a_piece_of_hers(
    shop: Shop, customer: str, text: str, talked: str | None, wished: tuple[str, str] | None
) -> None:
    found = variant_wished(shop, of(shop, customer), text, talked)
    assert (found and (found.line.product_id, found.size)) == wished


@pytest.mark.parametrize(
    ("said", "matter"),
    [
        ("晚发货有补偿吗", Matter.LATE_MONEY),
        ("超时补偿多少", Matter.LATE_MONEY),
        ("毛衣咋还不发", Matter.OVERDUE),
        ("三天了还没发", Matter.OVERDUE),
        ("都四天了 我要投诉", Matter.COMPLAINT),
        ("投诉到哪", Matter.COMPLAINT),
        ("退的钱我咋没看见", Matter.REFUND),
        ("能改送到喀什吗", Matter.REROUTED),
        ("上午不在家下午来", Matter.DELIVERY_TIME),
        ("快递员不接电话", Matter.NO_ANSWER),
        ("围巾和开衫怎么停广州", Matter.STUCK),
        ("能上门取件吗", Matter.PICKED_UP),
    ],
)
def test_what_is_asked_of_her_own_order_is_heard(said: str, matter: Matter) -> None:
    assert matter in read(said)


@pytest.mark.parametrize(
    ("said", "matter"),
    [
        ("拖鞋坏了赔吗", Matter.LATE_MONEY),
        ("慢回弹枕头坏了赔不赔", Matter.LATE_MONEY),
        ("怎么不发顺丰", Matter.OVERDUE),
        ("怎么不发票", Matter.OVERDUE),
        ("到货两天了才发现坏了", Matter.OVERDUE),
        ("上次投诉过了", Matter.COMPLAINT),
        ("我不想退钱 想换", Matter.REFUND),
        ("衣服改短一点", Matter.REROUTED),
        ("下午能发货吗", Matter.DELIVERY_TIME),
        ("没人接待我吗", Matter.NO_ANSWER),
        ("这款怎么停产了", Matter.STUCK),
        ("能上门安装吗", Matter.PICKED_UP),
        ("这件衣服多少钱", Matter.ITS_MONEY),
    ],
)
def test_the_same_words_for_something_else_are_left_alone(said: str, matter: Matter) -> None:
    assert matter not in read(said)
