"""Another one than what was shown: not seen yet, cut as she wants it, cheaper."""

from __future__ import annotations

from actions.common.turn import Turn
from actions.products.sought import for_the_wearer
from bot.shop.goods import catalogue, in_view, wishes
from bot.shop.goods.wishes import Wishes
from bot.shop.records.model import Product


def unseen(turn: Turn, fitting: list[Product], limits: Wishes) -> list[Product]:
    """Of these what she has not been shown, else of the same shelf, else at least not the one in view."""
    seen, here = turn.shown_products, turn.product
    mates = [p for p in turn.shop.products.values() if here and p.category == here.category]
    there = [p for p in for_the_wearer(turn, mates) if catalogue.in_stock(p)]
    return (
        [each for each in fitting if each not in seen]
        or [each for each in wishes.allowed(there, limits) if each not in seen]
        or [each for each in fitting if each is not here]
        or fitting
    )


def of_cut(turn: Turn, limits: Wishes) -> list[Product]:
    """ "换个短一点的": of the shelf of what is in view what is cut so; empty where nothing is said of the cut."""
    here, cut = turn.product, in_view.cut_wanted(turn.words)
    if here is None or not cut:
        return []
    mates = [p for p in turn.shop.products.values() if p.category == here.category and p is not here]
    there = for_the_wearer(turn, [p for p in in_view.of_cut(mates, cut) if catalogue.in_stock(p)])
    return wishes.allowed(there, limits)


def cheaper(turn: Turn, fitting: list[Product]) -> tuple[Product | None, Product]:
    """ "再便宜的呢": the next one below what was shown last, never the same again; and the cheapest seen, to be named
    where nothing is below."""
    shown = [
        p for p in turn.shown_products if p in fitting or not fitting
    ]  # what goes with it is of no such sort
    seen = shown or [product for product in (turn.product,) if product]
    here = turn.product or seen[0]
    mates = [
        p for p in turn.shop.products.values() if p.category == here.category and p.name[-1] == here.name[-1]
    ]
    among = [p for p in for_the_wearer(turn, fitting or mates) if catalogue.in_stock(p) and p not in seen[:1]]
    below = sorted((p for p in among if p.price < min(here.price, seen[0].price)), key=lambda p: -p.price)
    return next(iter(below), None), min((*seen, here), key=lambda p: p.price)
