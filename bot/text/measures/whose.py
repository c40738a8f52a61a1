"""Whether a length or a weight is a person's, or that of a thing (窗帘 1米8, 哑铃 20kg, 腰围 88cm)."""

from __future__ import annotations

import re

from bot.text.measures.found import Found, Reading, any_of

CHILD = any_of(
    "宝宝 宝贝 孩子 小孩 娃 崽 儿子 女儿 闺女 小子 丫头 姑娘 孙子 孙女 外孙 男孩 女孩 男宝 女宝 男童 女童 "
    "外甥 侄 老大 老二 大宝 二宝 弟弟 妹妹 学生 小朋友 婴儿 新生儿 刚出生 满月 幼儿园 [小中大]班 小学 初[一二三] "
    "初中 年级 双胞胎"
)
_CHILD = re.compile(CHILD)
_THINGS = (
    "home_goods",
    "appliance",
    "food_baby",
    "pet_goods",
    "sport_goods",
    "car_tool",
    "toy_book",
    "postage",
)
_THING = re.compile(
    any_of(
        "包裹 快递 首重 续重 超重 限重 承重 载重 承受 负重 最大 最重 净含量 毛重 克重 规格 容量 装的 斤装 每斤 一斤 "
        "狗 猫 金毛 泰迪 柯基 边牧 哑铃 壶铃 行李 层高 门洞 门框 门口 门宽 缝隙 屏幕 阳台 飘窗 地板 货物 水管 垫 "
        "箱子 乘"
    )
)
_PERSON = re.compile(
    any_of("身高 体重 净高 个子 个头 身材 胖 瘦 穿 自己 的人 女生 男生 女的 男的 本人 腰粗 肚子")
    + "|"
    + CHILD
)
_SAID_OF = re.compile(
    any_of("我 他 她 老公 老婆 妈 爸 姐 弟 妹 哥 对象 朋友") + any_of("是 才 有 就 现在 今年 也") + "{0,2}$"
)
_DIMENSION = re.compile(
    r"(?:(?<![身脚])长|[宽深厚围径肩筒距短差缩腰臀胸]|(?:层|桌|柜|床|箱|筒|楼|桶|椅|跟|帮|杯)高)[^高]*$"
)
_PEOPLES = re.compile(
    r"我 ?\d|(?<!\d)1[4-9]\d ?(?:cm)?[ ,/]{1,2}\d{2,3} ?(?:斤|kg|公斤)|"
    + any_of("身高 体重 个月 岁 穿 码 个子 胖 瘦")
    + "|"
    + CHILD
)


def is_of_a_thing(reading: Reading, found: Found) -> bool:
    """A dimension is named before it, or its clause is about a thing and not about a person."""
    low, high = reading.clause(found.start, found.end)
    before = reading.text[low : found.start]
    if found.kind == "height_cm" and _DIMENSION.search(before):
        return True
    clause = reading.text[low:high]
    if _PERSON.search(clause) or _SAID_OF.search(before):
        return False
    if not is_about_people(reading):
        low, high = 0, len(reading.text)
    named = any(word.concept in _THINGS and low <= word.start < high for word in reading.words)
    return named or _THING.search(reading.text, low, high) is not None


def is_about_people(reading: Reading) -> bool:
    """Whether the message speaks of somebody's build, age or clothes."""
    return reading.has("age") or _PEOPLES.search(reading.text) is not None


def is_about_a_child(reading: Reading) -> bool:
    """Whether it speaks of a child."""
    if any(found.kind == "age" and float(found.value) <= 15 for found in reading.taken):
        return True
    return _CHILD.search(reading.text) is not None
