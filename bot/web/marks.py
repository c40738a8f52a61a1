"""Who has read what, told to the other side (`bot/desk/marks.py`). Numbers from pages are checked here."""

from __future__ import annotations

from typing import Any

from bot.desk.marks import Marks
from bot.desk.threads import in_thread
from bot.web.gateway import Gateway


async def customer_saw(gateway: Gateway, conversation_id: str, seq: Any) -> None:
    """She has the chat open, down to message `seq`."""
    if not _is_seq(seq):
        return
    await in_thread(gateway.desk.follow_ups.seen, conversation_id, seq, gateway.after_chat.clock())
    marks = await in_thread(gateway.desk.marks.seen_by_customer, conversation_id, seq)
    if marks:
        await gateway.notices.seen_by_customer(conversation_id, marks.seen)


async def agent_saw(gateway: Gateway, username: str, conversation_id: Any, seq: Any) -> None:
    """The agent has the conversation on the screen, down to message `seq`."""
    if isinstance(conversation_id, str) and _is_seq(seq):
        marks = await in_thread(gateway.desk.marks.read_by, conversation_id, username, seq)
        await _tell(gateway, conversation_id, marks)


async def reached_desk(gateway: Gateway, event: dict[str, Any]) -> None:
    """`event` has been sent to a page of the desk."""
    if event["type"] == "message" and event["message"]["sender"] == "customer":
        conversation_id = event["conversation_id"]
        reached = gateway.desk.marks.reached_desk
        marks = await in_thread(reached, conversation_id, event["message"]["seq"])
        await _tell(gateway, conversation_id, marks)


async def _tell(gateway: Gateway, conversation_id: str, marks: Marks | None) -> None:
    if marks:
        await gateway.notices.read_by_shop(conversation_id, marks.delivered, marks.read)


def _is_seq(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31
