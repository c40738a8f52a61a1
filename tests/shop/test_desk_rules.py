"""What a person at the desk may do about a price."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.shop.prices.desk_rules import PriceRuling, price_ruling, repriced
from bot.shop.records.desk_policy import DeskPolicy
from bot.shop.records.orders import OrderState, TooLate

OFF = Decimal("0.05")
RULINGS = [
    # price, approved before → may she? (listed 600, floor 540, her share 5 % = 570)
    ("600", [], PriceRuling.NOT_LOWER),
    ("620", [], PriceRuling.NOT_LOWER),
    ("570", [], PriceRuling.WITHIN),
    ("569.99", [], PriceRuling.ABOVE),
    ("540", [], PriceRuling.ABOVE),
    ("540", ["540"], PriceRuling.WITHIN),
    ("545", ["550"], PriceRuling.ABOVE),
    ("539.99", [], PriceRuling.BELOW_FLOOR),
    ("500", ["500"], PriceRuling.BELOW_FLOOR),
]


@pytest.mark.parametrize(("price", "approved", "ruling"), RULINGS)
def test_a_price_goes_as_low_as_her_share_or_an_approval_and_never_below_the_floor(
    shop, price, approved, ruling
):
    coat = shop.products["coat-cloud"]
    found = price_ruling(coat, coat.price, Decimal(price), OFF, map(Decimal, approved))
    assert found is ruling


def test_a_repriced_order_costs_less_by_every_piece(shop):
    order = shop.orders["20261119000001"].model_copy(update={"state": OrderState.UNPAID})
    changed = repriced(order, "scarf-wool-grey", Decimal(95))
    assert changed.amount == order.amount - 10
    assert [line.price for line in changed.lines] == [Decimal(600), Decimal(95)]
    with pytest.raises(KeyError):
        repriced(order, "box-a1-white", Decimal(1))


def test_a_paid_order_keeps_its_price(shop):
    with pytest.raises(TooLate):
        repriced(shop.orders["20261119000001"], "scarf-wool-grey", Decimal(95))


def test_a_beginner_may_have_fewer_customers_and_a_supervisor_never_less_leave():
    policy = DeskPolicy(capacity=8, capacities={"xiaolin": 3})
    assert (policy.capacity_of("xiaolin"), policy.capacity_of("aqing")) == (3, 8)
    with pytest.raises(ValueError, match="raise it"):
        DeskPolicy(price_off={"agent": "0.5", "supervisor": "0.1"})
