"""Why an order is called off before it ships, and when one better offer is in place.

Source: shop-rules.md, "The order on its way" (seed 003).
"""

from __future__ import annotations

from enum import Enum


class CancelReason(str, Enum):
    """Why a customer calls an order off before it ships (003)."""

    SLOW_REPLY = "slow_reply"
    WRONG_SIZE = "wrong_size"
    FOUND_COUPON = "found_coupon"
    CHEAPER_ELSEWHERE = "cheaper_elsewhere"
    SHIPS_TOO_LATE = "ships_too_late"
    CHANGED_MIND = "changed_mind"
    BOUGHT_TWICE = "bought_twice"
    OTHER = "other"


RECOVERABLE = frozenset({CancelReason.SLOW_REPLY, CancelReason.WRONG_SIZE, CancelReason.FOUND_COUPON})
"""Worth one apology and one better offer (003); all others are done at once and politely."""


def may_win_back(reason: CancelReason, already_offered: bool) -> bool:
    """Whether one better offer is in place; never a second."""
    return reason in RECOVERABLE and not already_offered
