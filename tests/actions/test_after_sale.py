"""After the sale: two options or more, settled within the bot's authority, else by a person."""

from __future__ import annotations

import pytest

from actions.after_sale.after_sale_question import AfterSaleQuestion
from actions.after_sale.remedies import AcceptRemedy, OfferRemedies, SettleRemedy
from actions.after_sale.remedy_question import RemedyQuestion
from actions.after_sale.returns import ReturnFee
from actions.talk.photo import Photo
from bot.shop.records.remedy_policy import Issue, Severity
from tests.actions.conftest import Orders, Said, say

JACKET, BOX, DESK = "88261100010042", "88261100010117", "88261100010190"


def case(issue: str, severity: str | None = None, order: str = JACKET) -> dict:
    return {"order_id": order, "trouble": {"issue": issue, **({"severity": severity} if severity else {})}}


def tell(
    text: str, intent: str = "inform", slots: dict | None = None, entities: dict | None = None, **more
) -> Said:
    """One message to the open question about the trouble."""
    return say(
        AfterSaleQuestion(), text, intent, entities, slots, form="after_sale_form",
        **{"customer_id": "c-zhou"} | more,
    )  # fmt: skip


def offered(said: Said) -> list[dict]:
    return said.cards[0]["options"]


def test_a_broken_zip_asks_for_the_order_then_how_bad_it_is() -> None:
    asked = say(
        AfterSaleQuestion(),
        "破了个洞",
        "report_defect",
        {"fault": "破洞"},
        form="after_sale_form",
        customer_id="c-zhou",
    )
    assert asked.responses == ["utter_which_troubled_order"]
    chosen = say(
        AfterSaleQuestion(), f'/inform{{"order_id":"{JACKET}"}}', "inform", {"order_id": JACKET}, asked.slots,
        form="after_sale_form", customer_id="c-zhou",
    )  # fmt: skip
    assert chosen.responses == ["utter_how_severe_defect"]
    bad = tell("没法穿了", "inform", chosen.slots)
    assert bad.responses == ["utter_photo_defect"]
    done = tell("[图片]", "inform", bad.slots, image="/api/attachments/1")
    assert done.slots["requested_slot"] is None
    case = done.slots["trouble"]
    assert (case["issue"], case["severity"], case["photos"]) == ("defect", "severe", 1)


def test_a_named_product_spares_the_question_for_the_order() -> None:
    asked = say(
        AfterSaleQuestion(), "轻暖短款羽绒服拉链坏了", "report_defect", {"fault": "拉链坏"}, form="after_sale_form",
        customer_id="c-zhou",
    )  # fmt: skip
    assert asked.responses == ["utter_how_severe_defect"]


def test_a_short_parcel_is_told_from_a_wrong_one() -> None:
    missing = say(
        AfterSaleQuestion(),
        "少发了一件",
        "report_wrong_item",
        slots={"order_id": JACKET},
        form="after_sale_form",
        customer_id="c-zhou",
    )
    wrong = say(
        AfterSaleQuestion(),
        "发错颜色了",
        "report_wrong_item",
        slots={"order_id": JACKET},
        form="after_sale_form",
        customer_id="c-zhou",
    )
    assert (missing.slots["trouble"]["issue"], wrong.slots["trouble"]["issue"]) == ("missing", "wrong")


def test_in_an_order_of_several_pieces_the_piece_is_asked_for() -> None:
    slots = {"order_id": "88261100010307"}
    asked = say(
        AfterSaleQuestion(),
        "起球了",
        "report_defect",
        {"fault": "起球"},
        slots,
        form="after_sale_form",
        customer_id="c-fang",
    )
    assert asked.responses == ["utter_which_line"]


def test_a_photo_is_taken_as_the_answer_to_what_is_wrong() -> None:
    slots = {"order_id": JACKET, "trouble": {"issue": "defect", "order": JACKET}}
    asked = tell("/report_defect", "report_defect", slots)
    assert asked.responses == ["utter_what_is_wrong_defect"]
    shown = tell("[图片]", "inform", asked.slots, image="/api/attachments/1")
    assert shown.responses == ["utter_how_severe_defect"]
    bad = tell("没法穿", "inform", shown.slots)
    assert bad.slots["requested_slot"] is None  # no second photo is asked for


def test_the_fault_told_instead_of_the_order_is_kept_and_not_asked_again() -> None:
    asked = tell("我买的东西有质量问题", "report_defect", {})
    assert asked.responses == ["utter_which_troubled_order"]
    told = tell("袖子那里有一道口子，根本没法穿", "nlu_fallback", asked.slots)
    assert told.responses == ["utter_which_troubled_order_told"]
    assert "袖子那里有一道口子" in told.text
    chosen = tell(f'/inform{{"order_id":"{JACKET}"}}', "inform", told.slots, {"order_id": JACKET})
    assert chosen.responses == ["utter_photo_defect"]


def test_a_photo_instead_of_the_order_is_kept_and_not_asked_for_again() -> None:
    asked = tell("衣服破了个洞", "report_defect", {}, {"fault": "破洞"})
    shown = tell("[图片]", "inform", asked.slots, image="/api/attachments/1")
    assert shown.responses == ["utter_which_troubled_order_photo"]
    chosen = tell(f'/inform{{"order_id":"{JACKET}"}}', "inform", shown.slots, {"order_id": JACKET})
    assert chosen.responses == ["utter_how_severe_defect"]
    assert tell("不能穿了", "inform", chosen.slots).slots["requested_slot"] is None


@pytest.mark.parametrize("answer", ["现在不方便拍", "在公司呢", "就是袖子那里裂开了"])
def test_without_a_photo_the_case_goes_on(answer: str) -> None:
    slots = case("defect", "severe") | {"requested_slot": "after_sale_form.photo", "asked": 1}
    slots["trouble"] |= {"told": True, "order": JACKET}
    assert tell(answer, "inform", slots).slots["requested_slot"] is None


def test_what_the_first_message_says_is_not_asked_again() -> None:
    asked = tell("轻暖短款羽绒服拉链坏了，完全没法穿", "report_defect", {}, {"fault": "拉链坏"})
    assert asked.responses == ["utter_photo_defect"]


def test_how_many_of_several_are_missing_is_asked_with_buttons_unless_it_was_said() -> None:
    slots = {"order_id": BOX}
    told = tell("少发了一个", "report_wrong_item", slots, {"quantity": 1}, customer_id="c-he")
    assert told.slots["trouble"]["pieces"] == 1
    asked = tell("有漏发", "report_wrong_item", slots, customer_id="c-he")
    assert asked.responses == ["utter_how_many_missing"]
    assert len(asked.payloads) == 2


def test_a_wish_said_while_the_bot_is_asking_is_heard_and_the_question_stays() -> None:
    asked = tell("有漏发", "report_wrong_item", {"order_id": BOX}, customer_id="c-he")
    wished = tell("我要退款", "ask_refund", asked.slots, customer_id="c-he")
    assert wished.responses == ["utter_wish_noted", "utter_how_many_missing"]


def test_another_product_named_is_another_order() -> None:
    slots = case("defect", "severe") | {"order_id": "88261100010059"}
    slots["trouble"]["order"] = "88261100010059"
    asked = tell("轻暖短款羽绒服也坏了，拉链开了", "report_defect", slots, {"fault": "拉链坏"})
    assert asked.slots["order_id"] == JACKET
    assert asked.slots["trouble"]["order"] == JACKET
    assert "severity" not in asked.slots["trouble"]


def test_nothing_can_be_broken_that_has_not_arrived() -> None:
    asked = tell("坏了", "report_defect", {"order_id": "88261100010026"}, {"fault": "不工作"})
    assert asked.responses == ["utter_which_troubled_order"]


@pytest.mark.parametrize("issue", [each.value for each in Issue])
@pytest.mark.parametrize("severity", [each.value for each in Severity])
def test_every_trouble_is_met_with_two_to_four_options(issue: str, severity: str) -> None:
    said = offer(case(issue, severity))
    assert 2 <= len(offered(said)) <= 4
    assert said.responses == [f"utter_remedies_{issue}"]
    assert all("成本" not in option["detail"] for option in offered(said))


def offer(slots: dict, customer: str = "c-zhou") -> Said:
    """The remedies put before the buyer."""
    worked_out = say(OfferRemedies(), "坏了", "report_defect", slots=slots, customer_id=customer)
    if worked_out.follows != "remedy_form":
        return worked_out
    return say(
        RemedyQuestion(), "坏了", "report_defect", slots=worked_out.slots, form="remedy_form",
        customer_id=customer,
    )  # fmt: skip


def reply(
    before: Said,
    text: str,
    intent: str = "inform",
    entities: dict | None = None,
    customer: str = "c-zhou",
    **more,
) -> Said:
    """Her answer to the remedies; where they are settled, what follows."""
    said = say(
        RemedyQuestion(),
        text,
        intent,
        entities,
        before.slots,
        form="remedy_form",
        customer_id=customer,
        **more,
    )
    if said.events and said.slots.get("requested_slot") is None:
        return say(SettleRemedy(), text, intent, entities, said.slots, customer_id=customer)
    return said


def test_a_remedy_within_authority_is_promised_with_a_due_time_and_confirmed() -> None:
    said = reply(offer(case("defect", "severe")), "换新", "inform", {"remedy": "exchange"})
    assert said.responses[0] == "utter_remedy_exchange"
    assert JACKET in said.effect("promise")["text"]
    assert said.effect("promise")["due"] > "2026-11-20"
    assert said.slots["trouble"] is None


@pytest.mark.parametrize(
    ("text", "intent", "kind"),
    [
        ("那换一件吧", "ask_exchange", "exchange"),
        ("第二个", "inform", "exchange"),
        ("我还是退货吧", "ask_return", "return"),
    ],
)
def test_a_remedy_may_be_chosen_in_words(text: str, intent: str, kind: str) -> None:
    said = reply(offer(case("defect", "moderate")), text, intent)
    assert said.responses[0] == f"utter_remedy_{kind}"


def test_money_given_back_is_kept_on_the_order_and_is_gone_from_the_authority(orders: Orders) -> None:
    before = offer(case("defect", "moderate", BOX), "c-he")
    said = reply(before, "退一部分钱吧，我留着", "ask_compensation", customer="c-he")
    assert said.responses[0] == "utter_remedy_partial_refund"
    assert orders.orders[BOX].compensated == 41
    again = offer(case("defect", "moderate", BOX), "c-he")
    needing = [row for row in offered(again) if row["kind"] == "partial_refund"]
    assert "确认" in needing[0]["detail"]


def test_a_question_about_a_remedy_is_no_choice_and_leaves_the_offer_open() -> None:
    asked = reply(offer(case("defect", "moderate")), "退货运费谁出", "ask_return_fee")
    assert asked.follows == "action_return_fee"  # it is answered, then the form comes back
    assert str(asked.slots["requested_slot"]).startswith("remedy_form.")


def test_refusing_climbs_never_repeats_and_ends_with_a_person_who_sees_the_costs() -> None:
    said, seen = offer(case("defect", "minor", BOX), "c-he"), []
    for _ in range(6):
        new = [(row["kind"], row["amount"]) for row in offered(said)]
        assert len(new) >= 2
        assert "return" in {kind for kind, _ in new}
        assert not [each for each in new if each in seen and each[0] != "return"]
        seen += new
        said = reply(said, "不行", "deny", customer="c-he")
        if said.effects:
            break
    handoff = said.effect("handoff")
    assert handoff["reason"] == "beyond_authority"
    assert "成本" in "".join(handoff["summary"])
    assert len(handoff["summary"]) <= 5
    assert "成本" not in said.text


@pytest.mark.parametrize("text", ["退我40行了", "赔四十"])
def test_a_fair_sum_is_agreed_to_at_once(text: str, orders: Orders) -> None:
    said = reply(
        offer(case("mismatch", "minor", BOX), "c-he"), text, "ask_compensation", {"price": 40.0}, "c-he"
    )
    assert said.responses[0] == "utter_remedy_partial_refund"
    assert orders.orders[BOX].compensated == 40


def test_a_sum_out_of_reach_is_answered_with_what_can_be_done_and_then_goes_to_a_person() -> None:
    first = offer(case("mismatch", "minor", BOX), "c-he")
    said = reply(first, "退我200", "ask_compensation", {"price": 200.0}, "c-he")
    assert said.responses == ["utter_remedies_demand"]
    assert "200 元" in said.text
    assert len(offered(said)) >= 2
    again = reply(said, "就要200", "ask_compensation", {"price": 200.0}, "c-he")
    assert again.responses == ["utter_handoff_demand"]
    assert "客户要 200 元" in "".join(again.effect("handoff")["summary"])


def test_too_little_is_a_refusal_and_not_a_demand() -> None:
    said = reply(
        offer(case("mismatch", "minor", BOX), "c-he"), "10块够干嘛", "complain", {"price": 10.0}, "c-he"
    )
    assert said.responses == ["utter_remedies_more"]


def test_what_only_a_person_may_grant_goes_there_with_the_choice_made() -> None:
    before = offer(case("missing", "severe", BOX), "c-he")
    assert "确认" in next(row["detail"] for row in offered(before) if row["kind"] == "resend")
    said = reply(before, "补发", "inform", {"remedy": "resend"}, "c-he")
    assert said.responses == ["utter_handoff_chosen"]
    assert "客户选了" in "".join(said.effect("handoff")["summary"])


def test_a_photo_while_choosing_is_kept_and_the_choice_stays_open() -> None:
    said = reply(offer(case("defect", "moderate")), "[图片]", "inform", image="/api/attachments/1")
    assert said.responses == ["utter_remedies_photo"]
    assert said.slots["trouble"]["photos"] == 1


def test_a_choice_pressed_later_is_settled_all_the_same() -> None:
    slots = offer(case("defect", "moderate")).slots | {"requested_slot": None}
    said = say(AcceptRemedy(), "换", "inform", {"remedy": "exchange"}, slots, customer_id="c-zhou")
    assert said.responses[0] == "utter_remedy_exchange"


def test_a_large_order_in_trouble_gets_a_person_at_once_with_the_options_worked_out() -> None:
    slots = case("defect", "moderate", DESK)
    slots["trouble"]["product"] = "desk-study"
    said = offer(slots, "c-song")
    assert said.effect("handoff")["reason"] == "high_value"
    assert "成本" in "".join(said.effect("handoff")["summary"])


def test_a_guest_in_trouble_is_told_her_choices_and_then_gets_a_person() -> None:
    asked = tell("坏了", "report_defect", {}, {"fault": "破洞"}, customer_id=None)
    assert asked.slots["requested_slot"] is None
    told = say(OfferRemedies(), "坏了", "report_defect", slots=asked.slots)
    assert told.responses == ["utter_rights_guest"]
    said = say(OfferRemedies(), "坏了", "report_defect", slots=told.slots)
    assert said.effect("handoff")["reason"] == "beyond_authority"


def test_a_remedy_that_was_not_offered_is_not_given() -> None:
    said = reply(offer(case("defect", "minor")), "全退", "inform", {"remedy": "full_refund"})
    assert not any(effect["effect"] == "promise" for effect in said.effects)


def test_an_angry_answer_is_still_an_answer() -> None:
    slots = case("defect") | {"requested_slot": "after_sale_form.severity", "asked": 1}
    slots["trouble"] |= {"told": True, "photos": 1}
    said = tell("能用就是难看", "complain", slots)
    assert said.slots["trouble"]["severity"] in {"minor", "moderate"}
    assert said.slots["requested_slot"] is None


def test_a_photo_out_of_the_blue_is_asked_about_and_counts_later() -> None:
    said = say(Photo(), "[图片]", "inform", customer_id="c-zhou", image="/api/attachments/1")
    assert said.responses == ["utter_photo_of_what"]
    told = tell("轻暖短款羽绒服拉链坏了，没法穿", "report_defect", said.slots, {"fault": "拉链坏"})
    assert told.slots["requested_slot"] is None


def test_a_photo_sent_after_the_case_was_opened_is_kept_with_it() -> None:
    settled = reply(offer(case("defect", "severe")), "换新", "inform", {"remedy": "exchange"})
    assert settled.responses == ["utter_remedy_exchange", "utter_photo_later"]
    said = say(Photo(), "[图片]", "inform", slots=settled.slots, customer_id="c-zhou", image="/x")
    assert said.responses == ["utter_photo_kept"]


def test_a_sum_named_before_the_offer_is_agreed_to_when_all_is_known(orders: Orders) -> None:
    slots = case("defect", None, BOX)
    told = {"price": 25.0, "fault": "开线"}
    asked = tell("有一个开线了，退我25块算了", "ask_compensation", slots, told, customer_id="c-he")
    assert asked.slots["trouble"]["demand"] == "25.0"
    more = {"slots": asked.slots | {"requested_slot": None}, "customer_id": "c-he"}
    done = say(OfferRemedies(), "[图片]", "inform", **more)
    said = say(RemedyQuestion(), "[图片]", slots=done.slots, form="remedy_form", customer_id="c-he")
    settled = say(SettleRemedy(), "[图片]", slots=said.slots, customer_id="c-he")
    assert settled.responses[0] == "utter_remedy_partial_refund"
    assert orders.orders[BOX].compensated == 25


def test_the_first_offer_after_a_photo_still_apologises() -> None:
    more = {"customer_id": "c-zhou", "image": "/api/attachments/1"}
    worked_out = say(OfferRemedies(), "[图片]", slots=case("defect", "severe"), **more)
    said = say(RemedyQuestion(), "[图片]", slots=worked_out.slots, form="remedy_form", **more)
    assert said.responses == ["utter_remedies_defect"]


def test_in_a_settled_case_of_the_shops_fault_the_shop_still_pays_the_postage() -> None:
    settled = reply(offer(case("defect", "severe")), "换新", "inform", {"remedy": "exchange"})
    said = say(ReturnFee(), "寄回去的运费怎么算", "ask_return_fee", slots=settled.slots, customer_id="c-zhou")
    assert said.responses == ["utter_postage_ours"]
