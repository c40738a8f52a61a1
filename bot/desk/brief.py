"""The card an agent reads before the transcript: at most five lines, none without content."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk.conversations import Conversation, Message
from bot.desk.lines import reason_title, words
from bot.desk.ownership import Speaker

MOST_LINES = 5
_QUOTE = 60
"""Characters of the customer's own words."""


def brief(
    conversation: Conversation, reason: str, messages: Sequence[Message], product_name: str | None = None
) -> tuple[str, ...]:
    """Used when the gateway itself asks for a person; an action that hands over writes its own."""
    lines = [words("brief", "reason", reason=reason_title(reason))]
    wish = last_words(messages)
    if wish:
        lines.append(words("brief", "wish", text=wish[:_QUOTE]))
    context = conversation.context
    if product_name or context.product_id:
        lines.append(words("brief", "product", name=product_name or context.product_id))
    if context.order_id:
        lines.append(words("brief", "order", id=context.order_id))
    return tuple(lines[:MOST_LINES])


def last_words(messages: Sequence[Message]) -> str:
    """What the customer wrote last; empty when she has not written yet."""
    said = (m.text for m in reversed(messages) if m.sender is Speaker.CUSTOMER and m.text)
    return next(said, "")


NO_QUESTION = frozenset({"request_human", "greet", "thank", "goodbye", "affirm", "deny", "complain"})
"""Readings for which no script is the answer an agent looks for."""


def last_question(messages: Sequence[Message]) -> str:
    """What the customer last asked, past her call for a person; else what she wrote last."""
    asked = (
        m.text
        for m in reversed(messages)
        if m.sender is Speaker.CUSTOMER and m.text and (m.nlu or {}).get("intent") not in NO_QUESTION
    )
    return next(asked, "") or last_words(messages)
