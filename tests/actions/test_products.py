"""Facts, comparisons, needs and stock: nothing is said that the catalogue and the shelf do not hold."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.common import shop_floor
from actions.deciding.clarify import Clarify
from actions.products.notify import Notify
from actions.products.product import ProductInfo, Usage
from actions.products.recommend import Recommend
from actions.products.stock import Stock
from actions.sizes.size import Size
from actions.talk.small_talk import Affirm
from bot.faq.scripts import load_scripts
from bot.settings import ROOT
from tests.actions.conftest import NOW, Scripts, say

JACKET = {"product_id": "down-light-short"}


@pytest.mark.parametrize(
    ("product", "question", "fragments"),
    [
        ("down-light-short", "里面填的什么绒", ["90% 白鸭绒"]),
        ("knit-merino-crew", "可以机洗吗", ["手洗", "不能机洗"]),  # the care, and that the wish is against it
        ("bottle-thermos", "什么材质的", ["316"]),
        ("chair-study", "大人长时间坐行吗", ["80 公斤"]),
        ("canvas-classic", "有什么颜色", ["灰色、黑色"]),
        ("bedding-cotton", "家里有猫能用吗", ["拉丝"]),
    ],
)
def test_what_was_asked_is_answered_from_the_catalogue(
    product: str, question: str, fragments: list[str]
) -> None:
    said = say(ProductInfo(), question, "ask_product_info", product_id=product)
    assert all(fragment in said.text for fragment in fragments), said.text


def test_what_the_catalogue_does_not_say_is_not_said() -> None:
    said = say(ProductInfo(), "产地是哪里", "ask_product_info", **JACKET)
    assert said.responses == ["utter_fact_unknown"]
    assert "/request_human" in said.payloads


def test_too_cold_a_day_is_told_with_what_is_warm_enough() -> None:
    said = say(ProductInfo(), "零下二十度能穿吗", "ask_product_info", **JACKET)
    assert said.responses == ["utter_too_cold_instead"]
    assert said.cards[0]["id"] == "down-long-hood"
    mild = say(ProductInfo(), "零下三度能穿吗", "ask_product_info", **JACKET)
    assert mild.responses == ["utter_warm_enough"]


def test_two_shown_products_are_compared_when_both_are_meant() -> None:
    slots = {"shown": ["knit-cable", "knit-merino-crew"]}
    said = say(Recommend(), "这两款有啥区别", "ask_recommendation", slots=slots)
    assert said.responses == ["utter_compare"]
    assert said.cards[0]["rows"][0][1:] == ["¥189", "¥259"]


def test_a_sensitive_skin_hears_the_downside_and_what_does_not_itch() -> None:
    said = say(Recommend(), "我是敏感肌推荐哪件", "ask_recommendation", product_id="scarf-wool")
    assert said.responses[0].startswith("utter_honest")
    assert "扎" in said.text


def test_of_what_serves_a_need_nothing_is_offered_that_speaks_against_it(demo_shop) -> None:
    said = say(Recommend(), "怕冷穿什么", "ask_recommendation")
    offered = [demo_shop.products[id_] for id_ in said.slots["shown"]]
    assert offered
    assert not any("不保暖" in line for product in offered for line in product.not_for)


def test_a_matching_item_is_suggested_once_in_a_chat() -> None:
    told = {"height_cm": 165.0, "weight_kg": 55.0}
    first = say(Size(), "165 110斤", "ask_size", told, **JACKET)
    second = say(Size(), "那这条裤子呢", "ask_size", told, first.slots, product_id="trousers-wide")
    assert "utter_goes_with" in first.responses
    assert "utter_goes_with" not in second.responses


def test_to_be_told_is_noted_as_a_promise_for_the_day_it_is_back() -> None:
    missing = say(Stock(), "米白色M有吗", "ask_stock", {"color": "米白色", "size": "M"}, **JACKET)
    assert "/affirm" in missing.payloads
    assert say(Affirm(), "/affirm", "affirm", slots=missing.slots).follows == "action_notify"
    noted = say(Notify(), "/affirm", "affirm", slots=missing.slots, **JACKET)
    assert noted.effect("promise")["due"] == "2026-11-26T10:00"
    assert "米白色 M" in noted.effect("promise")["text"]
    again = say(Notify(), "到货告诉我", "ask_stock", slots=noted.slots, **JACKET)
    assert again.responses == ["utter_notify_already"]
    assert again.effects == []


def test_without_a_day_none_is_named_and_somebody_finds_out() -> None:
    slots = {"color": "黑色", "size": "XL"}
    noted = say(Notify(), "到货通知我", "ask_stock", slots=slots, product_id="down-vest")
    assert noted.responses == ["utter_notify_unknown"]
    assert noted.effect("promise")["due"] > NOW.isoformat()


def test_the_colour_talked_about_stays_when_another_size_is_asked_for() -> None:
    first = say(Stock(), "黑色M有吗", "ask_stock", {"color": "黑色", "size": "M"}, **JACKET)
    then = say(Stock(), "那L码呢", "ask_stock", {"size": "L"}, first.slots, **JACKET)
    assert "黑色 L" in then.text and "橙色" not in then.text


def test_what_was_taken_down_says_why_and_what_is_like_it() -> None:
    said = say(Stock(), "还有货吗", "ask_stock", product_id="dress-floral")
    assert said.responses == ["utter_taken_down", "utter_instead_of_taken_down"]
    assert "过季" in said.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_stock_is_stated_that_is_not_there(demo_shop, data) -> None:
    product = data.draw(st.sampled_from(sorted(demo_shop.products.values(), key=lambda p: p.id)))
    color = data.draw(st.sampled_from([None, *product.colors]))
    size = data.draw(st.sampled_from([None, *product.sizes]))
    text = data.draw(st.sampled_from(["有货吗", "还有几件"]))
    told = {name: value for name, value in (("color", color), ("size", size)) if value}
    said = say(Stock(), text, "ask_stock", told, product_id=product.id)
    on_shelf = {(v.color, v.size): v.stock for v in product.variants}
    wished = [n for (c, s), n in on_shelf.items() if color in (None, c) and size in (None, s)]
    has_any = sum(wished) > 0 and not product.taken_down
    assert any(r.startswith("utter_stock") for r in said.responses) == has_any
    if counted := re.search(r"还(?:有|剩) (\d+) 件", said.text):
        assert int(counted[1]) == sum(wished)
    for payload in (p for p in said.payloads if '"color"' in p or '"size"' in p):
        c, s = (re.search(rf'"{name}":"([^"]*)"', payload) for name in ("color", "size"))
        assert on_shelf[(c[1] if c else "", s[1] if s else "")] > 0


def test_a_sure_script_answers_what_the_rule_has_no_fact_for(scripts: Scripts) -> None:
    scripts.know("ask_product_info", 0.95, "product.origin-tag")
    assert say(ProductInfo(), "有吊牌吗", "ask_product_info", **JACKET).messages[0]["text"].startswith("脚本")
    scripts.know("ask_size", 0.95, "sizing.model-size")
    assert say(Size(), "模特穿几码", "ask_size", **JACKET).messages[0]["text"].startswith("脚本")
    scripts.know("ask_stock", 0.95, "stock.hold-for-me")
    assert say(Stock(), "帮我留一件", "ask_stock", **JACKET).messages[0]["text"].startswith("脚本")


def test_a_script_never_goes_before_a_rule_that_knows_the_product(scripts: Scripts) -> None:
    scripts.know("ask_stock", 0.99, "stock.is-available")
    assert say(Stock(), "有货吗", "ask_stock", **JACKET).responses == ["utter_stock_overview"]


def test_an_unsure_script_is_left_alone(scripts: Scripts) -> None:
    scripts.know("ask_stock", 0.85, "stock.hold-for-me")
    assert say(Stock(), "这个呢", "ask_stock", **JACKET).responses == ["utter_stock_overview"]


def test_entries_that_rules_cover_exist() -> None:
    known = {entry.id for entry in load_scripts(ROOT / "data" / "faq")}
    covered = {id_ for ids in shop_floor.dialogue().covered.values() for id_ in ids}
    assert covered <= known


@pytest.mark.parametrize(
    ("text", "ranking", "entities", "action"),
    [
        ("零下二十度能穿吗", [("ask_size", 0.4)], {}, "action_product_info"),
        ("上一个有白色的吗", [("ask_stock", 0.5)], {"color": "白色"}, "action_stock"),
        ("选哪个尺码", [("ask_recommendation", 0.3), ("ask_size", 0.25)], {}, "action_size"),
        ("不是 是120斤", [("deny", 0.4)], {"weight_kg": 60.0}, "action_size"),
    ],
)
def test_an_unsure_reading_is_settled_by_what_the_shop_knows(text, ranking, entities, action) -> None:
    said = say(Clarify(), text, "nlu_fallback", entities, ranking=ranking, **JACKET)
    assert said.follows == action


def test_a_fault_is_never_taken_for_a_question_about_the_product() -> None:
    said = say(
        Clarify(), "面料破了", "nlu_fallback", {"fault": "破洞"}, ranking=[("report_defect", 0.5)], **JACKET
    )
    assert said.follows == "after_sale_form"


def test_washing_is_told_from_this_product_s_care() -> None:
    said = say(Usage(), "可以机洗吗", "ask_usage", product_id="knit-merino-crew")
    assert "手洗" in said.text
    assert say(Usage(), "怎么安装", "ask_usage", product_id="knit-merino-crew").follows == "action_faq"


def test_children_s_things_are_recommended_only_where_a_child_is_spoken_of() -> None:
    grown = say(Recommend(), "想买件羽绒服", "ask_recommendation")
    child = say(Recommend(), "给孩子买件羽绒服", "ask_recommendation")
    assert grown.slots["shown"][0] == "down-light-short"
    assert child.slots["shown"] == ["kids-down-cloud"]


def test_what_goes_with_the_product_in_view_is_shown_before_others_of_its_sort() -> None:
    said = say(Recommend(), "这件羽绒服配什么好看", "ask_recommendation", **JACKET)
    assert said.responses == ["utter_matching"]


def test_the_product_in_view_is_compared_with_the_one_named() -> None:
    said = say(Recommend(), "这款和云絮长款羽绒服有什么区别", "ask_recommendation", **JACKET)
    assert said.responses == ["utter_compare"]
    assert said.slots["shown"] == ["down-light-short", "down-long-hood"]


def test_which_size_for_another_product_is_no_question_for_a_script(scripts: Scripts) -> None:
    scripts.know("ask_size", 0.97, "sizing.layering")
    slots = {"height_cm": 165.0, "weight_kg": 52.0, "wearer": "self"}
    said = say(Size(), "那羊羔绒短外套穿多大", "ask_size", slots=slots)
    assert said.slots["product_id"] == "jacket-fleece" and said.responses[0].startswith("utter_size_fits")


def test_a_sort_brings_the_goods_of_that_sort_before_what_is_only_named_like_it() -> None:
    said = say(Recommend(), "推荐个毛衣", "ask_recommendation")
    assert said.slots["shown"][0].startswith("knit-")


def test_who_is_shown_the_one_before_does_not_get_it_turned_round_within_one_message() -> None:
    """Clarify and the action after it read the same words."""
    events = [{"event": "user", "timestamp": 5.0}]
    slots = {"product_id": "lunch-box", "earlier_product_id": "bottle-thermos"}
    told = {"color": "白色", "size": "750毫升"}
    first = say(
        Clarify(), "上一个有750毫升白色的吗", "nlu_fallback", told, slots, [("ask_stock", 0.5)], events
    )
    then = say(Stock(), "上一个有750毫升白色的吗", "nlu_fallback", told, first.slots, events=events)
    assert then.slots["product_id"] == "bottle-thermos"
