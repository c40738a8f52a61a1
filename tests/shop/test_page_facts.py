"""What the page's own numbers and tags answer: parts, people, heights, occasions (docs/transcript-review.md, E)."""

from __future__ import annotations

import pytest

from bot.settings import ROOT
from bot.shop.goods import facts, measured, occasion, plain_words, reference
from bot.shop.parcels.asked_days import asked_days
from bot.shop.prices import taking
from bot.shop.records.loader import load_shop
from bot.shop.talk import hardship
from tests.actions.conftest import NOW

SHOP = load_shop(ROOT / "data" / "shop")

PARTS = [
    ("trousers-wide", "那L裤长", "L", {"裤长": "L 码 101 厘米"}),
    ("trousers-wide", "L的裤子多长", "L", {"裤长": "L 码 101 厘米"}),
    ("knit-merino-crew", "胸围多少", "M", {"胸围": "M 码 97 厘米"}),
    ("knit-merino-crew", "胸多大", "M", {"胸围": "M 码 97 厘米"}),
    ("knit-merino-crew", "袖子有多长", "M", {"袖长": "M 码 57 厘米"}),
    ("trousers-wide", "我腰围85能穿吗", None, {}),
    ("down-long-hood", "我肩多宽穿几码", None, {}),
    ("trousers-wide", "我165 110斤 裤长合适吗", None, {}),
    ("down-long-hood", "我肩宽 穿几码", None, {}),
    ("socks-cloud", "裤长多少", None, {}),
]


@pytest.mark.parametrize(("product", "text", "size", "found"), PARTS)
def test_a_part_of_the_garment_is_told_from_the_chart(
    product: str, text: str, size: str | None, found: dict
) -> None:
    thing = SHOP.products[product]
    assert measured.garment(thing, SHOP.chart_of(thing), text, size) == found


@pytest.mark.parametrize(
    ("text", "people", "told"),
    [
        ("五口人够吗", 4, 5),
        ("5个人够不够用", 4, 5),
        ("四口之家够吗", 4, 4),
        ("够几个人用", 4, None),
    ],
)
def test_how_many_a_set_serves(text: str, people: int, told: int | None) -> None:
    found = measured.serves(SHOP.products["tableware-warm"], text)
    assert found and (found.people, found.told) == (people, told)


@pytest.mark.parametrize("text", ["两个人的碎了", "我一个人住", "几个人在排队", "够不够结实"])
def test_people_named_for_something_else_are_not_counted(text: str) -> None:
    assert measured.serves(SHOP.products["tableware-warm"], text) is None


def test_a_set_that_says_nothing_of_people_is_not_guessed_at() -> None:
    assert measured.serves(SHOP.products["pot-enamel"], "五口人够吗") is None


@pytest.mark.parametrize(
    ("text", "is_in"), [("孩子6岁118能坐吗", True), ("孩子1米1能用吗", True), ("我1米8能坐吗", False)]
)
def test_who_a_chair_is_made_for(text: str, is_in: bool) -> None:
    found = measured.stature(SHOP.products["chair-study"], text)
    assert found and found.is_in is is_in


@pytest.mark.parametrize("text", ["118元能便宜吗", "118块可以吗", "能坐120斤的人吗"])
def test_money_and_weight_are_no_height(text: str) -> None:
    assert measured.stature(SHOP.products["chair-study"], text) is None


@pytest.mark.parametrize(
    ("product", "text", "tags"),
    [
        ("dress-knit-long", "年会穿", ("年会",)),
        ("toddler-first-shoes", "送周岁合适不", ("周岁",)),
        ("scarf-wool", "送男友合适吗", ("送男友",)),
        ("down-light-short", "送人好不好", ("送妈妈",)),
        ("rack-shoe", "送人好不好", ()),
        ("dress-knit-long", "年会穿什么好", ()),
        ("bedding-cotton", "结婚用的 有大红的吗", ()),
        ("trousers-tapered", "上班时间几点", ()),
        ("kids-down-cloud", "这件童装能穿吗", ()),
    ],
)
def test_an_occasion_is_known_by_the_products_tags(product: str, text: str, tags: tuple[str, ...]) -> None:
    assert occasion.asked(SHOP.products[product], text) == tags


@pytest.mark.parametrize(
    ("size", "told"),
    [
        ("22厘米", "22 厘米 3.8 公斤"),
        (None, "22 厘米 3.8 公斤，24 厘米 4.8 公斤"),
        ("20厘米", "22 厘米 3.8 公斤，24 厘米 4.8 公斤"),
    ],
)
def test_of_a_value_for_every_size_the_part_of_hers(size: str | None, told: str) -> None:
    assert facts.of_size("22 厘米 3.8 公斤，24 厘米 4.8 公斤", size) == told


@pytest.mark.parametrize(
    "text", ["真皮吗 别是pu骗人的", "掉色不 我买过掉色的气死", "真的假的", "不会是假的吧"]
)
def test_a_doubt_before_buying(text: str) -> None:
    assert plain_words.is_wary(text)


@pytest.mark.parametrize("text", ["你们骗人 退钱", "收到的是假的", "怕冷穿什么", "我买过两次了"])
def test_a_complaint_or_a_plain_word_is_no_doubt(text: str) -> None:
    assert not plain_words.is_wary(text)


@pytest.mark.parametrize("text", ["再便宜的呢", "有没有便宜点的", "便宜一点的有吗", "还有更便宜的吗"])
def test_cheaper_ones_are_wanted(text: str) -> None:
    assert plain_words.wants_cheaper(text)


@pytest.mark.parametrize("text", ["便宜点", "能便宜的话我就买", "再便宜点呗", "便宜的价格怎么来的"])
def test_a_lower_price_of_this_one_is_wanted(text: str) -> None:
    assert not plain_words.wants_cheaper(text)


@pytest.mark.parametrize("text", ["就要这些 下单", "好的就这两样 下单", "都要了", "这些都要 下单"])
def test_all_is_taken(text: str) -> None:
    assert taking.takes_all(text)


@pytest.mark.parametrize(
    "text", ["都要退", "这些多少钱", "都要多少钱", "就要这件", "都不要了", "这些都要黑色吗"]
)
def test_not_all_is_taken(text: str) -> None:
    assert not taking.takes_all(text)


def test_the_day_hurried_for_is_one_to_arrive_by() -> None:
    asked = asked_days("什么时候能发 赶下周三", NOW)
    assert asked.arrives_by and asked.ships_on is None
    assert asked_days("下周三能发货吗", NOW).ships_on


@pytest.mark.parametrize(("text", "id_"), [("大人的", "boots-snow"), ("要小孩穿的", "kids-boots-snow")])
def test_grown_ups_or_childrens_of_those_shown(text: str, id_: str) -> None:
    shown = [SHOP.products["boots-snow"], SHOP.products["kids-boots-snow"]]
    chosen = reference.of_wearer(text, shown)
    assert chosen and chosen.id == id_
    assert reference.of_wearer("大人的尺码表", shown) is None


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [("送上楼吗 六楼没电梯", True), ("德邦送上楼吗", True), ("楼主买过吗", False), ("上次送的袜子", False)],
)
def test_upstairs(text: str, is_asked: bool) -> None:
    assert hardship.goes_upstairs(text) is is_asked
