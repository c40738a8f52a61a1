"""What a customer asks in English before buying: her size, a man's coat, the page's facts, postage to a place.

Source: docs/transcript-review.md, G 4. The words are few and fixed; facts stand as the page has them, a person for the
rest.
"""

from __future__ import annotations

import re

from actions.common import shop_floor
from actions.common.turn import Turn
from actions.sizes import wearer
from bot.placeholders import script_values, yuan
from bot.shop.goods import facts, stock
from bot.shop.parcels import postage
from bot.shop.records.model import Audience, Kind, Product
from bot.shop.sizes import sizing

_FOOT = re.compile(r"(?P<cm>[12]\d(?:\.\d)?) ?(?:cm|centimet)")
_SIZE = re.compile(r"size (?P<size>\d{2,3}|[2-4]?x{0,3}[sml])(?![\da-z])")


def say(turn: Turn) -> str:
    """The usual questions in simple English, with the shop's own numbers; returns the topic."""
    topic = shop_floor.dialogue().hear("english", turn.words.lower()) or "any"
    if topic != "person" and not _say_postage(turn) and not _say_of_the_product(turn):
        turn.say(f"utter_english_{topic}", **script_values(turn.shop))
    return topic


def _say_postage(turn: Turn) -> bool:
    """ "do you ship to Macau": what it costs for the thing in view."""
    region = turn.entity("region")
    if region is None:
        return False
    found = postage.basket_fee(turn.shop, region, [(turn.product, 1)]) if turn.product else None
    if found is None or isinstance(found, postage.Unserved):
        turn.say("utter_english_no_postage" if found else "utter_english_ships_there", region=region)
        return True
    assert turn.product is not None
    turn.say("utter_english_postage", region=region, product=turn.product.name, fee=yuan(found.yuan))
    return True


def _say_of_the_product(turn: Turn) -> bool:
    product = turn.product
    if product is None:
        return False
    is_told = _note_foot(turn, product) or wearer.is_told(turn)
    is_worn = product.kind in (Kind.CLOTHING, Kind.SHOES)
    words = shop_floor.dialogue()
    is_man = words.hear("english_man", f" {turn.words.lower()} ") is not None
    if is_man:
        turn.set(wearer=words.phrase("wearer", "man"))
    if is_worn and product.audience is Audience.WOMEN and (is_man or (is_told and wearer.is_man(turn))):
        turn.say("utter_english_womens", product=product.name)
        return True
    if is_told and is_worn and _say_size(turn, product):
        return True
    if words.hear("english_price", turn.words.lower()):
        turn.say("utter_english_price_of", product=product.name, price=yuan(product.price))
        return True
    return _say_shelf(turn, product) or _say_facts(turn, product)


def _note_foot(turn: Turn, product: Product) -> bool:
    """ "my foot is 24cm, a bit wide": beside a shoe."""
    text = turn.words.lower()
    found = _FOOT.search(text)
    if (
        product.kind is not Kind.SHOES
        or found is None
        or not shop_floor.dialogue().hear("english_foot", text)
    ):
        return False
    turn.set(
        foot_length_mm=round(float(found["cm"]) * 10), foot="wide" if "wide" in text else turn.slot("foot")
    )
    return True


def _say_shelf(turn: Turn, product: Product) -> bool:
    """ "do you have size 38": that size as the shelf has it."""
    found = _SIZE.search(turn.words.lower())
    if found is None or not product.sizes:
        return False
    words = shop_floor.dialogue()
    size = next((each for each in product.sizes if stock.same_size(each, found["size"])), None)
    if size is None:
        said = words.phrase("english", "not_made", size=found["size"].upper(), sizes="/".join(product.sizes))
    else:
        shelf = stock.check(product, None, size)
        is_there = isinstance(shelf, stock.InStock)
        colors = ", ".join(dict.fromkeys(each.color for each in shelf.variants)) if is_there else ""
        said = words.phrase("english", "there" if is_there else "gone", size=size, colors=colors)
    turn.say("utter_english_page", product=product.name, said=said)
    return True


def _say_size(turn: Turn, product: Product) -> bool:
    wearer.remember(turn, product)
    match sizing.recommend(product, turn.shop.chart_of(product), wearer.measures(turn)):
        case sizing.Fits(size=size):
            turn.set(size=size, stock_of=product.id)
            turn.say("utter_english_fits", product=product.name, fitting=size)
        case sizing.Between(smaller=smaller, larger=larger):
            turn.say("utter_english_between", product=product.name, smaller=smaller, larger=larger)
        case sizing.OutOfChart():
            turn.say("utter_english_out_of_chart", product=product.name)
        case _:
            return False
    return True


def _say_facts(turn: Turn, product: Product) -> bool:
    """The page's own words: they can be translated, a guess could not be taken back."""
    topics = shop_floor.dialogue().topics
    told = [f"{name}：{value}" for name, value in facts.facts(product, turn.words, topics).items()]
    lines = list(dict.fromkeys((*facts.of_concerns(product, turn.words, topics), *told)))
    lines += [line for part in facts.parts(product, turn.words, topics).values() for line in part]
    if lines:
        turn.say("utter_english_page", product=product.name, said="；".join(lines))
    return bool(lines)
