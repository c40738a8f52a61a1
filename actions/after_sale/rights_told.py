"""A trouble told by who shows no order here: what the shop does about it, and with her choice to a person.

Amounts and deeds need the order, which her account or a person brings; what she is entitled to needs neither.
"""

from __future__ import annotations

from actions.after_sale.trouble import issue_of, note, severity_of, trouble
from actions.common import shop_floor
from actions.common.turn import Turn, button, inform
from actions.talk.handoff import hand_over
from bot.shop.records.remedy_policy import RemedyKind, Severity

NOT_TO_CHOOSE = (RemedyKind.EXPLAIN, RemedyKind.COUPON, RemedyKind.FULL_REFUND)
"""No help, an account that is missing, and what a person decides: none of it is put before whose order is unknown."""
MOST = 3


def may_tell(turn: Turn) -> bool:
    """Once a trouble, and only where it is known of which kind it is."""
    return not turn.orders and issue_of(turn) is not None and not trouble(turn).get("rights_told")


def tell(turn: Turn) -> None:
    remedies, issue = turn.shop.policy.remedies, issue_of(turn)
    offers = remedies.offers[issue] if issue else {}
    offered = [*offers[severity_of(turn)], *offers[Severity.MODERATE], RemedyKind.RETURN]
    kinds = list(dict.fromkeys(kind for kind in offered if kind not in NOT_TO_CHOOSE))[:MOST]
    note(turn, rights_told=True)
    shown = [button(remedies.rung(kind).title, inform(remedy=kind.value)) for kind in kinds]
    response = "utter_rights_guest" if turn.customer is None else "utter_rights_no_order"
    turn.say(response, shown, days=turn.shop.policy.returns.quality_days)


def take(turn: Turn, kind: str | None) -> bool:
    """Keep which of them she wants; False where none was put before her."""
    is_put = bool(trouble(turn).get("rights_told")) and not turn.orders
    if not is_put or kind not in {each.value for each in RemedyKind}:
        return False
    note(turn, wish=kind)
    return True


def is_chosen(turn: Turn) -> bool:
    wish = trouble(turn).get("wish")
    return bool(trouble(turn).get("rights_told")) and wish in {each.value for each in RemedyKind}


def to_person(turn: Turn) -> None:
    """With what she chose, so that only the order is left to be looked up."""
    kind = trouble(turn)["wish"]
    turn.set(offered=chosen_words(turn, kind, turn.slot("offered") or ""))
    title = turn.shop.policy.remedies.rung(RemedyKind(kind)).title
    hand_over(turn, "beyond_authority", "utter_handoff_right", wish=title)
    note(turn, wish=None)  # of this trouble; the next one has its own


def chosen_words(turn: Turn, kind: str, told: str) -> str:
    """What was worked out, with the remedy she chose, for the agent."""
    title = turn.shop.policy.remedies.rung(RemedyKind(kind)).title
    return shop_floor.dialogue().phrase("remedy", "chosen", title=title, told=told)
