"""What a message plainly asks about what she has ordered, whatever the model reads and whatever was asked before.

A customer with an order in hand is answered from it, never with what a new purchase would cost or take. The words
alone are read here; whether there is an order they can be about is decided where the orders are known.
Source: docs/transcript-review.md, Review D, 5, 7, 8, 11, 12 and "More, smaller".
"""

from __future__ import annotations

import re
from enum import Enum

from bot.shop.orders.awaited import is_before_buying
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
    LATE_MONEY = "late_money"
    OVERDUE = "overdue"
    COMPLAINT = "complaint"
    REROUTED = "rerouted"
    DELIVERY_TIME = "delivery_time"
    NO_ANSWER = "no_answer"
    WHO_SIGNED = "who_signed"
    PICKED_UP = "picked_up"
    ITS_MONEY = "its_money"
    PAID_WITH = "paid_with"
    URGED = "urged"


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
_CREDIT, _WALLET, _CARD = "花呗|信用卡|白条|月付", "微信|零钱|支付宝|余额宝?", "银行卡|储蓄卡|借记卡"
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
        r"啥时候)|会不会(?:被)?退回|会(?:被)?退回去|不去取|晚几?天(?:再)?(?:去)?取|过几天(?:再)?(?:去)?取|"
        r"(?:才|再)(?:能|有空|有时间)?去(?:取|拿)|(?:跟|和|给|同)驿站(?:的?人)?(?:说|讲|打)",
    ),
    (
        Matter.SENT_BACK,
        rf"(?:寄|发|退)(?:了|出|走|回|好|过去|回去)[^。]{{0,16}}{_NUMBER}|{_NUMBER}[^。]{{0,8}}(?:寄|"
        rf"发|退)(?:了|出|走|回)"
        rf"|^(?:退货|回寄|寄回)?(?:的)?(?:快递)?单号(?:是|[:：])?\s*\S{{0,6}}\s*{_NUMBER}|^\S{{0,6}}\s*{_NUMBER}"
        rf"\S{{0,2}}$",
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
        r"|退(?:的)?(?:那笔)?(?:钱|款)[^，。]{0,6}(?:到了[没吗不]|[没看查](?:有)?[不没]?[看收见到])|\d(?:元|"
        r"块)?(?:钱)?(?:已经|都)?退了?[没吗]"
        r"|退[^，。]{0,8}(?:仓库?|你们(?:那|店)?)[^，。]{0,3}(?:[没吗]|收到)|(?:是不是|你们?|怎么|咋)[^，。]{0,3"
        r"}不(?:想|肯|愿意?|给)?退(?:我|给我)?(?:的)?(?:钱|款)"
        r"|退(?:钱|款)了?[没吗]|退款到了?[没吗]|退款(?:呢|到哪)|退了(?:我)?多少|退(?:给)?我了?[没吗]|"
        rf"退(?:回去|回来|掉|给你们)?了?(?:都|有|快)?{_DAYS}了|(?:怎么|咋|为啥|为什么)还(?:不|没)(?:给我?)?退(?:"
        rf"我|给我|呢|啊)?[?？]*$|"
        r"什么时候退(?:钱|款|我)|啥时候退(?:钱|款|我)",
    ),
    (
        Matter.ITS_MONEY,
        r"^(?:那|我的?|还有)*[^，。多少几]{1,6}的?钱(?:呢|咧)?$|(?:上+个?(?:周|星期|礼拜|月)|前几?天|昨天|"
        r"那天|之前|早就?)退的",
    ),
    (
        Matter.PAID_WITH,
        rf"(?:付的?|用的?|走的?|刷的?|拿|是)(?:是|用)?(?:{_CREDIT}|{_WALLET}|{_CARD})|^(?:{_CREDIT}|{_WALLET}|"
        rf"{_CARD})(?:付的|的|啊|呀)*$",
    ),
    (
        Matter.PICKED_UP,
        r"上门(?:来)?(?:取|拿|收)|来(?:我)?家(?:里)?(?:取|拿)|(?:有人|谁)(?:来)?取(?:件|货)?[吗么不]",
    ),
    (
        Matter.POSTAGE,
        r"(?:运费|邮费|快递费|来回)[^，。]{0,6}(?:谁|要我|我出|我付|你们出|你们付|算谁)|谁(?:出|"
        r"付|承担|掏|给)[^，。]{0,3}(?:运费|邮费|快递费)",
    ),
    (
        Matter.UNWORN,
        r"^(?:我)?(?:还)?(?:都|就)?没(?:有)?(?:穿|洗|拆|用|下水)(?:过)?(?:也?没(?:有)?(?:穿|洗|拆|"
        r"用|剪)(?:过)?|都|呢|的|啊|,|，| |吊牌|标签|标|都?在|还)*$|^(?:我)?(?:就|只是?|就是|才|也就)?(?:在家)?试"
        r"(?:穿)?(?:了|过)(?:一?下|一次)?(?:而已|没穿出去|呀|啊|呢)?$|^(?:全新|吊牌)(?:还|都|"
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
        rf"(?:怎么|咋|为啥|为什么)还在(?!预售|卖|售|补|搞|打折)|还在[^，。]{{1,5}}(?:没动|不动|呢$)|{_DAYS}了?才"
        rf"到(?!手|账|货)"
        r"|(?:怎么|咋|为啥|为什么|一直|老)(?:停|卡)(?!产|用|售|电|止|工|业|卖|货|了|在|下|住|[吗不])"
        rf"|(?:物流|快递|包裹|货|单子?|一直|老是?|都|又)[^，。]{{0,4}}[卡困停]在|[卡困停]在[^，。]{{1,6}}{_DAYS}"
        rf"|到了?(?!手|货|家|账|现在|今天|目前)[^，。收穿用放]{{2,5}}?{_DAYS}(?:了|喇|啦)"
        rf"|^(?:都|还|一直|又)*[停卡困]在?[^，。]{{2,6}}?{_DAYS}(?:了|啦)"
        r"|停在[^，。]{2,6}(?:没动|不动)",
    ),
    (
        Matter.IN_STOCK_SAID,
        r"(?<!是)不是(?:说)?(?:有|是)?现货|说(?:好)?(?:的)?(?:是|有)?现货|明明(?:是|写|说)[^，。]{0,4}现货|"
        r"怎么(?:又)?(?:成|变)(?:成)?(?:了)?预售",
    ),
    (
        Matter.LATE_MONEY,
        r"(?:晚[发到送]|晚了|来晚|迟|延误|超时|拖(?!鞋|把|地)|慢(?!回弹))[^，。]{0,8}(?:补偿|赔|补多少|"
        r"补点|补我|有补)|(?:补偿|赔)[^，。]{0,6}(?:晚[发到送]|晚了|迟|延误|超时)",
    ),
    (
        Matter.OVERDUE,
        rf"(?:什么时候|啥时候?|几时|何时|多久|几号)[^。]{{0,6}}(?:发|寄)[^。]{{0,6}}{_DAYS}了|{_DAYS}了[^。]{{0,6}}"
        rf"(?:没|不)(?:发|寄)"
        r"|(?:怎么|咋|为啥|为什么)(?:还|都|到现在)*(?:不|没)(?:给我)?(?:发|寄)(?!票|错|顺丰|[中圆申韵]通|"
        r"京东|快递|链接|图|照)",
    ),
    (
        Matter.COMPLAINT,
        r"(?:我|要|想|去|会|就)投诉(?!过|电话|渠道|率)|投诉(?:你们?|他们?|商家|店|到哪|哪里|去哪|找谁|"
        r"在哪|电话|渠道|入口)|^投诉[!。]?$",
    ),
    (
        Matter.URGED,
        r"加急|催(?:一?下|一催|催|促)(?:仓库|发货|快递|物流)?|帮我?催|(?:快|早|赶紧|尽快|抓紧|麻烦快)(?:点|"
        r"些|一点)?(?:给我|帮我|的|安排)*(?:发(?:货|出|走|吧|就|了|$|,| )|寄(?:出|走|吧|$)|送(?:来|过来|"
        r"到)?(?:吧|$))",
    ),
    (
        Matter.REROUTED,
        r"(?:改|转)(?:送|寄|派|投|运)(?!达|费|险|优惠)|改(?:到|成)?(?:另|别的?地方|老家|娘家|公司|学校)",
    ),
    (
        Matter.DELIVERY_TIME,
        r"出差|(?:家里)?(?:没人|不)在家|等我(?:出差)?回来|晚(?:点|几天|两天|些)(?:再)?送|放(?:在|到|去)?(?:我家)"
        r"?楼下|放(?:在|到)?[^，。]{0,4}(?:超市|小卖部|便利店)"
        r"|(?:上午|中午|早上|白天|今天|明天|现在|这会儿?|下午)[^，。]{0,3}(?:都)?不在家|(?:让|叫|跟|请)(?:派件|"
        r"送货|派送|快递|小哥|师傅)[^，。]{0,5}(?:上午|下午|晚上|点|晚点|明天|后天)"
        r"|(?:上午|下午|晚上|傍晚|晚点|[一二三四五六七八九十\d]点)[^，。]{0,5}(?:再来|来送|派送|再派|再送)"
        r"|(?:上午|中午|下午|晚上|傍晚|今晚|周末|下班后?)(?:再|帮我|给我|来|派)*送(?!到|达|的|了|过)",
    ),
    (
        Matter.NO_ANSWER,
        r"打不通|(?:没人|无人|不|没)接(?:听|电话|我电话)?[!！。]*$|不接电话|一直占线|是空号|打了[^，。]{0,6}(?:没"
        r"人|不)接",
    ),
    (
        Matter.WHO_SIGNED,
        r"(?:门卫|保安|物业|前台|邻居|驿站)[^，。]{0,3}(?:签|代收)",
    ),
    (
        Matter.PRICE_GAP,
        r"(?:钱|价格?)差多少|差(?:价)?(?:多少|几块|不差)钱?|(?:要|用|需要)(?:不要|不用)?(?:再)?(?:补|加|"
        r"添)(?:差价|钱)|补不补(?:差价|钱)?|价格?一样[吗不]"
        r"|差价(?:退|补)?(?:到|在|给)?(?:哪|吗|不|呢|咋|怎么)",
    ),
    (
        Matter.TAX,
        r"关税|进口税|报关|(?:要|用|需)(?:不)?(?:要|用|需)?(?:我)?(?:再)?(?:交|缴|付|給|给|"
        r"出)(?:什么)?[税稅]|[税稅](?:金|费|費)|有没有[税稅]|(?:被|会|會)(?:收|征|扣)[税稅]",
    ),
    (
        Matter.ARRIVAL,
        r"^(?:那|请问|它|快递|包裹|我的|,|，| )*(?:今天|今晚|今儿|明天|明早|后天|下?(?:周|星期)[一二三四五六日天"
        r"])(?:上午|下午|晚上|之?前)?(?:能不能|可不可以|会不会|能|会|可以|就)*(?:给我)?"
        r"(?:到货?|送到|送达|收到|送来)(?:得了|家|我家|手)?(?:吗|么|不|没|嘛|吧|得了)+(?:呀|啊|\?|？| )*$"
        r"|(?:大概|大约|一般|到底|最快|最晚|,|，| )(?:是|得|要)?(?:几号|哪天|几天|多久|什么时候|啥时候|"
        r"几时)(?:能|会|可以|才)?(?:到货?|送到|收到)(?:啊|呀|呢|吧|\?|？| )*$"
        r"|^(?:那|那么|哎|补发?的|重发的|换的|新的|到底|究竟|大概|大约|我的?|它|这个?|包裹|快递|货|东西|"
        r"请问|问下|最快|"
        r"最晚|一般|得|要|还得|还要|还|，|,| )*"
        r"(?:几号|几时|何时|啥时候?|什么时候|什么时间|多久|多长时间|几天|哪天|多少天)"
        r"(?:先|才|能|会|可以|给我|给|我|就|再|帮我|一般|大概|来|,|，| )*"
        r"(?:到货?|送到|送达|收到|送来|寄来|寄到|到手|发货?|发给我|发出|寄|寄出|寄给我|发走|"
        r"来)(?:我这|手里|手上|家|得了|得|新的|换的|补的|新鞋|新衣服)?(?:呀|啊|呢|了|吧|嘛|哦|咧|,|\?|"
        r"？|。|!|！|~| )*$",
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


_BARE_SUM = re.compile(r"^(?:是|就是|那|那个)?\d{1,6}(?:\.\d{1,2})?(?:元|块)?(?:钱)?(?:吗|么|呢|吧|[?？])*$")


def is_bare_sum(text: str) -> bool:
    """ "149吗", after a sum was told."""
    return _BARE_SUM.match(normalise(text).strip()) is not None


class Paid(Enum):
    """What an order was paid with, as far as it decides where to look for money that came back."""

    CREDIT = "credit"
    WALLET = "wallet"
    CARD = "card"


def paid_with(text: str) -> Paid | None:
    words = normalise(text)
    ways = ((Paid.CREDIT, _CREDIT), (Paid.WALLET, _WALLET), (Paid.CARD, _CARD))
    return next((way for way, names in ways if re.search(names, words)), None)


def tracking_number(text: str) -> str:
    """The number of a parcel she sends; "" where there is none."""
    found = re.search(_NUMBER, normalise(text), re.IGNORECASE)
    return found[0].upper() if found else ""


_WHERE_TO_COMPLAIN = re.compile(
    r"投诉[^，。]{0,3}(?:到?哪|找谁|电话|渠道|入口|打什么|怎么)|(?:哪|怎么|电话|找谁)[^，。]{0,3}投诉"
)


def asks_where_to_complain(text: str) -> bool:
    """Whether she asks for the way to complain, and not only threatens to."""
    return _WHERE_TO_COMPLAIN.search(normalise(text)) is not None


_POSTAGE_OF = re.compile(r"运费|邮费|快递费")
_PAYS_MORE = re.compile(
    r"(?:加|补|多付|多出|贴)(?:点|些|个)?(?:钱|差价|运费|\d+块?)?(?:也|都|就)?(?:行|可以|好|没事|没关系|"
    r"没问题|成|愿意|吧|我?[补出加])|(?:差价|钱|运费)我(?:补|出|加|付)|我来?(?:补|出|加|付)(?:差价|钱|"
    r"运费)"
)


def asks_postage(text: str) -> bool:
    """Whether postage is what is asked ("运费呢")."""
    return _POSTAGE_OF.search(normalise(text)) is not None


def pays_more(text: str) -> bool:
    """Whether she agrees to a surcharge that was told ("加钱也行")."""
    return _PAYS_MORE.search(normalise(text)) is not None


_IF_GONE = re.compile(
    r"(?:没(?:有)?货|缺货|换不了|改不了|没有)(?:的话)?[，, ]?(?:就|那就|的?就|直接|给我|"
    r"把)*[^，。]{0,4}(?:退|取消|不要)"
)


def gives_up_if_gone(text: str) -> bool:
    """Whether only what is not in stock is to be given up ("没货就退了那件")."""
    return _IF_GONE.search(normalise(text)) is not None
