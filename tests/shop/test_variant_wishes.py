"""Another size or colour of a piece of hers, read from the piece's own variants, never from other goods' talk."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.settings import ROOT
from bot.shop.goods import stock
from bot.shop.orders import variant_wish
from bot.shop.records.loader import load_shop
from bot.shop.records.model import Shop
from bot.shop.records.orders import Order

NOW = datetime(2026, 11, 20, 14, 0)


@pytest.fixture(scope="module")
def shop() -> Shop:
    return load_shop(ROOT / "data" / "shop", NOW)


def of(shop: Shop, customer: str) -> list[Order]:
    return [order for order in shop.orders.values() if order.customer_id == customer]


@pytest.mark.parametrize(
    ("customer", "text", "sku", "color", "size"),
    [
        ("c-zhou", "毛衣不要橙色了 换米白 还没付款", "kc-orange-m", "米白色", None),
        ("c-zhou", "毛衣待付款那个 换米白M", "kc-orange-m", "米白色", None),
        ("c-zhou", "我那单还没付的毛衣 颜色换米白色", "kc-orange-m", "米白色", None),
        ("c-zhou", "毛衣换灰的吧", "kc-orange-m", "灰色", None),
        ("c-zhou", "四件套尺寸换成1.5米床的", "bcn-orange-18", None, "1.5米床"),
        ("c-zhou", "我那四件套改成1.5的吧", "bcn-orange-18", None, "1.5米床"),
        ("c-zhou", "床单买大了 1.8改1.5", "bcn-orange-18", None, "1.5米床"),
        ("c-zhou", "四件套拍成1.8的了 我家床1.5", "bcn-orange-18", None, "1.5米床"),
        ("c-zhou", "打底裤不动 毛衣换灰色", "kc-orange-m", "灰色", None),
        ("c-xu", "运动鞋换成31码", "ksn-green-30", None, "31"),
        ("c-xu", "魔术贴运动鞋换大一码31的", "ksn-green-30", None, "31"),
        ("c-xu", "运动鞋换粉色31", "ksn-green-30", "粉色", "31"),
        ("c-xu", "换31", "ksn-green-30", None, "31"),
    ],
)
def test_the_last_wish_after_the_change_counts(
    shop: Shop, customer: str, text: str, sku: str, color: str | None, size: str | None
) -> None:
    found = variant_wish.read(shop, of(shop, customer), text, may_be_unnamed=True)
    assert found is not None
    assert found.line.sku == sku
    assert found.color == color
    assert size is None or (found.size is not None and stock.same_size(found.size, size))


@pytest.mark.parametrize(
    ("customer", "text"),
    [
        ("c-zhou", "四件套什么时候发"),
        ("c-zhou", "毛衣多少钱"),
        ("c-zhou", "床单1.8的会不会大"),
        ("c-zhou", "毛衣要橙色的"),
        ("c-zhou", "换个地址"),
        ("c-zhou", "毛衣换成别的颜色"),
        ("c-zhou", "换米白色"),
        ("c-xu", "换30"),
        ("c-xu", "31有货吗"),
        ("c-lin", "换M"),
        ("c-he", "那个椅子换个粉色的行不"),
        ("c-gu", "羽绒服换成L"),
    ],
)
def test_what_names_no_other_variant_of_a_piece_is_no_wish(shop: Shop, customer: str, text: str) -> None:
    assert variant_wish.read(shop, of(shop, customer), text, may_be_unnamed=True) is None


@pytest.mark.parametrize("text", ["打底裤不动哈", "那打底裤不用换", "打底裤还是原来的"])
def test_a_piece_left_as_it_is(shop: Shop, text: str) -> None:
    found = variant_wish.left_alone(shop, of(shop, "c-zhou"), text)
    assert found is not None
    assert found[1].product_id == "leggings-fleece"


@pytest.mark.parametrize(
    "text", ["不动了", "物流怎么不动", "打底裤为什么不换", "打底裤换不换得了", "羽绒服不换了"]
)
def test_a_parcel_that_does_not_move_is_no_piece(shop: Shop, text: str) -> None:
    assert variant_wish.left_alone(shop, of(shop, "c-zhou"), text) is None


def test_a_bed_of_one_and_a_half_metres_has_no_colour(shop: Shop) -> None:
    bedding = shop.products["bedding-cotton"]
    every = {color for each in shop.products.values() for color in each.colors}
    assert stock.color_in(bedding, "四件套尺寸换成1.5米床的", every) is None
    assert stock.color_in(bedding, "1.5灰的", every) == "灰色"
    assert stock.color_in(bedding, "米白1.5米床", every) == "米白色"
