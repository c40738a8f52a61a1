"""By when she hears what came of the matter that was promised last, as far as the chat remembers it."""

from __future__ import annotations

from datetime import datetime

from actions.common.cards import moment
from actions.common.turn import Turn

ANSWER = "answer"
"""Under which the slot `followed` remembers by when the newest matter is answered."""
ANSWERED = frozenset(
    {
        *("urge", "urge_again", "parcel", "missing", "wrong_place", "withdraw", "withdraw_return", "stop"),
        *("readdress", "gift_due", "tell_courier", "tell_station", "call_courier", "scam", "send_again"),
    }
)
"""Promises that end with a word to her."""


def keep(turn: Turn, kind: str, due: datetime) -> None:
    """Remember a promise that she is going to hear of."""
    if kind in ANSWERED:
        turn.set(followed={**(turn.slot("followed") or {}), ANSWER: due.isoformat(timespec="minutes")})


def told(turn: Turn) -> str:
    """The moment in words; "" where nothing waits for an answer."""
    due = (turn.slot("followed") or {}).get(ANSWER)
    return moment(datetime.fromisoformat(due), turn.now) if due else ""
