"""Somebody writes or calls in the shop's, the courier's or the customs' name and wants money, a code or a click.

Source: docs/transcript-review.md, F 14 (safety of her money before anything else). The shop takes money on the order's
page only and sends it back the way it came (data/faq, payment.yml and refund.yml); what else is asked for is warned of.
"""

from __future__ import annotations

import re
from enum import Enum

from bot.text.normalise import normalise


class Scam(Enum):
    ASKED = "asked"
    CUSTOMS = "customs"
    PAID = "paid"
    """Money or a code has gone already."""


_CONTACT = re.compile(
    "有人|有个(?:人|电话|号码?|短信|女的|男的|客服|微信)|陌生|自称|冒充|假冒|说[他她]?是(?:你们|客服|快递|海关|店|平台)"
    "|(?<!没)(?:接到|收到|来了?)[^，。]{0,4}(?:电话|短信|来电|信息|微信|邮件)|有[^，。]{0,2}(?:电话|短信)|(?<![我能])打(?:了|来|过|个)*电话|电话[话说让叫要]"
    "|短信[话说让叫要]|加(?:了)?我(?:的)?(?:微信|好友|qq)|(?:客服|快递)[^，。]{0,3}加我"
)
_ASKS = re.compile(
    "(?:让|要|叫|喊|催|得|需要)我?[^，。]{0,8}(?:交(?!代|给|换|接)|缴|付(?!款成功)|转账|转钱|汇款|打钱|扫码|扫个?码|点[^，。]{0,3}链接|下载|共享|"
    "验证码|银行卡|卡号|密码|保证金|解冻|刷流水|加[^，。]{0,3}微信|加群)|点[^，。]{0,3}链接|双倍(?:退|赔)"
)
_PLAIN = re.compile(
    "(?:诈骗|骗子)(?:电话|短信|信息)|屏幕共享|共享屏幕|刷流水|安全账户|冒充(?:你们|客服|快递|海关|店)"
)
_CUSTOMS = re.compile("清关|关税|报关|海关|补税|交税|进口税|[税]费")
_GONE = re.compile(
    "(?:已经|都|刚才?|我)[^，。不没]{0,4}(?:付了|转了|交了|转过去|打过去|扫了|给了|填了|点了|发过去了|告诉他了|下载了)|被骗了|转走了|扣了"
)
_OF_A_PARCEL = re.compile("取件|驿站|自提|菜鸟|尾款|到付")
"""Codes and apps of a pick-up station, and what a presale or a courier rightly takes."""
_DOUBT = re.compile(
    "骗|呃人|假的|真的|真假|靠谱|是你们(?:的人|打|发|吗|么)|信(?:吗|不信|得过)|怎么办|咋办|别理|不理|挂了"
)


def reported(text: str) -> Scam | None:
    """What she tells of such a call or message; None for any other."""
    words = normalise(text)
    is_plain = _PLAIN.search(words) is not None
    is_told = _CONTACT.search(words) is not None and _ASKS.search(words) is not None
    if not is_plain and (not is_told or _OF_A_PARCEL.search(words)):
        return None
    if _GONE.search(words):
        return Scam.PAID
    return Scam.CUSTOMS if _CUSTOMS.search(words) else Scam.ASKED


def goes_on(text: str) -> Scam | None:
    """What she says after she was warned: that money has gone, or that she doubts it; None for another subject."""
    words = normalise(text)
    if _GONE.search(words):
        return Scam.PAID
    return Scam.ASKED if _DOUBT.search(words) else None
