"""after_sale_form: which order and which piece, what is wrong, and how badly; never more than is missing."""

from __future__ import annotations

from actions import shop_floor
from actions.choosing import orders_card
from actions.questions import OpenQuestion
from actions.turn import Turn, button, inform
from bot.shop.orders import OrderLine, OrderState
from bot.shop.remedy_policy import Issue, Severity

ISSUES = {
    "report_defect": Issue.DEFECT,
    "report_wrong_item": Issue.WRONG,
    "report_mismatch": Issue.MISMATCH,
}
"""What the intent says is wrong; of a wrong or short parcel the words tell which."""
RECEIVED = (OrderState.DELIVERED, OrderState.COMPLETED)


def trouble(turn: Turn) -> dict:
    """The case as known so far: issue, severity, product, words."""
    return dict(turn.slot("trouble") or {})


def troubled_line(turn: Turn) -> OrderLine | None:
    """The piece that is not right, None while more than one could be meant."""
    lines = turn.order.lines if turn.order else ()
    if len(lines) == 1:
        return lines[0]
    meant = trouble(turn).get("product")
    return next((line for line in lines if line.product_id == meant), None)


class AfterSaleQuestion(OpenQuestion):
    form = "after_sale_form"
    own_intents = (*ISSUES, "ask_compensation")

    def read(self, turn: Turn) -> bool:
        case, told = trouble(turn), {}
        if turn.intent in ISSUES:
            told["issue"] = self._issue(turn).value
        if issue := turn.entity("issue"):
            told["issue"] = Issue(issue).value
        severity = turn.entity("severity") or shop_floor.dialogue().hear("severity", turn.words)
        if severity:
            told["severity"] = Severity(severity).value
        if product := self._named_line(turn):
            told["product"] = product
        if fault := turn.entity("fault"):
            turn.set(fault=fault)
            told.setdefault("issue", case.get("issue") or Issue.DEFECT.value)
        has_order = turn.entity("order_id") is not None and turn.order is not None
        turn.set(trouble={**case, **told}, gave_up=None)
        return bool(told) or has_order

    @staticmethod
    def _issue(turn: Turn) -> Issue:
        if (
            turn.intent == "report_wrong_item"
            and shop_floor.dialogue().hear("issue", turn.words) == "missing"
        ):
            return Issue.MISSING
        return ISSUES[turn.intent]

    @staticmethod
    def _named_line(turn: Turn) -> str | None:
        """The ordered product this message names."""
        ordered = [line.product_id for line in turn.order.lines] if turn.order else []
        return turn.product.id if turn.product and turn.product.id in ordered and len(ordered) > 1 else None

    def ask(self, turn: Turn) -> str | None:
        if turn.order is None and len(possible := turn.orders_in(RECEIVED)) == 1:
            turn.talk_about(possible[0])
        if turn.order is None:
            return self._ask_order(turn)
        case = trouble(turn)
        if not case.get("issue"):
            turn.say("utter_which_issue")
            return "issue"
        if troubled_line(turn) is None:
            names = [turn.shop.products[line.product_id] for line in turn.order.lines]
            turn.say("utter_which_line", [button(p.name, inform(product=p.id)) for p in names[:4]])
            return "line"
        if not case.get("severity") and case["issue"] in (Issue.DEFECT.value, Issue.MISMATCH.value):
            turn.say("utter_how_severe")
            return "severity"
        return None

    @staticmethod
    def _ask_order(turn: Turn) -> str | None:
        if not turn.orders:
            return None
        turn.say("utter_which_troubled_order", card=orders_card(turn, turn.orders_in(RECEIVED)))
        return "order"
