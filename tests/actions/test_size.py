"""Sizes: one recommendation with its reason, or the one question that is missing."""

from __future__ import annotations

from actions.sizes.size import Size
from actions.sizes.size_question import SizeQuestion
from tests.actions.conftest import say

JACKET = "down-light-short"


def test_height_and_weight_give_a_size_the_reason_the_chart_and_one_matching_item() -> None:
    said = say(Size(), "我165 110斤", "ask_size", {"height_cm": 165.0, "weight_kg": 55.0}, product_id=JACKET)
    assert said.responses == ["utter_size_fits", "utter_goes_with"]
    assert "M 码" in said.text and "165cm" in said.text and "55kg" in said.text
    chart, match = said.cards
    assert chart["highlight"] == "M"
    assert match["type"] == "product"
    assert said.slots["height_cm"] == 165.0


def test_a_matching_item_is_offered_only_once() -> None:
    slots = {"suggested": JACKET, "height_cm": 165.0, "weight_kg": 55.0}
    assert say(Size(), "165 55kg", "ask_size", slots=slots, product_id=JACKET).responses == [
        "utter_size_fits"
    ]


def test_without_measures_the_form_asks_once_with_buttons() -> None:
    assert say(Size(), "穿什么码", "ask_size", product_id=JACKET).follows == "size_form"
    asked = say(SizeQuestion(), "穿什么码", "ask_size", form="size_form", product_id=JACKET)
    assert asked.responses == ["utter_ask_height_cm_weight_kg"]
    assert asked.slots["requested_slot"] == "size_form.measures"
    assert 2 <= len(asked.payloads) <= 4


def test_only_the_missing_measure_is_asked_for() -> None:
    slots = {"requested_slot": "size_form.measures", "asked": 1}
    answered = say(
        SizeQuestion(), "165", "inform", {"height_cm": 165.0}, slots, form="size_form", product_id=JACKET
    )
    assert answered.responses == ["utter_ask_weight_kg"]


def test_the_form_ends_when_all_is_known() -> None:
    slots = {"requested_slot": "size_form.measures", "asked": 1, "height_cm": 165.0}
    answered = say(
        SizeQuestion(), "110斤", "inform", {"weight_kg": 55.0}, slots, form="size_form", product_id=JACKET
    )
    assert answered.messages == []
    assert answered.slots["requested_slot"] is None


def test_between_two_sizes_the_customer_is_asked_how_she_likes_it() -> None:
    told = {"height_cm": 165.0, "weight_kg": 57.5}
    said = say(Size(), "165 115斤", "ask_size", told, product_id=JACKET)
    assert said.responses == ["utter_size_between"]
    loose = say(Size(), '/inform{"fit":"loose"}', "inform", {"fit": "loose"}, said.slots, product_id=JACKET)
    fitted = say(Size(), "贴身一点的吧", "inform", slots=said.slots, product_id=JACKET)
    assert loose.slots["size"] != fitted.slots["size"]


def test_outside_the_chart_it_says_so_and_offers_a_person() -> None:
    said = say(Size(), "150 220斤", "ask_size", {"height_cm": 150.0, "weight_kg": 110.0}, product_id=JACKET)
    assert said.responses[0] in {"utter_size_too_large_by_limit", "utter_size_unusual_build"}
    assert "/request_human" in said.payloads


def test_measures_of_an_adult_are_not_used_for_a_child() -> None:
    slots = {"wearer": "women", "height_cm": 165.0, "weight_kg": 55.0}
    said = say(Size(), "这件童装穿多大", "ask_size", slots=slots, product_id="kids-down-cloud")
    assert said.follows == "size_form"


def test_whoever_gives_no_measures_gets_the_chart_and_a_person_not_the_same_question_again() -> None:
    said = say(Size(), "不知道", "ask_size", slots={"gave_up": "size_form"}, product_id=JACKET)
    assert said.responses == ["utter_size_without_measures"]
    assert said.cards[0]["type"] == "size_chart"
    assert said.slots["gave_up"] is None


def test_without_a_product_two_to_four_are_offered() -> None:
    said = say(Size(), "穿什么码", "ask_size")
    assert said.responses == ["utter_which_product"]
    assert 2 <= len(said.cards[0]["options"]) <= 4
    assert said.slots["pending"] == "action_size"


def test_a_product_without_sizes_needs_none() -> None:
    said = say(Size(), "多大码", "ask_size", product_id="chair-study")
    assert said.responses == ["utter_one_size_facts"]
    assert "110–175 厘米" in said.text  # whom it is for is told all the same


def test_a_bare_number_answers_the_open_question() -> None:
    slots = {"requested_slot": "size_form.measures", "asked": 1, "height_cm": 165.0}
    answered = say(SizeQuestion(), "110", "inform", slots=slots, form="size_form", product_id=JACKET)
    assert answered.slots["weight_kg"] == 55.0
    assert answered.slots["requested_slot"] is None


def test_a_bare_number_is_no_measure_where_nothing_was_asked() -> None:
    assert (
        say(SizeQuestion(), "110", "ask_size", form="size_form", product_id=JACKET).slots["height_cm"] is None
    )
