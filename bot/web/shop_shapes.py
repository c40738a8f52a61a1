"""The shop's goods and orders as JSON, for the demo storefront and the desk. Never a floor price."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import Any

from bot.dialogue import Dialogue, load_dialogue
from bot.placeholders import yuan
from bot.settings import ROOT
from bot.shop.after_sale.remedies import RemedyOption
from bot.shop.records.model import BASIS_MEASURES, ChartRow, Product, Shop, SizeChart, Variant
from bot.shop.records.orders import Order, OrderLine, OrderState

Json = dict[str, Any]


@lru_cache(maxsize=1)
def _words() -> Dialogue:
    return load_dialogue(ROOT / "data" / "dialogue.yml")


def intent_titles() -> dict[str, str]:
    """Intent → its Chinese name."""
    return {intent: reading.name for intent, reading in _words().readings.items()}


def image_url(name: str) -> str | None:
    """Where a product's picture is served."""
    return f"/shop-images/{name.removeprefix('images/')}" if name else None


def product_shape(shop: Shop, product: Product) -> Json:
    chart = shop.chart_of(product)
    return {
        "id": product.id,
        "name": product.name,
        "category": product.category,
        "audience": product.audience.value,
        "kind": product.kind.value,
        "price": yuan(product.price),
        "featured": product.featured,
        "tags": list(product.tags),
        "image": image_url(product.image),
        "attributes": dict(product.attributes),
        "care": list(product.care),
        "talking_points": list(product.talking_points),
        "not_for": list(product.not_for),
        "presale_ships_on": str(product.presale_ships_on) if product.presale_ships_on else None,
        "variants": [variant.model_dump(mode="json") for variant in product.variants],
        "size_chart": _chart_shape(chart) if chart else None,
        "complements": list(product.complements),
        "substitutes": list(product.substitutes),
    }


def order_shape(shop: Shop, order: Order) -> Json:
    """The order card's fields, with what an order page shows beside them."""
    return {
        "type": "order",
        "id": order.id,
        "state": order.state.value,
        "state_text": _words().order_states[order.state.value],
        "lines": [_line_shape(shop, line) for line in order.lines],
        "amount": yuan(order.amount),
        "courier": order.courier,
        "tracking_no": order.tracking_no,
        "trace": [
            {"time": f"{entry.time:%m-%d %H:%M}", "text": entry.text} for entry in reversed(order.trace)
        ],
        "placed_at": f"{order.placed_at:%Y-%m-%d %H:%M}",
        "region": order.region,
    }


def state_title(state: OrderState) -> str:
    return _words().order_states[state.value]


def date_words(day: date) -> str:
    return _words().phrase("date", "day", month=day.month, day=day.day)


def variant_title(variant: Variant) -> str:
    return " ".join(part for part in (variant.color, variant.size) if part)


def remedy_row(found: RemedyOption) -> dict[str, str]:
    """One option of the card `remedies`, as the bot words it."""
    words = _words()
    last = date_words(found.deadline)
    return {
        "kind": found.kind.value,
        "title": found.title,
        "amount": yuan(found.amount),
        "detail": words.phrase("remedy", found.kind.value, amount=yuan(found.amount)),
        "deadline": words.phrase("remedy", "deadline", day=last),
        "payload": "/inform" + json.dumps({"remedy": found.kind.value}, separators=(",", ":")),
    }


def _line_shape(shop: Shop, line: OrderLine) -> Json:
    product = shop.products.get(line.product_id)
    variant = next((each for each in product.variants if each.sku == line.sku), None) if product else None
    return {
        "name": product.name if product else line.name or line.product_id,
        "variant": variant_title(variant) if variant else line.variant,
        "quantity": line.quantity,
        "product_id": line.product_id,
        "sku": line.sku,
        "image": image_url(product.image) if product else None,
        "price": yuan(line.price),
    }


def _chart_shape(chart: SizeChart) -> Json:
    words = _words().phrases["chart_column"]
    names = dict.fromkeys((*BASIS_MEASURES[chart.basis], "weight_kg"))
    body = [name for name in names if any(getattr(row, name) for row in chart.rows)]
    garment = list(dict.fromkeys(name for row in chart.rows for name in row.garment))
    rows = [
        [row.size, *(_range(row, name) for name in body), *(_cell(row.garment.get(name)) for name in garment)]
        for row in chart.rows
    ]
    return {"columns": [words["size"], *(words[name] for name in body), *garment], "rows": rows}


def _range(row: ChartRow, name: str) -> str:
    limits = getattr(row, name)
    return _words().phrase("range", "from_to", low=_cell(limits[0]), high=_cell(limits[1])) if limits else ""


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
