"""When a person takes over, and how urgent it is.

Source: shop-rules.md, "Handing over" and "After the sale" (003); the words of safety: `safety_words`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from types import MappingProxyType

from bot.shop.records.policy import Policy
from bot.shop.talk.safety_words import SafetyTopic, topic_of


class HandoffReason(str, Enum):
    SAFETY_OR_LEGAL = "safety_or_legal"
    COMPLAINT = "complaint"
    HIGH_VALUE = "high_value"
    BEYOND_AUTHORITY = "beyond_authority"
    REQUESTED = "requested"
    OUT_OF_SCOPE = "out_of_scope"
    REPEATED_FAILURE = "repeated_failure"
    SYSTEM_DOWN = "system_down"


PRIORITY: Mapping[str, int] = MappingProxyType(
    {
        HandoffReason.SAFETY_OR_LEGAL.value: 100,
        HandoffReason.COMPLAINT.value: 80,
        HandoffReason.HIGH_VALUE.value: 70,
        HandoffReason.BEYOND_AUTHORITY.value: 60,
        HandoffReason.REQUESTED.value: 50,
        HandoffReason.SYSTEM_DOWN.value: 45,
        HandoffReason.REPEATED_FAILURE.value: 40,
        HandoffReason.OUT_OF_SCOPE.value: 30,
    }
)
"""Reason → urgency; the larger goes first in the queue."""


def safety_topic(text: str) -> SafetyTopic | None:
    """Which grave matter the message reports, read through common disguises; None for a mere question."""
    return topic_of(text)


def safety_reason(text: str) -> str | None:
    """`safety_or_legal` (a key of PRIORITY) if the message must go to a person at once, else None."""
    return HandoffReason.SAFETY_OR_LEGAL.value if topic_of(text) else None


@dataclass(frozen=True)
class Circumstances:
    """What is known of the conversation when a turn ends. Amounts in yuan; counts are of this conversation."""

    text: str = ""
    asks_for_person: bool = False
    is_complaint: bool = False
    goes_on_threatening: bool = False
    is_bulk: bool = False
    quantity: int = 0
    amount: Decimal = Decimal(0)
    """Of the order or the basket talked about."""
    level: str = ""
    is_beyond_authority: bool = False
    misses_in_row: int = 0
    has_near_question: bool = True
    repeats: int = 0
    """How often the same question was asked again."""
    is_unhelpful: bool = False
    """The customer marked a reply so."""


def reason_to_hand_over(
    policy: Policy, found: Circumstances, after_sale: bool = False
) -> HandoffReason | None:
    """The gravest reason that holds, or None. High value counts only `after_sale` or for bulk and large baskets."""
    holding = [
        (bool(topic_of(found.text)), HandoffReason.SAFETY_OR_LEGAL),
        (found.is_complaint or found.goes_on_threatening, HandoffReason.COMPLAINT),
        (is_high_value(policy, found, after_sale), HandoffReason.HIGH_VALUE),
        (found.is_beyond_authority, HandoffReason.BEYOND_AUTHORITY),
        (found.asks_for_person, HandoffReason.REQUESTED),
        (0 < policy.handoff.repeats <= found.repeats or found.is_unhelpful, HandoffReason.REPEATED_FAILURE),
        (_is_lost(policy, found), HandoffReason.OUT_OF_SCOPE),
    ]
    return next((reason for holds, reason in holding if holds), None)


class Step(Enum):
    """What follows a message that was not understood."""

    ASK = "ask"
    OFFER = "offer"
    """A person, as a button: she decides."""
    HAND_OVER = "hand_over"


OFFERED_FOR = 2
"""Times as many messages may stay unread of who is choosing goods: two sentences must not end a sale
(docs/transcript-review.md, A F22)."""


def after_miss(policy: Policy, misses: int, is_choosing_goods: bool) -> Step:
    """`misses`: messages in a row that were not understood, this one included."""
    limit = policy.handoff.misses
    if not limit or misses < limit:
        return Step.ASK
    return Step.OFFER if is_choosing_goods and misses < limit * OFFERED_FOR else Step.HAND_OVER


def is_high_value(policy: Policy, found: Circumstances, after_sale: bool = False) -> bool:
    """Bulk, or a trouble of a large order or of a top-level member. A threshold of 0 is switched off."""
    limits = policy.handoff
    is_bulk = found.is_bulk or 0 < limits.bulk_quantity <= found.quantity
    is_large = 0 < limits.high_value_amount <= found.amount
    return is_bulk or is_large or (after_sale and found.level in limits.top_levels)


def _is_lost(policy: Policy, found: Circumstances) -> bool:
    near_enough = found.has_near_question or found.misses_in_row == 0
    return 0 < policy.handoff.misses <= found.misses_in_row or not near_enough
