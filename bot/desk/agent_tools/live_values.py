"""What a phrase's `{variables}` mean in one conversation, at this moment. What is not known is left out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from bot.desk.lines import words
from bot.placeholders import script_values
from bot.shop.parcels.shipping import ShippingDates, dates
from bot.shop.records.model import Product, Shop
from bot.shop.records.orders import Order

LIVE = (
    "agent", "product", "color", "size", "stock", "ships_on", "order", "tracking", "order_courier", "customer",
)  # fmt: skip
"""Names beside the shop's own (`bot.faq.schema.PLACEHOLDERS`)."""


def live_values(
    shop: Shop,
    slots: dict[str, Any],
    product: Product | None,
    order: Order | None,
    customer: str,
    agent: str,
    now: datetime,
) -> dict[str, str]:
    """Name → what to write for it. `slots` as the bot kept them, `now` by the shop's clock."""
    found: dict[str, Any] = {"customer": customer, "agent": agent, **script_values(shop)}
    if product:
        size, color = _one_of(product.sizes, slots.get("size")), _one_of(product.colors, slots.get("color"))
        found |= {"product": product.name, "size": size, "color": color}
        found["stock"] = _stock(product, size, color)
    if order:
        found |= {"order": order.id, "tracking": order.tracking_no, "order_courier": order.courier}
    leaves = dates(shop, now, slots.get("region"), product)
    if isinstance(leaves, ShippingDates):
        found["ships_on"] = day_words(leaves.ships_on, now.date())
    return {name: str(value) for name, value in found.items() if value not in (None, "")}


def day_words(day: date, today: date) -> str:
    """今天, 明天 or the date."""
    near = {today: "today", today + timedelta(days=1): "tomorrow"}.get(day, "other")
    return words("days", near, month=day.month, day=day.day)


def _one_of(known: tuple[str, ...], told: Any) -> str:
    """What was told if the product has it; a product of one size needs no telling."""
    if told in known:
        return str(told)
    return known[0] if len(known) == 1 else ""


def _stock(product: Product, size: str, color: str) -> int | None:
    """Pieces of what is meant; None while a size has still to be named."""
    if len(product.sizes) > 1 and not size:
        return None
    meant = [v for v in product.variants if (not size or v.size == size) and (not color or v.color == color)]
    return sum(variant.stock for variant in meant)
