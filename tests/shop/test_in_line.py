"""What is said of the waiting for a person, and of the answer to a matter that is looked into."""

import pytest

from bot.shop.talk.in_line import Waiting, asks_result, of_waiting


@pytest.mark.parametrize(
    "text",
    [
        "还要等多久啊",
        "多久能有人",
        "有没有人啊",
        "在不在",
        "你们人呢",
        "排到第几了",
        "还没人理我",
        "客服什么时候上班",
    ],
)
def test_the_waiting_itself_is_asked_about(text: str) -> None:
    assert of_waiting(text) is Waiting.HOW_LONG


@pytest.mark.parametrize("text", ["算了不用人工了", "不用转人工了", "不转了", "不等人工了", "别找客服了"])
def test_no_person_is_needed_any_more(text: str) -> None:
    assert of_waiting(text) is Waiting.NO_MORE


@pytest.mark.parametrize(
    "text",
    [
        *(
            "什么时候有货",
            "有人穿160吗",
            "退款要等多久",
            "换要多久",
            "快递要多久",
            "转人工",
            "不要机器人 要人工",
        ),
        *("怎么不给我转人工", "不用人工吗", "我不要退货 叫人工", "等多久才能发货"),
        *("多久能到", "什么时候到", "几天能来", "补发的碗多久到"),
    ],
)
def test_other_waiting_is_no_matter_of_the_line(text: str) -> None:
    assert of_waiting(text) is None


@pytest.mark.parametrize("text", ["那怎么办 多久能给我答复", "什么时候有结果", "几点回复我", "答复呢"])
def test_the_answer_to_a_matter_is_asked_for(text: str) -> None:
    assert asks_result(text)


@pytest.mark.parametrize("text", ["多久能到", "什么时候发货", "你们回复好慢"])
def test_a_parcel_is_no_answer(text: str) -> None:
    assert not asks_result(text)
