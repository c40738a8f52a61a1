"""How far the price comes down, and what is said when it does not.

Source: shop-rules.md, "Price" (002 四; 004 心理 1). Steps shrink, the last is final, the floor is never undercut.
Prices are yuan for one piece.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from bot.shop import catalogue, coupons, pricing
from bot.shop.model import Customer, Product, Shop
from bot.shop.policy import BargainingPolicy, Compensation, CompensationKind, Policy


@dataclass(frozen=True)
class BargainState:
    """How far this customer has come with this product. `price` is the lowest stated so far."""

    product_id: str = ""
    price: Decimal | None = None
    steps: int = 0
    refusals: int = 0
    threats: int = 0

    def as_slot(self) -> dict[str, Any]:
        """For a tracker slot: JSON values only."""
        return {**asdict(self), "price": None if self.price is None else str(self.price)}

    @classmethod
    def from_slot(cls, slot: Mapping[str, Any] | None) -> BargainState:
        if not slot:
            return cls()
        price = slot.get("price")
        return cls(**{**slot, "price": None if price is None else Decimal(price)})


@dataclass(frozen=True)
class Situation:
    """What the answer may draw on: today's price of one piece, true compensations, cheaper products in stock."""

    price: Decimal
    compensations: tuple[Compensation, ...] = ()
    """Cheapest for the shop first."""
    alternatives: tuple[Product, ...] = ()


@dataclass(frozen=True)
class Concession:
    """A lower price. `last`: there will be no lower one. `agreed`: it is the price the customer named."""

    price: Decimal
    last: bool
    agreed: bool = False


@dataclass(frozen=True)
class Final:
    """Already the best price; `compensation` is offered in place of a reduction."""

    price: Decimal
    compensation: Compensation | None = None


@dataclass(frozen=True)
class Alternative:
    """The price stands; these cost less."""

    price: Decimal
    products: tuple[Product, ...]


@dataclass(frozen=True)
class Refusal:
    """The principle, calmly, once; then a person."""

    price: Decimal
    hand_over: bool


Answer = Concession | Final | Alternative | Refusal


def situation(
    shop: Shop,
    product: Product,
    customer: Customer | None = None,
    today: date | None = None,
    given: coupons.Given | None = None,
    postage_free: bool = False,
) -> Situation:
    """What can honestly be offered: gifts in stock, coupons in their pool, free postage where it is not free."""
    offers = {offer.id: offer for offer in shop.policy.coupons}

    def is_true(compensation: Compensation) -> bool:
        if compensation.kind is CompensationKind.GIFT:
            return pricing.has_stock(shop, compensation.sku)
        if compensation.kind is CompensationKind.COUPON:
            return coupons.has_left(offers[compensation.coupon or ""], given or {})
        return not postage_free

    possible = [c for c in shop.policy.bargaining.compensations if is_true(c)]
    return Situation(
        price=pricing.unit_price(shop, product, customer, today),
        compensations=tuple(sorted(possible, key=lambda c: c.cost)),
        alternatives=catalogue.cheaper(shop, product),
    )


def prices(policy: BargainingPolicy, product: Product, price: Decimal) -> tuple[Decimal, ...]:
    """The prices of all steps from `price` down: falling by ever less, rounded up, never under the floor."""
    stated, given = price, Decimal(0)
    largest = price
    found: list[Decimal] = []
    for step in policy.steps:
        given += step
        rounded = _up(price * (1 - given), policy.round_to)
        lower = max(rounded, product.floor_price, stated - largest)
        if lower >= stated:
            continue
        largest, stated = stated - lower, lower
        found.append(lower)
    return tuple(found)


def respond(
    policy: Policy,
    product: Product,
    state: BargainState,
    wanted: Decimal | None = None,
    threat: bool = False,
    situation: Situation | None = None,
) -> tuple[Answer, BargainState]:
    """Answer one ask. `wanted` is the price the customer named for one piece, `threat` a threat or insult.

    A state that belongs to another product is begun anew.
    """
    now = situation or Situation(product.price)
    price = max(now.price, product.floor_price)
    if state.product_id != product.id:
        state = BargainState(product.id, threats=state.threats)
    stated = max(min(state.price or price, price), product.floor_price)
    state = replace(state, price=stated)
    if threat:
        state = replace(state, threats=state.threats + 1)
        return Refusal(stated, state.threats > policy.bargaining.threat_patience), state
    if wanted is not None and wanted >= stated:
        return Concession(stated, last=False, agreed=True), state
    ahead = [p for p in prices(policy.bargaining, product, price) if p < stated]
    if ahead and state.steps < len(policy.bargaining.steps):
        return _concede(policy.bargaining, ahead, wanted, state)
    return _refuse(policy.bargaining, now, replace(state, refusals=state.refusals + 1), stated)


def _concede(
    policy: BargainingPolicy, ahead: list[Decimal], wanted: Decimal | None, state: BargainState
) -> tuple[Answer, BargainState]:
    """The next step, or what the customer named when that is more; what is agreed is the last word."""
    named = None if wanted is None else _up(wanted, policy.round_to)
    if named is not None and ahead[0] <= named < (state.price or named):
        return Concession(named, last=True, agreed=True), replace(state, price=named, steps=len(policy.steps))
    last = len(ahead) == 1 or state.steps + 1 >= len(policy.steps)
    return Concession(ahead[0], last), replace(state, price=ahead[0], steps=state.steps + 1)


def _refuse(
    policy: BargainingPolicy, now: Situation, state: BargainState, stated: Decimal
) -> tuple[Answer, BargainState]:
    """After the last step: what softens it, then what costs less, then the principle, then a person."""
    if state.refusals == 1:
        return Final(stated, next(iter(now.compensations), None)), state
    if state.refusals <= 1 + policy.patience:
        if now.alternatives:
            return Alternative(stated, now.alternatives), state
        return Final(stated, next(iter(now.compensations), None)), state
    return Refusal(stated, hand_over=state.refusals > 2 + policy.patience), state


def _up(amount: Decimal, unit: Decimal) -> Decimal:
    return (amount / unit).to_integral_value(rounding=ROUND_CEILING) * unit
