"""What a follow-up would say at this moment, with facts of the shop; nothing when it is no longer true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.desk.aftercare.follow_up_lines import ButtonLine, FollowUpLines, Texts, one_of
from bot.desk.aftercare.follow_ups import Worded
from bot.desk.conversations import Button, Draft
from bot.desk.ownership import Speaker
from bot.placeholders import yuan
from bot.shop.prices.reasons_now import can_all_be_had, can_be_had, reason_now, reason_to_pay
from bot.shop.records.model import HeldCoupon, Product, Shop
from bot.shop.records.orders import Order, OrderState
from bot.shop.talk.follow_ups import Occasion, Plan, kept_until

MEASURES = ("height_cm", "weight_kg", "age", "foot_length_mm", "usual_size")
"""Slots that say her size question needs no second asking."""


@dataclass(frozen=True)
class Facts:
    """What is known at the moment of sending. `slots` are the dialogue's; orders and coupons the customer's own."""

    now: datetime
    last_word: datetime | None
    slots: Mapping[str, Any]
    orders: tuple[Order, ...] = ()
    coupons: tuple[HeldCoupon, ...] = ()


class FollowUpTexts:
    def __init__(self, shop: Shop, lines: FollowUpLines) -> None:
        self._shop, self._lines = shop, lines

    def tag(self, plan: Plan) -> str:
        """What was asked, and about what: 咨询尺码 · 云朵长款羽绒服."""
        product = self._shop.products.get(plan.product_id or "")
        return self._lines.tag_for(self._subject(plan), product.name if product else "")

    def _subject(self, plan: Plan) -> str:
        match plan.occasion:
            case Occasion.UNPAID:
                return self._lines.unpaid.subject
            case Occasion.COUPON:
                return self._lines.coupon.subject
        return self._lines.asked[plan.intent or ""].subject

    def text_key(self, plan: Plan) -> str:
        return ".".join(filter(None, (plan.occasion.value, plan.intent)))

    def say(self, plan: Plan, facts: Facts, seed: str) -> Worded | None:
        """None when it is no longer true: paid, bought, sold out, used up."""
        match plan.occasion:
            case Occasion.UNPAID:
                return self._unpaid(plan, facts, seed)
            case Occasion.COUPON:
                return self._coupon(plan, facts, seed)
        return self._asked(plan, facts, seed)

    # --- the three occasions

    def _asked(self, plan: Plan, facts: Facts, seed: str) -> Worded | None:
        words = self._lines.asked.get(plan.intent or "")
        product = self._shop.products.get(plan.product_id or "")
        if words is None or (plan.product_id and product is None) or self._has_ordered(plan, facts):
            return None
        is_known = any(facts.slots.get(name) is not None for name in MEASURES)
        has_chart = product is not None and self._shop.chart_of(product) is not None
        key = words.key(product is not None, is_known, has_chart)
        if key is None:
            return None
        values = {"product": "", "reason": ""}
        if product:
            color, size = self._wish(product, facts.slots)
            if not can_be_had(product, color, size):
                return None
            reason = reason_now(self._shop, product, facts.now, color, size)
            values = {"product": product.name, "reason": self._lines.reason(reason, facts.now.date())}
        name = f"{self.text_key(plan)}.{key}"
        return self._worded(name, getattr(words, key), words.buttons, seed, values)

    def _unpaid(self, plan: Plan, facts: Facts, seed: str) -> Worded | None:
        order = next((each for each in facts.orders if each.id == plan.order_id), None)
        if order is None or order.state is not OrderState.UNPAID or not can_all_be_had(self._shop, order):
            return None
        words = self._lines.unpaid
        kept = kept_until(order, self._shop.policy.on_the_way.unpaid_keep_hours)
        if kept <= facts.now:
            return None
        reason = reason_to_pay(self._shop, order, facts.now)
        values = {
            "item": self._item(order),
            "kept": self._lines.at(kept, facts.now),
            "reason": self._lines.reason(reason, facts.now.date()),
        }
        return self._worded("unpaid", words.texts, words.buttons, seed, values)

    def _coupon(self, plan: Plan, facts: Facts, seed: str) -> Worded | None:
        held = next((each for each in facts.coupons if each.id == plan.coupon_id), None)
        today = facts.now.date()
        if held is None or held.expires < today:
            return None
        words = self._lines.coupon
        values = {
            "amount": yuan(held.amount),
            "min_spend": yuan(held.min_spend),
            "day": self._lines.day(held.expires, today),
        }
        texts, key = (words.from_, "from") if held.min_spend else (words.any, "any")
        return self._worded(f"coupon.{key}", texts, words.buttons, seed, values)

    # --- facts and words

    def _has_ordered(self, plan: Plan, facts: Facts) -> bool:
        """Who has bought since she asked, or lately bought this, needs no reminder; who has not paid gets the other."""
        lately = facts.now - timedelta(hours=self._shop.policy.follow_up.stale_hours)
        return any(
            order.placed_at >= (facts.last_word or lately)
            or (order.placed_at >= lately and any(x.product_id == plan.product_id for x in order.lines))
            for order in facts.orders
        )

    @staticmethod
    def _wish(product: Product, slots: Mapping[str, Any]) -> tuple[str | None, str | None]:
        """Colour and size she spoke of, where this product comes in them; others belong to another product."""
        color, size = slots.get("color"), slots.get("size")
        return (
            color if color in product.colors else None,
            size if size in product.sizes else None,
        )

    def _item(self, order: Order) -> str:
        product = self._shop.products.get(order.lines[0].product_id)
        name = product.name if product else order.lines[0].product_id
        key = "one" if len(order.lines) == 1 else "more"
        return self._lines.items[key].format(product=name, count=sum(line.quantity for line in order.lines))

    def _worded(
        self, key: str, texts: Texts, buttons: tuple[ButtonLine, ...], seed: str, values: dict[str, str]
    ) -> Worded:
        text = one_of(texts, seed).format(**values)
        shown: tuple[Button, ...] = tuple(each.button for each in (*buttons, self._lines.stop))
        source = {"action": "follow_up", "follow_up": seed, "text_key": key}
        draft = Draft(Speaker.BOT, self._shop.persona.bot_name, text, shown, source=source)
        return Worded(key, draft)
