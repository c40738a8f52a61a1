"""The shop's own system gives no answer: the bot says so, guesses nothing, and a person is one tap away."""

from __future__ import annotations

import pytest

from actions.common import shop_floor
from actions.orders.cancelling import CancelOrder
from actions.parcels.tracking import Track
from actions.prices.price import Price
from actions.products.stock import Stock
from actions.sizes.size import Size
from bot.shop.records.model import Customer, Kind
from bot.shop.records.orders import Order, OrderState
from bot.shop.records.ports import ChangeRefused, ChangeUnsure, Unavailable
from tests.actions.conftest import Orders, say

JACKET = "down-light-short"


class Silent(Orders):
    """A system that fails in a way of the test's choosing; `reads` tells whether it still can be asked."""

    def __init__(self, orders: dict[str, Order], trouble: Exception, reads: bool = False) -> None:
        super().__init__(orders)
        self.trouble, self.reads = trouble, reads

    def list_for(self, customer_id: str) -> list[Order]:
        if not self.reads:
            raise self.trouble
        return super().list_for(customer_id)

    def update(self, order: Order, note: str, by: str = "") -> None:
        raise self.trouble


def having(monkeypatch: pytest.MonkeyPatch, store: Orders) -> None:
    monkeypatch.setattr(shop_floor, "orders", lambda: store)


@pytest.fixture
def paid(orders: Orders) -> Order:
    return next(order for order in orders.orders.values() if order.state is OrderState.PAID)


def test_orders_that_cannot_be_read_are_said_to_be_unknown_with_a_person_at_hand(
    orders: Orders, paid: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    having(monkeypatch, Silent(orders.orders, Unavailable("down")))
    said = say(Track(), "我的快递到哪了", "track_order", customer_id=paid.customer_id)
    assert said.responses == ["utter_lookup_failed"]
    assert "/request_human" in said.payloads and said.follows == "action_listen"
    assert paid.id not in said.text


@pytest.mark.parametrize(("trouble", "response", "reason"), [
    (ChangeUnsure("no answer"), "utter_change_unsure", "system_down"),
    (ChangeRefused("409"), "utter_change_refused", "beyond_authority"),
])  # fmt: skip
def test_a_change_that_hangs_or_is_refused_goes_to_a_person_and_is_never_called_done(
    orders: Orders,
    paid: Order,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Exception,
    response: str,
    reason: str,
) -> None:
    having(monkeypatch, Silent(orders.orders, trouble, reads=True))
    said = say(
        CancelOrder(), "/inform", "inform", {"reason": "changed_mind", "order_id": paid.id},
        {"draft": {"cancel": paid.id, "read": True}}, customer_id=paid.customer_id,
    )  # fmt: skip
    assert said.responses == [response]
    assert said.effect("handoff")["reason"] == reason


def test_stock_that_is_not_known_is_not_spoken_of_but_the_price_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> None:
        raise Unavailable("stock")

    monkeypatch.setattr(shop_floor, "require_stock", unknown)
    assert say(Stock(), "有货吗", "ask_stock", product_id=JACKET).responses == ["utter_lookup_failed"]
    assert "utter_lookup_failed" not in say(Price(), "多少钱", "ask_price", product_id=JACKET).responses


def test_what_is_said_by_kind_of_goods_is_there_for_every_kind() -> None:
    by_kind = [words for words in shop_floor.dialogue().phrases.values() if {"shoes", "home"} <= set(words)]
    assert by_kind and all({kind.value for kind in Kind} <= set(words) for words in by_kind)


def test_goods_that_are_not_worn_are_offered_in_their_variants_when_a_size_is_asked(
    demo_shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    tea = demo_shop.products[JACKET].model_copy(
        update={"kind": Kind.GENERAL, "size_chart": None, "attributes": {}}
    )
    shop = demo_shop.model_copy(update={"products": {JACKET: tea}})
    monkeypatch.setattr(shop_floor, "shop", lambda: shop)
    said = say(Size(), "我穿什么码", "ask_size", {"height_cm": 165.0, "weight_kg": 55.0}, product_id=JACKET)
    assert said.follows == "action_stock"


class Members:
    def __init__(self, found: Customer | None | Exception) -> None:
        self.found = found

    def get(self, customer_id: str) -> Customer | None:
        if isinstance(self.found, Exception):
            raise self.found
        return self.found


@pytest.mark.parametrize("found", [None, Unavailable("down"), Customer(id="x-1", name="林", level="gold")])
def test_a_member_pays_her_price_also_when_only_her_signature_tells_the_level(
    found: Customer | None | Exception, monkeypatch: pytest.MonkeyPatch, demo_shop
) -> None:
    monkeypatch.setattr(shop_floor, "customers", lambda: Members(found))
    guest = say(Price(), "多少钱", "ask_price", product_id=JACKET).text
    member = say(
        Price(), "多少钱", "ask_price", product_id=JACKET, customer_id="x-1", customer_level="gold"
    ).text
    assert member != guest


def test_a_level_the_policy_does_not_know_counts_as_the_lowest(monkeypatch: pytest.MonkeyPatch) -> None:
    stranger = Customer(id="x-1", name="林", level="diamond")
    monkeypatch.setattr(shop_floor, "customers", lambda: Members(stranger))
    said = say(Price(), "多少钱", "ask_price", product_id=JACKET, customer_id="x-1")
    assert said.responses and "diamond" not in said.text


def test_an_order_of_goods_that_left_the_catalogue_is_still_tracked(
    orders: Orders, paid: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = paid.lines[0].model_copy(update={"product_id": "gone", "sku": "gone-1", "name": "旧款帆布包"})
    old = paid.model_copy(update={"lines": (line,)})
    having(monkeypatch, Orders({old.id: old}))
    said = say(Track(), "我的快递到哪了", "track_order", customer_id=old.customer_id)
    assert said.cards[0]["lines"][0]["name"] == "旧款帆布包"
