"""Who waits for a person goes on being answered, and is never told the same twice running."""

from __future__ import annotations

import pytest

from actions.after_sale.after_sale_question import AfterSaleQuestion
from actions.parcels.tracking import Track
from actions.talk.handoff import HandOff
from tests.actions.conftest import Said, say

DESK = "88261100010190"
CASE = {"order_id": DESK, "trouble": {"order": DESK, "issue": "missing", "product": "desk-study"}}


def wait(text: str, intent: str, before: Said | None = None) -> Said:
    slots = before.slots if before else {}
    return say(HandOff(), text, intent, slots=slots, waiting_as="high_value", customer_id="c-song")


def test_what_she_adds_is_kept_in_words_of_its_own() -> None:
    said = [first := wait("桌子少螺丝", "report_wrong_item")]
    for text in ("还缺说明书", "箱子也破了", "盒子是湿的"):
        said.append(wait(text, "report_defect", said[-1]))
    names = [each.responses[-1] for each in said]
    assert first.responses[0].startswith("utter_handoff_waiting")
    assert all(a != b for a, b in zip(names, names[1:], strict=False))


def test_who_asks_for_a_person_once_more_gets_the_number() -> None:
    again = wait("人呢", "request_human", wait("转人工", "request_human"))
    assert again.responses == ["utter_handoff_waiting_call"]


@pytest.mark.parametrize(
    ("text", "taker"),
    [
        ("孩子明晚要用 能加急不", "action_remedies"),
        ("我自己五金店买一包你们报销行吗", "after_sale_form"),
        ("桌子到哪了", None),
    ],
)
def test_what_is_asked_of_her_case_is_no_parcel(text: str, taker: str | None) -> None:
    said = say(Track(), text, "track_order", slots=CASE, waiting_as="high_value", customer_id="c-song")
    assert said.follows == (taker or "action_listen")


def test_nobody_waits_and_a_hurry_is_about_the_parcel() -> None:
    said = say(Track(), "孩子明晚要用 能加急不", "track_order", slots=CASE, customer_id="c-song")
    assert said.follows != "action_remedies"


def test_whether_it_is_paid_for_is_answered_before_anything_else() -> None:
    said = say(
        AfterSaleQuestion(),
        "我自己五金店买一包你们报销行吗",
        "ask_compensation",
        slots=CASE,
        form="after_sale_form",
        waiting_as="high_value",
        customer_id="c-song",
    )
    assert said.responses[0] == "utter_case_reimbursed"
