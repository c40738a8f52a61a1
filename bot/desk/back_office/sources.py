"""Where orders, stock and customers come from: the shop's own system where there is one, else database and files."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.desk.back_office.backoffice import HttpCustomers, HttpOrders, HttpStock
from bot.desk.back_office.backoffice_client import BackOfficeClient, secret_of
from bot.settings import Settings
from bot.shop.records.model import Customer, Shop
from bot.shop.records.orders import OrderStore
from bot.shop.records.ports import CustomerSource, StockSource


class FileStock:
    """The stock that stands in the shop's product files."""

    def __init__(self, shop: Shop) -> None:
        self._levels = {v.sku: v.stock for product in shop.products.values() for v in product.variants}

    def levels(self, skus: Collection[str]) -> Mapping[str, int]:
        return {sku: self._levels[sku] for sku in skus if sku in self._levels}


class FileCustomers:
    """The members in the shop's `customers.yml`."""

    def __init__(self, shop: Shop) -> None:
        self._customers = shop.customers

    def get(self, customer_id: str) -> Customer | None:
        return self._customers.get(customer_id)


@dataclass(frozen=True)
class Sources:
    orders: OrderStore
    stock: StockSource
    customers: CustomerSource


def back_office(settings: Settings) -> Sources | None:
    """The shop's own system; None where no XIAOER_BACKOFFICE_URL is set."""
    if not settings.backoffice_url:
        return None
    client = BackOfficeClient(
        settings.backoffice_url, secret_of(settings), settings.backoffice_timeout_seconds
    )
    return Sources(HttpOrders(client), HttpStock(client), HttpCustomers(client))
