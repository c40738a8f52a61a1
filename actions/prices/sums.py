"""Messages about money whose words decide, whatever they were read as: a running sum that changes, what is missing to
an offer, the price and the shelf asked in one line, a last offer after a goodbye.

Source: docs/transcript-review.md, G 1–6, 12, 19.
"""

from __future__ import annotations

from collections.abc import Callable

from actions.common import shop_floor
from actions.common.turn import Turn
from actions.deciding.asked_of_goods import AFTER_SALE
from actions.prices import goods
from actions.prices.asking import said_price
from actions.prices.price_talk import has_won, is_summing
from bot.shop.goods import one_of_each, plain_words
from bot.shop.goods.catalogue import find_products, of_category
from bot.shop.prices import paying, price_words
from bot.shop.prices.bargain_state import Bargains
from bot.shop.records.model import Product
from bot.text.normalise import bare

SHORT = 12
"""Characters of a message that is nothing but a last offer, or nothing but a thing pointed at."""
OF_A_VARIANT = frozenset({"ask_exchange", "modify_order", "report_wrong_item"})
"""Readings of 我要橙M, a choice of what is looked at, that are about an order."""


def changes(turn: Turn) -> bool:
    """ "再加两双袜子", "台灯不要了" while a sum stands."""
    return is_summing(turn) and goods.changes_sum(turn)


def fills_up(turn: Turn) -> bool:
    """ "离满三百还差多少", "凑点啥好" of what is looked at; 还差一件没收到 is an order's matter."""
    words = turn.words
    if turn.product is None or turn.likeliest in AFTER_SALE or turn.has_bought(turn.product):
        return False
    hear = shop_floor.dialogue().hear
    if hear("postage", words):
        return False  # 还差多少包邮
    return hear("price_question", words) == "short" and price_words.is_of_a_sum(words)


def asks_total(turn: Turn) -> bool:
    """ "总共呢" while goods are added up, whatever was asked in between."""
    is_open = bool(turn.before("basket")) and turn.product is not None and turn.likeliest not in AFTER_SALE
    is_total = price_words.asks_total(turn.words) or goods.joins_sum(turn)
    return is_open and (is_total or price_words.is_bare_count(turn.words))


def asks_bare_price(turn: Turn) -> bool:
    """这个大衣多少: the price of what is named or looked at, in one word."""
    product = turn.product
    if product is None or turn.likeliest in AFTER_SALE:
        return False
    names = (product.name, *product.nicknames, product.category)
    return price_words.is_bare_price(turn.words, names)


def asks_same_price(turn: Turn) -> bool:
    """ "20个的和40个的一个价?" of the kinds one thing comes in."""
    is_asked = turn.product is not None and shop_floor.dialogue().hear("same_price", turn.words) is not None
    return is_asked and len(find_products(turn.shop, turn.words)) < goods.SEVERAL


def asks_price_and_shelf(turn: Turn) -> bool:
    """ "米白L多少钱 有货不", or the price among three other questions: the price answers and says the rest."""
    if turn.likeliest in AFTER_SALE or not price_words.asks_price(turn.words):
        return False
    product = turn.product or _only_of_its_sort(turn)
    if product is None:
        return False
    has_choice = bool(turn.color_of(product) or turn.size_of(product))
    return (has_choice and price_words.asks_shelf(turn.words)) or is_of_paying(turn)


def _only_of_its_sort(turn: Turn) -> Product | None:
    """在家穿的棉鞋, of which the shop has one: that one is talked about from now on."""
    found = of_category(turn.shop, turn.words)
    if len(found) != 1:
        return None
    turn.set(product_id=found[0].id)
    return found[0]


def is_of_paying(turn: Turn) -> bool:
    return paying.asks_on_delivery(turn.words) or paying.cannot_pay(turn.words)


def cannot_pay(turn: Turn) -> bool:
    """ "我不会手机付": whoever could pay for her, and the telephone."""
    return paying.cannot_pay(turn.words) and turn.likeliest not in AFTER_SALE


def names_last_price(turn: Turn) -> bool:
    """ "750最后": the last word in a bargain, also after a goodbye."""
    product, kept = turn.product, Bargains.from_slot(turn.slot("bargain"))
    is_open = product is not None and (has_won(turn, product) or kept.current == product.id)
    is_bare = len(bare(turn.words)) <= SHORT and price_words.is_last_offer(turn.words)
    return is_open and is_bare and said_price(turn) is not None


def wants_one_of_each(turn: Turn) -> bool:
    """枕头要一高一低, of what she has not bought."""
    if price_words.asks_which(turn.words):
        return False
    for product in (turn.product, *goods.of_sum(turn)):
        is_hers = turn.has_bought(product) and not is_summing(turn)
        if product and not is_hers and one_of_each.told(product, turn.words):
            turn.set(product_id=product.id)
            return True
    return False


def of_a_sum(turn: Turn) -> str | None:
    """Who takes words about goods being added up that were read as a trouble with an order (少一双, 一高一低)."""
    if changes(turn):
        return "action_price"
    return "action_stock" if wants_one_of_each(turn) else None


def wants_variant(turn: Turn) -> bool:
    """ "毛衣我要橙M" of what is looked at and stands in none of her orders: a choice, no exchange."""
    product = turn.product
    if product is None or turn.likeliest not in OF_A_VARIANT or turn.has_bought(product):
        return False
    is_chosen = turn.color_of(product) and turn.size_of(product)
    return (
        bool(is_chosen and price_words.chooses(turn.words))
        and not turn.slot("trouble")
        and not turn.slot("draft")
    )


def points_at_variant(turn: Turn) -> bool:
    """ "乐福那个黑39呢": a colour and a size of what is named or looked at, and nothing else."""
    product = turn.product
    if product is None or turn.intent != "nlu_fallback" or turn.has_bought(product):
        return False
    is_told = turn.color_of(product) and turn.size_of(product)
    return bool(is_told) and len(bare(turn.words)) <= SHORT and plain_words.asks_the_same(turn.words)


def points_at_goods(turn: Turn) -> bool:
    """ "背带裙那个呢" with nothing asked before: what it is."""
    is_named = turn.product is not None and turn.before("product_id") is None and turn.is_product_named
    is_bare = turn.intent == "nlu_fallback" and len(bare(turn.words)) <= SHORT
    return is_named and is_bare and price_words.points(turn.words)


DECIDED: tuple[tuple[Callable[[Turn], bool], str], ...] = (
    (names_last_price, "action_bargain"),
    (changes, "action_price"),
    (asks_total, "action_price"),
    (asks_bare_price, "action_price"),
    (asks_same_price, "action_price"),
    (asks_price_and_shelf, "action_price"),
    (fills_up, "action_price"),
    (wants_one_of_each, "action_stock"),
    (points_at_variant, "action_stock"),
    (points_at_goods, "action_product_info"),
    (cannot_pay, "action_payment"),
)
