"""Handing the conversation to a person, and when the customer's own words ask for one."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.openings import trouble
from actions.common.turn import Turn
from actions.talk.briefing import brief, request
from bot.placeholders import script_values
from bot.shop.goods import plain_words
from bot.shop.talk import accident, in_line
from bot.shop.talk.handoff import PRIORITY
from bot.shop.talk.in_line import Waiting

SAFETY = "safety_or_legal"
IN_LINE = "handoff.in-line"
"""Under which the last script is remembered where it was that she waits."""
HARM = ("injury", "allergy")
"""Topics of safety in which somebody was hurt."""


def hand_over(turn: Turn, reason: str, response: str = "utter_handoff", **values: str) -> None:
    """Say so and ask the gateway for an agent; it tells the customer her place in the queue. Open questions end.

    Who is waiting already (nobody is on duty, so the bot goes on answering) is told when people are there; only a
    graver reason moves her up.
    """
    turn.close_question()
    if is_waiting_for(turn, reason):
        say_waiting(turn)
        return
    turn.say(response, **{"trouble": trouble(turn), **values})
    turn.effect("handoff", reason=reason, priority=PRIORITY[reason], summary=brief(turn, reason))
    topic = " · ".join(part for part in (request(turn), turn.product.name if turn.product else "") if part)
    if topic:
        turn.effect("tag", text=topic)


def say_waiting(turn: Turn) -> None:
    """Where she stands, once; what she adds after that is said to be kept, never in the same words twice running."""
    times = (turn.slot("repeats") or 0) + 1 if turn.slot("last_script") == IN_LINE else 0
    turn.set(last_script=IN_LINE, repeats=times)
    hours, phone = script_values(turn.shop)["agent_hours"], turn.shop.persona.phone
    wants_one = turn.intent == "request_human" or in_line.of_waiting(turn.words) is Waiting.HOW_LONG
    if times and not wants_one:
        turn.say("utter_handoff_waiting_noted" if times % 2 else "utter_handoff_waiting_kept")
    elif times % 2 and phone:
        turn.say("utter_handoff_waiting_call", agent_hours=hours, phone=phone)
    else:
        turn.say(
            "utter_handoff_waiting_open" if is_open(turn) else "utter_handoff_waiting", agent_hours=hours
        )


def tell_of_the_line(turn: Turn, said: Waiting) -> None:
    """Where she stands, or that the bot goes on alone; her place is hers to give up (the page has a button for it)."""
    if said is Waiting.HOW_LONG:
        say_waiting(turn)
        return
    key = "kept" if turn.metadata.get("waiting_as") else "none"
    turn.say_words(shop_floor.dialogue().phrase("no_person", key))


def is_open(turn: Turn) -> bool:
    """Whether it is an hour at which agents work: their hours are told only outside them."""
    desk = turn.shop.policy.agent_hours
    return desk.opens <= turn.now.time() < desk.closes


def is_waiting_for(turn: Turn, reason: str) -> bool:
    """Whether she has her place in the queue already, for this reason or a graver one."""
    waiting = turn.metadata.get("waiting_as")
    return bool(waiting) and PRIORITY[reason] <= PRIORITY.get(waiting, 0)


def say_first_aid(turn: Turn) -> None:
    """Somebody was hurt: who it is is asked after, and what is to be done first is said, before anything else."""
    phrase = shop_floor.dialogue().phrase
    who, aid = accident.who_is_hurt(turn.words), accident.harm_in(turn.words)
    values = {"concern": phrase("concern", who.value), "aid": phrase("first_aid", aid.value)}
    if is_waiting_for(turn, SAFETY):
        turn.close_question()
        turn.say("utter_harm_waiting", **values)
    else:
        hand_over(turn, SAFETY, "utter_handoff_harm", **values)


def stay_with_accident(turn: Turn) -> None:
    """A line after the accident: kept for whoever comes, and answered as far as a shop can."""
    turn.close_question()
    kind = "photo" if turn.photo else accident.further(turn.words).value
    phone = turn.shop.persona.phone
    call = "_call" if kind == accident.Further.WHEN.value and phone else ""
    told = script_values(turn.shop)["agent_hours"]
    hours = shop_floor.dialogue().phrase("desk", "open" if is_open(turn) else "closed", hours=told)
    turn.say(f"utter_accident_{kind}{call}", hours=hours, phone=phone)


def say_helpless(turn: Turn) -> None:
    """For whom typing is the trouble: one sentence is enough, and the shop's own number, if it has one."""
    number, hours = turn.shop.persona.phone, script_values(turn.shop)["agent_hours"]
    if number:
        turn.say("utter_helpless", phone=number, agent_hours=hours)
    else:
        turn.say("utter_helpless_no_number", agent_hours=hours)


class HandOff(BotAction):
    """The customer wants a person, or her words call for one: safety, an answer that did not help, the same again."""

    action = "action_handoff"

    def act(self, turn: Turn) -> None:
        if turn.metadata.get("after_accident"):
            stay_with_accident(turn)
        elif topic := turn.metadata.get("safety_topic"):
            if topic in HARM:
                say_first_aid(turn)
            else:
                hand_over(turn, SAFETY, "utter_handoff_serious")
        elif said := self._of_the_line(turn):
            tell_of_the_line(turn, said)
        elif turn.metadata.get("odd") or not self._is_asked_for(turn):  # sent here by actions.common.base
            hand_over(turn, "repeated_failure", "utter_handoff_failed")
        else:
            self._requested(turn)

    @staticmethod
    def _of_the_line(turn: Turn) -> Waiting | None:
        said = in_line.of_waiting(turn.words) if turn.words else None
        return said if said is Waiting.NO_MORE or turn.metadata.get("waiting_as") else None

    @staticmethod
    def _is_asked_for(turn: Turn) -> bool:
        return turn.intent == "request_human" or plain_words.wants_person(turn.words)

    @staticmethod
    def _requested(turn: Turn) -> None:
        """Who asks for a number gets it; who wants to be called, a colleague and the number."""
        wants = shop_floor.dialogue().hear("call", turn.words)
        number = turn.shop.persona.phone
        hours = script_values(turn.shop)["agent_hours"]
        if wants == "number" and number:
            turn.say("utter_shop_phone", phone=number, agent_hours=hours)
        elif wants == "back" and number:
            hand_over(turn, "requested", "utter_handoff_call", phone=number, agent_hours=hours)
        else:
            hand_over(turn, "requested")


class BulkOrder(BotAction):
    """Many pieces, wholesale, made to order: a person answers (shop-rules.md, Price)."""

    action = "action_bulk_order"

    def act(self, turn: Turn) -> None:
        turn.set(quantity=turn.known("quantity"))
        hand_over(turn, "high_value", "utter_handoff_bulk")
