"""What comes before an answer: a welcome back after hours, an apology to a customer who has just become angry.

Also here: whether the same question has been asked so often that answering once more would not help.
"""

from __future__ import annotations

import re

from actions.common import shop_floor
from actions.common.turn import Turn
from bot.shop.goods import plain_words
from bot.shop.talk.manner import part_of_day
from bot.text.normalise import bare

WELCOMES_BACK_AFTER = 3
"""Hours of silence after which a conversation is taken up again with a word."""
NO_WELCOME = (
    "action_greet",
    "action_goodbye",
    "action_handoff",
    "action_complaint",
    "action_chitchat",
    "action_thank",
)
APOLOGISES_FIRST = (
    "action_faq",
    "action_track",
    "action_cancel_order",
    "action_modify_order",
)
"""Answers of facts; whoever deals with the trouble itself has words of its own for it."""
NO_QUESTION = frozenset(
    {
        "inform",
        "affirm",
        "deny",
        "greet",
        "thank",
        "goodbye",
        "bargain",
        "hesitate",
        "request_human",
        "complain",
    }
    | {"chitchat", "ask_bot", "nlu_fallback", "out_of_scope"}
)
"""What is said twice without being a question that was answered badly."""
ASKING = re.compile(r"^[a-z]+_(?:which|ask|fee_ask)_|^[a-z]+_(?:did_you_mean|rephrase|not_understood)$")
"""Names of questions whose answer the bot needs before it can go on."""
MOST_ASKS = 2
"""How often one question is put in succession; a third time a person takes over."""
NEWEST = 5
"""Messages among which the same question counts as asked again."""
RASAS_OWN = ("action_listen", "action_extract_slots")
"""Actions that say nothing."""


def hello(turn: Turn) -> str:
    """By the shop's clock."""
    return shop_floor.dialogue().phrase("hello", part_of_day(turn.now).value)


def say_first(turn: Turn) -> None:
    """Once a message, before its first answer."""
    if is_under_way(turn):
        return
    if turn.metadata.get("silent_hours", 0) >= WELCOMES_BACK_AFTER and turn.action not in NO_WELCOME:
        if turn.product:
            turn.say("utter_welcome_back_product", hello=hello(turn), product=turn.product.name)
        else:
            turn.say("utter_welcome_back", hello=hello(turn))
    if turn.action in APOLOGISES_FIRST:
        say_sorry(turn)


def say_sorry(turn: Turn) -> None:
    """An apology by name, once for each time she becomes angry; a doubt before buying is answered, not regretted."""
    is_doubt = bool(turn.words) and plain_words.is_wary(turn.words) and not turn.has_bought(turn.product)
    if turn.metadata.get("turned_upset") and not is_doubt:
        turn.say("utter_sorry", trouble=trouble(turn))


def trouble(turn: Turn) -> str:
    """What went wrong, as an apology names it."""
    dialogue = shop_floor.dialogue()
    return dialogue.phrase("trouble", dialogue.hear("trouble", turn.words) or "any")


def is_asked_too_often(turn: Turn) -> bool:
    """The same words again, `handoff.repeats` times, since a person last had the conversation: the answer to them
    does not help (shop-rules.md, "Handing over": repeated_failure)."""
    limit = turn.shop.policy.handoff.repeats
    words = bare(turn.words)
    if not (limit and words) or turn.intent in NO_QUESTION or turn.metadata.get("waiting_as"):
        return False
    return not is_under_way(turn) and _times_said(turn, words) > limit


def _times_said(turn: Turn, words: str) -> int:
    times = seen = 0
    for event in reversed(turn.tracker.events):
        if seen == NEWEST or event.get("event") == "session_started" or event.get("name") == "agent_note":
            break
        if event.get("event") == "user":
            seen += 1
            times += bare(event.get("text") or "") == words
    return times


def asks_in_vain(turn: Turn) -> bool:
    """Whether this turn does nothing but put the question that was put in vain twice already."""
    if not turn.responses:
        return False
    asked = next((name for name in turn.responses if ASKING.search(name)), None)
    before = turn.before("asking") or {}
    times = before["times"] + 1 if asked and asked == before.get("response") else 1
    turn.set(asking={"response": asked, "times": times} if asked else None)
    return bool(asked) and len(turn.responses) == 1 and times > MOST_ASKS


def is_under_way(turn: Turn) -> bool:
    """Whether an action has already taken this message."""
    for event in reversed(turn.tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "action" and event.get("name") not in RASAS_OWN:
            return True
    return False


MOST_TAKEN = 2
"""How often one action takes the same message; a third time two rules leave it to each other."""


def is_circling(turn: Turn) -> bool:
    """Whether this action has taken the message so often already that nobody would ever answer it."""
    times = 0
    for event in reversed(turn.tracker.events):
        if event.get("event") == "user":
            break
        times += event.get("event") == "action" and event.get("name") == turn.action
    return times >= MOST_TAKEN
