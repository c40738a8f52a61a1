"""价保: the difference back when the price fell after buying.

Source: issue "The bot serves like the shop's best salesperson"; days in `returns.price_protection_days`, counted from
delivery (before it, protection runs). Amounts are yuan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from bot.shop.prices import pricing
from bot.shop.records.model import Shop
from bot.shop.records.orders import Order, OrderLine, OrderState

CENT = Decimal("0.01")
OVER = (OrderState.CANCELLED, OrderState.REFUNDING, OrderState.RETURNED)


@dataclass(frozen=True)
class Lower:
    """The price fell: `paid` and `now` for one piece, `amount` to give back for all pieces of the line."""

    paid: Decimal
    now: Decimal
    amount: Decimal
    within_authority: bool


@dataclass(frozen=True)
class NotLower:
    paid: Decimal
    now: Decimal


@dataclass(frozen=True)
class Settled:
    """The difference was given back before; the price has not fallen further."""

    amount: Decimal


@dataclass(frozen=True)
class TooLate:
    """Protection ended on `ended`."""

    ended: date
    days: int


@dataclass(frozen=True)
class NotPaid:
    """Nothing was paid: ordering anew brings today's price."""


@dataclass(frozen=True)
class NoProtection:
    """The order is cancelled or going back, or the shop protects no prices."""


Protection = Lower | NotLower | Settled | TooLate | NotPaid | NoProtection


def difference(
    shop: Shop,
    order: Order,
    line: OrderLine,
    now: datetime,
    given_back: Mapping[str, Decimal] | None = None,
) -> Protection:
    """What the customer may claim for this line of her order. Compared is the price that everybody pays today for the
    same goods together: neither her coupons and her level nor what only new customers get are a lower price."""
    days = shop.policy.returns.price_protection_days
    if order.state is OrderState.UNPAID:
        return NotPaid()
    if order.state in OVER or not days:
        return NoProtection()
    if order.delivered_at and now.date() > (ended := order.delivered_at.date() + timedelta(days=days)):
        return TooLate(ended, days)
    paid = paid_for_one(order, line)
    today = _price_today(shop, order, line, now.date())
    before = (given_back or {}).get(line.sku, Decimal(0))
    if today >= paid:
        return NotLower(paid, paid if today - paid <= CENT else today)  # a cent is only the rounding
    amount = (paid - today) * line.quantity - before
    if amount <= 0:
        return Settled(before)
    return Lower(paid, today, amount, amount <= shop.policy.remedies.authority.amount)


def paid_for_one(order: Order, line: OrderLine) -> Decimal:
    """The order's discount is shared among its lines by their amounts; rounded down to the cent."""
    goods = sum((each.amount for each in order.lines), Decimal(0))
    share = order.discount * line.amount / goods if goods else Decimal(0)
    return ((line.amount - share) / line.quantity).quantize(CENT, rounding=ROUND_FLOOR)


def _price_today(shop: Shop, order: Order, line: OrderLine, today: date) -> Decimal:
    """One piece's share of what the whole order would cost anybody today, rounded up to the cent."""
    items = tuple(pricing.Item(shop.products[each.product_id], each.quantity) for each in order.lines)
    quote = pricing.basket(shop, items, None, today)
    share = shop.products[line.product_id].price / quote.list_price
    return (quote.final_price * share).quantize(CENT, rounding=ROUND_CEILING)
