"""Which product is meant, what is on the shelf, and what is proposed instead."""

from datetime import date

import pytest

from bot.settings import ROOT
from bot.shop.goods import catalogue, stock
from bot.shop.goods.stock import InStock, OutOfStock
from bot.shop.records.loader import load_shop

DEMO = load_shop(ROOT / "data" / "shop")

NAMED = [
    ("云朵长款羽绒服还有吗", ["coat-cloud"]),
    ("羽绒服A和羽绒服B哪个暖和", ["coat-short", "coat-cloud"]),  # both named: the featured one first
    ("雲朵長款羽絨服", ["coat-cloud"]),
    ("羽绒服 ａ", ["coat-cloud"]),
    ("coat-cloud", ["coat-cloud"]),
    ("box-a12", []),  # another id that begins alike
    ("云朵长款羽戎服", ["coat-cloud"]),  # one wrong character
    ("抽屉收纳箱A1有多大", ["box-a1"]),  # the longer name hides the nickname in it
    ("收纳箱能放被子吗", ["box-a1"]),
    ("这件羽绒服穿什么码", []),  # a category names no product
    ("短款羽绒服", ["coat-short"]),
    ("羽绒服", []),  # two of them
    ("下雨天长款适合吗", []),
    ("护脊书桌椅", ["chair-study"]),
    ("在吗", []),
    ("", []),
    ("???", []),
]


@pytest.mark.parametrize(("text", "ids"), NAMED)
def test_a_product_is_known_by_its_names(shop, text, ids):
    assert [product.id for product in catalogue.find_products(shop, text)] == ids


def test_a_nickname_that_others_carry_in_their_names_names_none_of_them(shop):
    short = shop.products["coat-short"].model_copy(update={"nicknames": ("羽绒服", "羽绒服B")})
    nicknamed = shop.model_copy(update={"products": {**shop.products, "coat-short": short}})
    assert catalogue.find_products(nicknamed, "这件羽绒服穿什么码") == []
    assert [p.id for p in catalogue.find_products(nicknamed, "羽绒服B穿什么码")] == ["coat-short"]
    found = catalogue.of_category(nicknamed, "这件羽绒服穿什么码")
    assert [p.id for p in found] == ["coat-short", "coat-cloud"]


def test_a_category_gives_its_products_the_featured_first(shop):
    assert [p.id for p in catalogue.of_category(shop, "有羽绒服吗")] == ["coat-short", "coat-cloud"]
    assert [p.id for p in catalogue.of_category(shop, "想送礼 羽绒服")] == ["coat-cloud"]
    assert [p.id for p in catalogue.of_category(shop, "哪款书桌椅好")] == ["chair-study"]
    assert [p.id for p in catalogue.of_category(shop, "帆布鞋 有货吗")] == ["shoes-canvas"]
    assert catalogue.of_category(shop, "有手机吗") == []


STOCK = [
    # color, size → variants in stock (low?) or nearest alternatives
    ("黑", "M", (["coat-cloud-black-m"], False)),
    ("米白", "m码", (["coat-cloud-white-m"], True)),
    (None, "L", (["coat-cloud-white-l"], True)),
    ("黑色", None, (["coat-cloud-black-m"], False)),
    (None, None, (["coat-cloud-black-m", "coat-cloud-white-m", "coat-cloud-white-l"], False)),
]


@pytest.mark.parametrize(("color", "size", "found"), STOCK)
def test_what_is_in_stock_is_told_with_whether_it_is_scarce(shop, color, size, found):
    answer = stock.check(shop.products["coat-cloud"], color, size)
    assert isinstance(answer, InStock)
    assert ([v.sku for v in answer.variants], answer.low) == found


def test_a_sold_out_variant_brings_the_same_size_first_and_the_day_it_returns(shop):
    answer = stock.check(shop.products["coat-cloud"], "黑色", "L")
    assert isinstance(answer, OutOfStock)
    skus = [v.sku for v in answer.alternatives]
    assert skus == ["coat-cloud-white-l", "coat-cloud-black-m", "coat-cloud-white-m"]
    assert answer.restock_on == date(2026, 11, 26)
    assert answer.made


def test_a_variant_that_is_not_made_is_not_called_sold_out(shop):
    answer = stock.check(shop.products["coat-cloud"], "粉色", None)
    assert isinstance(answer, OutOfStock)
    assert not answer.made
    assert answer.restock_on is None


def test_scarcity_can_be_switched_off(shop):
    assert not stock.check(shop.products["coat-cloud"], "米白色", "L", low_stock=0).low


@pytest.mark.parametrize(("one", "other", "same"), [
    ("XXL", "2xl", True), ("XXXL", "3XL", True), ("37", "37码", True), ("M", "m", True), ("L", "XL", False),
    ("110", "110号", True), ("36.5", "36", False), ("", "", False), ("均码", "均码", True),
])  # fmt: skip
def test_one_size_is_written_in_many_ways(one, other, same):
    assert stock.same_size(one, other) is same


def test_related_products_are_only_named_when_they_can_be_bought(shop):
    coat = shop.products["coat-cloud"]
    assert [p.id for p in catalogue.complements(shop, coat)] == ["scarf-wool"]  # the socks are sold out
    assert [p.id for p in catalogue.substitutes(shop, coat)] == ["coat-short"]
    assert [p.id for p in catalogue.cheaper(shop, coat)] == ["coat-short"]
    assert catalogue.cheaper(shop, shop.products["coat-short"]) == ()


def test_among_equals_the_featured_product_is_recommended(shop):
    coats = [shop.products["coat-cloud"], shop.products["coat-short"]]
    assert catalogue.recommended(coats).id == "coat-short"
    assert catalogue.recommended([shop.products["socks-gift"]]) is None


def test_a_comparison_shows_only_what_differs(shop):
    lines = catalogue.differences([shop.products["coat-cloud"], shop.products["coat-short"]])
    assert [(line.attribute, line.values) for line in lines] == [
        ("填充物", ("90%白鸭绒", "80%灰鸭绒")),
        ("长度", ("过膝", "")),
    ]


@pytest.mark.parametrize(
    ("product", "text", "size"),
    [
        ("pot-enamel", "白的24啥时候有", "24厘米"),
        ("pan-nonstick", "28的还有吗", None),  # with or without a lid
        ("slippers-cotton", "灰色44啥时候到货", "44-45"),
        ("slippers-cotton", "买44件", None),
        ("slippers-cotton", "165的", None),
        ("kids-down-cloud", "110还有吗", "110"),
    ],
)
def test_a_size_is_known_by_its_number_alone(product, text, size):
    assert stock.size_in(DEMO.products[product], text) == size


def test_44_is_in_44_to_45():
    assert stock.same_size("44", "44-45") and stock.same_size("44-45", "45")
    assert not stock.same_size("4", "44-45") and not stock.same_size("M", "L")


def test_what_is_missing_is_told_with_its_day_and_the_rest_is_not():
    pan = DEMO.products["pan-nonstick"]
    (gone,) = stock.missing(pan)
    assert gone.size == "30厘米" and gone.restock_on
    assert stock.missing(pan, None, "24厘米") == ()
