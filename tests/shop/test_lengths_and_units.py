"""Lengths of rooms and beds, degrees of cold, and numbers that could mean two units."""

from __future__ import annotations

import pytest

from bot.shop.goods import dimensions, warmth
from bot.shop.goods.dimensions import Space
from bot.shop.sizes import unit_doubt


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1米8的床用哪个", (180,)),
        ("窗户宽2米1", (210,)),
        ("一米五的床", (150,)),
        ("两米的", (200,)),
        ("1.35m床", (135,)),
        ("60公分宽的缝", (60,)),
        ("玄关宽75", (75,)),
        ("宽60厘米深45", (60, 45)),
        ("500毫升的", ()),
        ("我165 110斤", ()),
    ],
)
def test_lengths_are_read_in_centimetres(text, found):
    assert dimensions.lengths(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("床垫厚25公分 会不会短", ()),
        ("床垫25厘米厚", ()),
        ("我的垫子有25公分左右厚", ()),
        ("1米6的床 床垫厚25公分", (160,)),
        ("床垫厚25公分 床1米6", (160,)),
        ("窗户高2米5宽2米1", (210,)),
        ("床高45厘米", ()),
        ("玄关宽75", (75,)),
        ("1米8的床", (180,)),
    ],
)
def test_how_thick_or_high_something_is_is_no_width(text, found):
    assert dimensions.widths(text) == found


def test_a_length_is_of_the_side_it_is_said_of():
    assert dimensions.space("宽60厘米深45，高1米2") == Space(60, 45, 120)
    assert dimensions.space("60公分的缝") == Space(60)


def test_sizes_that_go_into_the_room_are_told_from_those_that_do_not(shop):
    box = shop.products["box-a1"].model_copy(
        update={"attributes": {"尺寸": "34 升约 45×31×25 厘米，66 升约 60×42×26 厘米"}}
    )
    sizes = [
        box.variants[0].model_copy(update={"sku": size, "size": size}) for size in ("34升", "66升", "88升")
    ]
    box = box.model_copy(update={"variants": tuple(sizes)})
    assert dimensions.fitting(box, Space(across=50)) == (("34升",), ("66升",))  # nobody knows about 88升
    assert dimensions.fitting(box, Space(deep=50)) == (("34升", "66升"), ())
    assert dimensions.fitting(box, Space(across=80, high=25.5)) == (("34升",), ("66升",))


DOUBTS = [
    # as typed, height → doubtful?
    ("80", 165, True),  # 80 斤 is thin, 80 公斤 is stout: both exist
    ("85", 165, True),
    ("110", 165, False),
    ("60", 165, False),
    ("120斤", 165, False),
    ("110公斤", 165, True),  # most likely 斤
    ("55斤", 168, True),  # most likely 公斤
    ("70公斤", 165, False),
    ("80", None, False),  # not before the height is known
    ("20", 110, False),  # a child's weight is read by the chart
]


@pytest.mark.parametrize(("said", "height", "doubtful"), DOUBTS)
def test_a_unit_is_doubted_only_where_both_make_a_body(said, height, doubtful):
    assert (unit_doubt.weights(said, height) is not None) is doubtful


def test_the_two_readings_are_jin_and_kilos():
    assert unit_doubt.weights("80", 165) == (40, 80)
    assert unit_doubt.weights("110公斤", 165) == (55, 110)


def test_feet_may_be_chinese_or_english_ones():
    assert unit_doubt.heights("5尺2") == (173, 157)
    assert unit_doubt.heights("3尺", is_child=True) is None
    assert unit_doubt.heights("165") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("零下二十度能穿吗", (-20,)),
        ("外面零下二十多度冻脚不", (-29,)),  # the far end of what it may be
        ("零下十几度", (-19,)),
        ("零下二三十度", (-30,)),
        ("零下20多度", (-29,)),
        ("三十多度热不热", (39,)),
        ("5 度到 15 度", (5, 15)),
        ("零下 5 度到 8 度", (-5, 8)),
        ("-10℃", (-10,)),
        ("很冷", ()),
    ],
)
def test_degrees_are_read_with_their_sign(text, found):
    assert warmth.degrees(text) == found


def test_a_product_is_judged_by_its_own_range(shop):
    coat = shop.products["coat-cloud"].model_copy(update={"attributes": {"适宜温度": "零下 5 度到 8 度"}})
    assert warmth.verdict(coat, "零下三度穿冷吗").is_in
    cold = warmth.verdict(coat, "零下二十度能穿吗")
    assert (cold.is_in, cold.is_too_cold) == (False, True)
    assert not warmth.verdict(coat, "二十度穿热吗").is_too_cold
    assert warmth.verdict(coat, "冷吗") is None
    assert warmth.verdict(shop.products["scarf-wool"], "零下二十度") is None
