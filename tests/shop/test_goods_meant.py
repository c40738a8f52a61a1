"""Which goods a sum is made of: what she named, what goes with it, what was added up before."""

from __future__ import annotations

import pytest

from bot.shop.parcels import postage
from bot.shop.prices import pricing
from bot.shop.prices.bill import Item
from bot.shop.prices.together import Talk, goods_meant
from bot.shop.records.model import Shop

DESK, CHAIR, LAMP = "desk-study", "chair-study", "lamp-desk"
COAT, BOOTS, SCARF = "coat-wool-double", "boots-chelsea", "scarf-wool"
CABLE, TIGHTS, MERINO, TURTLE = "knit-cable", "leggings-fleece", "knit-merino-crew", "knit-turtleneck"
PAIR = [(COAT, 1), (BOOTS, 1)]


def meant(shop: Shop, text: str, current: str | None, before=(), **more) -> list[tuple[str, int]]:
    known = shop.products
    talk = Talk(known.get(current or ""), tuple(Item(known[id_], n) for id_, n in before))
    return [(item.product.id, item.quantity) for item in goods_meant(shop, text, talk, **more).items]


SAID = [
    ("配那个椅子一起多少钱", DESK, (), [(DESK, 1), (CHAIR, 1)]),
    ("椅子和桌子一起买", DESK, (), [(CHAIR, 1), (DESK, 1)]),
    ("那加个台灯呢", DESK, [(DESK, 1), (CHAIR, 1)], [(DESK, 1), (CHAIR, 1), (LAMP, 1)]),
    ("大衣加那个鞋多少钱", COAT, (), PAIR),
    ("加那双切尔西靴呢", COAT, (), PAIR),
    ("再带条围巾", COAT, PAIR, [*PAIR, (SCARF, 1)]),
    ("围巾加美利奴一共多少", SCARF, (), [(SCARF, 1), (MERINO, 1)]),
    ("这个围巾和加绒打底衫一起买多少钱", SCARF, (), [(SCARF, 1), (TURTLE, 1)]),
    ("两条打底裤加一件毛衣", CABLE, (), [(TIGHTS, 2), (CABLE, 1)]),
    ("这件和打底裤两条", CABLE, (), [(CABLE, 1), (TIGHTS, 2)]),
    ("毛衣和围巾各两条", CABLE, (), [(CABLE, 2), (SCARF, 2)]),
    ("这两件一起能便宜点吗", COAT, PAIR, PAIR),
    ("鞋子多少钱", COAT, (), [(BOOTS, 1)]),
    ("多少钱", COAT, PAIR, [(COAT, 1)]),
    ("外套多少钱", COAT, (), [(COAT, 1)]),
    ("两双呢", "slippers-cotton", (), [("slippers-cotton", 1)]),
    ("那加个呢", COAT, PAIR, [(COAT, 1)]),
    ("多少钱", None, (), []),
]


@pytest.mark.parametrize(("text", "current", "before", "expected"), SAID)
def test_nothing_that_was_named_is_left_out_of_the_sum(
    demo_shop: Shop, text: str, current: str | None, before: list, expected: list
) -> None:
    assert meant(demo_shop, text, current, before) == expected


def test_asked_on_about_the_sum_everything_added_up_before_counts(demo_shop: Shop) -> None:
    assert meant(demo_shop, "一共多少", COAT, PAIR, keeps=True) == PAIR
    assert meant(demo_shop, "包邮吗", "slippers-cotton", [("slippers-cotton", 2)], keeps=True) == [
        ("slippers-cotton", 2)
    ]


def test_a_sort_that_could_be_several_is_asked_about_and_never_guessed(demo_shop: Shop) -> None:
    talk = Talk(demo_shop.products[COAT])
    found = goods_meant(demo_shop, "再加条裤子一共多少", talk)
    assert [item.product.id for item in found.items] == [COAT] and len(found.choices) > 1
    alone = goods_meant(demo_shop, "裤子多少钱", talk)
    assert not alone.items and len(alone.choices) > 1


@pytest.mark.parametrize(
    ("text", "also"),
    [
        ("多少钱 运费多少 到内蒙", True),
        ("两双一共多少钱 包邮吗", True),
        ("运费多少钱", False),
        ("多少钱包邮", False),
        ("到新疆要多少运费", False),
        ("满多少钱才包邮", False),
    ],
)
def test_the_price_asked_together_with_postage_is_heard(text: str, also: bool) -> None:
    assert postage.asks_price_too(text) is also


def test_what_fills_up_does_not_cost_more_than_twice_of_what_is_missing(demo_shop: Shop, today) -> None:
    goods = [demo_shop.products[SCARF], demo_shop.products[TURTLE]]
    quote = pricing.basket(demo_shop, map(Item, goods), None, today)
    nearest = quote.ahead[0]
    found = pricing.fill_up(demo_shop, goods, nearest)
    assert found and nearest.short_by <= found.price <= 2 * nearest.short_by
    assert found.id not in (SCARF, TURTLE)
