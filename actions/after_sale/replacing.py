"""A piece that was promised in place of another: which kind, of which order, and whether a person has yet to agree."""

from __future__ import annotations

from dataclasses import dataclass

from actions.common.turn import Turn
from bot.shop.orders.awaited import is_before_buying

KINDS = ("exchange", "resend")


@dataclass(frozen=True)
class Replacement:
    kind: str
    order_id: str
    is_open: bool
    """Whether somebody, or she herself, has yet to decide."""


def replacement(turn: Turn) -> Replacement | None:
    """What the talk has come to about another piece in place of hers; None once another order is talked about."""
    found = _settled(turn) or _in_talk(turn)
    if (
        found is None
        or is_before_buying(turn.words)
        or turn.slot("order_id") not in (None, "", found.order_id)
    ):
        return None
    return found


def _settled(turn: Turn) -> Replacement | None:
    settled = turn.slot("settled") or {}
    return Replacement(settled["kind"], settled["order"], False) if settled.get("kind") in KINDS else None


def _in_talk(turn: Turn) -> Replacement | None:
    case = turn.slot("trouble") or {}
    outcome = case.get("outcome") or {}
    wished = (outcome.get("kind"), case.get("wish"), *(case.get("rows") or ()))
    kind = next((each for each in wished if each in KINDS), None)
    return Replacement(kind, case["order"], True) if kind and case.get("order") else None
