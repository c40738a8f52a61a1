"""The remedy board: the whole ladder with its losses, by what a person may hand out."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.shop.after_sale.remedies import Case
from bot.shop.after_sale.remedy_board import BoardRow, CannotOffer, Obstacle, board, offer
from bot.shop.records.remedy_policy import DeskAuthority, Issue, RemedyKind, Severity

AGENT, SUPERVISOR = Decimal(100), Decimal(1000)


@pytest.fixture
def case(shop, now):
    """One of two scarves of 100 (180 were paid for both); delivered two days ago."""
    order = shop.orders["20261119000001"]
    return Case(shop.policy, order, order.lines[1], Issue.DEFECT, now)


def row(rows: tuple[BoardRow, ...], kind: str) -> BoardRow:
    return next(each for each in rows if each.option.kind.value == kind)


def test_the_whole_ladder_is_shown_cheapest_first_with_the_yuan_each_step_loses(case):
    rows = board(case, Severity.MODERATE, AGENT)
    assert [each.option.kind for each in rows] == [rung.kind for rung in case.policy.remedies.ladder]
    losses = [each.option.cost for each in rows]
    assert losses == [Decimal(x) for x in ("0", "15", "50", "72", "130.50", "162", "180")]
    assert [each.option.kind.value for each in rows if each.is_usual] == [
        "partial_refund",
        "exchange",
        "return",
    ]


LIMITS = [
    # kind, this person's limit, given before → what stands against it
    ("resend", AGENT, 0, Obstacle.BEYOND_AUTHORITY),
    ("resend", SUPERVISOR, 0, None),
    ("full_refund", AGENT, 0, Obstacle.BEYOND_AUTHORITY),
    ("partial_refund", AGENT, 0, None),
    ("partial_refund", AGENT, 60, Obstacle.BEYOND_AUTHORITY),
    ("return", Decimal(0), 0, None),
    ("exchange", Decimal(0), 0, None),
    ("coupon", Decimal(0), 0, Obstacle.BEYOND_AUTHORITY),
]


@pytest.mark.parametrize(("kind", "limit", "given", "obstacle"), LIMITS)
def test_what_may_be_handed_out_counts_what_was_given_on_the_order_before(case, kind, limit, given, obstacle):
    order = case.order.model_copy(update={"compensated": Decimal(given)})
    asked = Case(case.policy, order, case.line, case.issue, case.now)
    money = Decimal(50) if kind == "partial_refund" else None
    assert row(board(asked, Severity.MODERATE, limit, money), kind).obstacle is obstacle


def test_a_sum_of_the_agents_own_replaces_the_ladders_and_is_never_more_than_was_paid(case):
    assert row(
        board(case, Severity.MINOR, SUPERVISOR, Decimal("66.6")), "partial_refund"
    ).option.amount == Decimal("66.6")
    assert row(board(case, Severity.MINOR, SUPERVISOR, Decimal(999)), "partial_refund").option.amount == 180


def test_what_cannot_be_had_says_why(shop, case):
    gone = Case(case.policy, case.order, case.line, case.issue, case.now, same_in_stock=False)
    assert row(board(gone, Severity.SEVERE, SUPERVISOR), "exchange").obstacle is Obstacle.OUT_OF_STOCK
    late = Case(case.policy, case.order, case.line, case.issue, case.now + timedelta(days=60))
    assert row(board(late, Severity.SEVERE, SUPERVISOR), "return").obstacle is Obstacle.TOO_LATE
    on_its_way = case.order.model_copy(update={"delivered_at": None})
    early = Case(case.policy, on_its_way, case.line, case.issue, case.now)
    assert row(board(early, Severity.SEVERE, SUPERVISOR), "return").obstacle is Obstacle.NOT_DELIVERED
    free = shop.orders["20261119000001"].model_copy(update={"amount": Decimal(10)})
    gift = Case(case.policy, free, case.line, case.issue, case.now)
    assert row(board(gift, Severity.SEVERE, SUPERVISOR), "full_refund").obstacle is Obstacle.NOTHING_PAID


def test_the_buyer_is_always_given_a_choice_and_nothing_that_cannot_be_kept(case):
    rows = board(case, Severity.MODERATE, AGENT)
    sent = offer(rows, [RemedyKind.EXCHANGE, RemedyKind.PARTIAL_REFUND])
    assert [each.kind for each in sent] == [RemedyKind.PARTIAL_REFUND, RemedyKind.EXCHANGE]
    with pytest.raises(CannotOffer) as few:
        offer(rows, [RemedyKind.EXCHANGE, RemedyKind.EXCHANGE])
    assert few.value.obstacle is None
    with pytest.raises(CannotOffer) as over:
        offer(rows, [RemedyKind.EXCHANGE, RemedyKind.FULL_REFUND])
    assert over.value.obstacle is Obstacle.BEYOND_AUTHORITY


def test_a_supervisor_may_never_hand_out_less_than_an_agent():
    with pytest.raises(ValueError, match="raise it"):
        DeskAuthority(agent=Decimal(200), supervisor=Decimal(100))
