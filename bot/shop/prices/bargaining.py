"""How far the price comes down, and what is said when it does not.

Source: shop-rules.md, "Price" (002 四; 004 心理 1). Steps shrink, the last is final, the floor is never undercut.
Prices are yuan for one piece.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal

from bot.shop.goods import catalogue
from bot.shop.prices import coupons, pricing
from bot.shop.prices.bargain_state import BargainState
from bot.shop.prices.counter_offers import Ask
from bot.shop.records.model import Customer, Product, Shop
from bot.shop.records.policy import BargainingPolicy, Compensation, CompensationKind, Policy


@dataclass(frozen=True)
class Priced:
    """A product and what it costs this customer today."""

    product: Product
    price: Decimal


@dataclass(frozen=True)
class Situation:
    """What the answer may draw on: today's price of one piece, true compensations, products in stock in its place."""

    price: Decimal
    compensations: tuple[Compensation, ...] = ()
    """Cheapest for the shop first."""
    alternatives: tuple[Priced, ...] = ()
    postage_free: bool = False


@dataclass(frozen=True)
class Concession:
    """A lower price. `last`: there will be no lower one. `agreed`: it is what the customer named, or less.

    `extra` is a compensation that was asked for together with a fair price.
    """

    price: Decimal
    last: bool
    agreed: bool = False
    extra: Compensation | None = None


@dataclass(frozen=True)
class Final:
    """Already the best price; `compensation` is offered in place of a reduction."""

    price: Decimal
    compensation: Compensation | None = None


@dataclass(frozen=True)
class Extra:
    """The price stands as it is, and what the customer asked for on top is given."""

    price: Decimal
    compensation: Compensation


@dataclass(frozen=True)
class Alternative:
    """The price stands; these cost less."""

    price: Decimal
    products: tuple[Priced, ...]


@dataclass(frozen=True)
class Refusal:
    """The principle, calmly, once; then a person."""

    price: Decimal
    hand_over: bool


Answer = Concession | Final | Extra | Alternative | Refusal


def situation(
    shop: Shop,
    product: Product,
    customer: Customer | None = None,
    today: date | None = None,
    given: coupons.Given | None = None,
    postage_free: bool = False,
    pieces: int = 1,
    reserved: pricing.Reserved | None = None,
    had: Collection[str] = (),
) -> Situation:
    """What can honestly be offered: gifts in stock and not promised to others, coupons left in their pool, free
    postage where it is not free. `had`: coupon ids and skus this customer already got for this product."""
    offers = {offer.id: offer for offer in shop.policy.coupons}

    def is_true(compensation: Compensation) -> bool:
        if compensation.kind is CompensationKind.GIFT:
            return compensation.sku not in had and pricing.has_stock(shop, compensation.sku, reserved)
        if compensation.kind is CompensationKind.COUPON:
            offer = offers[compensation.coupon or ""]
            return offer.id not in had and coupons.has_left(offer, given or {})
        return not postage_free

    possible = [c for c in shop.policy.bargaining.compensations if is_true(c)]
    cheaper = catalogue.cheaper(shop, product)
    return Situation(
        price=pricing.unit_price(shop, product, customer, today, pieces),
        compensations=tuple(sorted(possible, key=lambda c: c.cost)),
        alternatives=tuple(Priced(p, pricing.unit_price(shop, p, customer, today)) for p in cheaper),
        postage_free=postage_free,
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


def standing(
    policy: Policy, product: Product, state: BargainState, price: Decimal, pieces: int
) -> BargainState:
    """Where the customer stands before the next answer, at today's price and for so many pieces.

    For another number of pieces the same steps are conceded on that number's own price.
    """
    price = max(price, product.floor_price)
    if state.product_id != product.id:
        state = BargainState(product.id, threats=state.threats)
    if pieces == state.pieces:
        stated = state.price or price
    else:
        conceded = prices(policy.bargaining, product, price)[: state.steps]
        stated = conceded[-1] if conceded else price
        state = replace(state, agreed=False)
    return replace(state, price=max(min(stated, price), product.floor_price), pieces=pieces)


def respond(
    policy: Policy,
    product: Product,
    state: BargainState,
    ask: Ask | None = None,
    threat: bool = False,
    situation: Situation | None = None,
) -> tuple[Answer, BargainState]:
    """Answer one ask: a price named for one piece, something on top, a threat, or just "cheaper".

    A state that belongs to another product is begun anew.
    """
    ask, now, rules = ask or Ask(), situation or Situation(product.price), policy.bargaining
    price = max(now.price, product.floor_price)
    state = standing(policy, product, state, price, ask.pieces)
    stated = state.price or price
    if threat:
        state = replace(state, threats=state.threats + 1)
        return Refusal(stated, state.threats > rules.threat_patience), state
    extra = _wished(now, ask, state, rules.compensation_rounds)
    wanted = ask.wanted(stated, product.price)
    if wanted is not None and wanted >= stated:
        is_won = stated < price or extra is not None
        agreed = _offering(replace(state, agreed=is_won), extra)
        return Concession(stated, last=False, agreed=True, extra=extra), agreed
    if wanted is None and extra is not None:
        return Extra(stated, extra), _offering(state, extra)
    ahead = [p for p in prices(rules, product, price) if p < stated]
    if ahead and state.steps < len(rules.steps) and not state.agreed:
        return _concede(rules, ahead, wanted, extra, state)
    return _refuse(rules, now, replace(state, refusals=state.refusals + 1), stated)


def _wished(now: Situation, ask: Ask, state: BargainState, rounds: int) -> Compensation | None:
    """What was asked for on top, if it can be given; one such thing a product."""
    if ask.wish is None or not rounds or (state.offered and ask.wish.value not in state.offered):
        return None
    return next((c for c in now.compensations if c.kind is ask.wish), None)


def _offering(state: BargainState, compensation: Compensation | None) -> BargainState:
    if compensation is None or compensation.kind.value in state.offered:
        return state
    return replace(state, offered=(*state.offered, compensation.kind.value))


def _concede(
    rules: BargainingPolicy,
    ahead: list[Decimal],
    wanted: Decimal | None,
    extra: Compensation | None,
    state: BargainState,
) -> tuple[Answer, BargainState]:
    """The next step, or what the customer named when that is more; what is agreed is the last word."""
    named = None if wanted is None else _up(wanted, rules.round_to)
    if named is not None and ahead[0] <= named < (state.price or named):
        agreed = replace(state, price=named, steps=len(rules.steps), agreed=True)
        return Concession(named, last=True, agreed=True, extra=extra), _offering(agreed, extra)
    last = len(ahead) == 1 or state.steps + 1 >= len(rules.steps)
    return Concession(ahead[0], last), replace(state, price=ahead[0], steps=state.steps + 1)


def _refuse(
    rules: BargainingPolicy, now: Situation, state: BargainState, stated: Decimal
) -> tuple[Answer, BargainState]:
    """After the last step: what softens it, then what costs less, then the principle, then a person. What was agreed
    stands with what was given for it: nothing is added."""
    if state.agreed and state.refusals <= 1 + rules.patience:
        return Final(stated, None), state
    softer = (
        None
        if state.agreed
        else next((c for c in now.compensations if c.kind.value not in state.offered), None)
    )
    if softer and len(state.offered) < rules.compensation_rounds:
        return Final(stated, softer), _offering(state, softer)
    softened = len(state.offered) or 1
    if state.refusals <= softened + rules.patience:
        cheaper = tuple(each for each in now.alternatives if each.price < stated)
        if cheaper and state.refusals > 1:
            return Alternative(stated, cheaper), state
        return Final(stated, None), state
    return Refusal(stated, hand_over=state.refusals > softened + 1 + rules.patience), state


def _up(amount: Decimal, unit: Decimal) -> Decimal:
    return (amount / unit).to_integral_value(rounding=ROUND_CEILING) * unit
