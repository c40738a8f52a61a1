"""价保: the difference back when the price fell after buying."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from bot.shop.prices import protection
from bot.shop.records.orders import Order, OrderLine, OrderState

NOW = datetime(2026, 11, 20, 14, 0)


def order_of(
    state="delivered", price="600", quantity=1, discount="0", delivered_days_ago=3, product="coat-cloud"
):
    paid = {} if state == "unpaid" else {"paid_at": NOW - timedelta(days=6)}
    delivered = NOW - timedelta(days=delivered_days_ago)
    came = {"delivered_at": delivered} if state in ("delivered", "completed", "returned") else {}
    amount = Decimal(price) * quantity - Decimal(discount)
    line = OrderLine(product_id=product, sku=f"{product}-x", quantity=quantity, price=Decimal(price))
    return Order(
        id="o1", customer_id="c-new", state=state, lines=(line,), amount=amount, discount=Decimal(discount),
        region="浙江", address="某路", recipient="周周", phone="1", placed_at=NOW - timedelta(days=7), **paid, **came,
    )  # fmt: skip


def claim(shop, order, given=None, **prices):
    product = shop.products["coat-cloud"].model_copy(update=prices)
    here = shop.model_copy(update={"products": {**shop.products, "coat-cloud": product}, "promotions": ()})
    return protection.difference(here, order, order.lines[0], NOW, given)


CASES = [
    # order, price now → answer
    ({}, "570", protection.Lower(Decimal(600), Decimal(570), Decimal(30), True)),
    (
        {"quantity": 2},
        "570",
        protection.Lower(Decimal(600), Decimal(570), Decimal(60), False),
    ),  # above 50 yuan
    (
        {"quantity": 2, "discount": "40"},
        "570",
        protection.Lower(Decimal(580), Decimal(570), Decimal(20), True),
    ),
    ({"state": "paid"}, "590", protection.Lower(Decimal(600), Decimal(590), Decimal(10), True)),
    ({"state": "shipped"}, "600", protection.NotLower(Decimal(600), Decimal(600))),
    ({"price": "550"}, "600", protection.NotLower(Decimal(550), Decimal(600))),
    ({"delivered_days_ago": 15}, "570", protection.Lower(Decimal(600), Decimal(570), Decimal(30), True)),
    ({"delivered_days_ago": 16}, "570", protection.TooLate((NOW - timedelta(days=1)).date(), 15)),
    ({"state": "unpaid"}, "570", protection.NotPaid()),
    ({"state": "returned"}, "570", protection.NoProtection()),
    ({"state": "cancelled"}, "570", protection.NoProtection()),
]


@pytest.mark.parametrize(("order", "price", "answer"), CASES)
def test_the_difference_is_what_was_paid_less_what_it_costs_today(shop, order, price, answer):
    assert claim(shop, order_of(**order), price=Decimal(price)) == answer


def test_a_difference_is_given_back_once_and_again_only_if_the_price_falls_further(shop):
    given = {"coat-cloud-x": Decimal(30)}
    assert claim(shop, order_of(), given, price=Decimal(570)) == protection.Settled(Decimal(30))
    further = claim(shop, order_of(), given, price=Decimal(560))
    assert further == protection.Lower(Decimal(600), Decimal(560), Decimal(10), True)


def test_an_offer_for_the_whole_order_is_shared_then_and_now(shop):
    """满300减30 on two pieces is no lower price for one of them."""
    chair, scarf = shop.products["chair-study"], shop.products["scarf-wool"]
    lines = tuple(
        OrderLine(product_id=p.id, sku=f"{p.id}-x", quantity=1, price=p.price) for p in (chair, scarf)
    )
    order = order_of().model_copy(update={"lines": lines, "discount": Decimal(60), "amount": Decimal(928)})
    found = protection.difference(shop, order, lines[1], NOW)
    assert isinstance(found, protection.NotLower)


def test_zero_days_mean_no_protection(shop):
    returns = shop.policy.returns.model_copy(update={"price_protection_days": 0})
    here = shop.model_copy(update={"policy": shop.policy.model_copy(update={"returns": returns})})
    order = order_of()
    found = protection.difference(here, order, order.lines[0], NOW)
    assert found == protection.NoProtection()


def test_every_state_of_an_order_has_an_answer(shop):
    kinds = {type(claim(shop, order_of(state=state.value))) for state in OrderState}
    assert protection.NoProtection in kinds and protection.NotPaid in kinds
