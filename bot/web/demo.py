"""The demo storefront's data; only with `settings.demo`. A real shop has its own pages and signs its own customers."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from bot.desk.people.identity import sign_customer
from bot.desk.threads import in_thread
from bot.placeholders import script_values
from bot.web.gateway import GatewayOf
from bot.web.shop_shapes import order_shape, product_shape

router = APIRouter(prefix="/api/demo", tags=["demo"])


@router.get("/shop")
async def shop(gateway: GatewayOf) -> dict[str, Any]:
    """What the storefront's pages show."""
    goods, values = gateway.shop, script_values(gateway.shop)
    told = ("cutoff", "free_shipping_from", "return_days", "agent_hours")
    return {
        "name": goods.name,
        "bot_name": goods.persona.bot_name,
        "story": goods.persona.story,
        **{name: values[name] for name in told},
        "categories": list(dict.fromkeys(product.category for product in goods.products.values())),
        "products": [product_shape(goods, product) for product in goods.products.values()],
    }


@router.get("/customers")
async def customers(gateway: GatewayOf) -> list[dict[str, Any]]:
    """The demo customers, signed as a shop's own server would sign whoever is logged in there."""
    key, titles = (
        gateway.settings.secrets["secret_key"],
        {each.id: each.title for each in gateway.shop.policy.levels},
    )
    found = []
    for customer in gateway.shop.customers.values():
        signature = sign_customer(key, customer.id, customer.name, customer.level)
        orders = await in_thread(gateway.orders.list_for, customer.id)
        found.append(
            {
                "customer": {
                    "id": customer.id,
                    "name": customer.name,
                    "level": customer.level,
                    "signature": signature,
                },
                "level_title": titles.get(customer.level, customer.level),
                "orders": [order_shape(gateway.shop, order) for order in orders],
            }
        )
    return found
