"""What a message plainly asks about what she has ordered, whatever the model reads and whatever was asked before.

A customer with an order in hand is answered from it, never with what a new purchase would cost or take. The words
alone are read here; whether there is an order they can be about is decided where the orders are known.
Source: docs/transcript-review.md, Review D, 5, 7, 8, 11, 12 and "More, smaller".
"""

from __future__ import annotations

import re
from enum import Enum

from bot.shop.awaited import is_before_buying
from bot.text.normalise import normalise


class Matter(Enum):
    COURIER_RUDE = "courier_rude"
    OTHER_PARCEL = "other_parcel"
    AT_STATION = "at_station"
    SENT_BACK = "sent_back"
    RETURN_ADDRESS = "return_address"
    WITHDRAWN = "withdrawn"
    REFUND = "refund"
    POSTAGE = "postage"
    WORN = "worn"
    UNWORN = "unworn"
    STILL_THERE = "still_there"
    STUCK = "stuck"
    IN_STOCK_SAID = "in_stock_said"
    TAX = "tax"
    PRICE_GAP = "price_gap"
    ARRIVAL = "arrival"


_FAULTS = (
    "开线|破|掉色|起球|坏|裂|断|脱胶|开胶|掉了|掉毛|褪|变形|缩水|异味|不亮|漏|跑绒|钻绒|质量|起泡|过敏|红|痒"
)
_PEOPLE = "快递员|快递小?哥|小哥|派[送件]员|送[货快]递?的|送货员|送件的?|骑手|司机|快递的?人"
_MANNERS = (
    "态度(?!(?:很|挺|真|特别|非常|都|还)?(?:不错|好|可以))|凶|骂|吼|不耐烦|没礼貌|无礼|没素质|摔|扔|砸|甩|踢"
    "|挂我?(?:的)?电话|吵|怼|很?横|脾气|脏话|恶劣|不讲理"
)
_NUMBER = r"(?:[A-Za-z]{1,4}\d{8,16}|(?<!\d)\d{12,16}(?!\d))"
_DAYS = r"(?:好?几|[一二两三四五六七八九十\d]+)多?[天日]"
_PATTERNS: tuple[tuple[Matter, str], ...] = (
    (
        Matter.COURIER_RUDE,
        rf"(?:{_PEOPLE})[^，。]{{0,12}}(?:{_MANNERS})|(?:被|让|给)(?:{_PEOPLE})[^，。]{{0,6}}(?:骂|吼|怼|气|凶)",
    ),
    (
        Matter.OTHER_PARCEL,
        r"(?:另|另外|还有|第[二2]|剩下的?)(?:那)?[一1]?个?(?:包裹|快递)|剩下的(?:那)?(?:件|"
        r"样|东西|货|呢|啥时|什么时|几时|多久)|没到的那[件样个]",
    ),
    (
        Matter.AT_STATION,
        r"(?:能|可以|会|给)?(?:放|存|留|搁|保管)(?:到)?(?:多久|几天|多少天|到几号|什么时候|"
        r"啥时候)|会不会(?:被)?退回|会(?:被)?退回去|不去取|晚几?天(?:再)?(?:去)?取|过几天(?:再)?(?:去)?取",
    ),
    (
        Matter.SENT_BACK,
        rf"(?:寄|发|退)(?:了|出|走|回|好|过去|回去)[^。]{{0,16}}{_NUMBER}|{_NUMBER}[^。]{{0,8}}(?:寄|"
        rf"发|退)(?:了|出|走|回)"
        rf"|^(?:退货|回寄|寄回)?(?:的)?(?:快递)?单号(?:是|[:：])?\s*\S{{0,6}}\s*{_NUMBER}|^\S{{0,6}}\s*{_NUMBER}\S{{0,2}}$",
    ),
    (
        Matter.RETURN_ADDRESS,
        r"(?:寄|退)(?:到|回|去|回去|往)*(?:哪|什么地[方址]|啥地[方址])|(?:退货|寄回的?|退回的?)地址|"
        r"地址(?:呢|发我|给我|发一?下|再?发一?遍|再说|是啥|是什么|是哪)|(?:给|发)(?:个|我|一下|"
        r"下)*地址",
    ),
    (
        Matter.WITHDRAWN,
        r"(?:撤销|撤回|撤了|取消)(?:我的|这个|那个)?(?:退款|退货|申请)|(?:退款|退货|申请)(?:我)?(?:想|"
        r"要|能|可以|给我|帮我|不退了)*[^，。]{0,3}(?:撤销|撤回|撤了|撤掉|取消)|不退(?:款|货|"
        r"钱)?了|(?:^|[^区分])别退了|不想退了",
    ),
    (
        Matter.REFUND,
        r"(?:钱|款)[^，。]{0,5}(?:退了?没|退没退|退了吗|到账(?:了?[没吗]|没)|到没到|退我没|"
        r"没退|没到账?|什么时候退|啥时候退|多久退|退到哪)"
        r"|退(?:钱|款)了?[没吗]|退款到了?[没吗]|退款(?:呢|到哪)|退了(?:我)?多少|退(?:给)?我了?[没吗]|"
        r"什么时候退(?:钱|款|我)|啥时候退(?:钱|款|我)",
    ),
    (
        Matter.POSTAGE,
        r"(?:运费|邮费|快递费|来回)[^，。]{0,6}(?:谁|要我|我出|我付|你们出|你们付|算谁)|谁(?:出|"
        r"付|承担|掏|给)[^，。]{0,3}(?:运费|邮费|快递费)",
    ),
    (
        Matter.UNWORN,
        r"^(?:我)?(?:还)?(?:都|就)?没(?:有)?(?:穿|洗|拆|用|下水)(?:过)?(?:也?没(?:有)?(?:穿|洗|拆|"
        r"用|剪)(?:过)?|都|呢|的|啊|,|，| |吊牌|标签|标|都?在|还)*$|^(?:全新|吊牌)(?:还|都|"
        r"的)*(?:在|没[拆剪])?(?:呢|的)?$",
    ),
    (
        Matter.WORN,
        r"(?:穿|戴|用)(?:出去|出门|着|过|了)+[^，。]{0,4}(?:玩|逛|上学|上班|跑|走|[天次回]|"
        r"过了?$|了$)|下过?水了?|洗(?:过|了)(?:[一两]?[次水遍]|$|[，。 ])|(?:吊牌|标签|标)(?:已经|"
        r"都|被|让)?[^，。]{0,3}(?:剪|拆|撕|丢|扔)(?!着)|鞋底[^，。]{0,4}(?:脏|磨|花)",
    ),
    (
        Matter.STILL_THERE,
        r"(?:单子?|订单|下的单)[^，。]{0,3}(?:还在(?:不|吗|么|没|吧)|在不在|没(?:丢|没)?了?吧|"
        r"有没有丢|取消了没|没取消吧)",
    ),
    (
        Matter.STUCK,
        rf"(?:怎么|咋|为啥|为什么)还在(?!预售|卖|售|补|搞|打折)|还在[^，。]{{1,5}}(?:没动|不动|呢$)|{_DAYS}了?才到(?!手|账|货)"
        rf"|(?:物流|快递|包裹|货|单子?|一直|老是?|都|又)[^，。]{{0,4}}[卡困停]在|[卡困停]在[^，。]{{1,6}}{_DAYS}"
        rf"|到了?(?!手|货|家|账|现在|今天|目前)[^，。收穿用放]{{2,5}}?{_DAYS}(?:了|喇|啦)"
        rf"|停在[^，。]{{2,6}}(?:没动|不动)",
    ),
    (
        Matter.IN_STOCK_SAID,
        r"(?<!是)不是(?:说)?(?:有|是)?现货|说(?:好)?(?:的)?(?:是|有)?现货|明明(?:是|写|说)[^，。]{0,4}现货|"
        r"怎么(?:又)?(?:成|变)(?:成)?(?:了)?预售",
    ),
    (
        Matter.PRICE_GAP,
        r"(?:钱|价格?)差多少|差(?:价)?(?:多少|几块|不差)钱?|(?:要|用|需要)(?:不要|不用)?(?:再)?(?:补|加|添)(?:差价|钱)|补不补(?:差价|钱)?|价格?一样[吗不]",
    ),
    (
        Matter.TAX,
        r"关税|进口税|报关|(?:要|用|需)(?:不)?(?:要|用|需)?(?:我)?(?:再)?(?:交|缴|付|給|给|"
        r"出)(?:什么)?[税稅]|[税稅](?:金|费|費)|有没有[税稅]|(?:被|会|會)(?:收|征|扣)[税稅]",
    ),
    (
        Matter.ARRIVAL,
        r"^(?:那|那么|哎|到底|究竟|大概|大约|我的?|它|这个?|包裹|快递|货|东西|请问|问下|最快|"
        r"最晚|一般|得|要|还得|还要|还|，|,| )*"
        r"(?:几号|几时|何时|啥时候?|什么时候|什么时间|多久|多长时间|几天|哪天|多少天)"
        r"(?:先|才|能|会|可以|给我|给|我|就|再|帮我|一般|大概|来|,|，| )*"
        r"(?:到货?|送到|送达|收到|送来|寄来|寄到|到手|发货?|发给我|发出|寄|寄出|寄给我|发走|"
        r"来)(?:我这|手里|手上|家|得了|得)?(?:呀|啊|呢|了|吧|嘛|哦|咧|,|\?|？|。|!|！|~| )*$",
    ),
)
_COMPILED = tuple((matter, re.compile(pattern)) for matter, pattern in _PATTERNS)
_FAULT = re.compile(_FAULTS)
_INVOICE = re.compile("发票|抬头|税号|税率|专票|普票|开票|含税|纳税")
"""Words under which a tax is one of an invoice."""
_HER_ADDRESS = re.compile("核对|确认|我的|我填|收货|改|换|填错")
"""Beside these an address is where her own order goes."""
_AFTER = re.compile("退款?|换|售后|返现|活动|发票|券")
"""Beside these "多久能到" is about money or rules, not about a parcel."""


def read(text: str) -> frozenset[Matter]:
    """All that the words plainly ask; several where the talk has to decide."""
    words = normalise(text).strip()
    found = {matter for matter, pattern in _COMPILED if pattern.search(words)}
    if _FAULT.search(words):
        found.discard(Matter.WORN)
    if _INVOICE.search(words):
        found.discard(Matter.TAX)
    if _HER_ADDRESS.search(words):
        found.discard(Matter.RETURN_ADDRESS)
    if is_before_buying(text) or _AFTER.search(words):
        found.discard(Matter.ARRIVAL)
    return frozenset(found)


def tracking_number(text: str) -> str:
    """The number of a parcel she sends; "" where there is none."""
    found = re.search(_NUMBER, normalise(text), re.IGNORECASE)
    return found[0].upper() if found else ""


_SEVERAL_INVOICES = re.compile(
    r"分(?:开|别|两张|成两)(?:给我)?(?:地|来)?(?:开|,|，|$)|(?:各|每[件单样]|一[件单样])[^，。]{0,2}(?:开)?[一1]张|"
    r"开(?:成)?(?:两|2|二|三|3)张|拆(?:成|开)[^，。]{0,3}(?:张|开)"
)


def wants_several_invoices(text: str) -> bool:
    """Whether one order is to be billed on more than one invoice ("大衣和羊绒衫分开开两张")."""
    return _SEVERAL_INVOICES.search(normalise(text)) is not None


_IF_GONE = re.compile(
    r"(?:没(?:有)?货|缺货|换不了|改不了|没有)(?:的话)?[，, ]?(?:就|那就|的?就|直接|给我|"
    r"把)*[^，。]{0,4}(?:退|取消|不要)"
)


def gives_up_if_gone(text: str) -> bool:
    """Whether only what is not in stock is to be given up ("没货就退了那件")."""
    return _IF_GONE.search(normalise(text)) is not None
