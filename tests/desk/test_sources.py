"""One contract for orders, stock and customers, kept by the demo database and by a shop's own system over HTTP."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.desk.back_office.backoffice import HttpCustomers, HttpOrders, HttpStock
from bot.desk.back_office.backoffice_client import (
    SIGNATURE_HEADER,
    TIME_HEADER,
    BackOfficeClient,
    Breaker,
    is_signed,
    secret_of,
    sign,
)
from bot.desk.back_office.live_stock import REFRESH_SECONDS, TRUST_SECONDS, LiveShop
from bot.desk.back_office.orders import SqlOrders
from bot.desk.back_office.sources import FileCustomers, FileStock, Sources, back_office
from bot.desk.database import migrate, open_database
from bot.settings import ROOT, Settings
from bot.shop.records.delisted import with_delisted
from bot.shop.records.model import Shop
from bot.shop.records.orders import Order, OrderState, with_address
from bot.shop.records.ports import ChangeRefused, ChangeUnsure, Unavailable
from tests.desk.back_office_server import SECRET, BackOffice, start

TIMEOUT = 0.6
MINE, NOT_MINE = "c-lin", "c-saver"


@pytest.fixture
def office(shop: Shop) -> Iterator[BackOffice]:
    running = BackOffice()
    running.fill(shop)
    server = start(running)
    yield running
    server.shutdown()
    server.server_close()


@pytest.fixture
def client(office: BackOffice) -> Iterator[BackOfficeClient]:
    opened = BackOfficeClient(office.url, SECRET, TIMEOUT, Breaker(failures=100))
    yield opened
    opened.close()


@pytest.fixture(params=["demo", "http"])
def sources(request: pytest.FixtureRequest, shop: Shop, tmp_path: Path) -> Sources:
    """Both, one after the other: whatever holds for one holds for the other."""
    if request.param == "http":
        client = request.getfixturevalue("client")
        return Sources(HttpOrders(client), HttpStock(client), HttpCustomers(client))
    engine = open_database(f"sqlite:///{tmp_path / 'desk.db'}")
    migrate(engine)
    orders = SqlOrders(engine)
    orders.seed(shop.orders.values())
    request.addfinalizer(engine.dispose)
    return Sources(orders, FileStock(shop), FileCustomers(shop))


@pytest.fixture
def waiting(shop: Shop) -> Order:
    """An order that can still be changed."""
    return next(order for order in shop.orders.values() if order.state is OrderState.PAID)


# --- the contract


def test_a_customer_sees_all_her_orders_newest_first(sources: Sources, shop: Shop) -> None:
    found = sources.orders.list_for(MINE)
    own = [order for order in shop.orders.values() if order.customer_id == MINE]
    assert list(found) == sorted(own, key=lambda order: order.placed_at, reverse=True)


def test_an_order_is_the_same_wherever_it_is_kept(sources: Sources, waiting: Order) -> None:
    assert sources.orders.get(waiting.id, waiting.customer_id) == waiting


def test_nobody_sees_another_customers_order(sources: Sources, waiting: Order) -> None:
    assert sources.orders.get(waiting.id, NOT_MINE) is None
    assert not sources.orders.list_for(NOT_MINE)


@pytest.mark.parametrize("strange", ["nobody", "../c-lin", "c-lin/orders", "林晴", "a?b=c", "%2e%2e"])
def test_an_unknown_id_finds_nothing_however_it_is_written(sources: Sources, strange: str) -> None:
    assert sources.orders.get(strange, MINE) is None
    assert not sources.orders.list_for(strange)
    assert sources.customers.get(strange) is None


def test_a_change_is_kept_with_its_note(sources: Sources, waiting: Order) -> None:
    changed = with_address(waiting, "江苏", "苏州市某路 2 号", phone="13800000009")
    sources.orders.update(changed, "改地址")
    assert sources.orders.get(waiting.id, waiting.customer_id) == changed


def test_a_change_of_an_order_that_is_not_hers_is_refused(sources: Sources, waiting: Order) -> None:
    with pytest.raises(KeyError):
        sources.orders.update(waiting.model_copy(update={"customer_id": NOT_MINE}), "改地址")
    with pytest.raises(KeyError):
        sources.orders.update(waiting.model_copy(update={"id": "none"}), "改地址")


def test_orders_that_wait_for_payment_are_found_by_when_they_were_placed(
    sources: Sources, waiting: Order
) -> None:
    unpaid = waiting.model_copy(update={"state": OrderState.UNPAID, "paid_at": None})
    sources.orders.update(unpaid, "")
    assert sources.orders.unpaid(waiting.placed_at - timedelta(hours=1)) == (unpaid,)
    assert sources.orders.unpaid(waiting.placed_at + timedelta(hours=1)) == ()


def test_stock_is_told_for_what_is_known_and_left_out_for_the_rest(sources: Sources, shop: Shop) -> None:
    variant = next(v for p in shop.products.values() for v in p.variants if v.stock)
    assert sources.stock.levels([variant.sku, "nothing"]) == {variant.sku: variant.stock}
    assert sources.stock.levels([]) == {}


def test_a_customer_is_the_same_wherever_she_is_kept(sources: Sources, shop: Shop) -> None:
    assert sources.customers.get(MINE) == shop.customers[MINE]


# --- a shop's own system that is not well

ILL = ["slow", "dripping", "broken", "garbage", "another shape", "not an object", "moved", "cut"]


@pytest.mark.parametrize("mood", ILL)
def test_a_read_that_gets_no_sound_answer_is_unavailable_and_quickly_so(
    office: BackOffice, client: BackOfficeClient, mood: str
) -> None:
    office.mood = mood
    reads = [
        lambda: HttpOrders(client).list_for(MINE),
        lambda: HttpOrders(client).get("1", MINE),
        lambda: HttpStock(client).levels(["a"]),
        lambda: HttpCustomers(client).get(MINE),
    ]
    for read in reads:
        began = time.monotonic()
        with pytest.raises(Unavailable):
            read()
        assert time.monotonic() - began < 5 * TIMEOUT


@pytest.mark.parametrize("mood", ["slow", "dripping", "broken", "garbage", "another shape", "cut"])
def test_a_change_that_gets_no_sound_answer_is_unsure_and_never_sent_twice(
    office: BackOffice, client: BackOfficeClient, waiting: Order, mood: str
) -> None:
    office.mood = mood
    with pytest.raises(ChangeUnsure):
        HttpOrders(client).update(waiting, "改地址")
    assert len(office.calls) <= 1


def test_a_change_that_comes_too_late_there_is_refused(
    office: BackOffice, client: BackOfficeClient, shop: Shop
) -> None:
    shipped = next(order for order in shop.orders.values() if order.state is OrderState.DELIVERED)
    with pytest.raises(ChangeRefused):
        HttpOrders(client).update(shipped, "改地址")


def test_a_read_that_fails_once_is_tried_again(office: BackOffice, client: BackOfficeClient) -> None:
    office.moods = ["broken"]
    assert HttpCustomers(client).get(MINE)
    assert len(office.calls) == 2


def test_nobody_there_is_unavailable_also_for_a_change(waiting: Order) -> None:
    nobody = BackOfficeClient("http://127.0.0.1:9/shop", SECRET, TIMEOUT)
    with pytest.raises(Unavailable):
        HttpOrders(nobody).list_for(MINE)
    with pytest.raises(Unavailable) as caught:
        HttpOrders(nobody).update(waiting, "改地址")
    assert not isinstance(caught.value, ChangeUnsure), "it never got there: nothing can have changed"


def test_an_answer_about_somebody_else_is_never_passed_on(
    office: BackOffice, client: BackOfficeClient, waiting: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = waiting.model_copy(update={"customer_id": NOT_MINE}).model_dump(mode="json")
    monkeypatch.setattr(office, "answer", lambda *_: (200, {"order": stranger, "orders": [stranger]}))
    with pytest.raises(Unavailable, match="somebody else"):
        HttpOrders(client).get(waiting.id, MINE)
    with pytest.raises(Unavailable, match="somebody else"):
        HttpOrders(client).list_for(MINE)


def test_the_answers_in_the_docs_are_read(
    office: BackOffice, client: BackOfficeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / "docs" / "integration.md").read_text(encoding="utf-8")
    told = [
        json.loads(block) for block in re.findall(r"```json\n(.*?)```", text, re.S) if '…": ' not in block
    ]
    monkeypatch.setattr(office, "answer", lambda *_: (200, next(body for body in told if want in body)))
    want = "customer"
    assert HttpCustomers(client).get("c-lin").coupons[0].amount == 5
    want = "orders"
    (order,) = HttpOrders(client).list_for("c-lin")
    assert order.state is OrderState.SHIPPED and f"{order.placed_at:%H:%M}" == "20:10"
    want = "stock"
    assert HttpStock(client).levels(["TEA-RG-100"]) == {"TEA-RG-100": 18}


def test_a_customers_words_are_not_in_the_log(
    office: BackOffice, client: BackOfficeClient, waiting: Order, caplog: pytest.LogCaptureFixture
) -> None:
    office.mood = "broken"
    with caplog.at_level(logging.DEBUG, "bot"), pytest.raises(Unavailable):
        HttpOrders(client).update(waiting, "门口放着，密码 4711")
    assert "back office" in caplog.text and "4711" not in caplog.text


# --- the breaker, the signature, the secret


def test_after_three_failures_nobody_waits_until_the_pause_is_over(office: BackOffice) -> None:
    now = [0.0]
    client = BackOfficeClient(office.url, SECRET, TIMEOUT, Breaker(3, 10, lambda: now[0]))
    customers = HttpCustomers(client)
    office.mood = "broken"
    for _ in range(3):
        with pytest.raises(Unavailable):
            customers.get(MINE)
    assert len(office.calls) == 3, "two tries, one more, then none"
    office.mood = "well"
    with pytest.raises(Unavailable):
        customers.get(MINE)
    now[0] = 11
    assert customers.get(MINE) and customers.get(MINE)
    assert len(office.calls) == 5


def test_every_request_is_signed_and_a_wrong_secret_opens_nothing(office: BackOffice) -> None:
    wrong = BackOfficeClient(office.url, "guessed", TIMEOUT)
    with pytest.raises(Unavailable):
        HttpOrders(wrong).list_for(MINE)
    assert office.refused == 2


def test_a_signature_holds_for_this_request_and_for_five_minutes() -> None:
    headers = {
        TIME_HEADER.lower(): "1000",
        SIGNATURE_HEADER.lower(): sign("s", "PUT", "/a?b=1", "1000", b"x"),
    }
    assert is_signed("s", "put", "/a?b=1", headers, b"x", now=1200)
    for secret, method, target, body, now in [
        ("t", "PUT", "/a?b=1", b"x", 1000), ("s", "GET", "/a?b=1", b"x", 1000), ("s", "PUT", "/a?b=2", b"x", 1000),
        ("s", "PUT", "/a?b=1", b"y", 1000), ("s", "PUT", "/a?b=1", b"x", 1301),
    ]:  # fmt: skip
        assert not is_signed(secret, method, target, headers, body, now=now)
    assert not is_signed("s", "PUT", "/a?b=1", {}, b"x", now=1000)


def test_the_secret_is_the_installations_own_unless_one_is_set(tmp_path: Path) -> None:
    one, other = (Settings(data_dir=tmp_path / name) for name in ("a", "b"))
    assert secret_of(one) == secret_of(one) != secret_of(other)
    assert secret_of(one) != one.secrets["secret_key"]
    assert secret_of(Settings(data_dir=tmp_path / "a", backoffice_secret="told")) == "told"


def test_without_an_address_there_is_no_back_office(tmp_path: Path) -> None:
    assert back_office(Settings(data_dir=tmp_path)) is None
    assert back_office(Settings(data_dir=tmp_path, backoffice_url="http://127.0.0.1:9")) is not None


# --- stock of this moment


class Shelf:
    """A stock source whose answers the test sets."""

    def __init__(self, levels: dict[str, int] | None) -> None:
        self.now, self.asked = levels, 0

    def levels(self, skus: object) -> dict[str, int]:
        self.asked += 1
        if self.now is None:
            raise Unavailable("stock")
        return self.now


def test_stock_is_asked_for_once_in_a_while_and_what_is_not_told_is_sold_out(shop: Shop) -> None:
    sku, clock = next(v.sku for p in shop.products.values() for v in p.variants), [0.0]
    shelf = Shelf({sku: 7})
    live = LiveShop(shop, shelf, lambda: clock[0])
    stock = {v.sku: v.stock for p in live.current().products.values() for v in p.variants}
    assert stock.pop(sku) == 7 and set(stock.values()) == {0}
    live.current(), live.require()
    assert shelf.asked == 1
    clock[0] += REFRESH_SECONDS
    shelf.now = {sku: 2}
    assert live.current().product_of_sku(sku).variants[0].stock == 2


def test_old_stock_is_good_for_a_while_and_then_no_ground_to_promise_on(shop: Shop) -> None:
    sku, clock = next(v.sku for p in shop.products.values() for v in p.variants), [0.0]
    shelf = Shelf({sku: 7})
    live = LiveShop(shop, shelf, lambda: clock[0])
    live.require()
    shelf.now = None
    clock[0] += TRUST_SECONDS - 1
    live.require()
    assert live.current().product_of_sku(sku).variants[0].stock == 7
    clock[0] += 2
    with pytest.raises(Unavailable):
        live.require()
    with pytest.raises(Unavailable):
        LiveShop(shop, Shelf(None)).require()


# --- goods that are no longer sold


def test_an_order_keeps_its_goods_after_they_left_the_catalogue(shop: Shop, waiting: Order) -> None:
    line = waiting.lines[0].model_copy(update={"product_id": "old", "sku": "old-1", "name": "旧款帆布包"})
    order = waiting.model_copy(
        update={"lines": (line, waiting.lines[0].model_copy(update={"sku": "new-sku"}))}
    )
    seen = with_delisted(shop, [order])
    assert seen.products["old"].name == "旧款帆布包" and "old" not in shop.products
    for each in order.lines:
        (variant,) = [v for v in seen.products[each.product_id].variants if v.sku == each.sku]
        assert variant.stock == 0, "nobody is offered what is not sold"
    assert with_delisted(shop, shop.orders.values()) is shop
