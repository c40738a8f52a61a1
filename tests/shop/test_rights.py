"""Deadlines that are told in time, and what a late parcel is worth."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.after_sale.exchange import Step, next_size, others
from bot.shop.after_sale.rights import (
    auto_confirm_at,
    days_late,
    forgotten_coupon,
    late_compensation,
    near_auto_confirm,
    seven_days_until,
)
from bot.shop.records.model import HeldCoupon
from bot.shop.records.orders import OrderState
from bot.shop.records.remedy_policy import LatePolicy


@pytest.fixture
def order(shop):
    """720 yuan of goods for 浙江, shipped on the 16th, delivered on the 18th."""
    return shop.orders["20261119000001"]


def with_late(shop, **late):
    remedies = shop.policy.remedies.model_copy(update={"late": LatePolicy(**late)})
    return shop.model_copy(update={"policy": shop.policy.model_copy(update={"remedies": remedies})})


def test_the_seven_days_are_told_while_they_last(shop, order, now):
    assert seven_days_until(shop.policy, order, now) == datetime(2026, 11, 25, 23, 59, 59)
    assert seven_days_until(shop.policy, order, now + timedelta(days=6)) is None


def test_the_platform_confirms_ten_days_after_shipping_and_it_is_said_when_near(shop, order, now):
    assert auto_confirm_at(shop.policy, order) == datetime(2026, 11, 26, 23, 59, 59)
    assert near_auto_confirm(shop.policy, order, now) is None
    assert near_auto_confirm(shop.policy, order, now + timedelta(days=4)) == datetime(2026, 11, 26).date()
    completed = order.model_copy(update={"state": OrderState.COMPLETED})
    assert auto_confirm_at(shop.policy, completed) is None


def test_a_shop_that_writes_0_does_not_speak_of_the_confirmation(shop, order):
    returns = shop.policy.returns.model_copy(update={"auto_confirm_days": 0})
    assert auto_confirm_at(shop.policy.model_copy(update={"returns": returns}), order) is None


def waiting(order, paid):
    return order.model_copy(
        update={"state": OrderState.PAID, "paid_at": paid, "shipped_at": None, "delivered_at": None}
    )


def test_days_late_count_from_the_promise(shop, order, now):
    assert days_late(shop, order, now) == 0  # delivered in time
    assert days_late(shop, waiting(order, now - timedelta(days=3)), now) == 3
    assert days_late(shop, waiting(order, now), now) == 0


LATE = [
    # share, most, from_days, given back before → yuan; the goods are worth 720, three days late
    (0.05, 20, 1, 0, 20),
    (0.01, 20, 1, 0, 7),
    (0.05, 500, 1, 0, 36),
    (0.5, 500, 1, 0, 50),  # the bot's authority
    (0.05, 20, 4, 0, 0),  # not late enough
    (0.05, 20, 1, 5, 0),  # something was given on this order already
    (0, 20, 1, 0, 0),  # an explicit 0 is none
    (0.05, 0, 1, 0, 0),
]


@pytest.mark.parametrize(("share", "most", "from_days", "before", "yuan"), LATE)
def test_a_late_parcel_is_worth_a_share_within_policy_and_authority(
    shop, order, now, share, most, from_days, before, yuan
):
    late_shop = with_late(shop, share=share, most=most, from_days=from_days)
    late = waiting(order, now - timedelta(days=3)).model_copy(update={"compensated": Decimal(before)})
    assert late_compensation(late_shop, late, now) == yuan


@given(
    days=st.integers(0, 30),
    share=st.decimals(0, 1, places=2),
    most=st.integers(0, 200),
    before=st.integers(0, 80),
)
def test_no_lateness_is_worth_more_than_policy_and_authority(shop, now, days, share, most, before):
    order = shop.orders["20261119000001"]
    late = waiting(order, now - timedelta(days=days)).model_copy(update={"compensated": Decimal(before)})
    yuan = late_compensation(with_late(shop, share=share, most=most), late, now)
    assert 0 <= yuan <= min(most, Decimal(share) * 720)
    assert yuan + before <= 50 or yuan == 0


def coupon(now, **changes):
    return HeldCoupon(**{"id": "next-10", "amount": 10, "min_spend": 0, "expires": now.date(), **changes})


def test_a_coupon_left_unused_is_made_good_only_if_this_order_would_have_met_it(shop, order, now):
    someone = next(iter(shop.customers.values()))
    plain = order.model_copy(update={"discount": Decimal(0), "amount": Decimal(810)})
    for held, yuan in [
        ([coupon(now)], 10),
        ([coupon(now), coupon(now, id="b", amount=15)], 15),
        ([coupon(now, min_spend=2000)], None),
        ([coupon(now, expires=now.date() - timedelta(days=1))], None),
        ([coupon(now, amount=60)], None),  # beyond the bot's authority
        ([], None),
    ]:
        customer = someone.model_copy(update={"coupons": tuple(held)})
        found = forgotten_coupon(shop.policy, plain, customer, now.date())
        assert (found.amount if found else None) == yuan
    assert forgotten_coupon(shop.policy, order, customer, now.date()) is None
    assert forgotten_coupon(shop.policy, plain, None, now.date()) is None


def test_a_step_in_size_stays_in_the_shops_row(shop):
    coat = shop.products["coat-cloud"]
    sizes = coat.sizes
    assert next_size(coat, sizes[0], Step.LARGER) == sizes[1]
    assert next_size(coat, sizes[0], Step.SMALLER) is None
    assert next_size(coat, sizes[-1], Step.LARGER) is None
    assert next_size(coat, "99", Step.LARGER) is None


def test_what_can_be_had_instead_is_in_stock_and_another_one(shop):
    for product in shop.products.values():
        for owned in product.variants:
            found = others(product, owned)
            assert owned not in found
            assert all(variant.stock > 0 for variant in found)
