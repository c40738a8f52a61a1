"""The bot's words as this customer hears them: her form of address, the shop's own endings (bot.shop.talk.manner)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.desk.conversations import Draft, Message, Turn
from bot.desk.ownership import Speaker
from bot.shop.records.offers import Persona
from bot.shop.talk.manner import Manner, ended, says_dear, spoken

LIGHT = ("action_greet", "action_thank", "action_goodbye", "action_affirm", "action_deny")
"""Who says sentences that the persona may end its own way; facts, money and troubles are told plainly."""


def voiced(turn: Turn, persona: Persona, has_said_dear: bool) -> Turn:
    """The turn with its replies as they are said; cards and buttons stay."""
    manner = Manner(**(turn.slots.get("manner") or {}))
    texts = spoken([reply.text for reply in turn.replies], manner, has_said_dear)
    said = (replace(reply, text=text) for reply, text in zip(turn.replies, texts, strict=True))
    if turn.handoff or manner.is_upset:
        return replace(turn, replies=tuple(said))
    return replace(turn, replies=tuple(_with_ending(reply, persona) for reply in said))


def _with_ending(reply: Draft, persona: Persona) -> Draft:
    if not persona.endings or (reply.source or {}).get("action") not in LIGHT:
        return reply
    return replace(reply, text=ended(reply.text, persona.endings[len(reply.text) % len(persona.endings)]))


def may_have_dear(turn: Turn) -> bool:
    """Whether it matters what was said before."""
    return any(says_dear(reply.text) for reply in turn.replies)


def has_said_dear(messages: Sequence[Message]) -> bool:
    """Whether the bot has called her 亲 in this chat."""
    return any(message.sender is Speaker.BOT and says_dear(message.text) for message in messages)
