"""What is compared is judged by what was asked; what she will not have is not recommended again.

Source: docs/transcript-review.md, fifth round.
"""

from __future__ import annotations

import pytest

from actions.common import shop_floor
from tests.actions.small_rasa import Conversation


def test_the_warmer_one_is_chosen_with_its_thickness() -> None:
    chat = Conversation({"product_id": "cardigan-soft"})
    messages = chat.send("ask_recommendation", "那和毛衣比哪个更暖")
    assert "麻花宽松毛衣" in str(messages[-1]) and "厚度：厚" in str(messages[-1])


def test_which_takes_the_least_hair_is_told_of_each_and_none_is_praised_for_something_else() -> None:
    chat = Conversation({"product_id": "parka-padded"})
    chat.send("ask_quality", "家里两只猫 粘毛吗")
    messages = chat.send("ask_product_info", "羊羔绒的呢", {"product": "jacket-fleece"})
    assert "粘猫狗毛" in str(messages)
    messages = chat.send("ask_recommendation", "那毛毯呢 哪个最不粘毛")
    assert "utter_compare" not in [message.get("response") for message in messages]
    assert "容易粘毛絮" in str(messages) and "猫狗毛一拍就掉" in str(messages)


def test_a_quilt_is_compared_with_the_other_quilt_not_with_a_coat() -> None:
    messages = Conversation({"product_id": "quilt-soy"}).send("ask_recommendation", "跟羽绒的比呢")
    assert "95 白鹅绒羽绒被" in str(messages) and "羽绒服" not in str(messages)


def test_a_flask_asked_about_beside_a_scarf_is_not_compared_with_it() -> None:
    chat = Conversation({"product_id": "scarf-wool"})
    messages = chat.send("ask_recommendation", "保温杯哪种好")
    assert "utter_compare" not in [message.get("response") for message in messages]
    assert "保温杯" in str(messages)


def test_who_does_not_wear_scarves_gets_another_present() -> None:
    chat = Conversation()
    chat.send("ask_recommendation", "男朋友生日 200以内 送啥")
    assert chat.slots["product_id"] == "scarf-wool"
    messages = chat.send("ask_size", "他不戴围巾")
    assert chat.slots["product_id"] != "scarf-wool"
    assert shop_floor.shop().products[chat.slots["product_id"]].price <= 200
    assert any(str(message.get("response")).startswith("utter_recommend") for message in messages)


def test_a_coat_for_shenyang_is_the_one_made_for_it_and_nothing_thin_stands_beside() -> None:
    chat = Conversation()
    messages = chat.send("ask_recommendation", "骑电动车上班 沈阳 穿啥外套不冷", {"region": "辽宁"})
    assert chat.slots["product_id"] == "down-long-hood"
    assert "开衫" not in str(messages) and "双面呢" not in str(messages)


@pytest.mark.parametrize(
    ("intent", "text"), [("ask_recommendation", "有什么颜色"), ("ask_stock", "都有哪些颜色")]
)
def test_the_colours_are_told_however_it_is_read(intent: str, text: str) -> None:
    messages = Conversation({"product_id": "knit-cashmere-v"}).send(intent, text)
    assert [message.get("response") for message in messages] == ["utter_product_colors"]


def test_the_other_set_named_alone_is_introduced() -> None:
    chat = Conversation({"product_id": "bedding-cotton"})
    assert "容易拉丝" in str(chat.send("nlu_fallback", "猫会抓"))
    messages = chat.send("nlu_fallback", "那牛奶绒那个呢")
    assert "牛奶绒加厚四件套" in str(messages)


def test_of_two_sets_the_thick_one_is_the_warmer_where_nothing_is_written_of_the_other() -> None:
    messages = Conversation({"product_id": "bedding-cotton"}).send(
        "ask_recommendation", "和牛奶绒那套比哪个更暖"
    )
    assert messages[-1]["product"] == "牛奶绒加厚四件套" and "厚度：加厚" in str(messages)


def test_trousers_asked_for_beside_a_coat_are_trousers() -> None:
    chat = Conversation({"product_id": "parka-padded"})
    chat.send("ask_product_info", "那算了 有加厚裤子吗")
    assert shop_floor.shop().products[chat.slots["product_id"]].category in ("裤子", "内衣")


@pytest.mark.parametrize("text", ["有口袋吗", "有帽子吗"])
def test_a_part_of_the_coat_is_no_other_sort(text: str) -> None:
    chat = Conversation({"product_id": "parka-padded"})
    chat.send("ask_product_info", text)
    assert chat.slots["product_id"] == "parka-padded"


def test_a_cheaper_skirt_is_a_skirt_also_after_things_that_go_with_it() -> None:
    chat = Conversation({"product_id": "skirt-wool-a"})
    chat.send("ask_recommendation", "配什么鞋好看")
    messages = chat.send("ask_recommendation", "有没有便宜点的裙子")
    assert "打底裤" not in str(messages)
