"""A parcel that comes back is sent again or paid back by her plain word; one that is not there becomes a case."""

from __future__ import annotations

import pytest

from actions.deciding.clarify import Clarify
from actions.parcels.tracking import Track
from actions.talk.faq import FaqAnswer
from actions.talk.small_talk import Inform
from tests.actions.conftest import Said, say

BOOTS = "88261100010315"
DRESS = "88261100010075"


def track(text: str, before: Said | None = None, customer: str = "c-fang", **kept) -> Said:
    slots = {**(before.slots if before else {}), **kept}
    return say(Track(), text, "track_order", slots=slots, customer_id=customer)


@pytest.mark.parametrize(
    "text",
    ["我还要那双靴子 别退款", "靴子重新发给我", "靴子退回去了 我还想要 再寄一次", "雪地靴我还要 重新寄"],
)
def test_boots_that_come_back_are_sent_again_whatever_the_model_reads(text: str) -> None:
    for reading in ("ask_return", "ask_refund", "nlu_fallback", "report_wrong_item"):
        assert say(Clarify(), text, reading, customer_id="c-fang").follows == "action_track"
    said = track(text)
    assert said.responses == ["utter_returning_send_again"]
    assert "加绒防滑雪地靴 卡其色 37" in said.text
    assert BOOTS in said.effect("promise")["text"]


def test_what_was_offered_is_taken_without_naming_it() -> None:
    told = track("我的靴子到哪了")
    assert told.responses == ["utter_parcel_returning"]
    again = track("我还要呢 重新给我发", told)
    assert again.responses == ["utter_returning_send_again"]
    money = track("那钱呢", again)
    assert money.responses == ["utter_returning_send_again_stands"]
    assert not money.effects
    twice = track("重新寄", again)
    assert not twice.effects
    changed = track("算了不要了 退钱吧", again)
    assert changed.responses == ["utter_returning_money_back"]
    assert "229" in changed.text


@pytest.mark.parametrize(
    "text", ["重新寄一双行不行", "我靴子被你们退回了 那229什么时候退给我", "靴子怎么退回去了"]
)
def test_a_question_is_told_what_can_be_had_and_nothing_is_settled(text: str) -> None:
    said = track(text)
    assert said.responses == ["utter_returning_choice"]
    assert "229" in said.text
    assert not said.effects


def test_her_button_says_it_also_later() -> None:
    asked = track("靴子怎么退回去了")
    later = {**asked.slots, "pending": None}
    assert "send_again" in "".join(asked.payloads)
    pressed = '/inform{"reason":"send_again"}'
    taken = say(Inform(), pressed, "inform", {"reason": "send_again"}, later, customer_id="c-fang")
    assert taken.follows == "action_track"
    said = say(Track(), pressed, "inform", {"reason": "send_again"}, later, customer_id="c-fang")
    assert said.responses == ["utter_returning_send_again"]


@pytest.mark.parametrize(
    ("text", "customer"),
    [
        ("内衣少了一件 再发一件", "c-fang"),
        ("袜子我还要", "c-fang"),
        ("我还要那件毛衣", "c-zhou"),
        ("重新寄一双行不行", "c-lin"),
    ],
)
def test_another_order_is_no_parcel_that_comes_back(text: str, customer: str) -> None:
    said = say(Clarify(), text, "nlu_fallback", customer_id=customer)
    assert said.follows != "action_track"


@pytest.mark.parametrize(
    "text",
    [
        "驿站说没我的件!取件码6-2-075报了也没有",
        "取件码对不上 驿站查无此件",
        "驿站说没有这个件",
        "连衣裙没收到 驿站没有",
    ],
)
def test_who_was_at_the_station_already_gets_a_case(text: str) -> None:
    assert say(FaqAnswer(), text, "ask_courier", customer_id="c-lin").follows == "action_track"
    said = track(text, customer="c-lin")
    assert said.responses == ["utter_missing_case"]
    assert DRESS in said.effect("promise")["text"]


def test_shown_as_signed_and_not_in_hand_is_asked_where_it_may_be_then_a_case() -> None:
    first = track("裙子没到手 系统写签收了", customer="c-lin")
    assert first.responses == ["utter_missing_at_station"]
    said = track("找过了 都没有", first, customer="c-lin")
    assert said.responses == ["utter_missing_case"]
    again = track("找过了 都没有", said, customer="c-lin")
    assert again.responses == ["utter_missing_case_stands"]
    assert not again.effects


@pytest.mark.parametrize(
    ("text", "customer", "item"),
    [
        ("你们不会弄丢了吧 239块呢", "c-lin", "收腰针织连衣裙"),
        ("丢了赔不赔", "c-lin", "收腰针织连衣裙"),
        ("丟咗你哋賠唔賠", "c-chan", "129"),
        ("如果唔見咗點算", "c-chan", "枕"),
        ("会不会丢件啊", "c-gu", "云絮长款连帽羽绒服"),
    ],
)
def test_a_parcel_feared_lost_is_on_us(text: str, customer: str, item: str) -> None:
    assert say(Clarify(), text, "nlu_fallback", customer_id=customer).follows == "action_track"
    said = track(text, customer=customer)
    assert said.responses[0] == "utter_lost_of_order"
    assert item in said.text or item == "129"


def test_of_several_under_way_the_rule_is_told_without_asking_which() -> None:
    said = track("快递丢件你们赔吗", customer="c-zhou", order_id="")
    assert said.responses[0] in ("utter_lost_any", "utter_lost_of_order")
    assert "utter_which_order" not in said.responses


@pytest.mark.parametrize("text", ["扣子丢了怎么办", "吊牌丢了还能退吗", "取件码多少"])
def test_another_thing_lost_is_left_to_its_reading(text: str) -> None:
    said = say(FaqAnswer(), text, "ask_usage", customer_id="c-lin")
    assert said.follows != "action_track"


IN_PARCELS = "88261100010307"
"""One parcel signed for by the doorman, the cardigan still on its way."""


def missed(text: str, **slots) -> Said:
    told = {"order_id": IN_PARCELS} | slots
    return say(Track(), text, "track_order", {}, told, customer_id="c-fang")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "门卫签的那包根本没有",
            "门卫那包我没看到啊 签收的那个",
            "签收的那包根本没收到 门卫也没有",
            "门卫说没有",
        ),
        *("门卫签的那个包裹找不到了 内衣",),
    ],
)
def test_a_parcel_somebody_else_signed_for_and_nobody_has_is_a_lost_one(text: str) -> None:
    assert say(Clarify(), text, "nlu_fallback", {}, {}, customer_id="c-fang").follows == "action_track"
    said = missed(text)
    assert said.responses == ["utter_missing_case"]
    assert "德绒保暖内衣套装" in said.text and "开衫" not in said.text
    assert missed("门卫说没有", followed=said.slots["followed"]).responses == ["utter_missing_case_stands"]


@pytest.mark.parametrize("text", ["内衣没收到啊 谁签的", "签收的那包我没收到"])
def test_of_the_signed_parcel_she_is_asked_to_look_first_and_the_next_word_opens_the_case(text: str) -> None:
    said = missed(text)
    assert said.responses == ["utter_missing_signed"]
    assert missed("没收到", missing_asked=said.slots["missing_asked"]).responses == ["utter_missing_case"]


@pytest.mark.parametrize(
    "text", ["开衫没收到", "另一包没收到", "我只收到一件", "没收到开衫 是不是少发了", "没收到"]
)
def test_what_is_still_on_its_way_is_not_lost(text: str) -> None:
    assert missed(text).responses == ["utter_sent_in_parcels", "utter_further_parcel"]


def test_of_a_parcel_she_has_nothing_is_looked_for() -> None:
    assert "utter_missing_case" not in missed("门卫签的那包收到了 开衫没有").responses


@pytest.mark.parametrize("text", ["是不是漏发了", "开衫是不是漏发了", "该不会少发了吧", "漏发了吗"])
def test_what_travels_apart_was_not_forgotten(text: str) -> None:
    assert say(FaqAnswer(), text, "report_wrong_item", customer_id="c-fang").follows == "action_track"
    assert (
        say(Track(), text, "report_wrong_item", customer_id="c-fang").responses[0] == "utter_sent_in_parcels"
    )


@pytest.mark.parametrize(("text", "who"), [("是不是漏发了", "c-deng"), ("你们漏发了一只碗", "c-fang")])
def test_with_nothing_on_its_own_way_it_may_have_been(text: str, who: str) -> None:
    assert say(FaqAnswer(), text, "report_wrong_item", customer_id=who).follows != "action_track"
