"""What a customer will not have and what she wants to spend, told along with what she looks for.

Source: docs/transcript-review.md, A F9 and F18: what she has refused ("不要羽绒服", "不要黑的") is never
recommended, and "500以内" goes on about what was looked for before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bot.shop.goods.catalogue import find_products, of_category
from bot.shop.goods.stock import same_color
from bot.shop.records.model import Product, Shop
from bot.text.normalise import normalise
from bot.text.numerals import NUMBER, number

_REFUSED = re.compile(
    r"(?:不想要|不要|别要|不想买|不买|不考虑|不喜欢|不穿|不戴|不爱[穿戴用]?|用不着|用不上|别推荐|别给我推荐|别推|除了|不是)"
    r"(?P<what>[^,。!?;\s]{1,9}?)(?=的|以外|之外|$|[,。!?;\s]|有没有|有别|还有)"
)
_REFUSED_AFTER = re.compile(
    r"(?:^|[,。!?;\s]|那|但|就)(?P<what>[^,。!?;\s]{1,6}?)的?(?:就|都|可)?(?:不要|不考虑|不想要|不喜欢|算了)(?=$|[,。!?;\s])"
)
"""毛衣不要: what is refused goes before the word; "毛衣不要了" gives up what was bought."""
_UP_TO = re.compile(
    rf"(?P<n>{NUMBER})(?:块钱?|元)?(?P<how>以内|以下|之内|内|左右|上下)"
    rf"|(?:就|只|只有|就只有|手里|手上)(?:有)?(?P<have>{NUMBER})(?:块钱?|元)(?!一|的)"
    rf"|(?P<buys>{NUMBER})(?:块钱?|元)(?:钱)?(?:能|可以|够)?(?:买|送)(?!一|的|了)"
    rf"|(?:预算|不超过|别超过|最多|顶多|控制在)(?:是|就|只有|在|大概|也就|出)*(?P<most>{NUMBER})(?!\d|[斤岁厘号码个件])"
)
_DEMANDED = re.compile(
    r"(?:(?<![不别需])要|有没有|有(?=[带连])|换)(?:带|有)?(?P<what>[\u4e00-\u9fff]{2,4}?)的(?!话)"
)
"""要圆领的, 有没有带帽子的: how it is to be made."""
_THIN = re.compile(r"薄(?:一?[点些])?的")
_THIN_MADE = ("薄", "中")
_ROUGHLY = Decimal("1.1")
"""200左右 may be a tenth more."""
_LEAST_YUAN, _MOST_YUAN = 10, 20_000
_CHEAP = re.compile("太贵|便宜(?:点|些|一点)?的(?!话)|别太贵|不要太贵|不贵的|实惠")


@dataclass(frozen=True)
class Wishes:
    """`wanted` are her words without what she refuses; `most` yuan, None where she names no limit."""

    wanted: str
    refused: frozenset[str] = frozenset()
    colors: tuple[str, ...] = ()
    most: Decimal | None = None
    is_cheap: bool = False
    made: tuple[str, ...] = ()
    """How it must be made (圆领, 连帽), in words that attributes of our goods use."""
    near: Decimal | None = None
    """What she wants to spend about (50左右): the nearest to it comes first."""
    is_thin: bool = False
    """薄一点的: of what is thick by its own data none will do."""

    def allow(self, product: Product) -> bool:
        """Whether nothing she said speaks against the product."""
        if product.id in self.refused or (self.most is not None and product.price > self.most):
            return False
        if not all(is_made(product, word) for word in self.made):
            return False
        thickness = product.attributes.get("厚度", "")
        if self.is_thin and thickness and not thickness.startswith(_THIN_MADE):
            return False
        left = [v for v in product.variants if v.stock > 0 and not self._is_refused(v.color)]
        return bool(left)

    def _is_refused(self, color: str) -> bool:
        return any(same_color(color, each) for each in self.colors)


def read(shop: Shop, text: str) -> Wishes:
    """All that limits the choice, from one message or several put together."""
    said = normalise(text)
    refused: set[str] = set()
    colors: list[str] = []
    for match in (*_REFUSED.finditer(said), *_REFUSED_AFTER.finditer(said)):
        what = match["what"]
        named = (*find_products(shop, what), *of_category(shop, what))
        refused |= {product.id for product in named if not _is_made_after(product, what)}
        refused |= {product.id for product in shop.products.values() if _is_made_so(product, what)}
        colors += [each for each in _colors(shop) if same_color(each, what)]
    return Wishes(
        without_refused(said).strip(),
        frozenset(refused),
        tuple(dict.fromkeys(colors)),
        budget(said),
        _CHEAP.search(said) is not None,
        tuple(dict.fromkeys(_demanded(shop, said))),
        _about(said),
        _THIN.search(said) is not None,
    )


def is_made(product: Product, word: str) -> bool:
    """Whether the word stands in its names or attributes, and is not denied there (无帽, 不加绒)."""
    own = product.attributes.get(word)
    if own is not None:
        return not re.search("[无没不]", own)
    lines = (product.name, *product.nicknames, *product.attributes.values())
    return any(word in line and not re.search(f"[不非无没]{word}|不是{word}", line) for line in lines)


def _demanded(shop: Shop, said: str) -> Iterable[str]:
    """Of what is asked for, the words that tell one of our goods from another by its make."""
    for match in _DEMANDED.finditer(said):
        word = match["what"]
        is_sort = bool(of_category(shop, word)) or bool(find_products(shop, word))
        in_attributes = any(
            word in value or word == name
            for product in shop.products.values()
            for name, value in product.attributes.items()
        )
        if in_attributes and not is_sort:
            yield word


def without_refused(text: str) -> str:
    """What is left of the words when all that she will not have is taken out."""
    return _REFUSED_AFTER.sub(" ", _REFUSED.sub(" ", text))


def budget(text: str) -> Decimal | None:
    """The most she wants to pay: 500以内, 预算200, 两百左右."""
    for match in _UP_TO.finditer(normalise(text)):
        value = number(match["n"] or match["most"] or match["have"] or match["buys"])
        if value is None or not _LEAST_YUAN <= value <= _MOST_YUAN:
            continue
        most = Decimal(str(value))
        return most * _ROUGHLY if match["how"] in ("左右", "上下") else most
    return None


def _about(said: str) -> Decimal | None:
    """The sum itself of 50左右, 50块上下."""
    found = next((match for match in _UP_TO.finditer(said) if match["how"] in ("左右", "上下")), None)
    value = number(found["n"]) if found else None
    return Decimal(str(value)) if value and _LEAST_YUAN <= value <= _MOST_YUAN else None


def narrows(shop: Shop, text: str) -> bool:
    """Whether the message limits what was looked for before ("500以内", "不要黑的", "便宜点的")."""
    wishes = read(shop, text)
    return bool(
        wishes.refused or wishes.colors or wishes.most or wishes.is_cheap or wishes.made or wishes.is_thin
    )


def allowed(products: Iterable[Product], wishes: Wishes) -> list[Product]:
    """Of these, what she has not ruled out; the cheaper first where she asks for that."""
    kept = [product for product in products if wishes.allow(product)]
    if (about := wishes.near) is not None:
        return sorted(kept, key=lambda product: abs(product.price - about))
    return sorted(kept, key=lambda product: product.price) if wishes.is_cheap else kept


def _is_made_so(product: Product, what: str) -> bool:
    """不要针织的, 不要牛仔, 不要麻花的: a word of its names; 毛衣 is no 毛衣裙."""
    word = what.removesuffix("款").removesuffix("类").removesuffix("面料").removesuffix("料子")
    is_in_name = any(word in normalise(name) for name in (product.name, product.category))
    return len(word) > 1 and (is_in_name or any(normalise(n).endswith(word) for n in product.nicknames))


def _is_made_after(product: Product, what: str) -> bool:
    """毛衣裙 is called after 毛衣 and is none."""
    names = [normalise(name) for name in (product.name, product.category, *product.nicknames)]
    return any(what in name for name in names) and not any(name.endswith(what) for name in names)


def _colors(shop: Shop) -> tuple[str, ...]:
    return tuple({v.color for product in shop.products.values() for v in product.variants if v.color})
