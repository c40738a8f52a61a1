"""What a message says so plainly that the reading does not matter: a worry the page has a line on, a person asked for.

Before the sale the model reads half sentences with confidence and wrongly (下雪天能穿吗 as a question for a size). Here
words and the shop's own data decide, and only where both say the same (docs/transcript-review.md, C).
"""

from __future__ import annotations

from collections.abc import Callable

from actions.common import shop_floor
from actions.common.turn import Turn
from actions.deciding import asked_of_goods, going_on, order_evidence, page_first
from actions.deciding.page_first import ABOUT_MONEY, OF_ORDERS, REPORTS, SETTLED
from actions.prices import goods, sums
from actions.prices.price_talk import last_action
from actions.products import sought
from bot.shop.after_sale import fault_words, remedy_wish
from bot.shop.goods import needs, plain_words, reference, stock, wishes
from bot.shop.goods.catalogue import names_sort
from bot.shop.prices import taking
from bot.shop.records.model import Audience, Kind
from bot.shop.records.orders import OrderState
from bot.shop.sizes import persons
from bot.shop.sizes.wearer import tells_usual_size as wears_usually
from bot.text.normalise import bare

NO_SEARCH = REPORTS | ABOUT_MONEY | SETTLED | {"ask_usage", "ask_quality", "hesitate", "deny", "affirm"}
"""Readings beside which a sort of goods is only named."""
OF_A_NOTE = frozenset(
    {
        *("modify_order", "ask_promotion", "ask_product_info", "ask_shipping_time", "ask_payment"),
        *("ask_invoice", "ask_recommendation", "inform", "ask_shipping_fee"),
    }
)
"""Readings beside which a card or a box is a note for the parcel."""
OF_A_BODY = ("height_cm", "weight_kg", "foot_length_mm")
OF_GOODS = ("action_price", "action_size", "action_stock", "action_product_info")
CARRIED_ON = (*OF_GOODS, "action_shipping_fee")
"""What "短款那件呢" asks of the other product."""
CHOOSING = (*OF_GOODS, "action_recommend")
"""Answers while goods are being chosen."""
HAGGLING = ("action_bargain", "action_accept_price")
BEFORE_ORDERING = (None, *CHOOSING, "action_accept_price", "action_clarify", "action_faq")
"""What may stand open when she says that she takes it."""
SHORT = 10
"""Characters of a message that only names another product, or only a sort of goods with an adjective."""


def decided(turn: Turn) -> str | None:
    """Who takes this message, whatever it was read as; None for the reading's own action."""
    if not turn.words:
        return None
    found = next((action for is_so, action in DECIDED if is_so(turn)), None)
    return found or asked_of_goods.asks_make(turn) or asked_of_goods.names_place(turn) or _carried_on(turn)


def wants_person(turn: Turn) -> bool:
    is_talk = turn.intent in ("chitchat", "thank", "ask_bot", "ask_shop", "bargain", "out_of_scope")
    return not is_talk and plain_words.wants_person(turn.words)


def asks_deposit_back(turn: Turn) -> bool:
    """The rule of a deposit, told without login; who has something on order is answered from that order."""
    return plain_words.asks_deposit_back(turn.words) and not _has_open_order(turn)


def notes_a_present(turn: Turn) -> bool:
    """A note for the order that is going to come: nothing is on order, or something else is being chosen."""
    if turn.likeliest not in OF_A_NOTE or not plain_words.notes_a_present(turn.words):
        return False
    return not _has_open_order(turn) or (_is_choosing(turn) and not any(map(turn.is_about, turn.orders)))


def is_of_a_man(turn: Turn) -> bool:
    """ "男的", said of who is to wear what is in view."""
    if not plain_words.is_of_a_man(turn.words):
        return False  # before the catalogue is read
    product = turn.product
    is_worn = product is not None and product.kind in (Kind.CLOTHING, Kind.SHOES)
    return is_worn and product.audience is not Audience.CHILD


def tells_wearer(turn: Turn) -> bool:
    """ "给老伴儿买的" on the page of something that comes in sizes: whose size it is to be."""
    if not plain_words.tells_wearer(turn.words):
        return False
    product, words = turn.product, shop_floor.dialogue()
    is_sized = product is not None and turn.shop.chart_of(product) is not None
    is_worn = is_sized and product.kind is not Kind.HOME
    return is_worn and persons.named(turn.words, words.heard["wearer"]) is not None


def takes_it(turn: Turn) -> bool:
    """A yes to buying what is in view, with nothing else open and no order of it that may be meant."""
    product, before = turn.product, turn.before("pending")
    is_busy = before not in BEFORE_ORDERING or bool(turn.slot("draft")) or bool(turn.slot("trouble"))
    if product is None or is_busy or turn.intent == "request_human":
        return False
    if goods.all_taken(turn):
        return True
    is_chosen = bool(turn.color_of(product) and turn.size_of(product))
    if not taking.takes(product, turn.words, is_chosen):
        return False
    return not any(turn.is_about(order) for order in turn.orders) or turn.likeliest not in OF_ORDERS


def asks_cover(turn: Turn) -> bool:
    """ "拉链坏了的话你们管不管", before anything is bought: what the shop stands for, not what the part is made of."""
    is_of_cover = turn.likeliest == "ask_warranty" and turn.entity("fault") is not None
    return is_of_cover and not turn.orders and plain_words.asks(turn.words)


def chooses_right(turn: Turn) -> bool:
    """Which of the ways she wants it put right, told to who has no order here (actions/after_sale/remedies.py)."""
    is_told = (turn.slot("trouble") or {}).get("rights_told") and not turn.orders
    return bool(is_told) and remedy_wish.named(turn.words) is not None


def asks_shelf(turn: Turn) -> bool:
    """ "黑37几双": a colour and a size of what is in view, and how many."""
    product = turn.product
    if product is None or turn.intent != "nlu_fallback":
        return False
    size = turn.size_of(product)
    if size and turn.likeliest in ("ask_stock", "ask_size") and plain_words.asks_whether_there(turn.words):
        return any(stock.same_size(size, each) for each in product.sizes)
    is_told = turn.color_of(product) and size
    return bool(is_told) and shop_floor.dialogue().hear("how_many", turn.words) is not None


def narrows(turn: Turn) -> bool:
    """ "要圆领的 不要黑色", "预算三百": goes on about what is looked for, and is no change of an order she does not
    have."""
    is_misread = turn.likeliest in OF_ORDERS and not turn.orders
    is_unsure = turn.intent == "nlu_fallback" and turn.likeliest in (
        "ask_recommendation",
        "inform",
        "ask_price",
    )
    has_place = sought.has_begun(turn) and turn.product is None and bool(needs.heard(turn.shop, turn.words))
    has_limit = (
        sought.goes_on(turn)
        or has_place
        or (turn.product is not None and wishes.budget(turn.words) is not None)
    )
    return (is_misread or is_unsure) and has_limit and last_action(turn) not in HAGGLING


def looks_for(turn: Turn) -> bool:
    """Goods looked for by their sort or need, with nothing in view that the words could be about; "我要去三亚" is said
    of whatever would do there."""
    read = turn.likeliest
    if turn.entity("fault") is not None or fault_words.has_bought(turn.words):
        return False  # 我买的衣服坏了 looks for nothing
    if (
        turn.intent == "nlu_fallback"
        and plain_words.travels(turn.words)
        and needs.heard(turn.shop, turn.words)
    ):
        return not turn.orders or read not in OF_ORDERS
    is_unsure = turn.intent == "nlu_fallback" and plain_words.seeks(turn.words)
    if read in ("hesitate", "complain") and is_unsure:
        read = None  # "我想看看衣服" looks for some; "再看看" is read with confidence
    is_of_order = bool(turn.orders) and (read in OF_ORDERS or order_evidence.plainly(turn) is not None)
    if turn.product is not None or read in NO_SEARCH or is_of_order:
        return False
    has_sort = names_sort(turn.shop, turn.words) or sought.kind_named(turn.words) is not None
    is_bare = has_sort and len(bare(turn.words)) <= SHORT and not plain_words.asks(turn.words)
    has_need = has_sort or bool(needs.heard(turn.shop, turn.words))
    return is_bare or (has_need and plain_words.seeks(turn.words))


def wants_another(turn: Turn) -> bool:
    """ "还有别的吗" after a recommendation asks for another one, not for the shelf of the first; so do "再便宜的呢" and
    "换个遮肉的" while goods are chosen."""
    said, has_seen = last_action(turn), bool(turn.shown_products)
    if has_seen and said == "action_recommend" and shop_floor.dialogue().hear("another", turn.words):
        return True
    is_looking = (has_seen or turn.product is not None) and said not in HAGGLING
    if is_looking and not turn.has_bought(turn.product) and plain_words.wants_cheaper(turn.words):
        return True
    has_need = bool(turn.words) and bool(needs.heard(turn.shop, turn.words))
    is_hers = turn.has_bought(turn.product) or bool(turn.slot("draft"))
    is_choosing = turn.product is not None and said in CHOOSING and not is_hers
    is_misread = turn.likeliest in ("ask_exchange", "modify_order", "ask_recommendation")
    is_misread = is_misread or (turn.likeliest == "ask_stock" and names_sort(turn.shop, turn.words))
    is_kind = plain_words.wants_another_kind(turn.words) and not turn.is_product_named
    return is_choosing and (has_need or is_misread) and is_kind


def tells_usual_size(turn: Turn) -> bool:
    """ "她平时穿M" of what is in view: her size, however unsure the reading."""
    product = turn.product
    is_sized = product is not None and turn.shop.chart_of(product) is not None
    is_told = turn.entity("usual_size") is not None or (
        turn.entity("size") is not None and wears_usually(turn.words)
    )
    return turn.intent == "nlu_fallback" and is_sized and is_told and not plain_words.asks(turn.words)


def tells_variant(turn: Turn) -> bool:
    """ "她穿L 黑色" of what was recommended: the shelf answers."""
    product = turn.product
    if product is None or last_action(turn) != "action_recommend" or turn.likeliest in OF_ORDERS | SETTLED:
        return False
    is_measured = any(turn.entity(name) is not None for name in OF_A_BODY)
    is_told = bool(turn.color_of(product) and (turn.size_of(product) or turn.entity("usual_size")))
    return is_told and not is_measured and not plain_words.seeks(turn.words)


def haggles(turn: Turn) -> bool:
    """ "不少就算了": the last word in a bargain, no farewell."""
    return turn.product is not None and plain_words.leaves_unless_cheaper(turn.words)


def asks_arrival(turn: Turn) -> bool:
    """ "几天能到乌鲁木齐": the place is told, nothing is left to ask."""
    is_told = turn.entity("region") is not None and plain_words.asks_when_it_arrives(turn.words)
    return is_told and turn.likeliest not in ("track_order", "urge_shipping")


def _carried_on(turn: Turn) -> str | None:
    """ "短款那件呢": what was answered of one product, asked of the other; "大人的": which of those just shown."""
    pending, shown = turn.before("pending"), turn.shown_products
    is_short = len(bare(turn.words)) <= SHORT
    if pending in CARRIED_ON and is_short and (chosen := reference.of_wearer(turn.words, shown)):
        turn.has_shown([chosen])
        return pending
    before = turn.before("product_id")
    is_other = before is not None and turn.product is not None and turn.product.id != before
    is_bare = len(bare(turn.words)) <= SHORT and plain_words.asks_the_same(turn.words)
    said, unread = last_action(turn), "action_product_info" if turn.intent == "nlu_fallback" else None
    return (said if said in CARRIED_ON else unread) if is_other and is_bare else None


def _has_open_order(turn: Turn) -> bool:
    return any(
        order.state in (OrderState.UNPAID, OrderState.PAID, OrderState.PACKED) for order in turn.orders
    )


def _is_choosing(turn: Turn) -> bool:
    """Whether something was looked for in this chat: what is noted then is for the order to come."""
    return bool(turn.before("sought") or turn.shown_products or turn.metadata.get("product_id"))


DECIDED: tuple[tuple[Callable[[Turn], bool], str], ...] = (
    (wants_person, "action_handoff"),
    (asks_deposit_back, "action_deposit"),
    (notes_a_present, "action_gift_note"),
    (is_of_a_man, "action_product_info"),
    (tells_wearer, "action_size"),
    (asks_cover, "action_faq"),
    (chooses_right, "action_accept_remedy"),
    (asked_of_goods.asks_true_offer, "action_promotion"),
    (asked_of_goods.asks_proof, "action_product_info"),
    *sums.DECIDED,
    (page_first.asks_color, "action_stock"),
    (asked_of_goods.buys_present, "action_recommend"),
    (tells_usual_size, "action_size"),
    (going_on.tells_fit, "action_size"),
    (going_on.considers, "action_size"),
    (going_on.doubts_size, "action_size"),
    (going_on.tells_feet, "action_size"),
    (going_on.asks_other_sort, "action_recommend"),
    (going_on.refuses, "action_recommend"),
    (going_on.seeks_cheaper, "action_recommend"),
    (going_on.asks_lowest, "action_bargain"),
    (going_on.asks_opinion, "action_product_info"),
    (going_on.names_own_price, "action_bargain"),
    (going_on.asks_choice, "action_product_info"),
    (going_on.hears_of_weather, "action_shipping_time"),
    (going_on.asks_english, "action_chitchat"),
    (going_on.finds_it_dear, "action_bargain"),
    (haggles, "action_bargain"),
    (asks_shelf, "action_stock"),
    (going_on.asks_extreme, "action_stock"),
    (asked_of_goods.names_pack, "action_stock"),
    (asked_of_goods.goes_under, "action_recommend"),
    (asked_of_goods.asks_contents, "action_product_info"),
    (asked_of_goods.asks_surcharge, "action_courier"),
    (asked_of_goods.asks_stairs, "action_courier"),
    (asked_of_goods.asks_postage, "action_shipping_fee"),
    (takes_it, "action_accept_price"),
    (sums.wants_variant, "action_stock"),
    (asked_of_goods.tells_climate, "action_product_info"),
    (wants_another, "action_recommend"),
    (page_first.asks_the_page, "action_product_info"),
    (page_first.worries, "action_product_info"),
    (page_first.asks_fact, "action_product_info"),
    (tells_variant, "action_stock"),
    (narrows, "action_recommend"),
    (asks_arrival, "action_shipping_time"),
    (page_first.wonders, "action_product_info"),
    (looks_for, "action_recommend"),
)
"""In this order: what is plain of a person or an order goes before what is plain of goods."""
