"""After the sale: two options or more, settled within the bot's authority, else by a person."""

from __future__ import annotations

import pytest

from actions.after_sale_question import AfterSaleQuestion
from actions.remedies import AcceptRemedy, OfferRemedies, RefuseRemedies
from bot.shop.remedy_policy import Issue, Severity
from tests.actions.conftest import Said, say

JACKET, BOX, DESK = "88261100010042", "88261100010117", "88261100010190"


def case(issue: str, severity: str | None = None, order: str = JACKET) -> dict:
    return {"order_id": order, "trouble": {"issue": issue, **({"severity": severity} if severity else {})}}


def offered(said: Said) -> list[dict]:
    return said.cards[0]["options"]


def test_a_broken_zip_asks_for_the_order_then_how_bad_it_is() -> None:
    asked = say(
        AfterSaleQuestion(),
        "拉链坏了",
        "report_defect",
        {"fault": "拉链坏"},
        form="after_sale_form",
        customer_id="c-zhou",
    )
    assert asked.responses == ["utter_which_troubled_order"]
    chosen = say(
        AfterSaleQuestion(), f'/inform{{"order_id":"{JACKET}"}}', "inform", {"order_id": JACKET}, asked.slots,
        form="after_sale_form", customer_id="c-zhou",
    )  # fmt: skip
    assert chosen.responses == ["utter_how_severe"]
    done = say(
        AfterSaleQuestion(),
        "没法穿了",
        "inform",
        slots=chosen.slots,
        form="after_sale_form",
        customer_id="c-zhou",
    )
    assert done.slots["requested_slot"] is None
    assert done.slots["trouble"] == {"issue": "defect", "severity": "severe"}


def test_a_named_product_spares_the_question_for_the_order() -> None:
    asked = say(
        AfterSaleQuestion(), "轻暖短款羽绒服拉链坏了", "report_defect", {"fault": "拉链坏"}, form="after_sale_form",
        customer_id="c-zhou",
    )  # fmt: skip
    assert asked.responses == ["utter_how_severe"]


def test_a_short_parcel_is_told_from_a_wrong_one() -> None:
    missing = say(
        AfterSaleQuestion(),
        "少发了一件",
        "report_wrong_item",
        slots={"order_id": JACKET},
        form="after_sale_form",
        customer_id="c-zhou",
    )
    wrong = say(
        AfterSaleQuestion(),
        "发错颜色了",
        "report_wrong_item",
        slots={"order_id": JACKET},
        form="after_sale_form",
        customer_id="c-zhou",
    )
    assert (missing.slots["trouble"]["issue"], wrong.slots["trouble"]["issue"]) == ("missing", "wrong")


def test_in_an_order_of_several_pieces_the_piece_is_asked_for() -> None:
    slots = {"order_id": "88261100010059"}
    asked = say(
        AfterSaleQuestion(),
        "起球了",
        "report_defect",
        {"fault": "起球"},
        slots,
        form="after_sale_form",
        customer_id="c-zhou",
    )
    assert asked.responses == ["utter_which_line"]


@pytest.mark.parametrize("issue", [each.value for each in Issue])
@pytest.mark.parametrize("severity", [each.value for each in Severity])
def test_every_trouble_is_met_with_two_to_four_options(issue: str, severity: str) -> None:
    said = say(OfferRemedies(), "坏了", "report_defect", slots=case(issue, severity), customer_id="c-zhou")
    assert 2 <= len(offered(said)) <= 4
    assert said.responses == [f"utter_remedies_{issue}"]
    assert all("成本" not in option["detail"] for option in offered(said))


def test_a_remedy_within_authority_is_promised_and_confirmed() -> None:
    said = say(
        AcceptRemedy(),
        "换新",
        "inform",
        {"remedy": "exchange"},
        case("defect", "severe"),
        customer_id="c-zhou",
    )
    assert said.responses == ["utter_remedy_exchange"]
    assert JACKET in said.effect("promise")["text"]
    assert said.slots["trouble"] is None


def test_more_money_than_the_bot_may_give_goes_to_a_person_with_the_options_and_their_costs() -> None:
    told = {"remedy": "partial_refund"}
    said = say(AcceptRemedy(), "退钱", "inform", told, case("defect", "moderate"), customer_id="c-zhou")
    handoff = said.effect("handoff")
    assert handoff["reason"] == "beyond_authority"
    assert "成本" in "".join(handoff["summary"])
    assert "成本" not in said.text


def test_a_refused_offer_climbs_the_ladder_or_goes_to_a_person() -> None:
    slots, steps = case("defect", "minor", BOX), 0
    while steps < 4:
        said = say(RefuseRemedies(), "不行", "deny", slots=slots, customer_id="c-he")
        slots, steps = said.slots, steps + 1
        if said.effects:
            break
    assert said.effect("handoff")["reason"] == "beyond_authority"


def test_a_large_order_in_trouble_gets_a_person_at_once_with_the_options_worked_out() -> None:
    slots = case("defect", "moderate", DESK)
    slots["trouble"]["product"] = "desk-study"
    said = say(OfferRemedies(), "坏了", "report_defect", slots=slots, customer_id="c-song")
    assert said.effect("handoff")["reason"] == "high_value"
    assert "成本" in "".join(said.effect("handoff")["summary"])


def test_a_guest_in_trouble_gets_a_person() -> None:
    asked = say(AfterSaleQuestion(), "坏了", "report_defect", {"fault": "破洞"}, form="after_sale_form")
    assert asked.slots["requested_slot"] is None
    said = say(OfferRemedies(), "坏了", "report_defect", slots=asked.slots)
    assert said.effect("handoff")["reason"] == "beyond_authority"


def test_a_remedy_that_was_not_offered_is_not_given() -> None:
    said = say(
        AcceptRemedy(),
        "全退",
        "inform",
        {"remedy": "full_refund"},
        case("defect", "minor"),
        customer_id="c-zhou",
    )
    assert not any(effect["effect"] == "promise" for effect in said.effects)


def test_an_angry_answer_is_still_an_answer() -> None:
    slots = case("defect") | {"requested_slot": "after_sale_form.severity", "asked": 1}
    said = say(
        AfterSaleQuestion(),
        "能用就是难看",
        "complain",
        slots=slots,
        form="after_sale_form",
        customer_id="c-zhou",
    )
    assert said.slots["trouble"]["severity"] in {"minor", "moderate"}
    assert said.slots["requested_slot"] is None
