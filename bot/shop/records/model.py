"""The shop as data: products, size charts, customers, and the whole.

File formats: docs/shop-data.md. Money is Decimal yuan, weights kilograms, times the shop's clock.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Annotated

from pydantic import Field, model_validator

from bot.shop.records.offers import Persona, Promotion
from bot.shop.records.orders import Order
from bot.shop.records.policy import Policy
from bot.shop.records.record import Day, Id, Money, Record, Text
from bot.shop.records.shipping_table import ShippingTable


class Kind(str, Enum):
    """Decides how a product is sized and which scripts apply."""

    CLOTHING = "clothing"
    CHILD_CLOTHING = "child_clothing"
    SHOES = "shoes"
    HOME = "home"
    GENERAL = "general"
    """Everything else: food, tea, gadgets, stationery."""


class Audience(str, Enum):
    """Whom the product is for; the persona's tone follows it (003, 004)."""

    WOMEN = "women"
    MEN = "men"
    CHILD = "child"
    UNISEX = "unisex"
    HOME = "home"


class Variant(Record):
    """One thing on the shelf. `stock` counts pieces; `restock_on` is only told when stock is 0."""

    sku: Id
    color: str = ""
    size: str = ""
    stock: Annotated[int, Field(ge=0)]
    restock_on: Day | None = None


class Runs(str, Enum):
    """How the cut falls against the size a customer usually wears."""

    SMALL = "small"
    TRUE = "true_to_size"
    LARGE = "large"


class Last(str, Enum):
    """How wide a shoe is inside."""

    NARROW = "narrow"
    NORMAL = "normal"
    WIDE = "wide"


class Product(Record):
    id: Id
    name: Text
    nicknames: tuple[Text, ...] = ()
    category: Text
    audience: Audience
    kind: Kind
    price: Annotated[Decimal, Field(gt=0, max_digits=10, decimal_places=2)]
    floor_price: Annotated[Decimal, Field(gt=0, max_digits=10, decimal_places=2)]
    """No reply may ever state a lower price (shop-rules.md, Price)."""
    variants: Annotated[tuple[Variant, ...], Field(min_length=1)]
    attributes: dict[str, str] = {}
    care: tuple[Text, ...] = ()
    size_chart: Id | None = None
    runs: Runs | None = None
    """Overrules the chart's, where this cut falls otherwise than the chart it shares."""
    last: Last | None = None
    """Shoes only; None where the shop has not said."""
    taken_down: str = ""
    """Why it is no longer sold, in a clause for customers; empty while it is."""
    complements: tuple[Id, ...] = ()
    substitutes: tuple[Id, ...] = ()
    tags: tuple[Text, ...] = ()
    weight_kg: Annotated[Decimal, Field(gt=0)]
    talking_points: tuple[Text, ...] = ()
    not_for: tuple[Text, ...] = ()
    featured: bool = False
    presale_ships_on: Day | None = None
    handling_days: Annotated[int, Field(ge=0)] = 0
    """Extra days before it leaves the warehouse (made to order)."""
    image: str = ""

    @property
    def sizes(self) -> tuple[str, ...]:
        """In the order of the file, each once."""
        return tuple(dict.fromkeys(v.size for v in self.variants if v.size))

    @property
    def colors(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(v.color for v in self.variants if v.color))


Range = tuple[float, float]
"""From and to, both included."""


class ChartBasis(str, Enum):
    """Which measures of the customer, or of what it is bought for, the chart is read with."""

    HEIGHT_WEIGHT = "height_weight"
    HEIGHT_AGE = "height_age"
    FOOT_LENGTH = "foot_length"
    WIDTH = "width"
    """Home goods that must cover something: a bed, a window."""


class ChartRow(Record):
    """One size. Ranges are of the wearer's body, or of what it must cover; `garment` is the piece's, in cm."""

    size: Text
    height_cm: Range | None = None
    weight_kg: Range | None = None
    age: Range | None = None
    foot_length_mm: Range | None = None
    width_cm: Range | None = None
    garment: dict[str, float] = {}

    @model_validator(mode="after")
    def _ranges_rise(self) -> ChartRow:
        for name in ("height_cm", "weight_kg", "age", "foot_length_mm", "width_cm"):
            limits = getattr(self, name)
            if limits and limits[0] > limits[1]:
                raise ValueError(f"{name} {list(limits)} falls: write the smaller number first")
        return self


class Tolerance(Record):
    """How far beyond the chart its first or last size may still be named, as a guess."""

    height_cm: Annotated[float, Field(ge=0)] = 2
    weight_kg: Annotated[float, Field(ge=0)] = 1
    foot_length_mm: Annotated[float, Field(ge=0)] = 1


class SizeChart(Record):
    """Rows from the smallest size to the largest."""

    id: Id
    basis: ChartBasis
    runs: Runs = Runs.TRUE
    covers: str = ""
    """Width charts only: what is measured (床, 窗户), in the customer's word."""
    tolerance: Tolerance = Tolerance()
    spare_mm: Annotated[int, Field(ge=0)] = 0
    """Foot charts only: room that the shoe has beyond the foot already."""
    rows: Annotated[tuple[ChartRow, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _rows_carry_the_basis(self) -> SizeChart:
        needed = BASIS_MEASURES[self.basis]
        if (self.basis is ChartBasis.WIDTH) != bool(self.covers):
            raise ValueError("`covers:` (床, 窗户) belongs to a width chart, and every width chart needs it")
        for row in self.rows:
            for name in needed:
                if getattr(row, name) is None:
                    raise ValueError(f"size {row.size} lacks {name}, which a {self.basis.value} chart needs")
        for earlier, later in zip(self.rows, self.rows[1:], strict=False):
            for name in needed:
                if getattr(earlier, name)[0] > getattr(later, name)[0]:
                    message = f"{name} of {later.size} begins below that of {earlier.size}"
                    raise ValueError(f"{message}: sort the rows from small to large")
        return self


BASIS_MEASURES: dict[ChartBasis, tuple[str, ...]] = {
    ChartBasis.HEIGHT_WEIGHT: ("height_cm", "weight_kg"),
    ChartBasis.HEIGHT_AGE: ("height_cm", "age"),
    ChartBasis.FOOT_LENGTH: ("foot_length_mm",),
    ChartBasis.WIDTH: ("width_cm",),
}


class Need(Record):
    """What customers say, and the tags of products that serve it (000: the need behind a question)."""

    id: Id
    said: Annotated[tuple[Text, ...], Field(min_length=1)]
    tags: tuple[Text, ...] = ()
    against: tuple[Text, ...] = ()
    """Words in a product's `not_for` that speak against it for this need."""
    degrees: float | None = None
    """What the place or room means in °C (东北, 暖气房): a product's own range is read against it."""

    @model_validator(mode="after")
    def _decides_something(self) -> Need:
        if not self.tags and not self.against and self.degrees is None:
            raise ValueError(
                "a need without `tags:` and `against:` chooses nothing: write at least one of them"
            )
        return self


class HeldCoupon(Record):
    """A coupon a customer already has."""

    id: Id
    amount: Money
    min_spend: Money = Decimal(0)
    expires: Day

    @property
    def mark(self) -> str:
        """Tells one held coupon from another of the same kind."""
        return f"{self.id}:{self.expires.isoformat()}"


class Customer(Record):
    id: Id
    name: Text
    level: Id
    phone: str = ""
    region: str = ""
    address: str = ""
    new: bool = False
    """Has never bought here; may be given the welcome coupon once."""
    coupons: tuple[HeldCoupon, ...] = ()
    tags: tuple[Text, ...] = ()


class Shop(Record):
    """Everything in `data/shop`, cross-checked by the loader."""

    name: Text
    persona: Persona
    policy: Policy
    products: dict[str, Product]
    charts: dict[str, SizeChart]
    shipping: ShippingTable
    promotions: tuple[Promotion, ...]
    customers: dict[str, Customer]
    orders: dict[str, Order]
    needs: tuple[Need, ...] = ()

    def chart_of(self, product: Product) -> SizeChart | None:
        return self.charts[product.size_chart] if product.size_chart else None

    def product_of_sku(self, sku: str) -> Product | None:
        return next((p for p in self.products.values() if any(v.sku == sku for v in p.variants)), None)
