"""After the order, by whole dialogues: docs/transcript-review.md, fifth round, review I."""

from __future__ import annotations

from typing import Any

import pytest

from actions.deciding.clarify import Clarify
from actions.orders.cancelling import CancelOrder
from actions.parcels.tracking import Track
from actions.parcels.urging import Urge
from actions.talk.handoff import HandOff
from actions.talk.small_talk import Affirm
from tests.actions.conftest import say
from tests.actions.small_rasa import Conversation

JACKET, BOXES, SCARF = "88261100010042", "88261100010117", "88261100010091"


def words(said: list[dict[str, Any]]) -> str:
    return "\n".join(message.get("text") or message.get("response") or "" for message in said)


def after(action: str) -> list[dict[str, Any]]:
    """The events of a chat whose last answer was this action's."""
    return [{"event": "user"}, {"event": "action", "name": action}, {"event": "user"}]


def test_the_sum_of_what_was_agreed_is_told_and_nothing_circles() -> None:
    settled = {"order": JACKET, "kind": "partial_refund", "amount": "50", "issue": "defect"}
    chat = Conversation({"customer_id": "c-zhou"})
    chat.slots |= {"order_id": JACKET, "settled": settled}
    assert "50 元" in words(chat.send("ask_refund", "退多少"))


def test_a_settled_exchange_pays_nothing_back() -> None:
    chat = Conversation({"customer_id": "c-zhou"})
    chat.slots |= {"order_id": JACKET, "settled": {"order": JACKET, "kind": "exchange", "amount": "0"}}
    assert "不退钱" in words(chat.send("ask_refund", "退多少"))


def test_what_is_past_its_days_is_told_so_and_nothing_circles() -> None:
    chat = Conversation({"customer_id": "c-deng"})
    order = "88261100010265"
    chat.slots |= {"order_id": order, "pending": "action_return", "draft": {"return": order, "asked": True}}
    assert "utter_return_over" in words(chat.send("ask_refund", "退多少"))


def test_two_rules_that_leave_a_message_to_each_other_end_with_a_person() -> None:
    turns = [{"event": "user"}, *({"event": "action", "name": "action_affirm"} for _ in range(2))]
    assert say(Affirm(), "嗯", "affirm", events=turns).follows == "action_handoff"


@pytest.mark.parametrize("text", ["还要等多久啊", "多久能有人", "有没有人啊", "在不在"])
def test_who_waits_is_told_where_she_stands(text: str) -> None:
    said = say(HandOff(), text, "greet", waiting_as="requested", customer_id="c-zhou")
    assert said.responses == ["utter_handoff_waiting_open"]
    assert (
        say(Track(), text, "greet", waiting_as="requested", customer_id="c-zhou").follows == "action_handoff"
    )
    assert say(Track(), text, "greet", customer_id="c-zhou").follows != "action_handoff"


def test_no_person_wanted_any_more_asks_for_none() -> None:
    for waiting in ("requested", None):
        said = say(HandOff(), "算了不用人工了", "request_human", waiting_as=waiting, customer_id="c-zhou")
        assert said.effects == []
        assert "我接着给您办" in said.text


def test_by_when_the_missing_parcel_is_answered() -> None:
    chat = Conversation({"customer_id": "c-he"})
    chat.slots |= {"order_id": BOXES}
    chat.send("track_order", "显示签收了 我没收到啊")
    chat.send("inform", "门卫说没有")
    assert "前给您答复" in words(chat.send("ask_shipping_time", "那怎么办 多久能给我答复"))


def test_two_bought_and_one_come_is_one_missing() -> None:
    chat = Conversation({"customer_id": "c-he"})
    entities = {"product": "box-fabric-66", "quantity": "2"}
    chat.send("report_wrong_item", "收纳箱我买了两个就来一个", entities)
    assert chat.slots["trouble"]["issue"] == "missing"
    assert chat.slots["trouble"]["pieces"] == 1


BEDDING, KNITS, COAT, TEA = "88261100010026", "88261100010018", "88261100010182", "88261100010257"


def test_a_part_of_the_goods_asks_after_them_as_the_goods_do() -> None:
    said = say(
        Clarify(), "那床单呢", "nlu_fallback", slots={"last_action": "action_track"}, customer_id="c-zhou"
    )
    assert said.follows == "action_track"


def test_asked_which_order_a_part_of_the_goods_chooses_it() -> None:
    slots = {"pending": "action_modify_address", "asking": {"response": "utter_which_order", "times": 1}}
    said = say(Clarify(), "床单那个", "nlu_fallback", slots=slots, customer_id="c-zhou")
    assert said.follows == "action_modify_address"
    other = say(Clarify(), "床单那个是纯棉的吗", "nlu_fallback", slots=slots, customer_id="c-zhou")
    assert other.follows != "action_modify_address"


def test_shoes_of_a_child_are_shoes() -> None:
    chat = Conversation({"customer_id": "c-xu"})
    assert "which_order" not in words(chat.send("ask_exchange", "鞋子小了 孩子挤脚"))


def test_given_up_only_if_it_is_late_calls_nothing_off() -> None:
    said = say(CancelOrder(), "周五到不了我就不要了", "cancel_order", customer_id="c-xu")
    assert said.follows == "action_shipping_time"
    chat = Conversation({"customer_id": "c-xu"})
    told = words(chat.send("cancel_order", "羽绒服周五到不了我就不要了"))
    assert "utter_confirm_cancel" not in told
    assert "给您取消" in told


@pytest.mark.parametrize("text", ["那你催一下仓库", "算了你快点发就行", "能不能加急"])
def test_urging_is_of_her_order_and_not_a_script(text: str) -> None:
    assert say(Clarify(), text, "nlu_fallback", customer_id="c-lin").follows == "action_urge"
    assert say(Clarify(), text, "nlu_fallback", customer_id="c-ma").follows != "action_urge"


def test_no_urging_brings_no_person() -> None:
    said = say(
        Urge(), "算了 不催了", "urge_shipping", slots={"urged": {"88261100010125": 2}}, customer_id="c-xu"
    )
    assert said.effects == []
    assert "不催" in said.text


def test_no_day_is_promised_for_what_is_late() -> None:
    chat = Conversation({"customer_id": "c-lin"})
    chat.send("urge_shipping", "毛衣两天了还不发货")
    assert "同事给您准话" in words(chat.send("ask_shipping_time", "毛衣能保证明天发吗"))


def test_a_piece_asked_for_is_no_list_once_more() -> None:
    chat = Conversation({"customer_id": "c-deng", "order_id": TEA})
    chat.send("report_defect", "碗碎了一个")
    chat.send("inform", "没法用了")
    chat.send("inform", image="/api/attachments/1")
    said = chat.send("ask_compensation", "能补一个碗吗")
    assert "utter_handoff_chosen" in words(said)


def test_how_long_a_remedy_takes_is_told_and_no_refusal() -> None:
    chat = Conversation({"customer_id": "c-lin", "order_id": "88261100010075"})
    chat.send("report_wrong_item", "发错了 我要的是酒红 发来个黑色")
    chat.send("inform", image="/api/attachments/1")
    assert "发出后到江苏" in words(chat.send("ask_shipping_time", "换要多久"))
    assert chat.form == "remedy_form"


def test_the_address_and_the_money_of_a_return_are_told_before_it_is_registered() -> None:
    slots = {"pending": "action_return"}
    slots["draft"] = {"return": "88261100010075", "asked": True, "read": True}
    chat = Conversation({"customer_id": "c-lin"})
    chat.slots |= slots
    assert "棉桃路" in words(chat.send("ask_return", "退货地址"))
    told = words(chat.send("ask_refund", "退款多久到"))
    assert "收腰针织连衣裙" in told
    assert "高帮帆布鞋" not in told
    assert "utter_return_granted" in words(chat.send("affirm", "行 退吧"))


def test_a_price_that_has_not_fallen_is_made_good_by_nothing() -> None:
    chat = Conversation({"customer_id": "c-zhou"})
    chat.send("ask_price_protection", "羽绒服能退差价不")
    told = words(chat.send("ask_compensation", "那给点补偿呗"))
    assert "补偿我给不了" in told
    assert chat.form is None


def test_a_special_invoice_is_not_an_invoice_given_up() -> None:
    chat = Conversation({"customer_id": "c-deng"})
    chat.send("ask_invoice", "保温杯那单开发票 抬头青禾小学 税号52430100MJJ0000000")
    assert "utter_invoice_left" not in words(chat.send("ask_invoice", "要专票"))


def test_a_guest_is_told_how_her_order_is_seen() -> None:
    said = say(Clarify(), "88261100010042", "nlu_fallback", {"order_id": "88261100010042"})
    assert said.follows == "action_track"
    assert say(Clarify(), "我买的衣服坏了", "nlu_fallback", {"fault": "坏"}).follows == "after_sale_form"


def test_who_only_begins_to_speak_is_listened_to() -> None:
    said = say(Clarify(), "那个", "nlu_fallback", ranking=[("inform", 0.01)])
    assert "慢慢说" in said.text
    assert said.slots["misses"] is None


def test_a_cancellation_that_stands_is_called_off_after_another_answer() -> None:
    slots = {"draft": {"cancel": COAT, "read": True}, "order_id": COAT}
    assert say(Clarify(), "那先不退了", "nlu_fallback", slots=slots, customer_id="c-song").follows == (
        "action_cancel_order"
    )


def test_the_order_of_the_chat_is_the_one_just_talked_of() -> None:
    said = say(
        Urge(), "刚才那个单能不能加急", "urge_shipping", slots={"order_id": BEDDING}, customer_id="c-zhou"
    )
    assert said.slots["order_id"] == BEDDING
    assert list(said.slots["urged"]) == [BEDDING]


def test_what_becomes_of_a_lost_parcel_is_told_without_its_place_again() -> None:
    chat = Conversation({"customer_id": "c-he"})
    chat.send("track_order", "围巾物流三天没动了")
    for text in ("是不是丢了", "那你现在给我补发"):
        said = chat.send("ask_compensation", text)
        assert [m["response"] for m in said if m.get("response")] == ["utter_lost_of_order"]


def test_when_the_money_is_there_is_of_what_was_said() -> None:
    chat = Conversation({"customer_id": "c-lin"})
    chat.send("urge_shipping", "毛衣两天了还不发货")
    assert "12 元" in words(chat.send("ask_refund", "什么时候到账"))
    assert "12 元" in words(chat.send("ask_refund", "什么时候到账 那12块"))
    chat = Conversation({"customer_id": "c-lin"})
    chat.slots |= {
        "settled": {"order": "88261100010075", "kind": "return", "amount": ""},
        "order_id": "88261100010075",
    }
    assert words(chat.send("ask_refund", "什么时候到账")) == "utter_refund_settled_return"


def test_why_she_gives_it_up_is_told_and_asked_nothing() -> None:
    slots = {"pending": "action_cancel_order", "draft": {"cancel": "88261100010067", "read": True}}
    said = say(Clarify(), "等太久了", "nlu_fallback", slots=slots, customer_id="c-lin")
    assert said.follows == "action_cancel_order"


def test_who_agrees_to_an_answer_about_her_order_is_asked_for_no_size() -> None:
    said = say(Affirm(), "那就这样吧", "affirm", events=after("action_urge"), customer_id="c-lin")
    assert said.responses == []
    assert "照刚才说的来" in said.text


def test_the_days_that_went_by_are_of_what_was_answered() -> None:
    events = after("action_refund_status")
    said = say(Clarify(), "都三天了", "nlu_fallback", events=events, customer_id="c-qiao")
    assert said.follows == "action_refund_status"


def test_money_of_a_parcel_that_comes_back_is_told_by_that_parcel() -> None:
    chat = Conversation({"customer_id": "c-fang"})
    chat.send("ask_refund", "那靴子退款吧 不要了")
    assert "退回入仓后" in words(chat.send("ask_refund", "多久到账"))


def test_the_piece_that_goes_first_is_written_down() -> None:
    chat = Conversation({"customer_id": "c-song"})
    chat.send("ask_bulk_order", "大衣能先发吗")
    assert chat.slots["draft"]["first"] == "双面呢系带中长大衣"
    said = chat.send("affirm", "好")
    promised = next(m["custom"] for m in said if (m.get("custom") or {}).get("effect") == "promise")
    assert "双面呢系带中长大衣先发" in promised["text"]
    chat = Conversation({"customer_id": "c-zhou"})
    assert "action_modify_order" not in words(chat.send("ask_exchange", "羽绒服能先发新的吗"))
