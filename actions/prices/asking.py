"""Reading what a haggling customer asks for: words from data/dialogue.yml, numbers from bot.text."""

from __future__ import annotations

import re
from decimal import Decimal

from actions.common import shop_floor
from actions.common.turn import Turn
from bot.shop.goods import stock
from bot.shop.prices import counter_offers, doubts
from bot.shop.prices.bargain_state import Bargains, BargainState
from bot.shop.prices.counter_offers import Ask
from bot.shop.records.policy import CompensationKind
from bot.text import measures
from bot.text.normalise import normalise
from bot.text.numerals import NUMBER, number

CENT = Decimal("0.01")
ALONE = re.compile(r"(?<![\d.])\d{2,5}(?:\.\d)?(?![\d.])")
"""While haggling, the one number of a message that says nothing else in numbers."""
LEAST = 2
"""A lesser bare number is no price: 一点, 一下."""


def read_ask(turn: Turn, state: BargainState, unit_price: Decimal) -> Ask:
    """The ask of this message; the number of pieces holds until another is named."""
    words = shop_floor.dialogue()
    text = normalise(turn.words)
    pieces = said_pieces(turn) or state.pieces
    wish = None if doubts.gives_present(text) else words.hear("wish", text)
    less = _less(text)
    price = None if less is not None else said_price(turn)
    if price is not None:
        price = counter_offers.for_one(price, pieces, unit_price, bool(words.hear("each", text)))
    share = turn.entity("discount")
    return Ask(
        price=price,
        share=None if share is None else Decimal(str(share)),
        less=None
        if less is None
        else (less / pieces if pieces > 1 and not words.hear("each", text) else less),
        is_round=words.hear("round", text) is not None,
        pieces=pieces,
        wish=CompensationKind(wish) if wish else None,
    )


def said_price(turn: Turn) -> Decimal | None:
    """A sum of money, or while haggling a bare number."""
    told = turn.entity("price")
    if told is None and turn.entity("discount") is None and Bargains.from_slot(turn.slot("bargain")).current:
        text = _without_pieces(normalise(turn.words))
        bare = measures.read(text, "price")
        told = bare.value if bare and bare.value >= LEAST else None
        alone = ALONE.findall(text)
        if told is None and len(alone) == 1 and not measures.extract(text):
            told = alone[0]
    return None if told is None else Decimal(str(told)).quantize(CENT)


def said_pieces(turn: Turn) -> int | None:
    """How many are asked about: the extractor's count, or one beside a sum of money (500两件)."""
    told = turn.entity("quantity")
    if turn.words and turn.product and stock.names_packs(turn.product, turn.words):
        left = measures.extract(
            stock.without_packs(turn.product, turn.words)
        )  # 15个装 is what she buys one of
        return next((max(1, int(each.value)) for each in left if each.kind == "quantity"), None)
    if told is None and (found := _pieces_pattern().search(_without_money(turn))):
        told = number(found["n"])
    return max(1, int(told)) if told else None


def _without_money(turn: Turn) -> str:
    spans = [measure for measure in measures.extract(turn.words) if measure.kind == "price"]
    text = turn.words
    for measure in sorted(spans, key=lambda each: -each.start):
        text = f"{text[: measure.start]} {text[measure.end :]}"
    return normalise(text)


def _without_pieces(text: str) -> str:
    """抹个零 and 两件呢 hold no price."""
    return "" if shop_floor.dialogue().hear("round", text) else _pieces_pattern().sub(" ", text)


def _pieces_pattern() -> re.Pattern[str]:
    counter = shop_floor.dialogue().heard["counter"]
    before, pieces = "".join(counter["not_after"]), "|".join(counter["piece"])
    after = "".join(counter["not_before"])
    return re.compile(rf"(?<![{before}])(?P<n>{NUMBER}) ?(?:{pieces})(?![{after}])")


def _less(text: str) -> Decimal | None:
    """再少10块, 便宜20: what the price shall fall by."""
    less = shop_floor.dialogue().heard["less"]
    before, words, after = "".join(less["not_after"]), "|".join(less["less"]), "|".join(less["not_before"])
    found = re.search(rf"(?<![{before}])(?:{words}) ?(?P<n>{NUMBER})(?! ?(?:{after}))", text)
    value = number(found["n"]) if found else None
    return None if not value else Decimal(str(value)).quantize(CENT)
