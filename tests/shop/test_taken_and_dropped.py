"""What she takes, what she drops from the sum, and the colour she tells in one character."""

from __future__ import annotations

import pytest

from bot.settings import ROOT
from bot.shop.goods import stock
from bot.shop.prices import taking
from bot.shop.prices.bill import Item
from bot.shop.prices.dropped import dropped, without
from bot.shop.prices.together import Talk, adds, goods_meant
from bot.shop.records.loader import load_shop

SHOP = load_shop(ROOT / "data" / "shop")
COLORS = [
    ("down-long-hood", "有货吗黑L", "黑色"),
    ("down-long-hood", "黑L有货吗", "黑色"),
    ("down-light-short", "黑M有几件", "黑色"),
    ("down-light-short", "L黑的", "黑色"),
    ("down-light-short", "m码黑有吗", "黑色"),
    ("down-light-short", "橙S几件", "橙色"),
    ("down-light-short", "白L有吗", "米白色"),
    ("bottle-thermos", "750白还有几个", "白色"),
    ("boots-snow", "黑37几双", "黑色"),
    ("bedding-cotton", "好的就它 1.8灰的", "灰色"),
    ("down-long-hood", "橙L有吗", "橙色"),
    ("bottle-thermos", "买100白送一个吗", None),
    ("bottle-thermos", "500红包", None),
    ("down-light-short", "黑色和橙色", None),
    ("down-light-short", "L有货吗", None),
]


@pytest.mark.parametrize(("product", "text", "color"), COLORS)
def test_one_character_beside_a_size_tells_the_colour(product: str, text: str, color: str | None) -> None:
    every = {each for other in SHOP.products.values() for each in other.colors}
    assert stock.color_in(SHOP.products[product], text, every) == color


TAKEN = [
    ("parka-padded", "行 那要棉服 黑色 L"),
    ("parka-padded", "行 那要棉服"),
    ("parka-padded", "好 要黑色L"),
    ("parka-padded", "好的就它 下单"),
    ("parka-padded", "我要了"),
    ("parka-padded", "那我要面包棉服 黑色L"),
    ("parka-padded", "就要黑色L的棉服"),
    ("bedding-cotton", "好的就它 1.8灰的"),
    ("bedding-cotton", "拍一套"),
    ("parka-padded", "就它了"),
    ("parka-padded", "那就买这个吧"),
    ("parka-padded", "下单吧"),
    ("parka-padded", "行 那要这件"),
]
NOT_TAKEN = [
    "我不要了",
    "那我要退款",
    "怎么下单",
    "我下单了",
    "那要大一码",
    "好的 我再看看",
    "就要黑色L的棉服吗",
    "那要是不合适呢",
    "要黑色L",
    "我要黑色L",
    "行 那要棉服 便宜点",
    "不要黑色L",
    "我要投诉",
    "好的",
    "那我要人工",
    "那这件呢",
    "那这件",
]


@pytest.mark.parametrize(("product", "text"), TAKEN)
def test_a_yes_to_buying_is_heard(product: str, text: str) -> None:
    thing = SHOP.products[product]
    assert taking.takes(thing, text, is_chosen="黑色L" in text)


@pytest.mark.parametrize("text", NOT_TAKEN)
def test_a_question_a_refusal_or_another_matter_is_no_yes(text: str) -> None:
    assert not taking.takes(SHOP.products["parka-padded"], text, is_chosen="黑色L" in text)


def _items(*ids: str) -> tuple[Item, ...]:
    return tuple(Item(SHOP.products[each]) for each in ids)


DROPS = [
    ("我不要冲锋衣了 加两双袜子", {"sweatshirt-fleece": 1, "socks-cloud": 2}),
    ("冲锋衣不要了", {"sweatshirt-fleece": 1}),
    ("那不加冲锋衣了", {"sweatshirt-fleece": 1}),
    ("冲锋衣不要了再加两双袜子", {"sweatshirt-fleece": 1, "socks-cloud": 2}),
    ("卫衣不要了 只要袜子", {"socks-cloud": 1}),
    ("去掉卫衣", {"jacket-shell-3in1": 1}),
    ("不要那件冲锋衣，一共多少", {"sweatshirt-fleece": 1}),
    ("再加两双袜子", {"sweatshirt-fleece": 1, "jacket-shell-3in1": 1, "socks-cloud": 2}),
]


@pytest.mark.parametrize(("text", "left"), DROPS)
def test_what_she_drops_leaves_the_sum(text: str, left: dict[str, int]) -> None:
    talk = Talk(SHOP.products["jacket-shell-3in1"], _items("sweatshirt-fleece", "jacket-shell-3in1"))
    words, gone = dropped(SHOP, text)
    goods = goods_meant(SHOP, words, without(talk, gone), keeps=bool(gone))
    assert {item.product.id: item.quantity for item in goods.items} == left


@pytest.mark.parametrize(
    "text", ["不要太贵的", "一共多少", "不要优惠了", "要不要加绒", "能不能不加价", "加不加绒"]
)
def test_nothing_is_dropped_where_no_goods_are_refused(text: str) -> None:
    assert dropped(SHOP, text) == (text, frozenset())


@pytest.mark.parametrize(
    ("text", "is_added"), [("再加两双袜子", True), ("加绒的吗", False), ("那再来条围巾", True)]
)
def test_adding_begins_with_its_word(text: str, is_added: bool) -> None:
    assert adds(text) is is_added


def test_a_sort_beside_one_in_view_takes_none_of_two_that_were_only_shown() -> None:
    shown = (SHOP.products["kids-sweatshirt-bear"], SHOP.products["sweatshirt-fleece"])
    goods = goods_meant(SHOP, "跟冲锋衣一起呢", Talk(shown[1], (), shown))
    assert [item.product.id for item in goods.items] == ["sweatshirt-fleece"]
    assert {"kids-shell-3in1", "jacket-shell-3in1"} <= {product.id for product in goods.choices}
