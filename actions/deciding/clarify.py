"""What to do when a message was not read with confidence (dialogue.md, "One decision a turn")."""

from __future__ import annotations

from actions.after_sale.after_sale_question import ISSUES
from actions.after_sale.exchanges import is_choosing
from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.openings import say_sorry
from actions.common.turn import Turn, button
from actions.deciding import agreeing, evidence, order_evidence
from actions.deciding.readings import ACTION_OF, ASKED_FIRST, SCRIPTS
from actions.prices.price_talk import carried_on
from actions.talk import faq
from actions.talk.faq import none_of_these
from actions.talk.handoff import hand_over, say_helpless
from bot.faq.search import Confident, Hit
from bot.shop.talk import hardship
from bot.shop.talk.begun import is_only_begun
from bot.shop.talk.handoff import Step
from bot.shop.talk.hardship import Hardship

READINGS = 3
"""Nearest readings put before the customer."""
ANSWERS = ("inform", "affirm", "deny")
"""Readings that answer something; an unsure one with nothing to answer is no question a script could meet."""
LEAST = 0.05
"""A reading less likely than this is not worth a button; below it the ranking is noise between 44 intents."""
TOLD = 0.4
"""From here on a report of a trouble is believed of a customer who has orders: the form asks what is missing."""
LEAST_SHARE = 0.25
"""Nor one that is so much less likely than the best: a list is for readings that compete."""


class Clarify(BotAction):
    """The middle band asks "您是想问…"; the lowest looks for a near script; twice in a row a person takes over."""

    action = "action_clarify"

    def act(self, turn: Turn) -> None:
        ranking = [each for each in turn.ranking if each["name"] != "nlu_fallback"]
        best = max(ranking, key=lambda each: each["confidence"], default={"name": None, "confidence": 0.0})
        names = [each["name"] for each in ranking[:READINGS]]
        if best["name"] in ISSUES and self._is_her_trouble(turn, best["confidence"]):
            # What is broken is no question about what it is made of.
            turn.go_on_with("after_sale_form")
        elif agreed := agreeing.settled_by(turn):
            turn.go_on_with(agreed)
        elif about_price := carried_on(turn, ranking):
            turn.go_on_with(about_price)
        elif is_choosing(turn):
            turn.go_on_with("action_exchange")
        elif self._is_helped(turn):
            return
        elif known := order_evidence.speaks_for(turn, names) or evidence.speaks_for(turn, names):
            turn.go_on_with(known)
        elif best["confidence"] >= shop_floor.dialogue().bands.confirm:
            self._confirm(turn, ranking, best["name"])
        elif evidence.is_mentioned(turn) and not isinstance(faq.find(turn, None), Confident):
            turn.go_on_with("action_product_info")
        elif not faq.answer(turn, None):
            faq.miss(turn, "utter_not_understood")

    @staticmethod
    def _is_her_trouble(turn: Turn, confidence: float) -> bool:
        """A fault is named, or whoever has orders tells of one and asks nothing: no script for the number she need
        not give."""
        is_told = bool(turn.words) and shop_floor.dialogue().hear("question", turn.words) is None
        return turn.entity("fault") is not None or (confidence >= TOLD and is_told and bool(turn.orders))

    @staticmethod
    def _is_helped(turn: Turn) -> bool:
        """Whoever cannot come down or cannot type is helped before anything is asked back."""
        found = hardship.read(turn.words)
        if found is Hardship.STAIRS and turn.orders:
            turn.go_on_with("action_courier")
        elif found is Hardship.SCREEN:
            say_helpless(turn)
        elif shop_floor.dialogue().hear("sigh", turn.words):
            turn.go_on_with("action_sigh")
        elif turn.words and is_only_begun(turn.words) and not turn.before("pending"):
            turn.say_words(shop_floor.dialogue().phrase("filler", "listening"))
        else:
            return False
        return True

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
        self._ask(turn, offered(ranking, best))

    def _ask(self, turn: Turn, names: list[str]) -> None:
        """Which of these was meant; the only one is answered at once where that does no harm, else asked about."""
        only = names[0] if len(names) == 1 else None
        if only and only not in ASKED_FIRST and self._answered(turn, only):
            return
        turn.set(pending=self.action, guess=only)
        step = faq.count_miss(turn)
        if step is Step.HAND_OVER:
            hand_over(turn, "repeated_failure", "utter_handoff_failed")
            return
        readings = shop_floor.dialogue().readings
        phrase = shop_floor.dialogue().phrase
        if only:
            say_sorry(turn)
            answers = [button(phrase("button", "yes"), f"/{only}"), button(phrase("button", "no"), "/deny")]
            turn.say("utter_is_it", answers, question=readings[only].question)
        elif names:
            shown = [button(readings[name].question, f"/{name}") for name in names]
            person = [button(phrase("button", "person"), "/request_human")] if step is Step.OFFER else []
            say_sorry(turn)
            turn.say("utter_did_you_mean", [*shown, *person, none_of_these()])
        else:
            turn.say("utter_offer_person" if step is Step.OFFER else "utter_not_understood")

    @staticmethod
    def _answered(turn: Turn, name: str) -> bool:
        if name in SCRIPTS:
            return faq.answer(turn, [name])
        turn.go_on_with(ACTION_OF[name])
        return True


def offered(ranking: list[dict], best: str) -> list[str]:
    """Readings worth a button, the likeliest first."""
    readings = shop_floor.dialogue().readings
    near = sorted(ranking, key=lambda each: -each["confidence"])
    least = max(LEAST, LEAST_SHARE * near[0]["confidence"]) if near else LEAST
    likely = [each["name"] for each in near if each["confidence"] >= least or each["name"] == best]
    return [name for name in likely if name in readings and readings[name].question][:READINGS]


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
        if faq.count_miss(turn) is Step.HAND_OVER:
            hand_over(turn, "out_of_scope", "utter_handoff_out_of_scope")
        elif hit:
            faq.say_hit(turn, hit)
        else:
            turn.say("utter_out_of_scope")
