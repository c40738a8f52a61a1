"""Before anything is ordered: a note for the parcel that is to come, and what becomes of a deposit."""

from __future__ import annotations

from actions.common.base import BotAction
from actions.common.cards import day
from actions.common.turn import Turn
from bot.placeholders import yuan
from bot.shop.goods.plain_words import box_of
from bot.shop.prices.bill import fits
from bot.shop.records.offers import Promotion, PromotionKind


class GiftNote(BotAction):
    """A card, no prices, gift wrapping: how it is asked for with the order, told truthfully without one."""

    action = "action_gift_note"

    def act(self, turn: Turn) -> None:
        box = box_of(turn.product) if turn.product else ""
        if box and turn.product:
            turn.say("utter_gift_note_boxed", product=turn.product.name, box=box)
        else:
            turn.say("utter_gift_note")
        if turn.orders:
            turn.say("utter_gift_note_of_order")


class DepositRule(BotAction):
    """The deposit of a pre-sale is a rule for everybody: told without login, with the offer's own numbers."""

    action = "action_deposit"

    def act(self, turn: Turn) -> None:
        running = self._running(turn)
        if running and running.balance_starts and running.balance_ends:
            turn.say(
                "utter_deposit_rule_offer",
                offer=running.title,
                deposit=yuan(running.deposit),
                counts_as=yuan(running.counts_as),
                starts=day(running.balance_starts),
                ends=day(running.balance_ends),
            )
        turn.say("utter_deposit_rule")

    @staticmethod
    def _running(turn: Turn) -> Promotion | None:
        """The deposit that can be paid today, for the product in view."""
        return next(
            (
                promotion
                for promotion in turn.shop.promotions
                if promotion.kind is PromotionKind.DEPOSIT
                and promotion.starts <= turn.today <= promotion.ends
                and turn.product is not None
                and fits(promotion, turn.product)
            ),
            None,
        )
