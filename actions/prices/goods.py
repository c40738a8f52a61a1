"""The goods a question about money is about, as this chat has come to them: named now, or added up before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from actions.common import shop_floor
from actions.common.choosing import MOST, product_option
from actions.common.openings import is_under_way
from actions.common.turn import Turn
from actions.prices.asking import said_pieces
from bot.shop.goods.beside import part_meant
from bot.shop.goods.catalogue import in_stock
from bot.shop.goods.spoken_goods import names_in
from bot.shop.prices import dropped, price_words, taking
from bot.shop.prices.bill import Item
from bot.shop.prices.together import Goods, Talk, adds, beside_sum, joins, lessens
from bot.shop.records.model import Product

SEVERAL = 2
"""Pieces from which "这些" can be said of them."""
_LATELY = 4
"""Of her messages, in which something was looked for beside what she had chosen."""
_FILLING = 10
"""Messages, hers and ours, for which a sum that was short of an offer is being filled up."""
_PRICE_TOLD = "utter_price"
_RECENT = 8
"""Messages for which a sum that was told is still what 台灯不要了 changes."""
_SHORT_TOLD = "utter_price_short"
ADDS = {"adds": True}
"""The draft while it is open which product is to be added to the others."""


def goods_of(turn: Turn, keeps: bool = False) -> Goods:
    """What this turn's sum is about; it is remembered, and the first of it stays what we talk about."""
    talk = _talk(turn)
    if turn.words:
        if joins(turn.words):
            talk, keeps = beside_sum(_with_earlier(turn, talk)), True
        elif keeps and fills_up(turn):
            talk = beside_sum(talk)
        elif price_words.asks_total(turn.words) and _was_sought_beside(turn, talk):
            earlier = turn.shop.products[turn.before("earlier_product_id")]
            talk, keeps = replace(talk, before=(Item(earlier), *_current(talk))), True
        goods = _read(turn, talk, keeps)[0]
    else:
        goods = Goods(_pressed(turn, talk, keeps))
    items = goods.items
    if items:
        if not keeps and _only_looks(turn, items):
            turn.set(product_id=items[0].product.id)
            return goods
        in_view = talk.current if talk.current in [item.product for item in items] else items[0].product
        turn.set(basket=[[item.product.id, item.quantity] for item in items], product_id=in_view.id)  # type: ignore[union-attr]
    return goods


def are_together(turn: Turn) -> bool:
    """Whether this message names goods beside others: 椅子和桌子一起买, or 再加个台灯 to what was talked about."""
    if not turn.words or turn.product is None:
        return False
    talk = _talk(turn)
    goods, gone = _read(turn, talk, False)
    had = {item.product.id for item in talk.before}
    is_elsewhere = bool(gone) and not gone & had  # 四件套那单不要了: not of this sum
    return len(goods.items) > 1 and not is_elsewhere


def changes_sum(turn: Turn) -> bool:
    """ "冲锋衣不要了", "再加两双袜子", "枕头只要一个" while goods are being added up: the sum changes, no order."""
    if not turn.words or not turn.before("basket"):
        return False
    talk = _talk(turn)
    if joins(turn.words):
        return joins_sum(turn)
    had = {item.product.id: item.quantity for item in talk.before}
    goods, gone = _read(turn, talk, False)
    new = {item.product.id: item.quantity for item in goods.items}
    if gone & set(had):
        is_bought = any(turn.has_bought(turn.shop.products[id_]) for id_ in gone & set(had))
        return bool(set(had) - gone) and not is_bought
    if lessens(turn.words):
        return new != had and set(new) <= set(had)
    is_changed = len(new) > 1 and set(had) & set(new) and new != had
    return bool(is_changed) and (adds(turn.words) or set(new) <= set(had))


def of_sum(turn: Turn) -> list[Product]:
    """What is in the sum and may be named in these words (杯子 of a flask)."""
    known = turn.shop.products
    had = [known[id_] for id_, _ in turn.before("basket") or () if id_ in known]
    named = [p for name in names_in(turn.shop, turn.words) for p in name.candidates]
    return [product for product in had if product in named]


def is_summing(turn: Turn) -> bool:
    """Whether a price was told in the last messages."""
    return said_lately(turn, _PRICE_TOLD, _RECENT)


def joins_sum(turn: Turn) -> bool:
    """ "加上", of what she looks at, while there is something it can come beside."""
    talk = _talk(turn)
    return joins(turn.words) and len(beside_sum(_with_earlier(turn, talk)).before) > len(talk.before)


def _was_sought_beside(turn: Turn, talk: Talk) -> bool:
    """ "再配个裤子", then "一共多少钱": the trousers came beside what was looked at before them."""
    earlier = turn.shop.products.get(turn.before("earlier_product_id") or "")
    if earlier is None or earlier is talk.current or any(i.product is not talk.current for i in talk.before):
        return False
    said = [e.get("text") or "" for e in turn.tracker.events if e.get("event") == "user"]
    return any(price_words.seeks_beside(text) for text in said[-_LATELY:])


def _current(talk: Talk) -> tuple[Item, ...]:
    return (Item(talk.current),) if talk.current else ()


def _with_earlier(turn: Turn, talk: Talk) -> Talk:
    """Only what she looks at is in the sum: what was looked at before it is what it comes beside."""
    earlier = turn.shop.products.get(turn.before("earlier_product_id") or "")
    if earlier is None or [item.product for item in talk.before] != [talk.current]:
        return talk
    return replace(talk, before=(Item(earlier), *(i for i in talk.before if i.product is not earlier)))


def _read(turn: Turn, talk: Talk, keeps: bool) -> tuple[Goods, frozenset[str]]:
    return dropped.goods_left(turn.shop, part_meant(turn.words), talk, keeps, said_pieces(turn))


def fills_up(turn: Turn) -> bool:
    """Whether what is missing to an offer was told in the last turns: what she looks at then is to come beside."""
    return said_lately(turn, _SHORT_TOLD, _FILLING)


def said_lately(turn: Turn, response: str, messages: int) -> bool:
    """Whether one of the last messages was a response whose name begins so."""
    said = [e for e in turn.tracker.events if e.get("event") in ("bot", "user")][-messages:]
    names = [str(name) for event in said for name in (event.get("metadata") or {}).values()]
    return any(name.startswith(response) for name in names)


def _only_looks(turn: Turn, items: tuple[Item, ...]) -> bool:
    """While a sum is being filled up, another thing's price is asked: the sum stays, until she says what she adds."""
    had = {id_ for id_, _ in turn.before("basket") or ()}
    return bool(had) and len(items) == 1 and items[0].product.id not in had and fills_up(turn)


def _talk(turn: Turn) -> Talk:
    known = turn.shop.products
    before = tuple(Item(known[id_], count) for id_, count in turn.before("basket") or () if id_ in known)
    return Talk(_in_view(turn), before, tuple(turn.shown_products))


def _in_view(turn: Turn) -> Product | None:
    """What we talked about before this message named anything; what it points at (第二个) or opened counts as that."""
    found = turn.product
    page = turn.metadata.get("product_id")
    is_new_page = page and page != turn.before("page_product_id")
    talked = page if is_new_page else (turn.before("product_id") or page)
    is_named = turn.words and (turn.is_product_named or turn.entity("product"))
    if is_named and found and found.id == talked and is_under_way(turn):
        talked = (
            turn.before("earlier_product_id") or talked
        )  # another action has read this message's name already
    return turn.shop.products.get(talked or "") if is_named else found


def _pressed(turn: Turn, talk: Talk, keeps: bool) -> tuple[Item, ...]:
    """A button: the product it names, beside the others where that was asked; else what was talked about."""
    chosen = turn.shop.products.get(str(turn.entity("product") or ""))
    is_added = (turn.before("draft") or {}) == ADDS
    if chosen and is_added:
        return (*(item for item in talk.before if item.product.id != chosen.id), Item(chosen))
    if keeps and talk.current in [item.product for item in talk.before]:
        return talk.before
    return (Item(talk.current),) if talk.current else ()


def all_taken(turn: Turn) -> tuple[Item, ...]:
    """The goods that were added up, where the message takes them all; empty for a single one."""
    known = turn.shop.products
    basket = [(known[id_], count) for id_, count in turn.slot("basket") or () if id_ in known]
    if sum(count for _, count in basket) < SEVERAL or not taking.takes_all(turn.words):
        return ()
    return tuple(Item(product, count) for product, count in basket)


def ask_which(turn: Turn, choices: Iterable[Product], adds: bool) -> None:
    """Which of a sort is meant; `adds`: it comes beside what was added up."""
    offered = [product for product in choices if in_stock(product)][:MOST]
    turn.has_shown(offered)
    turn.set(pending=turn.action, draft=ADDS if adds else None)
    card = {"type": "choices", "title": "", "options": [product_option(each) for each in offered]}
    turn.say("utter_which_to_add" if adds else "utter_which_product", card=card)


def item_name(item: Item) -> str:
    key = "many" if item.quantity > 1 else "one"
    words = shop_floor.dialogue()
    counter = words.phrase("counter", item.product.kind.value)
    return words.phrase("counted", key, product=item.product.name, quantity=item.quantity, counter=counter)


def item_names(items: Iterable[Item]) -> str:
    return shop_floor.dialogue().phrase("list", "and").join(item_name(item) for item in items)
