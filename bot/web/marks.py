"""Who has read what, told to the other side (`bot/desk/marks.py`). Numbers from pages are checked here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.desk.bus import Told
from bot.desk.marks import Marks
from bot.desk.storage import if_possible
from bot.desk.threads import in_thread
from bot.web.gateway import Gateway


async def customer_saw(gateway: Gateway, conversation_id: str, seq: Any) -> None:
    """She has the chat open, down to message `seq`."""
    recent = gateway.bus.recent
    if _is_seq(seq) and not (recent and recent.has_seen(conversation_id, seq)):
        await if_possible(_customer_saw(gateway, conversation_id, seq))


async def _customer_saw(gateway: Gateway, conversation_id: str, seq: int) -> None:
    await in_thread(gateway.desk.follow_ups.seen, conversation_id, seq, gateway.after_chat.clock())
    marks = await in_thread(gateway.desk.marks.seen_by_customer, conversation_id, seq)
    if marks:
        await gateway.notices.seen_by_customer(conversation_id, marks.seen)
    if gateway.bus.recent:
        gateway.bus.recent.saw(conversation_id, seq)


async def agent_saw(gateway: Gateway, username: str, conversation_id: Any, seq: Any) -> None:
    """The agent has the conversation on the screen, down to message `seq`."""
    if isinstance(conversation_id, str) and _is_seq(seq):
        await if_possible(_mark(gateway, conversation_id, gateway.desk.marks.read_by, username, seq))


async def reached_desk(gateway: Gateway, event: Told) -> None:
    """`event` has been sent to a page of the desk; noted once, however many pages there are."""
    is_hers = event["type"] == "message" and event["message"]["sender"] == "customer"
    if is_hers and event.is_first():
        reached, seq = gateway.desk.marks.reached_desk, event["message"]["seq"]
        await if_possible(_mark(gateway, event["conversation_id"], reached, seq))


async def _mark(
    gateway: Gateway, conversation_id: str, mark: Callable[..., Marks | None], *what: Any
) -> None:
    marks = await in_thread(mark, conversation_id, *what)
    if marks:
        await gateway.notices.read_by_shop(conversation_id, marks.delivered, marks.read)


def _is_seq(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31
