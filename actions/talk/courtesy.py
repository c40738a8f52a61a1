"""Greeting, farewell, and messages that are no question to a shop."""

from __future__ import annotations

from actions.common.base import BotAction
from actions.common.openings import WELCOMES_BACK_AFTER, hello
from actions.common.turn import Turn
from actions.talk import english
from actions.talk.handoff import hand_over
from bot.placeholders import script_values
from bot.shop.goods import plain_words
from bot.shop.records.orders import Order, OrderState
from bot.shop.talk.odd_words import Odd

INSULTS_BORNE = 1
"""Insults answered calmly; the next one brings a person (issue 4, "Small talk")."""


class Greet(BotAction):
    """By time of day and, for a known customer, by name, level and the parcel on its way; a second time just "在的"."""

    action = "action_greet"

    def act(self, turn: Turn) -> None:
        is_new_visit = turn.metadata.get("silent_hours", 0) >= WELCOMES_BACK_AFTER
        if turn.before("greeted") and not is_new_visit:
            turn.say("utter_here")
            return
        turn.set(greeted=True)
        customer, order = turn.customer, self._on_its_way(turn)
        if customer is None:
            turn.say("utter_greet", hello=hello(turn), bot_name=script_values(turn.shop)["bot_name"])
        elif order:
            product = turn.shop.products[order.lines[0].product_id].name
            turn.say("utter_greet_parcel", hello=hello(turn), name=customer.name, product=product)
        elif customer.level != turn.shop.policy.levels[0].id:
            titles = {level.id: level.title for level in turn.shop.policy.levels}
            turn.say(
                "utter_greet_member", hello=hello(turn), name=customer.name, level=titles[customer.level]
            )
        else:
            turn.say("utter_greet_known", hello=hello(turn), name=customer.name)

    @staticmethod
    def _on_its_way(turn: Turn) -> Order | None:
        """The newest parcel on the road; `Turn.orders` is newest first."""
        shipped = (order for order in turn.orders if order.state is OrderState.SHIPPED)
        return next((order for order in shipped if order.lines[0].product_id in turn.shop.products), None)


class Goodbye(BotAction):
    """Ask for a rating when the customer leaves."""

    action = "action_goodbye"

    def act(self, turn: Turn) -> None:
        turn.say("utter_goodbye")
        turn.effect("rating")


class SmallTalk(BotAction):
    """Small talk has scripts; what is not even that is met kindly, never counted as a question, never argued with."""

    action = "action_chitchat"

    def act(self, turn: Turn) -> None:
        odd = turn.metadata.get("odd")
        if odd is None and plain_words.asks_english(turn.words):
            turn.say("utter_english_any")
            return
        if odd is None:
            turn.go_on_with("action_faq")
            return
        kind = Odd(odd)
        times = (turn.slot("oddities") or {}).get(kind.value, 0) + 1
        turn.set(
            oddities={**(turn.slot("oddities") or {}), kind.value: times}, pending=turn.before("pending")
        )
        if kind is Odd.FOREIGN:
            self._in_english(turn)
        elif kind is Odd.INSULT and times > INSULTS_BORNE:
            hand_over(turn, "complaint", "utter_handoff_insulted")
        elif kind in (Odd.NOISE, Odd.MARKS, Odd.FACE) and times > 1:
            turn.say("utter_here_to_help" if times == 2 else "utter_here")
        else:
            turn.say(f"utter_odd_{kind.value}")

    @staticmethod
    def _in_english(turn: Turn) -> None:
        topic = english.say(turn)
        if topic == "person":
            hand_over(turn, "requested", "utter_english_person")
        elif topic == "order":
            turn.go_on_with("action_track")
