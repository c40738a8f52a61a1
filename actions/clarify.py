"""What to do when a message was not read with confidence (dialogue.md, "One decision a turn")."""

from __future__ import annotations

from actions import evidence, faq, order_evidence, shop_floor
from actions.after_sale_question import ISSUES
from actions.base import BotAction
from actions.exchanges import is_choosing
from actions.faq import none_of_these
from actions.handoff import hand_over
from actions.openings import say_sorry
from actions.price_talk import carried_on
from actions.turn import Turn, button
from bot.faq.search import Confident, Hit

READINGS = 3
"""Nearest readings put before the customer."""
ANSWERS = ("inform", "affirm", "deny")
"""Readings that answer something; an unsure one with nothing to answer is no question a script could meet."""
LEAST = 0.05
"""A reading less likely than this is not worth a button; below it the ranking is noise between 44 intents."""


class Clarify(BotAction):
    """The middle band asks "您是想问…"; the lowest looks for a near script; twice in a row a person takes over."""

    action = "action_clarify"

    def act(self, turn: Turn) -> None:
        ranking = [each for each in turn.ranking if each["name"] != "nlu_fallback"]
        best = max(ranking, key=lambda each: each["confidence"], default={"name": None, "confidence": 0.0})
        names = [each["name"] for each in ranking[:READINGS]]
        if best["name"] in ISSUES and turn.entity("fault") is not None:
            # What is broken is no question about what it is made of.
            turn.go_on_with("after_sale_form")
        elif about_price := carried_on(turn, ranking):
            turn.go_on_with(about_price)
        elif is_choosing(turn):
            turn.go_on_with("action_exchange")
        elif known := order_evidence.speaks_for(turn, names) or evidence.speaks_for(turn, names):
            turn.go_on_with(known)
        elif best["confidence"] >= shop_floor.dialogue().bands.confirm:
            self._confirm(turn, ranking, best["name"])
        elif evidence.is_mentioned(turn) and not isinstance(faq.find(turn, None), Confident):
            turn.go_on_with("action_product_info")
        elif not faq.answer(turn, None):
            faq.miss(turn, "utter_not_understood")

    def _confirm(self, turn: Turn, ranking: list[dict], best: str) -> None:
        names = [each["name"] for each in ranking[:READINGS]]
        has_fault = turn.entity("fault") is not None and bool(set(names) & set(ISSUES))
        is_reply = turn.before("pending") and best in ("affirm", "deny")
        if is_reply or (best == "inform" and not has_fault):
            # What answers can rarely be read alone: what was asked, or what is told, decides.
            turn.set(pending=turn.before("pending"))
            turn.go_on_with(f"action_{best}")
            return
        if has_fault:
            # The extractor found a fault and the model is not far from one either.
            turn.go_on_with("after_sale_form")
            return
        # The model and the scripts were trained apart: where both point the same way, asking back only annoys.
        agreed = faq.find(turn, [best]) if best not in ANSWERS else None
        if isinstance(agreed, Confident) and best in evidence.KNOWING and turn.product:
            # The rule knows the product; where it does not know the answer, it takes a sure script itself.
            turn.go_on_with(evidence.KNOWING[best])
            return
        if faq.settles(turn, *names[:2]):
            return
        if isinstance(agreed, Confident):
            faq.say_hit(turn, agreed.hit)
            return
        readings = shop_floor.dialogue().readings
        near = sorted(ranking, key=lambda each: -each["confidence"])
        offered = [each["name"] for each in near if each["confidence"] >= LEAST or each["name"] == best]
        offered = [name for name in offered if name in readings and readings[name].question][:READINGS]
        if offered == [best] and best in evidence.KNOWING:
            # A list of one is no question: what the customer says next will tell if it was wrong.
            turn.go_on_with(evidence.KNOWING[best])
            return
        turn.set(pending=self.action)
        if faq.is_lost(turn):
            hand_over(turn, "repeated_failure", "utter_handoff_failed")
        elif offered:
            shown = [button(readings[name].question, f"/{name}") for name in offered]
            say_sorry(turn)
            turn.say("utter_did_you_mean", [*shown, none_of_these()])
        else:
            turn.say("utter_not_understood")


class OutOfScope(BotAction):
    """A wish this shop does not serve: a near script if there is one, else an honest word."""

    action = "action_out_of_scope"

    def act(self, turn: Turn) -> None:
        near = faq.find(turn, None)
        if not isinstance(near, Confident):
            self._refuse(turn, None)
        elif near.hit.id.startswith(faq.REFUSALS):
            self._refuse(turn, near.hit)
        else:
            faq.say_hit(turn, near.hit)

    @staticmethod
    def _refuse(turn: Turn, hit: Hit | None) -> None:
        """Say no kindly, by a script if there is one; twice in a row a person sees whether there is another way."""
        if faq.is_lost(turn):
            hand_over(turn, "out_of_scope", "utter_handoff_out_of_scope")
        elif hit:
            faq.say_hit(turn, hit)
        else:
            turn.say("utter_out_of_scope")
