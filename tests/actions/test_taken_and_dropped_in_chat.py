"""Before the sale: the right colour's stock, the sum without what was dropped, a yes to buying, lead."""

from __future__ import annotations

import pytest

from actions.common import shop_floor
from actions.deciding.clarify import Clarify
from tests.actions.conftest import say
from tests.actions.small_rasa import Conversation


def told(messages: list[dict]) -> list[str]:
    return [message["response"] for message in messages if message.get("response")]


STOCK = [
    ("down-long-hood", "ask_stock", "有货吗黑L", {"size": "L"}, "utter_variant_restocked", "黑色 L"),
    ("down-long-hood", "ask_stock", "黑L有货吗", {"size": "L"}, "utter_variant_restocked", "黑色 L"),
    ("down-light-short", "ask_stock", "黑M有几件", {"size": "M"}, "utter_stock_count", "黑色 M"),
    ("bottle-thermos", "nlu_fallback", "750白还有几个", {}, "utter_stock_count", "白色 750毫升"),
    ("down-light-short", "nlu_fallback", "橙S几件", {"size": "S"}, "utter_stock_count", "橙色 S"),
    ("boots-snow", "nlu_fallback", "黑37几双", {}, "utter_variant_restocked", "黑色 37"),
    ("down-long-hood", "ask_stock", "橙L有吗", {"size": "L"}, "utter_variant_not_made", "橙色"),
]


@pytest.mark.parametrize(("product", "intent", "text", "read", "response", "variant"), STOCK)
def test_the_stock_of_the_colour_told_in_one_character(
    product: str, intent: str, text: str, read: dict, response: str, variant: str
) -> None:
    chat = Conversation({"product_id": product})
    chat.slots["color"] = "米白色"
    messages = chat.send(intent, text, read)
    assert told(messages)[-1] == response
    said = messages[-1]
    assert variant.replace(" ", "") in str(said.get("wished") or said.get("variants")).replace(" ", "")


YES = [
    ("affirm", "行 那要棉服", {"product": "parka-padded"}, "utter_order_choose"),
    ("nlu_fallback", "行 那要棉服 黑色 L", {"color": "黑色", "size": "L"}, "utter_order_now"),
    ("nlu_fallback", "好 要黑色L", {"color": "黑色", "size": "L"}, "utter_order_now"),
    ("nlu_fallback", "那我要面包棉服 黑色L", {"color": "黑色", "size": "L"}, "utter_order_now"),
    ("nlu_fallback", "就要黑色L的棉服", {"color": "黑色", "size": "L"}, "utter_order_now"),
    ("nlu_fallback", "好的就它 下单", {}, "utter_order_choose"),
    ("goodbye", "我要了", {}, "utter_order_choose"),
    ("nlu_fallback", "就要黑色", {"color": "黑色"}, None),
]


@pytest.mark.parametrize(("intent", "text", "read", "response"), YES)
def test_who_takes_it_is_told_how_to_order(intent: str, text: str, read: dict, response: str | None) -> None:
    chat = Conversation()
    chat.slots["product_id"] = "parka-padded"
    answers = told(chat.send(intent, text, read))
    if response:
        assert answers == [response]
    else:
        assert "utter_order_choose" not in answers  # never asks for the colour just told


def test_what_was_haggled_over_is_not_sold_for_what_she_names_now() -> None:
    chat = Conversation({"product_id": "jacket-shell-3in1"})
    chat.send("bargain", "便宜点呗")
    messages = chat.send("affirm", "行 那要棉服 黑色 L", {"color": "黑色", "size": "L"})
    assert told(messages) == ["utter_order_now"] and messages[-1]["product"] == "面包棉服外套"


def test_after_a_recommendation_of_a_colour_that_is_gone_the_truth_is_told() -> None:
    chat = Conversation({"product_id": "down-long-hood"})
    messages = chat.send("affirm", "好 那就要黑L", {"size": "L"})
    assert told(messages) == ["utter_order_gone"]


def test_a_yes_while_an_order_is_being_changed_orders_nothing() -> None:
    chat = Conversation()
    chat.slots |= {"product_id": "parka-padded", "pending": "action_apply_change", "draft": {"kind": "note"}}
    assert not set(told(chat.send("affirm", "好的 就它"))) & {"utter_order_now", "utter_order_choose"}


@pytest.mark.parametrize("intent", ["nlu_fallback", "cancel_order", "deny"])
def test_what_is_refused_leaves_the_sum(intent: str) -> None:
    chat = Conversation()
    chat.send("ask_price", "云朵加绒连帽卫衣和山野三合一冲锋衣一起多少钱")
    assert len(chat.slots["basket"]) == 2
    chat.send(intent, "我不要冲锋衣了 加两双袜子", {"product": "jacket-shell-3in1", "quantity": 2})
    assert dict(chat.slots["basket"]) == {"sweatshirt-fleece": 1, "socks-cloud": 2}
    chat.send(intent, "卫衣不要了", {"product": "sweatshirt-fleece"})
    assert dict(chat.slots["basket"]) == {"socks-cloud": 2}
    answer = chat.send("modify_order", "再加一条羊毛围巾", {"quantity": 1})
    assert set(dict(chat.slots["basket"])) == {"socks-cloud", "scarf-wool"} and told(answer)


@pytest.mark.parametrize("text", ["含铅吗 给孩子用", "有没有铅", "铅镉超标吗"])
@pytest.mark.parametrize("intent", ["ask_quality", "ask_product_info"])
def test_lead_is_answered_by_the_dinnerwares_own_line(intent: str, text: str) -> None:
    messages = Conversation({"product_id": "tableware-warm"}).send(intent, text)
    assert "铅镉溶出未检出" in str(messages) and "utter_clarify" not in told(messages)


@pytest.mark.parametrize("text", ["含铅吗 给孩子用", "有没有铅", "铅镉超标吗"])
def test_lead_is_answered_also_where_the_reading_is_unsure(text: str) -> None:
    ranking = [("nlu_fallback", 0.63), ("ask_quality", 0.29)]
    said = say(Clarify(), text, "nlu_fallback", ranking=ranking, product_id="tableware-warm")
    assert said.follows == "action_product_info"


@pytest.mark.parametrize("text", ["有几个碗几个盘", "几个碗"])
def test_how_many_bowls_is_in_the_file(text: str) -> None:
    messages = Conversation({"product_id": "tableware-warm"}).send("ask_product_info", text)
    assert "饭碗四" in str(messages)


def test_the_shop_of_these_talks_has_no_black_L_of_the_long_coat() -> None:
    variants = shop_floor.shop().products["down-long-hood"].variants
    assert [v.stock for v in variants if (v.color, v.size) == ("黑色", "L")] == [0]
