"""What a customer pays with all offers, and which coupons may be given."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop import coupons, pricing
from bot.shop.policy import CouponPurpose

TODAY = date(2026, 11, 20)
QUOTES = [
    # product, pieces, customer → list, final, offers
    ("coat-short", 1, None, "399", "399", []),
    ("coat-short", 1, "c-lin", "399", "379.05", ["level"]),
    ("shoes-canvas", 1, None, "159", "143.10", ["rate"]),
    ("shoes-canvas", 1, "c-saver", "159", "143.10", ["rate"]),  # nine tenths alone beat the coupon
    ("scarf-wool", 2, "c-saver", "178", "170", ["coupon"]),
    ("scarf-wool", 1, "c-saver", "89", "89", []),  # below the coupon's minimum
    ("chair-study", 1, None, "899", "839", ["reduction"]),  # 满300减30, twice
    ("chair-study", 1, "c-lin", "899", "829", ["level", "reduction"]),  # held at the floor
    ("socks-gift", 3, "c-lin", "29.70", "29.70", []),  # nothing comes off the floor
]


@pytest.mark.parametrize(("product", "pieces", "customer", "listed", "final", "kinds"), QUOTES)
def test_a_quote_takes_every_offer_the_customer_qualifies_for(
    shop, product, pieces, customer, listed, final, kinds
):
    quote = pricing.quote(shop, shop.products[product], pieces, shop.customers.get(customer), TODAY)
    assert (quote.list_price, quote.final_price) == (Decimal(listed), Decimal(final))
    assert [line.kind for line in quote.lines] == kinds
    assert quote.saving == sum(line.saving for line in quote.lines)


def test_a_gift_that_is_not_in_stock_is_not_promised(shop):
    assert not pricing.quote(shop, shop.products["coat-cloud"], 1, None, TODAY).lines
    socks = shop.products["socks-gift"]
    filled = socks.model_copy(update={"variants": (socks.variants[0].model_copy(update={"stock": 5}),)})
    stocked = shop.model_copy(update={"products": {**shop.products, "socks-gift": filled}})
    lines = pricing.quote(stocked, shop.products["coat-cloud"], 1, None, TODAY).lines
    assert [(line.kind, line.gift_sku) for line in lines] == [("gift", "socks-gift")]


def test_an_offer_just_out_of_reach_is_named(shop):
    quote = pricing.quote(shop, shop.products["scarf-wool"], 2, None, TODAY)
    assert quote.nearby.promotion.id == "gift-199"
    assert quote.nearby.short_by == Decimal(21)
    assert pricing.quote(shop, shop.products["scarf-wool"], 1, None, TODAY).nearby is None


def test_a_past_offer_is_over(shop):
    quote = pricing.quote(shop, shop.products["scarf-wool"], 1, None, TODAY - timedelta(days=1))
    assert quote.final_price == Decimal(80)  # 上周特惠 still ran yesterday, down to the floor
    assert pricing.quote(shop, shop.products["scarf-wool"], 1, None, TODAY).final_price == Decimal(89)


def test_a_quote_needs_at_least_one_piece(shop):
    with pytest.raises(ValueError, match="at least one"):
        pricing.quote(shop, shop.products["scarf-wool"], 0)


@given(data=st.data(), pieces=st.integers(1, 30), days=st.integers(-15, 30))
def test_no_quote_is_below_the_floor_or_above_the_list(shop, data, pieces, days):
    product = data.draw(st.sampled_from(list(shop.products.values())))
    customer = data.draw(st.sampled_from([None, *shop.customers.values()]))
    quote = pricing.quote(shop, product, pieces, customer, TODAY + timedelta(days=days))
    assert product.floor_price * pieces <= quote.final_price <= quote.list_price
    assert all(line.saving >= 0 for line in quote.lines)


WELCOME = [
    # customer, given so far, had one → coupon
    ("c-new", {}, False, "welcome"),
    ("c-new", {"welcome": 1}, False, "welcome"),
    ("c-new", {"welcome": 2}, False, None),  # the pool is used up
    ("c-new", {}, True, None),  # once per customer
    ("c-lin", {}, False, None),  # has bought here
    (None, {}, False, None),
]


@pytest.mark.parametrize(("customer", "given_so_far", "had_one", "coupon"), WELCOME)
def test_the_welcome_coupon_goes_once_to_new_customers_from_its_pool(
    shop, customer, given_so_far, had_one, coupon
):
    offer = coupons.welcome(shop.policy, shop.customers.get(customer), given_so_far, had_one)
    assert (offer.id if offer else None) == coupon


def test_a_coupon_has_its_last_day_and_a_reminder_before_it(shop):
    offer = next(coupons.available(shop.policy, CouponPurpose.NEW_CUSTOMER, {}))
    assert coupons.issue(offer, TODAY).expires == date(2026, 11, 27)
    assert coupons.remind_on(offer, TODAY) == date(2026, 11, 26)


def test_an_empty_pool_means_no_coupon(shop):
    empty = tuple(offer.model_copy(update={"pool": 0}) for offer in shop.policy.coupons)
    policy = shop.policy.model_copy(update={"coupons": empty})
    assert coupons.welcome(policy, shop.customers["c-new"], {}) is None
