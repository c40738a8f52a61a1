"""What she wants done about a fault, said in her own words before or after the remedies were shown.

Source: shop-rules.md, "After the sale"; docs/transcript-review.md, B 14: a remedy named is booked or handed over, never
offered once more. Only a plain wish counts: not what she rules out ("我可不想退货"), asks about ("退货运费谁出") or
finds too troublesome ("退货太麻烦"). Money is never taken from here: a sum needs a sum or a button.
"""

from __future__ import annotations

import re
from enum import Enum

from bot.shop.remedy_policy import RemedyKind
from bot.text.normalise import normalise

_NAMES: tuple[tuple[RemedyKind, str], ...] = (
    (RemedyKind.FULL_REFUND, "全额退|全款退|全退(?:给|了|我)|仅退款|只退款|全部退(?:款|给我)"),
    (
        RemedyKind.RESEND,
        "补发|重发|重新发|再发一|再寄一|重寄|重新寄|补寄|另发|补一[只个件套双条床根副]|补(?:我|给我)一?[只个件套双条床根副]|补[上齐](?!差)"
        "|再给我[发寄]|发[一个]?(?:新|完整|好)的?(?:过来|给我|来)",
    ),
    (
        RemedyKind.EXCHANGE,
        "换一?[个件双条套床只](?:新|好|吧|给|$)|换一[个件双条套床只]|换新|换货|给我换|帮我换|换成|我要换|我想换|想换|要换|换了吧|换吧",
    ),
    (
        RemedyKind.RETURN,
        "退货|退掉|退了[吧算]|退了它|(?:我要|我想|要|想|还是|直接|就|给我|帮我|赶紧|马上)退(?!款|钱|差|一|点|部|我|\\d|[一二三四五六七八九十两百半])|退回去|退回来|寄回去|办退",
    ),
)
_CLAUSE = re.compile(r"[,，。.!！;；、~～\s]+")
_RULED_OUT = re.compile(
    "(?:(?<!能)不(?!如|行|然|成|满|喜|合|管|好|中|是|可以)|别|唔|甭|勿|懒得|谁(?:要|想|稀罕)?|凭(?:什么|啥)|没(?:说|打算)|拒绝|嫌)[^,]{0,5}$"
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
