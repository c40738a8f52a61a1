"""The second review before the sale: what the words and the page say goes before what the model read.

Source: docs/transcript-review.md, C 8 and 10–23. The readings are those the model gave.
"""

from __future__ import annotations

import pytest

from actions.common import shop_floor
from actions.prices.price import Price
from bot.shop.prices.bargain_state import Bargains, BargainState
from tests.actions.conftest import say
from tests.actions.small_rasa import Conversation


def told(messages: list[dict]) -> set[str]:
    return {message["response"] for message in messages if message.get("response")}


@pytest.mark.parametrize(
    ("product", "intent", "text"),
    [
        ("boots-chelsea", "ask_size", "下雪天能穿吗"),
        ("sneakers-cloud", "ask_usage", "下雨能穿不"),
        ("sneakers-cloud", "ask_size", "大脚骨 顶不顶脚"),
        ("lamp-desk", "ask_size", "桌子1米4够亮吗"),
        ("lamp-desk", "report_defect", "1米4的桌子亮不亮"),
        ("bedding-cotton", "ask_product_info", "我家有猫"),
        ("toddler-first-shoes", "ask_quality", "软底会不会滑"),
        ("jacket-shell-3in1", "ask_recommendation", "去西藏够不够"),
        ("leggings-fleece", "ask_quality", "会不会掉裆"),
    ],
)
def test_the_pages_own_lines_answer_a_worry_however_it_is_read(product: str, intent: str, text: str) -> None:
    messages = Conversation({"product_id": product}).send(intent, text)
    assert told(messages) & {"utter_product_sentences", "utter_honest", "utter_honest_instead"}
    assert "utter_ask_foot_length_mm" not in told(messages)


def test_an_allergy_is_answered_from_the_materials_and_in_anger_with_an_apology() -> None:
    chat = Conversation({"product_id": "thermal-set"})
    for intent, text in (
        ("ask_product_info", "皮肤过敏能穿不"),
        ("ask_recommendation", "妈的 问你过敏呢 别老推荐"),
    ):
        messages = chat.send(intent, text)
        assert told(messages) == {"utter_allergy"}
        assert "聚酯纤维 48%" in str(messages)


def test_whoever_has_bought_it_and_reports_a_fault_gets_help_and_no_data() -> None:
    chat = Conversation({"customer_id": "c-lin"})
    chat.slots["product_id"] = "sneakers-cloud"
    messages = chat.send("report_defect", "下雨就开胶了", {"fault": "开胶"})
    assert not told(messages) & {"utter_product_sentences", "utter_honest"}


def test_clothes_for_the_wife_within_the_budget_and_nothing_that_she_will_not_have() -> None:
    chat = Conversation({"customer_id": "c-he"})
    first = chat.send("ask_recommendation", "老婆生日 想送件衣服 500以内", {"price": 500.0})
    shop = shop_floor.shop()
    chosen = shop.products[chat.slots["product_id"]]
    assert chosen.kind.value == "clothing" and chosen.price <= 500 and told(first)
    chat.send("ask_quality", "她怕扎 毛衣不要")
    chosen = shop.products[chat.slots["product_id"]]
    assert chosen.kind.value == "clothing" and chosen.price <= 500 and not chosen.name.endswith("毛衣")
    card = chat.send("modify_order", "能给包装一下写个卡片吗 别放价格单")
    assert "utter_gift_note" in told(card) and "utter_confirm_note" not in told(card)


def test_a_card_is_no_birthday_coupon_also_for_who_has_ordered_nothing() -> None:
    messages = Conversation({"product_id": "scarf-wool"}).send("ask_promotion", "妈妈过生日送她 能写贺卡不")
    assert told(messages) == {"utter_gift_note_boxed"}


def test_a_chair_for_homework_is_recommended_and_the_plainer_one_within_the_budget() -> None:
    chat = Conversation()
    chat.send("out_of_scope", "我想找一个椅子", {"quantity": 1})
    assert chat.slots["product_id"] in ("chair-study", "chair-study-lite")
    chat.send("inform", "预算400", {"price": 400.0})
    assert chat.slots["product_id"] == "chair-study-lite"


@pytest.mark.parametrize("text", ["就是孩子写作业的", "连衣裙"])
def test_a_need_or_a_sort_alone_is_looked_for(text: str) -> None:
    messages = Conversation().send("inform", text)
    assert told(messages) & {"utter_recommend", "utter_recommend_featured"}


def test_the_rule_of_a_deposit_needs_no_login() -> None:
    messages = Conversation({"product_id": "trench-classic"}).send("cancel_order", "付了定金不要了能退不")
    assert told(messages) == {"utter_deposit_rule_offer", "utter_deposit_rule"}


def test_a_wish_for_other_goods_needs_no_login() -> None:
    chat = Conversation()
    chat.send("ask_recommendation", "推荐件连衣裙")
    messages = chat.send("modify_order", "要圆领的 不要黑色", {"color": "黑色"})
    assert "utter_log_in" not in str(told(messages)) and told(messages) & {
        "utter_recommend",
        "utter_nothing_allowed",
    }


@pytest.mark.parametrize(("intent", "text"), [("greet", "你们老板在吗"), ("nlu_fallback", "换人")])
def test_the_boss_or_somebody_else_is_a_person(intent: str, text: str) -> None:
    messages = Conversation({"product_id": "dress-corduroy"}).send(intent, text)
    assert any((message.get("custom") or {}).get("effect") == "handoff" for message in messages)


def test_a_man_in_one_word_is_said_that_the_coat_is_womens() -> None:
    chat = Conversation({"product_id": "down-light-short"})
    asked = chat.send("inform", "给老伴儿买的")
    assert any(name.startswith("utter_ask_") for name in told(asked))
    assert told(chat.send("inform", "男的")) & {"utter_womens_cut", "utter_womens_cut_instead"}


def test_a_place_told_with_the_question_is_not_asked_for() -> None:
    messages = Conversation().send("nlu_fallback", "几天能到乌鲁木齐", {"region": "新疆"})
    assert "新疆" in str(messages)


def test_another_one_is_not_the_one_she_has_seen() -> None:
    chat = Conversation()
    chat.send("ask_recommendation", "推荐件连衣裙")
    first = chat.slots["product_id"]
    chat.send("ask_stock", "还有别的吗")
    assert chat.slots["product_id"] != first


def test_the_other_cut_is_asked_the_same_question() -> None:
    chat = Conversation({"product_id": "down-long-hood"})
    chat.send("ask_price", "这件多少钱")
    assert "389" in str(chat.send("nlu_fallback", "短款那件呢"))


def test_too_dear_is_no_goodbye() -> None:
    messages = Conversation({"product_id": "down-long-hood"}).send("deny", "算了不要了 太贵")
    assert any(name.startswith("utter_bargain") for name in told(messages))


def test_socks_asked_for_with_shoes_are_the_running_gift() -> None:
    messages = Conversation({"product_id": "sneakers-cloud"}).send(
        "ask_promotion", "送袜子吗", {"product": "socks-cloud"}
    )
    assert told(messages) == {"utter_gift"}


def test_a_price_won_on_one_of_two_goods_stays_in_the_sum() -> None:
    state = BargainState(product_id="knit-cable", price=162, agreed=True)
    slots = {"product_id": "knit-cable", "bargain": Bargains().with_state(state).as_slot()}
    said = say(Price(), "麻花毛衣再加一条打底裤一共多少", "ask_price", slots=slots)
    assert "241" in said.text and "245" not in said.text


def test_the_label_of_what_she_wears_is_her_height_and_asks_only_for_the_rest() -> None:
    chat = Conversation({"product_id": "knit-cable"})
    asked = chat.send(
        "ask_size", "我平时穿的牛仔裤标165/66A", {"product": "jeans-straight", "size": "165/66A"}
    )
    assert chat.slots["product_id"] == "knit-cable" and chat.slots["height_cm"] == 165.0
    assert told(asked) == {"utter_ask_weight_kg"}
    assert "M" in str(chat.send("inform", "110斤", {"weight_kg": 55.0}))


def test_the_label_of_trousers_gives_the_size_of_trousers_at_once() -> None:
    chat = Conversation({"product_id": "jeans-straight"})
    chat.send("ask_size", "我平时穿的裤子标165/66A", {"size": "165/66A"})
    assert chat.slots["waist_cm"] == 66.0 and chat.slots["usual_size"] is None


def test_shoes_for_work_are_shoes() -> None:
    chat = Conversation()
    chat.send("ask_recommendation", "有没有鞋子推荐")
    chat.send("inform", "上班穿的")
    assert shop_floor.shop().products[chat.slots["product_id"]].kind.value == "shoes"


def test_a_round_neck_is_not_a_high_one() -> None:
    chat = Conversation()
    chat.send("ask_recommendation", "推荐件毛衣")
    chat.send("modify_order", "要圆领的 不要黑色", {"color": "黑色"})
    shop = shop_floor.shop()
    assert "圆领" in "".join(
        (
            shop.products[chat.slots["product_id"]].name,
            *shop.products[chat.slots["product_id"]].attributes.values(),
        )
    )


@pytest.mark.parametrize(
    ("product", "intent", "text"),
    [
        ("jacket-shell-3in1", "chitchat", "我们这下雨了"),
        ("jacket-shell-3in1", "out_of_scope", "明天杭州会不会下雨"),
        ("sneakers-cloud", "ask_usage", "下雨湿了怎么晾"),
        ("thermal-set", "deny", "没有过敏"),
        ("sneakers-cloud", "ask_shipping_time", "下雨天会不会耽误发货"),
    ],
)
def test_the_weather_by_itself_is_no_worry_about_the_goods(product: str, intent: str, text: str) -> None:
    messages = Conversation({"product_id": product}).send(intent, text)
    assert not told(messages) & {"utter_product_sentences", "utter_honest", "utter_allergy"}
