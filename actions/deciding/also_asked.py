"""What else one message asks before the sale, answered behind what it was read as: one line each, by words alone.

Source: docs/transcript-review.md, fifth round: "158 100斤穿什么码 起球吗 今天能发货吗 到武汉几天" got the days
and nothing else. A reading is one; the shop's own data know the rest where the words are plain.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from actions.common import shop_floor
from actions.common.turn import Turn
from bot.shop.goods import facts, plain_words, stock
from bot.shop.parcels.asked_days import asked_days
from bot.shop.prices import price_words
from bot.shop.prices.bargain_state import Bargains
from bot.shop.records.model import Product
from bot.shop.sizes import sizing
from bot.shop.talk import consent
from bot.shop.talk.clauses import clauses, is_statement

ANSWERS = {
    "action_size": "size",
    "action_product_info": "fact",
    "action_usage": "fact",
    "action_faq": "script",
    "action_stock": "stock",
    "action_price": "price",
    "action_promotion": "price",
    "action_bargain": "price",
    "action_shipping_time": "days",
    "action_shipping_fee": "fee",
}
"""What each of these has answered; behind any other action nothing is added."""
MOST = 3
"""Answers put behind the first: more are not read on a phone."""
ABOUT_THE_GOODS = ("action_size", "action_stock", "action_price")
"""Beside these the days are those of what is looked at, also for who has orders."""
SHELF_TOLD = frozenset(
    {
        *(
            "utter_stock_there",
            "utter_stock_low",
            "utter_stock_choose",
            "utter_stock_count",
            "utter_stock_overview",
        ),
        *("utter_price_shelf_back", "utter_price_shelf_gone"),
        *("utter_variant_not_made", "utter_variant_restocked", "utter_variant_sold_out"),
    }
)
"""Responses that have told the shelf already."""
OF_GOODS = ["ask_quality", "ask_usage", "ask_product_info"]
"""Scripts that answer a worry on which the page has no line."""


def say_rest(turn: Turn) -> None:
    """Only with a product in view that is not hers yet, and nothing else under way."""
    done = ANSWERS.get(turn.action)
    product = turn.product if done and turn.words else None
    parts = clauses(turn.words) if product else ()
    if len(parts) > 1 and _agrees(turn, parts[0]):
        return
    is_busy = bool(turn.slot("trouble") or turn.slot("draft")) or turn.is_handed_over
    if product is None or len(parts) < 2 or is_busy or turn.has_bought(product):
        return
    answered, said = {done}, 0
    for part in parts:
        for topic, say in SAYS:
            if said < MOST and (topic not in answered or topic == "fact") and say(turn, product, part):
                answered.add(topic)
                said += 1
                break


def _agrees(turn: Turn, part: str) -> bool:
    """ "行吧 什么时候能到": the price just offered is taken as well."""
    from actions.prices.bargain import AcceptPrice
    from actions.prices.price_talk import last_action

    offered = Bargains.from_slot(turn.slot("bargain")).now
    is_offered = last_action(turn) == "action_bargain" and offered.price is not None and not offered.agreed
    if not is_offered or turn.action == "action_bargain" or not consent.is_yes(part, price_words.DEAL):
        return False
    AcceptPrice().act(turn)
    return True


def _size(turn: Turn, product: Product, part: str) -> bool:
    """Measures beside the question for a size; what is missing is not asked for behind another answer."""
    from actions.sizes.size import Size, recommend, remember_measures

    asked = shop_floor.dialogue().hear("size_question", part) is not None
    if not asked or product.size_chart is None:
        return False
    remember_measures(turn, product)
    if isinstance(recommend(turn, product), sizing.NeedsMeasures | sizing.OneSize):
        return False
    kept = turn.slot("suggested")
    turn.set(suggested=kept or product.id)  # nothing to buy beside it: there is enough to read
    Size().tell(turn, product)
    turn.set(suggested=kept)
    return True


def _fact(turn: Turn, product: Product, part: str) -> bool:
    """The page's lines on this piece, where none of them was told yet; of a worry without a line a sure script."""
    words = shop_floor.dialogue()
    topics = words.topics
    if turn.action == "action_size" and (words.hear_all("figure", part) or words.hear("foot", part)):
        return False  # it was told for the size
    is_asked = plain_words.asks(part) or (facts.is_heard(part, topics) and not is_statement(part))
    if not is_asked or plain_words.asks_for_the_shelf(part) or plain_words.speaks_of_delivery(part):
        return False
    told = [f"{name}：{value}" for name, value in facts.facts(product, part, topics).items()]
    lines = facts.of_concerns(product, part, topics) or tuple(told)
    lines = lines or facts.parts(product, part, topics).get("care", ())[:2]
    if not lines and turn.action in ("action_product_info", "action_usage"):
        lines = facts.sentences(product, part, shop_floor.dialogue().common)
    before = json.dumps(turn.said, ensure_ascii=False, default=str)
    if any(line.split("：")[-1] in before for line in lines):
        return False
    if lines:
        turn.say("utter_product_sentences", product=product.name, said="；".join(lines))
    return bool(lines) or _say_script(turn, product, part)


def _say_script(turn: Turn, product: Product, part: str) -> bool:
    from actions.talk import faq

    words = shop_floor.dialogue()
    if turn.action == "action_faq" or not facts.is_heard(part, words.topics):
        return False
    hit = next(iter(shop_floor.searcher().search(part, 1, OF_GOODS, turn.today, product.kind.value)), None)
    if hit is None or hit.score < words.bands.sure or words.hear("asks_which", hit.text):
        return False
    faq.say_hit(turn, hit)
    return True


def _shelf(turn: Turn, product: Product, part: str) -> bool:
    """ "有黑色吗": the colour named in this very piece."""
    from actions.products.stock import Stock

    if "utter_color_not_made" in turn.responses:
        return False
    color = turn.color_of(product)
    if color and not stock.same_color(color, part):
        color = None
    is_asked = plain_words.asks_whether_there(part) or price_words.asks_shelf(part)
    if color is None or not is_asked or facts.is_heard(part, shop_floor.dialogue().topics):
        return False
    known = turn.slot("size") if turn.slot("stock_of") == product.id else None
    size = stock.size_in(product, part) or known
    is_told = bool(SHELF_TOLD & set(turn.responses))
    if is_told and not (size and isinstance(stock.check(product, color, size), stock.OutOfStock)):
        return False  # behind 黑色 S/M/XL 有货 only that hers is gone is news
    Stock().tell(turn, product, color, size)
    return True


def _days(turn: Turn, product: Product, part: str) -> bool:
    from actions.parcels.shipping import ShippingTime

    is_asked = plain_words.asks_when_it_arrives(part) or plain_words.asks_when_it_leaves(part)
    if not is_asked or (turn.orders and turn.action not in ABOUT_THE_GOODS):
        return False
    ShippingTime().tell_new(turn, asked_days(turn.words, turn.now).arrives_by)
    return True


def _fee(turn: Turn, product: Product, part: str) -> bool:
    from actions.parcels.postage import ShippingFee

    if shop_floor.dialogue().hear("postage", part) is None or turn.orders or turn.action == "action_price":
        return False
    ShippingFee().act(turn)
    return True


def _price(turn: Turn, product: Product, part: str) -> bool:
    from actions.prices.price import Price

    if not price_words.asks_price(part) or turn.action in ("action_faq", "action_shipping_fee"):
        return False
    Price().act(turn)
    return True


SAYS: tuple[tuple[str, Callable[[Turn, Product, str], bool]], ...] = (
    ("size", _size),
    ("stock", _shelf),
    ("days", _days),
    ("fee", _fee),
    ("price", _price),
    ("fact", _fact),
)
