"""The demo shop in data/shop is sound, and rich enough to try every rule on it."""

from collections import Counter
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from bot.shop.after_sale.remedies import options
from bot.shop.goods import catalogue
from bot.shop.parcels import shipping
from bot.shop.prices import bargaining, pricing
from bot.shop.records.loader import SHOP_ZONE, load_shop
from bot.shop.records.model import Audience, Kind
from bot.shop.records.orders import OrderState
from bot.shop.records.policy import CouponPurpose
from bot.shop.records.remedy_policy import Issue, Severity
from bot.shop.records.shipping_table import PROVINCES
from bot.shop.sizes.sizing import Between, Fits, Measures, recommend

FOLDER = Path(__file__).resolve().parents[2] / "data" / "shop"
TRAINING_KEYS = ("nlu:", "rules:", "stories:", "responses:")


NOW = datetime.now(SHOP_ZONE).replace(tzinfo=None)


@pytest.fixture(scope="module")
def demo():
    return load_shop(FOLDER, NOW)


def test_it_loads_at_any_hour_of_the_day(demo):
    for hour in (0, 7, 12, 23):
        load_shop(FOLDER, datetime(2027, 2, 28, hour, 1))


def test_at_least_sixty_products_with_something_for_everyone(demo):
    kinds = Counter(product.kind for product in demo.products.values())
    assert len(demo.products) >= 60
    assert all(kinds[kind] >= 8 for kind in set(Kind) - {Kind.GENERAL})
    women = [p for p in demo.products.values() if p.kind is Kind.CLOTHING and p.audience is Audience.WOMEN]
    assert len(women) >= 10


@pytest.mark.parametrize(
    ("text", "kind"), [("收纳箱", Kind.HOME), ("学习椅", Kind.HOME), ("羽绒服", Kind.CLOTHING)]
)
def test_the_issue_s_own_examples_are_in_the_shop(demo, text, kind):
    assert any(
        text in name and product.kind is kind
        for product in demo.products.values()
        for name in (product.name, product.category, *product.nicknames, *product.tags)
    )


def test_products_carry_what_the_rules_need(demo):
    products = demo.products.values()
    assert all(product.attributes and product.tags and product.care for product in products)
    assert sum(product.floor_price < product.price for product in products) >= 50
    assert sum(bool(product.complements) for product in products) >= 40
    assert sum(bool(product.substitutes) for product in products) >= 30
    assert any(product.featured for product in products)
    assert any(product.presale_ships_on for product in products)
    variants = [variant for product in products for variant in product.variants]
    assert any(variant.stock == 0 and variant.restock_on for variant in variants)
    assert any(0 < variant.stock <= demo.policy.low_stock for variant in variants)


def test_every_name_finds_its_product(demo):
    for product in demo.products.values():
        for name in (product.name, product.id):
            assert product in catalogue.find_products(demo, f"{name}还有吗"), name


def test_postage_and_days_are_known_for_every_province(demo):
    answers = [shipping.fee(demo, province, Decimal(50), Decimal(1)) for province in PROVINCES]
    served = [answer for answer in answers if isinstance(answer, shipping.Fee)]
    assert len(PROVINCES) == 34
    assert len(served) >= 31
    assert any(fee.remote for fee in served)


def test_every_clothing_and_shoe_chart_gives_each_of_its_sizes(demo):
    for product in demo.products.values():
        chart = demo.chart_of(product)
        if not chart or len(product.sizes) < 2:
            continue
        sold = [row for row in chart.rows if row.size in product.sizes]
        named = {size for row in sold for size in _sizes(recommend(product, chart, _middle(row)))}
        assert named >= {row.size for row in sold}, product.id


def test_165_cm_and_110_jin_get_a_size_for_every_down_jacket(demo):
    coats = [p for p in demo.products.values() if "羽绒服" in p.name and p.audience is Audience.WOMEN]
    assert coats
    for coat in coats:
        answer = recommend(coat, demo.chart_of(coat), Measures(height_cm=165, weight_kg=55))
        assert isinstance(answer, Fits | Between), (coat.id, answer)


def test_orders_in_every_state_belong_to_known_customers(demo):
    assert {order.state for order in demo.orders.values()} == set(OrderState)
    assert all(order.customer_id in demo.customers for order in demo.orders.values())
    assert len({order.customer_id for order in demo.orders.values()}) >= 3
    assert any(customer.new for customer in demo.customers.values())


def test_every_trouble_with_every_order_has_two_options(demo):
    for order in demo.orders.values():
        for issue in Issue:
            for severity in Severity:
                assert len(options(demo.policy, order, order.lines[0], issue, severity, NOW)) >= 2


def test_every_product_can_be_haggled_over_without_going_below_its_floor(demo):
    for product in demo.products.values():
        here = bargaining.situation(demo, product, None, NOW.date())
        assert here.price == pricing.unit_price(demo, product, None, NOW.date())
        state = bargaining.BargainState()
        for _ in range(9):
            answer, state = bargaining.respond(demo.policy, product, state, situation=here)
            assert product.floor_price <= answer.price <= product.price


def test_coupons_exist_for_every_purpose_and_offers_run_now(demo):
    assert {offer.purpose for offer in demo.policy.coupons} == set(CouponPurpose)
    today = NOW.date()
    assert any(promotion.starts <= today <= promotion.ends for promotion in demo.promotions)


def test_no_line_looks_like_training_data_to_rasa():
    for path in FOLDER.rglob("*.yml"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            assert not line.strip().startswith(TRAINING_KEYS), f"{path}:{number}"


def _middle(row):
    """Someone in the middle of a row."""
    ranges = {"height_cm": row.height_cm, "weight_kg": row.weight_kg, "foot_length_mm": row.foot_length_mm}
    ranges["width_cm"] = row.width_cm
    return Measures(**{name: sum(limits) / 2 for name, limits in ranges.items() if limits})


def _sizes(answer):
    if isinstance(answer, Fits):
        return [answer.size]
    return [answer.smaller, answer.larger] if isinstance(answer, Between) else []
