"""An order is called off by its button or a plain yes, never by other words; what is to be kept stops it."""

from __future__ import annotations

import pytest

from bot.shop.records.orders import OrderState
from tests.actions.conftest import Orders
from tests.actions.small_rasa import Conversation

SETS, COAT, UNPAID = "88261100010026", "88261100010125", "88261100010018"


def told(messages: list[dict]) -> list[str]:
    return [message["response"] for message in messages if message.get("response")]


@pytest.mark.parametrize(
    "intent", ["affirm", "deny", "inform", "nlu_fallback", "cancel_order", "modify_order"]
)
@pytest.mark.parametrize(
    "text", ["那件保暖内衣留着", "先别取消", "还是留着吧", "不取消了", "等一下 我再想想", "那件四件套留着"]
)
def test_no_other_words_than_a_yes_call_an_order_off(intent: str, text: str, orders: Orders) -> None:
    chat = Conversation({"customer_id": "c-zhou", "order_id": SETS})
    assert told(chat.send("cancel_order", "四件套不想要了")) == ["utter_confirm_cancel_paid"]
    chat.send(intent, text)
    assert orders.orders[SETS].state is OrderState.PAID


@pytest.mark.parametrize("intent", ["affirm", "inform", "nlu_fallback", "cancel_order"])
@pytest.mark.parametrize("text", ["确认取消", "取消吧", "对 取消", "好的取消吧"])
def test_a_plain_yes_calls_it_off_however_it_is_read(intent: str, text: str, orders: Orders) -> None:
    chat = Conversation({"customer_id": "c-zhou", "order_id": SETS})
    chat.send("cancel_order", "四件套不想要了")
    assert told(chat.send(intent, text)) == ["utter_cancelled_paid"]
    assert orders.orders[SETS].state is OrderState.REFUNDING


def test_given_up_only_if_it_cannot_be_changed_the_change_is_offered(orders: Orders) -> None:
    chat = Conversation({"customer_id": "c-zhou", "order_id": SETS})
    said = told(chat.send("cancel_order", "四件套换不了的话我就不要了 取消"))
    assert said == ["utter_win_back_wrong_size"]
    assert orders.orders[SETS].state is OrderState.PAID


@pytest.mark.parametrize("intent", ["affirm", "inform", "cancel_order", "nlu_fallback"])
def test_one_piece_to_be_kept_brings_a_person_and_calls_nothing_off(intent: str, orders: Orders) -> None:
    chat = Conversation({"customer_id": "c-xu", "order_id": COAT})
    chat.send("cancel_order", "换不了的话我就不要了 取消")
    assert told(chat.send(intent, "那件保暖内衣留着")) == ["utter_handoff_order_change"]
    assert orders.orders[COAT].state is OrderState.PACKED


def test_the_button_to_call_off_a_whole_unpaid_order_works_later_too(orders: Orders) -> None:
    order = next(o for o in orders.orders.values() if o.state is OrderState.UNPAID and len(o.lines) > 1)
    chat = Conversation({"customer_id": order.customer_id, "order_id": order.id})
    chat.slots["draft"] = {"cancel": order.id}
    said = told(chat.send("inform", '/inform{"reason":"changed_mind"}', {"reason": "changed_mind"}))
    assert said == ["utter_cancelled_unpaid"]
    assert orders.orders[order.id].state is OrderState.CANCELLED


def test_a_part_of_an_unpaid_order_offers_a_button_that_calls_all_of_it_off(orders: Orders) -> None:
    order = next(o for o in orders.orders.values() if o.state is OrderState.UNPAID and len(o.lines) > 1)
    chat = Conversation({"customer_id": order.customer_id, "order_id": order.id})
    assert told(chat.send("cancel_order", "去掉一件 只要其中一件")) == ["utter_part_of_unpaid"]
    said = told(chat.send("inform", '/inform{"reason":"changed_mind"}', {"reason": "changed_mind"}))
    assert said == ["utter_cancelled_unpaid"]


def test_a_button_never_calls_off_another_order_than_the_one_spoken_of(orders: Orders) -> None:
    chat = Conversation({"customer_id": "c-zhou", "order_id": SETS})
    said = told(chat.send("inform", '/inform{"reason":"changed_mind"}', {"reason": "changed_mind"}))
    assert "utter_cancelled_paid" not in said
    assert orders.orders[SETS].state is OrderState.PAID


@pytest.mark.parametrize("intent", ["affirm", "inform", "nlu_fallback", "cancel_order"])
def test_what_was_just_called_off_and_is_wanted_after_all_brings_a_person(
    intent: str, orders: Orders
) -> None:
    chat = Conversation({"customer_id": "c-zhou", "order_id": SETS})
    chat.send("cancel_order", "四件套不想要了")
    chat.send("affirm", "对")
    assert told(chat.send(intent, "四件套我还要的")) == ["utter_too_late_after_sale"]


@pytest.mark.parametrize("intent", ["cancel_order", "modify_order", "nlu_fallback"])
@pytest.mark.parametrize("text", ["四件套先别发 不要了", "四件套先别发了 我不想要了"])
def test_held_back_and_not_wanted_is_read_back_as_called_off(intent: str, text: str, orders: Orders) -> None:
    chat = Conversation({"customer_id": "c-zhou", "order_id": SETS})
    said = told(chat.send(intent, text))
    assert "utter_order_kept" not in said
    if intent == "cancel_order":
        assert said == ["utter_confirm_cancel_paid"]
    assert orders.orders[SETS].state is OrderState.PAID


def test_held_back_while_calling_off_is_open_is_no_word_for_sending_it(orders: Orders) -> None:
    chat = Conversation({"customer_id": "c-zhou", "order_id": SETS})
    chat.send("cancel_order", "四件套不想要了")
    assert told(chat.send("cancel_order", "先别发 退了")) != ["utter_order_kept"]
    assert told(chat.send("cancel_order", "先别取消")) == ["utter_order_kept"]


@pytest.mark.parametrize("intent", ["cancel_order", "nlu_fallback", "modify_order", "ask_return"])
@pytest.mark.parametrize(
    "text",
    [
        "打包那单里的内衣不要了 羽绒服照发",
        "羽绒服正常发，保暖内衣不要了",
        "羽绒服照发 那件内衣退掉吧 都不要紧",
        "内衣能不能先别发 退了",
    ],
)
def test_one_piece_not_wanted_and_another_kept_never_calls_all_of_it_off(
    intent: str, text: str, orders: Orders
) -> None:
    chat = Conversation({"customer_id": "c-xu", "order_id": COAT})
    said = told(chat.send(intent, text))
    assert "utter_confirm_cancel_paid" not in said and "utter_order_kept" not in said
    if intent == "cancel_order":
        assert said == ["utter_handoff_order_change"]
    assert orders.orders[COAT].state is OrderState.PACKED


@pytest.mark.parametrize(
    "text", ["内衣和羽绒服都不要了", "羽绒服不要了 内衣也不要了", "羽绒服太大 内衣太薄 不要了"]
)
def test_every_piece_not_wanted_is_the_whole_order(text: str) -> None:
    chat = Conversation({"customer_id": "c-xu", "order_id": COAT})
    assert told(chat.send("cancel_order", text)) == ["utter_confirm_cancel_paid"]


@pytest.mark.parametrize("text", ["羽绒服那单取消吧", "帮我取消羽绒服那个订单", "打包的羽绒服那单不要了"])
def test_an_order_called_by_one_of_its_pieces_is_meant_whole(text: str) -> None:
    chat = Conversation({"customer_id": "c-xu", "order_id": COAT})
    assert told(chat.send("cancel_order", text))[0] in ("utter_cancel_reason", "utter_confirm_cancel_paid")


@pytest.mark.parametrize("intent", ["cancel_order", "ask_payment", "nlu_fallback"])
def test_one_piece_of_an_unpaid_order_not_wanted_is_no_question_how_long_it_is_kept(intent: str) -> None:
    chat = Conversation({"customer_id": "c-zhou"})
    assert told(chat.send(intent, "毛衣那单打底裤不要了 毛衣留着")) == ["utter_part_of_unpaid"]


@pytest.mark.parametrize("text", ["等等别取消 我跟老婆商量下", "先别取消", "还是留着吧"])
def test_an_unpaid_order_that_stays_is_kept_for_paying_and_nothing_is_said_of_sending(text: str) -> None:
    chat = Conversation({"customer_id": "c-zhou", "order_id": UNPAID})
    chat.send("cancel_order", "毛衣打底裤都不要了 取消")
    assert told(chat.send("cancel_order", text)) == ["utter_unpaid_kept"]


@pytest.mark.parametrize("intent", ["deny", "nlu_fallback", "cancel_order", "ask_return"])
def test_an_order_given_up_while_its_new_address_waits_for_a_yes_is_called_off(
    intent: str, orders: Orders
) -> None:
    chat = Conversation({"customer_id": "c-zhou", "order_id": SETS})
    chat.send("modify_address", "四件套改地址")
    asked = told(chat.send("inform", "浙江省湖州市吴兴区莲花巷9号 李秀兰 15400001234"))
    assert asked[0].startswith("utter_confirm_address")
    said = told(chat.send(intent, "算了太折腾 这单退了"))
    assert said[0] in ("utter_cancel_reason", "utter_confirm_cancel_paid")
    assert chat.form is None
    assert orders.orders[SETS].state is OrderState.PAID
