"""What may still be changed on an order, and what is proposed when it is too late."""

import pytest

from bot.shop.orders.cancelling import CancelReason, may_win_back
from bot.shop.records.orders import (
    Allowed,
    Change,
    NextBest,
    NotAllowed,
    OrderState,
    TooLate,
    cancelled,
    may_change,
    with_address,
    with_note,
    with_variant,
)

TABLE = {
    # state: address, variant, note, cancel, merge, split (True: allowed)
    "unpaid": (True, True, True, True, True, True),
    "paid": (True, True, True, True, True, True),
    "packed": (
        "stop_in_warehouse",
        "stop_in_warehouse",
        "stop_in_warehouse",
        True,
        "separate_parcels",
        "stop_in_warehouse",
    ),
    "shipped": ("call_courier", "exchange", "call_courier", "refuse_parcel", "separate_parcels", "none"),
    "delivered": ("none", "exchange", "none", "return", "none", "none"),
    "completed": ("none", "after_sale", "none", "after_sale", "none", "none"),
    "cancelled": ("order_again", "order_again", "order_again", "none", "order_again", "order_again"),
    "refunding": ("after_sale", "after_sale", "after_sale", "none", "after_sale", "after_sale"),
    "returned": ("order_again", "order_again", "order_again", "none", "order_again", "order_again"),
}
CASES = [
    (state, change, answer)
    for state, row in TABLE.items()
    for change, answer in zip(("address", "variant", "note", "cancel", "merge", "split"), row, strict=True)
]


@pytest.fixture
def paid(shop):
    return shop.orders["20261120000002"]


@pytest.mark.parametrize(("state", "change", "answer"), CASES)
def test_the_state_decides_what_may_change_and_else_what_is_best(paid, state, change, answer):
    order = paid.model_copy(update={"state": OrderState(state)})
    expected = Allowed() if answer is True else NotAllowed(state, NextBest(answer))
    assert may_change(order, change) == may_change(order, Change(change)) == expected


def test_every_state_is_in_the_table():
    assert set(TABLE) == {state.value for state in OrderState}


def test_a_new_address_replaces_only_what_was_given(paid):
    moved = with_address(paid, "浙江", "杭州市某街9号", phone="13900000000")
    assert (moved.region, moved.address, moved.phone) == ("浙江", "杭州市某街9号", "13900000000")
    assert moved.recipient == paid.recipient
    assert paid.region == "新疆"  # the old one is untouched


def test_a_variant_and_a_note_are_changed_on_the_line_meant(shop, paid):
    order = shop.orders["20261119000001"].model_copy(update={"state": OrderState.PAID})
    changed = with_variant(order, 0, "coat-cloud-white-m")
    assert [line.sku for line in changed.lines] == ["coat-cloud-white-m", "scarf-wool-grey"]
    assert changed.amount == order.amount
    assert with_note(paid, "放门卫").note == "放门卫"


@pytest.mark.parametrize(("before", "after"), [
    ("unpaid", "cancelled"), ("paid", "refunding"), ("packed", "refunding"),
])  # fmt: skip
def test_calling_off_a_paid_order_returns_the_money(paid, before, after):
    order = paid.model_copy(update={"state": OrderState(before)})
    assert cancelled(order).state is OrderState(after)


@pytest.mark.parametrize("state", ["shipped", "delivered", "completed", "cancelled", "refunding", "returned"])
def test_a_change_that_is_too_late_changes_nothing(paid, state):
    order = paid.model_copy(update={"state": OrderState(state)})
    for change in (
        lambda: cancelled(order),
        lambda: with_note(order, "x"),
        lambda: with_address(order, "北京", "x"),
        lambda: with_variant(order, 0, "box-a1-white"),
    ):
        with pytest.raises(TooLate, match=state):
            change()


@pytest.mark.parametrize(("reason", "already_offered", "offer"), [
    ("slow_reply", False, True), ("wrong_size", False, True), ("found_coupon", False, True),
    ("slow_reply", True, False), ("changed_mind", False, False), ("cheaper_elsewhere", False, False),
    ("ships_too_late", False, False), ("bought_twice", False, False), ("other", False, False),
])  # fmt: skip
def test_only_a_recoverable_reason_gets_one_better_offer(reason, already_offered, offer):
    assert may_win_back(CancelReason(reason), already_offered) is offer
