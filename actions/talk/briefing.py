"""What the agent reads before the transcript: five lines at most (shop-rules.md, "Handing over")."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.turn import Turn
from bot.desk.lines import reason_title, words
from bot.placeholders import yuan

BRIEF_LINES = 5
NO_MATTER = ("request_human", "inform", "affirm", "deny", "greet", "thank", "goodbye", "nlu_fallback")
"""Readings that say nothing of what the customer wants from the shop."""
QUOTE = 60
"""Characters of the customer's own words in the brief."""
TRIED = 3
"""Earlier wishes that the bot has answered, newest last."""


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
    """Who and why, what she wants, about what, what was promised, what is known and was tried; an agent reads it in
    three seconds. A line without content is left out."""
    wish = "：".join(part for part in (request(turn), _last_words(turn)) if part)
    promised, known = "；".join(turn.slot("promised") or ()), _known(turn)
    lines = [
        words(
            "brief", "reason", reason=" · ".join(part for part in (reason_title(reason), _who(turn)) if part)
        ),
        words("brief", "wish", text=wish) if wish else "",
        _about(turn),
        words("brief", "promised", text=promised) if promised else "",
        words("brief", "known", facts=known) if known else "",
    ]
    return [line for line in lines if line][:BRIEF_LINES]


def _who(turn: Turn) -> str:
    """Name, level and mood, as far as known."""
    phrases = shop_floor.dialogue().phrases["who"]
    customer = turn.customer
    titles = {level.id: level.title for level in turn.shop.policy.levels}
    named = phrases["customer"].format(name=customer.name, level=titles[customer.level]) if customer else ""
    return "，".join(part for part in (named, phrases["upset"] if turn.slot("mood") else "") if part)


def _about(turn: Turn) -> str:
    order, product = _order_line(turn), turn.product.name if turn.product else ""
    parts = [
        words("brief", "order", id=order) if order else "",
        words("brief", "product", name=product) if product else "",
    ]
    return "；".join(part for part in parts if part)


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


def _tried(turn: Turn) -> str:
    """What the bot has already talked about with her, by name, without the wish of now."""
    wishes = [_intent(event) for event in turn.tracker.events if event.get("event") == "user"]
    told = list(dict.fromkeys(wish for wish in wishes if wish and wish not in NO_MATTER))
    names = [shop_floor.dialogue().reading(wish) for wish in told[:-1]]
    return "、".join(names[-TRIED:])


def _known(turn: Turn) -> str:
    """The slots an agent can use at once, in words, and what was tried."""
    phrases = shop_floor.dialogue().phrases["known"]
    found = {name: turn.known(name) for name in phrases if name != "tried"} | {"tried": _tried(turn)}
    return "，".join(
        phrases[name].format(value=_short(value)) for name, value in found.items() if value not in (None, "")
    )


def _short(value: object) -> object:
    """165.0 is read as 165."""
    return f"{value:g}" if isinstance(value, float) else value
