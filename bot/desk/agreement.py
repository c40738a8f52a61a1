"""Speaks to the dialogue about what both sides know of a conversation; the store is right, the tracker follows.

Each call says which message the bot answered last. The dialogue forgets what it did beyond that, because nobody was
told of it, and asks for the turns when it has missed some (`bot.channel_agreement`).
"""

from __future__ import annotations

import logging
from typing import Any

from bot.desk.conversations import Conversation, Message, Turn, Waiting
from bot.desk.desk import Desk
from bot.desk.dialogue import Dialogue, DialogueBehind
from bot.desk.ownership import Speaker
from bot.desk.threads import in_thread

log = logging.getLogger(__name__)
TURNS_TOLD = 20
"""Newest turns a dialogue that has lost its memory is told; slots carry what came before."""
Json = dict[str, Any]


class Agreement:
    """The dialogue as the turns use it."""

    def __init__(self, desk: Desk, dialogue: Dialogue) -> None:
        self._desk, self._dialogue = desk, dialogue

    async def turn(self, message: Message, waiting: Waiting, text: str, author: str) -> Turn:
        """One message in, its answer out. Raises DialogueDown."""
        known: Json = {"after": waiting.answered}
        conversation = waiting.conversation
        try:
            return await self._dialogue.turn(message, conversation, text, author, known)
        except DialogueBehind:
            known |= await self._missed(conversation)
            return await self._dialogue.turn(message, conversation, text, author, known)

    async def handback(self, conversation: Conversation, slots: Json, note: str) -> None:
        """Tell the dialogue what a person settled. Raises DialogueDown."""
        newest = await in_thread(self._desk.conversations.answered, conversation.id, 1)
        known: Json = {"after": newest[0] if newest else None}
        try:
            await self._dialogue.handback(conversation.id, slots, note, known)
        except DialogueBehind:
            known |= await self._missed(conversation)
            await self._dialogue.handback(conversation.id, slots, note, known)

    async def _missed(self, conversation: Conversation) -> Json:
        log.warning("the dialogue has lost part of conversation %s; it is told again", conversation.id)
        answered = await in_thread(self._desk.conversations.answered, conversation.id, TURNS_TOLD)
        messages = await in_thread(self._desk.conversations.messages, conversation.id)
        asked = {message.id: message for message in messages}
        turns = [_turn(asked[each], messages) for each in answered]
        return {"missed": turns, "state": conversation.slots}


def _turn(asked: Message, messages: tuple[Message, ...]) -> Json:
    replies = [m for m in messages if m.reply_to == asked.id and m.sender is Speaker.BOT]
    return {
        "message_id": asked.id,
        "text": asked.payload or asked.text,
        "nlu": asked.nlu,
        "replies": [
            {
                "text": m.text,
                "buttons": [{"title": b.title, "payload": b.payload} for b in m.buttons],
                "card": m.card,
            }
            for m in replies
        ],
    }
