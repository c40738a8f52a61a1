"""Orders as customers speak of them: giving one up in the middle of a form, in pieces, two at once, by what it cost."""

from __future__ import annotations

import pytest

from actions.deciding.clarify import ASKED_FIRST, Clarify
from actions.deciding.readings import ACTION_OF, SCRIPTS
from bot.shop.talk import hardship
from bot.shop.talk.handoff import Step, after_miss
from bot.shop.talk.hardship import Hardship
from tests.actions.conftest import DOMAIN, Orders, say
from tests.actions.small_rasa import FIRST_ACTION, Conversation

SETS, SCARF, SOCKS, COAT = "88261100010026", "88261100010281", "88261100010299", "88261100010182"


def told(messages: list[dict]) -> list[str]:
    return [message["response"] for message in messages if message.get("response")]


def customer(who: str, order: str | None = None) -> Conversation:
    return Conversation({"customer_id": who, "order_id": order})


@pytest.mark.parametrize("intent", ["deny", "cancel_order", "nlu_fallback", "inform", "ask_refund"])
def test_giving_the_order_up_leaves_the_address_form_however_it_is_read(intent: str) -> None:
    chat = customer("c-zhou", SETS)
    chat.send("modify_address", "四件套改一下地址")
    assert chat.form == "address_form"
    said = told(chat.send(intent, "算了不要了 退了吧"))
    assert said == ["utter_confirm_cancel_paid"]
    assert chat.form is None


def test_another_colour_leaves_the_address_form_and_no_form_asks_on() -> None:
    chat = customer("c-fang", SCARF)
    chat.send("modify_address", "围巾改地址")
    assert told(chat.send("modify_order", "给我换个颜色吧")) == ["utter_which_variant"]
    assert chat.form is None


def test_a_return_of_something_else_leaves_the_invoice_form() -> None:
    chat = customer("c-zhou", SETS)
    chat.send("ask_invoice", "四件套开发票")
    said = told(chat.send("ask_return", "羽绒服我要退货", {"product": "down-light-short"}))
    assert said == ["utter_return_reason"]
    assert chat.form is None


def test_a_refusal_that_names_the_goods_calls_the_order_off() -> None:
    chat = customer("c-zhou")
    assert told(chat.send("deny", "4件套不要了")) == ["utter_confirm_cancel_paid"]


@pytest.mark.parametrize("text", ["地址对的吧", "地址是对的吗"])
def test_a_question_about_the_address_books_no_note(text: str, orders: Orders) -> None:
    chat = customer("c-zhou", SETS)
    assert told(chat.send("modify_order", "备注里加个 周末不在家")) == ["utter_confirm_note"]
    said = chat.send("affirm", text)
    assert told(said) == ["utter_order_receiver", "utter_confirm_note"]
    assert said[-1]["note"] == "周末不在家"
    assert not orders.notes
    assert told(chat.send("affirm", "对")) == ["utter_note_added"]
    assert "周末不在家" in orders.orders[SETS].note


def test_who_says_that_she_noted_something_is_told_what_is_there(orders: Orders) -> None:
    chat = customer("c-fang", SCARF)
    assert told(chat.send("modify_order", "都下单半天了 我备注了发顺丰")) == ["utter_order_no_note"]
    chat = customer("c-zhou", SETS)
    said = chat.send("modify_order", "备注能看到吗")
    assert told(said) == ["utter_order_note"] and said[0]["note"] == "请放门口鞋柜上"
    assert not orders.notes


def test_an_invoice_comes_together_in_any_order(orders: Orders) -> None:
    chat = customer("c-zhou")
    assert told(chat.send("ask_invoice", "快点给我发票")) == ["utter_invoice_which_order"]
    assert told(chat.send("ask_price", "299那个", {"price": 299.0})) == ["utter_invoice_title"]
    assert told(chat.send("affirm", "公司")) == ["utter_invoice_company"]
    number = "税号91330106MA2B1C2D3E 邮箱 qinghe@example.com"
    assert told(chat.send("ask_account", number)) == ["utter_invoice_company_name"]
    full = chat.send("inform", "杭州青禾科技有限公司")
    assert told(full) == ["utter_confirm_invoice_company"]
    assert "qinghe@example.com" in full[0]["mail"]
    assert told(chat.send("affirm", "对")) == ["utter_invoice_noted"]
    assert "qinghe@example.com" in orders.notes[-1]


def test_the_next_invoice_asks_nothing_that_was_told(orders: Orders) -> None:
    chat = customer("c-zhou", SETS)
    chat.send("ask_invoice", "四件套开发票 个人 周晓禾")
    assert told(chat.send("affirm", "对")) == ["utter_invoice_noted"]
    assert told(chat.send("nlu_fallback", "雪地靴那单也开")) == ["utter_confirm_invoice_person"]
    chat.send("affirm", "对")
    assert told(chat.send("inform", "发到 zhou@example.com")) == ["utter_invoice_mail_noted"]


def test_two_orders_named_are_merged_without_asking_which(orders: Orders) -> None:
    chat = customer("c-fang")
    assert told(chat.send("modify_order", "围巾跟袜子合并发")) == ["utter_confirm_merge"]
    assert told(chat.send("affirm", "对"))[0] == "utter_merge_noted"
    assert orders.orders[SCARF].parcel_with == SOCKS


def test_both_orders_go_to_the_new_address(orders: Orders) -> None:
    chat = customer("c-fang")
    asked = chat.send("modify_address", "两单地址都改成山东省青岛市海风区鱼市街6号2单元501")
    assert told(asked) == ["utter_confirm_address"]
    assert told(chat.send("affirm", "对")) == ["utter_address_changed"] * 2
    assert {orders.orders[each].address for each in (SCARF, SOCKS)} == {"山东省青岛市海风区鱼市街6号2单元501"}


def test_two_pieces_of_an_order_are_changed_in_one_question(orders: Orders) -> None:
    chat = customer("c-song", COAT)
    asked = chat.send("modify_order", "两件都换 羊绒衫也换L", {"size": "L"})
    assert told(asked) == ["utter_confirm_variants"]
    assert told(chat.send("affirm", "对")) == ["utter_variant_changed"] * 2
    assert [line.sku[-2:] for line in orders.orders[COAT].lines] == ["-l", "-l"]


def test_a_recipient_with_a_phone_is_read_at_once_whatever_the_model_makes_of_it() -> None:
    chat = customer("c-song", COAT)
    asked = chat.send("nlu_fallback", "收件人改成我妈 王秀兰 15400000099")
    assert told(asked) == ["utter_confirm_address"] or told(asked) == ["utter_confirm_address_same_region"]
    assert (asked[0]["recipient"], asked[0]["phone"]) == ("王秀兰", "154****0099")


def test_one_piece_of_an_unpaid_order_cannot_be_dropped_and_she_hears_how_to_do_it() -> None:
    chat = customer("c-zhou")
    assert told(chat.send("cancel_order", "打底裤不要了只付毛衣行吗")) == ["utter_part_of_unpaid"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我80岁了下不去楼", Hardship.STAIRS),
        ("腿脚不方便", Hardship.STAIRS),
        ("太重了搬不动", Hardship.STAIRS),
        ("不会弄", Hardship.SCREEN),
        ("我不会操作手机", Hardship.SCREEN),
        ("老花眼看不清字", Hardship.SCREEN),
        ("这个锅不会用", None),
        ("拉链弄不来", None),
        ("怎么弄", None),
    ],
)
def test_who_cannot_come_down_or_cannot_type_is_heard(text: str, found: Hardship | None) -> None:
    assert hardship.read(text) is found


def test_who_cannot_come_down_gets_the_couriers_number() -> None:
    chat = customer("c-qiao")
    assert told(chat.send("nlu_fallback", "我80岁了下不去楼")) == ["utter_delivery_on_the_way"]
    helpless = chat.send("nlu_fallback", "不会弄")
    assert told(helpless) == ["utter_helpless"] and helpless[0]["phone"] == "15400000088"


@pytest.mark.parametrize(
    ("text", "response", "is_queued"),
    [
        ("打你们电话多少", "utter_shop_phone", False),
        ("给我打个电话", "utter_handoff_call", True),
        ("转人工", "utter_handoff", True),
    ],
)
def test_who_asks_for_a_number_gets_it(text: str, response: str, is_queued: bool) -> None:
    said = customer("c-qiao").send("request_human", text)
    assert told(said)[0] == response
    assert any("effect" in (m.get("custom") or {}) for m in said) is is_queued


@pytest.mark.parametrize(
    ("misses", "is_buying", "step"),
    [
        (1, False, Step.ASK),
        (2, False, Step.HAND_OVER),
        (1, True, Step.ASK),
        (2, True, Step.OFFER),
        (3, True, Step.OFFER),
        (4, True, Step.HAND_OVER),
    ],
)
def test_two_unread_sentences_do_not_end_a_sale(misses: int, is_buying: bool, step: Step, demo_shop) -> None:
    assert after_miss(demo_shop.policy, misses, is_buying) is step


def test_while_choosing_goods_a_person_is_offered_and_not_forced() -> None:
    chat = Conversation({"product_id": "down-light-short"})
    chat.send("ask_price", "多少钱")
    assert told(chat.send("inform", "啦啦啦啦啦")) == ["utter_noted"]
    assert told(chat.send("inform", "哦咧哦咧哦")) == ["utter_offer_person"]


def test_a_single_doubtful_reading_is_a_question_or_the_answer_never_a_list_of_one() -> None:
    asked = say(Clarify(), "那单吧", "nlu_fallback", ranking=[("cancel_order", 0.4), ("deny", 0.1)])
    assert asked.responses == ["utter_is_it"]
    assert asked.payloads == ["/cancel_order", "/deny"]
    answered = say(Clarify(), "那单吧", "nlu_fallback", ranking=[("ask_promotion", 0.4), ("deny", 0.1)])
    assert answered.follows == "action_promotion"


def test_readings_lead_where_the_rules_lead() -> None:
    assert {name: FIRST_ACTION[name] for name in ACTION_OF} == ACTION_OF
    assert {FIRST_ACTION[name] for name in SCRIPTS} == {"action_faq"}
    assert set(ASKED_FIRST) <= set(ACTION_OF) <= set(DOMAIN["intents"])


def test_a_reading_that_is_pressed_means_the_words_it_was_asked_about() -> None:
    chat = Conversation({"product_id": "down-light-short"})
    chat.send("nlu_fallback", "黑色XL", {"color": "黑色", "size": "XL"})
    chat.slots["color"] = chat.slots["size"] = None
    said = chat.send("ask_stock", "/ask_stock")
    assert "utter_which_product" not in told(said)


def test_a_sigh_is_no_thanks() -> None:
    assert told(customer("c-zhou").send("thank", "太麻烦了")) == ["utter_sigh"]
    assert told(customer("c-zhou").send("thank", "麻烦你了，谢谢")) == ["utter_thank"]
