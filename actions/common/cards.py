"""Cards the widget draws (docs/architecture.md, Cards). Numbers and names only; words come from data."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from actions.common import shop_floor
from actions.common.turn import Turn
from bot.placeholders import yuan
from bot.shop.records.model import BASIS_MEASURES, ChartRow, Product, SizeChart
from bot.shop.records.orders import Order


def product_card(product: Product) -> dict[str, Any]:
    return {
        "type": "product",
        "id": product.id,
        "name": product.name,
        "price": yuan(product.price),
        "image": image_of(product),
        "tags": list(product.tags[:3]),
        "url": f"/product/{product.id}",
    }


def image_of(product: Product) -> str | None:
    return f"/shop-images/{product.image}" if product.image else None


def order_card(turn: Turn, order: Order) -> dict[str, Any]:
    return {
        "type": "order",
        "id": order.id,
        "state": order.state.value,
        "state_text": shop_floor.dialogue().order_states[order.state.value],
        "lines": [_line(turn, line) for line in order.lines],
        "amount": yuan(order.amount),
        "courier": order.courier,
        "tracking_no": order.tracking_no,
        "trace": [
            {"time": f"{entry.time:%m-%d %H:%M}", "text": entry.text} for entry in reversed(order.trace)
        ],
    }


def _line(turn: Turn, line: Any) -> dict[str, Any]:
    product = turn.shop.products[line.product_id]
    return {
        "name": product.name,
        "variant": variant_name(product, line.sku),
        "quantity": line.quantity,
        "image": image_of(product),
    }


def variant_name(product: Product, sku: str) -> str:
    variant = next((each for each in product.variants if each.sku == sku), None)
    return " ".join(part for part in (variant.color, variant.size) if part) if variant else ""


def size_chart_card(product: Product, chart: SizeChart, highlight: str | None = None) -> dict[str, Any]:
    """The product's chart with the recommended row marked."""
    words = shop_floor.dialogue().phrases["chart_column"]
    body = [
        name
        for name in (*BASIS_MEASURES[chart.basis], "weight_kg")
        if any(_range(r, name) for r in chart.rows)
    ]
    body = list(dict.fromkeys(body))
    garment = list(dict.fromkeys(name for row in chart.rows for name in row.garment))
    return {
        "type": "size_chart",
        "product": product.name,
        "columns": [words["size"], *(words[name] for name in body), *garment],
        "rows": [[row.size, *(_range(row, n) for n in body), *(number(row.garment.get(n)) for n in garment)]
                 for row in chart.rows],
        "highlight": highlight,
    }  # fmt: skip


def _range(row: ChartRow, name: str) -> str:
    limits = getattr(row, name)
    if not limits:
        return ""
    return shop_floor.dialogue().phrase("range", "from_to", low=number(limits[0]), high=number(limits[1]))


def day(moment: date) -> str:
    return shop_floor.dialogue().phrase("date", "day", month=moment.month, day=moment.day)


def moment(at: datetime, now: datetime) -> str:
    """A time of day with its day: 今天 18:00, 明天 09:30, 11月25日 12:00."""
    ahead = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((at.date() - now.date()).days, "other")
    return shop_floor.dialogue().phrase("moment", ahead, day=day(at), time=f"{at:%H:%M}")


def number(value: Any) -> str:
    """165.0 as 165; nothing as an empty cell."""
    return "" if value is None else f"{value:g}"
