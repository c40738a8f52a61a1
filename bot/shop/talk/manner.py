"""How the bot speaks to this customer: her form of address, her mood, the shop's own touches.

Sources: shop-rules.md, "Running the team" (003, 004: tone follows the audience, the persona is data), "After the sale"
(003: attitude first); issue 4, "Warmth": plain with plain, formal with formal, no playfulness with an upset customer.
Age and sex are never guessed: only her own words count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from bot.text.normalise import normalise

UPSET_FOR = 3
"""Calm messages after which an upset customer is taken for calm again; thanks do it at once."""
PLAIN_FROM = 2
"""Plain messages after which the bot speaks plainly too: one "你们" alone is how everybody writes."""


class Register(str, Enum):
    FORMAL = "formal"
    PLAIN = "plain"


class PartOfDay(str, Enum):
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True)
class Manner:
    """What is known of how she speaks. Plain values, so that it can be kept in slots."""

    register: Register | None = None
    plain: int = 0
    """Plain messages so far."""
    upset_for: int = 0
    """Further calm messages until her anger is taken to be over; 0 = calm."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "register", Register(self.register) if self.register else None)

    @property
    def is_upset(self) -> bool:
        return self.upset_for > 0


_FORMAL = re.compile(r"您|请问|贵店|贵司|劳驾|烦请|敬请|有劳|还请|谢谢您")
_PLAIN = re.compile(
    r"你(?!好(?:[,。!?~]|$))|咋|啥|呗|嘞|俺|咱|老板|(?<![母父双相乡])亲(?![子肤人戚情友自密属])"
    r"|哥们|姐妹|哈哈|嘿|木有|滴(?=[,。!?~]|$)|哒|哟|嗨"
)
_HARMLESS = re.compile(
    r"垃圾[桶袋箱车篓铲分]|不(?:会|是)?(?:差|坑|失望|后悔)|没(?:有)?(?:失望|后悔|投诉)|不(?:想|打算|会|再)?投诉|(?:取消|撤销?)投诉"
    r"|投诉快递|滚[轮筒动边刷]|气死风|傻瓜(?:式|相机)|气[垫囊]|坑位|防坑|沙坑|坑坑洼洼"
)
_UPSET = re.compile(
    r"垃圾|骗子|骗人|骗钱|被骗|坑人|坑我|太坑|真坑|黑店|黑心|破店|什么破|破玩意|恶心|无语|气死|气人|生气|烦死|好烦|烦人|火大|受够|差劲|太差|真差"
    r"|糟糕|差评|投诉|举报|忽悠|敷衍|不负责|耍我|玩我|浪费(?:我)?时间|离谱|过分|无耻|欺负人|[滚操艹靠](?:[,。!?~]|$)|妈的|他妈|tmd|尼玛"
    r"|傻[逼比子叉]|脑残|智障|有病|失望|后悔|上当|套路|踢皮球|态度(?!.{0,2}(?:好|不错))|没人管|没人理|不理人|不回复|催了|等了.{0,4}(?:天|周|星期|月|小时)|第[二三四五]次(?:了|问|催|坏|发错|找)"
    r"|到底(?:什么|啥|发|管|还)|还(?:没|不).{0,8}!|[!]{3,}|[?!]*[?][!]+"
)
_ANGRY_FACES = re.compile("[😡🤬💢😤👎🖕👿]")
_CALM = re.compile(r"谢谢|感谢|多谢|辛苦|哈哈|没事了|没关系|理解|满意|太好了|不好意思|解决了|[👍🙏❤😊😄🌹]")


def heard(before: Manner, text: str, is_complaint: bool = False) -> Manner:
    """The manner after this message. `is_complaint`: it was read as a complaint or a grave matter."""
    return _mood(_address(before, text), text, is_complaint)


def _address(before: Manner, text: str) -> Manner:
    """Formal words count at once, plain ones when they come again: a 您 too many offends nobody."""
    plain_text = normalise(text)
    if _FORMAL.search(plain_text):
        return replace(before, register=Register.FORMAL, plain=0)
    if not _PLAIN.search(plain_text):
        return before
    plain = before.plain + 1
    return replace(before, plain=plain, register=Register.PLAIN if plain >= PLAIN_FROM else before.register)


def _mood(before: Manner, text: str, is_complaint: bool) -> Manner:
    told = _HARMLESS.sub("", normalise(text))
    if is_complaint or _UPSET.search(told) or _ANGRY_FACES.search(text) or re.search("[！!]{3,}", text):
        return replace(before, upset_for=UPSET_FOR)
    if _CALM.search(text):
        return replace(before, upset_for=0)
    return replace(before, upset_for=max(0, before.upset_for - 1))


def part_of_day(now: datetime) -> PartOfDay:
    """By the shop's clock; the small hours are evening."""
    if 5 <= now.hour < 11:
        return PartOfDay.MORNING
    if 11 <= now.hour < 13:
        return PartOfDay.NOON
    return PartOfDay.AFTERNOON if 13 <= now.hour < 18 else PartOfDay.EVENING


_DEAR = re.compile(r"(?:^|(?<=[，。！？～\s]))亲+(?:爱的)?[，,～~！!\s]+|[，,]?亲+(?=[～~。！!？?]|$)")


def addressed(text: str, manner: Manner) -> str:
    """The bot's words in her form of address: 你 where she speaks plainly and is not upset."""
    return text.replace("您", "你") if manner.register is Register.PLAIN and not manner.is_upset else text


def without_dear(text: str) -> str:
    """The same without 亲 as an address; 亲 in other words (亲子、母亲、亲肤) stays."""
    return _DEAR.sub("", text)


def says_dear(text: str) -> bool:
    return bool(_DEAR.search(text))


def ended(text: str, ending: str) -> str:
    """A light sentence with the shop's own ending in place of its full stop; questions and lists keep theirs."""
    return text[:-1] + ending if ending and text.endswith("。") and "\n" not in text else text


def spoken(texts: Iterable[str], manner: Manner, has_said_dear: bool) -> list[str]:
    """The replies of a turn: her form of address, and 亲 at most once a chat, never to an upset customer."""
    said, may_say_dear = [], not has_said_dear and not manner.is_upset
    for text in texts:
        once = text if may_say_dear else without_dear(text)
        may_say_dear = may_say_dear and not says_dear(once)
        said.append(addressed(once, manner))
    return said
