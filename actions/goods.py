"""The goods a question about money is about, as this chat has come to them: named now, or added up before."""

from __future__ import annotations

from collections.abc import Iterable

from actions import shop_floor
from actions.asking import said_pieces
from actions.choosing import MOST, product_option
from actions.openings import is_under_way
from actions.turn import Turn
from bot.shop import dropped
from bot.shop.beside import part_meant
from bot.shop.bill import Item
from bot.shop.catalogue import in_stock
from bot.shop.model import Product
from bot.shop.together import Goods, Talk, adds, goods_meant

ADDS = {"adds": True}
"""The draft while it is open which product is to be added to the others."""


def goods_of(turn: Turn, keeps: bool = False) -> Goods:
    """What this turn's sum is about; it is remembered, and the first of it stays what we talk about."""
    talk = _talk(turn)
    if turn.words:
        words, gone = dropped.dropped(turn.shop, part_meant(turn.words))
        pieces = None if gone else said_pieces(turn)
        goods = goods_meant(turn.shop, words, dropped.without(talk, gone), keeps or bool(gone), pieces)
    else:
        goods = Goods(_pressed(turn, talk, keeps))
    items = goods.items
    if items:
        in_view = talk.current if talk.current in [item.product for item in items] else items[0].product
        turn.set(basket=[[item.product.id, item.quantity] for item in items], product_id=in_view.id)  # type: ignore[union-attr]
    return goods


def are_together(turn: Turn) -> bool:
    """Whether this message names goods beside others: 椅子和桌子一起买, or 再加个台灯 to what was talked about."""
    if not turn.words or turn.product is None:
        return False
    words, gone = dropped.dropped(turn.shop, part_meant(turn.words))
    return len(goods_meant(turn.shop, words, dropped.without(_talk(turn), gone)).items) > 1


def changes_sum(turn: Turn) -> bool:
    """ "冲锋衣不要了", "再加两双袜子" while goods are being added up: the sum changes, no order."""
    if not turn.words or not turn.before("basket"):
        return False
    _, gone = dropped.dropped(turn.shop, turn.words)
    had = {id_ for id_, _ in turn.before("basket")}
    return bool(gone & had and had - gone) or (adds(turn.words) and are_together(turn))


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
