"""A bare sort of goods is the one in view, if that is of this sort; a name of its own is another product."""

import pytest

from bot.shop.goods.in_view import is_only_its_sort, of_other_cut
from bot.shop.records.model import Shop

LONG, SHORT, CHILDS = "down-long-hood", "down-light-short", "kids-down-bear"


@pytest.mark.parametrize(
    ("text", "named", "current", "stays"),
    [
        ("这羽绒服充绒量多少", SHORT, LONG, True),
        ("这件羽绒服暖和吗", SHORT, LONG, True),
        ("羽绒服能机洗吗", SHORT, LONG, True),
        ("短款羽绒服有吗", SHORT, LONG, False),
        ("轻暖羽绒服多少钱", SHORT, LONG, False),
        ("长款羽绒服呢", LONG, SHORT, False),
        ("羽绒服呢", SHORT, "coat-wool-double", False),
        ("大衣呢", "coat-wool-double", "trench-classic", False),
        ("这件大衣掉毛吗", "coat-wool-double", "trench-classic", True),
        ("那件大衣掉毛吗", "coat-wool-double", "trench-classic", False),
        ("这件毛衣扎不扎", "knit-cable", "knit-cashmere-v", True),
        ("毛衣扎不扎", "knit-cable", "scarf-wool", False),
        ("围巾呢", "scarf-wool", "knit-cable", False),
        ("四件套掉色吗", "bedding-cotton", "bedding-milk-velvet", True),
        ("多少钱", SHORT, LONG, False),
    ],
)
def test_a_bare_sort_does_not_leave_the_product_in_view(
    demo_shop: Shop, text: str, named: str, current: str, stays: bool
) -> None:
    known = demo_shop.products
    assert is_only_its_sort(text, known[named], known[current]) is stays


@pytest.mark.parametrize(
    ("text", "current", "expected"),
    [
        ("那长的那个呢", SHORT, LONG),
        ("还是羽绒服吧 长的", SHORT, LONG),
        ("有长款吗", SHORT, LONG),
        ("要短一点的", LONG, SHORT),
        ("长的那个呢", LONG, None),
        ("袖子长的话怎么办", SHORT, None),
        ("长的有吗", "coat-wool-double", None),
    ],
)
def test_the_long_one_is_the_other_of_its_sort(
    demo_shop: Shop, text: str, current: str, expected: str | None
) -> None:
    found = of_other_cut(demo_shop, text, demo_shop.products[current])
    assert (found.id if found else None) == expected
