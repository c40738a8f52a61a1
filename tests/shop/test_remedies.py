"""What is put before a buyer whose goods are not right."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.after_sale.remedies import exchange_deadline, options, paid_for, return_deadline
from bot.shop.records.orders import OrderState
from bot.shop.records.remedy_policy import Issue, RemedyKind, Severity


@pytest.fixture
def order(shop):
    """A coat of 600 and two scarves of 100, 80 off, postage 10; delivered on the 18th."""
    return shop.orders["20261119000001"]


OFFERS = [
    # issue, severity, line → kind, amount, cost, within the bot's authority
    ("defect", "minor", 0, [("explain", 0, 0, True), ("coupon", 60, 60, False), ("return", 540, 432, True)]),
    ("defect", "minor", 1, [("explain", 0, 0, True), ("coupon", 15, 15, True), ("return", 180, 144, True)]),
    ("defect", "moderate", 1,
     [("partial_refund", 50, 50, True), ("exchange", 0, 72, True), ("return", 180, 162, True)]),
    ("wrong", "minor", 1,
     [("partial_refund", 36, 36, True), ("exchange", 0, 54, True), ("return", 180, 144, True)]),
    ("missing", "severe", 1,
     [("resend", 0, 144, False), ("return", 720, 180, True), ("full_refund", 180, 180, False)]),
    ("mismatch", "severe", 1, [("exchange", 0, 90, True), ("return", 180, 180, True)]),
]  # fmt: skip


@pytest.mark.parametrize(("issue", "severity", "line", "expected"), OFFERS)
def test_issue_and_severity_decide_what_is_offered(shop, order, now, issue, severity, line, expected):
    found = options(shop.policy, order, order.lines[line], issue, severity, now)
    assert [(o.kind.value, o.amount, o.cost, o.within_authority) for o in found] == expected


def test_titles_and_deadlines_come_with_the_options(shop, order, now):
    explain, coupon, back = options(shop.policy, order, order.lines[1], "defect", "minor", now)
    assert (explain.title, coupon.title, back.title) == ("先教您处理", "补一张优惠券", "退货退款")
    assert coupon.deadline == now + timedelta(hours=48)
    assert coupon.coupon_id == "sorry-15"
    assert back.deadline == datetime(2026, 12, 18, 23, 59, 59)


def test_what_was_paid_leaves_out_postage_and_the_share_of_the_discount(order):
    assert paid_for(order, None) == Decimal(720)
    assert paid_for(order, order.lines[0]) == Decimal(540)
    assert paid_for(order, order.lines[1]) == Decimal(180)


def test_the_seven_days_begin_the_day_after_delivery(shop, order):
    assert return_deadline(shop.policy, order, quality=False) == datetime(2026, 11, 25, 23, 59, 59)
    assert exchange_deadline(shop.policy, order) == datetime(2026, 12, 3, 23, 59, 59)
    waiting = order.model_copy(update={"delivered_at": None})
    assert return_deadline(shop.policy, waiting, quality=False) is None


def test_after_the_window_money_replaces_the_return(shop, order, now):
    late = now + timedelta(days=60)
    kinds = [o.kind.value for o in options(shop.policy, order, order.lines[1], "mismatch", "severe", late)]
    assert kinds == ["partial_refund", "full_refund"]


def test_what_is_sold_out_is_neither_exchanged_nor_sent_again(shop, order, now):
    for issue in ("wrong", "missing"):
        found = options(shop.policy, order, order.lines[1], issue, "severe", now, same_in_stock=False)
        assert not {o.kind for o in found} & {RemedyKind.EXCHANGE, RemedyKind.RESEND}
        assert len(found) >= 2


def test_a_coupon_is_only_offered_from_its_pool_and_never_dearer_than_its_rung(shop, order, now):
    used_up = {"sorry-15": 3, "sorry-60": 1, "next-10": 5}
    found = options(shop.policy, order, order.lines[1], "defect", "minor", now, given=used_up)
    assert RemedyKind.COUPON not in {o.kind for o in found}
    apologies_gone = {"sorry-15": 3, "sorry-60": 1}
    found = options(shop.policy, order, order.lines[1], "defect", "minor", now, given=apologies_gone)
    assert [o.coupon_id for o in found if o.coupon_id] == ["next-10"]


def test_money_is_cut_to_the_bots_authority_as_far_as_the_rungs_range_allows(shop, order, now):
    coat, scarves = (
        next(
            o for o in options(shop.policy, order, line, "mismatch", "moderate", now)
            if o.kind is RemedyKind.PARTIAL_REFUND
        )
        for line in order.lines
    )  # fmt: skip
    assert (scarves.amount, scarves.within_authority) == (50, True)  # 63 by the ladder, from 36 on
    assert (coat.amount, coat.within_authority) == (189, False)  # never under 108: a person's business


def test_what_is_missing_cannot_be_sent_back_so_the_rest_of_its_line_goes(shop, order, now):
    for pieces, yuan in [(1, 180), (2, 720)]:  # one scarf of two; both, so that only the coat came
        found = options(shop.policy, order, order.lines[1], "missing", "severe", now, pieces=pieces)
        assert [o.amount for o in found if o.kind is RemedyKind.RETURN] == [yuan]


def test_what_was_given_back_earlier_counts_against_the_authority(shop, order, now):
    before = order.model_copy(update={"compensated": Decimal(30)})
    found = options(shop.policy, before, before.lines[1], "wrong", "minor", now)
    assert [o.within_authority for o in found if o.kind is RemedyKind.PARTIAL_REFUND] == [False]


def test_one_missing_piece_of_two_is_worth_half_the_line(order):
    assert paid_for(order, order.lines[1], 1) == Decimal(90)
    assert paid_for(order, order.lines[1], 5) == Decimal(180)


@given(
    issue=st.sampled_from(Issue),
    severity=st.sampled_from(Severity),
    line=st.sampled_from([None, 0, 1]),
    amount=st.decimals(0, 5000, places=2),
    days=st.integers(-2, 100),
    delivered=st.booleans(),
    in_stock=st.booleans(),
    used=st.dictionaries(st.sampled_from(["sorry-15", "sorry-60", "next-10"]), st.integers(0, 6)),
)
def test_there_are_always_two_to_four_fair_options(
    shop, now, issue, severity, line, amount, days, delivered, in_stock, used
):
    order = shop.orders["20261119000001"].model_copy(update={"amount": amount + 10})
    if not delivered:
        order = order.model_copy(update={"delivered_at": None, "state": OrderState.SHIPPED})
    when = now + timedelta(days=days)
    line = None if line is None else order.lines[line]
    found = options(shop.policy, order, line, issue, severity, when, in_stock, used)
    kinds = [option.kind for option in found]
    ladder = [rung.kind for rung in shop.policy.remedies.ladder]
    value = paid_for(order, line)
    pools = {offer.id: offer.pool for offer in shop.policy.coupons}
    assert (2 if value >= 1 else 1) <= len(set(kinds)) == len(kinds) <= 4
    assert kinds == sorted(kinds, key=ladder.index)  # the cheapest first
    window = return_deadline(shop.policy, order, quality=True)
    assert (RemedyKind.RETURN in kinds) == (window is not None and when <= window)  # never hidden
    for option in found:
        assert 0 <= option.cost <= value
        is_rest = issue is Issue.MISSING and option.kind is RemedyKind.RETURN
        assert 0 <= option.amount <= (paid_for(order, None) if is_rest else value)
        assert option.deadline >= when
        if option.coupon_id:
            assert used.get(option.coupon_id, 0) < pools[option.coupon_id]
        if option.within_authority and option.kind in (RemedyKind.COUPON, RemedyKind.PARTIAL_REFUND):
            assert option.amount <= shop.policy.remedies.authority.amount
