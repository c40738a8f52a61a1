"""What is wrong, with how many, and on which of her things, from half sentences."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bot.settings import ROOT
from bot.shop.after_sale.fault_words import pieces_in, said_issue
from bot.shop.orders import order_choice
from bot.shop.orders.order_parts import has_part
from bot.shop.records.loader import load_shop
from bot.shop.records.model import Shop
from bot.shop.records.remedy_policy import Issue

NOW = datetime(2026, 11, 20, 14, 0)


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("碗碎了 餐具十件套里面的", Issue.DEFECT),
        ("桌角少了一块漆", Issue.DEFECT),
        ("缺了一角", Issue.DEFECT),
        ("发错颜色了", Issue.WRONG),
        ("我要的是灰色 收到白色", Issue.WRONG),
        ("这不是我要的", Issue.WRONG),
        ("少发了一个", Issue.MISSING),
        ("保暖内衣少了裤子", Issue.MISSING),
        ("漏发了", Issue.MISSING),
        ("跟图片不一样", Issue.MISMATCH),
        ("色差太大", Issue.MISMATCH),
        ("一只", None),
        ("就补一只碗", None),
        ("行不行一句话", None),
        ("退我50", None),
    ],
)
def test_the_words_say_what_kind_of_trouble_it_is(text: str, issue: Issue | None) -> None:
    assert said_issue(text) is issue


@pytest.mark.parametrize(
    ("text", "ordered", "pieces"),
    [
        ("盒子裂了一个", 2, 1),
        ("裂了一个口子", 2, None),
        ("破了个洞", 2, None),
        ("一只", 2, 1),
        ("两个都裂了", 2, 2),
        ("都碎了", 2, 2),
        ("俩都是", 2, 2),
        ("就一个坏了", 2, 1),
        ("另一个好的", 2, 1),
        ("碎了三个", 2, None),
        ("等了一个月", 2, None),
        ("裂了", 2, None),
    ],
)
def test_how_many_is_heard_where_it_is_said(text: str, ordered: int, pieces: int | None) -> None:
    assert pieces_in(text, ordered) == pieces


@pytest.fixture(scope="module")
def demo() -> Shop:
    return load_shop(Path(ROOT) / "data" / "shop", NOW)


@pytest.mark.parametrize(
    ("customer", "text", "order"),
    [
        ("c-he", "盒子裂了一个", "88261100010117"),
        ("c-song", "桌子有个脚短一截", "88261100010190"),
        ("c-song", "漏毛了", "88261100010208"),
        ("c-song", "椅子有味", "88261100010190"),
        ("c-deng", "碗碎了一个 赔我", "88261100010257"),
        ("c-deng", "盖子拧不上", "88261100010265"),
        ("c-xu", "羽绒服能不能换成120的", "88261100010125"),
        ("c-xu", "鞋底开胶", "88261100010133"),
        ("c-zhou", "钻绒", "88261100010042"),
        ("c-lin", "裙子勾丝了", "88261100010075"),
    ],
)
def test_an_order_is_named_by_a_part_of_what_is_in_it(
    demo: Shop, customer: str, text: str, order: str
) -> None:
    own = [each for each in demo.orders.values() if each.customer_id == customer]
    assert [each.id for each in order_choice.narrowed(demo, own, text, NOW)] == [order]


@pytest.mark.parametrize(
    ("customer", "text"), [("c-lin", "起球了"), ("c-he", "我要退款"), ("c-zhou", "发货了吗")]
)
def test_what_may_be_on_any_of_them_names_none(demo: Shop, customer: str, text: str) -> None:
    own = [each for each in demo.orders.values() if each.customer_id == customer]
    assert len(order_choice.narrowed(demo, own, text, NOW)) == len(own)


@pytest.mark.parametrize(
    ("text", "of_desk", "of_chair"),
    [("桌子有个脚短一截", True, False), ("椅子有味", False, True), ("学习桌晃", True, False)],
)
def test_of_two_things_in_one_order_the_part_tells_which(
    demo: Shop, text: str, of_desk: bool, of_chair: bool
) -> None:
    assert has_part(demo.products["desk-study"], text) is of_desk
    assert has_part(demo.products["chair-study"], text) is of_chair
