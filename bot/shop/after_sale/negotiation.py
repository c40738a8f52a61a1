"""Finding a remedy both can live with: offer, refusal, counter-demand, acceptance, as a state over the chat.

Source: shop-rules.md, "After the sale" (000 1.2.1 the ladder and two options or more, 003 front-line authority). Every
step stays inside policy and authority, nothing is offered twice, and the end is a settled case or a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any

from bot.shop.after_sale.remedies import Case, RemedyOption, for_case, is_possible, money_at, option
from bot.shop.records.remedy_policy import RemedyKind, Severity

STEPS = (Severity.MINOR, Severity.MODERATE, Severity.SEVERE)
MOST_ROWS = 4
"""Options at once (004 §3)."""
KEPT_GOODS = (RemedyKind.COUPON, RemedyKind.PARTIAL_REFUND, RemedyKind.RETURN)
"""For whom keeps the goods, cheapest first."""


@dataclass(frozen=True)
class Offer:
    """Put these before the buyer."""

    options: tuple[RemedyOption, ...]


@dataclass(frozen=True)
class Settled:
    """Agreed and within the bot's authority."""

    option: RemedyOption


@dataclass(frozen=True)
class ForPerson:
    """A person decides; `options` is what was worked out, `wanted` what she chose, `demand` the yuan she asks for."""

    options: tuple[RemedyOption, ...]
    wanted: RemedyOption | None = None
    demand: Decimal | None = None


Answer = Offer | Settled | ForPerson


@dataclass(frozen=True)
class Talk:
    """Where the talk stands. `shown`: every remedy put before the buyer with its yuan; `high_asks`: demands that were
    answered with what can be done; `since`: when the first offer was made."""

    severity: Severity
    since: datetime
    shown: tuple[tuple[RemedyKind, Decimal], ...] = ()
    high_asks: int = 0

    def as_slot(self) -> dict[str, Any]:
        return {
            "severity": self.severity.value,
            "since": self.since.isoformat(timespec="seconds"),
            "shown": [[kind.value, str(amount)] for kind, amount in self.shown],
            "high_asks": self.high_asks,
        }

    @classmethod
    def from_slot(cls, slot: Mapping[str, Any]) -> Talk:
        return cls(
            Severity(slot["severity"]),
            datetime.fromisoformat(slot["since"]),
            tuple((RemedyKind(kind), Decimal(amount)) for kind, amount in slot["shown"]),
            int(slot["high_asks"]),
        )

    def offered(self, kind: RemedyKind) -> Decimal | None:
        """The most that was offered of this kind, None if it was not."""
        return max((amount for each, amount in self.shown if each is kind), default=None)


def begin(case: Case, severity: Severity) -> tuple[Offer, Talk]:
    """The first offer: severity decides where on the ladder."""
    found = for_case(case, severity)
    return Offer(found), _with(Talk(severity, case.now), found)


def refuse(case: Case, talk: Talk) -> tuple[Answer, Talk]:
    """None of these: up the ladder to what has not been offered yet, at last a person."""
    for severity in STEPS[STEPS.index(talk.severity) + 1 :]:
        if rows := _rows(case, talk, severity, for_case(case, severity)):
            return Offer(rows), _with(replace(talk, severity=severity), rows)
    others = [
        option(case, rung.kind, Severity.SEVERE)
        for rung in case.policy.remedies.ladder
        if rung.kind is not RemedyKind.EXPLAIN and is_possible(case, rung.kind, Severity.SEVERE)
    ]
    if rows := _rows(case, talk, Severity.SEVERE, others):
        return Offer(rows), _with(replace(talk, severity=Severity.SEVERE), rows)
    return ForPerson(worked_out(case, talk)), talk


def demand(case: Case, talk: Talk, yuan: Decimal) -> tuple[Answer, Talk]:
    """She names a sum: given at once up to what one refusal more would bring; never less than was offered."""
    offered = talk.offered(RemedyKind.PARTIAL_REFUND) or Decimal(0)
    most = most_money(case, talk.severity)
    ready = offered if most and offered <= case.money_left else Decimal(0)
    if 0 < yuan <= max(most, ready):
        return Settled(option(case, RemedyKind.PARTIAL_REFUND, talk.severity, max(yuan, ready))), talk
    if talk.high_asks == 0:
        answer, moved = _best_that_can_be_done(case, replace(talk, high_asks=1), most, offered)
        if isinstance(answer, Offer):
            return answer, moved
    return ForPerson(worked_out(case, talk), demand=yuan), talk


def accept(case: Case, talk: Talk, kind: RemedyKind) -> tuple[Answer, Talk]:
    """She chose: settled within authority, else for a person. What was never offered is not given, and an offer whose
    time is over is made anew."""
    offered = worked_out(case, talk)
    chosen = next((each for each in offered if each.kind is kind), None)
    if chosen is None:
        return Offer(offered), talk
    if is_stale(case, talk) and kind not in (RemedyKind.RETURN, RemedyKind.EXCHANGE):
        return begin(case, talk.severity)
    return (Settled(chosen) if chosen.within_authority else ForPerson(offered, wanted=chosen)), talk


def named(case: Case, talk: Talk, kind: RemedyKind) -> tuple[Answer, Talk]:
    """She says herself what she wants, offered or not: done if the law or the authority gives it, else a person's with
    her choice. A coupon or money is only put before her with its sum (003: a named wish is never met with the list)."""
    if any(each.kind is kind for each in worked_out(case, talk)) and (
        kind is RemedyKind.RETURN or talk.offered(kind) is not None
    ):
        return accept(case, talk, kind)
    wanted = option(case, kind, talk.severity)
    if not is_possible(case, kind, talk.severity) or not wanted.within_authority:
        return ForPerson(worked_out(case, talk), wanted=wanted), talk
    if kind in (RemedyKind.RETURN, RemedyKind.EXCHANGE):
        return Settled(wanted), talk
    shown = _with(talk, [wanted])
    return Offer(worked_out(case, shown)), shown


def keeping(case: Case, talk: Talk, wants_money: bool) -> tuple[Answer, Talk]:
    """She keeps the goods: a coupon, a part of the money with its sum; the return the law gives stays in reach. More
    than the bot may give is a person's."""
    rows = [
        option(case, kind, talk.severity, talk.offered(kind) if kind is RemedyKind.PARTIAL_REFUND else None)
        for kind in KEPT_GOODS
        if is_possible(case, kind, talk.severity)
    ]
    money = next((row for row in rows if row.kind is RemedyKind.PARTIAL_REFUND), None)
    is_meant = wants_money and money is not None
    rows = [row for row in rows if row.within_authority and not (is_meant and row.kind is RemedyKind.COUPON)]
    if (wants_money and money not in rows) or len(rows) < 2:
        return ForPerson(worked_out(case, talk), wanted=money if wants_money else None), talk
    return Offer(tuple(rows)), _with(talk, [row for row in rows if _is_new(talk, row)])


def is_stale(case: Case, talk: Talk) -> bool:
    """The time an offer stands is over."""
    return case.now > talk.since + timedelta(hours=case.policy.remedies.answer_hours)


def most_money(case: Case, severity: Severity) -> Decimal:
    """The yuan the bot may agree to: what the next step up the ladder gives, within its authority; 0 is none."""
    if RemedyKind.PARTIAL_REFUND not in case.policy.remedies.authority.kinds:
        return Decimal(0)
    higher = STEPS[min(STEPS.index(severity) + 1, len(STEPS) - 1)]
    return min(money_at(case, higher), case.money_left.quantize(Decimal("0.01"), rounding=ROUND_DOWN))


def worked_out(case: Case, talk: Talk) -> tuple[RemedyOption, ...]:
    """All that was offered and is still possible, with the return the law gives, cheapest first."""
    kinds = {kind for kind, _ in talk.shown} | {RemedyKind.RETURN}
    possible = [r.kind for r in case.policy.remedies.ladder if r.kind in kinds]
    return tuple(
        option(case, kind, talk.severity, talk.offered(kind) if kind is RemedyKind.PARTIAL_REFUND else None)
        for kind in possible
        if is_possible(case, kind, talk.severity)
    )


def _best_that_can_be_done(case: Case, talk: Talk, most: Decimal, offered: Decimal) -> tuple[Answer, Talk]:
    """More money if there is more, else the next step."""
    if most <= offered:
        return refuse(case, talk)
    severity = STEPS[min(STEPS.index(talk.severity) + 1, len(STEPS) - 1)]
    money = option(case, RemedyKind.PARTIAL_REFUND, severity, most)
    rest = [each for each in for_case(case, severity) if each.kind is not RemedyKind.PARTIAL_REFUND]
    rows = _rows(case, talk, severity, [money, *rest])
    return Offer(rows), _with(replace(talk, severity=severity), rows)


def _rows(
    case: Case, talk: Talk, severity: Severity, found: Iterable[RemedyOption]
) -> tuple[RemedyOption, ...]:
    """What is new among `found`, and beside it the standing right to return; empty where the bot has nothing new.

    What only a person may grant fills up to two rows but never makes an offer of its own.
    """
    fresh = [each for each in found if _is_new(talk, each)]
    rows = [each for each in fresh if each.within_authority][: MOST_ROWS - 1]
    if not rows:
        return ()
    has_return = any(each.kind is RemedyKind.RETURN for each in rows)
    if not has_return and is_possible(case, RemedyKind.RETURN, severity):
        rows.append(option(case, RemedyKind.RETURN, severity))
    if len(rows) < 2:
        rows += [each for each in fresh if not each.within_authority][:1]
    order = [rung.kind for rung in case.policy.remedies.ladder]
    return tuple(sorted(rows, key=lambda each: order.index(each.kind)))


def _is_new(talk: Talk, found: RemedyOption) -> bool:
    """Of a kind not offered yet, or more money of the same kind."""
    before = talk.offered(found.kind)
    return before is None or (found.kind is RemedyKind.PARTIAL_REFUND and found.amount > before)


def _with(talk: Talk, rows: Iterable[RemedyOption]) -> Talk:
    return replace(talk, shown=(*talk.shown, *((each.kind, each.amount) for each in rows)))
