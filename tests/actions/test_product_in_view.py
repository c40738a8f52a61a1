"""The product on her screen stays the subject until she names another: sorts, what goes under it, what she refuses."""

from __future__ import annotations

import pytest

from actions.prices.price import Price
from actions.products.product import ProductInfo
from actions.products.stock import Stock
from actions.sizes.size import Size
from actions.talk.small_talk import Deny
from tests.actions.conftest import say

LONG = {"product_id": "down-long-hood"}
COAT = {"product_id": "coat-wool-double"}


def test_the_down_coat_of_the_page_is_meant_by_the_bare_word_and_stays_in_view() -> None:
    said = say(
        ProductInfo(), "这羽绒服充绒量多少", "ask_product_info", {"product": "down-light-short"}, **LONG
    )
    assert "215" in said.text or "云絮" in said.text
    assert said.slots["product_id"] == "down-long-hood"
    then = say(Price(), "多少钱", "ask_price", slots=said.slots, **LONG)
    assert "699" in then.text


def test_a_jumper_worn_under_the_coat_leaves_the_coat_in_view() -> None:
    told = {"height_cm": 165.0, "weight_kg": 55.0, "product": "knit-cable"}
    said = say(Size(), "165 110斤 里面要穿厚毛衣", "ask_size", told, **COAT)
    assert said.slots["product_id"] == "coat-wool-double" and "麻花" not in said.text
    assert "M" in said.text
    then = say(Stock(), "驼色L有吗", "ask_stock", {"color": "驼色", "size": "L"}, said.slots, **COAT)
    assert "麻花" not in then.text
    again = say(Size(), "里面穿厚毛衣的话呢", "ask_size", {"product": "knit-cable"}, said.slots, **COAT)
    assert "麻花" not in again.text and "M" in again.text


@pytest.mark.parametrize("text", ["不要针织的", "不要牛仔", "不要麻花的", "不要毛衣"])
def test_what_she_rules_out_after_a_recommendation_is_looked_for_on(text: str) -> None:
    slots = {"shown": ["knit-cable", "dress-knit-long"], "product_id": "dress-knit-long"}
    assert say(Deny(), text, "deny", slots=slots).follows == "action_recommend"


def test_a_mere_no_is_no_exclusion() -> None:
    slots = {"shown": ["knit-cable", "dress-knit-long"]}
    for text in ("不要了", "不要", "不用了", "都不要"):
        assert say(Deny(), text, "deny", slots=slots).follows != "action_recommend"


def test_who_is_too_heavy_for_the_chair_is_told_so() -> None:
    told = {"weight_kg": 85.0}
    for action, text in ((Size(), "我自己偶尔也坐坐 85公斤"), (ProductInfo(), "我85公斤 会不会坐坏")):
        said = say(action, text, "ask_size", told, product_id="chair-study")
        assert "80 公斤" in said.text and "超出" in said.text


def test_a_thick_mattress_is_no_narrow_bed() -> None:
    said = say(Size(), "床垫厚25公分 会不会短", "ask_size", product_id="bedding-cotton")
    assert "25" not in said.text and "没有合适" not in said.text


def test_the_boot_she_thinks_of_is_judged_and_its_shelf_told_by_colour() -> None:
    boots = {"product_id": "boots-snow"}
    first = say(Size(), "平时37 脚背高", "ask_size", {"usual_size": "37"}, **boots)
    assert "38" in first.text and "39" in first.text
    slots = {**first.slots, "color": "黑色"}
    then = say(Size(), "那38吧 会不会大", "ask_size", {"usual_size": "38"}, slots, **boots)
    assert then.slots["usual_size"] == "37" and "38" in then.text and "卖完" not in then.text
    large = say(Size(), "那39呢", "ask_size", {"size": "39"}, slots, **boots)
    assert "utter_variant_not_made" in large.responses and "卡其色" in str(large.messages)


def test_of_a_lamp_in_one_size_the_catalogue_answers() -> None:
    said = say(Size(), "桌子1米4够亮吗", "ask_size", product_id="lamp-desk")
    assert said.follows == "action_product_info"
