"""Several things asked in one message before the sale: each is answered, the reading decides only what comes first.

Source: docs/transcript-review.md, fifth round.
"""

from __future__ import annotations

import pytest

from tests.actions.small_rasa import Conversation


def said(messages: list[dict]) -> str:
    return str(messages)


def test_a_size_pilling_today_and_the_days_in_one_breath() -> None:
    chat = Conversation({"product_id": "knit-cable"})
    measures = {"height_cm": 158, "weight_kg": 50, "region": "湖北"}
    text = "你好 158 100斤穿什么码 起球吗 今天能发货吗 到武汉几天"
    messages = chat.send("ask_shipping_time", text, measures)
    told = [message.get("response") for message in messages]
    assert told[0].startswith("utter_ships_")
    assert not any(str(each).startswith("utter_in_time") for each in told)
    assert any(str(each).startswith("utter_size_") for each in told)
    assert "起球" in said(messages) or "小球" in said(messages)


@pytest.mark.parametrize(
    ("product", "intent", "text", "expected"),
    [
        ("pot-enamel", "ask_product_info", "电磁炉能用吗 还有多重", ("电磁炉", "3.8 公斤")),
        ("pot-enamel", "ask_product_info", "能不能进微波炉 烤箱呢", ("微波炉", "烤箱 220 度")),
        ("dress-knit-long", "ask_product_info", "有黑色吗 不显胖吧", ("utter_stock", "小肚子")),
        ("coat-wool-double", "ask_stock", "卡其色M有吗 能水洗吗", ("utter_stock_there", "干洗")),
    ],
)
def test_each_piece_is_answered(product: str, intent: str, text: str, expected: tuple[str, ...]) -> None:
    entities = (
        {"color": "黑色"} if "黑色" in text else {"color": "卡其色", "size": "M"} if "卡其" in text else {}
    )
    messages = Conversation({"product_id": product}).send(intent, text, entities)
    assert all(each in said(messages) for each in expected), messages


@pytest.mark.parametrize("text", ["多重", "这个锅 多重", "重吗"])
def test_one_question_gets_one_answer(text: str) -> None:
    messages = Conversation({"product_id": "pot-enamel"}).send("ask_product_info", text)
    assert len([each for each in messages if each.get("response")]) == 1


def test_what_was_said_as_not_so_is_left_out_of_a_correction() -> None:
    chat = Conversation({"product_id": "coat-wool-double"})
    chat.send("ask_size", "我160 105斤 大衣穿什么码", {"height_cm": 160, "weight_kg": 52.5})
    chat.send("inform", "不是105 是115")
    assert chat.slots["weight_kg"] == 57.5


def test_a_statement_beside_a_question_is_no_question() -> None:
    chat = Conversation({"product_id": "bedding-cotton"})
    entities = {"color": "灰色", "size": "1.8米床"}
    messages = chat.send("ask_price", "那还是纯棉吧 灰色1米8的还有几套 多少钱", entities)
    assert "新疆长绒棉" not in said(messages)


def test_a_colour_that_is_not_made_is_told_once() -> None:
    messages = Conversation({"product_id": "bedding-cotton"}).send(
        "ask_quality", "结婚用 有红色的吗 会掉色吗", {"color": "红色"}
    )
    assert "utter_variant_not_made" not in [each.get("response") for each in messages]
