"""Orders: their states, what may still be changed, and where they come from.

Source: shop-rules.md, "The order on its way" (seeds 003, 001).
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Annotated

from pydantic import Field

from bot.shop.record import Id, Moment, Money, Record, Text


class OrderState(str, Enum):
    UNPAID = "unpaid"
    PAID = "paid"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    REFUNDING = "refunding"
    RETURNED = "returned"


class OrderLine(Record):
    """`price` is what was paid for one piece."""

    product_id: Id
    sku: Id
    quantity: Annotated[int, Field(gt=0)]
    price: Money

    @property
    def amount(self) -> Decimal:
        return self.price * self.quantity


class TraceEntry(Record):
    """One scan of the parcel."""

    time: Moment
    text: Text


class Order(Record):
    """`amount` is what the customer paid or has to pay, postage included, yuan."""

    id: Id
    customer_id: Id
    state: OrderState
    lines: Annotated[tuple[OrderLine, ...], Field(min_length=1)]
    amount: Money
    shipping_fee: Money = Decimal(0)
    discount: Money = Decimal(0)
    region: Text
    address: Text
    recipient: str = ""
    phone: str = ""
    placed_at: Moment
    paid_at: Moment | None = None
    shipped_at: Moment | None = None
    delivered_at: Moment | None = None
    courier: str = ""
    tracking_no: str = ""
    trace: tuple[TraceEntry, ...] = ()
    """Oldest first."""
    note: str = ""


class Change(str, Enum):
    """What a customer may want to have changed on an order."""

    ADDRESS = "address"
    VARIANT = "variant"
    NOTE = "note"
    CANCEL = "cancel"
    MERGE = "merge"
