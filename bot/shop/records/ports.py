"""What the shop's own systems are asked for, and the ways in which they fail. Orders: `OrderStore`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from bot.shop.records.model import Customer


class Unavailable(Exception):
    """It cannot be looked up just now. Nothing has changed, and nothing may be said about it."""


class ChangeUnsure(Unavailable):
    """A change was sent and no clear answer came: it may or may not have been made."""


class ChangeRefused(Exception):
    """The shop's system has refused the change: the order has moved on meanwhile. Nothing has changed."""


class StockSource(Protocol):
    """Pieces on the shelf."""

    def levels(self, skus: Collection[str]) -> Mapping[str, int]:
        """SKU → pieces; one that is not known there is left out. Raises Unavailable."""
        ...


class CustomerSource(Protocol):
    """Members of the shop."""

    def get(self, customer_id: str) -> Customer | None:
        """None for somebody the shop does not know. Raises Unavailable."""
        ...
