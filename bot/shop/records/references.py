"""Whether the records of a shop fit each other: ids that must exist, prices and dates in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

from bot.shop.records.model import Kind, Product, Shop
from bot.shop.records.orders import Order, OrderState
from bot.shop.records.policy import CompensationKind
from bot.shop.records.shipping_table import PROVINCES


@dataclass(frozen=True)
class Finding:
    """Something wrong with the record (list or file name, id) at `location` inside it."""

    record: tuple[str, str]
    location: tuple[str | int, ...]
    message: str


def check_references(shop: Shop, now: datetime, folder: Path) -> Iterator[Finding]:
    """All findings. `folder` is where `images/` lies."""
    images = {path.name for path in (folder / "images").glob("*")} if (folder / "images").is_dir() else set()
    yield from _duplicate_skus(shop)
    yield from _shared_names(shop)
    for product in shop.products.values():
        yield from _product(shop, product, images)
    for order in shop.orders.values():
        yield from _order(shop, order, now)
    yield from _people_and_offers(shop)


def _unknown(name: str, known: Iterable[str], what: str) -> str:
    near = get_close_matches(name, list(known), n=1)
    cure = f"did you mean {near[0]!r}?" if near else "add it or mend the name"
    return f"{name!r} is no {what}: {cure}"


def _duplicate_skus(shop: Shop) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for product in shop.products.values():
        for index, variant in enumerate(product.variants):
            if variant.sku in seen:
                message = f"{variant.sku!r} is already a variant of {seen[variant.sku]}: a sku is used once"
                yield Finding(("products", product.id), ("variants", index, "sku"), message)
            seen[variant.sku] = product.id


def _shared_names(shop: Shop) -> Iterator[Finding]:
    """Two products of one name could not be told apart in a chat."""
    seen: dict[str, str] = {}
    for product in shop.products.values():
        if product.name in seen:
            message = f"{product.name!r} is also the name of {seen[product.name]}: tell them apart"
            yield Finding(("products", product.id), ("name",), message)
        seen[product.name] = product.id


def _product(shop: Shop, product: Product, images: set[str]) -> Iterator[Finding]:
    record = ("products", product.id)
    if product.floor_price > product.price:
        message = f"{product.floor_price} is above the price {product.price}: the floor is the lowest price"
        yield Finding(record, ("floor_price",), message)
    for field in ("complements", "substitutes"):
        for index, other in enumerate(getattr(product, field)):
            if other not in shop.products:
                yield Finding(record, (field, index), _unknown(other, shop.products, "product"))
            elif other == product.id:
                yield Finding(record, (field, index), f"{other!r} is this product itself: take it out")
    if product.image and product.image not in images:
        yield Finding(record, ("image",), _unknown(product.image, images, "file in images/"))
    if product.last and product.kind is not Kind.SHOES:
        yield Finding(record, ("last",), f"{product.last.value!r} is for shoes only: take it out")
    yield from _chart(shop, product)


def _chart(shop: Shop, product: Product) -> Iterator[Finding]:
    record = ("products", product.id)
    if product.size_chart is None:
        return
    chart = shop.charts.get(product.size_chart)
    if chart is None:
        yield Finding(record, ("size_chart",), _unknown(product.size_chart, shop.charts, "size chart"))
        return
    known = {row.size for row in chart.rows}
    for index, variant in enumerate(product.variants):
        if variant.size not in known:
            message = f"{variant.size!r} is not in the chart {chart.id} ({', '.join(sorted(known))})"
            yield Finding(record, ("variants", index, "size"), message)


REACHED = {
    OrderState.PAID: ("paid_at",),
    OrderState.PACKED: ("paid_at",),
    OrderState.SHIPPED: ("paid_at", "shipped_at", "courier", "tracking_no"),
    OrderState.DELIVERED: ("paid_at", "shipped_at", "delivered_at", "courier", "tracking_no"),
    OrderState.COMPLETED: ("paid_at", "shipped_at", "delivered_at", "courier", "tracking_no"),
    OrderState.REFUNDING: ("paid_at",),
    OrderState.RETURNED: ("paid_at", "shipped_at", "delivered_at"),
}
"""What an order in each state must carry."""
NOT_YET = {
    OrderState.UNPAID: ("paid_at", "shipped_at", "delivered_at"),
    OrderState.PAID: ("shipped_at", "delivered_at"),
    OrderState.PACKED: ("shipped_at", "delivered_at"),
    OrderState.SHIPPED: ("delivered_at",),
}


def _order(shop: Shop, order: Order, now: datetime) -> Iterator[Finding]:
    record = ("orders", order.id)
    if order.customer_id not in shop.customers:
        yield Finding(record, ("customer_id",), _unknown(order.customer_id, shop.customers, "customer"))
    if order.region not in PROVINCES:
        yield Finding(record, ("region",), _unknown(order.region, PROVINCES, "province's short name"))
    for field in REACHED.get(order.state, ()):
        if not getattr(order, field):
            yield Finding(record, (field,), f"missing: an order that is {order.state.value} has it")
    for field in NOT_YET.get(order.state, ()):
        if getattr(order, field):
            yield Finding(record, (field,), f"an order that is {order.state.value} has none yet: take it out")
    yield from _order_times(order, now)
    yield from _order_lines(shop, order)


def _order_times(order: Order, now: datetime) -> Iterator[Finding]:
    record = ("orders", order.id)
    earlier = order.placed_at
    for field in ("placed_at", "paid_at", "shipped_at", "delivered_at"):
        moment = getattr(order, field)
        if moment is None:
            continue
        if moment > now:
            yield Finding(record, (field,), f"{moment} is in the future: use e.g. `-2h`")
        if moment < earlier:
            yield Finding(record, (field,), f"{moment} is before the step that comes first ({earlier})")
        earlier = moment
    if any(late.time < early.time for early, late in zip(order.trace, order.trace[1:], strict=False)):
        yield Finding(record, ("trace",), "entries are not in order: the oldest goes first")


def _order_lines(shop: Shop, order: Order) -> Iterator[Finding]:
    record = ("orders", order.id)
    for index, line in enumerate(order.lines):
        product = shop.products.get(line.product_id)
        if product is None:
            message = _unknown(line.product_id, shop.products, "product")
            yield Finding(record, ("lines", index, "product_id"), message)
        elif line.sku not in (skus := [v.sku for v in product.variants]):
            message = _unknown(line.sku, skus, f"variant of {product.id}")
            yield Finding(record, ("lines", index, "sku"), message)
    ordered = {line.sku for line in order.lines}
    for index, parcel in enumerate(order.parcels):
        for at, sku in enumerate(parcel.skus):
            if sku not in ordered:
                message = f"{sku!r} is in no line of this order: name one of {', '.join(sorted(ordered))}"
                yield Finding(record, ("parcels", index, "skus", at), message)
    total = sum(line.amount for line in order.lines) + order.shipping_fee - order.discount
    if total != order.amount:
        message = f"{order.amount} is not lines + shipping_fee - discount = {total}"
        yield Finding(record, ("amount",), message)


def _people_and_offers(shop: Shop) -> Iterator[Finding]:
    levels = [level.id for level in shop.policy.levels]
    skus = [v.sku for product in shop.products.values() for v in product.variants]
    for customer in shop.customers.values():
        record = ("customers", customer.id)
        if customer.level not in levels:
            yield Finding(record, ("level",), _unknown(customer.level, levels, "level in policy.yml"))
        if customer.region and customer.region not in PROVINCES:
            yield Finding(record, ("region",), _unknown(customer.region, PROVINCES, "province's short name"))
    for promotion in shop.promotions:
        record = ("promotions", promotion.id)
        if promotion.gift_sku and promotion.gift_sku not in skus:
            yield Finding(record, ("gift_sku",), _unknown(promotion.gift_sku, skus, "sku"))
        for field, known, what in (
            ("products", list(shop.products), "product"),
            ("levels", levels, "level in policy.yml"),
            ("kinds", [kind.value for kind in Kind], "kind"),
        ):
            for index, name in enumerate(getattr(promotion, field)):
                if name not in known:
                    yield Finding(record, (field, index), _unknown(name, known, what))
    tags = {tag for product in shop.products.values() for tag in product.tags}
    for need in shop.needs:
        for index, tag in enumerate(need.tags):
            if tag not in tags:
                yield Finding(("needs", need.id), ("tags", index), _unknown(tag, tags, "tag of any product"))
    yield from _policy(shop, levels, skus)


def _policy(shop: Shop, levels: list[str], skus: list[str]) -> Iterator[Finding]:
    record = ("policy.yml", "")
    coupons = [coupon.id for coupon in shop.policy.coupons]
    for index, level in enumerate(shop.policy.handoff.top_levels):
        if level not in levels:
            yield Finding(record, ("handoff", "top_levels", index), _unknown(level, levels, "level"))
    for index, given in enumerate(shop.policy.bargaining.compensations):
        place = ("bargaining", "compensations", index)
        if given.kind is CompensationKind.GIFT and given.sku not in skus:
            yield Finding(record, (*place, "sku"), _unknown(given.sku or "", skus, "sku"))
        if given.kind is CompensationKind.COUPON and given.coupon not in coupons:
            yield Finding(record, (*place, "coupon"), _unknown(given.coupon or "", coupons, "coupon"))
