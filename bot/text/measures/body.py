"""Height, weight, foot length and age of the wearer, where the message says what is meant."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.text.measures.found import Found, Rule, any_of, first_of, within
from bot.text.numerals import NUMBER, number

CHI_CM, CUN_CM = 100 / 3, 10 / 3
"""Market foot and inch (尺, 寸) in centimetres."""

_NINE = "[一二三四五六七八九]"
_CHILD = any_of("宝宝 宝贝 孩子 小孩 娃 儿子 女儿 闺女 小子 丫头 姑娘 孙子 孙女 男孩 女孩 男宝 女宝 外甥 侄")
_WHO = any_of("我 他 她 娃 宝宝 宝贝 孩子 小孩 儿子 女儿 闺女 老公 老婆 妈 爸 姐 弟 妹 哥 人")
_VAGUE = any_of("左右 多点? 出头 来 几") + "?"
_SAID = "(?:" + any_of("是 大概 大约 差不多 只有 才 快 在 有 : 也就") + "| ){0,3}"
_FURNITURE = "的?" + any_of("大?床 桌 柜 沙发 架 箱 水管 线 宽 长 深 高的")
_CM = any_of("厘米 公分 cm")
_HUNDREDS = rf"[一二]百[零]?{_NINE}?十?{_NINE}?|[一二][零〇一二三四五六七八九]{{2}}"
_KILOS = rf"(?:\d{{1,3}}(?:\.\d+)?|[一二两]百零?{_NINE}?十?{_NINE}?|{_NINE}?十{_NINE}?|[两半]|{_NINE})"
"""A weight's numeral, so written that it does not swallow a height before it (一米七五一百四十斤)."""
_THING_BEFORE = "".join(f"(?<!{word})" for word in "长宽深厚围径肩寸桌柜床箱架板")
_NO_LOAD = "".join(
    f"(?<!{word})" for word in ("承重", "载重", "承受", "最大", "容量", "净重", "毛重", "克重")
)
_WEIGHT_CUE = rf"(?P<cue>(?:净?体重|(?<![多承载])重|胖|瘦|{_CHILD})[^,。;!?\d]{{0,4}})?"
_NO_GOODS = "(?!" + any_of("装 包 袋 箱 的?(?:苹果|米|面|肉|枣|核桃|瓜子|水|油|石头|东西|哑铃|被|棉)") + ")"


def _height_metres(match: re.Match[str]) -> float | None:
    metres, rest = number(match["metres"]), match["rest"]
    if metres is None:
        return None
    if not rest:
        return within(metres * 100, 50, 230)
    tail = number(rest)
    if tail is None:
        return None
    if len(rest) == 1 or rest == "半":
        tail *= 10 if rest != "半" else 100
    return within(round(metres * 100 + tail, 1), 50, 230)


def _height_chi(match: re.Match[str]) -> float | None:
    chi, cun = number(match["chi"]), number(match["cun"]) if match["cun"] else 0.0
    if chi is None or cun is None:
        return None
    return within(round(chi * CHI_CM + (cun * 10 if cun == 0.5 else cun) * CUN_CM, 1), 50, 230)


def _height_plain(match: re.Match[str]) -> float | None:
    value = number(match["n"])
    if value is not None and value < 3:
        value *= 100
    return within(round(value, 1) if value else None, 50, 230)


def _weight(factor: float) -> Callable[[re.Match[str]], float | None]:
    def value(match: re.Match[str]) -> float | None:
        kilos = number(match["n"])
        if kilos is None:
            return None
        kilos = (kilos + (0.5 if match["half"] else 0.0)) * factor
        # Below 15 kg it is a baby's weight or the weight of goods ("5斤装"): only with a word that says whose.
        if kilos < 15 and not match["cue"]:
            return None
        return within(round(kilos, 2), 2, 200)

    return value


def _foot(match: re.Match[str]) -> int | None:
    value = number(match["n"])
    if value is None:
        return None
    value = value + 0.5 if match["half"] else value
    millimetres = within(value if value >= 80 else value * 10, 80, 320)
    return round(millimetres) if millimetres else None


def _years(match: re.Match[str]) -> float | None:
    years = number(match["years"])
    if years is None:
        return None
    months = number(match["months"]) if match["months"] else 0.0
    extra = 0.5 if match["half"] else (months or 0.0) / 12
    return within(round(years + extra, 4), 0, 110)


def _months(match: re.Match[str]) -> float | None:
    months = number(match["months"])
    return (
        within(round((months + (0.5 if match["half"] else 0)) / 12, 4), 0, 4) if months is not None else None
    )


_FOOT_CM = r"2\d(?:\.\d)?|1\d\.\d"

_RULES = (
    Rule(
        "foot_length_mm",
        re.compile(
            r"(?:脚长|脚[^,。手]{0,4}?|脚丫子?)(?:是|有|大概|量了?|差不多|:| ){0,3}"
            rf"(?P<span>(?P<n>{NUMBER})(?: ?(?:{_CM}|mm|毫米))?(?P<half>半)?)(?![码号岁个块元斤只])"
        ),
        _foot,
    ),
    Rule(
        "foot_length_mm",
        re.compile(rf"(?<![\d.])(?P<span>(?P<n>{_FOOT_CM}) ?{_CM}(?P<half>半)?)长?的?(?:脚|内长)"),
        _foot,
    ),
    Rule(
        "height_cm",
        re.compile(
            r"(?<![\d.])(?P<metres>[12一二两]) ?[米m]"
            rf"(?P<rest>\d{{1,2}}(?:\.\d)?|[零〇一二三四五六七八九]十?{_NINE}?(?![百十])|半)"
            rf"{_VAGUE}(?!{_FURNITURE})(?![\d件条])"
        ),
        _height_metres,
    ),
    Rule(
        "height_cm",
        re.compile(rf"(?<![\d.])(?P<metres>[12]\.\d{{1,2}}) ?[米m](?P<rest>)(?![\da-z乘*])(?!{_FURNITURE})"),
        _height_metres,
    ),
    Rule(
        "height_cm",
        re.compile(rf"(?P<chi>[3-6三四五六])尺(?P<cun>[1-9半]|{_NINE})?寸?(?!的?[腰裤布宽长])"),
        _height_chi,
    ),
    Rule(
        "height_cm",
        re.compile(
            rf"(?:身高|净高|个子|个头|身长|{_WHO}高){_SAID}"
            rf"(?P<span>(?P<n>\d{{2,3}}(?:\.\d)?|1\.\d{{1,2}}|{_HUNDREDS})(?: ?(?:{_CM}|[m米]))?)"
            r"(?!\d| ?斤| ?公斤| ?kg|[块元])"
        ),
        _height_plain,
    ),
    Rule(
        "height_cm",
        re.compile(
            rf"{_THING_BEFORE}(?<![\d.*x])(?P<n>1\d\d(?:\.\d)?|20\d|[89]\d|{_HUNDREDS}) ?{_CM}"
            rf"(?!{_FURNITURE})(?![*x])"
        ),
        _height_plain,
    ),
    Rule(
        "weight_kg",
        re.compile(
            rf"{_NO_LOAD}{_WEIGHT_CUE}(?P<span>(?<![\d.])(?P<n>{_KILOS}) ?{_VAGUE} ?"
            rf"(?:公斤|千克|kgs?|kilos?|k(?![a-z]))(?P<half>半)?){_NO_GOODS}"
        ),
        _weight(1.0),
    ),
    Rule(
        "weight_kg",
        re.compile(
            rf"{_NO_LOAD}{_WEIGHT_CUE}(?P<span>(?<![\d.])(?P<n>{_KILOS}) ?{_VAGUE} ?(?:市?斤|jin)(?P<half>半)?)"
            rf"{_NO_GOODS}"
        ),
        _weight(0.5),
    ),
    Rule(
        "age",
        re.compile(rf"(?P<years>{NUMBER}) ?(?:周岁|岁)(?:(?P<half>半)|(?:零|又)?(?P<months>{NUMBER})个?月)?"),
        _years,
    ),
    Rule(
        "age",
        re.compile(
            rf"{_CHILD}[^,。!?\d]{{0,5}}?(?P<span>(?P<months>{NUMBER})个(?P<half>半)?月)"
            r"(?![前后内没就]|了?[保用买])"
        ),
        _months,
    ),
    Rule(
        "age",
        re.compile(rf"(?P<span>(?P<months>{NUMBER})个(?P<half>半)?月)(?:大|多|左右)?[的大]?{_CHILD}"),
        _months,
    ),
    Rule(
        "age",
        re.compile(rf"^(?P<span>(?P<months>{NUMBER})个(?P<half>半)?月)(?:大|多|左右|了|吧|的)?$"),
        _months,
    ),
)


def find(text: str) -> list[Found]:
    return first_of(_RULES, text)
