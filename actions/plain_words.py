"""What a message says so plainly that the reading does not matter: a worry the page has a line on, a person asked for.

Before the sale the model reads half sentences with confidence and wrongly (下雪天能穿吗 as a question for a size). Here
words and the shop's own data decide, and only where both say the same (docs/transcript-review.md, C).
"""

from __future__ import annotations

from collections.abc import Callable

from actions import goods, order_evidence, shop_floor, sought
from actions.price_talk import ABOUT_PRICES, last_action
from actions.turn import Turn
from bot.shop import facts, needs, persons, plain_words, taking
from bot.shop.catalogue import names_sort
from bot.shop.model import Audience, Kind
from bot.shop.orders import OrderState
from bot.text.normalise import bare

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
NO_SEARCH = REPORTS | ABOUT_MONEY | SETTLED | {"ask_usage", "ask_quality", "hesitate", "deny", "affirm"}
"""Readings beside which a sort of goods is only named."""
OF_A_NOTE = frozenset(
    {
        *("modify_order", "ask_promotion", "ask_product_info", "ask_shipping_time", "ask_payment"),
        *("ask_invoice", "ask_recommendation", "inform"),
    }
)
"""Readings beside which a card or a box is a note for the parcel."""
OF_THE_PAGE = frozenset({"ask_product_info", "ask_quality", "ask_usage", "ask_size", "ask_recommendation"})
"""Readings that, where sure, may be a worry; unsure ones may be anything."""
OF_A_SIZE = ("height_cm", "weight_kg", "foot_length_mm", "usual_size", "size")
CARRIED_ON = ("action_price", "action_size", "action_stock", "action_shipping_fee", "action_product_info")
"""What "短款那件呢" asks of the other product."""
BEFORE_ORDERING = (
    *(None, "action_stock", "action_price", "action_accept_price", "action_clarify"),
    *("action_recommend", "action_product_info", "action_size", "action_faq"),
)
"""What may stand open when she says that she takes it."""
SHORT = 10
"""Characters of a message that only names another product, or only a sort of goods with an adjective."""


def decided(turn: Turn) -> str | None:
    """Who takes this message, whatever it was read as; None for the reading's own action."""
    if not turn.words:
        return None
    return next((action for is_so, action in DECIDED if is_so(turn)), None) or _carried_on(turn)


def likeliest(turn: Turn) -> str | None:
    """The best reading, also where it was too unsure to act on."""
    readings = [each["name"] for each in turn.ranking if each["name"] != "nlu_fallback"]
    return readings[0] if turn.intent == "nlu_fallback" and readings else turn.intent


def wants_person(turn: Turn) -> bool:
    is_talk = turn.intent in ("chitchat", "thank", "ask_bot", "ask_shop", "bargain", "out_of_scope")
    return not is_talk and plain_words.wants_person(turn.words)


def asks_deposit_back(turn: Turn) -> bool:
    """The rule of a deposit, told without login; who has something on order is answered from that order."""
    return plain_words.asks_deposit_back(turn.words) and not _has_open_order(turn)


def notes_a_present(turn: Turn) -> bool:
    """A note for the order that is going to come: nothing is on order, or something else is being chosen."""
    if likeliest(turn) not in OF_A_NOTE or not plain_words.notes_a_present(turn.words):
        return False
    return not _has_open_order(turn) or (_is_choosing(turn) and not any(map(turn.is_about, turn.orders)))


def is_of_a_man(turn: Turn) -> bool:
    """ "男的", said of who is to wear what is in view."""
    product = turn.product
    is_worn = product is not None and product.kind in (Kind.CLOTHING, Kind.SHOES)
    return is_worn and product.audience is not Audience.CHILD and plain_words.is_of_a_man(turn.words)


def tells_wearer(turn: Turn) -> bool:
    """ "给老伴儿买的" on the page of something that comes in sizes: whose size it is to be."""
    product, words = turn.product, shop_floor.dialogue()
    is_sized = product is not None and turn.shop.chart_of(product) is not None
    is_worn = is_sized and product.kind is not Kind.HOME
    return (
        is_worn
        and plain_words.tells_wearer(turn.words)
        and persons.named(turn.words, words.heard["wearer"]) is not None
    )


def finds_it_dear(turn: Turn) -> bool:
    """ "算了不要了 太贵": with nothing ordered the price is what can still be talked about."""
    is_leaving = likeliest(turn) in ("deny", "goodbye", "cancel_order", "ask_return", "chitchat")
    is_dear = shop_floor.dialogue().hear("too_dear", turn.words) is not None
    return is_leaving and is_dear and turn.product is not None and not turn.orders


def worries(turn: Turn) -> bool:
    """Whether she asks about something the shop has written a line on, of the product in view."""
    read, product = likeliest(turn), turn.product
    if product is None or read in NOT_A_WORRY or not _is_open_minded(turn, read):
        return False
    is_unsure = turn.intent == "nlu_fallback"
    if not is_unsure and read not in OF_THE_PAGE | REPORTS:
        return False
    if read == "ask_recommendation" and plain_words.seeks(turn.words):
        return False
    if read == "ask_size" and _asks_size(turn):
        return False
    if plain_words.denies(turn.words) or (read == "ask_usage" and plain_words.asks_how(turn.words)):
        return False
    return bool(facts.of_concerns(product, turn.words, shop_floor.dialogue().topics))


def takes_it(turn: Turn) -> bool:
    """A yes to buying what is in view, with nothing else open and no order of it that may be meant."""
    product, before = turn.product, turn.before("pending")
    is_busy = before not in BEFORE_ORDERING or bool(turn.slot("draft")) or bool(turn.slot("trouble"))
    if product is None or is_busy or turn.intent == "request_human":
        return False
    is_chosen = bool(turn.color_of(product) and turn.size_of(product))
    if not taking.takes(product, turn.words, is_chosen):
        return False
    return not any(turn.is_about(order) for order in turn.orders) or likeliest(turn) not in OF_ORDERS


def changes_sum(turn: Turn) -> bool:
    return last_action(turn) in ABOUT_PRICES and goods.changes_sum(turn)


def asks_shelf(turn: Turn) -> bool:
    """ "黑37几双": a colour and a size of what is in view, and how many."""
    product = turn.product
    if product is None or turn.intent != "nlu_fallback":
        return False
    is_told = turn.color_of(product) and turn.size_of(product)
    return bool(is_told) and shop_floor.dialogue().hear("how_many", turn.words) is not None


def narrows(turn: Turn) -> bool:
    """ "要圆领的 不要黑色": goes on about what is looked for, and is no change of an order she does not have."""
    return likeliest(turn) in OF_ORDERS and not turn.orders and sought.goes_on(turn)


def looks_for(turn: Turn) -> bool:
    """Goods looked for by their sort or need, with nothing in view that the words could be about."""
    read = likeliest(turn)
    if read == "hesitate" and turn.intent == "nlu_fallback" and plain_words.seeks(turn.words):
        read = None  # "我想看看衣服" looks for some; "再看看" is read with confidence
    is_of_order = bool(turn.orders) and (read in OF_ORDERS or order_evidence.plainly(turn) is not None)
    if turn.product is not None or read in NO_SEARCH or is_of_order:
        return False
    has_sort = names_sort(turn.shop, turn.words) or sought.kind_named(turn.words) is not None
    is_bare = has_sort and len(bare(turn.words)) <= SHORT and not plain_words.asks(turn.words)
    has_need = has_sort or bool(needs.heard(turn.shop, turn.words))
    return is_bare or (has_need and plain_words.seeks(turn.words))


def wants_another(turn: Turn) -> bool:
    """ "还有别的吗" after a recommendation asks for another one, not for the shelf of the first."""
    has_seen = bool(turn.shown_products) and last_action(turn) == "action_recommend"
    return has_seen and shop_floor.dialogue().hear("another", turn.words) is not None


def asks_arrival(turn: Turn) -> bool:
    """ "几天能到乌鲁木齐": the place is told, nothing is left to ask."""
    is_told = turn.entity("region") is not None and plain_words.asks_when_it_arrives(turn.words)
    return is_told and likeliest(turn) not in ("track_order", "urge_shipping")


def _carried_on(turn: Turn) -> str | None:
    """ "短款那件呢": what was answered of one product, asked of the other."""
    before = turn.before("product_id")
    is_other = before is not None and turn.product is not None and turn.product.id != before
    is_bare = len(bare(turn.words)) <= SHORT and plain_words.asks_the_same(turn.words)
    said = last_action(turn)
    return said if is_other and is_bare and said in CARRIED_ON else None


def _asks_size(turn: Turn) -> bool:
    """Measures beside the worry (鞋楦宽不宽 脚24.3): the size is the question."""
    is_told = any(turn.entity(name) is not None for name in OF_A_SIZE)
    return is_told or shop_floor.dialogue().hear("size_question", turn.words) is not None


def _is_open_minded(turn: Turn, read: str | None) -> bool:
    """Whether the words ask before buying: who has bought it and tells of a trouble wants help, not data."""
    words = shop_floor.dialogue()
    if words.hear("in_trouble", turn.words) and not plain_words.asks_whether(turn.words):
        return False
    has_bought = turn.product is not None and any(
        line.product_id == turn.product.id for order in turn.orders for line in order.lines
    )
    is_report = read in REPORTS or turn.entity("fault") is not None
    return not is_report or (not has_bought and plain_words.asks(turn.words))


def _has_open_order(turn: Turn) -> bool:
    return any(
        order.state in (OrderState.UNPAID, OrderState.PAID, OrderState.PACKED) for order in turn.orders
    )


def _is_choosing(turn: Turn) -> bool:
    """Whether something was looked for in this chat: what is noted then is for the order to come."""
    return bool(turn.before("sought") or turn.shown_products)


DECIDED: tuple[tuple[Callable[[Turn], bool], str], ...] = (
    (wants_person, "action_handoff"),
    (asks_deposit_back, "action_deposit"),
    (notes_a_present, "action_gift_note"),
    (is_of_a_man, "action_product_info"),
    (tells_wearer, "action_size"),
    (finds_it_dear, "action_bargain"),
    (changes_sum, "action_price"),
    (asks_shelf, "action_stock"),
    (takes_it, "action_accept_price"),
    (worries, "action_product_info"),
    (narrows, "action_recommend"),
    (wants_another, "action_recommend"),
    (asks_arrival, "action_shipping_time"),
    (looks_for, "action_recommend"),
)
"""In this order: what is plain of a person or an order goes before what is plain of goods."""
