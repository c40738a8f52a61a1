"""Warehouses, holidays and delays: every date that is said can be recomputed from the tables day by day."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.parcels import postage, shipping
from bot.shop.records.loader import load_shop
from bot.shop.records.orders import OrderState, mergeable, merged, sent_apart, with_note
from bot.shop.records.shipping_table import PROVINCES, Delay, Holiday, Warehouse
from tests.shop.conftest import NOW, SMALL_SHOP

SPRING = Holiday(name="春节", starts=date(2027, 2, 5), ends=date(2027, 2, 9), couriers_rest=True)
CLOSED = Holiday(name="盘点", starts=date(2026, 12, 1), ends=date(2026, 12, 2))
NEAR = Warehouse(place="四川成都", regions=("四川", "重庆"), cutoff=time(12), days_min=1, days_max=1)
COATS = Warehouse(place="广东佛山", regions=("广东",), categories=("羽绒服",), days_min=1, days_max=1)
SNOW = Delay(
    reason="大雪", regions=("黑龙江",), starts=date(2026, 11, 20), ends=date(2026, 11, 23), extra_days=3
)
SMALL = load_shop(SMALL_SHOP, NOW)
TABLE = SMALL.shipping.model_copy(
    update={"holidays": (SPRING, CLOSED), "warehouses": (NEAR, COATS), "delays": (SNOW,)}
)
SHOP = SMALL.model_copy(update={"shipping": TABLE})


@pytest.mark.parametrize(
    ("paid", "region", "place", "leaves", "first", "last"),
    [
        # the near warehouse has its own hour and its own days
        (
            datetime(2026, 11, 20, 11),
            "四川",
            "四川成都",
            date(2026, 11, 20),
            date(2026, 11, 21),
            date(2026, 11, 21),
        ),
        (
            datetime(2026, 11, 20, 13),
            "四川",
            "四川成都",
            date(2026, 11, 21),
            date(2026, 11, 22),
            date(2026, 11, 22),
        ),
        (
            datetime(2026, 11, 20, 13),
            "浙江",
            "浙江杭州",
            date(2026, 11, 20),
            date(2026, 11, 21),
            date(2026, 11, 22),
        ),
        # snow adds days at the far end only
        (
            datetime(2026, 11, 20, 13),
            "黑龙江",
            "浙江杭州",
            date(2026, 11, 20),
            date(2026, 11, 22),
            date(2026, 11, 27),
        ),
        # the shop rests for stocktaking, couriers run
        (
            datetime(2026, 11, 30, 17),
            "浙江",
            "浙江杭州",
            date(2026, 12, 3),
            date(2026, 12, 4),
            date(2026, 12, 5),
        ),
        # over the Spring Festival nothing leaves and nothing moves
        (
            datetime(2027, 2, 4, 17),
            "浙江",
            "浙江杭州",
            date(2027, 2, 10),
            date(2027, 2, 11),
            date(2027, 2, 12),
        ),
        (
            datetime(2027, 2, 4, 10),
            "浙江",
            "浙江杭州",
            date(2027, 2, 4),
            date(2027, 2, 10),
            date(2027, 2, 11),
        ),
    ],
)
def test_days_follow_warehouse_holiday_and_delay(paid, region, place, leaves, first, last):
    found = shipping.dates(SHOP, paid, region)
    assert (found.ships_from, found.ships_on, found.arrives_from, found.arrives_to) == (
        place,
        leaves,
        first,
        last,
    )


def test_the_reason_comes_with_the_date():
    assert shipping.dates(SHOP, datetime(2027, 2, 4, 17), "浙江").holiday is SPRING
    assert shipping.dates(SHOP, datetime(2027, 2, 4, 10), "浙江").rest is SPRING
    assert shipping.dates(SHOP, datetime(2026, 11, 20, 10), "黑龙江").delay is SNOW
    plain = shipping.dates(SHOP, datetime(2026, 11, 20, 10), "浙江")
    assert (plain.holiday, plain.rest, plain.delay) == (None, None, None)


def test_a_warehouse_for_some_categories_sends_only_these():
    assert shipping.warehouse_for(TABLE, "广东", "羽绒服") == "广东佛山"
    assert shipping.warehouse_for(TABLE, "广东", "围巾") == "浙江杭州"
    assert shipping.warehouse_for(TABLE, None) == "浙江杭州"


def works(day: date) -> bool:
    is_holiday = any(holiday.starts <= day <= holiday.ends for holiday in TABLE.holidays)
    return not is_holiday and day.isoweekday() not in TABLE.closed_weekdays and day not in TABLE.closed_dates


MOMENTS = st.datetimes(datetime(2026, 10, 1), datetime(2027, 4, 1))


@given(MOMENTS, st.sampled_from(PROVINCES))
def test_no_date_is_said_that_the_tables_do_not_give(paid, region):
    """Recomputed naively, day by day, beside the rule."""
    found = shipping.dates(SHOP, paid, region)
    if region == "台湾":
        assert isinstance(found, shipping.Unserved)
        return
    near = region in NEAR.regions
    cutoff = NEAR.cutoff if near else TABLE.cutoff
    leaves = paid.date()
    if not works(leaves) or paid.time() >= cutoff:
        leaves += timedelta(days=1)
        while not works(leaves):
            leaves += timedelta(days=1)
    zone = next(zone for zone in TABLE.zones if region in zone.regions)
    source = NEAR if near else zone

    def after(day: date, count: int) -> date:
        while count:
            day += timedelta(days=1)
            count -= not SPRING.starts <= day <= SPRING.ends
        return day

    latest = after(leaves, source.days_max)
    if region in SNOW.regions and SNOW.starts <= latest and leaves <= SNOW.ends:
        latest = after(latest, SNOW.extra_days)
    assert found.ships_on == leaves
    assert (found.arrives_from, found.arrives_to) == (after(leaves, source.days_min), latest)
    assert found.before_cutoff == (leaves == paid.date())


@given(st.sampled_from(PROVINCES), st.integers(0, 40000), st.integers(1, 3000), st.integers(0, 20000))
def test_more_goods_never_cost_more_than_the_threshold_promises(region, cents, grams, more):
    amount, weight = Decimal(cents) / 100, Decimal(grams) / 100
    found = postage.fee(SHOP, region, amount, weight)
    if isinstance(found, postage.Unserved):
        return
    short = found.short_by(amount)
    if short is None:
        assert found.free_from is None
        return
    full = postage.fee(SHOP, region, amount + short + Decimal(more) / 100, weight)
    assert full.yuan == full.surcharge


def test_two_products_share_one_parcel_and_one_threshold():
    coat, scarf = SHOP.products["coat-cloud"], SHOP.products["scarf-wool"]
    together = postage.basket_fee(SHOP, "浙江", [(coat, 1), (scarf, 2)])
    assert together.is_free
    alone = postage.basket_fee(SHOP, "新疆", [(scarf, 1)])
    assert alone.short_by(scarf.price) == Decimal(199) - scarf.price


def test_thresholds_are_told_from_the_lowest_to_never():
    amounts = [free for free, _, _ in postage.thresholds(TABLE)]
    assert amounts == [Decimal(59), Decimal(99), Decimal(199), None]


def test_a_courier_is_found_by_any_of_its_names():
    plain = postage.fee(SHOP, "浙江", Decimal(30), Decimal(1)).yuan
    for name in ("顺丰", "顺丰速运"):
        assert postage.fee(SHOP, "浙江", Decimal(30), Decimal(1), name).yuan == plain + 12
    assert TABLE.courier("极兔") is None


def test_an_address_further_away_tells_the_difference():
    order = SHOP.orders["20261119000001"]
    assert postage.surplus_for(SHOP, order, "浙江") == 0
    assert postage.surplus_for(SHOP, order, "香港") > 0
    assert isinstance(postage.surplus_for(SHOP, order, "台湾"), shipping.Unserved)


def test_orders_are_put_together_only_for_the_same_door_before_they_leave():
    one = SHOP.orders["20261120000002"]
    same = one.model_copy(update={"id": "20261120000003"})
    elsewhere = same.model_copy(update={"address": "别处"})
    gone = same.model_copy(update={"state": OrderState.SHIPPED})
    assert mergeable(one, (one, same, elsewhere, gone)) == (same,)
    first, second = merged(one, same)
    assert (first.parcel_with, second.parcel_with) == (same.id, one.id)


def test_doing_the_same_change_twice_changes_nothing_more():
    order = SHOP.orders["20261120000002"]
    once = with_note(order, "放门口")
    assert with_note(once, "放门口") == once
    assert with_note(once, "别打电话").note == "放门口；别打电话"
    assert sent_apart(sent_apart(order)) == sent_apart(order)
