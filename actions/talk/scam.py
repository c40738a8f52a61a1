"""A call or message that wants her money in the shop's name: she is warned at once, and a colleague checks it."""

from __future__ import annotations

from actions.after_sale.trouble import LONGEST_WORDS
from actions.common.base import BotAction
from actions.common.turn import Turn
from actions.orders.shared import promise
from actions.talk.handoff import SAFETY, hand_over
from bot.shop.talk.scam import Scam, goes_on, reported


class Scamming(BotAction):
    """First what not to do, then who checks it; where money has gone the police and her bank come before the shop."""

    action = "action_scam"

    def act(self, turn: Turn) -> None:
        told = reported(turn.words)
        if Scam.PAID in (told, goes_on(turn.words)):
            hand_over(turn, SAFETY, "utter_scam_paid")
        elif told is None:
            turn.say("utter_scam_again")
        else:
            hours = turn.shop.policy.on_the_way.urge_again_hours
            due = promise(turn, "scam", hours, words=turn.words[:LONGEST_WORDS])
            turn.say(f"utter_scam_{told.value}", due=due)
