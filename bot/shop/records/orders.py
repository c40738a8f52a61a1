"""Orders: their states, what may still be changed, and where they come from.

Source: shop-rules.md, "The order on its way" (seeds 003, 001).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Annotated, Protocol

from pydantic import Field

from bot.shop.records.record import Id, Moment, Money, Record, Text


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
    """`price` is what was paid for one piece. `name` and `variant` are for goods the catalogue no longer has."""

    product_id: Id
    sku: Id
    quantity: Annotated[int, Field(gt=0)]
    price: Money
    name: str = ""
    variant: str = ""

    @property
    def amount(self) -> Decimal:
        return self.price * self.quantity


class TraceEntry(Record):
    """One scan of the parcel."""

    time: Moment
    text: Text


class FurtherParcel(Record):
    """A part of the order that travels on its own."""

    skus: Annotated[tuple[Id, ...], Field(min_length=1)]
    courier: str = ""
    tracking_no: str = ""
    shipped_at: Moment | None = None
    """None: still in the warehouse."""
    trace: tuple[TraceEntry, ...] = ()
    """Oldest first."""


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
    parcels: tuple[FurtherParcel, ...] = ()
    """What is not in the parcel above; empty: everything is in it."""
    note: str = ""
    parcel_with: str = ""
    """Id of another order that goes into one parcel with this one."""
    split: bool = False
    """What is in stock is sent ahead of the rest."""
    compensated: Money = Decimal(0)
    """What was given on this order while the goods were kept, yuan: money back, and what a re-sent piece cost."""


class Change(str, Enum):
    """What a customer may want to have changed on an order."""

    ADDRESS = "address"
    VARIANT = "variant"
    NOTE = "note"
    CANCEL = "cancel"
    MERGE = "merge"
    SPLIT = "split"


class NextBest(str, Enum):
    """What is proposed where a change comes too late."""

    STOP_IN_WAREHOUSE = "stop_in_warehouse"
    """A person tries to catch the parcel before it leaves."""
    CALL_COURIER = "call_courier"
    EXCHANGE = "exchange"
    REFUSE_PARCEL = "refuse_parcel"
    RETURN = "return"
    AFTER_SALE = "after_sale"
    """The seven days may be over: a person looks at it."""
    ORDER_AGAIN = "order_again"
    SEPARATE_PARCELS = "separate_parcels"
    NONE = "none"


@dataclass(frozen=True)
class Allowed:
    """The change may be made."""


@dataclass(frozen=True)
class NotAllowed:
    """`reason_key` is the state that forbids it."""

    reason_key: str
    next_best: NextBest


_B = NextBest
_TOO_LATE: dict[OrderState, dict[Change, NextBest]] = {
    OrderState.UNPAID: {},
    OrderState.PAID: {},
    # Labelled and sealed: calling it off is still possible, re-packing is a person's favour.
    OrderState.PACKED: {
        Change.ADDRESS: _B.STOP_IN_WAREHOUSE,
        Change.VARIANT: _B.STOP_IN_WAREHOUSE,
        Change.NOTE: _B.STOP_IN_WAREHOUSE,
        Change.MERGE: _B.SEPARATE_PARCELS,
        Change.SPLIT: _B.STOP_IN_WAREHOUSE,
    },
    OrderState.SHIPPED: {
        Change.ADDRESS: _B.CALL_COURIER,
        Change.VARIANT: _B.EXCHANGE,
        Change.NOTE: _B.CALL_COURIER,
        Change.CANCEL: _B.REFUSE_PARCEL,
        Change.MERGE: _B.SEPARATE_PARCELS,
        Change.SPLIT: _B.NONE,
    },
    OrderState.DELIVERED: {
        Change.ADDRESS: _B.NONE,
        Change.VARIANT: _B.EXCHANGE,
        Change.NOTE: _B.NONE,
        Change.CANCEL: _B.RETURN,
        Change.MERGE: _B.NONE,
        Change.SPLIT: _B.NONE,
    },
    OrderState.COMPLETED: {
        Change.ADDRESS: _B.NONE,
        Change.VARIANT: _B.AFTER_SALE,
        Change.NOTE: _B.NONE,
        Change.CANCEL: _B.AFTER_SALE,
        Change.MERGE: _B.NONE,
        Change.SPLIT: _B.NONE,
    },
    OrderState.CANCELLED: dict.fromkeys(Change, _B.ORDER_AGAIN) | {Change.CANCEL: _B.NONE},
    OrderState.REFUNDING: dict.fromkeys(Change, _B.AFTER_SALE) | {Change.CANCEL: _B.NONE},
    OrderState.RETURNED: dict.fromkeys(Change, _B.ORDER_AGAIN) | {Change.CANCEL: _B.NONE},
}
"""State → change that comes too late → the next best thing. What is not listed is allowed."""


def may_change(order: Order, what: Change | str) -> Allowed | NotAllowed:
    """Whether the order's state still allows the change; a str is the value of a Change."""
    too_late = _TOO_LATE[order.state]
    change = Change(what)
    return NotAllowed(order.state.value, too_late[change]) if change in too_late else Allowed()


class TooLate(Exception):
    """A change was made that `may_change` forbids; nothing has changed."""


def _permit(order: Order, what: Change) -> None:
    answer = may_change(order, what)
    if isinstance(answer, NotAllowed):
        raise TooLate(f"order {order.id} is {answer.reason_key}: no change of {what.value}")


def with_address(order: Order, region: str, address: str, recipient: str = "", phone: str = "") -> Order:
    """The order going elsewhere; what is "" stays. Raises TooLate."""
    _permit(order, Change.ADDRESS)
    changes = {"region": region, "address": address, "recipient": recipient, "phone": phone}
    return order.model_copy(update={name: value for name, value in changes.items() if value})


def with_variant(order: Order, index: int, sku: str) -> Order:
    """Line `index` (from 0) with another variant of the same product at the same price. Raises TooLate."""
    _permit(order, Change.VARIANT)
    lines = list(order.lines)
    lines[index] = lines[index].model_copy(update={"sku": sku})
    return order.model_copy(update={"lines": tuple(lines)})


NOTES_JOINED = "；"


def with_note(order: Order, note: str) -> Order:
    """The order with one more delivery note; what was noted before stays. Raises TooLate."""
    _permit(order, Change.NOTE)
    if note in order.note:
        return order
    return order.model_copy(update={"note": NOTES_JOINED.join(part for part in (order.note, note) if part)})


def mergeable(order: Order, others: Sequence[Order]) -> tuple[Order, ...]:
    """Those of `others` that can go into one parcel with `order`: neither has left, both go to the same door."""
    if isinstance(may_change(order, Change.MERGE), NotAllowed):
        return ()
    return tuple(
        other
        for other in others
        if other.id != order.id
        and not isinstance(may_change(other, Change.MERGE), NotAllowed)
        and (other.address, other.recipient, other.state) == (order.address, order.recipient, order.state)
    )


def merged(order: Order, other: Order) -> tuple[Order, Order]:
    """Both orders, each naming the other. Raises TooLate when one may not, or goes elsewhere."""
    _permit(order, Change.MERGE)
    _permit(other, Change.MERGE)
    if other not in mergeable(order, (other,)):
        raise TooLate(f"orders {order.id} and {other.id} do not go to the same door together")
    return (
        order.model_copy(update={"parcel_with": other.id}),
        other.model_copy(update={"parcel_with": order.id}),
    )


def sent_apart(order: Order) -> Order:
    """What is in stock goes ahead. Raises TooLate."""
    _permit(order, Change.SPLIT)
    return order.model_copy(update={"split": True})


def pieces(order: Order) -> int:
    return sum(line.quantity for line in order.lines)


def cancelled(order: Order) -> Order:
    """Called off: an unpaid order is cancelled, a paid one gets its money back. Raises TooLate."""
    _permit(order, Change.CANCEL)
    state = OrderState.CANCELLED if order.state is OrderState.UNPAID else OrderState.REFUNDING
    return order.model_copy(update={"state": state})


class OrderStore(Protocol):
    """Where orders come from. An order is only ever given to the customer it belongs to.

    All methods raise `bot.shop.records.ports.Unavailable` where the shop's system cannot be asked just now.
    """

    def get(self, order_id: str, customer_id: str) -> Order | None: ...

    def list_for(self, customer_id: str) -> Sequence[Order]:
        """Newest first."""
        ...

    def update(self, order: Order, note: str, by: str = "") -> None:
        """Keep the changed order; `note` says what was changed and for whom, for the desk. `by`: the agent who gives
        what it gives back, "" the bot.

        KeyError when this customer has no such order; `ports.ChangeRefused` when it has moved on,
        `ports.ChangeUnsure` when nobody knows whether it was changed.
        """
        ...
