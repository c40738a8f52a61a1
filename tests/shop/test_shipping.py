"""Postage, and when a parcel leaves and arrives."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from bot.shop.parcels import shipping
from bot.shop.parcels.shipping import Fee, ShippingDates, Unserved
from bot.shop.records.orders import OrderState

FEES = [
    # region, goods, kg, courier → yuan (None: unserved), remote
    ("浙江", "30", "0.5", None, "6", False),
    ("浙江", "30", "1", None, "6", False),
    ("浙江", "30", "1.01", None, "7", False),
    ("浙江", "58.99", "3", None, "8", False),
    ("浙江", "59", "3", None, "0", False),
    ("浙江杭州", "59", "3", None, "0", False),
    ("江浙沪", "30", "1", None, "6", False),
    ("西北", "30", "1", None, "23", True),  # several provinces: the dearest
    ("广东", "30", "2.5", None, "13", False),
    ("新疆", "30", "2", None, "33", True),
    ("新疆", "199", "2", None, "5", True),  # the surcharge stays
    ("香港", "9999", "1", None, "30", True),  # never free
    ("浙江", "59", "1", "顺丰速运", "12", False),
    ("台湾", "30", "1", None, None, False),
    ("火星", "30", "1", None, None, False),
]


@pytest.mark.parametrize(("region", "goods", "kg", "courier", "yuan", "remote"), FEES)
def test_postage_follows_region_amount_and_weight(shop, region, goods, kg, courier, yuan, remote):
    fee = shipping.fee(shop, region, Decimal(goods), Decimal(kg), courier)
    if yuan is None:
        assert isinstance(fee, Unserved)
    else:
        assert isinstance(fee, Fee)
        assert (fee.yuan, fee.remote, fee.is_free) == (Decimal(yuan), remote, yuan == "0")


def test_an_unserved_region_comes_with_the_owner_s_reason(shop):
    assert shipping.fee(shop, "台湾", Decimal(1), Decimal(1)) == Unserved("台湾", "暂时没有合作的快递")
    assert shipping.dates(shop, datetime(2026, 11, 20, 9), "台湾") == Unserved("台湾", "暂时没有合作的快递")


LEAVES = [
    # paid at (the 22nd is a Sunday, the 25th closed) → leaves, today?
    (datetime(2026, 11, 20, 15, 59), date(2026, 11, 20), True),
    (datetime(2026, 11, 20, 16, 0), date(2026, 11, 21), False),
    (datetime(2026, 11, 21, 18, 0), date(2026, 11, 23), False),
    (datetime(2026, 11, 22, 9, 0), date(2026, 11, 23), False),
    (datetime(2026, 11, 24, 17, 0), date(2026, 11, 26), False),
    (datetime(2026, 11, 25, 9, 0), date(2026, 11, 26), False),
]


@pytest.mark.parametrize(("paid", "leaves", "today"), LEAVES)
def test_ships_today_is_said_only_before_the_cut_off_of_a_working_day(shop, paid, leaves, today):
    found = shipping.dates(shop, paid)
    assert (found.ships_on, found.before_cutoff) == (leaves, today)
    assert found.arrives_from is None  # the region is not known


def test_arrival_is_counted_from_the_day_it_leaves(shop):
    paid = datetime(2026, 11, 20, 9)
    assert shipping.dates(shop, paid, "浙江") == ShippingDates(
        date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22), True
    )
    spread = shipping.dates(shop, paid, "西北")
    assert (spread.arrives_from, spread.arrives_to) == (date(2026, 11, 22), date(2026, 11, 28))


def test_what_is_made_to_order_or_pre_sold_leaves_later(shop):
    paid = datetime(2026, 11, 20, 9)
    chair = shipping.dates(shop, paid, product=shop.products["chair-study"])
    assert (chair.ships_on, chair.before_cutoff) == (date(2026, 11, 23), False)  # two days, Sunday closed
    box = shipping.dates(shop, paid, product=shop.products["box-a1"])
    assert (box.ships_on, box.before_cutoff) == (date(2026, 11, 30), False)


def test_an_order_is_late_once_its_promised_day_has_passed(shop):
    waiting = shop.orders["20261120000002"]  # pre-sold, leaves on the 30th
    assert not shipping.is_late(shop, waiting, datetime(2026, 11, 30, 23))
    assert shipping.is_late(shop, waiting, datetime(2026, 12, 1, 0))
    delivered = shop.orders["20261119000001"]
    assert not shipping.is_late(shop, delivered, datetime(2027, 1, 1))


def test_a_parcel_on_the_way_is_late_after_the_longest_time(shop):
    order = shop.orders["20261119000001"]
    shipped = order.model_copy(update={"state": OrderState.SHIPPED, "delivered_at": None})
    assert shipping.promised(shop, shipped).arrives_to == date(2026, 11, 18)
    assert not shipping.is_late(shop, shipped, datetime(2026, 11, 18, 20))
    assert shipping.is_late(shop, shipped, datetime(2026, 11, 19, 8))
