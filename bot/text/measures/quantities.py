"""How many pieces."""

from __future__ import annotations

import re

from bot.text.measures.found import Found, Reading, Rule, any_of, first_of
from bot.text.numerals import number

_NINE = "[一二三四五六七八九两]"
_COUNT = rf"(?:\d{{1,5}}|(?:{_NINE}千)?(?:{_NINE}百零?)?(?:{_NINE}?十{_NINE}?|{_NINE})|{_NINE}[百千]|[俩])"
"""So written that a price before it is left alone (三百六两件)."""
_PIECES = any_of(
    "件(?!套|事|衣服的|代发) 条(?!款|件|纹|理|街|评|信息|短信|消息|差评|龙) 双(?!十|1|方|面|层|人|肩|开|击) "
    "套(?!路) 盒 箱(?!子|体) "
    "包(?!邮|退|换|赔|运|装|裹|年|月) 袋 瓶 罐 台(?!灯|风|湾|式|阶) 把(?!我|你|它|那|这|手) "
    "张(?!家|口|券|图|照|发票|优惠|嘴) "
    "对(?!一|不|吗|应|比|了|啊|方|我|你|于) 份 支(?!付|持|棉|纱|天丝|贡缎) 片 "
    "本(?!来|店|人|身|地|市|省|正) 床(?!单|品|垫|头|边) "
    "顶(?!天|多) "
    "块(?=毛巾|布|香皂|地毯|肥皂|蛋糕|电池|屏) 只(?!有|要|能|是|发|收|剩|卖|给|想|装) 辆 部 卷 桶 提 盆 棵 枚 盏 "
    "幅 筒 听 副 根 串 扇 组 "
    "个(?!子|包裹|快递|单|订单|月|星期|礼拜|小时|钟|人|工作|问题|字|电话|多|样|季|学|颜色|色|码|号|地址|客服|半|尺寸|尺码|型号|版本|系列|味|口味|档|头|面|价|"
    "说法|疗程|卫生间|老人|大人|小孩|结果|交代|解释|评|差评|好评|意思|办法|地方|孩子|宝宝|店|男|女|图|视频|链接|账号|选项|理由|优惠|券|红包|时|年|点)"
)
_BEFORE = r"(?:(?<=一下)|(?<![第.\d每哪这那同另一上下有前后头几国享]))"

_GIVEN = re.compile("[买来要拿拍给送少发订加补退换寄了再共]$|^$")
"""三包 is otherwise the law on repair, 一套 a way to talk."""
_ONES = "一二三四五六七八九两"


def _pieces(match: re.Match[str]) -> int | None:
    """None for 三四件 and 两三件, which are no number, and for 一个 with nothing to count."""
    start, text = match.start("n"), match.string
    vague = text[start] in _ONES and text[start - 1 : start] in tuple(_ONES)
    if vague and text[start - 2 : start - 1] not in tuple("百千万"):
        return None
    if match[0] in ("三包", "一套") and not _GIVEN.search(text[:start]):
        return None
    value = number(match["n"])
    return int(value) if value and value < 100_000 else None


_DOZEN = 12

_RULES = (
    Rule(
        "quantity",
        re.compile(
            r"(?<![再半\d])(?P<n>[1-9一两二三四五六半])打(?=$|[ ,。]|[\u4e00-\u9fff]{0,3}[袜巾杯蛋啤裤酒])(?!折)"
        ),
        lambda match: int((number(match["n"]) or 0) * _DOZEN),
    ),
    Rule(
        "quantity",
        re.compile(rf"{_BEFORE}(?P<n>{_COUNT}) ?[大小整]?{_PIECES}(?!装|起批|以上才)"),
        _pieces,
    ),
    Rule(
        "quantity",
        re.compile(
            r"(?:加|买|来|要|拿|拍|送|订|退|换|带|给我)(?:了|我)?(?P<span>(?P<n>[俩仨]))(?!人|口|月|天|小时|钟|字|星期)"
        ),
        lambda match: {"俩": 2, "仨": 3}[match["n"]],
    ),
)


def find(reading: Reading) -> list[Found]:
    return first_of(_RULES, reading.text)
