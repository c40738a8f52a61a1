"""The rules know nothing of any one trade: a tea shop with titles as long as shops write them."""

import pytest

from bot.shop.goods.catalogue import find_products
from bot.shop.records.model import Product, Shop

TITLES = {
    "dhp": "2026新茶武夷山大红袍浓香型乌龙茶散装500克",
    "tgy": "安溪铁观音清香型乌龙茶礼盒装250克",
    "case": "磁吸防摔透明手机壳适用苹果16",
    "cable": "编织快充数据线双头Type-C 2米",
}


@pytest.fixture(scope="module")
def tea(shop: Shop) -> Shop:
    products = {
        id_: Product.model_validate({
            "id": id_, "name": title, "category": "茶" if id_ in ("dhp", "tgy") else "配件", "audience": "unisex",
            "kind": "general", "price": 88, "floor_price": 80, "weight_kg": 1,
            "variants": [{"sku": id_, "stock": 3}],
        })
        for id_, title in TITLES.items()
    }  # fmt: skip
    return shop.model_copy(update={"products": products})


@pytest.mark.parametrize(("said", "meant"), [
    ("大红袍多少钱", ["dhp"]), ("铁观音还有货吗", ["tgy"]), ("手机壳会发黄吗", ["case"]), ("数据线几米的", ["cable"]),
    ("乌龙茶有哪些", []), ("你好在吗", []), ("什么时候发货呀", []), ("苹果16能用吗", []),
])  # fmt: skip
def test_the_telling_part_of_a_long_title_is_enough(tea: Shop, said: str, meant: list[str]) -> None:
    assert [product.id for product in find_products(tea, said)] == meant


def test_two_goods_told_by_their_telling_parts_are_both_meant(tea: Shop) -> None:
    assert {product.id for product in find_products(tea, "大红袍和铁观音哪个好")} == {"dhp", "tgy"}
