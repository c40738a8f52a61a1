"""One round of follow-ups when the shop's own system does not answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest

from bot.desk.aftercare.after_chat import AfterChat, Coupons
from bot.desk.aftercare.follow_up_history import shop_clock
from bot.desk.aftercare.follow_up_rows import State
from bot.desk.back_office.ledger import SqlLedger
from bot.desk.back_office.live_stock import with_levels
from bot.desk.back_office.sources import FileCustomers
from bot.desk.bus import LocalBus
from bot.desk.conversations import Conversation
from bot.desk.desk import Desk
from bot.desk.notices import Notices
from bot.desk.rows import now
from bot.shop.records.model import Shop
from bot.shop.records.orders import Order
from bot.shop.records.ports import Unavailable
from tests.desk.conftest import answered, ask


class OrdersThatMayFail:
    """No orders, or no answer."""

    is_down = False

    def list_for(self, customer_id: str) -> Sequence[Order]:
        return self._none()

    def unpaid(self, placed_after: datetime) -> Sequence[Order]:
        return self._none()

    def _none(self) -> Sequence[Order]:
        if self.is_down:
            raise Unavailable("orders: no answer")
        return ()


@pytest.fixture
def orders() -> OrdersThatMayFail:
    return OrdersThatMayFail()


def service(desk: Desk, shop: Shop, orders: OrdersThatMayFail, goods: Callable[[], Shop]) -> AfterChat:
    coupons = Coupons(FileCustomers(shop), shop.customers.values(), SqlLedger(desk.engine))
    notices = Notices(LocalBus(), desk)
    return AfterChat(desk.follow_ups, desk.conversations, shop, goods, orders, coupons, notices)


def dropped(desk: Desk, conversation: Conversation) -> None:
    message = ask(desk, conversation)
    slots = {"product_id": "coat-cloud"}
    turn = answered("建议 M 码")
    turn.slots.update(slots)
    desk.conversations.record_turn(message, desk.conversations.get(conversation.id).version, turn)


def tomorrow(hour: int) -> datetime:
    day = shop_clock(now()) + timedelta(days=1)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def states(desk: Desk) -> list[State]:
    return [each.follow_up.state for each in desk.follow_ups.listed()]


async def test_a_dropped_chat_is_planned_and_waits_while_the_order_system_is_silent(
    desk: Desk, conversation: Conversation, shop: Shop, orders: OrdersThatMayFail
):
    after_chat = service(desk, shop, orders, lambda: shop)
    dropped(desk, conversation)
    orders.is_down = True
    for hour in (3, 10):
        after_chat.clock = lambda hour=hour: tomorrow(hour)
        await after_chat.tick()
        assert states(desk) == [State.PLANNED]
    orders.is_down = False
    await after_chat.tick()
    assert states(desk) == [State.SENT]


async def test_nothing_is_said_of_goods_whose_stock_is_not_known(
    desk: Desk, conversation: Conversation, shop: Shop, orders: OrdersThatMayFail
):
    known: list[Shop] = []

    def goods() -> Shop:
        if not known:
            raise Unavailable("stock: not known since a while")
        return known[-1]

    after_chat = service(desk, shop, orders, goods)
    dropped(desk, conversation)
    for hour in (3, 10):
        after_chat.clock = lambda hour=hour: tomorrow(hour)
        await after_chat.tick()
    assert states(desk) == [State.PLANNED]
    known.append(with_levels(shop, {}))  # sold out in the shop's own system, whatever the files say
    await after_chat.tick()
    (over,) = desk.follow_ups.listed()
    assert (over.follow_up.state, over.follow_up.why) == (State.CANCELLED, "not_true")


async def test_a_chat_is_not_forgotten_when_the_database_was_away_for_a_moment(
    desk: Desk,
    conversation: Conversation,
    shop: Shop,
    orders: OrdersThatMayFail,
    monkeypatch: pytest.MonkeyPatch,
):
    after_chat = service(desk, shop, orders, lambda: shop)
    after_chat.clock = lambda: tomorrow(3)
    dropped(desk, conversation)

    def away(*_: object) -> None:
        raise ConnectionError("database")

    with monkeypatch.context() as patched:
        patched.setattr(desk.follow_ups, "plan", away)
        await after_chat.tick()
    assert states(desk) == []
    await after_chat.tick()
    assert states(desk) == [State.PLANNED]


async def test_a_shop_that_wants_no_follow_ups_has_none(
    desk: Desk, conversation: Conversation, shop: Shop, orders: OrdersThatMayFail
):
    off = shop.policy.follow_up.model_copy(update={"per_day": 0})
    quiet = shop.model_copy(update={"policy": shop.policy.model_copy(update={"follow_up": off})})
    after_chat = service(desk, quiet, orders, lambda: quiet)
    after_chat.clock = lambda: tomorrow(3)
    dropped(desk, conversation)
    await after_chat.tick()
    assert states(desk) == []
