"""What customers say of themselves, of money and of their orders, in the units the shop reckons in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.measures import extract, provinces, read


def values(text: str) -> dict[str, object]:
    """kind → value (the last one of a kind)."""
    return {measure.kind: measure.value for measure in extract(text)}


@pytest.mark.parametrize(
    ("text", "height", "weight"),
    [
        ("我165 110斤 这件羽绒服穿什么码", 165, 55),
        ("一米六五", 165, None),
        ("165", 165, None),
        ("1米65，体重55公斤", 165, 55),
        ("1.65m 55kg", 165, 55),
        ("1m65", 165, None),
        ("一米七", 170, None),
        ("我一米七五一百四十斤", 175, 70),
        ("五尺四", 180, None),
        ("身高一六五", 165, None),
        ("１６５ＣＭ　１１０斤", 165, 55),
        ("165 110", 165, 55),
        ("165/52kg", 165, 52),
        ("158/95", 158, 47.5),
        ("1.58 95", 158, 47.5),
        ("身高160体重100穿啥", 160, 50),
        ("身高173 体重70", 173, 70),
        ("娃132，58斤", 132, 29),
        ("闺女5岁 身高110 体重38斤", 110, 19),
        ("净身高162.5 体重49.5kg", 162.5, 49.5),
        ("110斤", None, 55),
        ("一百一十斤", None, 55),
        ("一百一 一米六", 160, 55),
        ("我妈60岁 一米五八 一百三十斤", 158, 65),
        ("宝宝体重19斤", None, 9.5),
    ],
)
def test_height_and_weight(text: str, height: float | None, weight: float | None) -> None:
    found = values(text)
    assert (found.get("height_cm"), found.get("weight_kg")) == (height, weight)


@pytest.mark.parametrize(
    "text",
    [
        "承重150斤吗",
        "5斤装的多少钱",
        "3斤苹果",
        "1米8的床单有吗",
        "这个箱子高60cm吗",
        "长120cm宽60",
        "170/88A的",
        "165码有吗",
        "160块",
        "订单 240913887234561234",
    ],
)
def test_numbers_of_things_are_no_height_or_weight(text: str) -> None:
    assert not {"height_cm", "weight_kg"} & values(text).keys()


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("脚长24厘米半", "foot_length_mm", 245),
        ("脚长23.5cm穿多大", "foot_length_mm", 235),
        ("脚245", "foot_length_mm", 245),
        ("24.5厘米的脚", "foot_length_mm", 245),
        ("3岁半", "age", 3.5),
        ("宝宝八个月穿多大", "age", 0.6667),
        ("8个月", "age", 0.6667),
        ("儿子一岁零三个月", "age", 1.25),
        ("六周岁", "age", 6),
        ("170/88A的", "size", "170/88A"),
        ("XXL有吗", "size", "2XL"),
        ("xxxl", "size", "3XL"),
        ("ｍ码", "size", "M"),
        ("均码吗", "size", "均码"),
        ("穿38.5的鞋", "size", "38.5"),
        ("36码有货吗", "size", "36"),
        ("三十七码", "size", "37"),
        ("37的偏大吗", "size", "37"),
        ("换成39", "size", "39"),
        ("130码", "size", "130"),
        ("平时穿M码", "usual_size", "M"),
        ("以前买你家都是38码", "usual_size", "38"),
        ("80块卖不卖", "price", 80),
        ("一百二行吗", "price", 120),
        ("两百五", "price", 250),
        ("一千二能卖吗", "price", 1200),
        ("9块9包邮", "price", 9.9),
        ("三块五", "price", 3.5),
        ("五毛钱", "price", 0.5),
        ("¥199", "price", 199),
        ("给我算80吧", "price", 80),
        ("打八折", "discount", 0.8),
        ("85折", "discount", 0.85),
        ("八五折", "discount", 0.85),
        ("5折", "discount", 0.5),
        ("买3件", "quantity", 3),
        ("两双", "quantity", 2),
        ("发到乌鲁木齐", "region", "新疆"),
        ("江浙滬包郵嗎", "region", "江浙沪"),
        ("发sf吗", "courier", "顺丰"),
        ("兔子快递", "courier", "极兔"),
        ("米白的那件", "color", "米白色"),
        ("毛衣起毛了", "fault", "起球"),
        ("拉链拉不上", "fault", "拉链坏"),
        ("SF1234567890123", "tracking_no", "SF1234567890123"),
        ("运单号是773012345678901", "tracking_no", "773012345678901"),
        ("订单号 240913887234561234", "order_id", "240913887234561234"),
        ("XE2026110100012", "order_id", "XE2026110100012"),
        ("138 0013 8000", "phone", "13800138000"),
        ("一三八零零一三八零零零", "phone", "13800138000"),
        ("010-87654321", "phone", "01087654321"),
        ("下周三能到吗", "date", "下周三"),
        ("双十一买的", "date", "双十一"),
    ],
)
def test_a_measure_is_normalised(text: str, kind: str, value: object) -> None:
    assert values(text).get(kind) == value


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("便宜20块", "price"),
        ("第二件半价", "quantity"),
        ("保修6个月吗", "age"),
        ("买了8个月了", "age"),
        ("哈密瓜多少钱", "region"),
        ("5m长的线", "size"),
        ("300减40", "price"),
        ("sfdsf", "courier"),
        ("一米七五一百四十斤", "date"),
        ("38号楼", "date"),
    ],
)
def test_what_only_looks_like_a_measure_is_none(text: str, kind: str) -> None:
    assert kind not in values(text)


def test_two_sizes_in_one_question_are_both_found() -> None:
    found = [(m.kind, m.value) for m in extract("孩子110cm 穿110还是120")]
    assert found == [("height_cm", 110.0), ("size", "110"), ("size", "120")]


def test_usual_size_and_wanted_size_are_told_apart() -> None:
    found = [(m.kind, m.value) for m in extract("平时穿M码，这个要L吗")]
    assert found == [("usual_size", "M"), ("size", "L")]


def test_places_count_in_what_the_customer_typed() -> None:
    text = "我\u200b１６５　１１０斤"
    assert [(m.text, text[m.start : m.end]) for m in extract(text)] == [
        ("１６５", "１６５"),
        ("１１０斤", "１１０斤"),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("110", "weight_kg", 55),
        ("52", "weight_kg", 52),
        ("大概110吧", "weight_kg", 55),
        ("95", "height_cm", 95),
        ("一百二", "price", 120),
        ("38", "size", "38"),
        ("m", "usual_size", "M"),
        ("245", "foot_length_mm", 245),
        ("三", "quantity", 3),
        ("165", "height_cm", 165),
    ],
)
def test_a_bare_answer_is_read_as_what_was_asked(text: str, kind: str, value: object) -> None:
    measure = read(text, kind)
    assert measure is not None
    assert (measure.kind, measure.value, measure.text in text) == (kind, value, True)


@pytest.mark.parametrize(
    ("text", "kind"), [("不知道", "weight_kg"), ("发顺丰吗", "height_cm"), ("3000", "height_cm")]
)
def test_what_does_not_answer_is_not_taken(text: str, kind: str) -> None:
    assert read(text, kind) is None


def test_a_group_of_provinces_is_spelled_out() -> None:
    assert provinces("江浙沪") == ("江苏", "浙江", "上海")
    assert provinces("新疆") == ("新疆",)


@given(st.text())
def test_no_text_breaks_the_extractor_and_spans_hold(text: str) -> None:
    for measure in extract(text):
        assert text[measure.start : measure.end] == measure.text != ""


@given(st.integers(140, 199), st.integers(80, 180))
def test_jin_beside_a_height_is_half_a_kilo(height: int, jin: int) -> None:
    found = values(f"身高{height} 体重{jin}斤")
    assert (found["height_cm"], found["weight_kg"]) == (height, jin / 2)
