"""Open questions: a form of Rasa's whose validation reads the answer, asks on, resumes or gives up.

dialogue.md, "One decision a turn", 3: what the bot has asked is answered first; a change of subject is answered and
the question asked once more, then dropped; it never loops.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from functools import partial
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecutionRejected, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.common import shop_floor
from actions.common.turn import Turn
from actions.deciding import order_evidence, own_matters, page_first, plain_words
from actions.prices import sums
from bot.shop.records.ports import Unavailable

MOST_ASKS = 2
"""How often one question is put."""
MAY_ANSWER = ("inform", "affirm", "deny", "nlu_fallback")
"""Intents of a message that was meant as an answer although nothing could be read from it."""
LEAVES = ("request_human", "complain", "goodbye", "cancel_order", "ask_bulk_order")
"""Wishes that end an open question at once."""
OF_ORDERS = (
    *("modify_address", "modify_order", "ask_invoice", "ask_return", "ask_refund", "ask_exchange"),
    *("report_defect", "report_wrong_item", "report_mismatch", "ask_price_protection"),
)
"""Wishes about what was bought: they end a question about anything else. A mere question about it is answered and
the form resumed."""


class OpenQuestion(Action, ABC):
    """`validate_<form>`. Nothing is extracted by slot mappings: `read` alone decides what an answer is."""

    form: ClassVar[str]
    own_intents: ClassVar[tuple[str, ...]] = ()
    """Intents that begin this form, so that they are no change of subject."""
    leaves: ClassVar[tuple[str, ...]] = LEAVES
    """Intents that end it at once."""
    is_about_order: ClassVar[bool] = False
    """Whether it asks about an order: that order given up, the question is void."""
    is_before_sale: ClassVar[bool] = False
    """Whether words that are plainly about something else before the sale go before its answer."""

    def name(self) -> str:
        return f"validate_{self.form}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict]:
        work = partial(self._run_turn, dispatcher, tracker)
        try:
            return await asyncio.to_thread(work) if shop_floor.is_remote() else work()
        except Unavailable:
            # The action after the form meets the same trouble and says so.
            dispatcher.messages.clear()
            return self._give_up(Turn(dispatcher, tracker, self.form))

    def _run_turn(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict]:
        turn = Turn(dispatcher, tracker, self.form)
        asked = turn.slot("asked") or 0
        if turn.slot("requested_slot") is None:
            # Rasa has noted the form itself by now, which is no answer yet.
            is_answered = has_answered(tracker, self.form)
            elsewhere = None if is_answered else own_matters.taken_by(turn)
            if elsewhere not in (None, self.form):
                return self._leave_for(turn, elsewhere)
            if not is_answered and (taker := sums.of_a_sum(turn)):
                return self._leave_for(turn, taker)
            if not is_answered and (page_first.worries(turn) or page_first.only_wonders(turn)):
                return self._leave_for(turn, "action_product_info")
            self.read(turn)
            return self._ask_on(turn, 0)
        if has_answered(tracker, self.form):
            return self._ask_again(turn, asked) if asked < MOST_ASKS else self._drop(turn)
        if turn.intent == "request_human":  # wins over everything else in a message
            return self._drop(turn)
        if self.is_about_order and (elsewhere := order_evidence.given_up(turn)):
            return self._leave_for(turn, elsewhere)
        if aside := own_matters.taken_by(turn, is_form_open=True) or self.asked_beside(turn):
            if asked >= MOST_ASKS:  # never put a third time
                turn.close_question()
            turn.go_on_with(aside)  # answered first; the form is resumed after it
            return self._events(turn)
        if self.is_before_sale and (taker := plain_words.decided(turn)):
            is_resumed = page_first.worries(turn) and asked < MOST_ASKS
            return [] if is_resumed else self._leave_for(turn, taker)
        if self.read(turn):
            return self._ask_on(turn, asked)
        if self.is_left(turn):
            return self._drop(turn)
        if turn.intent not in (*MAY_ANSWER, *self.own_intents):
            # No event at all makes Rasa reject the form for this message, and the rules answer it.
            return [] if asked < MOST_ASKS else self._drop(turn)
        return self._ask_again(turn, asked) if asked < MOST_ASKS else self._give_up(turn)

    def is_left(self, turn: Turn) -> bool:
        """Whether this message ends the question at once."""
        return turn.intent in self.leaves and turn.intent not in self.own_intents

    def asked_beside(self, turn: Turn) -> str | None:
        """Who answers a question beside this form's, of what the form is about."""
        return None

    @abstractmethod
    def read(self, turn: Turn) -> bool:
        """Take what this message answers; False if it answers nothing."""

    @abstractmethod
    def ask(self, turn: Turn) -> str | None:
        """Say the next question and return its name; None (and say nothing) when all is known."""

    def _ask_on(self, turn: Turn, asked: int) -> list[dict]:
        before = turn.slot("requested_slot")
        question = self._put(turn)
        turn.set(
            requested_slot=question,
            asked=None if question is None else asked + 1 if question == before else 1,
        )
        return self._events(turn)

    def _ask_again(self, turn: Turn, asked: int) -> list[dict]:
        turn.set(requested_slot=self._put(turn), asked=asked + 1)
        return self._events(turn)

    def _put(self, turn: Turn) -> str | None:
        """Ask; the form's name keeps Rasa from finding a response `utter_ask_<slot>` and asking a second time."""
        question = self.ask(turn)
        return question and f"{self.form}.{question}"

    def _give_up(self, turn: Turn) -> list[dict]:
        """End the form without an answer; the action after it says what can be done all the same."""
        turn.set(requested_slot=None, asked=None, gave_up=self.form)
        return self._events(turn)

    def _drop(self, turn: Turn) -> list[dict]:
        """End the form and let the rules answer this message as if nothing had been asked."""
        turn.close_question()
        if self.is_about_order:
            turn.set(draft=None)
        return [*self._events(turn), ActionExecutionRejected(self.form)]

    def _leave_for(self, turn: Turn, action: str) -> list[dict]:
        """End the form and let `action` take this message, however it was read."""
        turn.close_question()
        turn.set(draft=None)
        turn.go_on_with(action)
        return self._events(turn)

    @staticmethod
    def _events(turn: Turn) -> list[dict]:
        """`requested_slot` always goes along: Rasa ends a form only on an explicit None."""
        events = turn.finish()
        if not any(event.get("name") == "requested_slot" for event in events):
            events.append(SlotSet("requested_slot", turn.slot("requested_slot")))
        return events


def has_answered(tracker: Tracker, form: str) -> bool:
    """Whether another action has already answered the latest message: the form is being resumed."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "action" and event.get("name") not in (
            form,
            "action_listen",
            "action_extract_slots",
        ):
            return True
    return False
