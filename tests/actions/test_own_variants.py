"""A change of what she has ordered is read from that piece alone; what is read back is taken, named once more."""

from __future__ import annotations

import pytest

from actions.after_sale.after_sale_question import AfterSaleQuestion
from actions.after_sale.exchanges import Exchange
from actions.deciding.clarify import Clarify
from actions.orders.order_changes import ModifyOrder
from actions.orders.unpaid import Payment
from tests.actions.conftest import Orders, Said, say

SWEATER = "88261100010018"
SHEETS = "88261100010026"


def change(text: str, before: Said | None = None, customer: str = "c-zhou", **entities) -> Said:
    slots = before.slots if before else {}
    return say(ModifyOrder(), text, "modify_order", entities, slots, customer_id=customer)


def test_the_colour_after_the_change_is_meant_and_what_is_out_is_told_with_its_day() -> None:
    text = "毛衣不要橙色了 换米白 还没付款"
    assert say(Payment(), text, "ask_payment", customer_id="c-zhou").follows == "action_modify_order"
    said = change(text, color=["橙色", "米白色"])
    assert said.responses == ["utter_variant_restocked_swap"]
    assert "米白色 M" in said.text and "11月27日" in said.text
    assert said.slots["product_id"] == "knit-cable"


def test_a_colour_told_of_one_piece_fills_in_nothing_on_another() -> None:
    sweater = change("毛衣不要橙色了 换米白 还没付款", color=["橙色", "米白色"])
    sheets = change("四件套尺寸换成1.5米床的", sweater)
    assert sheets.responses == ["utter_confirm_variant"]
    assert "橙色 1.8米床 换成 橙色 1.5米床" in sheets.text
    legs = change("打底裤换L", sweater, size="L")
    assert "黑色 L" in legs.text


@pytest.mark.parametrize(
    "text", ["我那四件套改成1.5的吧", "床单买大了 1.8改1.5", "四件套拍成1.8的了 我家床1.5"]
)
def test_the_other_bed_is_read_back_in_the_colour_ordered(text: str) -> None:
    assert say(Clarify(), text, "nlu_fallback", customer_id="c-zhou").follows == "action_modify_order"
    said = change(text)
    assert said.responses == ["utter_confirm_variant"]
    assert "换成 橙色 1.5米床" in said.text


@pytest.mark.parametrize("text", ["没发赶紧给我改", "改吧", "那就换吧"])
def test_a_plain_word_to_what_was_read_back_counts_however_it_is_read(text: str) -> None:
    asked = change("四件套拍成1.8的了 我家床1.5")
    for reading in ("urge_shipping", "ask_exchange", "modify_order", "nlu_fallback"):
        taken = say(Clarify(), text, reading, slots=asked.slots, customer_id="c-zhou")
        assert taken.follows == "action_apply_change"
    unsure = say(Clarify(), "能改吗", "nlu_fallback", slots=asked.slots, customer_id="c-zhou")
    assert unsure.follows != "action_apply_change"


@pytest.mark.parametrize("text", ["差价退哪儿", "差价呢", "要补差价不"])
def test_after_a_swap_there_is_no_difference_to_pay_or_get_back(text: str) -> None:
    events = [
        {"event": "user", "text": "四件套改1.5的", "parse_data": {}},
        {"event": "action", "name": "action_modify_order"},
        {"event": "user", "text": text, "parse_data": {}},
    ]
    taken = say(Clarify(), text, "nlu_fallback", events=events, customer_id="c-zhou")
    assert taken.follows == "action_modify_order"
    before = say(Clarify(), text, "nlu_fallback", customer_id="c-zhou")
    assert before.follows != "action_modify_order"


def test_a_piece_left_alone_keeps_the_change_of_the_other_one_open() -> None:
    asked = change("毛衣换灰色", color="灰色")
    assert asked.slots["pending"] == "action_apply_change"
    said = say(Exchange(), "打底裤不动哈", "ask_exchange", slots=asked.slots, customer_id="c-zhou")
    assert said.follows == "action_modify_order"
    kept = say(ModifyOrder(), "打底裤不动哈", "ask_exchange", slots=asked.slots, customer_id="c-zhou")
    assert kept.responses == ["utter_piece_stays"]
    assert kept.slots["pending"] == "action_apply_change"
    assert kept.slots["draft"] == asked.slots["draft"]


def test_a_form_that_has_just_begun_leaves_a_piece_alone_as_well() -> None:
    text = "打底裤不动哈"
    events = [
        {"event": "user", "text": text, "parse_data": {}},
        {"event": "active_loop", "name": "after_sale_form"},
        {"event": "action", "name": "after_sale_form"},
    ]
    said = say(AfterSaleQuestion(), text, "report_defect", events=events, customer_id="c-zhou")
    assert said.follows == "action_modify_order"


def exchange(text: str, before: Said | None = None, **entities) -> Said:
    slots = before.slots if before else {}
    return say(Exchange(), text, "ask_exchange", entities, slots, customer_id="c-xu")


def test_the_number_beside_the_colour_is_the_size_she_wants() -> None:
    asked = exchange("运动鞋想换")
    assert asked.responses == ["utter_exchange_for_what"]
    said = exchange("就换绿色31", asked, color="绿色")
    assert said.responses == ["utter_confirm_exchange_half"]
    assert "绿色 31" in said.text
    bare = exchange("31", asked)
    assert "绿色 31" in bare.text


def test_what_was_read_back_and_is_named_once_more_with_the_deed_is_done() -> None:
    asked = exchange("运动鞋换成31码")
    assert exchange("就换绿色31", asked).follows == "action_settle_exchange"
    assert exchange("绿色31", asked).responses == ["utter_confirm_exchange_half"]
    other = exchange("就换绿色29", asked)
    assert other.follows is None or other.follows == "action_listen"
    assert "绿色 29" in other.text


def test_a_size_only_one_piece_of_hers_comes_in_needs_no_name(orders: Orders) -> None:
    assert say(Clarify(), "换31", "nlu_fallback", customer_id="c-xu").follows == "action_exchange"
    said = exchange("换31")
    assert said.responses == ["utter_confirm_exchange_half"]
    assert not orders.notes


def test_on_the_page_of_other_goods_a_size_is_no_exchange() -> None:
    said = say(Clarify(), "换31", "nlu_fallback", slots={"product_id": "boots-kids-snow"}, customer_id="c-xu")
    assert said.follows != "action_exchange"
