"""An honest no for whom the goods are not made: women's clothes for a man, no winter coat of his, no size for a boy."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.cards import day
from actions.common.choosing import MOST, product_option
from actions.common.turn import Turn
from actions.sizes import wearer
from bot.shop.goods import catalogue, plain_words, stock, warmth
from bot.shop.goods.catalogue import in_stock
from bot.shop.records.model import Audience, Kind, Product
from bot.shop.sizes import persons
from bot.shop.sizes.fitting_instead import Lack

COOL = 10
"""Degrees under which a coat is meant."""


def say_for_a_man(turn: Turn, product: Product) -> bool:
    """Answer where a man is spoken of and the product is women's, or is asked whether it is made for him too.

    Source: docs/transcript-review.md, A F6. A woman's chart says nothing of a man, whatever his height and weight.
    """
    if product.kind not in (Kind.CLOTHING, Kind.SHOES) or not speaks_of_a_man(turn):
        return False
    if product.kind is Kind.SHOES and (size := turn.entity("size") or turn.entity("usual_size")):
        turn.set(wearer=_named(turn) or turn.slot("wearer"), usual_size=str(size))
    if product.audience is Audience.WOMEN:
        say_womens(turn, product)
        return True
    is_shoe = product.kind is Kind.SHOES
    is_told = (
        wearer.is_told(turn) or (is_shoe and turn.size_of(product) is not None) or len(product.sizes) < 2
    )
    is_told = is_told or not (names_a_man(turn) or plain_words.asks_to_wear(turn.words))
    if product.audience is not Audience.UNISEX or is_told:
        return False
    turn.say("utter_made_for_both_shoes" if is_shoe else "utter_made_for_both", product=product.name)
    return True


def say_of_the_seen(turn: Turn) -> bool:
    """ "那有啥他能用的", beside a woman's coat: it is not chosen for him, nor compared with another."""
    seen = turn.product
    is_womens = seen is not None and seen.audience is Audience.WOMEN
    return is_womens and not catalogue.names_sort(turn.shop, turn.words) and say_for_a_man(turn, seen)


def say_womens(turn: Turn, product: Product) -> None:
    others = [
        each
        for each in turn.shop.products.values()
        if each.audience is Audience.UNISEX and each.kind is product.kind and in_stock(each)
    ]
    others = of_his_shoe_size(turn, others)[:MOST]
    if not others:
        turn.say("utter_womens_cut", product=product.name)
        return
    turn.has_shown(others)
    options = [product_option(each) for each in others]
    card = {"type": "choices", "title": "", "options": options}
    turn.say("utter_womens_cut_instead", card=card, product=product.name)
    say_when_back(turn, others)


def of_his_shoe_size(turn: Turn, products: list[Product]) -> list[Product]:
    """Of shoes only those made in the size that he wears, where it is known."""
    worn = turn.slot("usual_size")
    return [
        product
        for product in products
        if not worn
        or product.kind is not Kind.SHOES
        or any(stock.same_size(size, worn) for size in product.sizes)
    ]


def say_when_back(turn: Turn, products: list[Product]) -> None:
    """The only shoe in his size, when it is sold out in it."""
    worn = turn.slot("usual_size")
    only = products[0] if len(products) == 1 and worn and products[0].kind is Kind.SHOES else None
    found = stock.check(only, None, worn) if only else None
    if isinstance(found, stock.OutOfStock) and found.made:
        if found.restock_on:
            turn.say("utter_size_restocked", fitting=worn, day=day(found.restock_on))
        else:
            turn.say("utter_size_sold_out", fitting=worn)


def speaks_of_a_man(turn: Turn) -> bool:
    """Whether this message names a man as the wearer, or goes on about one."""
    named = _named(turn)
    return shop_floor.dialogue().hear("man", named) is not None if named else wearer.is_man(turn)


def names_a_man(turn: Turn) -> bool:
    """Whether this very message does."""
    named = _named(turn)
    return named is not None and shop_floor.dialogue().hear("man", named) is not None


def _named(turn: Turn) -> str | None:
    return persons.named(turn.words, shop_floor.dialogue().heard["wearer"]) if turn.words else None


def say_no_winter(turn: Turn, products: list[Product], degrees: float | None) -> bool:
    """给我爸买件过冬的: no T-shirt is praised for it; what is made for both and warms is named instead."""
    if not speaks_of_a_man(turn) or degrees is None or degrees >= COOL:
        return False
    worn = [product for product in products if product.kind is not Kind.HOME]
    named = catalogue.names_sort(turn.shop, turn.words) and catalogue.of_category(turn.shop, turn.words)
    if (named[0].kind is Kind.HOME) if named else (products and not worn):
        return False  # a quilt for his winter
    if any(found.is_in for p in worn if (found := warmth.verdict_on(p, degrees))):
        return False
    warm = shop_floor.dialogue().heard["warm_stuff"]["stuff"]
    others = [
        each
        for each in turn.shop.products.values()
        if each.audience is Audience.UNISEX and each.kind in (Kind.CLOTHING, Kind.SHOES) and in_stock(each)
        and any(word in value for value in each.attributes.values() for word in warm)
    ]  # fmt: skip
    others = of_his_shoe_size(turn, others)[:MOST]
    turn.has_shown(others)
    card = {"type": "choices", "title": "", "options": [product_option(each) for each in others]}
    turn.say("utter_no_mens_winter", card=card if others else None)
    return True


def say_none_fits(turn: Turn, lacks: list[Lack]) -> None:
    """Nothing that is looked for can be worn by the one told of: so it is said, with what is missing of each."""
    words = shop_floor.dialogue()
    lines = []
    for each in lacks[:MOST]:
        key = "back" if each.back_on else each.reason
        back = day(each.back_on) if each.back_on else ""
        lines.append(words.phrase("no_fit", key, product=each.product.name, size=each.size, day=back))
    turn.has_shown([each.product for each in lacks])
    gone = [each for each in lacks if each.reason == "sold_out"]
    if len(gone) == 1:  # "啥时候补" is then asked of it
        turn.set(product_id=gone[0].product.id, stock_of=gone[0].product.id, size=gone[0].size)
    turn.say("utter_none_fits", lines="；".join(lines))
