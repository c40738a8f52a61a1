"""Somebody was hurt: what is to be done first, who it is, and what each further line is about.

Source: shop-rules.md, "After the sale" (safety to a person at once; speed and attitude first). The shop is no doctor:
beyond what every parcel of medicine says (stop using it, see a doctor) nothing is advised.
"""

from __future__ import annotations

import re
from enum import Enum

from bot.shop.talk import accident_words
from bot.text.normalise import normalise


class Harm(str, Enum):
    """What kind decides what is done first."""

    SWALLOWED = "swallowed"
    FIRE = "fire"
    FUMES = "fumes"
    SKIN = "skin"
    HURT = "hurt"


class Hurt(str, Enum):
    """Whom one asks after."""

    CHILD = "child"
    ELDER = "elder"
    SELF = "self"


class Sore(str, Enum):
    """A small hurt: no accident, and still the person comes before the goods."""

    RUBBED = "rubbed"
    DYED = "dyed"


class Further(str, Enum):
    """What a line after the accident wants; `ADDED` is one more thing told about it."""

    MONEY = "money"
    GOODS = "goods"
    ADVICE = "advice"
    WHEN = "when"
    CALM = "calm"
    ADDED = "added"


_HARMS = (
    (Harm.SWALLOWED, "|".join(accident_words.SWALLOWED)),
    (Harm.FIRE, "|".join(accident_words.FIRE)),
    (Harm.SKIN, "过敏|起[^,?!。]{0,5}[疹疙]|红疹|皮炎|荨麻疹|痒|" + "|".join(accident_words.SKIN)),
    (Harm.FUMES, "|".join(accident_words.FUMES)),
)
_SORES = (
    (
        Sore.RUBBED,
        re.compile(
            "磨[^,?!。]{0,6}(?:破|红了?|起?[水血]?泡|烂|肿)|磨出|破皮"
            "|(?:勒|卡|硌|蹭|夹)[^,?!。]{0,6}(?:红|出[^,?!。]{0,2}印|破)"
        ),
    ),
    (
        Sore.DYED,
        re.compile(
            "(?:染|蹭|掉|沾|弄)[^,?!。]{0,8}(?:身上|皮肤|手上|脚上|腿上|肚皮|屁股)"
            "|(?:身上|皮肤|手上|脚上|腿上|脖子|肚皮|屁股)[^,?!。]{0,4}(?:蓝|黑|绿|紫|颜色|染)"
        ),
    ),
)
_OF_A_BODY = re.compile(
    "脚(?!垫)|腿|脖子|手(?!感|机|工|提|套)|腰(?!带|头)|腋|皮肤|肚|身上|屁股|娃|孩子|宝宝|小孩"
)
"""What else is rubbed through is a shoe's leather."""
_NO_SORE = re.compile("会不会|不会|会(?:把|磨|勒|掉|染)|怕|担心|磨不磨|没(?:磨|破|染)|不磨|容易")
_CHILD = re.compile("孩子|宝宝|宝贝|小孩|小朋友|娃|儿子|女儿|闺女|孙[子女]|[男女]宝")
_ELDER = re.compile("老人|[我俺][妈爸]|妈妈|爸爸|父亲|母亲|奶奶|爷爷|姥[姥爷]|外[婆公]|公公|婆婆")
_FURTHER = (
    (
        Further.MONEY,
        "医药费|医疗费|药费|药钱|诊费|检查费|误工|营养费|花了|报销|赔|补偿|谁出|谁付|谁掏|谁负责|谁承担|负责[吗不么]|给说法",
    ),
    (Further.GOODS, "退|换|寄|还能[用穿坐盖睡]|能不能[用穿坐盖]|扔|丢掉|留着|还要不要"),
    (
        Further.ADVICE,
        "怎么办|咋办|咋整|怎么弄|怎么处理|要不要|用不用|需不需要|该不该|严重[吗不么]|要紧|有没有事|会不会|有事[吗么]"
        "|医院[吗么]|打120|吃什么|吃啥|涂什么|擦什么|抹什么|抹啥|正常[吗么]|能好[吗么]?|多久好|几天好|留疤",
    ),
    (
        Further.WHEN,
        "人呢|有人[吗么]|在吗|多久|什么时候|啥时候|几点|还没人|没人|怎么还|联系我|打电话|电话|回我|回复|快点|快一?点|急|催|理我|转人工|人工",
    ),
)
_CALM = re.compile(
    "^(?:好的?|嗯+|行|ok|知道了?|明白了?|收到|谢谢你?们?|多谢|麻烦你?们?了?|没事了?|好多了|好些了|不[疼痛痒肿]了|退烧了|缓过来了|虚惊一场|[,。!]|了|吧|啊|呢|哦|您)+$"
)


def harm_in(text: str) -> Harm:
    """What kind of harm is told; HURT for wounds, falls and all else."""
    plain = re.sub(r"\s", "", normalise(text))
    return next((harm for harm, words in _HARMS if re.search(words, plain)), Harm.HURT)


def sore(text: str) -> Sore | None:
    """A small hurt that is told, and not asked about or feared."""
    plain = re.sub(r"\s", "", normalise(text))
    if _NO_SORE.search(plain) or not _OF_A_BODY.search(plain):
        return None
    return next((each for each, words in _SORES if words.search(plain)), None)


def who_is_hurt(text: str) -> Hurt:
    """A child or an old person named is who is asked after, else whoever writes."""
    if _CHILD.search(text):
        return Hurt.CHILD
    return Hurt.ELDER if _ELDER.search(text) else Hurt.SELF


def further(text: str) -> Further:
    """What a line said after an accident is about."""
    plain = re.sub(r"\s", "", normalise(text))
    if _CALM.search(plain):
        return Further.CALM
    return next((each for each, words in _FURTHER if re.search(words, plain)), Further.ADDED)
