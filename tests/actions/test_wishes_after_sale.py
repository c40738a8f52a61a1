"""What she said once is not asked again, and what she wants is done or a person's, never put before her again."""

from __future__ import annotations

import pytest

from actions.after_sale.after_sale_question import AfterSaleQuestion
from actions.after_sale.remedies import OfferRemedies, SettleRemedy
from actions.after_sale.remedy_question import RemedyQuestion
from actions.talk.photo import Photo
from tests.actions.conftest import Said, say

JACKET, BOX, BOWLS, THERMAL = "88261100010042", "88261100010117", "88261100010257", "88261100010307"


def tell(text: str, intent: str, before: Said | None = None, who: str = "c-zhou", **more) -> Said:
    """A message to the open question about the trouble; `before` is the answer it follows."""
    entities = more.pop("entities", None)
    slots = before.slots if before else more.pop("slots", None)
    return say(
        AfterSaleQuestion(), text, intent, entities, slots, form="after_sale_form", customer_id=who, **more
    )


def come_to(before: Said, text: str, intent: str, who: str) -> Said:
    """What the case comes to once nothing is open any more."""
    assert before.slots["requested_slot"] is None, before.responses
    worked_out = say(OfferRemedies(), text, intent, slots=before.slots, customer_id=who)
    if worked_out.follows != "remedy_form":
        return worked_out
    shown = say(RemedyQuestion(), text, intent, slots=worked_out.slots, form="remedy_form", customer_id=who)
    if shown.slots.get("requested_slot"):
        return shown
    return say(SettleRemedy(), text, intent, slots=shown.slots, customer_id=who)


def test_a_broken_bowl_stays_broken_whatever_its_count_is_read_as() -> None:
    asked = tell("碗碎了 餐具十件套里面的", "report_defect", who="c-deng", entities={"fault": "断裂"})
    assert asked.slots["order_id"] == BOWLS
    counted = tell("一只", "report_wrong_item", asked, who="c-deng")
    assert counted.slots["trouble"]["issue"] == "defect"
    assert "utter_photo_wrong" not in counted.responses


def test_only_her_own_words_make_it_another_trouble() -> None:
    asked = tell("轻暖短款羽绒服坏了", "report_defect", entities={"fault": "不工作"})
    assert tell("不对 是你们发错了", "report_wrong_item", asked).slots["trouble"]["issue"] == "wrong"


def test_a_piece_to_be_sent_again_goes_to_a_person_with_the_wish_and_no_list() -> None:
    asked = tell("碗碎了 餐具十件套里面的", "report_defect", who="c-deng", entities={"fault": "断裂"})
    done = come_to(
        tell("就补一只碗", "ask_compensation", asked, who="c-deng"),
        "就补一只碗",
        "ask_compensation",
        "c-deng",
    )
    assert done.responses == ["utter_handoff_chosen"]
    assert done.effect("handoff")["reason"] == "beyond_authority"
    brief = "\n".join(done.effect("handoff")["summary"])
    assert BOWLS in brief and "免费补发" in brief


def test_a_return_named_while_asked_is_booked_and_only_a_photo_is_open() -> None:
    asked = tell("轻暖短款羽绒服钻绒", "report_defect", entities={"fault": "掉毛"})
    assert asked.responses == ["utter_how_severe_defect"]
    done = come_to(tell("我要退货", "ask_return", asked), "我要退货", "ask_return", "c-zhou")
    assert done.responses == ["utter_remedy_return", "utter_photo_later"]
    assert JACKET in done.effect("promise")["text"]


@pytest.mark.parametrize(
    ("text", "intent", "response"),
    [
        ("才这么点？我要退货", "ask_return", "utter_remedy_return"),
        ("不行 给我换一件", "ask_exchange", "utter_remedy_exchange"),
        ("给我重发一件 行不行一句话", "complain", "utter_handoff_chosen"),
        ("仅退款", "ask_refund", "utter_handoff_chosen"),
    ],
)
def test_with_the_list_before_her_a_named_wish_brings_no_other_list(
    text: str, intent: str, response: str
) -> None:
    slots = {"order_id": JACKET, "trouble": {"issue": "defect", "severity": "moderate", "order": JACKET}}
    listed = come_to(Said([], [], {**slots, "requested_slot": None}), "坏了", "report_defect", "c-zhou")
    assert listed.cards
    said = say(RemedyQuestion(), text, intent, slots=listed.slots, form="remedy_form", customer_id="c-zhou")
    done = say(SettleRemedy(), text, intent, slots=said.slots, customer_id="c-zhou")
    assert done.responses[0] == response and not done.cards


@pytest.mark.parametrize("text", ["我可不想退货", "谁要换货", "退货太麻烦"])
def test_what_she_rules_out_is_no_choice(text: str) -> None:
    slots = {"order_id": JACKET, "trouble": {"issue": "defect", "severity": "moderate", "order": JACKET}}
    listed = come_to(Said([], [], {**slots, "requested_slot": None}), "坏了", "report_defect", "c-zhou")
    said = say(RemedyQuestion(), text, "deny", slots=listed.slots, form="remedy_form", customer_id="c-zhou")
    assert (said.slots["trouble"].get("outcome") or {}).get("kind") is None


def test_more_of_the_fault_answers_how_bad_it_is() -> None:
    asked = tell("轻暖短款羽绒服钻绒", "report_defect", entities={"fault": "掉毛"})
    told = tell("毛都飞出来了啊", "report_defect", asked)
    assert told.responses == ["utter_photo_defect"]
    assert told.slots["trouble"]["severity"] == "moderate"


def test_one_that_is_cracked_has_been_counted() -> None:
    asked = tell("盒子裂了一个", "report_defect", who="c-he", entities={"fault": "断裂"})
    assert asked.slots["order_id"] == BOX
    assert asked.responses == ["utter_how_severe_defect"]


def test_a_wish_is_noted_only_before_a_question() -> None:
    asked = tell("我买的东西有质量问题", "report_defect")
    assert asked.responses == ["utter_which_troubled_order"]
    wished = tell("给我退货", "ask_return", asked)
    assert wished.responses[0] == "utter_wish_noted" and len(wished.responses) == 2
    chosen = tell(f'/inform{{"order_id":"{JACKET}"}}', "inform", wished, entities={"order_id": JACKET})
    assert chosen.responses == []


def test_nothing_of_a_parcel_under_way_is_taken_for_wrong() -> None:
    heard = tell("我要的是灰色 收到白色", "report_wrong_item", who="c-chan")
    told = come_to(heard, "我要的是灰色 收到白色", "report_wrong_item", "c-chan")
    assert told.responses == ["utter_not_arrived"]
    shown = say(Photo(), "[图片]", "inform", slots=told.slots, image="/a/1", customer_id="c-chan")
    assert shown.effect("handoff")["reason"] == "beyond_authority"


def test_she_says_it_again_and_a_person_compares() -> None:
    heard = tell("你们发错了", "report_wrong_item", who="c-chan")
    told = come_to(heard, "你们发错了", "report_wrong_item", "c-chan")
    again = tell("就是发错了", "report_wrong_item", told, who="c-chan")
    assert come_to(again, "就是发错了", "report_wrong_item", "c-chan").effect("handoff")


DRESS = "88261100010075"


@pytest.mark.parametrize(
    ("text", "intent"),
    [("我不想退 补点钱就行", "ask_compensation"), ("懒得寄 麻烦死", "deny"), ("补点钱吧 不退", "inform")],
)
def test_who_keeps_the_goods_is_put_the_money_and_asked_nothing_more(text: str, intent: str) -> None:
    asked = tell("裙子袖口有个小洞", "report_defect", who="c-lin", entities={"fault": "破洞"})
    shown = come_to(tell(text, intent, asked, who="c-lin"), text, intent, "c-lin")
    assert shown.responses == ["utter_remedies_keep"]
    kinds = [row["kind"] for row in shown.cards[0]["options"]]
    assert "partial_refund" in kinds and "return" in kinds and "exchange" not in kinds


@pytest.mark.parametrize("text", ["我不想退 补点钱就行", "补点钱吧", "赔我点钱算了"])
def test_the_money_that_was_offered_is_taken(text: str) -> None:
    slots = {"order_id": DRESS, "trouble": {"issue": "defect", "severity": "moderate", "order": DRESS}}
    listed = come_to(Said([], [], {**slots, "requested_slot": None}), "坏了", "report_defect", "c-lin")
    said = say(
        RemedyQuestion(),
        text,
        "ask_compensation",
        slots=listed.slots,
        form="remedy_form",
        customer_id="c-lin",
    )
    done = say(SettleRemedy(), text, "ask_compensation", slots=said.slots, customer_id="c-lin")
    assert done.responses == ["utter_remedy_partial_refund", "utter_photo_later"]


def test_not_wanting_to_send_it_back_settles_nothing_and_is_no_climb() -> None:
    slots = {"order_id": DRESS, "trouble": {"issue": "defect", "severity": "minor", "order": DRESS}}
    listed = come_to(Said([], [], {**slots, "requested_slot": None}), "坏了", "report_defect", "c-lin")
    said = say(
        RemedyQuestion(), "我不想寄", "deny", slots=listed.slots, form="remedy_form", customer_id="c-lin"
    )
    assert said.responses == ["utter_remedies_keep"]
    assert said.slots["trouble"].get("outcome") is None
    assert said.slots["trouble"]["talk"]["severity"] == "minor"


def test_whoever_asks_for_money_is_put_the_money_and_not_a_coupon() -> None:
    slots = {"order_id": DRESS, "trouble": {"issue": "defect", "severity": "minor", "order": DRESS}}
    listed = come_to(Said([], [], {**slots, "requested_slot": None}), "坏了", "report_defect", "c-lin")
    first = say(
        RemedyQuestion(), "补点钱吧", "inform", slots=listed.slots, form="remedy_form", customer_id="c-lin"
    )
    assert [row["kind"] for row in first.cards[0]["options"]] == ["partial_refund", "return"]
    more = say(
        RemedyQuestion(), "就这么点啊", "complain", slots=first.slots, form="remedy_form", customer_id="c-lin"
    )
    assert more.responses == ["utter_remedies_more"]
    yes = say(RemedyQuestion(), "行吧", "affirm", slots=first.slots, form="remedy_form", customer_id="c-lin")
    assert yes.slots["trouble"]["outcome"]["kind"] == "partial_refund"


def test_another_order_named_with_its_fault_is_not_judged_by_the_first_ones_days() -> None:
    slots = {"order_id": "88261100010133", "trouble": {"issue": "defect", "order": "88261100010133"}}
    said = tell(
        "上个月的家居服起球 还管吗",
        "report_defect",
        who="c-xu",
        slots={**slots, "requested_slot": "after_sale_form.severity"},
    )
    assert said.slots["order_id"] == "88261100010141"
    assert "utter_case_covered" not in said.responses
