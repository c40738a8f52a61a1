"""Handing the conversation to a person, with what that person needs to go on at once."""

from __future__ import annotations

from actions import shop_floor
from actions.base import BotAction
from actions.turn import Turn
from bot.desk.lines import reason_title, words
from bot.placeholders import yuan
from bot.shop.handoff import PRIORITY

BRIEF_LINES = 5
NO_MATTER = ("request_human", "inform", "affirm", "deny", "greet", "thank", "nlu_fallback")
"""Readings that say nothing of what the customer wants from the shop."""
QUOTE = 60
"""Characters of the customer's own words in the brief."""


def hand_over(turn: Turn, reason: str, response: str = "utter_handoff", **values: str) -> None:
    """Say so and ask the gateway for an agent; it tells the customer her place in the queue. Open questions end."""
    turn.say(response, **values)
    turn.effect("handoff", reason=reason, priority=PRIORITY[reason], summary=brief(turn, reason))
    topic = " · ".join(part for part in (request(turn), turn.product.name if turn.product else "") if part)
    if topic:
        turn.effect("tag", text=topic)
    turn.close_question()


def request(turn: Turn) -> str:
    """What the customer wants, by name: the newest message that wanted more than a person."""
    wishes = [_intent(event) for event in turn.tracker.events if event.get("event") == "user"]
    told = [wish for wish in wishes if wish and wish not in NO_MATTER]
    return shop_floor.dialogue().reading(told[-1]) if told else ""


def _intent(event: dict) -> str | None:
    """What the model read, also where safety or doubt decided otherwise."""
    parse = event.get("parse_data") or {}
    ranking = [each["name"] for each in parse.get("intent_ranking") or [] if each["name"] != "nlu_fallback"]
    return next(iter(ranking), (parse.get("intent") or {}).get("name"))


def brief(turn: Turn, reason: str) -> list[str]:
    """Up to five lines an agent can read in three seconds; a line without content is left out."""
    wish = "：".join(part for part in (request(turn), _last_words(turn)) if part)
    order, product, known = _order_line(turn), turn.product.name if turn.product else "", _known(turn)
    lines = [
        words("brief", "reason", reason=reason_title(reason)),
        words("brief", "wish", text=wish) if wish else "",
        words("brief", "order", id=order) if order else "",
        words("brief", "product", name=product) if product else "",
        words("brief", "known", facts=known) if known else "",
    ]
    return [line for line in lines if line][:BRIEF_LINES]


def _last_words(turn: Turn) -> str:
    """What the customer last typed about the matter, shortened; a bare call for a person only if there is no more."""
    said = [event for event in turn.tracker.events if event.get("event") == "user"]
    typed = [event for event in said if event.get("text") and not event["text"].startswith("/")]
    telling = [event["text"] for event in typed if _intent(event) != "request_human"]
    words_said = telling or [event["text"] for event in typed] or [turn.words]
    return f"“{words_said[-1][:QUOTE]}”" if words_said[-1] else ""


def _order_line(turn: Turn) -> str:
    if not turn.order:
        return ""
    state = shop_floor.dialogue().order_states[turn.order.state.value]
    return f"{turn.order.id} · {state} · ¥{yuan(turn.order.amount)}"


def _known(turn: Turn) -> str:
    """The slots an agent can use at once, in words."""
    phrases = shop_floor.dialogue().phrases["known"]
    found = {name: turn.known(name) for name in phrases}
    return "，".join(
        phrases[name].format(value=_short(value)) for name, value in found.items() if value not in (None, "")
    )


def _short(value: object) -> object:
    """165.0 is read as 165."""
    return f"{value:g}" if isinstance(value, float) else value


class HandOff(BotAction):
    """The customer wants a person, or the channel saw words about safety or law."""

    action = "action_handoff"

    def act(self, turn: Turn) -> None:
        topic = turn.metadata.get("safety_topic")
        if topic:
            is_harm = topic in ("injury", "allergy")
            hand_over(turn, "safety_or_legal", "utter_handoff_harm" if is_harm else "utter_handoff_serious")
        else:
            hand_over(turn, "requested")


class Complaint(BotAction):
    """A threat or a vent without a question: apologise, then a person. A complaint taken back is good news."""

    action = "action_complaint"

    def act(self, turn: Turn) -> None:
        if shop_floor.dialogue().hear("good_news", turn.words):
            turn.say("utter_good_news")
            return
        threat = shop_floor.dialogue().hear("threat", turn.words)
        if turn.before("pending") == "action_accept_price" and threat in ("leave", "threat"):
            turn.go_on_with("action_bargain")  # over a price: the principle once, calmly
            return
        hand_over(turn, "complaint", "utter_handoff_complaint")


class BulkOrder(BotAction):
    """Many pieces, wholesale, made to order: a person answers (shop-rules.md, Price)."""

    action = "action_bulk_order"

    def act(self, turn: Turn) -> None:
        turn.set(quantity=turn.known("quantity"))
        hand_over(turn, "high_value", "utter_handoff_bulk")
