"""A threat or a vent: apologised for by what it is about, then a person's; a rude courier is the shop's own matter."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.turn import Turn
from actions.orders.shared import promise
from actions.talk.handoff import hand_over
from bot.placeholders import script_values
from bot.shop.orders.own_words import Matter, asks_where_to_complain, read


class Complaint(BotAction):
    """A threat or a vent without a question: apologise for what it is about, then a person. A complaint taken back is
    good news."""

    action = "action_complaint"

    def act(self, turn: Turn) -> None:
        if shop_floor.dialogue().hear("good_news", turn.words):
            turn.say("utter_good_news")
            return
        if turn.words and Matter.COURIER_RUDE in read(turn.words):
            rude_courier(turn)
            return
        if turn.before("pending") == self.action and turn.words and turn.entity("courier"):
            turn.say("utter_courier_rude_noted", courier=turn.entity("courier"))
            return
        threat = shop_floor.dialogue().hear("threat", turn.words)
        if turn.before("pending") == "action_accept_price" and threat in ("leave", "threat"):
            turn.go_on_with("action_bargain")  # over a price: the principle once, calmly
            return
        if turn.words and asks_where_to_complain(turn.words) and (phone := turn.shop.persona.phone):
            hours = script_values(turn.shop)["agent_hours"]
            turn.say("utter_complaint_phone", phone=phone, agent_hours=hours)
        hand_over(turn, "complaint", "utter_handoff_complaint")


def rude_courier(turn: Turn) -> None:
    """Whoever delivers was sent by the shop: it apologises for how he behaved, notes it, and offers a person."""
    due = promise(turn, "courier_rude", turn.shop.policy.on_the_way.urge_hours, words=turn.words)
    turn.set(pending="action_complaint")
    turn.say("utter_courier_rude", due=due)
