"""remedy_form: which of the remedies. The answer may be a button, words, a sum of money, a refusal, or a photo."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from actions.after_sale import case_answers
from actions.after_sale.trouble import (
    case_of,
    count_ask,
    issue_of,
    keep_photo,
    note,
    severity_of,
    talk_of,
    trouble,
    troubled_line,
)
from actions.common import shop_floor
from actions.common.cards import day
from actions.common.questions import OpenQuestion
from actions.common.turn import Turn, inform
from bot.placeholders import yuan
from bot.shop.after_sale import negotiation, remedy_wish, return_word
from bot.shop.after_sale.negotiation import STEPS, Answer, ForPerson, Offer, Settled, Talk
from bot.shop.after_sale.remedies import Case, RemedyOption
from bot.shop.after_sale.remedy_wish import Keeping
from bot.shop.records.remedy_policy import Issue, RemedyKind, Severity
from bot.text import measures

REFUSE = "refuse"
IN_WORDS = ("return", "exchange", "resend", "full_refund")
"""Remedies whose name alone is no choice: remedy_wish reads whether she wants it or rules it out."""
FOR_A_PERSON = (RemedyKind.RESEND, RemedyKind.FULL_REFUND)
"""Asked for though never offered, a person decides about them."""
HALF = Decimal("0.5")
KEPT = "keep"
"""How it is put before whom keeps the goods."""


class RemedyQuestion(OpenQuestion):
    form = "remedy_form"
    own_intents = ("ask_compensation", "bargain")

    def asked_beside(self, turn: Turn) -> str | None:
        return case_answers.taker(turn)

    def read(self, turn: Turn) -> bool:
        talk = talk_of(turn)
        if turn.slot("requested_slot") is None or talk is None or turn.order is None:
            return False
        keep_photo(turn)
        if turn.photo or case_answers.answer(turn) or case_answers.say_how_long(turn):
            return True
        if turn.words and return_word.asks_amount(turn.words):
            return True  # 退多少: the sums stand on the card
        answer = self._answer(turn, talk)
        if answer is None:
            return False
        self._keep(turn, *answer)
        return True

    def _answer(self, turn: Turn, talk: Talk) -> tuple[Answer, Talk] | None:
        case = case_of(turn, turn.order)
        money = named_sum(turn, case.value)
        if money is None and turn.words and (wish := remedy_wish.named(turn.words)):
            return negotiation.named(case, talk, wish)
        asked = remedy_wish.asked_for(turn.words) if money is None and turn.words else None
        if asked in FOR_A_PERSON and talk.offered(asked) is None:
            return negotiation.named(case, talk, asked)  # 能补一个碗吗: no list answers that
        keeps = remedy_wish.keeps(turn.words) if money is None and turn.words else None
        if keeps is Keeping.MONEY and talk.offered(RemedyKind.PARTIAL_REFUND) and not is_question(turn):
            return negotiation.accept(case, talk, RemedyKind.PARTIAL_REFUND)
        if keeps:
            note(turn, wording=KEPT)
            return negotiation.keeping(case, talk, keeps is Keeping.MONEY)
        if money is None and (chosen := _chosen_kind(turn, talk)):
            return negotiation.accept(case, talk, chosen)
        if money is None:
            money = bare_sum(turn)
        if money is not None:
            turn.set(demanded=yuan(money))
            note(turn, wording="demand")
            return negotiation.demand(case, talk, money)
        if refuses(turn, talk):
            note(turn, wording="more")
            return negotiation.refuse(case, talk)
        return None

    @staticmethod
    def _keep(turn: Turn, answer: Answer, talk: Talk) -> None:
        if isinstance(answer, Offer):
            show(turn, answer.options, talk)
            return
        keep_outcome(turn, answer, talk)

    def ask(self, turn: Turn) -> str | None:
        case, talk = trouble(turn), talk_of(turn)
        if talk is None or turn.order is None or case.get("outcome"):
            return None
        question = f"choice{len(talk.shown)}"
        if not count_ask(turn, question):
            if not turn.has_spoken:  # what was answered just now is enough
                turn.say("utter_photo_kept" if turn.photo else "utter_choice_open", order=turn.order.id)
            return question
        shown = self._rows(turn, talk)
        card = {
            "type": "remedies",
            "order_id": turn.order.id,
            "options": [option_row(o, is_part(turn)) for o in shown],
        }
        line = troubled_line(turn)
        product = turn.shop.products[line.product_id].name if line else ""
        turn.say(
            self._wording(turn),
            card=card,
            order=turn.order.id,
            product=product,
            demanded=turn.slot("demanded") or "",
        )
        note(turn, wording="again")
        return question

    @staticmethod
    def _wording(turn: Turn) -> str:
        kind = trouble(turn).get("wording")
        if turn.photo and kind:
            return "utter_remedies_photo"
        return f"utter_remedies_{kind}" if kind else f"utter_remedies_{issue_of(turn).value}"

    @staticmethod
    def _rows(turn: Turn, talk: Talk) -> list[RemedyOption]:
        rows = trouble(turn).get("rows") or []
        found = negotiation.worked_out(case_of(turn, turn.order), talk)
        return [each for each in found if each.kind.value in rows]


def begin(turn: Turn) -> bool:
    """Work out the first offer, or go on with a talk that was broken off; False where there is no choice of two."""
    if talk := talk_of(turn):
        note(turn, wording="again")
        meet_wish(turn, talk)
        return True
    case, named = case_of(turn, turn.order), trouble(turn).get("demand")
    answer, talk = negotiation.begin(case, severity_of(turn))
    note(turn, outcome=None, wording=None)
    show(turn, answer.options, talk)
    if named is not None:
        answer_sum(turn, case, talk, Decimal(named))
    if meet_wish(turn, talk):
        return True
    return len(answer.options) >= 2


def meet_wish(turn: Turn, talk: Talk) -> bool:
    """What she named before any list is done or a person's matter, and no list is put before her."""
    wish = trouble(turn).get("wish")
    is_kept = wish in {each.value for each in Keeping}
    if not is_kept and wish not in {kind.value for kind in RemedyKind}:
        return False
    note(turn, wish=None)
    case = case_of(turn, turn.order)
    if is_kept:
        answer, talk = negotiation.keeping(case, talk, wish == Keeping.MONEY)
    else:
        answer, talk = negotiation.named(case, talk, RemedyKind(wish))
    if isinstance(answer, Offer):
        if is_kept:
            note(turn, wording=KEPT)
            show(turn, answer.options, talk)
        return False
    keep_outcome(turn, answer, talk)
    return True


def answer_sum(turn: Turn, case: Case, talk: Talk, money: Decimal) -> None:
    """A sum she named before any offer: agreed to at once, or the first offer answers it."""
    answer, _ = negotiation.demand(case, talk, money)
    if isinstance(answer, Settled):
        keep_outcome(turn, answer, talk)
        return
    turn.set(demanded=yuan(money))
    note(turn, wording="demand", talk=replace(talk, high_asks=1).as_slot())


def show(turn: Turn, options: tuple[RemedyOption, ...], talk: Talk) -> None:
    """Remember what is put before the buyer; with its costs for an agent's eyes."""
    note(turn, talk=talk.as_slot(), rows=[each.kind.value for each in options])
    turn.set(offered=priced(negotiation.worked_out(case_of(turn, turn.order), talk)))


def priced(options: tuple[RemedyOption, ...]) -> str:
    words = shop_floor.dialogue()
    return "、".join(
        words.phrase("remedy", "with_cost", title=each.title, cost=yuan(each.cost)) for each in options
    )


def keep_outcome(turn: Turn, answer: Settled | ForPerson, talk: Talk) -> None:
    """What the talk came to, for the action after the form."""
    if isinstance(answer, Settled):
        found: dict[str, Any] = {"kind": answer.option.kind.value, "amount": str(answer.option.amount)}
    else:
        found = {
            "person": True,
            "kind": answer.wanted.kind.value if answer.wanted else None,
            "demand": str(answer.demand) if answer.demand is not None else None,
        }
    note(turn, outcome=found, talk=talk.as_slot())


def is_part(turn: Turn) -> bool:
    """Whether only some pieces of the line are missing: what came is hers to keep, and not all is paid back."""
    line, pieces = troubled_line(turn), trouble(turn).get("pieces")
    return issue_of(turn) is Issue.MISSING and line is not None and bool(pieces) and pieces < line.quantity


def option_row(option: RemedyOption, is_part: bool = False) -> dict[str, str]:
    words = shop_floor.dialogue()
    is_of_part = is_part and option.kind is RemedyKind.FULL_REFUND
    title = words.phrase("remedy", "part", amount=yuan(option.amount)) if is_of_part else option.title
    detail = words.phrase("remedy", option.kind.value, amount=yuan(option.amount))
    if not option.within_authority:
        detail = words.phrase("remedy", "needs_person", detail=detail)
    return {
        "kind": option.kind.value,
        "title": title,
        "amount": yuan(option.amount),
        "detail": detail,
        "deadline": words.phrase("remedy", "deadline", day=day(option.deadline)),
        "payload": inform(remedy=option.kind.value),
    }


def _chosen_kind(turn: Turn, talk: Talk) -> RemedyKind | None:
    """By button, by its name ("换一件吧"), by its place ("第二个"), or a plain yes where there is one to say yes to."""
    told = turn.entity("remedy")
    if told in {kind.value for kind in RemedyKind}:
        return RemedyKind(told)
    rows = [RemedyKind(kind) for kind in trouble(turn).get("rows") or []]
    if not turn.words or is_question(turn):
        return None
    words = shop_floor.dialogue()
    if asked := remedy_wish.asked_for(turn.words):
        return asked
    named = words.hear("remedy_answer", turn.words)
    if named and named != REFUSE and named not in IN_WORDS:
        return RemedyKind(named)
    place = words.hear("place", turn.words)
    if place:
        return rows[int(place) - 1] if int(place) <= len(rows) else None
    offers = [kind for kind in rows if kind is not RemedyKind.RETURN]
    return offers[0] if turn.intent == "affirm" and named is None and len(offers) == 1 else None


def named_sum(turn: Turn, value: Decimal) -> Decimal | None:
    """The yuan she asks for: a sum, or half of what she paid. "10块够干嘛" asks for nothing."""
    words = shop_floor.dialogue()
    if not turn.words or words.hear("remedy_answer", turn.words) == REFUSE:
        return None
    if words.hear("share", turn.words) == "half":
        return (value * HALF).quantize(Decimal("0.01"))
    told = turn.entity("price")
    return None if told is None else Decimal(str(told)).quantize(Decimal("0.01"))


def bare_sum(turn: Turn) -> Decimal | None:
    """A number and no more ("80吧") in answer to the options."""
    if not turn.words or turn.intent not in ("inform", "ask_compensation", "bargain", "nlu_fallback"):
        return None
    if shop_floor.dialogue().hear("remedy_answer", turn.words) == REFUSE:
        return None
    read = measures.read(turn.words, "price")
    return Decimal(str(read.value)).quantize(Decimal("0.01")) if read else None


def refuses(turn: Turn, talk: Talk) -> bool:
    """No in any way, or the trouble is graver than was said at first."""
    words = shop_floor.dialogue()
    if turn.intent == "deny" or words.hear("remedy_answer", turn.words) == REFUSE:
        return True
    if turn.words and remedy_wish.is_ruled_out(turn.words):
        return True
    graver = words.hear("severity", turn.words) if turn.words and not is_question(turn) else None
    return graver is not None and STEPS.index(Severity(graver)) > STEPS.index(talk.severity)


def is_question(turn: Turn) -> bool:
    """She asks about a remedy and does not choose it yet; "换一件行吗" chooses."""
    return shop_floor.dialogue().hear("about_remedy", turn.words) is not None
