"""Women's clothes asked for on a man's behalf: an honest no, and what is made for both."""

from __future__ import annotations

from actions import shop_floor, wearer
from actions.choosing import MOST, product_option
from actions.turn import Turn
from bot.shop import persons
from bot.shop.catalogue import in_stock
from bot.shop.model import Audience, Kind, Product


def say_for_a_man(turn: Turn, product: Product) -> bool:
    """Answer where a man is spoken of and the product is women's, or is asked whether it is made for him too.

    Source: docs/transcript-review.md, A F6. A woman's chart says nothing of a man, whatever his height and weight.
    """
    if product.kind not in (Kind.CLOTHING, Kind.SHOES) or not speaks_of_a_man(turn):
        return False
    if product.audience is Audience.WOMEN:
        say_womens(turn, product)
        return True
    if product.audience is not Audience.UNISEX or wearer.is_told(turn):
        return False
    is_shoe = product.kind is Kind.SHOES
    turn.say("utter_made_for_both_shoes" if is_shoe else "utter_made_for_both", product=product.name)
    return True


def say_womens(turn: Turn, product: Product) -> None:
    others = [
        each
        for each in turn.shop.products.values()
        if each.audience is Audience.UNISEX and each.kind is product.kind and in_stock(each)
    ][:MOST]
    if not others:
        turn.say("utter_womens_cut", product=product.name)
        return
    turn.has_shown(others)
    options = [product_option(each) for each in others]
    card = {"type": "choices", "title": "", "options": options}
    turn.say("utter_womens_cut_instead", card=card, product=product.name)


def speaks_of_a_man(turn: Turn) -> bool:
    """Whether this message names a man as the wearer, or goes on about one."""
    words = shop_floor.dialogue()
    named = persons.named(turn.words, words.heard["wearer"]) if turn.words else None
    return words.hear("man", named) is not None if named else wearer.is_man(turn)
