"""A name, a company, an address: what leads up to it in the same sentence is no part of it."""

from __future__ import annotations

import pytest

from bot.shop.orders import address, invoice


@pytest.mark.parametrize(
    ("text", "recipient", "whole"),
    [
        (
            "收件人也改 王丽 15433334444 公司浙江省杭州市滨江区江南大道100号",
            "王丽",
            "浙江省杭州市滨江区江南大道100号",
        ),
        ("收件人改成王丽 15433334444", "王丽", ""),
        ("收件人也改成王丽", "王丽", ""),
        ("名字也要换 换成李建国", "李建国", ""),
        ("收件人王丽", "王丽", ""),
        ("寄到公司 浙江省杭州市滨江区江南大道100号", "", "浙江省杭州市滨江区江南大道100号"),
        ("家里 广东省广州市天河区体育西路8号", "", "广东省广州市天河区体育西路8号"),
        ("浙江省杭州市滨江区星光公司3号楼", "", "浙江省杭州市滨江区星光公司3号楼"),
    ],
)
def test_the_words_of_a_change_are_no_name_and_no_address(text: str, recipient: str, whole: str) -> None:
    told = address.read(text)
    assert (told.recipient, told.address) == (recipient, whole)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("抬头错了 应该是青禾小学", "青禾小学"),
        ("抬头错了应该是青禾小学", "青禾小学"),
        ("不对，是杭州云溪贸易有限公司", "杭州云溪贸易有限公司"),
        ("改成杭州云溪贸易有限公司", "杭州云溪贸易有限公司"),
        ("抬头写青禾小学", "青禾小学"),
    ],
)
def test_a_title_mended_is_the_name_alone(text: str, name: str) -> None:
    assert invoice.read(text).name == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("什么时候能开好", True), ("多久能开", True), ("开好要几天", True), ("啥时候发我", True),
        ("不对", False), ("对 开吧", False), ("青禾小学", False),
    ],
)  # fmt: skip
def test_when_it_comes_is_a_question_and_no_answer(text: str, expected: bool) -> None:
    assert invoice.asks_when(text) is expected
