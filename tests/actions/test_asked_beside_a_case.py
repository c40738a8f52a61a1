"""While a case is taken down, what she asks beside it is answered, and what she said before holds.

Source: docs/transcript-review.md, F 11.
"""

from __future__ import annotations

import pytest

from tests.actions.small_rasa import Conversation

DENG, XU, HE = ({"customer_id": each} for each in ("c-deng", "c-xu", "c-he"))


def responses(said: list[dict]) -> list[str]:
    return [each["response"] for each in said if each.get("response")]


def broken_plates() -> Conversation:
    talk = Conversation(dict(DENG))
    said = talk.send("report_defect", "餐具十件套盘子碎了两个", {"fault": "碎"})
    assert responses(said) == ["utter_how_severe_defect"]
    return talk


@pytest.mark.parametrize(
    ("asks", "answer"),
    [
        ("门卫签的算我的责任吗", "utter_case_signed"),
        ("一个月了还管不管", "utter_case_covered"),
        ("照片明天拍行不", "utter_case_photo_later"),
        ("用过一次了", "utter_case_worn"),
    ],
)
def test_it_is_answered_and_the_question_stays_open(asks: str, answer: str) -> None:
    talk = broken_plates()
    assert responses(talk.send("nlu_fallback", asks)) == [answer, "utter_how_severe_defect"]
    said = responses(talk.send("inform", "没法用了", {"severity": "severe"}))
    assert said[0] in ("utter_photo_defect", "utter_remedies_defect")


def test_plates_that_broke_are_not_called_left_out() -> None:
    talk = broken_plates()
    said = responses(talk.send("ask_compensation", "十件套少两件还咋用 给我补两个"))
    assert said == ["utter_handoff_chosen"]
    assert responses(talk.send("ask_shipping_time", "补的什么时候发")) != ["utter_order_waiting"]


def test_a_line_of_the_page_is_read_to_her_and_the_case_goes_on() -> None:
    talk = Conversation(dict(XU))
    talk.send("report_defect", "家居服洗了掉色", {"fault": "掉色", "order_id": "88261100010141"})
    assert talk.form == "after_sale_form"
    said = talk.send("ask_quality", "有没有害 是A类吗")
    assert "A类" in str(said) or "A 类" in str(said)
    assert talk.slots["requested_slot"] == "after_sale_form.severity"


def test_of_two_boxes_one_that_never_came_is_paid_back_by_its_part_and_not_exchanged() -> None:
    talk = Conversation(dict(HE))
    said = talk.send("report_wrong_item", "收纳箱少一个")
    options = [o for each in said for o in (each.get("custom") or {}).get("card", {}).get("options", [])]
    assert "退少的那部分 59 元" in [each["title"] for each in options]
    more = talk.send("deny", "都不行")
    kinds = [
        o["kind"] for each in more for o in (each.get("custom") or {}).get("card", {}).get("options", [])
    ]
    assert "exchange" not in kinds
