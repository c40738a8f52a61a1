"""Whether to wait for a later day: both prices, and the price protection that makes waiting needless."""

from __future__ import annotations

from datetime import date

from actions.common import shop_floor
from actions.common.cards import day
from actions.common.turn import Turn
from actions.prices.goods import goods_of, item_names
from bot.placeholders import yuan
from bot.shop.prices import waiting
from bot.text.dates import resolve_date


def asked_about(turn: Turn) -> bool:
    """Whether she asks to wait, or for the price of another day."""
    return shop_floor.dialogue().hear("waiting", turn.words) is not None or day_of(turn) is not None


def day_of(turn: Turn) -> date | None:
    """A day to come that this message names."""
    told = turn.entity("date")
    found = resolve_date(str(told), turn.now) if told else None
    return found if found and found > turn.today else None


def say_later(turn: Turn) -> bool:
    """False where there is nothing to compare."""
    goods = goods_of(turn, keeps=True)
    if not goods.items:
        return False
    days = turn.shop.policy.returns.price_protection_days
    found = waiting.later(turn.shop, goods.items, turn.customer, turn.today, day_of(turn))
    told = {"item": item_names(goods.items), "days": days}
    if found is None:
        turn.say("utter_wait_unknown" if days else "utter_wait_unknown_unprotected", **told)
        return True
    told |= {"day": day(found.day), "now": yuan(found.now), "then": yuan(found.then)}
    told["offer"] = found.promotion.title if found.promotion else ""
    key = "cheaper" if found.is_cheaper else "no_cheaper" if found.promotion else "no_offer"
    turn.say(f"utter_wait_{key}", **told)
    if days and not found.is_cheaper:
        turn.say("utter_wait_protected", days=days)
    return True
