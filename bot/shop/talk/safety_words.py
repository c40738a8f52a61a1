"""Words that bring a person at once: injury, allergy, law, media, counterfeit, also in common disguises.

Source: shop-rules.md, "After the sale" (12315, 工商, 起诉, 媒体; injury, allergy, counterfeit). A threat or a report
counts; a buyer's question ("会过敏吗", "不会是假货吧") or trait ("花生过敏") is answered like any other message.
Law and media count at almost any mention, because waiting there costs more than a needless handoff.
"""

from __future__ import annotations

import re
from enum import Enum

from bot.shop.talk import accident_words
from bot.text.normalise import normalise


class SafetyTopic(str, Enum):
    INJURY = "injury"
    ALLERGY = "allergy"
    LEGAL = "legal"
    MEDIA = "media"
    COUNTERFEIT = "counterfeit"


HARM = (SafetyTopic.INJURY, SafetyTopic.ALLERGY)
"""Somebody is not well."""


def _any(*alternatives: str) -> str:
    """One regular expression for all of these; an alternative may hold several, parted by |."""
    return f"(?:{'|'.join(alternatives)})"


def _latin(*words: str) -> str:
    """Pinyin as a word of its own; its syllables may stand apart."""
    return rf"(?<![a-z]){_any(*(word.replace(' ', r'[^a-z]*') for word in words))}(?![a-z])"


_DISGUISES: tuple[tuple[str, str], ...] = (
    (_any("公商", "攻商", "功商", "工shang", "gong商", _latin("gong shang")), "工商"),
    (_any("起素", "启诉", "起述", "起溯", "起su", "qi诉", _latin("qi su")), "起诉"),
    (_any("绿师", "律狮", "律shi", "lv师", _latin("lv shi", "lu shi", "lü shi")), "律师"),
    (_any("爆光", "暴光", "抱光", "曝guang", "bao光", _latin("bao guang")), "曝光"),
    (_any("煤体", "媒ti", "mei体", _latin("mei ti")), "媒体"),
    (_any("过min", "guo敏", "过闵", "过皿", _latin("guo min")), "过敏"),
    (_any("受shang", "受桑", "shou伤", _latin("shou shang")), "受伤"),
    (_any("贾货", "甲货", "假伙", "假huo", "jia货", _latin("jia huo")), "假货"),
    (_any("肖协", "消邪", "消xie"), "消协"),
    (_any("烫shang", "tang伤", "汤伤", _latin("tang shang")), "烫伤"),
    (_any("漏dian", "lou电", _latin("lou dian")), "漏电"),
    (_any("[一幺腰壹]二三[一幺腰壹]五", "壹贰叁[壹幺]伍", "一二315"), "消费热线"),
)
"""Homophones and pinyin, as people write to get round filters → the word meant."""

_APART = r"[\s\-.·*,、/~]?"
_HOTLINE = re.compile(rf"(?<![\d.号])1{_APART}2{_APART}3{_APART}1{_APART}5(?!\d|\s*[码件元块双条个])")
_KEYCAP = re.compile("[\ufe0f\u20e3]")
"""What makes a digit a picture of a key."""

_HARMLESS = re.compile(
    _any(
        "工商(?:银行|卡|储蓄|网银|管理|大学|户|信息|登记|注册|执照)|个体工商|报警器",
        "警察(?:服|帽|叔叔|制服|玩具|车)|(?:流|新|多|全|富|自)媒体(?!曝光)|(?:过度|长时间)曝光",
        "曝光(?:度|率|量|时间|过度|补偿)|电视台?柜|律师事务所|法律(?:书|专业|系)",
        "(?:法院|派出所|警察局|公安局)(?:门口|旁|路|附近|对面|家属|宿舍|小区)|诈骗(?:电话|短信|信息)|(?:别|是不|不会)是诈骗|是诈骗[吧吗]|律师[袍服]|起诉状|维权期",
        "[防抗低脱]过?敏|敏感肌|过敏(?:体质|肌|皮|人群|性|原|源|史|的人)",
        "对(?!你|这|它)[^,?!。]{1,6}过敏",
        "(?:花生|牛奶|鸡蛋|海鲜|坚果|蛋白|芒果|花粉|尘螨|酒精|容易|爱|季节性?)过敏",
        "冒烟的?辣|骨折(?:康复|后|的?[老病]?人)|住院了?,?[^?!。]{0,6}(?:地址|收货|改到)|爆炸(?:好|头|美|优惠|款)|打着火|打骨折|骨折价|割韭菜(?:割到)?|住院部|静电",
        "(?:防|避免)(?:止|漏)?(?:漏电|触电|烫伤?|夹手|夹伤|受伤|摔伤|起火|爆炸?)|漏电保护",
        "假一赔[十三四百]|假货(?:包退|包赔|包换)",
        *accident_words.HARMLESS,
    )
)
"""Everyday words that contain a grave one; taken out before looking."""

_ASKED_ABOUT = _any(
    "过敏|受伤|[划割扎烫砸摔夹烧刮擦]伤|夹到?手|漏电|触电|起火|着火|冒烟|爆炸|自燃|中毒|拉肚子",
    "起疹子?|红疹|假货|高仿|仿品|山寨|三无|冒牌|[滑摔绊]倒|摔跤|崴|头[晕疼痛]|胸闷|短路|窒息",
)
_DOUBT = _any(
    "会不会|是否|是不是|有没有|别是|别给|不会|不是|没|无|未|不|怕|担心|害怕|万一|容易|如果|要是",
    "假如|避免|防止|杜绝|以为|差点",
)
_QUESTION = re.compile(
    _any(
        rf"{_DOUBT}[^?!,。]{{0,5}}{_ASKED_ABOUT}",
        rf"(?:会|能|可能|有|是|算|易)[^?!,。]{{0,4}}{_ASKED_ABOUT}(?:的|产品)?(?:[吗么嘛吧呢不]|啊?\?)",
        rf"{_ASKED_ABOUT}(?:吗|么|嘛|吧|不{_ASKED_ABOUT}|这种事)",
        "过不过敏|过敏(?:的话)?(?:能|可以|可不可以|能不能|给|支持)退",
    )
)
"""A question or a denial instead of a report."""

_CLAIM = re.compile(r"(?:假货|高仿|冒牌货?|山寨货?)[^?。]{0,4}(?:退钱|赔钱|骗子)")
"""A doubt with a demand is no question any more."""

_BODY = _any(
    "手|脚|脸|腿|皮肤|头|眼|额|鼻|嘴|膝|胳膊|身上|脖子|孩子|宝宝|小孩|娃|老人|我妈|我爸|女儿|儿子|人"
)
_HURT = _any(
    "[划刮割扎擦夹砸磕烫烧咬炸](?:伤|破|出血|流血|骨折|肿|青)",
    "[划割烫烧砸夹扎]到",
    "[划割刮]了",
    "流血",
    "出血",
    "肿了",
)
_USED = r"[穿用戴睡盖擦抹涂吃喝敷试拆铺洗贴染]"

_GRAVE: dict[SafetyTopic, re.Pattern[str]] = {
    SafetyTopic.INJURY: re.compile(
        _any(
            *accident_words.SWALLOWED,
            *accident_words.FIRE,
            *accident_words.FUMES,
            *accident_words.FALLS,
            *accident_words.WOUNDS,
            *accident_words.HOSPITAL,
            f"{_BODY}[^?!。]{{0,6}}{_HURT}|{_HURT}[^?!。]{{0,3}}{_BODY}",
        )
    ),
    SafetyTopic.ALLERGY: re.compile(
        _any(
            rf"{_USED}[^?!。]{{0,10}}过敏",
            "过敏(?:了|进|去|反应|严重|很|得)|过敏.{0,4}(?:红|肿|痒|咋办|怎么办|负责|赔|退)",
            "(?:导致|让|害|弄|引起|全身|浑身|大面积|严重)[^?!。]{0,6}过敏|^.{0,4}过敏[!。]?$",
            "又?红又痒|又痒又红|痒得(?:不行|要命|厉害)|红肿.{0,2}(?:刺?痛|发烫|发痒)|(?:皮肤|用[完了后]|戴[了完后]?)[^?!。]{0,5}(?:起泡|发炎|溃烂|刺痛)",
            "起了?[^,?!。]{0,5}(?:疹|红点|红疙瘩)|红疹|荨麻疹|皮炎",
            "(?:全身|浑身|身上|皮肤|脸上?)[^,?!。]{0,3}(?:发痒|奇痒|红肿|好痒|很痒|都痒)",
            rf"{_USED}(?:了|完|过|后|着|上)[^?!。]{{0,6}}{_any(*accident_words.SKIN)}|起了?一身[^?!。]{{0,3}}疙瘩",
        )
    ),
    SafetyTopic.LEGAL: re.compile(
        _any(
            "消费热线|(?:打|找|拨)给?12345|工商|消费者?(?:权益)?(?:保护)?协会|消协|消保委|市场?监管?局",
            "市场监督|市场监管|质监局|起诉|诉讼|打官司|法院|法庭|律师",
            "法律(?:途径|手段|责任|程序|武器|维权)|走法律|走司法|仲裁|维权|黑猫",
            "(?:要|去|已|已经|准备|直接|会|就)报警|报警(?:处理|抓|吧|了)|^报警[!。]?$|派出所|警察",
            "(?<![广报劝警公])告(?:你|到|上|死|他们|商家)|退一赔[三十]|[三十]倍赔偿?|欺诈|诈骗",
        )
    ),
    SafetyTopic.MEDIA: re.compile(
        _any(
            "媒体|曝光|爆料|(?:挂|发|放|传)(?:到|上|在)?网上?(?:去|让|给|曝|[!。]?$)",
            "上热搜|评评理|网友.{0,3}(?:看看|评理)|(?:挂|曝|避雷|揭发)[^?!。]{0,4}(?:小红书|抖音|微博|朋友圈)|(?:小红书|xhs|抖音|微博|朋友圈)(?:见|挂|曝|避雷|揭)|(?:找|联系|叫|通知)了?记者|电视台|315(?:晚会|投诉|见)|[上找]315|焦点访谈",
        )
    ),
    SafetyTopic.COUNTERFEIT: re.compile(
        _any(
            "(?:你|收到|买到|发|卖|这|就是|明明|都是|居然|竟然)[^?!。]{0,8}(?:假货|冒牌|高仿|仿冒|仿品|山寨|三无|莆田货)",
            "(?:假货|高仿|冒牌货?|三无产品)[^?。]{0,6}(?:退|赔|骗|投诉|举报)",
            "(?:买|收)到(?:的是?)?假的|卖假[鞋包衣酒药表]",
            "^.{0,4}(?:假货|冒牌货|高仿)[!。]?$",
            "(?:鉴定|专柜|验货?|检测)[^,?!。]{0,8}(?:是假的?|不是正品)",
        )
    ),
}
"""From the gravest."""


def topic_of(text: str) -> SafetyTopic | None:
    """The gravest topic the message reports or threatens with; None for everyday messages and questions."""
    plain = _HOTLINE.sub("消费热线", normalise(_KEYCAP.sub("", text)))
    for (
        disguise,
        word,
    ) in _DISGUISES:  # pinyin while its words are still apart, homophones without what parts them
        plain = re.sub(disguise, word, plain)
    plain = re.sub(r"[^\w?,!。]|_", "", plain)
    for disguise, word in _DISGUISES:
        plain = re.sub(disguise, word, plain)
    if _CLAIM.search(plain):
        return SafetyTopic.COUNTERFEIT
    told = _QUESTION.sub("", _HARMLESS.sub("", re.sub(accident_words.BY_MISHAP, "", plain)))
    return next((topic for topic, grave in _GRAVE.items() if grave.search(told)), None)
