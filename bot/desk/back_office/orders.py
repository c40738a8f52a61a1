"""The shop's orders in the desk's database: the SQL adapter of `bot.shop.records.orders.OrderStore`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.desk import schema
from bot.desk.database import migrate, open_database, reading
from bot.desk.rows import now
from bot.settings import Settings
from bot.shop.records.model import Shop
from bot.shop.records.orders import Order, OrderState

SHOP_TIME = ZoneInfo("Asia/Shanghai")
_orders, _changes = schema.orders, schema.order_changes


class SqlOrders:
    """Reads need the customer's id: an order number that was only typed into the chat opens nothing."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def get(self, order_id: str, customer_id: str) -> Order | None:
        """The customer's order; None when there is none or it is somebody else's."""
        query = sa.select(_orders.c.body).where(
            _orders.c.id == order_id, _orders.c.customer_id == customer_id
        )
        with reading(self._engine) as connection:
            body = connection.execute(query).scalar_one_or_none()
        return Order.model_validate(body) if body else None

    def list_for(self, customer_id: str) -> tuple[Order, ...]:
        """Newest first."""
        query = sa.select(_orders.c.body).where(_orders.c.customer_id == customer_id)
        with reading(self._engine) as connection:
            bodies = connection.execute(query.order_by(_orders.c.placed_at.desc(), _orders.c.id)).scalars()
            return tuple(Order.model_validate(body) for body in bodies)

    def unpaid(self, placed_after: datetime) -> tuple[Order, ...]:
        """Orders of all customers that wait for payment, placed after this moment of the shop's clock."""
        since = placed_after.replace(tzinfo=SHOP_TIME)
        with reading(self._engine) as connection:
            bodies = connection.execute(
                sa.select(_orders.c.body).where(_orders.c.placed_at > since)
            ).scalars()
            found = [
                Order.model_validate(body) for body in bodies if body["state"] == OrderState.UNPAID.value
            ]
        return tuple(found)

    def update(self, order: Order, note: str, by: str = "") -> None:
        """Keep `order` as it is now, and why. KeyError when there is no such order of this customer."""
        query = sa.update(_orders).where(_orders.c.id == order.id, _orders.c.customer_id == order.customer_id)
        was = sa.select(_orders.c.body).where(_orders.c.id == order.id).with_for_update()
        with self._engine.begin() as connection:
            before = connection.execute(was).scalar_one_or_none()
            if connection.execute(query.values(body=order.model_dump(mode="json"))).rowcount == 0:
                raise KeyError(order.id)
            given = order.compensated - Order.model_validate(before).compensated
            values = {"order_id": order.id, "note": note[:500], "at": now(), "compensated": given or None}
            connection.execute(sa.insert(_changes).values(**values, who=by))

    def changes(self, order_id: str) -> tuple[str, ...]:
        """Notes of what was changed, oldest first."""
        query = sa.select(_changes.c.note).where(_changes.c.order_id == order_id).order_by(_changes.c.id)
        with reading(self._engine) as connection:
            return tuple(connection.execute(query).scalars())

    def seed(self, orders: Iterable[Order]) -> None:
        """Fill an empty table; a table with orders is left as it is."""
        rows = [
            {
                "id": order.id,
                "customer_id": order.customer_id,
                "placed_at": order.placed_at.replace(tzinfo=SHOP_TIME),
                "body": order.model_dump(mode="json"),
            }
            for order in orders
        ]
        with self._engine.begin() as connection:
            if self._engine.dialect.name == "postgresql":
                connection.execute(sa.text("LOCK TABLE orders IN EXCLUSIVE MODE"))
            if rows and connection.execute(sa.select(_orders.c.id).limit(1)).first() is None:
                connection.execute(sa.insert(_orders), rows)


def open_orders(settings: Settings, shop: Shop) -> SqlOrders:
    """The orders of this installation, seeded once from the shop's files."""
    engine = open_database(settings.database)
    migrate(engine)
    store = SqlOrders(engine)
    store.seed(shop.orders.values())
    return store
