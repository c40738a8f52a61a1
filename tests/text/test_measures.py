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


def found(text: str) -> set[tuple[str, object]]:
    """(kind, value) of all measures."""
    return {(measure.kind, measure.value) for measure in extract(text)}


@pytest.mark.parametrize(
    ("text", "height", "weight"),
    [
        ("一米六 一百二", 160, 60),
        ("162 一百一", 162, 55),
        ("一百七 一百三", 170, 65),
        ("L码一百五能穿吗", None, 75),
        ("我160体重涨到120了", 160, 60),
        ("185的个子", 185, None),
        ("168身高104体重", 168, 52),
        ("H170 W60", 170, 60),
        ("高158重96", 158, 48),
        ("宝宝68cm 16斤", 68, 8),
        ("刚出生 50公分 七斤二两", 50, 3.6),
        ("女儿身高一百三十五公分 体重五十六斤", 135, 28),
        ("我儿子十岁 142", 142, None),
        ("160 200斤", 160, 100),
        ("我弟一八三", 183, None),
        ("一点六五米", 165, None),
        ("男1.78 偏瘦", 178, None),
        ("百十来斤", None, None),
        ("七八十斤", None, None),
        ("身高155-160", 155, None),
    ],
)
def test_build_is_read_from_what_stands_beside_it(
    text: str, height: float | None, weight: float | None
) -> None:
    read_as = values(text)
    assert (read_as.get("height_cm"), read_as.get("weight_kg")) == (height, weight)


def test_each_person_of_a_message_has_a_build() -> None:
    assert found("男178 150 女162 104") == {
        ("height_cm", 178.0),
        ("weight_kg", 75.0),
        ("height_cm", 162.0),
        ("weight_kg", 52.0),
    }


@pytest.mark.parametrize(
    "text",
    [
        "窗帘要1米9的",
        "沙发宽1米6",
        "书桌高1米2",
        "杠铃25kg一副多少",
        "包裹20斤运费多少",
        "50斤大米",
        "二斤的苹果",
        "腰围88cm",
        "裤长98厘米",
        "地毯1米63乘1米92",
        "有没有160的",
        "195/65R15的轮胎",
    ],
)
def test_a_length_or_weight_of_goods_is_nobodys(text: str) -> None:
    assert not {"height_cm", "weight_kg"} & values(text).keys()


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("原价259现价189", {259, 189}),
        ("昨天129今天159了", {129, 159}),
        ("凑个整 200", {200}),
        ("拼多多才卖39", {39}),
        ("79能卖不", {79}),
        ("付了388 退了300", {388, 300}),
        ("到手价269", {269}),
        ("从199涨到239", {199, 239}),
        ("¥2,499.00", {2499}),
        ("1万3的冰箱", {13000}),
        ("预算3k", {3000}),
        ("预算一百五到两百", {150, 200}),
        ("那件329的大衣", {329}),
        ("1999起的那款", {1999}),
        ("三毛五一个", {0.35}),
        ("一千零五十", {1050}),
        ("两件一共318", {318}),
        ("退一赔三", set()),
        ("换一块电池", set()),
        ("碎了两块玻璃", set()),
        ("满300减40", set()),
        ("便宜了30", set()),
        ("几百块的", set()),
        ("一百二十平", set()),
        ("尾号7732那个", set()),
        ("138那个号", set()),
        ("显示4060显卡", set()),
        ("给170的人穿", set()),
    ],
)
def test_money_needs_no_unit_where_the_words_around_it_say_so(text: str, prices: set[float]) -> None:
    assert {value for kind, value in found(text) if kind == "price"} == prices


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("平常鞋码39", "usual_size", {"39"}),
        ("我一般38", "usual_size", {"38"}),
        ("往常都拿大号", "usual_size", {"大号"}),
        ("穿惯了M", "usual_size", {"M"}),
        ("耐克42.5", "usual_size", {"42.5"}),
        ("一直穿37码半", "usual_size", {"37.5"}),
        ("平时S码 这件M会不会大", "size", {"M"}),
        ("38和39都没了", "size", {"38", "39"}),
        ("120是不是比130短", "size", {"120", "130"}),
        ("100 110 120都有吗", "size", {"100", "110", "120"}),
        ("板鞋黑色41", "size", {"41"}),
        ("42 白色", "size", {"42"}),
        ("学步鞋21的", "size", {"21"}),
        ("80码给一岁宝宝", "size", {"80"}),
        ("牛仔裤30", "size", {"30"}),
        ("小腿围38的靴子", "size", set()),
        ("腰围90够不够", "size", set()),
        ("穿多大号", "size", set()),
        ("L型书桌", "size", set()),
        ("苹果XS手机壳", "size", set()),
        ("38号楼", "size", set()),
    ],
)
def test_a_size_is_known_by_its_company(text: str, kind: str, wanted: set[str]) -> None:
    assert {value for each, value in found(text) if each == kind} == wanted


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("三百六两件", {2}),
        ("加俩抱枕", {2}),
        ("两整箱", {2}),
        ("一打袜子", {12}),
        ("两套四件套", {2}),
        ("三件套有吗", set()),
        ("两三件", set()),
        ("国家三包", set()),
        ("两个尺码都试了", set()),
        ("一件代发", set()),
    ],
)
def test_pieces_are_counted(text: str, quantities: set[int]) -> None:
    assert {value for kind, value in found(text) if kind == "quantity"} == quantities


@pytest.mark.parametrize(
    "text",
    [
        "新疆大枣", "北京烤鸭多少钱",
        "重庆火锅底料", "山西老陈醋", "还没开封", "冬天水管冻了", "长沙发坐垫", "变成都这样了",
        "明白的", "5米的线", "燕麦片",
        "按钮是灰的", "顺风车", "菜鸟驿站", "打折了吗", "优惠券过期了", "系统崩了", "三折叠伞",
    ],
)  # fmt: skip
def test_a_listed_word_inside_another_word_is_not_meant(text: str) -> None:
    assert not {"region", "color", "courier", "fault", "discount"} & values(text).keys()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("裤裆的线全开了", "开线"),
        ("拉链头脱落了", "拉链坏"),
        ("饭盒漏汤", "漏水"),
        ("毛往外钻", "掉毛"),
        ("一股哈喇味", "异味"),
        ("充不了电", "不工作"),
        ("鞋底分离", "开胶"),
    ],
)
def test_faults_are_known_in_the_customers_own_words(text: str, fault: str) -> None:
    assert values(text).get("fault") == fault


def test_an_order_number_may_be_typed_in_groups() -> None:
    assert values("订单号 2311 0045 8876")["order_id"] == "231100458876"
