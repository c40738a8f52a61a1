"""Messages that are no question to a shop: noise, marks and faces only, insults, bait, prompt tricks, other languages.

Source: issue 4, "Small talk". Only messages that are plainly nothing else are taken here; anything with a wish in it is
read like every other message. What is answered stands in the domain.
"""

from __future__ import annotations

import re
from enum import Enum

from bot.text.normalise import bare, normalise


class Odd(str, Enum):
    NOISE = "noise"
    """Keys hit at random."""
    MARKS = "marks"
    """"？？？", "。。。"."""
    GLAD = "glad"
    """A friendly face or gesture without words."""
    FACE = "face"
    """Any other picture without words."""
    UNHELPFUL = "unhelpful"
    """The last answer did not help: 👎, "答非所问"."""
    INSULT = "insult"
    INDECENT = "indecent"
    POLITICS = "politics"
    TRICK = "trick"
    """Tries to talk the bot out of its part or its secrets out of it."""
    FOREIGN = "foreign"
    """A sentence in a language other than Chinese."""


_MARK = re.compile(r"[^\w\s]+|_")
_FACES = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u200d\ufe0f\u20e3\u3030\u303d]")
_BRACKETED = re.compile(r"\[[\u4e00-\u9fff]{1,3}\]")
"""A face as some apps send it: [微笑]."""
_GLAD = re.compile(
    r"[👍🙏❤💕💖😊😄😀😃😁😆🥰😍😘🤗🌹👏🎉👌🆗💯✌🤝☺]"
    r"|\[(?:微笑|玫瑰|强|赞|爱心|抱拳|鼓掌|呲牙|OK|握手|爱你|可爱|愉快)\]",
    re.I,
)
_ANGRY = re.compile(r"[👎😡🤬😤💢🖕👿]|\[(?:发怒|弱|鄙视|抓狂|怒|骂人)\]")

_KEYS = re.compile(
    r"(?:asd|sdf|dfg|fgh|ghj|hjk|jkl|qwe|wer|ert|rty|zxc|xcv|cvb|vbn|bnm|lkj|fds|dsa|poi){1,}[a-z]{0,3}"
)
_NO_WORD = re.compile(r"(?!h+$|m+$|z+$)[bcdfghjklmnpqrstvwxz]{6,}")
_SHORT = re.compile(r"(?:阿斯[蒂顿]芬|啊[是实]打[是实]大?)+")

_UNHELPFUL = re.compile(
    r"答非所问|不是我(?:想?要|想?问)的(?:答案|回答)|不是我(?:想|要)问的|(?:没|不)有?回答我的?问题|说了(?:等于|跟)没说|(?:还是|根本|也|都)?没有?解决(?:我的|任何)?问题|(?:还是|根本)(?:没|不能)解决"
    r"|^(?:还是|根本|也|都|完全)?没(?:有)?帮(?:到|上)(?:我|忙|什么忙)?(?:啊|呀|呢|了)?$"
    r"|不是(?:问|说)这个(?!吗)|(?:一直|老是?|就会|只会)(?:重复|复读)|回答(?:得)?(?:没用|不对|错了|有问题)|没用的回答|(?:听|看)不懂(?:人话|我说的?)"
)
_INSULT = re.compile(
    r"傻[逼比b叉x]|煞笔|沙雕|(?<![a-z])sb(?![a-z])|脑残|白痴|弱智|废物|蠢货?|去死|滚[蛋开]?|狗东西|不要脸|有病吧?|神经病|(?<![a-z])(?:tmd|nmsl|cnm|fuck|shit)"
    r"|他?妈的|尼玛|你[妈大]爷?|操你|王八蛋|混蛋|垃圾(?:东西|玩意|机器人|客服|店|死了)?|(?:真|好|太)?恶心"
)
_INDECENT = re.compile(
    r"约炮|做爱|裸[照聊体](?!感|色)|一夜情|上床吗|脱(?:光|衣服)(?:给|让)?我?看|黄[片图]|色情|成人(?:视频|电影|片)|看看?(?:你的?)?(?:胸|奶|内裤)"
    r"|陪我睡|睡一?(?:觉|晚)吗|你(?:胸|罩杯)多大|(?:给我)?发.{0,3}(?:私密|性感|福利)照|叫(?:声|我)(?:老公|爸爸)|包养|开房|找小姐"
)
_POLITICS = re.compile(
    r"习近平|总书记|国家主席|毛泽东|共产党|台独|台湾.{0,3}(?:独立|属于|是不是|是一个国家)|法轮|六四|天安门事件|文化?大?革命?怎么看|特朗普|川普|拜登|普京|泽连斯基"
    r"|(?:中美|俄乌|台海|巴以).{0,3}(?:战争|局势|冲突|关系)|港独|民主运动|怎么看.{0,4}(?:政府|政治|领导人)"
)
_TRICK = re.compile(
    r"(?:忽略|无视|忘[掉记了]|绕过|清除).{0,4}(?:以上|之前|前面|上面|先前|所有|一切|你的).{0,8}(?:指令|提示|规则|设定|内容|限制|要求|身份|角色)"
    r"|(?:系统|初始|内部|隐藏)的?(?:提示词?|指令|prompt)|提示词|ignore.{0,12}(?:previous|above|all).{0,20}|system\s?prompt|jailbreak|(?:developer|dan)\s?mode"
    r"|(?:开发者|管理员|上帝|调试|猫娘|dan|越狱)模式|(?:现在|从现在(?:起|开始)|接下来)(?:你是|你就是|请?你?扮演)|^你现在是(?!不是)(?!机器|人工|真人|谁|什么|在)|扮演(?:一[个名位])"
    r"|(?:告诉我|说出|说说|透露|泄露|输出|打印|列出|给我看).{0,6}(?:底价|最低限价|成本价?|进货?价|利润|内部(?:价|资料|规则)|后台|数据库|密码|密钥|源代码|指令|别的客户|其他(?:客户|顾客))"
    r"|我(?:就)?是(?:你们?的?)?(?:开发者|管理员|老板|店长|主人|程序员|工程师|创造者).{0,12}(?:命令|授权|批准|给我|免单|打折|同意|必须)"
    r"|(?:跟|和)我(?:重复|念).{0,6}[:：]|重复(?:我|以下|下面).{0,6}(?:话|内容|文字)|(?:帮我)?写(?:一?[首篇段个])?(?:诗|代码|作文|论文|小说|程序)|假装你"
)

_HAN = re.compile(r"[\u3400-\u9fff]")
_OTHER_SCRIPT = re.compile(r"[\u3040-\u30ff\uac00-\ud7af\u0400-\u04ff\u0e00-\u0e7f\u0600-\u06ff]")
OTHER_LETTERS = 3
"""A の alone is a Chinese writer's ornament."""
_ENGLISH = frozenset(
    re.findall(
        r"\S+",
        """i you we they it the a is are am was do does did can could will would how what when where which why who my
        your our want need please have has had get got size order ship shipping shipped deliver delivery return refund
        price cheap cheaper discount much many long not no don't doesn't this that these there for to of in on with and
        or any help speak english human person agent broken wrong received buy color colour fit fits free cost coupon
        stock available exchange cancel address track package parcel""",
    )
)
_SHARED = frozenset(re.findall(r"\S+", "a i is it on in no to of long can you he she me men man women"))
"""English words that are pinyin too."""


def odd_kind(text: str) -> Odd | None:
    """What kind of oddity the whole message is; None for anything a shop is asked."""
    plain, core = normalise(text), bare(text)
    if not re.search(r"\w", _BRACKETED.sub("", text)):
        return _pictures(text)
    found = (
        (_TRICK, Odd.TRICK),
        (_INDECENT, Odd.INDECENT),
        (_POLITICS, Odd.POLITICS),
        (_UNHELPFUL, Odd.UNHELPFUL),
    )
    if kind := next((kind for words, kind in found if words.search(plain)), None):
        return kind
    if _is_insult(core):
        return Odd.INSULT
    if len(_OTHER_SCRIPT.findall(plain)) >= OTHER_LETTERS:
        return Odd.FOREIGN
    if not _HAN.search(plain):
        return _without_han(plain)
    return Odd.NOISE if _SHORT.fullmatch(core) else None


def _pictures(text: str) -> Odd:
    if _ANGRY.search(text):
        return Odd.UNHELPFUL
    if _GLAD.search(text):
        return Odd.GLAD
    return Odd.FACE if _FACES.search(text) or _BRACKETED.search(text) else Odd.MARKS


def _is_insult(core: str) -> bool:
    """Abuse and hardly anything else: a wish said in anger is still a wish."""
    rest = re.sub(
        r"[你他她它们这个真就是都的了吧啊呀呢吗店家客服机器人一群全]|you", "", _INSULT.sub("", core)
    )
    return bool(_INSULT.search(core)) and len(rest) <= 1


def _without_han(plain: str) -> Odd | None:
    words = re.findall(r"[a-z']+", plain)
    known = [word for word in words if word in _ENGLISH]
    if len(words) >= 2 and len(known) >= 2 and not set(words) <= _SHARED:
        return Odd.FOREIGN
    letters = re.sub(r"[^a-z]", "", plain)
    is_mash = bool(_KEYS.fullmatch(letters) or _NO_WORD.fullmatch(letters))
    return Odd.NOISE if is_mash and len(words) == 1 else None
