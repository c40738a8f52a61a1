"""Prices: every offer told, haggling in steps, and never a word below the floor."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.prices.bargain import AcceptPrice, Bargain
from actions.prices.price import Price
from actions.prices.promotions import Promotions
from bot.shop.prices.bargain_state import BargainState
from bot.shop.records.model import Shop
from tests.actions.conftest import Said, say

JACKET = "down-light-short"
AMOUNT = re.compile(r"(\d+(?:\.\d+)?) 元(?!券|优惠券|可用)")
"""A sum that is a price: not the worth of a coupon, nor what it takes to use it."""


def lowest(said: Said) -> Decimal:
    """The lowest amount of yuan in any wording of the answer or in a promise it makes."""
    texts = [said.text, *(effect.get("text", "") for effect in said.effects)]
    return min(
        (Decimal(found) for text in texts for found in AMOUNT.findall(text)), default=Decimal("Infinity")
    )


def test_a_price_comes_with_the_offers_the_customer_qualifies_for() -> None:
    said = say(Price(), "多少钱", "ask_price", product_id=JACKET, customer_id="c-zhou")
    assert said.responses[0] == "utter_price_with_offers"
    assert "会员" in said.text


def test_two_pieces_are_priced_together(demo_shop: Shop) -> None:
    said = say(Price(), "买两件多少钱", "ask_price", {"quantity": 2}, product_id=JACKET)
    assert str(demo_shop.products[JACKET].price * 2) in said.text
    assert "2 件" in said.text


def test_without_a_product_it_asks_which() -> None:
    assert say(Price(), "多少钱", "ask_price").responses == ["utter_which_product"]


def test_running_promotions_are_told_with_their_last_day() -> None:
    assert say(Promotions(), "有什么活动", "ask_promotion").responses[0] in {
        "utter_promotions",
        "utter_no_promotions",
    }


def test_80_yuan_for_a_jacket_gets_a_step_down_not_80() -> None:
    said = say(Bargain(), "80块卖不卖", "bargain", {"price": 80.0}, product_id=JACKET)
    assert said.responses == ["utter_bargain_counter"]
    assert "80 元" not in said.text
    assert said.slots["pending"] == "action_accept_price"


def test_steps_shrink_and_the_last_is_called_the_last() -> None:
    slots: dict = {}
    prices, last = [], ""
    for _ in range(6):
        said = say(Bargain(), "再便宜点", "bargain", slots=slots, product_id=JACKET)
        slots, last = said.slots, said.responses[0]
        prices.append(Decimal(slots["bargain"]["price"]))
        if last == "utter_bargain_last":
            break
    assert last == "utter_bargain_last"
    falls = [a - b for a, b in zip(prices, prices[1:], strict=False)]
    assert falls == sorted(falls, reverse=True)


def test_after_the_last_step_come_something_extra_then_cheaper_goods_then_the_principle_then_a_person() -> (
    None
):
    slots, seen = {}, []
    for _ in range(12):
        said = say(Bargain(), "再便宜点", "bargain", slots=slots, product_id=JACKET)
        slots = said.slots
        seen.append(said.responses[0])
        if said.effects:
            break
    kinds = [name for name in dict.fromkeys(seen) if name not in ("utter_bargain_step", "utter_bargain_last")]
    assert kinds == [
        *("utter_bargain_final_gift", "utter_bargain_final_coupon"),
        *("utter_bargain_alternative", "utter_bargain_principle", "utter_handoff_authority"),
    ]
    assert said.effect("handoff")["reason"] == "beyond_authority"


def test_an_accepted_price_becomes_a_promise_with_what_was_added() -> None:
    state = BargainState(JACKET, Decimal(338), 3, 1)
    slots = {"bargain": state.as_slot(), "product_id": JACKET, "draft": {"extra": "free_shipping"}}
    said = say(AcceptPrice(), "好的", "affirm", slots=slots)
    promise = said.effect("promise")
    assert "338" in promise["text"] and "运费我们出" in promise["text"]
    assert promise["due"] > "2026-11-20"


def test_a_price_in_a_tampered_slot_is_lifted_to_the_floor(demo_shop: Shop) -> None:
    state = BargainState(JACKET, Decimal(1), 3, 1)
    said = say(AcceptPrice(), "好的", "affirm", slots={"bargain": state.as_slot()})
    assert lowest(said) == demo_shop.products[JACKET].floor_price


ASK = st.one_of(st.none(), st.floats(0, 2000, allow_nan=False).map(lambda price: round(price, 2)))


@settings(max_examples=60, deadline=None)
@given(data=st.data(), asks=st.lists(st.tuples(ASK, st.booleans()), min_size=1, max_size=8))
def test_no_haggling_ever_makes_the_bot_name_a_price_below_the_floor(data, asks, demo_shop: Shop) -> None:
    product = demo_shop.products[data.draw(st.sampled_from(sorted(demo_shop.products)))]
    slots: dict = {}
    for wanted, threat in asks:
        entities = {} if wanted is None else {"price": wanted}
        text = "不便宜就给差评" if threat else "便宜点"
        said = say(Bargain(), text, "bargain", entities, slots, product_id=product.id, customer_id="c-zhou")
        assert lowest(said) >= product.floor_price
        assert all(not re.fullmatch(r"¥0+", str(card.get("price", "1"))) for card in said.cards)
        slots = said.slots
    accepted = say(AcceptPrice(), "好", "affirm", slots=slots)
    assert lowest(accepted) >= product.floor_price


@pytest.mark.parametrize("discount", [0.1, 0.5, 0.95])
def test_a_discount_asked_for_is_read_as_a_price(discount: float, demo_shop: Shop) -> None:
    said = say(Bargain(), "打折吗", "bargain", {"discount": discount}, product_id=JACKET)
    assert lowest(said) >= demo_shop.products[JACKET].floor_price


def test_a_bare_number_while_haggling_is_a_price() -> None:
    first = say(Bargain(), "便宜点", "bargain", product_id=JACKET)
    said = say(Bargain(), "那355吧", "inform", slots=first.slots, product_id=JACKET)
    assert said.effect("promise")
