"""Short messages before the sale that say by their words alone what they want, however they are read.

Source: docs/transcript-review.md, second round, C 8 and 12–18: each was read with confidence, and wrongly.
"""

from __future__ import annotations

import re

from bot.shop.records.model import Product
from bot.text.normalise import bare, normalise

_WHETHER = re.compile(r"([\u4e00-\u9fff])不\1")
_ASKS = re.compile(
    r"([\u4e00-\u9fff])[不没]\1|用得?几年|用得?多久|[吗么嘛?？]|会不会|能不能|怎么样|咋样|够不够|[不没](?=$|[\s,，。!！?？])"
)
_HOW = re.compile(r"怎么(?!样)|怎样|如何|咋(?!样)|办法|要不要|[能可](?:不能|以)?用[^吗么不]{1,4}[吹洗擦烘]")
_DENIES = re.compile(r"没(?!有?[^吗么]{0,8}[吗么])|不(?:是|会|过敏|掉|起)(?!.*[吗么?？])|以前|上次|之前")
_WARY = re.compile(
    r"别是|不会是|该不会|怕(?:是|被骗|买到)|真的假的|(?:买过|遇到过|碰到过|踩过)[^，,。]{0,8}(?:的|过|坑|气|怕)"
    r"|(?:上一?|前一?|以前那|之前那)个[^，,。]{0,10}就"
)
"""She has been cheated elsewhere, or fears to be: no trouble with us."""
_OF_ORDERS = re.compile("[发寄到送退换改]|快递|物流|[运邮]费|订单|发票|付款|取消|单子")
_OF_MONEY = re.compile("[钱价元块券折送赠买付拍贵]|优惠|活动|便宜|包邮|批发|团购|定制|多少")
_CHEAPER = re.compile(
    r"便宜(?:点|些|一点|一些)?的(?!话|价)(?:款|那款|有)?(?:[吗呢么没不嘛]|有[吗没么]|$)|有没有.{0,3}便宜"
)
_CHEAPER_SORT = re.compile(
    r"有(?:没有|啥|什么|点|些)?[^，,。]{0,2}(?:便宜|实惠)(?:一?[点些])?的[\u4e00-\u9fff]{2}"
)
_ANOTHER_KIND = re.compile(
    r"(?:换|来|找|看)一?[个件条双款](?:[^，,。换退码号色]{1,6})的(?:吧|呢|吗|呗|看看)?$|(?:有没有|有)(?:更)?[^，,。换退码号色有]{1,6}的(?:裙子|裤子|衣服|外套|鞋子?|毛衣|被子)?(?:吗|么|没|呢)?$"
)
_TRAVELS = re.compile(r"(?:我|我们|他|她)?(?:要|想|打算|准备|过几天|下周|下个?月|过年)去(?!年)")
_ASKED_FOR = re.compile(
    r"(?<!没)有(?:没有|啥|什么|卖)?(?:加厚|加绒|厚|薄|长|短|好看|便宜|保暖)?一?点?的?(?P<what>[\u4e00-\u9fff]{2,4}?)(?:卖)?[吗没不嘛么]"
)
_LEAVES_UNLESS = re.compile(
    r"不(?:再)?(?:少|便宜|降|让|优惠|减|打折)(?:点|价|一点|些)?(?:我|那|的话)?就(?:算了|不买|不要|不拍|走|去别)"
)
_OF_THE_SHELF = re.compile("货|库存|补|几[件双条个套]|多少[件双条个套]|还有")
_BOSS = re.compile(
    r"(?:[你您]们?(?:家|店)?的?|[叫喊找让请]一?下?(?:你们?|您们?)?的?)(?:老板|店长|经理|主管|领导|负责人)"
)
_ANOTHER = re.compile(
    r"(?:给我|帮我|能不能|可以)?换(?:一?个)?(?:真)?人(?:来|吧|行不|行吗|可以吗|说|聊|接|服务|处理)?(?:说|聊|接)?(?:吧|吗|不)?"
)
_ASKS_OF_THE_BOSS = re.compile(r"是谁|姓|叫什么|多大|男的|女的|同意|人真好|大气|生意")
_SHORT_WISH = 10
"""Characters; whoever says more of the boss tells or asks something about him."""
_DEPOSIT = re.compile(r"[定订]金")
_GIVEN_UP = re.compile(r"退|不要|不想要|反悔|不买|没付尾款|不付尾款|打水漂")
_OF_A_REFUND = re.compile(r"差价?|退差|优惠|双倍|选错|没退|退回了|退到哪|没到账|现在又说|小字")
_WRITES = re.compile(
    r"贺卡|(?:写|放|附|夹|加|塞|带|手写)[^，,。\s]{0,4}(?:卡片|贺卡|小卡|祝福)|价格单|价格?标签?(?:撕|剪|去)|别放(?:小票|单子|清单|价格)|不要?放(?:小票|单子|清单|价格)"
)
_WRAPS = re.compile(
    r"(?:能|可以|帮|给|可不可以|能不能)[^，,。]{0,6}(?:包装|包一下|包好看|包起来送|礼盒|礼袋)|有(?:没有)?(?:礼盒|礼袋|礼品袋|盒子|包装盒)|(?:礼盒|礼袋|礼品袋)(?:要?收费|要钱|多少钱|要不要钱|免费|另收|另算)"
)
_RECEIVED = re.compile(r"收到|到货|没给|破了|坏了|烂|放了|写着|里就|空白|好评|京豆|返现|公司|每盒|别给我放")
_ARRIVES = re.compile(
    r"(?:几|多少|几多)[天日](?:能|可以|才)?(?:到|送到|收到)|(?:寄|发|送)?到(?!家|手|货|底)[^，,。\s]{2,6}?(?:要|得|大概)?(?:几天|多少天|多久)(?=$|[\s,，。?？呀啊呢嘛能])|快递(?:会不会|会|是不是)?(?:变)?(?:慢|晚|停)|(?:多久|多长时间)(?:能|可以|才)?(?:到|送到|收到)|(?:什么时候|啥时候?|几时|几号)(?:能|可以|才)?(?:到|送到|收到)"
)
_LEAVES = re.compile(
    r"(?:今天|今晚|明天|当天|马上|什么时候|啥时候?|几号|多久)[^，,。]{0,4}发(?:货|走|出)?(?:[吗么不没嘛呀啊]|$)|发货(?:快|慢|[吗么]|要?多久)"
)
_OPINION = re.compile(
    r"[你您]觉得(?:呢|怎么样|咋样|好不好|好看|值|行)|值得(?:买|入)|值不值得|穿不出去|穿得出去"
)
_YOUNG_OR_OLD = re.compile(
    r"(?:会不会|是不是|会|显)(?:太|有点|显得?)?(?:嫩|老气|老(?=[吗么不?？]|$)|幼稚|装嫩)|显老|太嫩|老气"
)
_SEEKS = re.compile(
    r"(?:想|要|打算|准备|帮我|给我|来)(?:找|买|看|挑|选|送|入手|整)|(?<!别)(?<!别老)(?<!别再)(?<!不要)推荐|哪一?[件款双条个套种]|用哪|选哪|(?:我|就|给我)要[一两]?[件套身条双](?!运费|收据)|(?:给|帮|替)[^,。]{1,5}(?:买|挑|选)[件条双套个点]|(?:买|挑|选)[件条双套]|^(?:就是|是)?[^，,。]{0,8}(?:用|穿|戴|盖|坐|写作业|睡)的$|有(?:没有|啥|什么)[^，,。]{0,8}(?:穿的|用的|款|推荐)|有(?:没有)?能(?:穿|用|盖|戴)的"
)
_FOR = re.compile(
    r"(?:这?是|就是|我是|想)?[给帮替](?:我|我们?家?)?.{1,4}(?:买|穿|选|看|挑|用|戴)(?:的|件|一件)?(?:啊|呀|哈|哦)?"
)
_MAN = re.compile(
    r"(?:是|他是|就是|要|我是)?(?:男的|男生|男士|男款|男人|男孩子?|个男的)(?:穿的?|的|啊|呀|哦|呢|来着)?"
)
_LESS = re.compile(
    r"便宜[点些个]|少[点些收]|优惠[点些]|降[点些价]|让[点些]|打个?折|抹|最低|底价|给我[^,。]{0,4}价|能不能少|再少"
)
_DELIVERY = re.compile(r"运费|邮费|快递|包邮|发货|[寄送发邮]到|到货|几天到|多久到|几天能|签收|物流|派送|送货")
_TO_A_PLACE = re.compile(
    r"(?:寄|发|送|邮|到)(?:到|去|往|给)?[^,。几多久要能啥什运邮费时快]{2,6}(?:呢|吗|行吗|可以吗|的话)?[?]?$"
)


def asks_for_less(text: str) -> bool:
    """Whether a lower price itself is asked for."""
    return _LESS.search(normalise(text)) is not None


def speaks_of_delivery(text: str) -> bool:
    """Whether a place is told for the parcel, not for its weather."""
    return _DELIVERY.search(normalise(text)) is not None


def names_place_to_send(text: str) -> bool:
    """ "寄到海南呢", "发新疆呢"."""
    said = normalise(text).strip()
    return (
        _TO_A_PLACE.search(said) is not None
        and re.match("(?:那|如果|要是|我|帮我)*[寄发送邮]", said) is not None
    )


def asks(text: str) -> bool:
    """Whether it is a question (亮不亮, 能穿吗), not a report."""
    return _ASKS.search(normalise(text)) is not None


def only_wonders(text: str) -> bool:
    """粘毛不: a question, and nothing has happened yet or is to be done about it."""
    return asks(text) and re.search("了|收到|到手|发来|怎么办|咋办|[退换赔补]", normalise(text)) is None


def asks_whether(text: str) -> bool:
    """亮不亮, 漏不漏: no trouble is told, though 不亮 stands in it."""
    return _WHETHER.search(normalise(text)) is not None


def asks_ahead(text: str) -> bool:
    """会不会钻毛: of what may come, also by who has bought it."""
    return re.search("会不会|容不容易|会[^了，,。]{1,6}[吗么]", normalise(text)) is not None


def is_wary(text: str) -> bool:
    """真皮吗 别是pu骗人的, 掉色不 我买过掉色的: a question before buying, with a doubt about goods in general."""
    said = normalise(text)
    return _WARY.search(said) is not None and (asks(said) or "吧" in said or "真的假的" in said)


def speaks_of_orders(text: str) -> bool:
    return _OF_ORDERS.search(normalise(text)) is not None


def speaks_of_money(text: str) -> bool:
    return _OF_MONEY.search(normalise(text)) is not None


def wants_cheaper(text: str) -> bool:
    """再便宜的呢: other goods, at a lower price; "便宜点" asks the price of these."""
    return _CHEAPER.search(bare(text)) is not None


def asks_lowest(text: str) -> bool:
    """那最低多少"""
    return (
        re.fullmatch(
            r"(?:那|这个|你们?|到底|现在)*最低(?:价)?(?:是|能|给|到|卖)*(?:多少|几多|啥价|什么价|几块)钱?(?:啊|呀|呢|卖|给我)?",
            bare(text),
        )
        is not None
    )


def seeks_cheaper_sort(text: str) -> bool:
    """有啥便宜的卫衣"""
    return _CHEAPER_SORT.search(normalise(text)) is not None


def wants_another_kind(text: str) -> bool:
    """那换个遮肉的, 有没有遮小肚子的: something else of the sort, made for a need."""
    return _ANOTHER_KIND.search(bare(text)) is not None


def travels(text: str) -> bool:
    """我要去三亚"""
    return _TRAVELS.search(normalise(text)) is not None


def leaves_unless_cheaper(text: str) -> bool:
    """不少就算了"""
    return _LEAVES_UNLESS.search(bare(text)) is not None


def asks_for_the_shelf(text: str) -> bool:
    """有货吗, 还有几件: no question about what the thing is."""
    return _OF_THE_SHELF.search(normalise(text)) is not None


def asks_how(text: str) -> bool:
    """怎么洗不掉色: help is asked for, no fact of the page."""
    return _HOW.search(normalise(text)) is not None


def denies(text: str) -> bool:
    """没有过敏, 以前不掉色: answers or reports, worries about nothing."""
    return _DENIES.match(normalise(text).strip()) is not None


def wants_person(text: str) -> bool:
    """ "换人", "叫你们老板来": a person is asked for. "老板在吗" alone greets the shop, who the boss is gossip."""
    said = bare(text)
    if _ANOTHER.fullmatch(said):
        return True
    return (
        len(said) <= _SHORT_WISH and _BOSS.search(said) is not None and _ASKS_OF_THE_BOSS.search(said) is None
    )


def asks_english(text: str) -> bool:
    """English service 有没有, 会说英文吗: whether somebody speaks it."""
    return re.search("english|英[文语]", normalise(text)) is not None and asks(text)


def asks_whether_there(text: str) -> bool:
    """那冲锋衣160有没: a number beside it is a size on the shelf."""
    return (
        re.search(
            r"有(?:没有?|吗|不|么|货)[?？]?$|还有[吗没么不]|有[^，,。有没]{1,4}的?[没不吗么][?？]?$",
            normalise(text).strip(),
        )
        is not None
    )


def sort_asked_on(text: str) -> str:
    """裤子呢: what is asked about after another thing; empty where nothing is."""
    found = re.match(r"那?么?([\u4e00-\u9fff]{2,5})呢", normalise(text).strip())
    return found[1] if found else ""


def sort_asked_for(text: str) -> str:
    """有加厚裤子吗: what is asked for besides; empty where nothing is."""
    found = _ASKED_FOR.search(normalise(text))
    return found["what"] if found else ""


def asks_to_wear(text: str) -> bool:
    return re.search("穿|戴|合适|适合|合身", normalise(text)) is not None


def asks_deposit_back(text: str) -> bool:
    """Whether a deposit comes back if she does not buy after all: a rule, told to anybody."""
    said = normalise(text)
    return bool(_DEPOSIT.search(said) and _GIVEN_UP.search(said)) and not _OF_A_REFUND.search(said)


def notes_a_present(text: str) -> bool:
    """A card, no slip with prices, gift wrapping: a note for the parcel."""
    said = normalise(text)
    return bool(_WRITES.search(said) or _WRAPS.search(said)) and not _RECEIVED.search(said)


def asks_when_it_arrives(text: str) -> bool:
    return _ARRIVES.search(normalise(text)) is not None


def asks_when_it_leaves(text: str) -> bool:
    """今天能发货吗, 几号发"""
    return _LEAVES.search(normalise(text)) is not None


def asks_opinion(text: str) -> bool:
    """你觉得呢 说实话, 值得买吗, 我35了会不会太嫩"""
    return _OPINION.search(normalise(text)) is not None or speaks_of_age(text)


def speaks_of_age(text: str) -> bool:
    return _YOUNG_OR_OLD.search(normalise(text)) is not None


def seeks(text: str) -> bool:
    """Whether something to buy is looked for ("我想找一个椅子", "就是孩子写作业的")."""
    return _SEEKS.search(normalise(text).strip()) is not None


def asks_the_same(text: str) -> bool:
    """ "短款那件呢": the question before, of something else."""
    return bare(text).endswith("呢")


def tells_wearer(text: str) -> bool:
    """ "给老伴儿买的": says for whom, and nothing else."""
    return _FOR.fullmatch(bare(text)) is not None


def is_of_a_man(text: str) -> bool:
    """ "男的": the whole message says that the wearer is a man."""
    return _MAN.fullmatch(bare(text)) is not None


def box_of(product: Product) -> str:
    """What the shop wrote of how the product is packed for a present; empty where nothing."""
    return next((line for line in product.talking_points if "礼盒" in line), "")
