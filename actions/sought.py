"""What the customer is looking for, over several messages: the need, what she refuses, what she wants to spend."""

from __future__ import annotations

from actions import shop_floor, wearer
from actions.menswear import speaks_of_a_man
from actions.turn import Turn
from bot.shop import catalogue, needs, persons, wishes
from bot.shop.model import Audience, Kind, Product
from bot.shop.wishes import Wishes

KINDS = {"clothing": (Kind.CLOTHING, Kind.CHILD_CLOTHING), "shoes": (Kind.SHOES,)}
LONGEST = 80
"""Characters of earlier messages that are gone on about."""


def remember(turn: Turn) -> None:
    """From now on "那换哪件好" and "500以内" are said of this."""
    turn.set(sought={"words": _joined(turn), "page": turn.metadata.get("product_id")})


def read(turn: Turn) -> Wishes:
    """All that limits the choice, this message and what it goes on about; kept for the next."""
    if not turn.words:
        return Wishes("")
    told = wishes.read(turn.shop, _joined(turn))
    remember(turn)
    return told


def goes_on(turn: Turn) -> bool:
    """Whether the message only limits what was looked for before ("500以内", "不要黑的")."""
    has_begun = bool(_before(turn) or turn.shown_products)
    return bool(turn.words) and has_begun and wishes.narrows(turn.shop, turn.words)


def kind_named(words: str) -> str | None:
    """衣服, 鞋: goods of a kind, where no sort is named."""
    return shop_floor.dialogue().hear("goods_kind", words) if words else None


def of_kind(turn: Turn, words: str) -> list[Product]:
    """What "件衣服" can mean: all that is worn and comes in sizes; nothing where no kind is named."""
    kinds = KINDS.get(kind_named(words) or "", ())
    found = [p for p in turn.shop.products.values() if p.kind in kinds and p.size_chart]
    return sorted(found, key=lambda product: not product.featured)


def for_the_wearer(turn: Turn, products: list[Product]) -> list[Product]:
    """Children's things only where a child is spoken of or looked at, then nothing else; nothing of women's for a man.

    Where nothing is left: for a grown-up who is named none at all, else all of them.
    """
    words = shop_floor.dialogue()
    child = words.phrase("wearer", "child")
    said = _joined(turn) if turn.words else ""
    named = persons.named(said, words.heard["wearer"]) if said else None
    if speaks_of_a_man(turn):
        products = [product for product in products if product.audience is not Audience.WOMEN]
    is_childs = named == child or words.hear("child", turn.words) is not None
    is_childs = is_childs or (named is None and turn.slot("wearer") == child)
    seen = turn.product
    is_childs = is_childs or (named is None and seen is not None and seen.audience is Audience.CHILD)
    kept = [product for product in products if (product.audience is Audience.CHILD) == is_childs]
    is_of_a_grown_up = named is not None and named != child
    return kept if kept or is_of_a_grown_up or wearer.is_man(turn) else products


def _joined(turn: Turn) -> str:
    """This message after what it goes on about; a sort or a need of its own begins anew."""
    own = wishes.read(turn.shop, turn.words).wanted
    has_sort = catalogue.names_sort(turn.shop, own) or kind_named(own) is not None
    is_new = has_sort or _begins_anew(turn, own) or _is_of_tags(turn, own)
    before = "" if is_new else _before(turn)
    return f"{before}，{turn.words}"[-LONGEST:] if before else turn.words


def _is_of_tags(turn: Turn, own: str) -> bool:
    """A wish in the words of tags alone ("约会穿的"), for which no need stands in the file."""
    return bool(catalogue.of_category(turn.shop, own)) and not needs.heard(turn.shop, own)


def _begins_anew(turn: Turn, own: str) -> bool:
    """A need told alone; beside what she will not have ("她怕扎 毛衣不要"), or where something of the sort she named
    before serves it (椅子, "就是孩子写作业的"), it goes on."""
    heard = needs.heard(turn.shop, own)
    before = _before(turn)
    if not heard or wishes.read(turn.shop, turn.words).refused:
        return False
    if not before:
        return True
    named = catalogue.names_sort(turn.shop, before)
    among = catalogue.of_category(turn.shop, before) if named else of_kind(turn, before)
    return not needs.serving(turn.shop, heard, among)


def _before(turn: Turn) -> str:
    kept = turn.before("sought") or {}
    return kept.get("words", "") if kept.get("page") == turn.metadata.get("product_id") else ""
