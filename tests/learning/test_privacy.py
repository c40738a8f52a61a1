"""Nothing that names a person is kept of a chat."""

from __future__ import annotations

import pytest

from bot.learning.privacy import masked, spoken

PERSONAL = {
    "打我电话13800138000": "13800138000",
    "一三八零零一三八零零零 打这个": "零零一三八",
    "１３８ ００１３ ８０００": "８０００",
    "座机 0571-88886666": "88886666",
    "身份证110101199003078888": "19900307",
    "订单2023110912345678901到哪了": "1234567",
    "单号SF1234567890123": "1234567890123",
    "邮箱abc.def@qq.com": "abc.def",
    "加微信 wx_abc123": "abc123",
    "qq 812345678": "812345678",
    "寄到江苏省南京市江宁区文靖路18号3栋502": "文靖路",
    "浙江省杭州市余杭区五常街道西溪花园": "五常",
    "收件人：张三丰": "张三丰",
    "看 https://shop.example/item?id=66&u=99 这个": "id=66",
    "尾号0372那个": "0372",
    "取件码 8-2-3021": "3021",
    "@tb77889900 在吗": "tb77889900",
    "亲爱的tb77889900您好": "tb77889900",
}


@pytest.mark.parametrize("text", PERSONAL)
def test_what_names_a_person_is_masked(text: str) -> None:
    assert PERSONAL[text] not in masked(text, ["tb77889900"])
    assert "[" in masked(text, ["tb77889900"])


@pytest.mark.parametrize(
    "text",
    [
        "160 52公斤穿什么码",
        "有110 120 130 140吗",
        "满300减50还能用券吗",
        "价格1299.00",
        "广州市天河区能到吗",
        "170/88A",
    ],
)
def test_measures_prices_and_regions_stay(text: str) -> None:
    assert masked(text) == text


def test_masks_and_pictures_are_nothing_a_customer_said() -> None:
    assert spoken(masked("我电话13800138000[图片]改下地址")) == "我电话 改下地址"
