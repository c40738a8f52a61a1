"""What a message plainly says of a parcel that comes back or is not there: send it again, the money, nobody has it.

Only the words are read; which order they can be about is decided where the orders are known (own_parcels.py).
Source: docs/transcript-review.md, third round, F 4 and 5.
"""

from __future__ import annotations

import re
from enum import Enum

from bot.shop.talk import consent
from bot.text.normalise import normalise


class OfReturning(Enum):
    """What is said of a parcel on its way back to the shop."""

    AGAIN = "again"
    MONEY = "money"
    ASKS = "asks"
    """About either, or both in one breath: she is told, and nothing is settled."""


_NO_REFUND = re.compile(r"(?:别|甭|先不|不用|不要|不想|不)(?:给我|帮我)?(?:退款|退钱|退货|退我|退)了?")
_CHOICE = re.compile(r"(?:退[款钱]?|重[新]?[寄发]|换)还是[^,，。 ]{1,6}[,，。 ]+")
"""The bot's own choice said again, before hers ("退款还是重发 我选重发")."""
_AGAIN = re.compile(
    r"(?<!不用)(?<!别)(?<!不要)(?:重新|再|另外?)(?:帮我|给我|安排)?(?:寄|发|送)(?!货)|重[寄发派]|补[发寄]|重新给我[寄发送]"
    r"|(?<!为什么)(?<!怎么)(?<!咋)(?:我|还是|还)(?:是|还)*想?要(?:的|呢|啊|呀|嘞|那|这|它|货|鞋|靴|衣|$|[,，。! ])"
    r"|还想要|继续[寄发送]"
)
_MONEY = re.compile(
    r"退(?:我|给我)?的?(?:钱|款)|钱退|全额退|不想?要了|不用(?:再|重新)?[寄发]了?|别(?:再|重新)?[寄发]了|退了(?:吧|算了)|退吧|给我退"
)
_OF_MONEY = re.compile(r"钱|款|\d{2,5}(?:块|元)?|退给我|退我")
_WHEN = re.compile(r"呢|怎么|咋|什么时候|啥时候|多久|几时|几天|哪天")
_POLITELY = re.compile(r"(?:行|好|可以|能|成)(?:不行|不好|不|吗|么|嘛)?$|[吗么]$")
_COMES_BACK = re.compile(r"退回|退件|被退|返回")


def of_returning(text: str) -> OfReturning | None:
    """What she wants of a parcel that comes back; None where she says nothing of it."""
    words = _CHOICE.sub("", normalise(text).strip())
    bare = _NO_REFUND.sub("", words)
    again = _AGAIN.search(bare) is not None or bare != words
    asks_money = _OF_MONEY.search(bare) is not None and _WHEN.search(bare) is not None
    money = _MONEY.search(bare) is not None
    if asks_money or (again and money):
        return OfReturning.ASKS
    is_question = consent.asks_back(words) or _POLITELY.search(words) is not None
    if again:
        return OfReturning.ASKS if is_question else OfReturning.AGAIN
    if money:
        return OfReturning.ASKS if is_question else OfReturning.MONEY
    return OfReturning.ASKS if _COMES_BACK.search(words) and is_question else None


def speaks_of_again(text: str) -> bool:
    """Whether sending once more is spoken of, asked or wished."""
    return _AGAIN.search(normalise(text)) is not None


def names_return(text: str) -> bool:
    """Whether the words themselves speak of a parcel that was sent back."""
    return _COMES_BACK.search(normalise(text)) is not None


_SOMEWHERE = "驿站|代收点?|快递柜|丰巢|自提[点柜]|门卫|保安|物业|前台|门口|家里人?|邻居|鞋柜|附近"
_NOBODY_HAS_IT = re.compile(
    rf"(?:{_SOMEWHERE})[^,，。]{{0,6}}(?:没(?!电|法|空|有?时间|开门|营业)|查不到|找不到|不在)|查无此件"
    r"|报了?(?:取件码)?[^,，。]{0,3}(?:也|都)?(?:没|不对)|取[件货]码[^,，。]{0,8}(?:对不上|不对|错的?|无效|失效|查不到|不存在|没用)"
    rf"|(?:找|问|看)(?:过|遍)了?[^,，。]{{0,4}}[,，。 ]*(?:都|也|还是|哪都|哪里都)?(?:没有?|不在|找不到)(?!有|问题|事)"
)
_NOT_IN_HAND = re.compile(r"没(?:有)?(?:到|拿到|在)(?:我)?(?:的)?手|(?<!还)没(?:有)?拿到手|压根没(?:收|拿)到")
_LOST = re.compile(r"(?:弄|搞|寄|送|整|给)?丢(?:了|件|失|包|掉)?|遗失|(?:弄|搞)没了|不见了|寄失|失踪|找不回")
_PARCEL = "件|包裹|快递|货|东西|单子?|你们|会不会|不会|万一|要是|如果|真"
_NO_PARCEL = re.compile(
    r"(?:扣子?|吊牌|标签?|发票|小票|单据|[件货]码|密码|盒子?|包装|袋子?|券|卡|螺丝|配件|说明书|绳|带子?|拉链|帽子?|盖子?|遥控|插头|珠|钻|耳|票|钥匙|手机)"
    r"[^,，。]{0,5}(?:丢|不见|没了)|丢(?:在|到|门口|地上|脸|人|给|进|垃圾|掉了?(?:吧|算)|三落四|份|下)|(?:我|孩子|娃|宝宝)(?:自己|给|把[^,，。]{1,6}|不小心)?(?:弄|搞)?丢了"
    r"|(?:洗|穿|机洗)[^,，。]{0,4}丢|丢(?:了)?(?:一只|一个|一颗|几颗)"
)
_NOT_FOUND = re.compile(
    r"(?:要是|万一|如果|那)*(?:还是|真的?|都|最后)*找不(?:到|着|回来)了?(?:的话)?(?:咋|怎么|呢|赔)[^,，。]{0,4}$"
)
_ASKS_LOST = re.compile(r"[吗么嘛吧?？呢]|咋|怎么|会不会|不会|赔不赔|[赔管]|谁|万一|要是|如果|是不是|了$")


def nobody_has_it(text: str) -> bool:
    """Whether she has looked where it should be, and it is not there ("驿站说没我的件", "找过了 都没有")."""
    return _NOBODY_HAS_IT.search(normalise(text)) is not None


def not_in_hand(text: str) -> bool:
    """ "裙子没到手": shown as delivered, and she has not got it."""
    return _NOT_IN_HAND.search(normalise(text)) is not None


_LEFT_OUT = re.compile(
    r"(?:是不是|会不会|有没有|难道|该不会|不会是?)[^,，。]{0,6}(?:漏|少)(?:发|寄|装|了|给)|(?:漏|少)(?:发|寄|装|给)了?[^,，。]{0,3}(?:吧|吗|么|没|[?？])"
)


def asks_left_out(text: str) -> bool:
    """Whether she asks if something was left out, and does not say so ("是不是漏发了")."""
    return _LEFT_OUT.search(normalise(text)) is not None


_MARKED_SIGNED = re.compile(
    rf"签收?了?的?(?:那|这)?个?(?:[包个件]|快递)|显示[^,，。]{{0,4}}签收|(?:{_SOMEWHERE})[^,，。]{{0,3}}(?:签|代收)|谁(?:给)?签"
)


def of_signed(text: str) -> bool:
    """Whether the parcel that is marked as signed for is meant ("门卫签的那包")."""
    return _MARKED_SIGNED.search(normalise(text)) is not None


def fears_loss(text: str) -> bool:
    """Whether a parcel is feared or said to be lost ("不会弄丢了吧", "丢了赔不赔"); a lost button is none."""
    words = normalise(text).strip()
    if _NOT_FOUND.match(words):
        return True
    if not _LOST.search(words) or _NO_PARCEL.search(words):
        return False
    return _ASKS_LOST.search(words) is not None or re.search(_PARCEL, words) is not None


_TELL_STATION = re.compile(
    r"(?:跟|和|给|同)驿站(?:的?人)?(?:说|讲|打)|(?:帮我|麻烦|请)[^,，。]{0,6}(?:多留|多放|留几天|保管)"
)


def asks_to_tell_station(text: str) -> bool:
    """Whether somebody of the shop shall speak to the station for her ("帮我跟驿站说一声")."""
    return _TELL_STATION.search(normalise(text)) is not None


def speaks_of_customs(text: str) -> bool:
    """Whether customs are spoken of ("仲未清關咩"); what they take is another matter."""
    words = normalise(text)
    return (
        re.search("清关|过关|海关", words) is not None and re.search("关税|要交|交税|收税|税", words) is None
    )
