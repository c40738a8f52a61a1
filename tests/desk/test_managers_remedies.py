"""Who gave what away, each yuan once: through the stores and the booking that the product uses, on both databases."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from bot.desk.back_office.ledger import SHOP_TIME, SqlLedger
from bot.desk.back_office.order_actions import ActionKind, OrderAction
from bot.desk.back_office.orders import SqlOrders
from bot.desk.bus import open_bus
from bot.desk.conversations import Context, Customer, Draft, Role
from bot.desk.desk import Desk
from bot.desk.notices import Notices
from bot.desk.overview import business
from bot.desk.overview.business import BY_BOT, RemedyGiven
from bot.desk.overview.sql import Period
from bot.desk.ownership import Speaker, Step
from bot.desk.remedy_choices import RemedyChoices, card_source
from bot.shop.prices.grants import Recipient
from bot.shop.records.model import Shop
from bot.shop.records.orders import Order
from bot.shop.records.remedy_policy import RemedyKind

OPTIONS = {
    RemedyKind.PARTIAL_REFUND: ("退一部分钱", "20", "20.5", None),
    RemedyKind.EXCHANGE: ("换一件新的", "0", "35.4", None),
    RemedyKind.COUPON: ("补一张券", "15", "15", "sorry-15"),
}


class Counter:
    """A signed customer with one order, 小林 who serves her, and the bot."""

    def __init__(self, desk: Desk, shop: Shop) -> None:
        self.desk, self.shop, self.orders = desk, shop, SqlOrders(desk.engine)
        self.orders.seed(shop.orders.values())
        first = next(iter(shop.orders.values()))
        self.order_id, self.customer_id = first.id, first.customer_id
        desk.agents.create("xiaolin", "小林", Role.AGENT, "correct horse battery")
        customer = Customer(first.customer_id, "周女士", "", True)
        self.chat = desk.conversations.open(customer, Context())[0].id
        desk.handoffs.claim(self.chat, "xiaolin")
        self._choices = RemedyChoices(desk, self.orders, shop.policy, Notices(open_bus(""), desk))

    @property
    def order(self) -> Order:
        found = self.orders.get(self.order_id, self.customer_id)
        assert found is not None
        return found

    def bot_pays(self, yuan: str) -> None:
        paid = self.order.compensated + Decimal(yuan)
        self.orders.update(self.order.model_copy(update={"compensated": paid}), "补偿")

    def coupon(self, reason: str, by: str = "") -> None:
        offer = next(each for each in self.shop.policy.coupons if each.id == "sorry-15")
        to = Recipient(self.customer_id, self.chat, reason, by)
        assert SqlLedger(self.desk.engine).give_coupon(
            to, offer, datetime.now(SHOP_TIME).replace(tzinfo=None)
        )

    def card(self) -> None:
        """As the remedy board sends it."""
        shown = [
            {"kind": kind.value, "title": OPTIONS[kind][0], "payload": payload(kind)} for kind in OPTIONS
        ]
        names = ("title", "amount", "cost", "coupon")
        kept: dict[RemedyKind, dict[str, Any]] = {
            kind: {**dict(zip(names, row, strict=True)), "detail": "…"} for kind, row in OPTIONS.items()
        }
        card = {"type": "remedies", "order_id": self.order_id, "options": shown}
        source = card_source("xiaolin", self.order_id, kept)
        draft = Draft(Speaker.AGENT, "小林", "您看哪个合适", card=card, source=source)
        self.desk.conversations.agent_says(self.chat, "xiaolin", draft, None)

    def takes(self, kind: RemedyKind) -> bool:
        draft = Draft(Speaker.CUSTOMER, "周女士", OPTIONS[kind][0], payload=payload(kind))
        message = self.desk.conversations.customer_says(self.chat, draft).message
        return asyncio.run(self._choices.accept(message))

    def remedies(self, days_ago: int = 0) -> list[RemedyGiven]:
        day = datetime.now(SHOP_TIME).date() - timedelta(days=days_ago)
        with self.desk.engine.connect() as connection:
            return business.remedies(connection, Period(day, day))


def payload(kind: RemedyKind) -> str:
    return "/inform" + json.dumps({"remedy": kind.value}, separators=(",", ":"))


@pytest.fixture
def counter(desk: Desk, shop: Shop) -> Counter:
    return Counter(desk, shop)


by_bot = partial(RemedyGiven, BY_BOT)
by_lin = partial(RemedyGiven, "小林", "remedy")


def test_what_the_bot_gives_back_on_an_order_is_counted_when_it_is_given(counter: Counter):
    counter.bot_pays("12.5")
    counter.orders.update(counter.order.model_copy(update={"note": "放门口"}), "改了备注")
    assert counter.remedies() == [by_bot("compensation", "", 1, Decimal("12.50"))]
    assert counter.remedies(days_ago=1) == []


def test_coupons_and_price_differences_are_the_bots_and_gifts_have_no_price(counter: Counter):
    ledger, now = SqlLedger(counter.desk.engine), datetime.now(SHOP_TIME).replace(tzinfo=None)
    to = Recipient(counter.customer_id, counter.chat, "welcome")
    counter.coupon("welcome")
    counter.coupon("remedy:o1")
    assert ledger.give_difference(to, "coat", Decimal("8.80"), now)
    assert ledger.give_gift(to, "socks", 5, now - timedelta(days=1), now)
    assert counter.remedies() == [
        by_bot("coupon", "", 2, Decimal("30.00")),
        by_bot("difference", "", 1, Decimal("8.80")),
    ]


def test_money_taken_from_an_agents_card_is_hers_and_not_the_bots_too(counter: Counter):
    counter.card()
    counter.bot_pays("5")
    before = counter.order.compensated
    assert counter.takes(RemedyKind.PARTIAL_REFUND)
    assert counter.order.compensated == before + Decimal("20.5")
    assert counter.remedies() == [
        by_lin("退一部分钱", 1, Decimal("20.50")),
        by_bot("compensation", "", 1, Decimal("5.00")),
    ]


def test_only_the_first_choice_of_a_card_is_booked_and_every_card_counts(counter: Counter):
    counter.card()
    for kind in (RemedyKind.PARTIAL_REFUND, RemedyKind.PARTIAL_REFUND, RemedyKind.EXCHANGE):
        counter.takes(kind)
    assert counter.remedies() == [by_lin("退一部分钱", 1, Decimal("20.50"))]
    counter.card()
    counter.takes(RemedyKind.PARTIAL_REFUND)
    counter.card()
    counter.takes(RemedyKind.EXCHANGE)
    assert counter.remedies() == [
        by_lin("退一部分钱", 2, Decimal("41.00")),
        by_lin("换一件新的", 1, Decimal("0.00")),
    ]


def test_a_coupon_from_an_agents_card_is_hers_and_not_the_bots_too(counter: Counter):
    counter.card()
    counter.takes(RemedyKind.COUPON)
    assert counter.remedies() == [by_lin("补一张券", 1, Decimal("15.00"))]


def test_a_coupon_the_bot_gave_on_the_same_order_costs_nothing_again(counter: Counter):
    counter.coupon(f"remedy:{counter.order_id}")
    counter.card()
    counter.takes(RemedyKind.COUPON)
    assert len(SqlLedger(counter.desk.engine).pocket(counter.customer_id)) == 1
    assert counter.remedies() == [
        by_bot("coupon", "", 1, Decimal("15.00")),
        by_lin("补一张券", 1, Decimal("0.00")),
    ]


def test_a_coupon_given_by_hand_is_the_agents_and_an_address_or_a_price_no_remedy(counter: Counter):
    counter.coupon(f"desk:{counter.chat}", by="xiaolin")
    for kind, cost in ((ActionKind.COUPON, "15"), (ActionKind.PRICE, "40"), (ActionKind.ADDRESS, "")):
        action = OrderAction(counter.chat, counter.order_id, kind, "…", cost, "xiaolin", kind.value)
        counter.desk.order_actions.book(action)
    assert counter.remedies() == [RemedyGiven("小林", "coupon", "", 1, Decimal("15.00"))]


def test_a_choice_from_the_bots_own_card_is_left_to_its_dialogue(counter: Counter):
    counter.card()
    option = {"kind": "exchange", "title": "换一件新的", "payload": payload(RemedyKind.EXCHANGE)}
    counter.desk.handoffs.move(counter.chat, Step.RETURN, "xiaolin", holder="xiaolin")
    line = Draft(Speaker.BOT, "小二", "您选一个", card={"type": "remedies", "options": [option]})
    counter.desk.conversations.system_says(counter.chat, [line])
    assert not counter.takes(RemedyKind.EXCHANGE)
    assert counter.remedies() == []
