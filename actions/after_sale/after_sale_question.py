"""after_sale_form: which order and piece, what is wrong with it, how badly, and a photo; never more than is missing."""

from __future__ import annotations

from collections.abc import Callable

from actions.after_sale import case_answers
from actions.after_sale.trouble import (
    count_ask,
    describes,
    find_order,
    has_arrived,
    issue_of,
    keep_photo,
    keep_words,
    named_line,
    note,
    past_quality,
    possible_orders,
    travels_apart,
    trouble,
    troubled_line,
)
from actions.common import shop_floor
from actions.common.choosing import orders_card
from actions.common.questions import MAY_ANSWER, MOST_ASKS, OpenQuestion
from actions.common.turn import Turn, button, inform
from bot.shop.after_sale.fault_words import pieces_in, pieces_short, said_issue, was_left_out
from bot.shop.after_sale.remedy_wish import Keeping, keeps, named
from bot.shop.orders.whose import is_someone_elses
from bot.shop.records.orders import OrderState
from bot.shop.records.remedy_policy import Issue, RemedyKind, Severity

ISSUES = {
    "report_defect": Issue.DEFECT,
    "report_wrong_item": Issue.WRONG,
    "report_mismatch": Issue.MISMATCH,
}
"""What the intent says is wrong; of a wrong or short parcel the words tell which."""
MOST_PIECES = 4
"""Buttons for how many pieces."""
NEEDED = ("order", "issue", "line")
"""Without these there is no case: a person asks on."""
WISHES = ("ask_refund", "ask_return", "ask_exchange", "ask_compensation")
ANY_WISH = "any"
"""She wants something done, and has not said what."""
FOR_A_PERSON = (RemedyKind.RESEND.value, RemedyKind.FULL_REFUND.value)
DECIDED = (
    RemedyKind.RETURN.value,
    RemedyKind.EXCHANGE.value,
    *(each.value for each in Keeping),
    *FOR_A_PERSON,
)
"""Named remedies that are booked or handed over whatever else there is to know; a photo may follow."""
SEVERITY_UNSAID = Severity.MODERATE.value
"""Asked how bad it is she tells more of it: the middle, and no second question in the same words."""
NEAR = 3
"""Readings among which a description of a fault may hide."""


class AfterSaleQuestion(OpenQuestion):
    form = "after_sale_form"
    own_intents = (*ISSUES, "ask_compensation")

    def asked_beside(self, turn: Turn) -> str | None:
        return case_answers.taker(turn)

    def read(self, turn: Turn) -> bool:
        question = (turn.slot("requested_slot") or "").partition(".")[2]
        told = turn.order
        find_order(turn)
        is_hers_still = turn.order is not None or told is None
        if is_hers_still and case_answers.answer(turn) and question:
            case_answers.take_back_count(turn, question)
            return True
        if turn.words and is_someone_elses(turn.words):
            turn.set(trouble={"elses": True}, fault=None)
            return True
        self._begin_anew(turn, question)
        before = trouble(turn)
        keep_photo(turn)
        self._read_issue(turn)
        self._read_severity(turn)
        case_answers.ask_after_her(turn)
        if product := named_line(turn):
            note(turn, product=product)
        self._read_pieces(turn, question)
        if (named := turn.entity("price")) is not None and turn.intent in ("ask_compensation", "inform"):
            note(turn, demand=str(named))
        if self._may_describe(turn, question):
            keep_words(turn)
        self._read_wish(turn, question)
        if question == "severity" and turn.words and not trouble(turn).get("severity") and describes(turn):
            note(turn, severity=SEVERITY_UNSAID)
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
        """What she says by button or in words; how an answer ("一只") is read changes no known trouble."""
        is_asked = turn.slot("requested_slot") is not None
        if issue := turn.entity("issue") or self._told_issue(turn):
            note(turn, issue=Issue(issue).value)
        elif turn.intent in ISSUES and (turn.is_payload or issue_of(turn) is None or not is_asked):
            note(turn, issue=ISSUES[turn.intent].value)
        elif issue_of(turn) is None and turn.entity("fault"):
            note(turn, issue=Issue.DEFECT.value)

    @staticmethod
    def _told_issue(turn: Turn) -> Issue | None:
        """The kind her words name. Broken goods are no correction of what was sent wrong or short, and beside a
        difference from the page the model decides."""
        said = said_issue(turn.words) if turn.words else None
        missing = shop_floor.dialogue().hear("issue", turn.words) == Issue.MISSING.value
        if said is None and missing and (turn.intent == "report_wrong_item" or issue_of(turn) is None):
            return Issue.MISSING
        if said is Issue.MISSING and issue_of(turn) is Issue.DEFECT and not was_left_out(turn.words):
            return None
        if said is Issue.DEFECT and (issue_of(turn) is not None or turn.intent == "report_mismatch"):
            return None
        if said is Issue.MISSING and turn.intent == "report_defect":
            return None
        return said

    @staticmethod
    def _read_severity(turn: Turn) -> None:
        told = turn.entity("severity") or shop_floor.dialogue().hear("severity", turn.words)
        if told:
            note(turn, severity=Severity(told).value)

    @staticmethod
    def _read_pieces(turn: Turn, question: str) -> None:
        """How many pieces: of a short parcel the number said is the number missing."""
        line = troubled_line(turn)
        spoken = pieces_in(turn.words, line.quantity) if line and turn.words else None
        short = pieces_short(turn.words, line.quantity) if line and turn.words else None
        counted = turn.entity("quantity") or spoken or shop_floor.dialogue().hear("pieces", turn.words)
        told = short if short and issue_of(turn) is Issue.MISSING else counted
        if told and (question == "pieces" or (line and int(told) <= line.quantity)):
            note(turn, pieces=max(1, int(told)))

    @staticmethod
    def _read_wish(turn: Turn, question: str) -> None:
        """What she wants for it, said while the bot is still asking: it is heard, and the options come soon."""
        if not turn.words:
            return
        if kind := named(turn.words):
            note(turn, wish=kind.value)
        elif kept := keeps(turn.words):
            note(turn, wish=kept.value)
        is_asked = shop_floor.dialogue().hear("about_remedy", turn.words) is not None
        if question and turn.intent in WISHES and not is_asked and not trouble(turn).get("wish"):
            note(turn, wish=ANY_WISH)

    @staticmethod
    def _take_note_of_wish(turn: Turn) -> None:
        """Said once, and only before a question that stands between her and what she wants."""
        case = trouble(turn)
        if case.get("wish") and not case.get("wish_told") and turn.slot("requested_slot"):
            note(turn, wish_told=True)
            turn.say("utter_wish_noted")

    @staticmethod
    def _may_describe(turn: Turn, question: str) -> bool:
        """Words about the fault: said so by the model, holding a known fault, or given while the bot was asking."""
        near = {each["name"] for each in turn.ranking[:NEAR]}
        if named(turn.words) and trouble(turn).get("told"):
            return False
        is_report = turn.intent in ISSUES or turn.entity("fault") is not None
        is_report = is_report or said_issue(turn.words) is not None
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
        if trouble(turn).get("elses"):
            return None
        if turn.order is None and len(possible := possible_orders(turn)) == 1:
            turn.talk_about(possible[0])
            note(turn, order=possible[0].id, product=trouble(turn).get("product") or named_line(turn))
            self._read_pieces(turn, "")
        if turn.order is None and not turn.orders:
            return None
        if turn.order and turn.order.state is OrderState.SHIPPED and not has_arrived(turn, turn.order):
            return None  # nothing of it has arrived: that is said first
        if (
            turn.order
            and issue_of(turn)
            and (travels_apart(turn, turn.order) or past_quality(turn, turn.order))
        ):
            return None  # nothing is missing, or a person decides: no photo is asked for
        for name, is_open, put in self._steps():
            if not is_open(turn):
                continue
            if not count_ask(turn, name):
                if name in NEEDED:
                    turn.set(gave_up=self.form)
                    return None
                continue  # twice is enough: the case goes on with what is known
            self._take_note_of_wish(turn)
            if turn.photo and name not in ("order", "photo"):
                turn.say_words(shop_floor.dialogue().phrase("photo", "got"))
            put(turn)
            return name
        return None

    def _give_up(self, turn: Turn) -> list[dict]:
        """What is not understood twice is left open where the case can do without it."""
        question = (turn.slot("requested_slot") or "").partition(".")[2]
        return super()._give_up(turn) if question in NEEDED else self._ask_on(turn, 0)

    def _steps(self) -> tuple[tuple[str, Callable[[Turn], bool], Callable[[Turn], None]], ...]:
        """What there is to ask, in this order: its name, whether it is open, and the asking."""
        return (
            ("order", lambda turn: turn.order is None, self._ask_order),
            ("issue", lambda turn: issue_of(turn) is None, self._ask_issue),
            ("line", lambda turn: troubled_line(turn) is None, self._ask_line),
            ("pieces", self._needs_pieces, self._ask_pieces),
            ("fault", self._needs_fault, self._ask_fault),
            ("severity", self._needs_severity, self._ask_severity),
            ("photo", self._needs_photo, self._ask_photo),
        )

    @staticmethod
    def _ask_order(turn: Turn) -> None:
        card = orders_card(turn, possible_orders(turn))
        if turn.photo:
            turn.say("utter_which_troubled_order_photo", card=card)
        elif turn.slot("fault") and turn.slot("asked"):
            turn.say("utter_which_troubled_order_told", card=card, fault=turn.slot("fault"))
        else:
            turn.say("utter_which_troubled_order", card=card)

    @staticmethod
    def _ask_issue(turn: Turn) -> None:
        turn.say("utter_which_issue")

    @staticmethod
    def _ask_line(turn: Turn) -> None:
        names = [turn.shop.products[line.product_id] for line in turn.order.lines]
        turn.say("utter_which_line", [button(p.name, inform(product=p.id)) for p in names[:4]])

    @staticmethod
    def _needs_pieces(turn: Turn) -> bool:
        """Of several pieces in one line, how many: it decides what they are worth."""
        line = troubled_line(turn)
        is_open = line is not None and line.quantity > 1 and not trouble(turn).get("pieces")
        return is_open and trouble(turn).get("wish") not in FOR_A_PERSON

    @staticmethod
    def _ask_pieces(turn: Turn) -> None:
        quantity, words = troubled_line(turn).quantity, shop_floor.dialogue()
        some = range(1, min(quantity, MOST_PIECES))
        shown = [button(words.phrase("pieces", "some", count=n), inform(quantity=str(n))) for n in some]
        shown.append(button(words.phrase("pieces", "all", count=quantity), inform(quantity=str(quantity))))
        turn.say(f"utter_how_many_{'missing' if issue_of(turn) is Issue.MISSING else 'wrong'}", shown)

    @staticmethod
    def _needs_fault(turn: Turn) -> bool:
        """What and where: her own words or a photo; a missing piece needs neither."""
        case = trouble(turn)
        is_known = case.get("told") or case.get("photos") or issue_of(turn) is Issue.MISSING
        return not (is_known or case.get("wish") in DECIDED)

    @staticmethod
    def _ask_fault(turn: Turn) -> None:
        turn.say(f"utter_what_is_wrong_{issue_of(turn).value}")

    @staticmethod
    def _needs_severity(turn: Turn) -> bool:
        case = trouble(turn)
        is_open = not case.get("severity") and issue_of(turn) in (Issue.DEFECT, Issue.MISMATCH)
        return is_open and case.get("wish") not in DECIDED

    @staticmethod
    def _ask_severity(turn: Turn) -> None:
        turn.say(f"utter_how_severe_{issue_of(turn).value}")

    @staticmethod
    def _needs_photo(turn: Turn) -> bool:
        case = trouble(turn)
        is_wanted = issue_of(turn) in turn.shop.policy.remedies.photo
        is_known = case.get("photos") or case.get("no_photo") or case.get("wish") in DECIDED
        return is_wanted and not is_known

    @staticmethod
    def _ask_photo(turn: Turn) -> None:
        is_coming = turn.slot("asked") and turn.intent == "affirm"
        turn.say("utter_photo_waiting" if is_coming else f"utter_photo_{issue_of(turn).value}")
