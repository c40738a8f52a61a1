"""What a haggling customer's words come to; 338 yuan of 359 was the last word."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest

from actions.prices.asking import read_ask
from bot.shop.prices.bargain_state import BargainState
from bot.text import measures

SAID = [
    # words → price for one piece, pieces, on top
    ("便宜点", None, 1, None),
    ("打个折", None, 1, None),
    ("让利一点", None, 1, None),
    ("便宜个二三十", None, 1, None),
    ("一百二行不行", "120", 1, None),
    ("三百卖不卖", "300", 1, None),
    ("那就340", "340", 1, None),
    ("砍到三百", "300", 1, None),
    ("便宜到300", "300", 1, None),
    ("别家才卖300", "300", 1, None),
    ("我预算320", "320", 1, None),
    ("八折", "287.20", 1, None),
    ("八五折行吗", "305.15", 1, None),
    ("半价卖我", "179.50", 1, None),
    ("抹个零", "330", 1, None),
    ("凑个整吧", "330", 1, None),
    ("零头去掉行不", "330", 1, None),
    ("再少10块", "328", 1, None),
    ("便宜20", "318", 1, None),
    ("再减五块", "333", 1, None),
    ("优惠50呗", "288", 1, None),
    ("少个三十", "308", 1, None),
    ("500两件行不", "250", 2, None),
    ("两件五百", "250", 2, None),
    ("两件一起600", "300", 2, None),
    ("两件便宜20", "328", 2, None),
    ("买三件能便宜多少", None, 3, None),
    ("2件7折", "251.30", 2, None),
    ("每件320 要两件", "320", 2, None),
    ("350包邮", "350", 1, "free_shipping"),
    ("包邮我就买", None, 1, "free_shipping"),
    ("能送双袜子吗", None, 1, "gift"),
    ("给张券也行", None, 1, "coupon"),
    ("打九折再包邮", "323.10", 1, "free_shipping"),
    ("满300减30之后还能再少点吗", None, 1, None),
]


def ask_of(words: str, state: BargainState):
    found = {measure.kind: measure.value for measure in reversed(measures.extract(words))}
    turn = SimpleNamespace(words=words, product=None, entity=found.get, slot=lambda name: state.as_slot())
    return read_ask(turn, state, Decimal(359))  # type: ignore[arg-type]


@pytest.mark.parametrize(("words", "wanted", "pieces", "wish"), SAID)
def test_a_counter_offer_is_understood(words: str, wanted: str | None, pieces: int, wish: str | None) -> None:
    ask = ask_of(words, BargainState("coat", Decimal(338), 1))
    named = ask.wanted(Decimal(338), Decimal(359))
    assert named == (None if wanted is None else Decimal(wanted))
    assert (ask.pieces, ask.wish and ask.wish.value) == (pieces, wish)


def test_the_number_of_pieces_holds_until_another_is_named() -> None:
    two = BargainState("coat", Decimal(338), 1, pieces=2)
    assert ask_of("再便宜点", two).pieces == 2
    assert ask_of("600行吗", two).price == Decimal(300)
    assert ask_of("那只要一件呢", two).pieces == 1
