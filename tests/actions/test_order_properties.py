"""Whoever asks whatever about whichever order: only her own are shown, and only what a rule allows is changed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.common import shop_floor
from actions.orders.addresses import ChangeAddress, ModifyAddress
from actions.orders.apply_change import ApplyChange
from actions.orders.cancelling import CancelOrder
from actions.orders.invoices import Invoice, IssueInvoice
from actions.orders.order_changes import ModifyOrder
from actions.orders.unpaid import Payment
from actions.parcels.courier import Courier
from actions.parcels.shipping import ShippingTime
from actions.parcels.tracking import Track
from actions.parcels.urging import Urge
from bot.settings import ROOT
from bot.shop.records.loader import load_shop
from bot.shop.records.orders import Change, NotAllowed, Order, OrderState, may_change
from tests.actions.conftest import NOW, Orders, Said, say

SHOP = load_shop(ROOT / "data" / "shop", NOW)
READING = (Track, Urge, Payment, Courier, Invoice, ShippingTime, ModifyAddress, ModifyOrder, CancelOrder)
CUSTOMERS = [*SHOP.customers, None]
WORDS = (
    *(
        "到哪了",
        "没收到",
        "取件码是多少",
        "快递单号发我",
        "催一下",
        "都催两次了",
        "昨天买的那双鞋",
        "最早那单",
        "没付款那单",
    ),
    *(
        "换成黑色 L码",
        "备注放门口",
        "合并发货",
        "分开发",
        "不想要了",
        "尺码拍错了",
        "开发票",
        "从哪里发货",
        "送错驿站了",
    ),
)
SETTINGS = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def private(order: Order) -> set[str]:
    """What of an order only its customer may read."""
    return {order.id, order.address, order.phone, order.tracking_no, order.recipient} - {""}


OWN = {
    who: set().union(*(private(o) for o in SHOP.orders.values() if o.customer_id == who), set())
    for who in CUSTOMERS
}
ALL = set().union(*OWN.values())


def shown(said: Said) -> str:
    return said.text + json.dumps([said.cards, said.payloads, said.slots], ensure_ascii=False, default=str)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Orders:
    """Emptied and filled anew before each example."""
    held = Orders(SHOP.orders)
    monkeypatch.setattr(shop_floor, "orders", lambda: held)
    return held


@SETTINGS
@given(
    st.sampled_from(READING),
    st.sampled_from(CUSTOMERS),
    st.sampled_from(sorted(SHOP.orders)),
    st.sampled_from(sorted(SHOP.orders)),
    st.sampled_from(WORDS),
    st.booleans(),
)
def test_another_customers_order_is_never_in_an_answer(
    store: Orders, action: Any, customer: str | None, typed: str, page: str, words: str, is_typed: bool
) -> None:
    """Typed as a number, carried by the page or left in a slot: what is not hers stays closed."""
    store.orders = dict(SHOP.orders)
    found = {"order_id": typed} if is_typed else {}
    said = say(
        action(), f"{words} {typed}" if is_typed else words, "track_order", found, {"order_id": page},
        customer_id=customer, order_id=page,
    )  # fmt: skip
    strangers = ALL - OWN[customer] - {typed, page}
    assert not [value for value in strangers if value in shown(said)]
    others = {id_ for id_ in (typed, page) if SHOP.orders[id_].customer_id != customer}
    assert not [
        id_ for id_ in others if id_ in said.text or id_ in json.dumps(said.cards, ensure_ascii=False)
    ]


def allowed_after(order: Order) -> set[Change]:
    return {change for change in Change if not isinstance(may_change(order, change), NotAllowed)}


DRAFTS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["variant", "note", "merge", "split", "cancel", "address"]),
        "order": st.sampled_from(sorted(SHOP.orders)),
        "other": st.sampled_from(sorted(SHOP.orders)),
        "note": st.just("放门口"),
        "confirmed": st.just(True),
        "address": st.just("湖南省长沙市岳麓区麓山路1号"),
        "region": st.just("湖南"),
    }
)


@SETTINGS
@given(
    st.sampled_from((ApplyChange, ChangeAddress, CancelOrder, IssueInvoice)),
    st.sampled_from(CUSTOMERS),
    DRAFTS,
    st.sampled_from(list(OrderState)),
)
def test_no_order_is_changed_that_a_rule_forbids_or_that_is_not_hers(
    store: Orders, action: Any, customer: str | None, draft: dict, state: OrderState
) -> None:
    """Even a confirmed draft is held against the order as it is now."""
    order = SHOP.orders[draft["order"]].model_copy(update={"state": state})
    line = SHOP.products[order.lines[0].product_id]
    sku = next(
        (v.sku for v in line.variants if v.stock > 0 and v.sku != order.lines[0].sku), order.lines[0].sku
    )
    store.orders = {**SHOP.orders, order.id: order}
    before = dict(store.orders)
    pressed = {"reason": "changed_mind"} if action is CancelOrder else {}
    slots = {"draft": {**draft, "sku": sku, "cancel": order.id}, "order_id": order.id}
    say(action(), "/inform{}", "affirm", pressed, slots, customer_id=customer)
    for id_, was in before.items():
        now = store.orders[id_]
        if now == was:
            continue
        assert was.customer_id == customer
        changes = {
            Change.ADDRESS: (was.address, was.recipient, was.phone)
            != (now.address, now.recipient, now.phone),
            Change.VARIANT: was.lines != now.lines,
            Change.NOTE: was.note != now.note,
            Change.MERGE: was.parcel_with != now.parcel_with,
            Change.SPLIT: was.split != now.split,
            Change.CANCEL: was.state != now.state,
        }
        assert {change for change, is_made in changes.items() if is_made} <= allowed_after(was)


@SETTINGS
@given(st.sampled_from(sorted(SHOP.orders)), st.sampled_from(["variant", "note", "split", "merge"]))
def test_a_confirmation_that_comes_twice_is_done_once(store: Orders, order_id: str, kind: str) -> None:
    store.orders, store.notes = dict(SHOP.orders), []
    order = SHOP.orders[order_id]
    others = [o.id for o in SHOP.orders.values() if o.customer_id == order.customer_id and o.id != order_id]
    product = SHOP.products[order.lines[0].product_id]
    draft = {
        "kind": kind,
        "order": order_id,
        "note": "放门口",
        "sku": next((v.sku for v in product.variants if v.stock > 0), product.variants[0].sku),
        "other": others[0] if others else order_id,
    }
    for _ in range(2):
        say(ApplyChange(), "好", "affirm", slots={"draft": draft}, customer_id=order.customer_id)
        kept = dict(store.orders)
    done = len(store.notes)
    say(ApplyChange(), "好", "affirm", slots={"draft": draft}, customer_id=order.customer_id)
    assert store.orders == kept
    assert len(store.notes) == done <= (2 if kind == "merge" else 1)


@SETTINGS
@given(st.sampled_from(sorted(SHOP.orders)), st.integers(2, 5))
def test_urging_never_says_the_same_twice_and_gives_for_lateness_once(
    store: Orders, order_id: str, times: int
) -> None:
    store.orders, store.notes = dict(SHOP.orders), []
    order = SHOP.orders[order_id]
    slots: dict[str, Any] = {"order_id": order_id}
    heard = []
    for _ in range(times):
        said = say(Urge(), "催一下", "urge_shipping", slots=slots, customer_id=order.customer_id)
        slots = said.slots
        if order.state in (OrderState.PAID, OrderState.PACKED, OrderState.SHIPPED):
            heard.append(tuple(said.responses))
    assert not heard or heard[0] != heard[1]
    assert store.orders[order_id].compensated <= SHOP.policy.remedies.authority.amount
    assert len(store.notes) <= 1
    if len(heard) > 2:
        assert any("person" in name for name in heard[-1])
