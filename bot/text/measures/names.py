"""Regions, colours, couriers and faults: the lexicon's words."""

from __future__ import annotations

import re

from bot.text.lexicon import Match, load_lexicon
from bot.text.measures.found import Found, Reading, any_of

_NOT_A_PLACE = re.compile(
    any_of(
        "瓜 玉 火腿 苹果 枣 装 口音 话 菜 味 牌 路 大?街 大道 时间 银行 大学 小学 中学 烤鸭 拉面 啤酒 米线 米粉 面 "
        "饼 酱 老?陈?醋 酒 茶 "
        "棉 椰 鸭 火锅 小吃 特产 风格 款 塔 队 航空 卫视 辣 鸡 鱼 大?米 大?虾 蟹 橙 梨 桃 樱桃 葡萄 荔枝 芒果 牛肉 "
        "羊肉 牦牛 羊毛 "
        "长绒棉 产 货 丝 绣 豆 粉 糖 木 石 肠 干果 进口 原装 制造 代购 生产 品牌 版 [^,。 ]{2,12}公司"
    )
)
"""After a place name these make it a thing (哈密瓜, 和田玉, 中山装, 北京路)."""
_GOODS = ("food_baby", "garment", "home_goods", "material", "appliance")
_SENT = re.compile(r"(?:发|寄|送|到|去|往|在|是|至)(?:了|往|去|到)?$")
_NOT_THE_WORD = {
    "region": any_of(
        "海外[仓版站购旗] 三明治 大理石 大同小异 北海道 四平[米方八] [十百]四平 长沙发(?![货来过到的往]) "
        "[变染搞弄改做写换]成都"
    ),
    "courier": any_of("(?:一路|一帆|百事|万事)顺风 顺风(?:车|顺水|局) 邮政(?:银行|储蓄|编码) 菜鸟驿?站"),
    "color": any_of(
        r"[明清表坦空苍]白的 (?:现|定|押|佣|租|薪|奖|黄|基|合|本|美|五|资|保证)金的 "
        r"(?:厘|毫|平|[\d一二两三四五六七八九十])米的 "
        "水灰的 燕麦[片奶粥饼味] 透明[度胶袋包] 卡其布 [石骨]灰的 水银的 咖啡的(?:味|口) 大红(?:枣|袍|包) "
        "原木(?:浆|纸) "
        "(?:按钮|灯|水|肉|切开|打开|染成?|一层).{0,5}[黑白灰红黄绿蓝紫粉]的"
    ),
    "fault": any_of(
        r"开线[上下] 晃[来眼] 关系(?:断|裂)了 打\d*折了 漏了(?=[一两几发个件\d]) [优简变强淡]化了 洞洞 "
        "(?:券|优惠|红包|积分|活动|订单|会员|链接|码|权益).{0,4}过期 (?:客服|你们|店家|人工|投诉|申请).{0,4}没反应 "
        "(?:心|系统|网|网页|页面|服务器|淘宝|价|价格|链接|信号|缘分|直播间)[都全又也]?(?:崩|碎|断|坏|裂|塌|卡|黑屏)了?"
    ),
}
"""Longer words and turns of phrase in which a listed word means something else."""
_WHOLE = {kind: re.compile(pattern) for kind, pattern in _NOT_THE_WORD.items()}


def find(reading: Reading) -> list[Found]:
    entities = load_lexicon().entities
    return [
        Found(entities[word.concept], word.value, word.start, word.end)
        for word in reading.words
        if word.concept in entities and not _is_something_else(reading, word)
    ]


def _is_something_else(reading: Reading, word: Match) -> bool:
    kind = load_lexicon().entities[word.concept]
    whole = _WHOLE.get(kind)
    if whole and any(m.start() < word.end and word.start < m.end() for m in whole.finditer(reading.text)):
        return True
    if kind != "region":
        return False
    text = reading.text
    goods = any(other.start == word.end and other.concept in _GOODS for other in reading.words)
    return not _SENT.search(text[: word.start]) and (goods or _NOT_A_PLACE.match(text, word.end) is not None)
