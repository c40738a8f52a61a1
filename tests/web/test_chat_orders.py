"""Her orders in the chat: hers, and nobody else's."""

from __future__ import annotations

import pytest

from bot.shop.records.ports import Unavailable
from tests.web.conftest import Web


def customer_with_orders(web: Web) -> tuple[dict, list[str]]:
    with web.client() as client:
        found = client.get("/api/demo/customers").json()
    known = next(each for each in found if each["orders"])
    return known["customer"], [order["id"] for order in known["orders"]]


def test_a_signed_customer_sees_her_orders_and_only_what_a_list_needs(web: Web):
    customer, ids = customer_with_orders(web)
    answer = web.customer(customer).client.get("/api/chat/orders").json()
    assert answer["is_known"] and [order["id"] for order in answer["orders"]] == ids
    assert set(answer["orders"][0]) == {"id", "state", "state_text", "amount", "placed_at", "lines"}


def test_a_guest_has_none_whatever_she_calls_herself(web: Web):
    assert web.customer().client.get("/api/chat/orders").json() == {"is_known": False, "orders": []}


def test_without_a_token_there_is_nothing(web: Web):
    with web.client() as client:
        assert client.get("/api/chat/orders").status_code == 401


def test_a_silent_order_system_is_said_and_not_an_empty_list(web: Web, monkeypatch: pytest.MonkeyPatch):
    def silent(customer_id: str):
        raise Unavailable("timeout")

    customer, _ = customer_with_orders(web)
    chat = web.customer(customer)
    monkeypatch.setattr(web.app.state.gateway.orders, "list_for", silent)
    answer = chat.client.get("/api/chat/orders")
    assert (answer.status_code, answer.json()["type"]) == (503, "orders-unreachable")
