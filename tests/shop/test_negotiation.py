"""Offer, refusal, counter-demand and acceptance: what the bot may do, and that it always ends."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.after_sale.negotiation import (
    STEPS,
    ForPerson,
    Offer,
    Settled,
    Talk,
    accept,
    begin,
    demand,
    is_stale,
    refuse,
)  # fmt: skip
from bot.shop.after_sale.remedies import Case, is_possible, return_deadline
from bot.shop.records.remedy_policy import Issue, RemedyKind, Severity


@pytest.fixture
def order(shop):
    """A coat of 600 and two scarves of 100, 80 off, postage 10; delivered on the 18th."""
    return shop.orders["20261119000001"]


@pytest.fixture
def scarves(shop, order, now):
    """Two scarves, 180 paid: money back from 36 to 90, the bot's authority is 50."""
    return Case(shop.policy, order, order.lines[1], Issue.MISMATCH, now)


def kinds(answer):
    return [option.kind.value for option in answer.options]


def test_each_refusal_brings_something_new_and_the_return_stays_in_reach(scarves):
    first, talk = begin(scarves, Severity.MINOR)
    assert kinds(first) == ["coupon", "partial_refund", "return"]
    second, talk = refuse(scarves, talk)
    assert [(o.kind.value, o.amount) for o in second.options] == [("partial_refund", 50), ("return", 180)]
    third, talk = refuse(scarves, talk)
    assert kinds(third) == ["exchange", "return"]
    last, _ = refuse(scarves, talk)
    assert isinstance(last, ForPerson)
    assert "return" in kinds(last)


DEMANDS = [
    # severity, yuan asked for → what comes of it
    (Severity.MINOR, 36, Settled, 36),  # what was offered
    (Severity.MINOR, 10, Settled, 36),  # never less than was offered
    (Severity.MINOR, 50, Settled, 50),  # up to what one refusal would have brought
    (Severity.MODERATE, 50, Settled, 50),
    (Severity.MINOR, 51, Offer, 50),  # over the authority: what can be done
    (Severity.MODERATE, 100, Offer, None),
]


@pytest.mark.parametrize(("severity", "yuan", "outcome", "money"), DEMANDS)
def test_a_named_sum_is_met_within_range_and_authority(scarves, severity, yuan, outcome, money):
    _, talk = begin(scarves, severity)
    answer, _ = demand(scarves, talk, Decimal(yuan))
    assert isinstance(answer, outcome)
    if isinstance(answer, Settled):
        assert (answer.option.kind, answer.option.amount) == (RemedyKind.PARTIAL_REFUND, money)
        assert answer.option.within_authority
    else:
        offered = [o.amount for o in answer.options if o.kind is RemedyKind.PARTIAL_REFUND]
        assert offered == ([money] if money else [])


def test_a_sum_too_high_is_answered_once_and_then_goes_to_a_person_with_the_sum(scarves):
    _, talk = begin(scarves, Severity.MINOR)
    first, talk = demand(scarves, talk, Decimal(150))
    assert isinstance(first, Offer)
    second, _ = demand(scarves, talk, Decimal(150))
    assert isinstance(second, ForPerson)
    assert second.demand == 150


def test_only_what_was_offered_is_given(scarves):
    _, talk = begin(scarves, Severity.MINOR)
    assert isinstance(accept(scarves, talk, RemedyKind.FULL_REFUND)[0], Offer)
    settled, _ = accept(scarves, talk, RemedyKind.PARTIAL_REFUND)
    assert isinstance(settled, Settled)
    assert settled.option.amount == 36


def test_the_higher_of_two_offers_of_money_is_the_one_that_stands(scarves):
    _, talk = begin(scarves, Severity.MINOR)
    _, talk = refuse(scarves, talk)
    assert accept(scarves, talk, RemedyKind.PARTIAL_REFUND)[0].option.amount == 50


def test_an_offer_of_money_lapses_but_the_return_does_not(shop, order, now, scarves):
    _, talk = begin(scarves, Severity.MINOR)
    later = Case(shop.policy, order, order.lines[1], Issue.MISMATCH, now + timedelta(hours=49))
    assert is_stale(later, talk)
    assert isinstance(accept(later, talk, RemedyKind.PARTIAL_REFUND)[0], Offer)
    assert isinstance(accept(later, talk, RemedyKind.RETURN)[0], Settled)


def test_what_only_a_person_may_grant_is_for_a_person_when_chosen(shop, order, now):
    case = Case(shop.policy, order, order.lines[1], Issue.MISSING, now)
    _, talk = begin(case, Severity.SEVERE)
    chosen, _ = accept(case, talk, RemedyKind.RESEND)
    assert isinstance(chosen, ForPerson)
    assert chosen.wanted.kind is RemedyKind.RESEND


def test_the_state_survives_the_tracker(scarves):
    _, talk = begin(scarves, Severity.MODERATE)
    _, talk = demand(scarves, talk, Decimal(500))
    assert Talk.from_slot(talk.as_slot()) == talk


@pytest.mark.parametrize(
    "limits",
    [{"amount": Decimal(0)}, {"kinds": ()}, {"kinds": (RemedyKind.EXPLAIN, RemedyKind.RETURN)}],
    ids=["no money", "nothing at all", "no kind with money"],
)
def test_an_explicit_nothing_means_that_the_bot_gives_no_money(shop, order, now, limits):
    authority = shop.policy.remedies.authority.model_copy(update=limits)
    remedies = shop.policy.remedies.model_copy(update={"authority": authority})
    case = Case(
        shop.policy.model_copy(update={"remedies": remedies}), order, order.lines[1], Issue.DEFECT, now
    )
    for severity in STEPS:
        _, talk = begin(case, severity)
        answer, _ = demand(case, talk, Decimal(1))
        assert not isinstance(answer, Settled)
        assert not isinstance(accept(case, talk, RemedyKind.PARTIAL_REFUND)[0], Settled)


MOVES = st.one_of(
    st.just("refuse"), st.decimals(0, 400, places=2), st.sampled_from(RemedyKind), st.sampled_from(["again"])
)


@given(
    issue=st.sampled_from(Issue),
    severity=st.sampled_from(Severity),
    line=st.sampled_from([None, 0, 1]),
    pieces=st.sampled_from([None, 1, 2]),
    days=st.integers(0, 40),
    in_stock=st.booleans(),
    authority=st.integers(0, 300),
    may=st.sets(st.sampled_from(RemedyKind)),
    compensated=st.integers(0, 100),
    moves=st.lists(MOVES, max_size=12),
)
def test_any_talk_stays_within_policy_and_authority_and_ends_with_a_case_or_a_person(
    shop, now, issue, severity, line, pieces, days, in_stock, authority, may, compensated, moves
):
    limits = shop.policy.remedies.authority.model_copy(
        update={"amount": Decimal(authority), "kinds": tuple(may)}
    )
    remedies = shop.policy.remedies.model_copy(update={"authority": limits})
    policy = shop.policy.model_copy(update={"remedies": remedies})
    order = shop.orders["20261119000001"].model_copy(update={"compensated": Decimal(compensated)})
    line = None if line is None else order.lines[line]
    case = Case(policy, order, line, issue, now + timedelta(days=days), in_stock, {}, pieces)
    window = return_deadline(policy, order, quality=False)

    answer, talk = begin(case, severity)
    seen = [(o.kind, o.amount) for o in answer.options]
    for move in moves:
        if isinstance(move, RemedyKind):
            answer, talk = accept(case, talk, move)
        elif move == "refuse":
            answer, talk = refuse(case, talk)
        elif move == "again":
            continue
        else:
            answer, talk = demand(case, talk, move)
        if not isinstance(answer, Offer) or isinstance(move, RemedyKind):
            break
        check_offer(case, talk, answer, seen)
        if case.now <= window:  # the seven days are never hidden
            assert RemedyKind.RETURN in {o.kind for o in answer.options}
        seen += [(o.kind, o.amount) for o in answer.options]
    if isinstance(answer, Settled):
        check_settled(case, answer, seen)
    for _ in range(10):
        if not isinstance(answer, Offer):
            break
        answer, talk = refuse(case, talk)
    assert not isinstance(answer, Offer), "refusing on never reached a person"


def check_offer(case, talk, answer, seen):
    """Two or more while two are allowed, never the same twice but for the right to return, nothing above its rung."""
    offered = [(o.kind, o.amount) for o in answer.options]
    assert not [each for each in offered if each in seen and each[0] is not RemedyKind.RETURN]
    assert len({kind for kind, _ in offered}) == len(offered) <= 4
    untouched = {
        kind
        for kind in RemedyKind
        if kind is not RemedyKind.EXPLAIN
        and is_possible(case, kind, talk.severity)
        and kind in case.policy.remedies.offers[case.issue][talk.severity]
        and kind not in {each for each, _ in seen}
    }
    if len(untouched | {kind for kind, _ in offered}) >= 2:
        assert len(offered) >= 2
    check_amounts(case, answer.options)


def check_amounts(case, options):
    for option in options:
        low, high = case.policy.remedies.rung(option.kind).cost
        assert 0 <= option.amount <= (case.sent_back if option.kind is RemedyKind.RETURN else case.value)
        if option.kind is RemedyKind.PARTIAL_REFUND:
            assert 0 < option.amount <= high * case.value


def check_settled(case, answer, seen):
    option = answer.option
    limits = case.policy.remedies.authority
    check_amounts(case, [option])
    assert option.kind in limits.kinds
    if option.kind is RemedyKind.PARTIAL_REFUND:
        assert case.order.compensated + option.amount <= limits.amount
    else:
        assert option.kind in {kind for kind, _ in seen} | {RemedyKind.RETURN}
