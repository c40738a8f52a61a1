"""Short messages before the sale that say by their words alone what they want, however they are read.

Source: docs/transcript-review.md, second round, C 8 and 12–18: each was read with confidence, and wrongly.
"""

from __future__ import annotations

import re

from bot.shop.model import Product
from bot.text.normalise import bare, normalise

_WHETHER = re.compile(r"([\u4e00-\u9fff])不\1")
_ASKS = re.compile(r"([\u4e00-\u9fff])不\1|[吗么嘛?？]|会不会|能不能|怎么样|咋样|够不够|[不没]$")
_HOW = re.compile(r"怎么(?!样)|怎样|如何|咋(?!样)|办法|能不能用|要不要|[能可]以?用[^吗么不]{1,4}[吹洗擦烘]")
_DENIES = re.compile(r"没(?!有?[^吗么]{0,8}[吗么])|不(?:是|会|过敏|掉|起)(?!.*[吗么?？])|以前|上次|之前")
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
    r"(?:能|可以|帮|给|可不可以|能不能)[^，,。]{0,6}(?:包装|包一下|包好看|包起来送|礼盒|礼袋)|有(?:没有)?(?:礼盒|礼袋|礼品袋)"
)
_RECEIVED = re.compile(r"收到|到货|没给|破了|坏了|烂|放了|写着|里就|空白|好评|京豆|返现|公司|每盒|别给我放")
_ARRIVES = re.compile(
    r"(?:几|多少)天(?:能|可以|才)?(?:到|送到|收到)|(?:多久|多长时间)(?:能|可以|才)?(?:到|送到|收到)|(?:什么时候|啥时候?|几时|几号)(?:能|可以|才)?(?:到|送到|收到)"
)
_SEEKS = re.compile(
    r"(?:想|要|打算|准备|帮我|给我|来)(?:找|买|看|挑|选|送|入手|整)|(?<!别)(?<!别老)(?<!别再)(?<!不要)推荐|哪一?[件款双条个套种]|用哪|选哪|^(?:就是|是)?[^，,。]{0,8}(?:用|穿|戴|盖|坐|写作业|睡)的$|有(?:没有|啥|什么)[^，,。]{0,8}(?:穿的|用的|款|推荐)"
)
_FOR = re.compile(
    r"(?:这?是|就是|我是|想)?[给帮替](?:我|我们?家?)?.{1,4}(?:买|穿|选|看|挑|用|戴)(?:的|件|一件)?(?:啊|呀|哈|哦)?"
)
_MAN = re.compile(
    r"(?:是|他是|就是|要|我是)?(?:男的|男生|男士|男款|男人|男孩子?|个男的)(?:穿的?|的|啊|呀|哦|呢|来着)?"
)


def asks(text: str) -> bool:
    """Whether it is a question (亮不亮, 能穿吗), not a report."""
    return _ASKS.search(normalise(text)) is not None


def asks_whether(text: str) -> bool:
    """亮不亮, 漏不漏: no trouble is told, though 不亮 stands in it."""
    return _WHETHER.search(normalise(text)) is not None


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
