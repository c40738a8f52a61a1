"""How a running sum changes: what is added, taken out, put in another's place, and the number each gets."""

from __future__ import annotations

import pytest

from bot.shop.prices.bill import Item
from bot.shop.prices.dropped import goods_left
from bot.shop.prices.together import Talk, joins, lessens
from bot.shop.records.model import Shop

SET, MILK, SOY, DOWN = "bedding-cotton", "bedding-milk-velvet", "quilt-soy", "quilt-down"
PILLOW, BLANKET = "pillow-neck", "blanket-throw"
HOODIE, JOGGERS, SOCKS, SCARF = "sweatshirt-fleece", "joggers-soft", "socks-cloud", "scarf-wool"
RACK, HANGERS, TOWELS = "rack-shoe", "hangers-flock", "towels-long-staple"
DESK, CHAIR, LAMP = "desk-study", "chair-study", "lamp-desk"
BED = [(SET, 1), (SOY, 1), (PILLOW, 2)]
WEAR = [(HOODIE, 1), (JOGGERS, 1), (SOCKS, 1)]


def after(shop: Shop, text: str, current: str, before=(), **more) -> dict[str, int]:
    known = shop.products
    talk = Talk(known[current], tuple(Item(known[id_], count) for id_, count in before))
    return {item.product.id: item.quantity for item in goods_left(shop, text, talk, **more)[0].items}


COUNTED = [
    ("四件套 被子 再加两个枕头 全套下来多少钱", SET, BED),
    ("四件套加被子再加两个枕头 多少钱", SET, BED),
    ("四件套，被子，外加枕头两个", SET, BED),
    ("四件套一套 被子一床 枕头两个 一共多少", SET, BED),
    ("一套四件套一床被子两个枕头", SET, BED),
    ("两个枕头一床大豆被", SET, [(PILLOW, 2), (SOY, 1)]),
    ("大豆被一床 枕头两个", SET, [(SOY, 1), (PILLOW, 2)]),
    ("四件套两套加枕头一个", SET, [(SET, 2), (PILLOW, 1)]),
    ("四件套两套加枕头", SET, [(SET, 2), (PILLOW, 1)]),
    ("枕头两个 四件套", SET, [(PILLOW, 2), (SET, 1)]),
    ("三双袜子和一条围巾", HOODIE, [(SOCKS, 3), (SCARF, 1)]),
    ("袜子三双围巾一条", HOODIE, [(SOCKS, 3), (SCARF, 1)]),
    ("书桌 椅子 台灯 一起多少钱", DESK, [(DESK, 1), (CHAIR, 1), (LAMP, 1)]),
    ("书桌椅子台灯各一个", DESK, [(CHAIR, 1), (LAMP, 1)]),  # written together it is the chair's own nickname
]


@pytest.mark.parametrize(("text", "current", "expected"), COUNTED)
def test_a_number_belongs_to_the_thing_it_stands_at(
    demo_shop: Shop, text: str, current: str, expected: list
) -> None:
    assert after(demo_shop, text, current) == dict(expected)


PACKS = [
    ("衣架也要 40个的多少钱", RACK, {RACK: 1, HANGERS: 1}),
    ("40个装的多少钱", HANGERS, {HANGERS: 1}),
    ("40个的多少钱", HANGERS, {HANGERS: 1}),
    ("20个的和40个的一个价?", HANGERS, {HANGERS: 1}),
    ("衣架40个一包的多少钱", RACK, {HANGERS: 1}),
    ("毛巾六条的和衣架20个的一共多少", TOWELS, {TOWELS: 1, HANGERS: 1}),
    ("衣架要两包", RACK, {HANGERS: 2}),
    ("袜子要40双", RACK, {SOCKS: 40}),
]


@pytest.mark.parametrize(("text", "current", "expected"), PACKS)
def test_a_number_that_is_a_pack_of_the_thing_counts_nothing(
    demo_shop: Shop, text: str, current: str, expected: dict
) -> None:
    assert after(demo_shop, text, current) == expected


CHANGED = [
    ("再加条运动裤和一双袜子 一共多少", HOODIE, [(HOODIE, 1)], WEAR),
    ("还要一条运动裤，一双袜子", HOODIE, [(HOODIE, 1)], WEAR),
    ("另外运动裤和袜子也拿上", HOODIE, [(HOODIE, 1)], WEAR),
    ("把袜子也算上", HOODIE, [(HOODIE, 1)], [(HOODIE, 1), (SOCKS, 1)]),
    ("袜子也要两双", HOODIE, [(HOODIE, 1)], [(HOODIE, 1), (SOCKS, 2)]),
    ("那不加裤子了", HOODIE, WEAR, [(HOODIE, 1), (SOCKS, 1)]),
    ("不要裤子了 多少", HOODIE, WEAR, [(HOODIE, 1), (SOCKS, 1)]),
    ("裤子不要了", HOODIE, WEAR, [(HOODIE, 1), (SOCKS, 1)]),
    ("裤子先不要了一共多少", HOODIE, WEAR, [(HOODIE, 1), (SOCKS, 1)]),
    ("把裤子去掉", HOODIE, WEAR, [(HOODIE, 1), (SOCKS, 1)]),
    ("裤子还是不买了", HOODIE, WEAR, [(HOODIE, 1), (SOCKS, 1)]),
    ("裤子就不拿了吧", HOODIE, WEAR, [(HOODIE, 1), (SOCKS, 1)]),
    ("袜不要了", HOODIE, WEAR, [(HOODIE, 1), (JOGGERS, 1)]),
    ("卫衣算了", HOODIE, WEAR, [(JOGGERS, 1), (SOCKS, 1)]),
    ("裤子不要了 换条围巾", HOODIE, WEAR, [(HOODIE, 1), (SOCKS, 1), (SCARF, 1)]),
    ("裤子换成围巾", HOODIE, WEAR, [(HOODIE, 1), (SOCKS, 1), (SCARF, 1)]),
    ("把枕头换成毯子 一共多少", SET, BED, [(SET, 1), (SOY, 1), (BLANKET, 1)]),
    ("被子换成羽绒被", SET, BED, [(SET, 1), (PILLOW, 2), (DOWN, 1)]),
    ("被子换成鹅绒被呢", SET, BED, [(SET, 1), (PILLOW, 2), (DOWN, 1)]),
    ("换成羽绒被呢", SET, BED, [(SET, 1), (PILLOW, 2), (DOWN, 1)]),
    ("那换牛奶绒四件套 一共多少", SET, BED, [(SOY, 1), (PILLOW, 2), (MILK, 1)]),
    ("四件套换成牛奶绒的", SET, BED, [(SOY, 1), (PILLOW, 2), (MILK, 1)]),
    ("袜子要三双", HOODIE, WEAR, [(HOODIE, 1), (JOGGERS, 1), (SOCKS, 3)]),
    ("袜子改成三双", HOODIE, WEAR, [(HOODIE, 1), (JOGGERS, 1), (SOCKS, 3)]),
    ("枕头只要一个", SET, BED, [(SET, 1), (SOY, 1), (PILLOW, 1)]),
    ("枕头少一个", SET, BED, [(SET, 1), (SOY, 1), (PILLOW, 1)]),
    ("枕头减一个", SET, BED, [(SET, 1), (SOY, 1), (PILLOW, 1)]),
    ("再加一个枕头", SET, BED, [(SET, 1), (SOY, 1), (PILLOW, 3)]),
    ("再来个枕头", SET, BED, [(SET, 1), (SOY, 1), (PILLOW, 3)]),
    ("枕头再加一个", SET, BED, [(SET, 1), (SOY, 1), (PILLOW, 3)]),
    ("袜子多少钱", HOODIE, WEAR, [(SOCKS, 1)]),
    ("两双袜子多少钱", HOODIE, WEAR, [(SOCKS, 2)]),
    ("只要袜子", HOODIE, WEAR, [(SOCKS, 1)]),
]


@pytest.mark.parametrize(("text", "current", "before", "expected"), CHANGED)
def test_the_sum_changes_by_what_is_said_and_nothing_else(
    demo_shop: Shop, text: str, current: str, before: list, expected: list
) -> None:
    assert after(demo_shop, text, current, before) == dict(expected)


def test_one_more_without_a_name_is_one_more_of_what_came_last(demo_shop: Shop) -> None:
    assert after(demo_shop, "再来一双", SOCKS, [(SOCKS, 1)], pieces=1) == {SOCKS: 2}
    assert after(demo_shop, "再来一双", HOODIE, WEAR, pieces=1) == dict(WEAR) | {SOCKS: 2}
    assert after(demo_shop, "要两双", SOCKS, [(SOCKS, 1)], pieces=2) == {SOCKS: 2}


@pytest.mark.parametrize("text", ["白色换成黑色", "换成M码", "不要白色的", "一共多少"])
def test_another_colour_or_size_takes_nothing_out(demo_shop: Shop, text: str) -> None:
    assert after(demo_shop, text, HOODIE, WEAR, keeps=True) == dict(WEAR)


def test_one_more_set_of_things_that_are_no_set_is_one_more_of_each(demo_shop: Shop) -> None:
    kids = [("kids-down-cloud", 1), ("kids-joggers", 1)]
    assert after(demo_shop, "再要一套 给老二", "kids-down-cloud", kids, pieces=1) == {
        "kids-down-cloud": 2,
        "kids-joggers": 2,
    }


@pytest.mark.parametrize("text", ["加上", "那加上吧", "也要", "算上它一共多少", "一起买", "加进去"])
def test_a_word_alone_puts_what_she_looks_at_into_the_sum(text: str) -> None:
    assert joins(text)


@pytest.mark.parametrize("text", ["加上券", "加上运费呢", "一起寄", "要", "加绒"])
def test_what_is_put_beside_must_be_goods(text: str) -> None:
    assert not joins(text)


def test_the_cheaper_of_a_sort_comes_for_the_other(demo_shop: Shop) -> None:
    study = [(DESK, 1), (CHAIR, 1), (LAMP, 1)]
    lite = {DESK: 1, LAMP: 1, "chair-study-lite": 1}
    assert after(demo_shop, "椅子要便宜那款 一共多少", DESK, study) == lite
    assert after(demo_shop, "要基础款学习椅", DESK, study) == lite


def test_one_less_is_one_less_of_what_came_last(demo_shop: Shop) -> None:
    assert after(demo_shop, "少一双", SOCKS, [(SOCKS, 3)], pieces=1) == {SOCKS: 2}
    assert after(
        demo_shop, "减个饭盒 加个保温杯", "pan-nonstick", [("pan-nonstick", 1), ("lunch-box", 1)]
    ) == {
        "pan-nonstick": 1,
        "bottle-thermos": 1,
    }
    assert lessens("少一双") and not lessens("少了一双") and not lessens("收到少一双")
