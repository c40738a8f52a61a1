"""A trouble told by who shows no order here: she is told her choices first, and a person gets what she chose."""

from __future__ import annotations

import pytest

from actions.after_sale.remedies import AcceptRemedy, OfferRemedies
from actions.products.product import ProductInfo
from actions.talk.faq import FaqAnswer
from tests.actions.conftest import say

BROKEN = {"trouble": {"issue": "defect", "severity": "moderate"}}
TOLD = {"trouble": {"issue": "defect", "severity": "moderate", "rights_told": True}}


@pytest.mark.parametrize(("issue", "severity"), [("defect", "minor"), ("wrong", "severe"), ("missing", None)])
def test_a_guest_is_told_two_ways_or_more_before_a_person_is_called(issue: str, severity: str | None):
    said = say(OfferRemedies(), "", slots={"trouble": {"issue": issue, "severity": severity}})
    assert said.responses == ["utter_rights_guest"]
    assert len(said.payloads) >= 2 and not said.effects
    assert not any("coupon" in each for each in said.payloads), "no account to put it into"


def test_who_has_no_order_in_her_account_is_told_so_too():
    said = say(OfferRemedies(), "", slots=BROKEN, customer_id="c-ma")
    assert said.responses == ["utter_rights_no_order"]


def test_it_is_told_once_then_a_person_comes():
    assert say(OfferRemedies(), "", slots=TOLD).effects[0]["reason"] == "beyond_authority"


@pytest.mark.parametrize(("text", "entities"), [("", {"remedy": "exchange"}), ("那给我换一件新的吧", None)])
def test_her_choice_goes_to_the_person(text: str, entities: dict | None):
    chosen = say(AcceptRemedy(), text, "inform", entities, TOLD)
    assert chosen.slots["trouble"]["wish"] == "exchange" and chosen.follows == "action_remedies"
    handed = say(OfferRemedies(), "", slots={"trouble": chosen.slots["trouble"]})
    assert handed.responses[0] == "utter_handoff_right"
    assert any("换一件新的" in line for line in handed.effects[0]["summary"])
    again = say(OfferRemedies(), "", slots={"trouble": handed.slots["trouble"]})
    assert again.responses[0] == "utter_handoff_after_sale", (
        "what she chose for one trouble is not said of the next"
    )


def test_a_wish_in_words_is_taken_for_her_choice_only_after_the_choices():
    assert say(FaqAnswer(), "换一件新的", "ask_exchange", slots=TOLD).follows == "action_accept_remedy"
    assert say(FaqAnswer(), "换一件新的", "ask_exchange").follows != "action_accept_remedy"


def test_what_the_shop_stands_for_is_no_question_about_the_zip():
    asked = {"entities": {"fault": "拉链坏"}, "ranking": [("ask_warranty", 0.35), ("report_defect", 0.15)]}
    said = say(
        ProductInfo(), "拉链坏了的话你们管不管", "nlu_fallback", product_id="down-light-short", **asked
    )
    assert said.follows == "action_faq"
    assert (
        say(ProductInfo(), "拉链是什么的", "ask_product_info", product_id="down-light-short").follows
        != "action_faq"
    )
