"""What she wants done about a fault, said in her own words before or after the remedies were shown.

Source: shop-rules.md, "After the sale"; docs/transcript-review.md, B 14: a remedy named is booked or handed over, never
offered once more. Only a plain wish counts: not what she rules out ("我可不想退货"), asks about ("退货运费谁出") or
finds too troublesome ("退货太麻烦"). A sum of money is never taken from here; that she keeps the goods is.
"""

from __future__ import annotations

import re
from enum import Enum

from bot.shop.records.remedy_policy import RemedyKind
from bot.text.normalise import normalise

_NAMES: tuple[tuple[RemedyKind, str], ...] = (
    (RemedyKind.FULL_REFUND, "全额退|全款退|全退(?:给|了|我)|仅退款|只退款|全部退(?:款|给我)"),
    (
        RemedyKind.RESEND,
        r"补发|重发|重新发|再发一|再寄一|重寄|重新寄|补寄|另发|补(?:我|给我)?[一两二三四五六\d]+[只个件套双条床根"
        r"副]|补(?:我|给我)[只个件套双条床根副]|补[上齐](?!差)"
        "|再给我[发寄]|先[寄发](?!货|票)[^,]{0,4}(?:过来|给我|来)|单独[寄发]|发[一个]?(?:新|完整|好)的?(?:过来|"
        "给我|来)",
    ),
    (
        RemedyKind.EXCHANGE,
        "换一?[个件双条套床只](?:新|好|吧|给|$)|换一[个件双条套床只]|换新|换货|给我换|帮我换|换成|我要换|"
        "我想换|想换|要换|换了吧|换吧",
    ),
    (
        RemedyKind.RETURN,
        "退货|退掉|退了[吧算]|退了它|(?:我要|我想|要|想|还是|直接|就|给我|帮我|赶紧|马上)退(?!款|钱|差|"
        "一|点|部|我|\\d|[一二三四五六七八九十两百半])|退回去|退回来|寄回去|办退",
    ),
)
_CLAUSE = re.compile(r"[,，。.!！;；、~～\s]+")
_RULED_OUT = re.compile(
    "(?:(?<!能)不(?!如|行|然|成|满|喜|合|管|好|中|是|可以)|别|唔|甭|勿|懒得|谁(?:要|想|稀罕)?|凭(?:什么|"
    "啥)|没(?:说|打算)|拒绝|嫌)[^,]{0,5}$"
)
_RATHER = re.compile("要不(?:然|就|给|还是)?$|不(?:如|然)[^,]{0,2}$")
_TOO_MUCH = re.compile(
    "^[^,]{0,4}(?:麻烦|不起|不划算|干嘛|干什么|免谈|不接受|不要|不行(?![不吗么])|算了|没用|有什么用)"
)
_ASKED = re.compile(
    "[怎咋]|多久|谁[出付掏]|承担|什么|几天|多少|哪里|哪儿|如何|运费|地址|流程|到账|的话|如果|要是|以后|之后"
)
_MAY = re.compile("能不能|可不可以|可以|能|支持")
_IS_ASKING = re.compile(r"[吗么嘛不?？]$|能不能|可不可以")
_URGED = re.compile("给我|帮我|直接|马上|赶紧|就|快|请|麻烦")


class Said(str, Enum):
    """How a remedy was named."""

    WISHED = "wished"
    ASKED = "asked"
    """Whether it may be had; she has not decided."""


def named(text: str) -> RemedyKind | None:
    """The remedy she plainly wants; of several the last one ("换一件吧，算了直接退货")."""
    wish = _last(text)
    return wish[0] if wish and wish[1] is Said.WISHED else None


def asked_for(text: str) -> RemedyKind | None:
    """The remedy she asks whether she may have ("能退吗")."""
    wish = _last(text)
    return wish[0] if wish and wish[1] is Said.ASKED else None


def is_ruled_out(text: str) -> bool:
    """She says of a remedy that she will not have it, and wants no other ("谁要换货")."""
    if _last(text):
        return False
    clauses = [clause for clause in _CLAUSE.split(normalise(text)) if not _ASKED.search(clause)]
    return any(re.search(names, clause) for clause in clauses for _, names in _NAMES)


class Keeping(str, Enum):
    """How she says that the goods stay with her."""

    MONEY = "money"
    """ "补点钱就行": for a part of the money."""
    GOODS = "goods"
    """ "不想寄": nothing is to be sent; what for is open."""


_PART = re.compile(
    "(?<![不没别])(?:[补赔退返贴]|补偿)(?:给|我|一?[点些]儿?)*(?:钱|差价|现金|补偿)|(?:补偿|[补赔退])(?:我|"
    "给我)?(?:一?[点些]|一下|一?部分)(?!差|发|货)"
    "|(?:[给要有]|想要)(?:我|一?[点些个]儿?)*补偿|补偿(?:就[行好]|吧|即可)|(?:[给要]|想要)(?:我|一?[点些个]儿?)*赔偿"
)
_TOO_LITTLE = re.compile(
    "太少|不够|才[补退赔]|打发|[多再][加补退给赔]|就这点|稀罕|不差|[不没谁别].?要?[补赔]|换|不要?钱|有什么用|"
    "有屁用|没用|多少|凭什么|凭啥"
)
_STAYS = re.compile(
    "(?:^|[我也就可又真但实在是都])(?:不(?:想|愿意?|打算|用|要|方便)?|懒得|没空|没时间|嫌麻烦不)(?:再|"
    "去)?(?:退货?|寄(?:回|来|去|走|件|货)*)"
    "(?:了|啊|呀|吧|哈|的)*$|(?:[我就]|东西|先|还是)(?:就|先)?(?:留着|留下)|(?:将就|凑合)[着用穿]"
)


def keeps(text: str) -> Keeping | None:
    """Whether she keeps the goods, for a part of the money or for what is open; None where she names another remedy,
    asks for more than was offered, or only asks ("怎么不退")."""
    if _last(text):
        return None
    words = normalise(text)
    clauses = [clause for clause in _CLAUSE.split(words) if clause]
    if _TOO_LITTLE.search(words):
        return None
    if any(_PART.search(clause) and not _ASKED.search(clause) for clause in clauses):
        return Keeping.MONEY
    is_said = any(_STAYS.search(clause) and not _ASKED.search(clause) for clause in clauses)
    return Keeping.GOODS if is_said else None


def _last(text: str) -> tuple[RemedyKind, Said] | None:
    found = None
    whole = normalise(text)
    for clause in _CLAUSE.split(whole):
        if _ASKED.search(clause):
            continue
        for kind, names in _NAMES:
            match = re.search(names, clause)
            if match and not _is_refused(clause, match):
                found = kind, _how(clause)
                break
    return found


def _is_refused(clause: str, match: re.Match[str]) -> bool:
    before, after = clause[: match.start()], clause[match.end() :]
    if _RATHER.search(before):
        return False
    return bool(_RULED_OUT.search(before) or _TOO_MUCH.search(after))


def _how(clause: str) -> Said:
    """ "能退吗" asks; "能不能给我重发一个" is a wish told politely."""
    is_asking = _MAY.search(clause) and _IS_ASKING.search(clause) and not _URGED.search(clause)
    return Said.ASKED if is_asking else Said.WISHED
