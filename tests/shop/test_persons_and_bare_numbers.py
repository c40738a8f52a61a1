"""Whose measures they are where several are told, and what a number without a unit stands for."""

from __future__ import annotations

import pytest

from actions.common.shop_floor import dialogue
from bot.shop.sizes import bare_measures, persons
from bot.shop.sizes.wearer import SELF

NAMES = dialogue().heard["wearer"]

APART = [
    ("我165 110斤 我妈158 130斤", [(SELF, "我165 110斤 "), ("妈妈", "我妈158 130斤")]),
    ("165 110斤 老公178 150斤 都穿啥码", [(SELF, "165 110斤 "), ("老公", "老公178 150斤 都穿啥码")]),
    ("我老公脚42 我37.5", [("老公", "我老公脚42 "), (SELF, "我37.5")]),
    ("给我妈买 158 130斤 我自己165 110", [("妈妈", "我妈买 158 130斤 "), (SELF, "我自己165 110")]),
    ("我闺女130 我儿子110", [("孩子", None)]),
    ("158的小个子朋友也想要 98斤 她穿啥", []),
    (
        "我165 130斤 158的小个子朋友也想要 98斤",
        [(SELF, "我165 130斤 "), ("朋友", "158的小个子朋友也想要 98斤")],
    ),
    ("165 130斤，还有个158的闺蜜 98斤", [(SELF, "165 130斤，"), ("朋友", "还有个158的闺蜜 98斤")]),
    ("我165 130斤 朋友也要一条 158 98斤", [(SELF, "我165 130斤 "), ("朋友", "朋友也要一条 158 98斤")]),
    ("我165 130斤的 同学158 98斤", [(SELF, "我165 130斤的 "), ("朋友", "同学158 98斤")]),
    ("我同事也想要 158 98斤", []),
    ("给我妈买 158 130斤", []),
    ("我165 110斤", []),
    ("我姐 她比我矮5厘米 有130吧", []),
    ("我妈给我买的 我165 110斤", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "parts"), APART)
def test_two_peoples_measures_are_taken_apart(text: str, parts: list[tuple[str, str | None]]) -> None:
    found = list(persons.apart(text, NAMES))
    if parts and parts[0][1] is None:
        assert found == []  # both are children: no name tells them apart
    else:
        assert [(who, part.strip()) for who, part in found] == [(who, part.strip()) for who, part in parts]


NAMED = [
    ("给我妈买", "妈妈"),
    ("我妈给我买的 165 110斤", None),
    ("男朋友送我的 帮我看看码", None),
    ("老公给我妈买 158 130斤", "妈妈"),
    ("我老公能穿吗", "老公"),
]


@pytest.mark.parametrize(("text", "who"), NAMED)
def test_who_gives_is_not_who_wears(text: str, who: str | None) -> None:
    assert persons.named(text, NAMES) == who


BESIDE = [
    ("她比我矮5厘米 有130吧", "她身高160厘米 有130吧"),
    ("比我高半个头", "身高176厘米"),
    ("比我重10斤", "体重60公斤"),
    ("比我瘦5公斤", "体重50公斤"),
    ("比我好看", "比我好看"),
]


@pytest.mark.parametrize(("text", "told"), BESIDE)
def test_measures_told_beside_ones_own_are_reckoned(text: str, told: str) -> None:
    assert persons.beside(text, 165.0, 55.0) == told
    assert persons.beside(text, None, None) == text


GROWN = {"height_cm": 165.0, "weight_kg": 55.0}
CORRECTED = [
    # text, known, shoe → measure, value
    ("打错了 是58", GROWN, False, ("weight_kg", 58.0)),
    ("不对 120", GROWN, False, ("weight_kg", 60.0)),  # she told 110斤
    ("不对 是168", GROWN, False, ("height_cm", 168.0)),
    ("写错了，1.68", GROWN, False, ("height_cm", 168.0)),
    ("不对 是13.2", {"foot_length_mm": 125.0}, True, ("foot_length_mm", 132)),
    ("不对 是24.5", {"foot_length_mm": 235.0}, True, ("foot_length_mm", 245)),
    ("是245", {}, True, ("foot_length_mm", 245)),
    ("说错了 38", {}, True, ("usual_size", "38")),
    ("不对 是12", GROWN, False, None),
    ("不对 我要2件", GROWN, False, None),
    ("打错了 300块", GROWN, False, None),
    (
        "不是110 是120",
        GROWN,
        False,
        ("weight_kg", 60.0),
    ),  # what it is not was told before: played, it was not corrected
    ("不对", GROWN, False, None),
    ("打错了 是58", {}, False, None),
]


@pytest.mark.parametrize(("text", "known", "is_shoe", "measure"), CORRECTED)
def test_a_bare_number_takes_the_unit_of_what_it_corrects(text, known, is_shoe, measure) -> None:
    assert bare_measures.corrected(text, known, is_shoe) == measure


CHILDREN = [
    ("108 瘦猴一个 34斤", {"height_cm": 108.0}),
    ("他108 穿110会不会短", {"height_cm": 108.0}),
    ("女儿7岁半 125", {"height_cm": 125.0}),
    ("我女儿7.5 选多大", {"age": 7.5}),
    ("儿子6", {"age": 6.0}),
    ("蓝色110", {}),
    ("穿110行吗", {}),
    ("要120的", {}),
    ("110码有吗", {}),
    ("两个孩子", {}),
]


@pytest.mark.parametrize(("text", "told"), CHILDREN)
def test_a_childs_height_and_age_are_heard_without_a_unit(text: str, told: dict[str, float]) -> None:
    assert bare_measures.childs(text) == told
