"""after_sale_form: which order and piece, what is wrong with it, how badly, and a photo; never more than is missing."""

from __future__ import annotations

from actions import shop_floor
from actions.choosing import orders_card
from actions.questions import MAY_ANSWER, MOST_ASKS, OpenQuestion
from actions.trouble import (
    RECEIVED,
    find_order,
    issue_of,
    keep_photo,
    keep_words,
    named_line,
    note,
    trouble,
    troubled_line,
)
from actions.turn import Turn, button, inform
from bot.shop.remedy_policy import Issue, Severity

ISSUES = {
    "report_defect": Issue.DEFECT,
    "report_wrong_item": Issue.WRONG,
    "report_mismatch": Issue.MISMATCH,
}
"""What the intent says is wrong; of a wrong or short parcel the words tell which."""
MOST_PIECES = 4
"""Buttons for how many pieces."""
NEAR = 3
"""Readings among which a description of a fault may hide."""


class AfterSaleQuestion(OpenQuestion):
    form = "after_sale_form"
    own_intents = (*ISSUES, "ask_compensation")

    def read(self, turn: Turn) -> bool:
        question = (turn.slot("requested_slot") or "").partition(".")[2]
        find_order(turn)
        self._begin_anew(turn, question)
        before = trouble(turn)
        keep_photo(turn)
        self._read_issue(turn)
        self._read_severity(turn)
        if product := named_line(turn):
            note(turn, product=product)
        self._read_pieces(turn, question)
        if self._may_describe(turn, question):
            keep_words(turn)
        if question == "photo" and not turn.photo:
            self._read_no_photo(turn)
        turn.set(gave_up=None)
        if turn.order:
            note(turn, order=turn.order.id)
        return trouble(turn) != before

    @staticmethod
    def _begin_anew(turn: Turn, question: str) -> None:
        """A trouble with another order is another case.

        An order corrected while the bot is asking keeps what was said and only forgets the piece.
        """
        before = trouble(turn)
        ordered = turn.order.id if turn.order else None
        is_other = before.get("order") not in (None, ordered)
        if is_other and not question:
            turn.set(trouble=None, fault=None, photos=None, offered=None)
        elif is_other:
            note(turn, product=None, pieces=None, order=ordered)

    def _read_issue(self, turn: Turn) -> None:
        heard = shop_floor.dialogue().hear("issue", turn.words)
        if issue := turn.entity("issue"):
            note(turn, issue=Issue(issue).value)
        elif turn.intent == "report_wrong_item" and heard == "missing":
            note(turn, issue=Issue.MISSING.value)
        elif turn.intent in ISSUES:
            note(turn, issue=ISSUES[turn.intent].value)
        elif issue_of(turn) is None and turn.entity("fault"):
            note(turn, issue=Issue.DEFECT.value)
        elif issue_of(turn) is None and heard:
            note(turn, issue=heard)

    @staticmethod
    def _read_severity(turn: Turn) -> None:
        told = turn.entity("severity") or shop_floor.dialogue().hear("severity", turn.words)
        if told:
            note(turn, severity=Severity(told).value)

    @staticmethod
    def _read_pieces(turn: Turn, question: str) -> None:
        """How many pieces: of a short parcel the number said is the number missing."""
        told = turn.entity("quantity")
        line = troubled_line(turn)
        if told and (question == "pieces" or (line and int(told) <= line.quantity)):
            note(turn, pieces=max(1, int(told)))

    @staticmethod
    def _may_describe(turn: Turn, question: str) -> bool:
        """Words about the fault: said so by the model, holding a known fault, or given while the bot was asking."""
        near = {each["name"] for each in turn.ranking[:NEAR]}
        is_report = turn.intent in ISSUES or turn.entity("fault") is not None
        is_answer = turn.intent in MAY_ANSWER and turn.intent not in ("affirm", "deny")
        return is_report or (bool(question) and (is_answer or bool(near & set(ISSUES))))

    @staticmethod
    def _read_no_photo(turn: Turn) -> None:
        """No photo now: "不方便", or words instead; it may come later, nothing waits for it."""
        no = turn.intent == "deny" or shop_floor.dialogue().hear("no_photo", turn.words)
        is_coming = turn.intent == "affirm" and (turn.slot("asked") or 0) < MOST_ASKS
        if no or (turn.intent in MAY_ANSWER and not is_coming):
            note(turn, no_photo=True)

    def ask(self, turn: Turn) -> str | None:
        if turn.order is None and len(possible := turn.orders_in(RECEIVED)) == 1:
            turn.talk_about(possible[0])
            note(turn, order=possible[0].id)
        if turn.order is None:
            return self._ask_order(turn)
        for put in (self._ask_issue, self._ask_line, self._ask_pieces, self._ask_fault, self._ask_severity):
            if question := put(turn):
                return question
        return self._ask_photo(turn)

    @staticmethod
    def _ask_order(turn: Turn) -> str | None:
        if not turn.orders:
            return None
        card = orders_card(turn, turn.orders_in(RECEIVED))
        if turn.photo:
            turn.say("utter_which_troubled_order_photo", card=card)
        elif turn.slot("fault") and turn.slot("asked"):
            turn.say("utter_which_troubled_order_told", card=card, fault=turn.slot("fault"))
        else:
            turn.say("utter_which_troubled_order", card=card)
        return "order"

    @staticmethod
    def _ask_issue(turn: Turn) -> str | None:
        if issue_of(turn):
            return None
        turn.say("utter_which_issue")
        return "issue"

    @staticmethod
    def _ask_line(turn: Turn) -> str | None:
        if troubled_line(turn):
            return None
        names = [turn.shop.products[line.product_id] for line in turn.order.lines]
        turn.say("utter_which_line", [button(p.name, inform(product=p.id)) for p in names[:4]])
        return "line"

    @staticmethod
    def _ask_pieces(turn: Turn) -> str | None:
        """Of several pieces in one line, how many: it decides what they are worth."""
        line = troubled_line(turn)
        if line.quantity == 1 or trouble(turn).get("pieces"):
            return None
        numbers = [*range(1, min(line.quantity, MOST_PIECES))]
        words = shop_floor.dialogue()
        shown = [button(words.phrase("pieces", "some", count=n), inform(quantity=str(n))) for n in numbers]
        all_of_them = words.phrase("pieces", "all", count=line.quantity)
        missing = "missing" if issue_of(turn) is Issue.MISSING else "wrong"
        turn.say(
            f"utter_how_many_{missing}", [*shown, button(all_of_them, inform(quantity=str(line.quantity)))]
        )
        return "pieces"

    @staticmethod
    def _ask_fault(turn: Turn) -> str | None:
        """What and where: her own words or a photo; a missing piece needs neither."""
        case = trouble(turn)
        if case.get("told") or case.get("photos") or issue_of(turn) is Issue.MISSING:
            return None
        turn.say(f"utter_what_is_wrong_{issue_of(turn).value}")
        return "fault"

    @staticmethod
    def _ask_severity(turn: Turn) -> str | None:
        if trouble(turn).get("severity") or issue_of(turn) not in (Issue.DEFECT, Issue.MISMATCH):
            return None
        turn.say(f"utter_how_severe_{issue_of(turn).value}")
        return "severity"

    @staticmethod
    def _ask_photo(turn: Turn) -> str | None:
        case = trouble(turn)
        if (
            case.get("photos")
            or case.get("no_photo")
            or issue_of(turn) not in turn.shop.policy.remedies.photo
        ):
            return None
        is_coming = turn.slot("asked") and turn.intent == "affirm"
        turn.say("utter_photo_waiting" if is_coming else f"utter_photo_{issue_of(turn).value}")
        return "photo"
