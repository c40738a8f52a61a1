"""What a customer asks beside the questions of an after-sale case, and what she tells so that it be allowed for.

Source: docs/transcript-review.md, F 11: while the bot walked its form, "门卫签的算我的责任吗" and "洗过一次了" were
kept as descriptions of the fault, and never answered.
"""

from __future__ import annotations

import re
from enum import Enum

from bot.text.normalise import normalise


class CaseQuestion(Enum):
    SIGNED = "signed"
    """Somebody else took the parcel, or she did not look into it at once."""
    PHOTO_LATER = "photo_later"
    COVERED = "covered"
    """Whether it is not too late."""
    WORN = "worn"
    CAUSE = "cause"
    """How it came about, or whose fault it is: nobody says before it was looked at."""
    REIMBURSED = "reimbursed"
    """Whether the shop pays for what she buys herself to mend it."""
    DOWN = "down"
    """Whether down that comes through is normal, and what can be done about it."""


_OTHERS = "门卫|保安|物业|前台|邻居|同事|家人|老人|别人|他人|孩子|门口|我妈|我爸|老公|老婆"
_SPAN = r"(?:\d+|[一二两三半几十]+)个?多?(?:月|年|星期|周|天)"
_LATER = "明[天早晚]|今晚|晚上|晚点|晚些|回头|下班|一会儿?|等会|等下|等一下|后天|改天|周末|回家|到家"
_OF_DOWN = "[钻跑飞漏掉][绒毛]"
_PATTERNS: tuple[tuple[CaseQuestion, re.Pattern[str]], ...] = (
    (
        CaseQuestion.PHOTO_LATER,
        re.compile(
            rf"(?:照片?|图片?|拍)[^，。]{{0,6}}(?:{_LATER})|(?:{_LATER})[^，。]{{0,8}}(?:拍|照片|发图|补图|补照)"
        ),
    ),
    (
        CaseQuestion.REIMBURSED,
        re.compile(
            "报销|(?:能|可以|给我?|你们)(?:不能)?报(?:吗|不|么|嘛|[?？]|$)|(?:自己|自费|我去?)(?:先)?(?:去|"
            "在)?[^，。]{0,5}(?:买|配|修|补)[^，。]{0,8}(?:你们|给我|能不能|算你)[^，。]{0,3}(?:报|出钱|"
            "出费|付|退|补)"
        ),
    ),
    (
        CaseQuestion.DOWN,
        re.compile(
            "(?:是不是|算不算|属于|算)?正常(?:吗|么|不|$)|(?:怎么|咋|如何)(?:处理|弄|办|解决)|少(?:跑|钻|掉)点"
        ),
    ),
    (
        CaseQuestion.SIGNED,
        re.compile(
            rf"(?:{_OTHERS})[^，。]{{0,4}}(?:签|代?收的?|代拿)|代(?:收|签)(?!点)|没(?:有)?(?:当场|当面)|"
            rf"(?:当场|当面)没"
            "|签(?:收)?了?[^，。]{0,4}(?:才|就)[^，。]{0,4}(?:发现|不管|不能|不给)"
        ),
    ),
    (
        CaseQuestion.COVERED,
        re.compile(
            rf"(?:还)?(?:管不管|保不保)|(?:还|都)能?管(?:吗|么|不$)|{_SPAN}了?[^，。]{{0,3}}就?(?:不管|"
            rf"不认|不负责)|{_SPAN}了?[^，。]{{0,6}}(?:还|能)[^，。]{{0,4}}(?:管|退|换|保|赔|处理|售后)"
            "|(?:过|超)(?:了)?(?:期|保|七天|7天|售后|时间|时效)[^，。]{0,3}(?:吗|么|没|吧|了$)|还在(?:售后|保修|质保)"
        ),
    ),
    (
        CaseQuestion.CAUSE,
        re.compile(
            "(?:怎么|咋|为什么|为啥|凭什么)[^，。]{0,6}(?:磨|破|坏|碎|掉色|起球|裂|开线|这样|这么快)"
            "|(?:不是|是不是|算不算|难道不是|不算)(?:你们的)?质量(?:问题|不好)|(?:是不是|算)你们(?:的)?(?:责任|问题)"
        ),
    ),
    (
        CaseQuestion.WORN,
        re.compile(
            r"(?<![没法能不难])(?:洗|穿|戴|用|睡|盖|下水)(?:过|了)(?:[一二两三几\d]+[次水遍回天晚]|$|了|[，。 ])"
            r"|下过?水|吊牌[^，。]{0,3}(?:剪|拆|撕|扔|丢)"
        ),
    ),
)
_FAULT = re.compile("开线|破|掉色|起球|坏|裂|断|脱胶|开胶|掉毛|褪|变形|缩水|漏|碎|磨|染|湿")
_MONEY = re.compile("券|积分|活动|发票|价保")


def asked(text: str, fault: str = "") -> CaseQuestion | None:
    """None for an answer to the bot's question, a description of the fault, or anything else. `fault`: what was told
    of it before."""
    words = normalise(text).strip()
    is_down = re.search(_OF_DOWN, f"{normalise(fault)} {words}") is not None
    kinds = (each for each, pattern in _PATTERNS if pattern.search(words))
    found = next((each for each in kinds if each is not CaseQuestion.DOWN or is_down), None)
    if found is CaseQuestion.WORN and _FAULT.search(words):
        return None
    return None if found is CaseQuestion.COVERED and _MONEY.search(words) else found


_URGENT = re.compile(
    "加急|急用|急着穿|(?:今|明|后)[天早晚]?[^，。]{0,4}(?:要穿|得穿)|等着用|急着用|(?:今|明|后)[天早晚]?[^，。]{"
    "0,4}(?:要用|就要|得用)|快[点些](?:补|寄|发|处理|解决|弄)|能不能快|尽快|赶紧(?:补|寄|发|处理)"
)


def is_urgent(text: str) -> bool:
    """Whether the case cannot wait ("孩子明晚要用 能加急不")."""
    return _URGENT.search(normalise(text)) is not None


_HOW_LONG = re.compile(
    "^(?:那|要是|如果|换货?的?话?|补发|退货?|重发|,|，| )*(?:换|补发|重发|退|寄回|办|处理)?[^，。]{0,4}(?:要|"
    "得|需要|大概)?"
    "(?:多久|多长时间|几天|多少天)(?:能|才|可以)?(?:到|收到|好|换好|拿到|发|寄)?(?:啊|呀|呢|吗|[?？])*$"
)


def asks_how_long(text: str) -> bool:
    """Whether she asks how long a remedy takes ("换要多久")."""
    words = normalise(text).strip()
    return _HOW_LONG.search(words) is not None and re.search("到账|退款|钱|人|客服|答复", words) is None
