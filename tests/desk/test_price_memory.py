"""Coupons and gifts are counted over all customers; haggling is remembered beyond the chat."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from bot.desk.back_office.bargains import SqlBargains
from bot.desk.back_office.ledger import SqlLedger
from bot.desk.desk import Desk
from bot.shop.prices.bargain_state import BargainState
from bot.shop.prices.grants import GrantKind, Recipient
from bot.shop.records.policy import CouponOffer

NOW = datetime(2026, 11, 20, 14, 0)
WELCOME = CouponOffer(id="welcome", purpose="new_customer", amount=15, min_spend=129, valid_days=7, pool=2)


@pytest.fixture
def ledger(desk: Desk) -> SqlLedger:
    return SqlLedger(desk.engine)


def to(buyer: str, reason: str = "welcome") -> Recipient:
    return Recipient(buyer, f"chat-of-{buyer}", reason)


def test_a_coupon_is_in_the_pocket_until_its_day_and_counted_against_its_pool(ledger: SqlLedger):
    held = ledger.give_coupon(to("a"), WELCOME, NOW)
    assert held and held.amount == Decimal(15) and held.expires == NOW.date() + timedelta(days=7)
    assert ledger.pocket("a") == (held,)
    assert ledger.pocket("b") == ()
    assert ledger.given() == {"welcome": 1}
    assert ledger.reasons("a", GrantKind.COUPON, "welcome") == {"welcome"}


def test_the_same_customer_gets_the_same_coupon_only_once(ledger: SqlLedger):
    assert ledger.give_coupon(to("a"), WELCOME, NOW) == ledger.give_coupon(
        to("a"), WELCOME, NOW + timedelta(days=1)
    )
    assert ledger.given() == {"welcome": 1}


def test_many_customers_at_once_never_get_more_than_the_pool_holds(ledger: SqlLedger):
    with ThreadPoolExecutor(6) as at_once:
        held = list(at_once.map(lambda n: ledger.give_coupon(to(f"c{n}"), WELCOME, NOW), range(6)))
    assert sum(each is not None for each in held) == 2
    assert ledger.given() == {"welcome": 2}


def test_a_gift_is_reserved_as_long_as_there_are_pieces(ledger: SqlLedger):
    since = NOW - timedelta(days=7)
    assert ledger.give_gift(to("a", "coat"), "socks", 1, since, NOW)
    assert ledger.give_gift(to("a", "coat"), "socks", 1, since, NOW)  # the same gift, said again
    assert not ledger.give_gift(to("b", "coat"), "socks", 1, since, NOW)
    assert ledger.reserved(since) == {"socks": 1}
    assert ledger.reserved(NOW + timedelta(days=1)) == {}  # too long ago to be still waiting


def test_a_difference_of_price_is_given_back_once(ledger: SqlLedger):
    assert ledger.give_difference(to("a", "o1:300"), "coat-m", Decimal("20.50"), NOW)
    assert not ledger.give_difference(to("a", "o1:300"), "coat-m", Decimal("20.50"), NOW)
    assert ledger.give_difference(to("a", "o1:290"), "coat-m", Decimal(10), NOW)  # fell once more
    assert ledger.differences("a", "o1") == {"coat-m": Decimal("30.50")}
    assert ledger.differences("a", "o") == {}
    assert ledger.differences("b", "o1") == {}


def test_haggling_is_remembered_by_customer_and_product_within_the_window(desk: Desk):
    bargains = SqlBargains(desk.engine)
    state = BargainState("coat", Decimal("338.5"), steps=2, offered=("gift",))
    bargains.keep("a", BargainState("coat", Decimal(350), steps=1), "chat-1", NOW)
    bargains.keep("a", state, "chat-2", NOW)
    bargains.keep("a", BargainState("shoes"), "chat-2", NOW - timedelta(days=8))
    kept = bargains.kept("a", NOW - timedelta(days=7))
    assert {product: each.state for product, each in kept.items()} == {"coat": state}
    assert kept["coat"].conversation_id == "chat-2"
    assert bargains.kept("b", NOW - timedelta(days=7)) == {}
