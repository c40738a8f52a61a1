"""What she refuses, what she wants to spend, and what the shop does not sell at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from actions.common.shop_floor import dialogue
from bot.settings import ROOT
from bot.shop.goods import unsold, wishes
from bot.shop.records.loader import load_shop

SHOP = load_shop(ROOT / "data" / "shop")
NOT_GOODS = dialogue().heard["not_goods"]["not_goods"]


def test_what_is_refused_is_not_what_is_wanted() -> None:
    told = wishes.read(SHOP, "给我老婆买个外套 不要羽绒服 上班穿的")
    assert "羽绒服" not in told.wanted and "上班穿" in told.wanted
    assert {"down-light-short", "down-long-hood"} <= told.refused
    assert not told.allow(SHOP.products["down-light-short"])
    assert told.allow(SHOP.products["trench-classic"])


REFUSALS = [
    ("除了毛衣还有啥", "knit-cable"),
    ("不喜欢麻花宽松毛衣", "knit-cable"),
    ("别推荐羽绒服了", "down-vest"),
]


@pytest.mark.parametrize(("text", "product"), REFUSALS)
def test_a_refusal_is_heard_in_many_words(text: str, product: str) -> None:
    assert product in wishes.read(SHOP, text).refused


BUDGETS = [
    ("500以内", 500),
    ("预算200", 200),
    ("两百以内的", 200),
    ("别超过300", 300),
    ("200块左右", 220),
    ("最多一百五", 150),
    ("165 110斤", None),
    ("最多110斤", None),
    ("5以内", None),
    ("最多几天", None),
]


@pytest.mark.parametrize(("text", "yuan"), BUDGETS)
def test_a_budget_is_heard(text: str, yuan: int | None) -> None:
    assert wishes.budget(text) == (None if yuan is None else Decimal(yuan))


def test_a_refused_colour_leaves_what_comes_in_another() -> None:
    told = wishes.read(SHOP, "不要黑的")
    assert told.colors and told.wanted == "的"
    assert all(
        any(v.stock > 0 and "黑" not in v.color for v in product.variants)
        for product in wishes.allowed(SHOP.products.values(), told)
    )


@pytest.mark.parametrize("text", ["不要太贵", "便宜点的", "500以内", "不要黑的", "除了毛衣"])
def test_what_only_narrows_goes_on_about_what_was_looked_for(text: str) -> None:
    assert wishes.narrows(SHOP, text)


@pytest.mark.parametrize("text", ["不要了", "穿多大", "什么时候发货", "不要紧"])
def test_what_does_not_narrow_is_left_alone(text: str) -> None:
    assert not wishes.narrows(SHOP, text)


STRANGE = [
    ("你们有卖自行车吗", "自行车"),
    ("iPhone手机壳有吗", "iphone手机壳"),
    ("红酒多少钱", "红酒"),
    ("有没有电饭煲", "电饭煲"),
    ("想买个口红", "口红"),
    ("那有吹风机吗", "吹风机"),
]


@pytest.mark.parametrize(("text", "goods"), STRANGE)
def test_what_the_shop_does_not_sell_is_known(text: str, goods: str) -> None:
    assert unsold.asked_for(SHOP, text, NOT_GOODS) == goods


OWN = [
    *(
        "羽绒服多少钱",
        "有没有毛衣",
        "有红色吗",
        "有没有优惠券",
        "有货吗",
        "有没有大一点的",
        "围巾有吗",
        "有口袋吗",
    ),
    *(
        "有没有运费险",
        "包邮吗",
        "有没有现货",
        "有没有男款",
        "有没有色差",
        "多少钱",
        "这个多少钱",
        "有没有帽子",
        "有黑色的吗",
    ),
    *(
        "有没有发票",
        "有没有刺鼻的味道",
        "有XL吗",
        "有弹性吗",
        "想买两件",
        "想要个便宜点的",
        "有实体店吗",
        "起球吗",
        "有人吗",
    ),
    *(
        "有没有加绒的",
        "有没有150的",
        "运费多少钱",
        "顺丰多少钱",
        "定金多少钱",
        "两件多少钱",
        "一共多少钱",
        "到手多少钱",
    ),
]


@pytest.mark.parametrize("text", OWN)
def test_what_the_shop_has_or_what_is_no_goods_is_left_alone(text: str) -> None:
    assert unsold.asked_for(SHOP, text, NOT_GOODS) is None
