"""Going on about a price: short replies that only mean something after a price was named."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from actions.common import shop_floor
from actions.common.turn import Turn
from actions.prices import goods, own_coupon
from actions.prices.asking import said_pieces, said_price
from actions.prices.goods import are_together
from bot.shop.prices import price_words
from bot.shop.prices.bargain_state import Bargains
from bot.shop.records.model import Product
from bot.shop.talk.handoff import Circumstances, is_high_value

ABOUT_PRICES = ("action_price", "action_promotion", "action_bargain", "action_accept_price")
CHOOSING = ("action_accept_price", "action_stock")
"""Answers after which a bare colour or size is a choice."""
WHOLESALE = ("bargain", "ask_bulk_order", "ask_price")
"""Readings that, with many pieces, are about buying in bulk."""
LIKELY = 0.1
"""While haggling a reading this likely asks for less; a mere shadow of one is no reason to give any."""
NEAR = 3
"""Readings that count as likely."""
SURE_ENOUGH = 0.2
"""A sum or a share beside a reading this likely is a counter-offer, whatever was talked about before."""


def carried_on(turn: Turn, ranking: Iterable[dict[str, Any]]) -> str | None:
    """The action that takes an unsure message as part of the talk about a price, or None."""
    sure = {each["name"]: each["confidence"] for each in list(ranking)[:NEAR]}
    words = shop_floor.dialogue()
    pieces = said_pieces(turn) or 0
    if is_high_value(turn.shop.policy, Circumstances(quantity=pieces)) and set(sure) & set(WHOLESALE):
        return "action_bulk_order"
    if (turn.slot("draft") or {}).get("late") and words.hear("more_money", turn.words):
        return "action_compensation"
    if turn.product is None:
        return None
    if words.hear("still", turn.words) and has_won(turn, turn.product):
        return "action_bargain"  # whatever was talked about in between
    names_price = said_price(turn) is not None or turn.entity("discount") is not None
    if names_price and sure.get("bargain", 0) >= SURE_ENOUGH:
        return "action_bargain"
    if words.hear("price_question", turn.words) == "deposit" or words.hear("waiting", turn.words):
        return "action_price"
    before = last_action(turn)
    if words.hear("deal", turn.words) == "buy" and not words.hear("threat", turn.words):
        return "action_accept_price"
    is_about_prices = before in ABOUT_PRICES or bool(set(sure) & {"ask_price", "ask_promotion"})
    if is_about_prices and are_together(turn):
        return "action_bargain" if words.hear("haggling", turn.words) else "action_price"
    if before in ABOUT_PRICES and words.hear("postage", turn.words):
        return "action_shipping_fee"
    if before == "action_shipping_fee" and pieces:
        return "action_shipping_fee"
    if before in CHOOSING and (turn.entity("color") or turn.entity("size")):
        return "action_stock"
    if turn.before("pending") == "action_price_protection" and words.hear("difference", turn.words):
        return "action_price_protection"
    if own_coupon.is_meant(turn) and (before in ABOUT_PRICES or set(sure) & {"ask_price", "ask_promotion"}):
        return "action_price"
    if before not in ABOUT_PRICES:
        return None
    if words.hear("price_question", turn.words):
        return "action_price"
    is_haggling = before == "action_bargain" or turn.before("pending") == "action_accept_price"
    if is_haggling and words.hear("deal", turn.words):
        return "action_accept_price" if turn.before("pending") == "action_accept_price" else None
    if words.hear("haggling", turn.words) or words.hear("threat", turn.words):
        return "action_bargain"
    is_likely = sure.get("bargain", 0) >= LIKELY and price_words.may_haggle(turn.words)
    if names_price or (is_haggling and is_likely):
        return "action_bargain"
    if pieces or "ask_price" in sure:
        return "action_bargain" if before == "action_bargain" and pieces else "action_price"
    return None


def has_won(turn: Turn, product: Product) -> bool:
    """Whether a price was conceded for this product in this chat."""
    return Bargains.from_slot(turn.slot("bargain")).of(product.id).price is not None


def is_summing(turn: Turn) -> bool:
    """Whether the talk is about prices, also with another question in between."""
    return last_action(turn) in ABOUT_PRICES or goods.is_summing(turn)


def last_action(turn: Turn) -> str | None:
    """Who answered the customer's message before this one."""
    users = 0
    for event in reversed(turn.tracker.events):
        users += event.get("event") == "user"
        is_answer = event.get("event") == "action" and event.get("name") not in NO_ANSWERS
        if users == 1 and is_answer:
            return event["name"]
        if users > 1:
            return None
    return None


NO_ANSWERS = (*("action_listen", "action_clarify", "action_inform", "action_affirm", "action_deny"),)
"""Actions that pass a message on."""
