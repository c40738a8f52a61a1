"""The palette's phrases, their live variables, and what agents reject."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.desk.agent_tools.live_values import LIVE, live_values
from bot.desk.agent_tools.phrases import STANDARD, load_phrases, script_phrases
from bot.desk.agent_tools.rejections import Rejection, Why
from bot.desk.conversations import Conversation
from bot.desk.desk import Desk
from bot.desk.rows import now
from bot.faq.scripts import load_scripts
from bot.files import DataError
from bot.shop.records.loader import load_shop

TODAY = date(2026, 11, 22)
SHOP = load_shop(Path(__file__).parents[1] / "shop" / "small_shop", datetime(2026, 11, 20, 14, 0))
NOON, EVENING = datetime(2026, 11, 20, 12, 0), datetime(2026, 11, 20, 20, 0)


def test_phrases_are_found_by_the_initials_of_their_pinyin():
    titles = {phrase.title: phrase for phrase in load_phrases(STANDARD, TODAY)}
    assert (titles["查库存"].initials, titles["查库存"].pinyin) == ("ckc", "chakucun")
    assert titles["快递单号"].initials == "kddh"


def test_campaign_phrases_come_first_on_their_days_and_are_gone_afterwards():
    during, after = load_phrases(STANDARD, date(2026, 12, 12)), load_phrases(STANDARD, date(2026, 12, 13))
    assert during[0].is_campaign and during[0].valid_to == date(2026, 12, 12)
    assert not any(phrase.id == during[0].id for phrase in after)


def test_a_wrong_variable_is_told_with_file_line_and_cure(tmp_path: Path):
    path = tmp_path / "phrases.yml"
    path.write_text(
        "groups:\n- name: 接待\n  phrases:\n  - id: a\n    title: 库存\n    text: 还有 {stok} 件\n"
    )
    with pytest.raises(DataError) as error:
        load_phrases(path, TODAY)
    told = str(error.value)
    assert "phrases.yml:6" in told and "{stok}" in told and "did you mean 'stock'?" in told


def test_the_bots_scripts_are_in_the_palette_too(tmp_path: Path):
    variants = "".join(f"    - 几天发货{n}\n" for n in range(8))
    (tmp_path / "shipping.yml").write_text(
        "topic: shipping\nentries:\n- id: shipping.when\n  intent: ask_shipping_time\n  question: 几天发货\n"
        f"  variants:\n{variants}  scripts:\n  - {{id: a, text: '{{cutoff}} 前当天发'}}\n"
    )
    (phrase,) = script_phrases(load_scripts(tmp_path), "知识库", TODAY)
    assert (phrase.initials, phrase.text, phrase.group) == ("jtfh", "{cutoff} 前当天发", "知识库")


STOCK = [
    # what the chat knows → pieces of exactly that; None while a size is still to be named
    ({}, None),
    ({"size": "M"}, "14"),
    ({"size": "M", "color": "米白色"}, "2"),
    ({"size": "S"}, "0"),
    ({"size": "5XL"}, None),
]


@pytest.mark.parametrize(("slots", "pieces"), STOCK)
def test_stock_is_told_of_the_variant_that_is_meant(slots: dict, pieces: str | None):
    values = live_values(SHOP, slots, SHOP.products["coat-cloud"], None, "林晴", "小林", NOON)
    assert values.get("stock") == pieces


def test_variables_follow_the_clock_and_what_is_unknown_is_left_out():
    order = SHOP.orders["20261119000001"]
    noon = live_values(SHOP, {}, None, order, "", "小林", NOON)
    assert (noon["ships_on"], noon["tracking"], noon["agent"]) == ("今天", "75900000000001", "小林")
    assert live_values(SHOP, {}, None, None, "", "小林", EVENING)["ships_on"] != "今天"
    assert "customer" not in noon and "product" not in noon
    assert set(noon) - set(LIVE), "the shop's own numbers are there as well"


def test_rejected_suggestions_reach_the_trainers_the_most_often_rejected_first(
    desk: Desk, conversation: Conversation
):
    chat = conversation.id

    def reject(faq_id: str, question: str, why: Why) -> None:
        desk.rejections.add(Rejection(chat, question, faq_id, "a", 0.7, why, "xiaolin"))

    reject("return.days", "几天能退", Why.OUTDATED)
    reject("shipping.when", "几天到", Why.OFF_TOPIC)
    reject("shipping.when", "几天到", Why.INCOMPLETE)
    reject("shipping.when", "什么时候到", Why.OFF_TOPIC)
    first, second = desk.rejections.for_trainers(now() - timedelta(days=1))
    assert (first.faq_id, len(first.times), second.faq_id) == ("shipping.when", 2, "return.days")
    assert {each.reason for each, _ in first.times} == {Why.INCOMPLETE, Why.OFF_TOPIC}
    assert desk.rejections.for_trainers(now()) == ()
