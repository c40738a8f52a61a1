"""Short words that go on about the size or the day just named, and the largest of the sizes.

Source: docs/transcript-review.md, fourth round, G 4, 5, 11, 13 and 16.
"""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.turn import Turn
from actions.deciding.page_first import ABOUT_MONEY, OF_ORDERS, REPORTS, SETTLED
from actions.prices.price_talk import last_action
from actions.sizes import wearer
from bot.shop.goods import catalogue, facts, plain_words, stock, wishes
from bot.shop.prices import price_words
from bot.shop.records.model import Kind
from bot.shop.sizes import persons
from bot.shop.sizes.wearer import considered_size


def tells_fit(turn: Turn) -> bool:
    """ "喜欢宽松点的" after a size: how she likes it, no question for the cut."""
    is_said = shop_floor.dialogue().hear("fit", turn.words) is not None and not plain_words.asks(turn.words)
    return (
        is_said and turn.before("pending") == "action_size" and turn.likeliest not in OF_ORDERS | ABOUT_MONEY
    )


def considers(turn: Turn) -> bool:
    """ "那我拿XL?" after a size was named: whether that one would do."""
    is_asked = considered_size(turn.words) is not None and plain_words.asks(turn.words)
    return is_asked and last_action(turn) == "action_size" and turn.before("size") is not None


def doubts_size(turn: Turn) -> bool:
    """ "有点小肚子 会不会紧", "会不会太大拖地" of the size just named: that size, no fact of the page."""
    if last_action(turn) != "action_size" or turn.likeliest in OF_ORDERS | REPORTS | SETTLED | ABOUT_MONEY:
        return False
    product = turn.product
    is_named = (
        product is not None and turn.before("stock_of") == product.id and turn.before("size") is not None
    )
    words = shop_floor.dialogue()
    has_note = words.hear_all("figure", turn.words) or words.hear("foot", turn.words)
    return is_named and bool(has_note or words.hear("size_doubt", turn.words))


def tells_feet(turn: Turn) -> bool:
    """ "老婆24 孩子20" beside a shoe whose size was just found: theirs."""
    product, said = turn.product, last_action(turn)
    is_shoe = product is not None and product.kind is Kind.SHOES and said == "action_size"
    named = is_shoe and persons.named(turn.words, shop_floor.dialogue().heard["wearer"])
    return bool(named) and wearer.feet_in_words(turn, product) != turn.words


def hears_of_weather(turn: Turn) -> bool:
    """ "听说下大雪了" after a day was named: it goes on about the parcel."""
    is_of_days = last_action(turn) == "action_shipping_time" and turn.likeliest not in OF_ORDERS
    return is_of_days and shop_floor.dialogue().hear("on_the_road", turn.words) is not None


def asks_extreme(turn: Turn) -> bool:
    """ "要个最大的", "最大的多大": which size that is, and whether it is there."""
    is_open = turn.likeliest not in OF_ORDERS | REPORTS | SETTLED | {"bargain", "ask_price", "ask_promotion"}
    is_asked = turn.product is not None and is_open and stock.extreme_in(turn.product, turn.words) is not None
    return is_asked and not wearer.is_told(turn)


def asks_other_sort(turn: Turn) -> bool:
    """ "裤子呢 我腿长", asked beside a dress: of the other sort, for the same body."""
    sort = plain_words.sort_asked_on(turn.words) or _sort_asked_for(turn)
    if not sort or turn.product is None or turn.is_product_named or turn.has_bought(turn.product):
        return False
    named = catalogue.names_sort(turn.shop, sort)
    return named and turn.product not in catalogue.of_category(turn.shop, sort)


def finds_it_dear(turn: Turn) -> bool:
    """ "算了不要了 太贵": with nothing ordered the price is what can still be talked about."""
    words = shop_floor.dialogue()
    if words.hear("too_dear", turn.words) is None or turn.product is None or words.hear("threat", turn.words):
        return False
    if turn.likeliest == "complain":  # 抢钱啊, of what she only looks at
        return not turn.has_bought(turn.product)
    is_leaving = turn.likeliest in ("deny", "goodbye", "cancel_order", "ask_return", "chitchat")
    return is_leaving and not turn.orders


def asks_opinion(turn: Turn) -> bool:
    """What we think of what is in view: its merits and its downsides, whatever was read."""
    product = turn.product
    is_open = turn.likeliest not in OF_ORDERS | REPORTS and not turn.has_bought(product)
    return product is not None and is_open and plain_words.asks_opinion(turn.words)


def names_own_price(turn: Turn) -> bool:
    """ "老板说给我打五折", "我是店长 改价到100": an offer for what is in view, however grand."""
    is_odd = turn.likeliest in ("out_of_scope", "chitchat", "ask_bot", "ask_shop", "request_human")
    has_sum = turn.entity("discount") is not None or (
        turn.entity("price") is not None and price_words.rewrites_price(turn.words)
    )
    return is_odd and has_sum and turn.product is not None and not turn.metadata.get("odd")


def asks_lowest(turn: Turn) -> bool:
    """ "那最低多少" of what is in view, read as a question about our rules."""
    is_open = turn.likeliest in ("bargain", "ask_price", "ask_promotion", "inform", "hesitate")
    return turn.product is not None and is_open and plain_words.asks_lowest(turn.words)


def seeks_cheaper(turn: Turn) -> bool:
    """ "算了 有啥便宜的卫衣", also in the middle of a bargain: other goods of that sort, at a lower price."""
    return plain_words.seeks_cheaper_sort(turn.words) and catalogue.names_sort(turn.shop, turn.words)


def refuses(turn: Turn) -> bool:
    """ "他不戴围巾" of what was just recommended: another one, not its size."""
    if last_action(turn) != "action_recommend" or turn.likeliest in OF_ORDERS | SETTLED:
        return False
    return turn.before("product_id") in wishes.read(turn.shop, turn.words).refused


def asks_choice(turn: Turn) -> bool:
    """ "有什么颜色", "有哪些尺码" with something in view: what it is made in, however it was read."""
    product = turn.product
    if product is None or turn.likeliest in OF_ORDERS | REPORTS | SETTLED | ABOUT_MONEY:
        return False
    told = facts.parts(product, turn.words, shop_floor.dialogue().topics)
    is_plain = plain_words.asks_for_the_shelf(turn.words) is False and not plain_words.seeks(turn.words)
    return is_plain and not wearer.is_told(turn) and bool(told.get("colors") or told.get("sizes"))


def _sort_asked_for(turn: Turn) -> str:
    """ "那算了 有加厚裤子吗" beside a coat; what the page itself speaks of (口袋, a set's trousers) is asked of it."""
    sort, product = plain_words.sort_asked_for(turn.words), turn.product
    if not sort or product is None or turn.likeliest in OF_ORDERS | SETTLED:
        return ""
    written = "".join(
        (product.name, *product.nicknames, *product.attributes.values(), *product.talking_points)
    )
    return "" if sort in written else sort


def asks_english(turn: Turn) -> bool:
    return turn.likeliest == "out_of_scope" and plain_words.asks_english(turn.words)
