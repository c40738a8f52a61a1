"""Wishes about an order that are clear from the words alone, whatever the model reads and whatever was asked before.

A customer with a question open ("新地址是？") who says "算了不要了 退了吧" wants her money, not an unchanged address.
Source: docs/transcript-review.md, B 6; dialogue.md, "One decision a turn", 3.
"""

from __future__ import annotations

import re
from enum import Enum

from bot.text.normalise import normalise


class Wish(str, Enum):
    CANCEL = "cancel"
    REFUND = "refund"
    RETURN = "return"


_KEEPS = re.compile(
    r"(?:不|别|先不|没说|不用|不想|不要|不是要?|并不)(?:给我|帮我|想|要|用)?(?:取消|退)|退堂|退一步|退换(?!货吧)"
    r"|退步|减退|退色"
)
"""The goods are to stay, or the word is not about them."""
_ASKS = re.compile(
    r"[吗嘛么？?]|怎么|多久|什么时候|啥时候|几天|到账|谁出|谁付|如何|能不能|可不可以|是不是|哪里|哪儿|"
    r"多少|进度|到了没|退了没"
)
"""About a return and none itself: a rule or a script answers, which the model chooses."""
_CANCEL = re.compile(
    r"取消(?:这个|这|那|我的?|掉)?(?:一)?(?:单|订单|吧|算了|掉|了|$)|订单取消|(?:单|订单)[^，。]{0,4}取消|"
    r"给我取消|帮我取消"
)
_REFUND = re.compile(
    r"退(?:我|给我)?(?:的)?(?:钱|款)|把钱退|钱退|全额退|仅退款"
    r"|(?:这个?|整)(?:一)?(?:单|订单)(?:我|就|直接|都|给我|帮我)*退(?:了|掉)(?:吧|算了)?[。!~ ]*$"
)
_RETURN = re.compile(
    r"退了吧|退掉|退了算了|(?:我要|我想|想|要|给我|帮我|直接|干脆|还是|不如|就)退(?!一部分|部分|点|差)|退货|退吧"
)
_UNWANTED = re.compile(r"不买了|不要了|不想要了?|不需要了|不用了")
_THE_GOODS = re.compile(
    r"(?:东西|衣服|货|整单|这单|那单|这个单|订单|全都?|都)[^，,。 ]{0,4}(?:不要了|不想要)"
)


def read(text: str, names_goods: bool = False) -> Wish | None:
    """What she wants done with the order; None where that is not clear.

    `names_goods`: the message names something she has ordered, so that "四件套不要了" is about the goods; alone
    "不要了" may as well be about what was asked just now.
    """
    words = normalise(text)
    if _KEEPS.search(words) or _ASKS.search(words):
        return None
    if _CANCEL.search(words):
        return Wish.CANCEL
    if _REFUND.search(words):
        return Wish.REFUND
    if _RETURN.search(words):
        return Wish.RETURN
    is_unwanted = _UNWANTED.search(words) and names_goods
    return Wish.CANCEL if is_unwanted or _THE_GOODS.search(words) else None


_KEPT = re.compile(
    r"留着|保留|留下来?(?:吧|$)|(?:别|甭)(?:给我|帮我)?(?:取消|退)|(?<![还么能会咋])(?:不|唔)(?:要|用|想)?取消"
    r"|先(?:别|不)(?!(?:给我|帮我|用|要|想|急着|着急|忙着)*(?:发|寄|送|打包|出库|出货|买|要了|要吧|想要))"
    r"|不退了|还是要(?!退|取消)|照发|照常发|照样发|照旧发|正常发|接着发|继续发"
    r"|还要的?(?:吧|啊|呢|呀)?$|还要那|我还要(?!等|多|几|付|加|出|怎|退|取消)|取消错"
)
"""先别发 keeps no order: what she holds back there is the parcel."""
_SPARED = re.compile(
    r"(?:别|甭|不|没|唔)(?:是|再|给我|帮我|要|想|用)*(?:取消|退)|取消错|刚[^,，。]{0,4}(?:取消|退)|(?:取消|退)了?的"
    r"|(?:怎么|为什么|咋|谁)(?!还[不没])[^,，。 ]{0,6}(?:取消|退)"
)
"""Calling it off is named only to be held off, or as what has been done already."""
_OF_EXTRAS = "(?<!发票)(?<!小票)(?<!赠品)(?<!礼盒)(?<!价格单)"
_GIVEN_UP = re.compile(
    rf"{_OF_EXTRAS}(?:都|也|就|我)?(?:不要了|不想要|不买了|不需要了)"
    r"|(?:取消|退了|退掉|退款|退货|退钱)(?:了|掉|吧|算了|订单|[这整]单|[,，。! ]|$)"
)
_KEPT_PIECE = re.compile(
    r"(?:[件条双套个床只张款]|^|[,。 ])(?P<what>[^,。!? ]{2,10}?)我?(?:还是|还|就|给我|要|先|得)*"
    r"(?:留着|保留|留下|别取消|不取消|别退|要)"
)
_NO_PIECE = re.compile(
    r"^(?:我|那|这|就|还是|算了|先|订单|整单|这单|那单|这个|那个|都|全部?|东西|好的?|等等|等一下|别|不)+$"
)
_CLAUSE = re.compile(r"[,，。;；!！?？、\s]+|但是?|不过|可是")
_CONDITION = re.compile(
    r"的话|要是|如果|假如|万一|除非|不然|否则|(?:不了|不能|不行|不到|没货|不及|不成)(?:就|那|我就)"
)
_OF_A_VARIANT = re.compile(
    r"(?:换|改)不(?:了|成)|(?:不能|没法|不给|不让)(?:换|改)|没(?:有)?(?:货|别的|这个[色码])"
)


def keeps(text: str) -> bool:
    """Whether the order, or some of it, is to be kept ("先别取消", "那件内衣留着"); "怎么还不取消" does not, nor does
    anything beside 不要了 or 退了 that is not held off itself ("先别发 退了")."""
    words = normalise(text)
    return _KEPT.search(words) is not None and not gives_up(text)


def gives_up(text: str) -> bool:
    """Whether something is given up in so many words; "先别取消" and "取消错了" hold that off."""
    words = normalise(text)
    return _GIVEN_UP.search(words) is not None and _SPARED.search(words) is None


_THAT_ORDER = re.compile(r"[^,，。;!?？ ]{0,8}(?:[那这]一?个?(?:单子?(?!独)|订单)|的订单)")


def without_order(text: str) -> str:
    """The words without what only says which order: "大衣那单取消吧" is about all of it."""
    return _THAT_ORDER.sub(" ", normalise(text))


def parts(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The clauses that give something up and those that keep something ("内衣不要了 羽绒服照发")."""
    clauses = [each for each in _CLAUSE.split(normalise(text)) if each]
    given_up = [each for each in clauses if gives_up(each)]
    kept = [each for each in clauses if each not in given_up and _KEPT.search(each)]
    return tuple(given_up), tuple(kept)


def keeps_a_piece(text: str) -> bool:
    """Whether what is to be kept is one thing of several ("那件保暖内衣留着"), not the order."""
    words = normalise(text)
    return keeps(text) and any(not _NO_PIECE.match(found["what"]) for found in _KEPT_PIECE.finditer(words))


def hangs_on_a_change(text: str) -> bool:
    """Whether she gives the order up only if it cannot be changed ("换不了的话我就不要了")."""
    words = normalise(text)
    return _CONDITION.search(words) is not None and _OF_A_VARIANT.search(words) is not None


_IF_LATE = re.compile(
    r"(?:[到收送发寄赶]|收到|送到|发货|发出|到货)不(?:了|到|出|上|及)[^,，。]{0,3}[,， ]*(?:我|那|就|的话)*(?:就"
    r")?(?:不要|不买|退|取消|算了|拒)"
    r"|(?:没|不能|不|还没|还不)(?:到货?|收到|送到|送来|发货?|发出|寄)[^,，。]{0,4}[,， ]*(?:我|那|的话)*就(?:不要"
    r"|不买|退|取消|算了|拒)"
)


def hangs_on_a_day(text: str) -> bool:
    """Whether she gives the order up only if it is late ("周五到不了我就不要了")."""
    return _IF_LATE.search(normalise(text)) is not None


_FIRST = re.compile(
    r"先(?:给我|帮我)?(?:发|寄)(?!票|新|错)(?:货|出|走|给我|来|过来)?"
    r"(?:[吗么不嘛吧呢]|行吗|可以吗|好吗|行不行|[?？!！。 ])*$"
)


def sends_first(text: str) -> bool:
    """Whether something is to be sent ahead of the rest ("大衣能先发吗")."""
    return _FIRST.search(normalise(text).strip()) is not None


_REFUSES = re.compile(r"拒收|拒签")
_OF_A_REFUSAL = re.compile(
    r"运费|邮费|谁|(?:被|显示|变成|写着?|成了|没有?|不想|不会|不用|别)[^，,。]{0,3}拒|拒[收签][^，,。]{0,4}(?:了"
    r"没|了吗|多久|退款|几天)|已经?拒|拒[收签]了(?!哈|啊|吧|哦|呢|呀|$)"
)


def refuses_parcel(text: str) -> bool:
    """Whether she says she will not take the parcel in, or asks whether she may; not what came of a refusal."""
    words = normalise(text)
    return _REFUSES.search(words) is not None and _OF_A_REFUSAL.search(words) is None
