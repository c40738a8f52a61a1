"""What a chair or a shelf bears, against the weight that is told."""

import pytest

from bot.shop.goods import load
from bot.shop.records.model import Shop


@pytest.mark.parametrize(
    ("product", "text", "is_over", "is_within"),
    [
        ("chair-study", "我自己偶尔也坐坐 85公斤", True, False),
        ("chair-study", "我85公斤 会不会坐坏", True, False),
        ("chair-study", "大人能坐吗 85公斤", True, False),
        ("chair-study", "170斤坐得住吗", True, False),
        ("chair-study", "孩子60斤 我150斤 承重够吗", False, True),
        ("chair-study", "80公斤撑得住不", False, True),
        ("chair-study", "能承受多重", False, False),
        ("chair-study-lite", "75公斤能坐吗", True, False),
        ("desk-study", "放两个显示器加书 五十斤 压得坏吗", False, True),
    ],
)
def test_a_weight_is_weighed_against_what_the_thing_bears(
    demo_shop: Shop, product: str, text: str, is_over: bool, is_within: bool
) -> None:
    found = load.asked(demo_shop.products[product], text)
    assert found is not None and (found.is_over, found.is_within) == (is_over, is_within)


@pytest.mark.parametrize(
    ("product", "text"),
    [
        ("chair-study", "孩子118 60斤"),
        ("chair-study", "多少钱"),
        ("jeans-straight", "我85公斤 承受得住吗"),
        ("quilt-soy", "我85公斤 会不会坐坏"),
    ],
)
def test_without_such_a_question_or_a_number_in_the_catalogue_there_is_no_answer(
    demo_shop: Shop, product: str, text: str
) -> None:
    assert load.asked(demo_shop.products[product], text) is None


def test_between_one_shelf_and_the_whole_nothing_is_sure(demo_shop: Shop) -> None:
    several = next(p for p in demo_shop.products.values() if "整柜" in p.attributes.get("承重", ""))
    found = load.asked(several, "放30公斤压不压得住 承重够吗")
    assert found is not None and not found.is_over and not found.is_within
