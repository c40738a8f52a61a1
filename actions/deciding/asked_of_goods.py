"""Messages of a buyer that the model takes for haggling, a bulk order or a return: proof, a present of hers, a pack, a
climate, postage. Words, what is in view and what the talk has established decide (docs/transcript-review.md, E).
"""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.turn import Turn
from actions.deciding.own_returns import returns_goods
from actions.prices.price_talk import ABOUT_PRICES, last_action
from actions.products import climate, sought
from bot.shop.goods import inside, plain_words, stock, wishes
from bot.shop.parcels import postage
from bot.shop.prices import doubts
from bot.shop.prices.bill import fits
from bot.shop.records.offers import Promotion
from bot.shop.talk import hardship
from bot.text.normalise import bare

AFTER_SALE = frozenset(
    {
        *(
            "report_defect",
            "report_wrong_item",
            "report_mismatch",
            "ask_return",
            "ask_exchange",
            "ask_refund",
        ),
        *("track_order", "urge_shipping", "modify_order", "modify_address", "cancel_order", "ask_invoice"),
        *("ask_compensation", "ask_return_fee", "ask_price_protection", "ask_warranty", "request_human"),
    }
)
OF_A_DOUBT = frozenset(
    {
        "ask_quality",
        "ask_product_info",
        "ask_price",
        "bargain",
        "hesitate",
        "ask_recommendation",
        "complain",
        None,
    }
)
"""Readings beside which proof or worth may be asked of the goods in view."""
OF_CONTENTS = frozenset(
    {"ask_usage", "ask_product_info", "ask_quality", "ask_recommendation", "ask_size", "out_of_scope", None}
)
OF_PACKS = (
    *("ask_bulk_order", "inform", "ask_stock", "report_wrong_item"),
    *("ask_size", "ask_product_info", "affirm", "deny"),
)
OF_A_PLACE = ("action_shipping_time", "action_shipping_fee", "action_courier")
SHORT = 14
"""Characters of a message that tells nothing but a place or a pack."""


def asks_proof(turn: Turn) -> bool:
    """怎么证明是羊绒, 凭啥卖这么贵, and "真的假的" after something was said of the goods: a reason, no lower price."""
    is_possible = turn.likeliest in OF_A_DOUBT or turn.intent == "nlu_fallback"
    if turn.product is None or not is_possible or turn.likeliest in AFTER_SALE:
        return False
    if turn.has_bought(turn.product) or _haggles(turn):
        return False
    if doubts.asks_proof(turn.words) or doubts.asks_worth(turn.words):
        return True
    is_after_facts = last_action(turn) in ("action_product_info", "action_recommend", "action_usage")
    return doubts.doubts(turn.words) and is_after_facts


def asks_true_offer(turn: Turn) -> bool:
    """第二双七折真的假的; "真的假的" after a price: the offer is confirmed, not bargained over."""
    if turn.product is None or turn.has_bought(turn.product):
        return False
    return offer_asked(turn) is not None or doubts_price(turn)


def offer_asked(turn: Turn) -> Promotion | None:
    """The running offer on what is in view whose truth she asks."""
    running = (
        each
        for each in turn.shop.promotions
        if each.starts <= turn.today <= each.ends and turn.product is not None and fits(each, turn.product)
    )
    return doubts.offer_asked(running, turn.words)


def doubts_price(turn: Turn) -> bool:
    return doubts.doubts(turn.words) and last_action(turn) in ABOUT_PRICES


def buys_present(turn: Turn) -> bool:
    """想送个小礼物50左右: she gives it; nothing is given to her for it."""
    has_limit = wishes.budget(turn.words) is not None
    if has_limit and turn.likeliest == "ask_price" and doubts.gives_present(turn.words):
        return True
    if turn.likeliest in AFTER_SALE | {
        "ask_price",
        "ask_stock",
        "ask_shipping_fee",
        "ask_shipping_time",
        "ask_size",
    }:
        return False
    is_told = has_limit or turn.entity("price") is not None
    if turn.likeliest == "ask_bulk_order" and not (is_told and turn.intent == "nlu_fallback"):
        return False
    is_search = is_told or turn.likeliest in ("bargain", "ask_recommendation")
    return is_search and doubts.gives_present(turn.words) and not _haggles(turn)


def names_pack(turn: Turn) -> bool:
    """ "15个的", "要10个的" of what is sold by ten: which pack, no order in bulk."""
    is_possible = turn.likeliest in OF_PACKS or (
        turn.intent == "nlu_fallback" and turn.likeliest not in AFTER_SALE
    )
    if turn.product is None or not is_possible or inside.asked(turn.product, turn.words, ()):
        return False
    is_short = len(bare(turn.words)) <= SHORT
    return is_short and stock.pack_in(turn.product, turn.words) is not None


def asks_contents(turn: Turn) -> bool:
    """能装几床被子, 泡中药行不行: about the thing in view, whatever goods the contents name."""
    is_possible = turn.likeliest in OF_CONTENTS or turn.intent == "nlu_fallback"
    if (
        turn.product is None
        or not is_possible
        or turn.likeliest in AFTER_SALE
        or turn.has_bought(turn.product)
    ):
        return False
    if plain_words.seeks(turn.words):
        return False
    common = shop_floor.dialogue().heard["contents"]["contents"]
    is_going_on = last_action(turn) == "action_product_info"
    is_asked = plain_words.asks(turn.words) or turn.intent == "nlu_fallback" or is_going_on
    return is_asked and inside.asked(turn.product, turn.words, common) is not None


def tells_climate(turn: Turn) -> bool:
    """ "她在沈阳 风大", "我家地暖 二十三四度", "长款那个够不够": of what is in view, by its own range."""
    product = turn.product
    if (
        product is None
        or turn.likeliest in AFTER_SALE
        or turn.before("pending") in OF_A_PLACE
        or turn.has_bought(turn.product)
    ):
        return False
    is_of_these = shop_floor.dialogue().hear("enough", turn.words) is not None
    if plain_words.asks_when_it_arrives(turn.words) or plain_words.speaks_of_delivery(turn.words):
        return False
    if plain_words.seeks(turn.words) and not is_of_these:
        return False
    return climate.is_told(turn, product) and climate.is_judged(turn, product)


def asks_make(turn: Turn) -> str | None:
    """ "有没有带帽子的": another one where goods are being looked for; on a page that very product's own."""
    told = wishes.read(turn.shop, turn.words) if turn.words else None
    if told is None or not (told.made or told.is_thin) or turn.likeliest in AFTER_SALE:
        return None
    has_begun = sought.has_begun(turn)
    if has_begun or turn.product is None or told.is_thin:
        return "action_recommend"
    return "action_product_info" if set(told.made) & set(turn.product.attributes) else None


def asks_postage(turn: Turn) -> bool:
    """ "邮费呢" of who has nothing to send back: what it costs to her."""
    if (
        not postage.asks_outward(turn.words)
        or returns_goods(turn)
        or (turn.slot("trouble") or {}).get("issue")
    ):
        return False
    return turn.likeliest in (
        "ask_return_fee",
        "ask_shipping_fee",
        "ask_price",
        "inform",
        "ask_courier",
        None,
    )


def names_place(turn: Turn) -> str | None:
    """ "寄到海南呢": days after days, else the postage; an address is changed only by who has an order."""
    is_bare = turn.entity("region") is not None and len(bare(turn.words)) <= SHORT
    is_open = turn.before("pending") in (None, "action_clarify", *OF_A_PLACE)
    if (
        not is_bare
        or not is_open
        or turn.intent != "nlu_fallback"
        or not plain_words.names_place_to_send(turn.words)
    ):
        return None
    if turn.orders and turn.likeliest in ("modify_address", "track_order"):
        return None
    said = last_action(turn)
    return said if said in OF_A_PLACE else "action_shipping_fee"


def asks_surcharge(turn: Turn) -> bool:
    """ "发顺丰加多少钱": that carrier's own price."""
    is_asked = turn.likeliest in ("ask_shipping_fee", "ask_price", "ask_courier")
    return is_asked and turn.entity("courier") is not None and postage.asks_surcharge(turn.words)


def goes_under(turn: Turn) -> bool:
    """ "不够的话里面加啥": goods that go with what is in view."""
    is_asked = shop_floor.dialogue().hear("under", turn.words) is not None
    return is_asked and turn.product is not None and turn.likeliest not in AFTER_SALE


def _haggles(turn: Turn) -> bool:
    if plain_words.asks_for_less(turn.words):
        return True
    words = shop_floor.dialogue()
    return words.hear("haggling", turn.words) is not None and not _only_compares(turn)


def _only_compares(turn: Turn) -> bool:
    """别家才99 你们凭什么卖599 asks for a reason; 别家才99 你们便宜点 for a price."""
    return doubts.asks_worth(turn.words) and not plain_words.asks_for_less(turn.words)


def asks_stairs(turn: Turn) -> bool:
    """ "会送上楼吧", "六楼没电梯": asked of what is to come, whatever it is read as."""
    is_trouble = turn.likeliest in ("complain", "modify_address", "ask_shipping_fee") or turn.slot("trouble")
    return not is_trouble and hardship.goes_upstairs(turn.words)
