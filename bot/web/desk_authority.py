"""How much a person of the shop may give away: yuan on an order, a share off a price, coupons."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.desk.conversations import Agent, Role
from bot.placeholders import yuan
from bot.shop.prices.coupons import has_left
from bot.shop.prices.desk_rules import PriceRuling
from bot.web.gateway import Gateway
from bot.web.problems import Problem

Json = dict[str, Any]


def limit_of(gateway: Gateway, agent: Agent) -> Decimal:
    """Yuan this person may hand out on one order."""
    authority = gateway.shop.policy.remedies.desk
    return authority.supervisor if agent.role is Role.SUPERVISOR else authority.agent


def coupons_shape(gateway: Gateway, agent: Agent, given: Mapping[str, int]) -> list[Json]:
    """What may be given here and now, for the pane."""
    limit = limit_of(gateway, agent)
    return [
        {"id": each.id, "amount": yuan(each.amount), "min_spend": yuan(each.min_spend)}
        for each in gateway.shop.policy.coupons
        if has_left(each, given) and each.amount <= limit
    ]


def off_of(gateway: Gateway, agent: Agent) -> Decimal:
    """The share below the listed price this person may go to."""
    off = gateway.shop.policy.desk.price_off
    return off.supervisor if agent.role is Role.SUPERVISOR else off.agent


def check_price(ruling: PriceRuling) -> None:
    """Refuse what this person may not do."""
    if ruling is PriceRuling.BELOW_FLOOR:
        raise Problem("below-floor", 422)
    if ruling is PriceRuling.NOT_LOWER:
        raise Problem("price-not-lower", 422)
    if ruling is PriceRuling.ABOVE:
        raise Problem("beyond-authority", 403)
