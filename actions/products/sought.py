"""What the customer is looking for, over several messages: the need, what she refuses, what she wants to spend."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.turn import Turn
from actions.sizes import wearer
from actions.sizes.menswear import of_his_shoe_size, speaks_of_a_man
from bot.shop.goods import catalogue, needs, warmth, wishes
from bot.shop.goods.wishes import Wishes
from bot.shop.records.model import Audience, Kind, Need, Product
from bot.shop.sizes import fitting_instead, persons
from bot.shop.sizes.fitting_instead import Lack

KINDS = {"clothing": (Kind.CLOTHING, Kind.CHILD_CLOTHING), "shoes": (Kind.SHOES,)}
LONGEST = 80
"""Characters of earlier messages that are gone on about."""


def remember(turn: Turn) -> None:
    """From now on "那换哪件好" and "500以内" are said of this."""
    turn.set(sought={"words": _joined(turn), "page": turn.metadata.get("product_id")})


def day(turn: Turn) -> float | None:
    """The day or room told, in this message or the ones it goes on about."""
    return warmth.day_told(turn.shop, _joined(turn)) if turn.words else None


def needs_told(turn: Turn) -> tuple[Need, ...]:
    """The needs told, in this message or the ones it goes on about."""
    return needs.heard(turn.shop, _joined(turn)) if turn.words else ()


def day_before(turn: Turn) -> float | None:
    """The one told before this message."""
    before = _before(turn)
    return warmth.day_told(turn.shop, before) if before else None


def is_worn(product: Product) -> bool:
    """What the weather is asked for where nothing is named."""
    return product.kind in (*KINDS["clothing"], *KINDS["shoes"])


def note_wearer(turn: Turn) -> None:
    """For whom it is looked for: what is told of a body next is hers (给我婆婆买, then 一米五二)."""
    named = persons.named(turn.words, shop_floor.dialogue().heard["wearer"]) if turn.words else None
    is_measured = any(turn.entity(kind) for kind in ("height_cm", "weight_kg", "foot_length_mm"))
    if is_measured and not turn.slot("doubt"):
        wearer.remember(turn, None)
    elif named:
        wearer.turn_to(turn, named)


def lacking(turn: Turn, products: list[Product]) -> list[Lack]:
    """Where none of these can be worn by whom they are looked for: what stands against each; else nothing."""
    body = wearer.measures(turn)
    lacks = [fitting_instead.lack(turn.shop, product, body) for product in products]
    return [each for each in lacks if each] if lacks and all(lacks) else []


def that_fit(turn: Turn, products: list[Product]) -> list[Product]:
    """Without what is too small for the body that was told, or sold out in its size."""
    body = wearer.measures(turn)
    return [product for product in products if not fitting_instead.lack(turn.shop, product, body)]


def read(turn: Turn) -> Wishes:
    """All that limits the choice, this message and what it goes on about; kept for the next."""
    if not turn.words:
        return Wishes("")
    told = wishes.read(turn.shop, _joined(turn))
    remember(turn)
    return told


def has_begun(turn: Turn) -> bool:
    """Whether goods are being looked for in this talk."""
    return bool(_before(turn) or turn.shown_products)


def goes_on(turn: Turn) -> bool:
    """Whether the message only limits what was looked for before ("500以内", "不要黑的")."""
    return bool(turn.words) and has_begun(turn) and wishes.narrows(turn.shop, turn.words)


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

    Where nothing is left: for whoever is named none of what is worn, else all of them.
    """
    words = shop_floor.dialogue()
    child = words.phrase("wearer", "child")
    said = _joined(turn) if turn.words else ""
    named = persons.named(said, words.heard["wearer"]) if said else None
    if speaks_of_a_man(turn):
        products = [product for product in products if product.audience is not Audience.WOMEN]
        products = of_his_shoe_size(turn, products)
    is_childs = named == child or words.hear("child", turn.words) is not None
    is_childs = is_childs or (named is None and turn.slot("wearer") == child)
    seen = turn.product
    is_childs = is_childs or (named is None and seen is not None and seen.audience is Audience.CHILD)
    kept = [product for product in products if (product.audience is Audience.CHILD) == is_childs]
    is_of_a_grown_up = named is not None and named != child
    if kept or is_of_a_grown_up or wearer.is_man(turn):
        return kept
    return [product for product in products if not is_worn(product)] if named == child else products


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
    if wishes.budget(before) is not None and not own_limit(turn):
        return False  # what she has to spend holds for whatever she tells of who it is for
    named = catalogue.names_sort(turn.shop, before)
    among = catalogue.of_category(turn.shop, before) if named else of_kind(turn, before)
    return not needs.serving(turn.shop, heard, among)


def own_limit(turn: Turn) -> bool:
    return wishes.budget(turn.words) is not None


def _before(turn: Turn) -> str:
    kept = turn.before("sought") or {}
    return kept.get("words", "") if kept.get("page") == turn.metadata.get("product_id") else ""


def product_in_view(turn: Turn) -> Product | None:
    """What she was looking at before this message named another: a page just opened, else the one talked about."""
    page, before = turn.metadata.get("product_id"), turn.before("product_id")
    is_new_page = page and page != turn.before("page_product_id")
    return turn.shop.products.get((page if is_new_page else before or page) or "")
