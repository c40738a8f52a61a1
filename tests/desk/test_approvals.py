"""What an agent asks a supervisor for, and what was done with an order: kept, once, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.desk.back_office.order_actions import ActionKind, OrderAction
from bot.desk.conversations import Conversation, NotFound
from bot.desk.desk import Desk
from bot.desk.lines import system_line
from bot.desk.people.approvals import ApprovalKind, ApprovalState, Settled, Wish
from bot.desk.rows import now


def wish(conversation: Conversation, **what: str) -> Wish:
    asked = {"order": "20261119000001", "sku": "scarf", "remedy": "full_refund", **what}
    return Wish(conversation.id, ApprovalKind.REMEDY, asked, "全额退款", "180", "老顾客，很生气", "xiaolin")


def test_what_is_asked_waits_for_a_supervisor_and_her_word_is_kept(desk: Desk, conversation: Conversation):
    asked = desk.approvals.ask(wish(conversation))
    assert desk.approvals.open() == (asked,) and asked.state is ApprovalState.ASKED
    decided = desk.approvals.settle(asked.id, ApprovalState.APPROVED, "zhou", "同意，下不为例")
    assert (decided.decided_by, decided.word) == ("zhou", "同意，下不为例") and decided.decided_at
    assert desk.approvals.open() == ()
    assert desk.approvals.granted(conversation.id, ApprovalKind.REMEDY) == (decided,)
    assert desk.approvals.granted(conversation.id, ApprovalKind.PRICE) == ()


def test_asking_twice_for_the_same_is_one_wish_for_another_thing_a_second(
    desk: Desk, conversation: Conversation
):
    first = desk.approvals.ask(wish(conversation))
    assert desk.approvals.ask(replace(wish(conversation), reason="再催一下")).id == first.id
    assert desk.approvals.ask(wish(conversation, remedy="resend")).id != first.id
    desk.approvals.settle(first.id, ApprovalState.DECLINED, "zhou")
    assert desk.approvals.ask(wish(conversation)).id != first.id


def test_two_supervisors_decide_once(desk: Desk, conversation: Conversation):
    asked = desk.approvals.ask(wish(conversation))
    desk.approvals.settle(asked.id, ApprovalState.DECLINED, "zhou")
    with pytest.raises(Settled) as refused:
        desk.approvals.settle(asked.id, ApprovalState.APPROVED, "other")
    assert refused.value.approval.decided_by == "zhou"


def test_what_was_given_is_no_leave_to_give_it_again(desk: Desk, conversation: Conversation):
    asked = desk.approvals.ask(wish(conversation))
    with pytest.raises(Settled):
        desk.approvals.settle(asked.id, ApprovalState.USED, "")
    desk.approvals.settle(asked.id, ApprovalState.APPROVED, "zhou")
    used = desk.approvals.settle(asked.id, ApprovalState.USED, "")
    assert used.decided_by == "zhou"
    assert desk.approvals.granted(conversation.id, ApprovalKind.REMEDY) == ()
    assert [each.state for each in desk.approvals.of(conversation.id)] == [ApprovalState.USED]
    with pytest.raises(NotFound):
        desk.approvals.settle("nothing", ApprovalState.USED, "")


def test_an_action_is_booked_once_with_its_promise_and_the_line_that_tells_it(
    desk: Desk, conversation: Conversation
):
    action = OrderAction(conversation.id, "o1", ActionKind.REMEDY, "退 50 元", "50", "xiaolin", "card:1")
    told = [system_line("remedy_booked", title="退一部分钱", hours=24)]
    assert len(desk.order_actions.book(action, told, ("退 50 元", now())) or ()) == 1
    assert desk.order_actions.book(action, told, ("退 50 元", now())) is None
    assert [each.text for each in desk.records.promises(conversation.id)] == ["退 50 元"]
    assert len(desk.conversations.messages(conversation.id)) == 1
    (kept,) = desk.order_actions.of_orders(["o1"])["o1"]
    assert (kept.who, kept.cost, kept.at is not None) == ("xiaolin", "50", True)


def test_what_the_orders_system_refused_is_not_booked(desk: Desk, conversation: Conversation):
    action = OrderAction(conversation.id, "o1", ActionKind.ADDRESS, "改地址", "", "xiaolin", "a1")
    desk.order_actions.book(action)
    desk.order_actions.undo(conversation.id, "a1")
    assert desk.order_actions.of_orders(["o1"]) == {}
    assert desk.order_actions.book(action) == ()
