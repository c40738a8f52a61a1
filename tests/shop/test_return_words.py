"""What is heard in a message about sending goods back: a question, a yes, or that nothing is to go back."""

from __future__ import annotations

import pytest

from bot.shop.after_sale import return_word


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("能退多少", True),
        ("多少钱能退", True),
        ("退羽绒服能退我多少钱", True),
        ("运费谁出 能退多少", True),
        ("全额退吗", True),
        ("退货多久", False),
        ("退款要多少天", False),
        ("能退多少差价", False),
        ("我要退货", False),
    ],
)
def test_how_much_comes_back(text: str, is_asked: bool) -> None:
    assert return_word.asks_amount(text) is is_asked


@pytest.mark.parametrize(
    ("text", "after_reading", "alone"),
    [
        ("对", True, False),
        ("好的", True, False),
        ("退吧", True, True),
        ("登记吧", True, True),
        ("就退了吧", True, True),
        ("不喜欢，我要退货", True, True),
        ("还是太小，退货", True, True),
        ("能退吗", False, False),
        ("怎么退", False, False),
        ("能退多少", False, False),
        ("直接退能退多少", False, False),
        ("先别给我退", False, False),
        ("不喜欢这颜色", False, False),
        ("想退羽绒服", False, False),
    ],
)
def test_only_her_plain_word_is_a_yes(text: str, after_reading: bool, alone: bool) -> None:
    assert return_word.agrees(text, True) is after_reading
    assert return_word.agrees(text, False) is alone


@pytest.mark.parametrize(
    ("text", "is_left"),
    [
        ("先别给我退啊 我问问而已", True),
        ("不退了", True),
        ("不想退了", True),
        ("撤销退货", True),
        ("羽绒服退货申请取消掉 我留着", True),
        ("怎么还不退钱", False),
        ("三天了还不退钱", False),
        ("能不退运费吗", False),
        ("吊牌都留着呢", False),
        ("赠品不用退吧", False),
        ("退吧", False),
        ("我要退货", False),
    ],
)
def test_nothing_is_to_go_back(text: str, is_left: bool) -> None:
    assert return_word.leaves(text) is is_left


def test_waiting_is_no_calling_off() -> None:
    assert return_word.leaves("先别办")
    assert not return_word.calls_off("先别办")
    assert return_word.calls_off("羽绒服不退了")


def test_what_went_back_is_no_question_for_a_return() -> None:
    assert not return_word.asks_amount("退了多少")
    assert not return_word.asks_amount("退了我多少钱")
    assert return_word.asks_amount("退了能退多少")
