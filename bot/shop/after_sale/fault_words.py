"""What a message says of the trouble: which kind it is, and how many pieces.

Source: docs/transcript-review.md, B 8 and 12: a thing that is broken stays broken until she says it is a wrong one, and
"裂了一个" has told how many.
"""

from __future__ import annotations

import re

from bot.shop.records.remedy_policy import Issue
from bot.text.normalise import normalise

_SAID: tuple[tuple[Issue, re.Pattern[str]], ...] = (
    (
        Issue.WRONG,
        re.compile(
            "[发寄拿装给配]错|发成|寄成|(?:(?<!号)(?<!取件)(?<!件)码|颜色|款式?)(?:子|数)?(?:不对|不是我)|"
            "我[要买拍订选](?:的)?(?:是)?[^,。]{1,8}(?:发|寄|给|来|到手)的?(?:却|竟)?(?:是|成)|"
            "不是我[要买拍订选]的|我[要买拍订选]的(?:是|明明)[^,。]{1,12}(?:收到|来的|发来|给我|到手)|货不对"
        ),
    ),
    (
        Issue.MISMATCH,
        re.compile(
            "[跟和与][^,。]{0,6}(?:图|页面|描述|照片|宣传|直播)[^,。]{0,6}(?:不一样|不符|不同|差)|色差|"
            "不符|货不对板|图片骗人"
        ),
    ),
    (
        Issue.MISSING,
        re.compile(
            "[少漏缺](?:发|了|给|寄|装|件|配|一|两|二|三|个|只|双|条|套)|没[发给寄装][^,。]{0,4}(?:全|"
            "齐)|只(?:有|收到|发了?|给了?)一|不够数|数量不对"
            "|(?:买|拍|订|下单)了?(?:的是)?[两二三四五六七八九十2-9][^,。]{0,4}[,， ]*"
            "(?:就|才|只|怎么就|咋就|怎么只)(?:来|到|有|收|发|给|寄)(?:了|到)?[一两二三四五1-5]"
            "|(?:就|才|只)(?:来|到)了?[一1][个只件双条套]"
        ),
    ),
    (
        Issue.DEFECT,
        re.compile(
            "坏[了的掉]|不(?:保温|防水|亮|转|加热|充电|吸水)了|软塌|塌[了下陷]|立不住|撑不(?:起|住)|碎|"
            "裂|破|断了|开[线胶]|脱胶|烂了|不能用|用不了|起球|掉色|[钻漏跑]绒|漏[毛水]"
            "|不一样长|一长一短|长短不一|不一样大|一大一小|大小不一|一高一低|不对称|歪[了的]|缝歪"
        ),
    ),
)
_STOPPED = re.compile(
    "不(?:保温|防水|亮|转|制热|加热|充电|吸水|出水|好用|管用|回弹|粘)了|(?:坏|裂|断|碎|烂|漏水?|掉色|起球|"
    "开线|脱胶)了"
)


def tells_fault(text: str) -> bool:
    """Whether she tells that something of hers does not do any more ("有俩不保温了"), and asks for no fact."""
    words = normalise(text)
    return _STOPPED.search(words) is not None and re.search("[吗么?？]|会不会|容易", words) is None


_BOUGHT = re.compile(
    "我[^,。]{0,4}(?:买|拍|订|下单)的|(?:在|从|跟)[你您]们?(?:家|店|这)[^,。]{0,4}(?:买|拍|订)的?|(?:刚|"
    "才)?(?:收到|拿到|买回来|穿)了?[^,。]{0,6}(?:就|发现)|(?:你们?|您)(?:发|寄)(?:来|过来|给我)的"
)


def has_bought(text: str) -> bool:
    """Whether she speaks of something bought and in her hands ("我买的衣服坏了")."""
    return _BOUGHT.search(re.sub(r"\s", "", normalise(text))) is not None


_NOT_SHORT = re.compile("[少缺](?:了?一?(?:角|块|截|口|边|漆))")
"""A corner that is missing is a fault of a piece that is there."""

_LEFT_OUT = re.compile("漏(?:发|寄|装|给|了)|[少缺没](?:发|寄|给|装|配|收)|只(?:收到|发|寄|给)")


def was_left_out(text: str) -> bool:
    """Whether pieces were not sent, and are not short because they broke ("少两件还咋用")."""
    return _LEFT_OUT.search(normalise(text)) is not None


_NUMBERS = {"一": 1, "两": 2, "二": 2, "俩": 2, "三": 3, "仨": 3, "四": 4, "五": 5}
_PIECE = re.compile(
    "(?P<many>[1-9]\\d?|[一两二三四五])(?:个|只|件|双|条|套|床|把|根|盒|箱|本|瓶|副|张)"
    "(?![^,。]{0,2}(?:口子?|洞|缝|角|坑|印|包|点|块|星期|月|小时|办法|同事|人|客服|电话|疙瘩|污))|(?P<pair>俩|仨)"
)
_ALL = re.compile("[都全](?:是|坏|碎|裂|破|断|烂|这样|有|错|没)|全部|每[个只件双条]|所有")
_ONE_OF = re.compile(
    "其中一|有一[个只件双条套]|就一[个只件双条套]|只有一[个只件双条套]|另一?[个只件双条套][^,。]{0,3}(?:好|没事)"
)


def said_issue(text: str) -> Issue | None:
    """The kind of trouble the words name; None where they name none."""
    plain = _NOT_SHORT.sub("破", re.sub(r"\s", "", normalise(text)))
    return next((issue for issue, words in _SAID if words.search(plain)), None)


def pieces_in(text: str, ordered: int) -> int | None:
    """How many of the `ordered` pieces are meant; None where it is not said or said of something else."""
    plain = re.sub(r"\s", "", normalise(text))
    if _ONE_OF.search(plain):
        return 1
    found = _PIECE.search(plain)
    if found:
        told = found["pair"] or found["many"]
        count = int(told) if told.isdigit() else _NUMBERS[told]
        return count if count <= ordered else None
    return ordered if _ALL.search(plain) else None


_CAME = re.compile(
    "(?:只|就|才)(?:收到|来|到|有|发|给|寄)了?(?P<came>[1-9]|[一两二三四五])(?:个|只|件|双|条|套|床|把|"
    "根|盒|箱|本|瓶|副|张)"
)


def pieces_short(text: str, ordered: int) -> int | None:
    """How many of the `ordered` pieces are missing where she tells how many came ("买了两个就来一个"); None where she
    does not."""
    found = _CAME.search(re.sub(r"\s", "", normalise(text)))
    if found is None:
        return None
    came = int(found["came"]) if found["came"].isdigit() else _NUMBERS[found["came"]]
    return ordered - came if came < ordered else None
