"""What is known of an invoice is not asked: all her orders, the one that is named, the title of an earlier one."""

from __future__ import annotations

import pytest

from actions.orders.invoices import Invoice
from actions.talk.faq import FaqAnswer
from bot.faq.search import Confident, Hit
from tests.actions.conftest import Orders, Scripts, say

CHAIR, SOCKS, COAT = "88261100010109", "88261100010299", "88261100010240"


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("那我一会付 开个票行不 个人的 何文远", "utter_invoice_unpaid_noted"),
        ("开票 学习椅那单", "utter_invoice_unpaid"),
        ("学习椅付完能开票吗", "utter_invoice_unpaid"),
    ],
)
def test_what_is_not_paid_yet_is_no_other_order(text: str, response: str, orders: Orders) -> None:
    said = say(Invoice(), text, "ask_invoice", customer_id="c-he")
    assert said.responses == [response]
    assert said.slots["order_id"] == CHAIR
    assert any("何文远" in note for note in orders.notes) == (response == "utter_invoice_unpaid_noted")


def test_the_title_told_next_is_kept_with_it(orders: Orders) -> None:
    asked = say(Invoice(), "开票 学习椅那单", "ask_invoice", customer_id="c-he")
    assert asked.slots["pending"] == "action_invoice"
    noted = say(Invoice(), "个人 何文远", "inform", slots=asked.slots, customer_id="c-he")
    assert noted.responses == ["utter_invoice_unpaid_noted"]


def test_an_order_that_is_named_is_not_asked_for() -> None:
    said = say(Invoice(), "袜子那单开个票", "ask_invoice", customer_id="c-fang")
    assert said.follows == "invoice_form"
    assert said.slots["draft"]["order"] == SOCKS


def test_the_title_of_an_earlier_invoice_is_known() -> None:
    said = say(Invoice(), "开票还是上次那个抬头", "ask_invoice", customer_id="c-deng")
    assert said.responses == ["utter_invoice_as_before"]
    assert "青禾小学工会" in said.text
    named = say(Invoice(), "风衣那单", "inform", slots=said.slots, customer_id="c-deng")
    assert named.follows == "invoice_form"
    assert named.slots["draft"]["order"] == COAT and named.slots["draft"]["name"] == "青禾小学工会"
    at_once = say(Invoice(), "风衣开票 抬头照旧", "ask_invoice", customer_id="c-deng")
    assert at_once.slots["draft"]["name"] == "青禾小学工会"


def test_who_never_had_one_is_asked_for_the_title() -> None:
    said = say(Invoice(), "围巾开票 抬头照旧", "ask_invoice", customer_id="c-fang")
    assert said.follows == "invoice_form" and not said.slots["draft"].get("name")


def test_no_script_asks_who_is_signed_in_for_an_order_number(scripts: Scripts) -> None:
    text = "抱歉，把订单号和少的是什么告诉我；开票的备好订单号、抬头。单子里放张写订单号的纸条。"
    hit = Hit("wrong-item.missing-item", "a", "是不是漏发了", text, (), 0.9)
    scripts.by_intent["report_wrong_item"] = Confident(hit)
    hers = say(FaqAnswer(), "漏了东西", "report_wrong_item", customer_id="c-deng")
    assert hers.text == "抱歉，把哪一单和少的是什么告诉我；开票的备好抬头。单子里放张写订单号的纸条。"
    assert say(FaqAnswer(), "漏了东西", "report_wrong_item").text == text
