"""Whose measures they are, in which unit, and what is not asked twice."""

from __future__ import annotations

from typing import Any

import pytest

from actions.sizes.size import Size
from actions.sizes.size_question import SizeQuestion
from actions.talk.small_talk import Deny
from tests.actions.conftest import Said, say

JACKET = {"product_id": "down-light-short"}
OWN = {"height_cm": 165.0, "weight_kg": 55.0}
MOTHERS = {"height_cm": 158.0, "weight_kg": 65.0}


def chat(*turns: tuple[str, dict[str, Any]], product: str = "down-light-short") -> list[Said]:
    """Several messages to the size action, each with what the extractor found in it."""
    said, slots = [], {}
    for text, entities in turns:
        answer = say(Size(), text, "ask_size", entities, slots, product_id=product)
        slots = answer.slots
        said.append(answer)
    return said


def test_mothers_measures_are_not_kept_as_her_own() -> None:
    own, mothers, again = chat(
        ("我165 110斤穿什么码", OWN), ("给我妈买 158 130斤", MOTHERS), ("我自己还是按刚才的身高", {})
    )
    assert "M 码" in own.text
    assert mothers.slots["wearer"] == "妈妈"
    assert mothers.slots["height_cm"] == 158.0
    assert again.slots["height_cm"] == 165.0
    assert "165cm" in again.text and "55kg" in again.text


def test_the_answer_says_for_whom_it_is() -> None:
    (said,) = chat(("给我妈买 160 105斤", {"height_cm": 160.0, "weight_kg": 52.5}))
    assert said.responses[0] == "utter_size_fits_other"
    assert "给妈妈" in said.text


def test_a_child_is_not_measured_with_its_mother_and_she_keeps_her_own() -> None:
    (own,) = chat(("我165 110斤", OWN))
    child = say(Size(), "孩子穿多大", "ask_size", {}, own.slots, product_id="kids-down-cloud")
    assert child.follows == "size_form"
    back = say(Size(), "那我穿多大", "ask_size", {}, child.slots, **JACKET)
    assert "165cm" in back.text


def test_the_later_number_of_a_correction_counts() -> None:
    said = chat(("165 110斤", OWN), ("不是110斤 是130斤", {"weight_kg": [55.0, 65.0]}))
    assert said[1].slots["weight_kg"] == 65.0


def test_a_correction_read_as_a_no_is_still_a_size() -> None:
    slots = {**OWN, "wearer": "self"}
    assert say(Deny(), "不对 是120斤", "deny", {"weight_kg": 60.0}, slots, **JACKET).follows == "action_size"


def raw(name: str, value: float, typed: str) -> dict[str, Any]:
    return {"entity": name, "value": value, "raw": typed}


def test_a_weight_that_may_be_two_is_asked_about_once() -> None:
    told = [raw("height_cm", 165.0, "165"), raw("weight_kg", 40.0, "80")]
    asked = say(Size(), "165 80穿什么", "ask_size", found=told, **JACKET)
    assert asked.responses == ["utter_ask_weight_unit"]
    assert len(asked.payloads) == 2
    pressed = say(Size(), '/inform{"weight_kg":40.0}', "inform", {"weight_kg": 40.0}, asked.slots, **JACKET)
    assert pressed.slots["weight_kg"] == 40.0 and pressed.responses[0] == "utter_size_between"
    typed = say(Size(), "公斤", "inform", {}, asked.slots, **JACKET)
    assert typed.slots["weight_kg"] == 80.0
    assert "utter_ask_weight_unit" not in typed.responses
    ignored = say(Size(), "你看着办", "inform", {}, asked.slots, **JACKET)
    assert "utter_ask_weight_unit" not in ignored.responses


def test_a_unit_that_was_said_is_not_asked_for() -> None:
    told = [raw("height_cm", 165.0, "165"), raw("weight_kg", 55.0, "110斤")]
    assert say(Size(), "165 110斤", "ask_size", found=told, **JACKET).responses[0] == "utter_size_fits"


def test_the_chart_is_shown_to_who_asks_for_it() -> None:
    said = say(Size(), "尺码表有吗", "ask_size", **JACKET)
    assert said.responses == ["utter_size_chart"]
    assert said.cards[0]["type"] == "size_chart"


@pytest.mark.parametrize(
    ("product", "response"),
    [
        ("coat-wool-double", "utter_runs_large"),
        ("parka-padded", "utter_runs_true_to_size"),  # its own word against the chart it shares
        ("trousers-tapered", "utter_runs_small"),
    ],
)
def test_how_it_runs_comes_from_the_product_else_its_chart(product: str, response: str) -> None:
    said = say(Size(), "偏大还是偏小", "ask_size", product_id=product)
    assert said.responses == [response]
    assert said.slots["fit"] is None  # "偏大" was a question, no taste


def test_a_bed_decides_the_size_and_a_missing_width_is_asked_for_once() -> None:
    assert "1.8米床" in say(Size(), "1米8的床用哪个", "ask_size", product_id="bedding-cotton").text
    assert say(Size(), "选哪个尺寸", "ask_size", product_id="bedding-cotton").follows == "size_form"
    slots = {"requested_slot": "size_form.measures", "asked": 1}
    answered = say(
        SizeQuestion(), "一米五", "inform", slots=slots, form="size_form", product_id="bedding-cotton"
    )
    assert answered.slots["width_cm"] == 150
    assert answered.slots["requested_slot"] is None


def test_what_goes_into_a_gap_is_told_from_the_catalogue_s_measures() -> None:
    said = say(Size(), "玄关宽75厘米放得下吗", "ask_size", product_id="rack-shoe")
    assert said.responses == ["utter_fits_in_some"]


def test_sizes_without_a_chart_are_told_with_what_the_catalogue_says_and_a_person() -> None:
    said = say(Size(), "选哪个尺码", "ask_size", product_id="pillow-neck")
    assert said.responses == ["utter_size_facts_only"]
    assert "/request_human" in said.payloads


def test_what_is_not_made_large_enough_is_answered_with_what_is() -> None:
    said = say(
        Size(), "172 130斤", "ask_size", {"height_cm": 172.0, "weight_kg": 65.0}, product_id="skirt-wool-a"
    )
    assert said.responses[0] == "utter_size_too_large_by_limit"
    assert "60kg" in said.text


def test_nothing_is_asked_again_that_was_told() -> None:
    """Whatever order height, weight and notes come in, each question is for what is still unknown."""
    slots: dict[str, Any] = {}
    for text, told in (("我165", {"height_cm": 165.0}), ("腰粗", {}), ("喜欢宽松", {})):
        asked = say(SizeQuestion(), text, "ask_size", told, slots, form="size_form", **JACKET)
        slots = asked.slots
        assert set(asked.responses) <= {"utter_ask_weight_kg"}
