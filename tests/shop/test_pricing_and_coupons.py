"""What a customer pays with all offers, and which coupons may be given."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.prices import coupons, pricing
from bot.shop.prices.pricing import Deposit, Item
from bot.shop.records.model import HeldCoupon
from bot.shop.records.offers import Promotion
from bot.shop.records.policy import CouponPurpose

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


def offering(shop, *promotions, **policy):
    """The shop with these offers only, running all of November."""
    days = {"starts": date(2026, 11, 1), "ends": date(2026, 11, 30)}
    running = tuple(
        Promotion(**{"id": f"p{n}", "title": f"活动{n}", **days, **each}) for n, each in enumerate(promotions)
    )
    changed = shop.policy.model_copy(update=policy)
    return shop.model_copy(update={"promotions": running, "policy": changed})


TIERS = [
    {"threshold": 300, "amount": 20},
    {"threshold": 600, "amount": 50},
    {"threshold": 1500, "amount": 200},
]
KINDS = [
    # offers, product, pieces, customer → final price, what took effect
    ([{"kind": "reduction", "tiers": TIERS}], "coat-cloud", 1, None, "550", ["reduction"]),
    ([{"kind": "reduction", "tiers": TIERS}], "coat-cloud", 2, None, "1150", ["reduction"]),
    ([{"kind": "reduction", "tiers": TIERS}], "scarf-wool", 1, None, "89", []),
    ([{"kind": "reduction", "threshold": 200, "amount": 10, "every": True}], "coat-cloud", 1, None, "570",
     ["reduction"]),
    ([{"kind": "nth_piece", "rate": "0.9"}], "coat-cloud", 1, None, "600", []),
    ([{"kind": "nth_piece", "rate": "0.9"}], "coat-cloud", 2, None, "1140", ["nth_piece"]),
    ([{"kind": "nth_piece", "rate": "0.9"}], "coat-cloud", 3, None, "1740", ["nth_piece"]),
    ([{"kind": "nth_piece", "rate": "0"}], "coat-cloud", 2, None, "1080", ["nth_piece"]),  # held at the floor
    ([{"kind": "rate", "rate": "0.95"}], "coat-cloud", 1, "c-lin", "541.50", ["level", "rate"]),
    ([{"kind": "rate", "rate": "0.93", "with_level": False}], "coat-cloud", 1, "c-lin", "558", ["rate"]),
    ([{"kind": "rate", "rate": "0.98", "with_level": False}], "coat-cloud", 1, "c-lin", "570", ["level"]),
    ([{"kind": "reduction", "amount": 5, "with_coupons": False}], "scarf-wool", 2, "c-saver", "170", ["coupon"]),
    ([{"kind": "reduction", "amount": 9, "with_coupons": False}], "scarf-wool", 2, "c-saver", "169",
     ["reduction"]),
    ([{"kind": "reduction", "amount": 5}], "scarf-wool", 2, "c-saver", "165", ["reduction", "coupon"]),
]  # fmt: skip


@pytest.mark.parametrize(("offers", "product", "pieces", "customer", "final", "kinds"), KINDS)
def test_the_cheapest_way_the_owners_rules_allow_is_taken(
    shop, offers, product, pieces, customer, final, kinds
):
    here = offering(shop, *offers)
    quote = pricing.quote(here, shop.products[product], pieces, shop.customers.get(customer), TODAY)
    assert quote.final_price == Decimal(final)
    assert [line.kind for line in quote.lines] == kinds


def test_every_line_says_what_is_left_after_it_and_what_the_floor_kept(shop):
    here = offering(shop, {"kind": "reduction", "amount": 500}, {"kind": "rate", "rate": "0.95"})
    quote = pricing.quote(here, shop.products["coat-cloud"], 1, None, TODAY)
    told = [(line.kind, line.saving, line.asked, line.left) for line in quote.lines]
    assert told == [("rate", 30, 30, 570), ("reduction", 30, 500, 540)]


def test_a_deposit_grows_and_the_rest_is_paid_later(shop):
    later = {"balance_starts": date(2026, 12, 1), "balance_ends": date(2026, 12, 3)}
    here = offering(shop, {"kind": "deposit", "deposit": 50, "counts_as": 80, **later})
    quote = pricing.quote(here, shop.products["coat-cloud"], 1, None, TODAY)
    assert quote.final_price == Decimal(570)
    assert quote.deposit == Deposit(Decimal(50), Decimal(520), date(2026, 12, 1), date(2026, 12, 3))


def test_several_products_are_added_up_and_reach_a_threshold_together(shop):
    here = offering(shop, {"kind": "reduction", "threshold": 600, "amount": 40})
    coat, scarf = shop.products["coat-short"], shop.products["scarf-wool"]
    quote = pricing.basket(here, (Item(coat), Item(scarf, 3)), None, TODAY)
    assert (quote.list_price, quote.final_price) == (Decimal(666), Decimal(626))


def test_an_offer_for_some_goods_counts_only_those(shop):
    here = offering(shop, {"kind": "reduction", "threshold": 400, "amount": 40, "products": ["coat-short"]})
    coat, scarf = shop.products["coat-short"], shop.products["scarf-wool"]
    quote = pricing.basket(here, (Item(coat), Item(scarf)), None, TODAY)
    assert (quote.final_price, quote.nearby.short_by) == (Decimal(488), Decimal(1))


def test_the_second_piece_offer_is_told_with_its_price_to_who_buys_one(shop):
    here = offering(shop, {"kind": "nth_piece", "rate": "0.9"})
    promotion, more = pricing.nth_piece_offer(here, shop.products["coat-cloud"], 1, None, TODAY)
    assert (promotion.id, more.final_price) == ("p0", Decimal(1140))
    assert pricing.nth_piece_offer(here, shop.products["socks-gift"], 1, None, TODAY) is None  # at its floor


def test_the_next_tier_is_ahead_when_one_is_reached(shop):
    here = offering(shop, {"kind": "reduction", "tiers": TIERS})
    assert pricing.quote(here, shop.products["coat-cloud"], 2, None, TODAY).ahead[0].short_by == Decimal(300)
    assert not pricing.quote(here, shop.products["coat-cloud"], 3, None, TODAY).ahead


def test_something_that_goes_with_it_fills_up_what_is_missing(shop):
    here = offering(shop, {"kind": "reduction", "threshold": 680, "amount": 40})
    coat = shop.products["coat-cloud"]
    nearby = pricing.quote(here, coat, 1, None, TODAY).ahead[0]
    found = pricing.fill_up(here, [coat], nearby)
    assert found is None or (found.id in coat.complements and found.price >= nearby.short_by)
    other = pricing.fill_up(here, [coat.model_copy(update={"complements": ()})], nearby)
    assert other is None or other.kind is coat.kind


COUPONS_PER_ORDER = [(0, "178"), (1, "163"), (2, "153")]


@pytest.mark.parametrize(("most", "final"), COUPONS_PER_ORDER)
def test_no_more_coupons_go_together_than_the_owner_allows(shop, most, final):
    held = tuple(HeldCoupon(id=f"k{n}", amount=amount, expires=TODAY) for n, amount in enumerate((10, 15)))
    customer = shop.customers["c-new"].model_copy(update={"coupons": held})
    here = offering(shop, coupons_per_order=most)
    scarf = shop.products["scarf-wool"].model_copy(update={"floor_price": Decimal(50)})
    assert pricing.quote(here, scarf, 2, customer, TODAY).final_price == Decimal(final)


def test_a_gift_promised_to_others_is_not_promised_again(shop):
    socks = shop.products["socks-gift"]
    two = socks.model_copy(update={"variants": (socks.variants[0].model_copy(update={"stock": 2}),)})
    stocked = shop.model_copy(update={"products": {**shop.products, "socks-gift": two}})
    coat = shop.products["coat-cloud"]
    assert pricing.quote(stocked, coat, 1, None, TODAY, {"socks-gift": 1}).lines
    assert not pricing.quote(stocked, coat, 1, None, TODAY, {"socks-gift": 2}).lines


FAULTY = [
    ({"kind": "reduction"}, "needs `amount`"),
    ({"kind": "reduction", "amount": 5, "tiers": TIERS}, "take one of them out"),
    ({"kind": "reduction", "tiers": TIERS[::-1]}, "tiers must rise"),
    ({"kind": "deposit", "deposit": 50, "counts_as": 20}, "at least as much"),
    ({"kind": "deposit", "deposit": 50, "counts_as": 80}, "balance_starts"),
    ({"kind": "rate", "rate": 0}, "gives everything away"),
]


@pytest.mark.parametrize(("offer", "message"), FAULTY)
def test_an_offer_that_makes_no_sense_is_told_with_its_cure(shop, offer, message):
    with pytest.raises(ValueError, match=message):
        offering(shop, offer)


some_offer = st.one_of(
    st.fixed_dictionaries({"kind": st.just("rate"), "rate": st.decimals("0.1", 1, places=2)}),
    st.fixed_dictionaries({"kind": st.just("reduction"), "amount": st.integers(1, 900),
                           "threshold": st.integers(1, 900), "every": st.booleans()}),
    st.fixed_dictionaries({"kind": st.just("reduction"), "tiers": st.just(TIERS)}),
    st.fixed_dictionaries({"kind": st.just("nth_piece"), "nth": st.integers(2, 4),
                           "rate": st.decimals(0, 1, places=2)}),
    st.fixed_dictionaries({"kind": st.just("deposit"), "deposit": st.integers(1, 50),
                           "counts_as": st.integers(50, 400), "balance_starts": st.just(TODAY),
                           "balance_ends": st.just(TODAY)}),
)  # fmt: skip
flags = st.fixed_dictionaries(
    {"stack": st.booleans(), "with_level": st.booleans(), "with_coupons": st.booleans()}
)


@given(data=st.data(), offers=st.lists(st.tuples(some_offer, flags), max_size=4))
def test_no_offers_together_bring_a_basket_below_its_floors(shop, data, offers):
    here = offering(shop, *({**offer, **flag} for offer, flag in offers))
    products = data.draw(st.lists(st.sampled_from(list(shop.products.values())), min_size=1, max_size=3))
    items = tuple(Item(product, data.draw(st.integers(1, 4))) for product in products)
    customer = data.draw(st.sampled_from([None, *shop.customers.values()]))
    quote = pricing.basket(here, items, customer, TODAY)
    floors = sum(item.product.floor_price * item.quantity for item in items)
    assert floors <= quote.final_price <= quote.list_price
    assert quote.list_price - sum(line.saving for line in quote.lines) == quote.final_price
    assert [line.left for line in quote.lines] == sorted((line.left for line in quote.lines), reverse=True)
