"""Two goods side by side: what differs, and which one for what was asked; none is praised for something else.

Source: shop-rules.md, 004 制度 3; docs/transcript-review.md, fifth round.
"""

from __future__ import annotations

from typing import Any

from actions.common import shop_floor
from actions.common.turn import Turn
from actions.products.sought import product_in_view
from bot.placeholders import yuan
from bot.shop.goods import catalogue, facts, in_view, judged, needs, reference
from bot.shop.records.model import Need, Product

COMPARED = 2
"""Products in one comparison; more do not fit a phone."""
LINES = 8
"""Lines of a comparison."""


def meant(turn: Turn) -> list[Product]:
    """Two named; one named beside the one talked about; or those shown, if "这两款" or "哪个好" points at them."""
    named = catalogue.find_products(turn.shop, turn.words)[:COMPARED] if turn.words else []
    if len(named) == 1 and any(
        reference.within_one(turn.words, n) for n in (named[0].name, *named[0].nicknames)
    ):
        return []
    here, is_of_both = product_in_view(turn), bool(turn.words) and reference.both(turn.words)
    if here and is_of_both and (mate := in_view.mate_named(turn.shop, turn.words, here)):
        return [here, mate]
    if len(named) == COMPARED or not is_of_both:
        return named if len(named) == COMPARED else []
    rivals = named or [p for p in catalogue.of_category(turn.shop, turn.words) if p is not here]
    other = named[0] if named else catalogue.most_alike(rivals, turn.words)
    if here and other and other is not here:
        return [here, other]
    shown = turn.shown_products[:COMPARED]
    return shown if not named and len(shown) == COMPARED else []


def compare(turn: Turn, products: list[Product], wanted: tuple[Need, ...] = ()) -> None:
    label = shop_floor.dialogue().phrase("compare", "price")
    rows = [[label, *(f"¥{yuan(product.price)}" for product in products)]]
    rows += [[line.attribute, *line.values] for line in catalogue.differences(products)[: LINES - 1]]
    card = {"type": "compare", "columns": ["", *(product.name for product in products)], "rows": rows}
    turn.has_shown(products)
    if _say_lines(turn, products, card):
        return
    serving = needs.serving(turn.shop, wanted, products)
    warmest = judged.warmest(products) if judged.asks_warmth(turn.words) else None
    chosen = warmest or next(iter(serving), None) or catalogue.recommended(products)
    if chosen is None:
        turn.say("utter_compare_sold_out", card=card)
        return
    turn.set(product_id=chosen.id)
    reason = judged.warmth_told(chosen) if warmest else "；".join(chosen.talking_points[:1])
    turn.say("utter_compare", card=card, product=chosen.name, reason=reason)


def _say_lines(turn: Turn, products: list[Product], card: dict[str, Any]) -> bool:
    """哪个最不粘毛: what the shop wrote of that worry on each; none is praised for something else instead."""
    topics = shop_floor.dialogue().topics
    earlier = turn.shop.products.get(turn.before("earlier_product_id") or "")
    is_most = judged.is_of_the_most(turn.words) and earlier is not None and earlier not in products
    among = [*products, earlier] if is_most and earlier else products
    told = [(each, facts.of_concerns(each, turn.words, topics)) for each in among]
    if not facts.of_worry(turn.words, topics) or sum(bool(lines) for _, lines in told) < COMPARED:
        return False
    for each, lines in told:
        if lines:
            turn.say("utter_product_sentences", card=card, product=each.name, said="；".join(lines))
            card = {}
    return True
