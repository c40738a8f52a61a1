"""Whether a message about sending goods back asks, agrees or takes it back.

A question registers nothing ("能退多少"), a reason alone neither ("不喜欢这颜色"): only the customer's plain word does.
Source: docs/transcript-review.md, B 7 (nothing is booked on a question).
"""

from __future__ import annotations

import re

from bot.shop.talk import consent
from bot.text.normalise import normalise

DEED = "退货|退款|退掉|退了?|登记|办理|办"
"""What a yes to a return may name."""
_AMOUNT = re.compile(
    r"退[^，,。]{0,6}(?:多少|几块)(?!天|久|个?工作日)|多少(?:钱|块)?[^，,。]{0,4}退"
    r"|(?:全款|全额|全部|全)[^，,。]{0,3}退[^，,。]{0,3}(?:吗|么|不$|没$)"
)
_OTHER_MONEY = re.compile("差价|补偿|赔|运费(?:能|可以)?退|定金|一部分|部分|积分|券")
_WENT_BACK = re.compile("退了(?:我|给我)?(?:多少|几)")
"""Money that has gone back is told by its order."""
_HOW = re.compile("(?:怎么|咋|如何|怎样)(?:个)?(?:退|寄|办|弄)")
_ASKS = re.compile(r"(?:能|可以|会|给|好|行)[^，,。]{0,4}不(?:能|行|可以)?[呢啊呀]?$|退不退|问一?[问下声]")
_PLAIN = re.compile(
    r"(?:我要|我就要|就要|还是|直接|干脆|帮我|给我|那就|就)退(?!多|几|不)|退(?:了|掉|货|款)*吧"
    r"|(?:^|[,，。 ])退货[!！。]?$|登记吧|办吧"
)
_CALLS_OFF = re.compile(
    r"(?<![还能么会咋])不(?:想|要)?退(?!我|给|运|钱|差|换|吗|么)|不用(?:给我|帮我)?退了|(?:别|甭|先不|"
    r"没说要?|不是要)(?:给我|帮我|急着)*退"
    r"|撤[销回了掉]|(?:退货|申请|登记)[^，,。]{0,3}取消|取消(?:这个|那个|我的)?(?:退货|申请|登记)|(?<!别)留着"
)
"""The goods stay with her; "还不退钱" complains."""
_PLAINLY_OFF = re.compile(
    r"撤[销回了掉]|退货?[^，,。]{0,3}(?:申请|登记)|(?:货|[件双条套裤鞋服衣裙])我?不退了|没说要?退"
)
_DISCOUNT = re.compile(
    r"(?:满减|优惠|立减|折扣|券)[^，。]{0,8}(?:咋算|怎么算|怎么办|咋办|扣|收回|还回|要还|退不退|退吗)"
    r"|扣[^，。]{0,3}(?:满减|优惠|立减)|减(?:掉|了)?的\d+"
)
_WAITS = re.compile("先别|先不[办要登]|(?:只是|就是|就)问[问下一]|问问(?:而已|的)")
_OF_THE_WRAPPING = re.compile("吊牌|标签|包装|盒|袋|小票|发票|赠品")
"""Kept for the return ("吊牌都留着呢"), or not what goes back."""


_AT_HOME = re.compile(
    r"(?:在家|家里|屋里|屋子|室内|房间|地板|地毯|瓷砖|垫子|床上|试穿|试了|试过|试一下)[^。]{0,12}(?:踩|走|穿|试|站)"
    r"|(?:踩|走|站)[^,，。]{0,4}(?:地板|地毯|瓷砖|屋里|家里|室内)|试穿|试过|试了"
)
_MATTERS = re.compile(
    r"没事|影响|有关系|没关系|要紧|还能[退换]|能不能[退换]|可以[退换]|能[退换]|算(?:不算)?穿|算(?:不算)?使用|"
    r"行[吗不]|可以[吗不]|怎么办|会不会"
)
_OUTSIDE = re.compile("出去|出门|外面|上班|上学|逛|跑步|下水|洗")
_WHICH = re.compile(
    r"(?:退|换)[^。]{0,10}(?:哪个|哪种|怎么|咋)[^。]{0,4}(?:划算|合算|好|省|便宜|合适)|(?:哪个|哪种|怎么|"
    r"咋)[^。]{0,3}(?:划算|合算)"
    r"|退(?:了|掉|货)?(?:再|重新?)(?:买|拍|下单)|[退换](?:货|掉|好)?还是[退换]"
)


def tried_at_home(text: str) -> bool:
    """Whether she asks what trying it on at home does to a return or an exchange."""
    words = normalise(text)
    is_home = _AT_HOME.search(words) is not None and _OUTSIDE.search(words) is None
    return is_home and _MATTERS.search(words) is not None


def tried_on(text: str) -> bool:
    """Whether she says that she only tried it on ("就试了一下")."""
    words = normalise(text)
    return re.search("试", words) is not None and _OUTSIDE.search(words) is None


def asks_which(text: str) -> bool:
    """Whether she weighs a return against an exchange ("那我要是直接退呢 哪个划算")."""
    return _WHICH.search(normalise(text)) is not None


def asks_amount(text: str) -> bool:
    """Whether she asks how much of her money comes back."""
    words = normalise(text).strip()
    is_told_of = _WENT_BACK.search(words) or _OTHER_MONEY.search(words)
    return _AMOUNT.search(words) is not None and not is_told_of


def asks_how(text: str) -> bool:
    """Whether she asks how goods are sent back."""
    return _HOW.search(normalise(text)) is not None


def asks(text: str) -> bool:
    """Whether the message asks anything, and so cannot be her word to do it."""
    words = normalise(text).strip()
    return asks_amount(text) or consent.asks_back(text) or _ASKS.search(words) is not None


def calls_off(text: str) -> bool:
    """Whether a return is plainly not wanted any more ("不退了", "退货申请取消掉 我留着")."""
    words = normalise(text)
    if consent.asks_back(text) or asks_amount(text) or _OF_THE_WRAPPING.search(words):
        return False
    return _CALLS_OFF.search(words) is not None


def calls_off_plainly(text: str) -> bool:
    """Whether the words themselves name a return that is not wanted, so that they can be no other wish."""
    return calls_off(text) and _PLAINLY_OFF.search(normalise(text)) is not None


def asks_discount(text: str) -> bool:
    """Whether she asks what becomes of a discount; of which order the talk decides."""
    return _DISCOUNT.search(normalise(text)) is not None


def leaves(text: str) -> bool:
    """Whether nothing is to be registered, now or at all ("先别给我退 我问问而已")."""
    is_question = consent.asks_back(text) or asks_amount(text)
    return calls_off(text) or (not is_question and _WAITS.search(normalise(text)) is not None)


def agrees(text: str, was_read_back: bool, read_as_yes: bool = False) -> bool:
    """Whether the words say to send it back: by naming it, or by a yes to what was read back."""
    if asks(text) or leaves(text):
        return False
    if was_read_back and consent.is_yes(text, DEED, read_as_yes):
        return True
    return consent.names_deed(text, DEED) or _PLAIN.search(normalise(text)) is not None
