"""An order as the desk's pane shows it: where it goes, what may still be changed, what was done with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.desk.back_office.order_actions import OrderAction
from bot.desk.shapes import moment
from bot.desk.threads import in_thread
from bot.placeholders import yuan
from bot.shop.records.orders import Allowed, Change, Order, OrderState, may_change
from bot.web.gateway import Gateway
from bot.web.shop_shapes import order_shape

Json = dict[str, Any]


async def desk_orders(gateway: Gateway, orders: Sequence[Order]) -> dict[str, Json]:
    """By id."""
    done = await in_thread(gateway.desk.order_actions.of_orders, [order.id for order in orders])
    return {order.id: _shape(gateway, order, done.get(order.id, ())) for order in orders}


def _shape(gateway: Gateway, order: Order, done: Sequence[OrderAction]) -> Json:
    return {
        **order_shape(gateway.shop, order),
        "recipient": order.recipient,
        "phone": order.phone,
        "address": order.address,
        "compensated": yuan(order.compensated),
        "may": {
            "address": isinstance(may_change(order, Change.ADDRESS), Allowed),
            "variant": isinstance(may_change(order, Change.VARIANT), Allowed),
            "price": order.state is OrderState.UNPAID,
        },
        "actions": [
            {
                "kind": each.kind.value,
                "text": each.text,
                "cost": each.cost,
                "who": each.who,
                "at": moment(each.at),
            }
            for each in done
        ],
    }
