"""Orders, stock and customers of the shop's own system: the HTTP adapter of the ports (docs/integration.md)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import quote

from pydantic import ValidationError

from bot.desk.back_office.backoffice_client import BackOfficeClient
from bot.shop.records.loader import SHOP_ZONE
from bot.shop.records.model import Customer
from bot.shop.records.orders import Order, OrderState
from bot.shop.records.ports import ChangeUnsure, Unavailable
from bot.shop.records.record import Record

R = TypeVar("R", bound=Record)
SKUS_AT_ONCE = 100


class HttpOrders:
    """`OrderStore`: every path names the customer, so that a typed order number opens nothing."""

    def __init__(self, client: BackOfficeClient) -> None:
        self._client = client

    def get(self, order_id: str, customer_id: str) -> Order | None:
        answer = self._client.get(_path("customers", customer_id, "orders", order_id))
        return _own(_record(Order, answer, "order"), customer_id) if answer is not None else None

    def list_for(self, customer_id: str) -> tuple[Order, ...]:
        """Newest first."""
        answer = self._client.get(_path("customers", customer_id, "orders"))
        orders = [_own(order, customer_id) for order in _orders(answer)]
        return tuple(sorted(orders, key=lambda order: (order.placed_at, order.id), reverse=True))

    def unpaid(self, placed_after: datetime) -> tuple[Order, ...]:
        """Orders of all customers that wait for payment, placed after this moment of the shop's clock."""
        query = {"state": OrderState.UNPAID.value, "placed_after": placed_after.isoformat(timespec="seconds")}
        found = _orders(self._client.get("/orders", query))
        return tuple(order for order in found if order.state is OrderState.UNPAID)

    def update(self, order: Order, note: str, by: str = "") -> None:
        """The whole order as it should be; the shop's system decides whether it still may, and is not told `by`."""
        body = {"order": order.model_dump(mode="json"), "note": note[:500]}
        answer = self._client.put(_path("customers", order.customer_id, "orders", order.id), body)
        if answer is None:
            raise KeyError(order.id)
        if answer.get("ok") is not True:
            raise ChangeUnsure(f"order {order.id}: the answer does not say ok")


class HttpStock:
    """`bot.shop.records.ports.StockSource`."""

    def __init__(self, client: BackOfficeClient) -> None:
        self._client = client

    def levels(self, skus: Collection[str]) -> Mapping[str, int]:
        wanted, found = iter(skus), {}
        while part := tuple(islice(wanted, SKUS_AT_ONCE)):
            answer = self._client.get("/stock", {"skus": ",".join(part)})
            levels = (answer or {}).get("stock")
            if not isinstance(levels, dict) or not all(type(n) is int for n in levels.values()):
                raise Unavailable("stock: the answer has no object `stock` of whole numbers")
            found.update({sku: max(0, pieces) for sku, pieces in levels.items() if sku in part})
        return found


class HttpCustomers:
    """`bot.shop.records.ports.CustomerSource`."""

    def __init__(self, client: BackOfficeClient) -> None:
        self._client = client

    def get(self, customer_id: str) -> Customer | None:
        answer = self._client.get(_path("customers", customer_id))
        if answer is None:
            return None
        customer = _record(Customer, answer, "customer")
        if customer.id != customer_id:
            raise Unavailable("customer: the answer is about somebody else")
        return customer


def _orders(answer: Mapping[str, Any] | None) -> list[Order]:
    rows = [] if answer is None else answer.get("orders")
    if not isinstance(rows, list):
        raise Unavailable("orders: the answer has no list `orders`")
    return [_record(Order, {"order": row}, "order") for row in rows]


def _path(*parts: str) -> str:
    return "".join(f"/{quote(part, safe='')}" for part in parts)


def _record(model: type[R], answer: Mapping[str, Any], key: str) -> R:
    """The record under `key`. Fields we do not know are left out: the other side may grow. Raises Unavailable."""
    row = answer.get(key)
    if not isinstance(row, dict):
        raise Unavailable(f"{key}: the answer has no object `{key}`")
    try:
        return model.model_validate(_plain(model, row))
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, each["loc"])) for each in error.errors()[:5])
        raise Unavailable(f"{key}: cannot be read: {fields}") from error


def _plain(model: type[Record], row: Mapping[str, Any]) -> dict[str, Any]:
    """Known fields only, moments on the shop's clock."""
    known = {name: row[name] for name in model.model_fields if row.get(name) is not None}
    for name, value in known.items():
        if isinstance(value, list) and (inner := _inner(model, name)):
            known[name] = [_plain(inner, each) if isinstance(each, dict) else each for each in value]
        elif isinstance(value, str) and name in _MOMENTS:
            known[name] = _shop_time(value)
    return known


@cache
def _inner(model: type[Record], name: str) -> type[Record] | None:
    """The kind of record a field is a list of."""
    kinds = getattr(model.model_fields[name].annotation, "__args__", ())
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Record)), None)


_MOMENTS = ("placed_at", "paid_at", "shipped_at", "delivered_at", "time")


def _shop_time(text: str) -> str:
    """A moment with a zone on the shop's clock; one without is taken as that already."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return (moment.astimezone(SHOP_ZONE) if moment.tzinfo else moment).replace(tzinfo=None).isoformat()


def _own(order: Order, customer_id: str) -> Order:
    if order.customer_id != customer_id:
        raise Unavailable(f"order {order.id}: the answer is about somebody else's order")
    return order
