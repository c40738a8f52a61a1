"""Sizes, looking for something and goods not sold: what the review of 2026-11-22 found (A F5, F6, F9–F11, F16–F21)."""

from __future__ import annotations

from typing import Any

import pytest

from actions.deciding.clarify import Clarify
from actions.products.product import ProductInfo
from actions.products.recommend import Recommend
from actions.products.stock import Stock
from actions.sizes.size import Size
from actions.talk.small_talk import Deny, Inform
from tests.actions.conftest import Said, say

JACKET = {"product_id": "down-light-short"}


def test_two_people_are_answered_in_one_message() -> None:
    text = "我165 110斤 我妈158 130斤"
    said = say(Size(), text, "ask_size", {"height_cm": [165.0, 158.0], "weight_kg": [55.0, 65.0]}, **JACKET)
    assert said.responses == ["utter_size_for_each"]
    assert "您自己：M 码" in said.text and "妈妈：" in said.text and "65kg" in said.text
    hers = say(Size(), "那我妈穿啥码", "ask_size", {}, said.slots, **JACKET)
    assert "65kg" in hers.text and "55kg" not in hers.text


def test_two_pairs_of_feet_are_told_apart() -> None:
    said = say(Size(), "我老公脚42 我37.5", "ask_size", {}, product_id="slippers-cotton")
    assert "老公" in said.text and "42-43" in said.text and "您自己" in said.text


def test_a_woman_and_her_husband_are_told_that_the_coat_is_for_her() -> None:
    said = say(Size(), "我165 110斤 老公178 150斤", "ask_size", {}, product_id="parka-padded")
    assert "您自己：M 码" in said.text and "老公：这是女款" in said.text


@pytest.mark.parametrize(
    "text", ["我男朋友能穿吗 180 150", "男生能穿吗", "给我老公买 180 150斤", "我爸能穿不"]
)
def test_womens_clothes_are_not_sized_for_a_man(text: str) -> None:
    said = say(Size(), text, "ask_size", {"height_cm": 180.0, "weight_kg": 75.0}, product_id="parka-padded")
    assert said.responses[0].startswith("utter_womens_cut")
    assert "XL" not in said.text


def test_what_a_man_gives_is_sized_for_her() -> None:
    told = {"height_cm": 165.0, "weight_kg": 55.0}
    said = say(Size(), "男朋友给我买的 我165 110斤", "ask_size", told, product_id="parka-padded")
    assert "M 码" in said.text


def test_after_the_man_her_own_size_is_told() -> None:
    his = say(Size(), "我男朋友能穿吗 180 150", "ask_size", {"height_cm": 180.0, "weight_kg": 75.0}, **JACKET)
    told = {"height_cm": 165.0, "weight_kg": 55.0}
    assert "M 码" in say(Size(), "那我自己165 110呢", "ask_size", told, his.slots, **JACKET).text


def test_what_is_made_for_both_is_said_to_be() -> None:
    said = say(ProductInfo(), "男生能穿吗", "ask_product_info", {}, product_id="joggers-soft")
    assert said.responses == ["utter_made_for_both"]
    asked = say(Stock(), "那有男款吗", "ask_stock", {}, product_id="parka-padded")
    assert asked.responses[0].startswith("utter_womens_cut")


CORRECTIONS = [
    # product, slots, text, entity → slot, value
    (
        "down-light-short",
        {"height_cm": 165.0, "weight_kg": 50.0, "wearer": "self"},
        "打错了 是58",
        "weight_kg",
        58.0,
    ),
    ("toddler-first-shoes", {"foot_length_mm": 125, "wearer": "孩子"}, "不对 是13.2", "foot_length_mm", 132),
    ("boots-snow", {"foot_length_mm": 235, "wearer": "self"}, "是24.5", "foot_length_mm", 245),
]


@pytest.mark.parametrize(("product", "slots", "text", "name", "value"), CORRECTIONS)
def test_a_correction_without_a_unit_is_taken_however_it_was_read(product, slots, text, name, value) -> None:
    doubtful = [("ask_price", 0.4), ("modify_order", 0.3)]
    asked = say(Clarify(), text, "nlu_fallback", {}, slots, doubtful, product_id=product)
    assert asked.follows == "action_size"
    assert say(Inform(), text, "inform", {}, slots, product_id=product).follows == "action_size"
    assert say(Size(), text, "nlu_fallback", {}, slots, product_id=product).slots[name] == value


def test_a_sister_is_measured_beside_the_speaker() -> None:
    own = say(Size(), "165 110斤", "ask_size", {"height_cm": 165.0, "weight_kg": 55.0}, **JACKET)
    hers = say(Size(), "我姐 她比我矮5厘米 有130吧", "ask_size", {}, own.slots, **JACKET)
    assert (hers.slots["height_cm"], hers.slots["weight_kg"]) == (160.0, 65.0)
    assert hers.slots["wearer"] == "姐姐"


def test_a_childs_height_is_not_asked_for_again() -> None:
    said = say(Size(), "108 瘦猴一个 34斤", "ask_size", {"weight_kg": 17.0}, product_id="kids-down-cloud")
    assert "110 码" in said.text and said.follows != "size_form"


def test_a_waist_counts_for_the_skirt() -> None:
    said = say(Size(), "腰2尺2", "ask_size", {}, product_id="skirt-wool-a")
    assert said.responses == ["utter_size_guess_waist"] and "L 码" in said.text
    told = {"height_cm": 160.0, "weight_kg": 52.5}
    both = say(Size(), "160 105斤", "ask_size", told, said.slots, product_id="skirt-wool-a")
    assert "L 码" in both.text and "放心选" not in both.text


def recommended(*texts: str, product: str | None = None, customer: str | None = None) -> list[Said]:
    said, slots = [], {}
    for text in texts:
        where = {"product_id": product} if product else {}
        answer = say(Recommend(), text, "ask_recommendation", {}, slots, customer_id=customer, **where)
        slots = answer.slots
        said.append(answer)
    return said


def shown(said: Said) -> str:
    return said.text + str(said.cards)


def test_what_is_refused_is_not_recommended_nor_later() -> None:
    first, second = recommended("给我老婆买个外套 不要羽绒服 上班穿的", "500以内")
    assert "羽绒" not in shown(first)
    assert "羽绒" not in shown(second) and "双面呢" not in shown(second)
    assert second.responses[0].startswith("utter_recommend")


def test_a_limit_alone_goes_on_about_what_was_looked_for() -> None:
    (first,) = recommended("给我老婆买个外套 上班穿的")
    doubtful = [("ask_price", 0.3)]
    for text in ("500以内", "不要黑的", "便宜点的"):
        assert say(Clarify(), text, "nlu_fallback", {}, first.slots, doubtful).follows == "action_recommend"
    assert say(Clarify(), "500以内", "nlu_fallback", {}, {}, doubtful).follows != "action_recommend"


def test_a_gift_for_a_grown_up_is_nothing_for_children() -> None:
    (said,) = recommended("送女朋友生日礼物 预算200")
    assert "女童" not in shown(said) and "儿童" not in shown(said)


def test_what_itches_is_not_recommended_to_sensitive_skin() -> None:
    asked = say(ProductInfo(), "扎不扎 我敏感肌", "ask_product_info", {}, product_id="knit-cable")
    said = say(Recommend(), "那换哪件好", "ask_recommendation", {}, asked.slots, product_id="knit-cable")
    assert said.slots["product_id"] != "knit-cable"


def test_a_heated_room_speaks_against_the_warmest_quilt() -> None:
    said = say(ProductInfo(), "暖气房用哪个", "ask_recommendation", {}, product_id="quilt-down")
    assert "会热" in said.text and said.responses == ["utter_room_too_warm_instead"]


def test_nothing_within_her_limits_is_said_honestly() -> None:
    (said,) = recommended("20块以内的羽绒服")
    assert said.responses == ["utter_nothing_allowed"]


def test_degrees_are_asked_of_the_product_in_view() -> None:
    (said,) = recommended("零下20度够不够", product="thermal-set")
    assert said.follows == "action_product_info"
    told = say(ProductInfo(), "零下20度够不够", "ask_product_info", {}, product_id="thermal-set")
    assert "零下十五度以下" in told.text


@pytest.mark.parametrize("action", [Stock(), ProductInfo(), Recommend()])
def test_what_is_not_sold_is_not_answered_for_the_last_product(action: Any) -> None:
    said = say(action, "你们有卖自行车吗", "ask_stock", {}, {"product_id": "down-light-short"}, **JACKET)
    assert said.responses == ["utter_not_sold"] and "自行车" in said.text


def test_a_place_told_for_its_climate_is_no_postage() -> None:
    where = {"region": "四川"}
    long_one = {"product_id": "down-long-hood"}
    assert say(Inform(), "成都冬天穿", "inform", where, **long_one).follows == "action_product_info"
    told = say(ProductInfo(), "成都冬天穿", "ask_product_info", where, **long_one)
    assert "会热" in told.text


def test_the_day_of_what_is_missing_is_told_and_not_what_is_there() -> None:
    said = say(Stock(), "白的24啥时候有", "ask_stock", {"color": "白色"}, product_id="pot-enamel")
    assert said.responses == ["utter_when_back"]
    assert "24厘米" in said.text and "22厘米" not in said.text


def test_a_size_told_before_goes_before_a_colour() -> None:
    told = {"height_cm": 160.0, "weight_kg": 70.0}
    sized = say(Size(), "我160 140斤", "ask_size", told, product_id="down-long-hood")
    said = say(
        Stock(), "有没有红的", "ask_stock", {"color": "红色"}, sized.slots, product_id="down-long-hood"
    )
    assert "没有做红色。" in said.text.replace(" ", "")
    assert "XL" in said.messages[0]["buttons"][0]["title"]


def test_not_knowing_her_size_is_no_goodbye() -> None:
    said = say(Deny(), "不知道她尺码", "deny", {})
    assert said.responses == ["utter_no_size_needed"] and said.payloads


def test_a_foot_told_beside_a_jacket_is_for_shoes() -> None:
    slots = {"height_cm": 108.0, "wearer": "孩子"}
    told = {"foot_length_mm": 172}
    said = say(Size(), "鞋呢 脚长17.2", "ask_size", told, slots, product_id="kids-down-cloud")
    assert said.responses == ["utter_foot_elsewhere"] and "儿童魔术贴运动鞋穿 28 码" in said.text


def test_a_size_that_may_be_too_large_is_no_other_height() -> None:
    slots = {"height_cm": 125.0, "age": 7.5, "wearer": "孩子"}
    told = {"height_cm": 130.0}
    said = say(Size(), "130是不是太大了", "ask_size", told, slots, product_id="kids-down-cloud")
    assert "身高 125cm" in said.text and "身高 130cm" not in said.text


@pytest.mark.parametrize(
    ("text", "entities"), [("蓝色110", {"color": "蓝色", "size": "110"}), ("L呢", {"size": "L"})]
)
def test_a_variant_and_nothing_else_is_looked_up(text: str, entities: dict[str, str]) -> None:
    doubtful = [("chitchat", 0.2), ("ask_exchange", 0.1)]
    said = say(Clarify(), text, "nlu_fallback", entities, {}, doubtful, product_id="kids-home-set")
    assert said.follows == "action_stock"


def test_a_pupils_bottle_is_no_shoe() -> None:
    (said,) = recommended("给小学生用多大的", product="bottle-thermos")
    assert "鞋" not in shown(said) and "裙" not in shown(said)


def test_which_colour_is_asked_of_the_one_named() -> None:
    said = say(
        Recommend(),
        "围巾吧 哪个色",
        "ask_recommendation",
        {"product": "scarf-wool"},
        {"product_id": "lunch-box"},
    )
    assert said.follows == "action_stock" and said.slots["product_id"] == "scarf-wool"
