"""The shop that comes with the product: what demos, browser tests and first-time owners rely on."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from bot.settings import ROOT
from bot.shop.goods import catalogue
from bot.shop.prices import pricing
from bot.shop.prices.bargaining import prices
from bot.shop.records.loader import load_shop
from bot.shop.records.model import Kind, Shop
from bot.shop.records.orders import OrderState
from bot.shop.sizes import sizing
from bot.text.measures import extract

FOLDER = ROOT / "data" / "shop"
NOW = datetime(2026, 11, 22, 10, 30)


@pytest.fixture(scope="module")
def demo() -> Shop:
    return load_shop(FOLDER, NOW)


def test_there_is_enough_to_shop_for(demo: Shop) -> None:
    assert len(demo.products) >= 60
    assert {product.kind for product in demo.products.values()} == set(Kind) - {Kind.GENERAL}
    assert catalogue.find_products(demo, "收纳箱")[0].id == "box-fabric-66"
    assert "chair-study" in [product.id for product in catalogue.of_category(demo, "学习椅")]


def test_every_product_is_a_whole_listing(demo: Shop) -> None:
    for product in demo.products.values():
        whole = (product.nicknames, product.attributes, product.care, product.talking_points, product.not_for)
        assert all(whole), f"{product.id} lacks a part"
        assert product.image and product.complements, product.id
        assert 3 <= len(product.variants) <= 12, product.id


def test_a_nickname_belongs_to_one_product(demo: Shop) -> None:
    owners: dict[str, str] = {}
    for product in demo.products.values():
        for name in (product.name, *product.nicknames):
            assert owners.setdefault(name, product.id) == product.id, f"{name} is also {owners[name]}"


def test_colors_are_spelt_as_the_extractor_tells_them(demo: Shop) -> None:
    used = {
        variant.color for product in demo.products.values() for variant in product.variants if variant.color
    }
    for color in used:
        assert [m.value for m in extract(color) if m.kind == "color"] == [color]


def test_165_cm_and_55_kg_wear_m_in_the_light_down_jacket(demo: Shop) -> None:
    jacket = demo.products["down-light-short"]
    fit = sizing.recommend(jacket, demo.chart_of(jacket), sizing.Measures(height_cm=165, weight_kg=55))
    assert isinstance(fit, sizing.Fits) and fit.size == "M" and fit.sure
    assert demo.charts["women-light-down"].rows[1].garment["胸围"] == 96


def test_a_stranger_can_haggle_over_the_featured_jacket_in_three_steps(demo: Shop) -> None:
    jacket = demo.products["down-light-short"]
    asked = pricing.unit_price(demo, jacket, None, NOW.date())
    assert len(prices(demo.policy.bargaining, jacket, asked)) == 3


def test_orders_stand_in_every_state(demo: Shop) -> None:
    assert len(demo.orders) >= 20
    assert {order.state for order in demo.orders.values()} == set(OrderState)


def test_mrs_zhou_has_an_order_at_each_point_of_the_way(demo: Shop) -> None:
    states = {order.state for order in demo.orders.values() if order.customer_id == "c-zhou"}
    assert {OrderState.UNPAID, OrderState.PAID, OrderState.SHIPPED, OrderState.DELIVERED} <= states
    assert demo.orders["88261100010042"].lines[0].product_id == "down-light-short"


@pytest.mark.parametrize(
    "now", [datetime(2026, 11, 22, 0, 1), datetime(2026, 12, 11, 23, 59), datetime(2027, 3, 1, 12, 0)]
)
def test_the_shop_opens_at_any_hour_of_any_day(now: datetime) -> None:
    shop = load_shop(FOLDER, now)
    for order in shop.orders.values():
        assert all(entry.time <= now for entry in order.trace), order.id


def test_no_line_would_be_taken_for_training_data() -> None:
    for path in FOLDER.rglob("*.yml"):
        assert not re.search(r"^\s*(nlu|responses|stories|rules):", path.read_text("utf-8"), re.MULTILINE), (
            path
        )
