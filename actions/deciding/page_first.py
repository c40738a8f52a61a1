"""With a product in view its own page answers before a script, a menu or an apology, however the words were read.

Source: docs/transcript-review.md, C 10, 19, 20 and E 14: the model reads half sentences with confidence and wrongly;
words and the shop's own data decide where both say the same.
"""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.turn import Turn
from actions.products import page
from actions.sizes import wearer
from bot.shop.goods import facts, plain_words

OF_ORDERS = frozenset(
    {
        *("ask_shipping_time", "ask_shipping_fee", "ask_courier", "track_order", "urge_shipping"),
        *("modify_address", "modify_order", "cancel_order", "ask_invoice", "ask_return", "ask_exchange"),
        *("ask_refund", "ask_compensation", "ask_return_fee", "ask_warranty", "ask_price_protection"),
    }
)
ABOUT_MONEY = frozenset({"ask_price", "bargain", "ask_payment", "ask_promotion", "ask_bulk_order"})
REPORTS = frozenset({"report_defect", "report_wrong_item", "report_mismatch"})
"""Readings of a trouble; believed of whoever has bought the thing."""
SETTLED = frozenset({"complain", "request_human", "thank", "goodbye", "ask_account"})
NOT_A_WORRY = OF_ORDERS | ABOUT_MONEY | SETTLED
OF_THE_PAGE = frozenset({"ask_product_info", "ask_quality", "ask_usage", "ask_size", "ask_recommendation"})
"""Readings that, where sure, may be a worry; unsure ones may be anything."""
OF_A_SIZE = ("height_cm", "weight_kg", "foot_length_mm", "usual_size", "size")


def worries(turn: Turn) -> bool:
    """Whether she asks about something the shop has written a line on, of the product in view."""
    read, product = turn.likeliest, turn.product
    if product is None or not _is_open_minded(turn, read):
        return False
    is_misread = _is_misread(turn, read)
    if read in NOT_A_WORRY and not is_misread:
        return False
    is_unsure = turn.intent == "nlu_fallback" or is_misread
    if not is_unsure and read not in OF_THE_PAGE | REPORTS:
        return False
    if read == "ask_recommendation" and plain_words.seeks(turn.words):
        return False
    if read == "ask_size" and _asks_size(turn):
        return False
    if plain_words.denies(turn.words) or (read == "ask_usage" and plain_words.asks_how(turn.words)):
        return False
    topics = shop_floor.dialogue().topics
    return bool(facts.of_concerns(product, turn.words, topics)) or facts.is_only(turn.words, topics)


def wonders(turn: Turn) -> bool:
    """A thing asked of goods (穿脱, 包装), read with no confidence: the page says it, or that it is not written."""
    read, product = turn.likeliest, turn.product
    if product is None or turn.intent != "nlu_fallback" or not plain_words.asks(turn.words):
        return False
    if (read in NOT_A_WORRY and not _is_misread(turn, read)) or not _is_open_minded(turn, read):
        return False
    return facts.is_heard(turn.words, shop_floor.dialogue().topics)


def asks_color(turn: Turn) -> bool:
    """ "结婚用的 有大红的吗": whether there is one in that colour, whatever it is for."""
    is_read = turn.likeliest in ("ask_recommendation", "ask_stock")
    if not is_read or turn.entity("color") is None or turn.product is None:
        return False
    is_here = turn.before("product_id") or turn.metadata.get("product_id")
    is_asked = plain_words.asks(turn.words) and not plain_words.seeks(turn.words)
    return (
        is_asked
        and turn.product.id == is_here
        and not facts.is_heard(turn.words, shop_floor.dialogue().topics)
    )


def only_wonders(turn: Turn) -> bool:
    """ "这个粘毛不", of what she looks at and has not bought: no trouble, though nothing is written on it."""
    is_report = turn.intent in REPORTS and turn.product is not None and not turn.orders
    return is_report and plain_words.only_wonders(turn.words) and _is_open_minded(turn, turn.likeliest)


def asks_the_page(turn: Turn) -> bool:
    """A part's measure, how many it serves, an occasion: the page has the answer, whatever was read."""
    read, product = turn.likeliest, turn.product
    if product is None or read in SETTLED - {"complain"} or not _is_open_minded(turn, read):
        return False
    return page.found(turn, product) is not None


def asks_fact(turn: Turn) -> bool:
    """ "床笠的有没", "真皮吗 别是pu骗人的": an attribute of the page, read as a question for stock or a complaint."""
    read, product = turn.likeliest, turn.product
    is_misread = read in ("ask_stock", "ask_promotion") or _is_misread(turn, read)
    if product is None or not is_misread or turn.entity("fault") or not _is_open_minded(turn, read):
        return False
    if not plain_words.asks(turn.words) or plain_words.asks_for_the_shelf(turn.words):
        return False
    has_choice = turn.entity("color") is not None or turn.size_of(product) is not None
    is_plain = not has_choice and not plain_words.seeks(turn.words)
    return is_plain and bool(facts.facts(product, turn.words, shop_floor.dialogue().topics))


def _asks_size(turn: Turn) -> bool:
    """Measures beside the worry (鞋楦宽不宽 脚24.3): the size is the question."""
    is_told = any(turn.entity(name) is not None for name in OF_A_SIZE)
    return is_told or shop_floor.dialogue().hear("size_question", turn.words) is not None


def _is_open_minded(turn: Turn, read: str | None) -> bool:
    """Whether the words ask before buying: who has bought it and tells of a trouble wants help, not data, and who
    tells her body (我肚子大) a size."""
    words = shop_floor.dialogue()
    if wearer.is_told(turn) and not plain_words.asks(turn.words):
        return False
    if words.hear("in_trouble", turn.words) and not plain_words.asks_whether(turn.words):
        return False
    has_bought = turn.has_bought(turn.product)
    is_report = read in REPORTS or turn.entity("fault") is not None
    is_asking = plain_words.asks_ahead(turn.words) if has_bought else plain_words.asks(turn.words)
    return not is_report or is_asking


def _is_misread(turn: Turn, read: str | None) -> bool:
    """Whether the words hold nothing of what they were read as: no order in "啥时候能学会走啊", no complaint in
    "别是骗人的吧" about what she has not bought."""
    if read == "complain":
        return plain_words.is_wary(turn.words)
    if read in ABOUT_MONEY:
        return turn.intent == "nlu_fallback" and not plain_words.speaks_of_money(turn.words)
    return read in OF_ORDERS and not turn.orders and not plain_words.speaks_of_orders(turn.words)
