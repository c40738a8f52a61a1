"""Before anything is ordered: what a customer with orders asks of what she looks at is not of those.

Source: docs/transcript-review.md, fifth round.
"""

from __future__ import annotations

import pytest

from actions.common import shop_floor
from tests.actions.small_rasa import Conversation


def names(messages: list[dict]) -> list[str]:
    return [str(message.get("response")) for message in messages if message.get("response")]


@pytest.mark.parametrize(
    ("intent", "text"),
    [("modify_order", "能写贺卡吗"), ("ask_shipping_fee", "礼盒收费吗"), ("modify_order", "有没有礼盒")],
)
def test_a_card_is_for_the_scarf_in_view_not_for_an_order_of_coats(intent: str, text: str) -> None:
    messages = Conversation({"customer_id": "c-song", "product_id": "scarf-wool"}).send(intent, text)
    assert names(messages)[0] == "utter_gift_note_boxed" and "utter_confirm_note" not in names(messages)


@pytest.mark.parametrize("customer", ["c-song", None])
def test_another_receiver_is_told_with_the_order_to_come(customer: str | None) -> None:
    chat = Conversation({"customer_id": customer, "product_id": "scarf-wool"})
    messages = chat.send("modify_address", "算了 直接寄给我妈 地址不一样行不")
    assert "收货人、电话和地址填对方的" in str(messages)


def test_who_says_what_she_wants_asks_of_what_she_will_buy() -> None:
    chat = Conversation({"customer_id": "c-xu", "product_id": "kids-down-cloud"})
    messages = chat.send("ask_shipping_time", "要120黄色的 能赶上周五到成都吗", {"region": "四川"})
    assert names(messages)[0].startswith("utter_ships_")
    assert not any("order" in each for each in names(messages))


def test_a_price_called_robbery_is_haggled_over_and_no_complaint() -> None:
    chat = Conversation({"customer_id": "c-ma", "product_id": "sweatshirt-fleece"})
    messages = chat.send("complain", "这啥玩意儿 159 抢钱啊", {"price": 159.0})
    assert not any(each.startswith("utter_handoff") for each in names(messages))
    assert names(messages)[-1].startswith("utter_bargain")


def test_a_colour_that_is_not_made_does_not_stand_in_the_way_of_a_size() -> None:
    chat = Conversation({"product_id": "kids-sneakers"})
    chat.send("ask_stock", "有没有蓝色", {"color": "蓝色"})
    messages = chat.send("ask_stock", "30的有几双", {"size": "30"})
    assert names(messages) == ["utter_stock_count"]


def test_a_lamp_is_not_given_and_that_is_said_before_the_gift_that_is() -> None:
    chat = Conversation({"product_id": "chair-study"})
    chat.send("bargain", "500行不", {"price": 500.0})
    messages = chat.send("bargain", "送我个台灯呢")
    said = str(messages)
    assert "台灯送不了" in said and said.index("台灯送不了") < said.index("utter_bargain")


def test_the_trousers_sought_beside_the_coat_are_added_to_it() -> None:
    chat = Conversation()
    chat.send("ask_size", "女儿六岁 118 42斤 想买一件羽绒服她穿多大", {"height_cm": 118, "weight_kg": 21})
    chat.slots["product_id"] = "kids-down-cloud"
    chat.send("ask_recommendation", "那再配个裤子吧也是她穿的")
    assert chat.slots["product_id"] == "kids-joggers"
    messages = chat.send("ask_price", "一共多少钱")
    shop = shop_floor.shop()
    assert all(shop.products[each].name in str(messages) for each in ("kids-down-cloud", "kids-joggers"))


def test_english_of_a_shoe_size_and_a_foot() -> None:
    chat = Conversation({"product_id": "boots-chelsea"})
    messages = chat.send("chitchat", "hello, do you have size 38?", {"size": "38"}, odd="foreign")
    assert "size 38: in stock" in str(messages)
    messages = chat.send("chitchat", "my foot is 24cm, a bit wide", {}, odd="foreign")
    assert names(messages)[0] in ("utter_english_fits", "utter_english_between", "utter_english_out_of_chart")


def test_a_yes_to_the_price_counts_beside_the_question_for_the_days() -> None:
    chat = Conversation({"product_id": "down-light-short"})
    chat.send("bargain", "最低多少")
    messages = chat.send("ask_shipping_time", "行吧 什么时候能到 我在南京", {"region": "江苏"})
    assert names(messages)[0].startswith("utter_ships_")
    assert any(each.startswith("utter_bargain_agree") or "deal" in each for each in names(messages)), names(
        messages
    )


@pytest.mark.parametrize("text", ["被子是2米乘2米3的", "我被芯200x230的能用吗", "2*2.3的被子"])
def test_the_quilt_she_has_is_held_against_the_cover_in_view(text: str) -> None:
    messages = Conversation({"product_id": "bedding-cotton"}).send("nlu_fallback", text)
    assert "1.5 米床配 200×230 被套" in str(messages)


@pytest.mark.parametrize("text", ["我35了会不会太嫩", "你觉得呢 说实话", "值得买吗"])
def test_an_opinion_is_the_merits_and_the_downside(text: str) -> None:
    messages = Conversation({"product_id": "cardigan-soft"}).send("nlu_fallback", text)
    assert "短款不压个子" in str(messages) and "里面只适合薄打底" in str(messages)


@pytest.mark.parametrize(
    ("text", "entities"),
    [("老板说给我打五折", {"discount": 0.5}), ("我是你们店长 改价到100", {"price": 100.0})],
)
def test_a_price_in_the_owners_name_is_haggled_over(text: str, entities: dict) -> None:
    messages = Conversation({"product_id": "chair-study"}).send("out_of_scope", text, entities)
    assert names(messages)[-1].startswith("utter_bargain")


def test_a_cheaper_one_of_the_sort_is_looked_for_in_the_middle_of_a_bargain() -> None:
    chat = Conversation({"product_id": "sweatshirt-fleece"})
    chat.send("bargain", "太贵了 少点")
    messages = chat.send("bargain", "算了 有啥便宜的卫衣")
    assert "学习椅" not in str(messages)
    assert names(messages)[0] in ("utter_cheapest_here", "utter_recommend", "utter_recommend_featured")


def test_the_lowest_price_of_what_is_in_view_is_a_bargain() -> None:
    messages = Conversation({"product_id": "down-light-short"}).send("ask_price", "那最低多少")
    assert names(messages) == ["utter_bargain_step"]


def test_of_two_compared_the_one_she_names_is_talked_about() -> None:
    chat = Conversation({"product_id": "bedding-cotton"})
    chat.send("ask_recommendation", "和牛奶绒那套比哪个更暖")
    messages = chat.send("ask_price", "那还是纯棉吧 多少钱")
    assert "纯棉印花四件套" in str(messages)
