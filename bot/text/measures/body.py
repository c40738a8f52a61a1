"""Height, foot length and age of the wearer, where the message says what is meant."""

from __future__ import annotations

import re

from bot.text.measures.found import Found, Reading, Rule, any_of, first_of, not_after, within
from bot.text.measures.whose import CHILD, is_about_a_child, is_about_people, is_of_a_thing
from bot.text.numerals import NUMBER, NUMERALS, number

CHI_CM, CUN_CM = 100 / 3, 10 / 3
"""Market foot and inch (尺, 寸) in centimetres."""

_NINE = "[一二三四五六七八九]"
_WHO = any_of("我 他 她 娃 宝宝 宝贝 孩子 小孩 儿子 女儿 闺女 老公 老婆 妈 爸 姐 弟 妹 哥 人")
_VAGUE = any_of("左右 多点? 出头 来 几") + "?"
_SAID = (
    "(?:"
    + any_of(
        "是 大概 大约 差不多 只有 才 快 在 有 : 也 就 刚 到 我 他 她 现在 目前 量了? 净 都 不到 快到 超过 接近"
    )
    + "| ){0,4}"
)
_FURNITURE = "的?" + any_of(
    "大?床 桌 柜 沙发 架 箱 水管 线 宽 长 深 高的 窗 布 被 毯 垫 门 帘 台 板 竿 杆 绳 乘 [*x×]"
)
_CM = any_of("厘米 公分 cm")
_HUNDREDS = (
    rf"[一二两]百(?:零?{_NINE}?十{_NINE}?|零{_NINE}|{_NINE})?|"
    rf"[一二][零〇一二三四五六七八九]{{2}}|{_NINE}十{_NINE}?"
)
_HEIGHT = rf"(?:\d{{2,3}}(?:\.\d)?|[12]\.\d{{1,2}}|{_HUNDREDS})"


def _height_metres(match: re.Match[str]) -> float | None:
    metres, rest = number(match["metres"]), match["rest"]
    if rest.startswith("零") and rest[1:].isdigit():
        rest = rest.removeprefix("零").zfill(2)
    if metres is None:
        return None
    if not rest:
        return within(metres * 100, 50, 230)
    tail = number(rest)
    if tail is None:
        return None
    if rest == "半":
        tail = 50
    elif len(rest) == 1:
        tail *= 10
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
    return within(round(value, 1) if value else None, 45, 230)


def _foot(match: re.Match[str]) -> int | None:
    value = number(match["n"])
    if value is None:
        return None
    value = value + 0.5 if match["half"] else value
    millimetres = within(value if value >= 80 else value * 10, 80, 320)
    return round(millimetres) if millimetres else None


def _years(match: re.Match[str]) -> float | None:
    if re.fullmatch(f"{_NINE}{{2}}", match["years"]):
        return None  # 六七岁 is six or seven
    years = number(match["years"])
    if years is None:
        return None
    months = number(match["months"]) if match["months"] else 0.0
    extra = 0.5 if match["half"] else (months or 0.0) / 12
    return within(round(years + extra, 4), 0, 110)


def _months(match: re.Match[str]) -> float | None:
    months = number(match["months"])
    if months is None:
        return None
    return within(round((months + (0.5 if match["half"] else 0)) / 12, 4), 0, 4)


_FOOT_CM = rf"2\d(?:\.\d)?|1\d(?:\.\d)?|二?十{_NINE}?(?:点{_NINE})?"
_MONTHS = rf"(?P<span>(?P<months>(?!半){NUMBER})个(?P<half>半)?多?月)"

_FOOT_AND_AGE = (
    Rule(
        "foot_length_mm",
        re.compile(
            r"(?:[脚足]长|足|脚板|脚掌长|脚底长?|到(?:大?脚[趾尖]头?|最长的脚趾)|(?<![光赤跣])脚(?![宽围背踝腕面])[^,。手宽围背踝面换买穿拍码选\d]{0,4}?|脚丫子?)"
            r"(?:是|有|大概|量了?|量出来|差不多|约|:| |才|只有){0,4}"
            rf"(?P<span>(?P<n>{NUMBER})(?: ?(?:{_CM}|mm|毫米))?(?P<half>半)?)(?![码号岁个块元斤只双\d])"
        ),
        _foot,
    ),
    Rule(
        "foot_length_mm",
        re.compile(rf"(?<![\d.])(?P<span>(?P<n>{_FOOT_CM}) ?{_CM}(?P<half>半)?)长?的?脚"),
        _foot,
    ),
    Rule(
        "foot_length_mm",
        re.compile(r"(?<![\d.])(?P<span>(?P<n>[12]\d\d) ?(?:mm|毫米)?(?P<half>))长?的脚(?!本)"),
        _foot,
    ),
    Rule(
        "age",
        re.compile(
            rf"(?<!差)(?P<years>{NUMBER}) ?(?:周岁|岁)(?:(?P<half>半)|(?:零|又)?(?P<months>{NUMBER})个?月)?"
        ),
        _years,
    ),
    Rule("age", re.compile(rf"{CHILD}[^,。!?\d]{{0,5}}?{_MONTHS}(?![前后内没就]|了?[保用买])"), _months),
    Rule("age", re.compile(rf"{_MONTHS}(?:大|多|左右)?[的大]?{CHILD}"), _months),
    Rule("age", re.compile(rf"^{_MONTHS}(?:大|多|左右|了|吧|的)?$"), _months),
    Rule("age", re.compile(rf"{_MONTHS}(?:大|多)?(?=[ ,]?\d{{2}}(?:\.\d)?(?:斤|{_CM}))"), _months),
)

_SAID_HEIGHTS = (
    Rule(
        "height_cm",
        re.compile(
            rf"(?:身高|净高|个子|个头|身长|{_WHO}高|(?<![\u4e00-\u9fff])高(?=1\d\d)|(?<![a-z\d])h(?=1\d\d)){_SAID}"
            rf"(?P<span>(?P<n>{_HEIGHT})(?: ?(?:{_CM}|[m米]))?)"
            rf"(?![\d{NUMERALS}米尺]| ?斤| ?公斤| ?kg|[块元]|的?体重)"
        ),
        _height_plain,
    ),
    Rule(
        "height_cm",
        re.compile(
            rf"(?<![\d.])(?P<span>(?P<n>{_HEIGHT})(?: ?{_CM})?)"
            rf"(?:的?(?:身高(?=\d{{2,3}}的?体重)|身高(?! ?[:是]?\d)|大?高个|个头|个子|大个)|的个(?![\u4e00-\u9fff]))"
        ),
        _height_plain,
    ),
)

_SPOKEN = Rule(
    "height_cm",
    re.compile(
        rf"{_WHO}(?:是|才|有|大概|身高)?(?P<span>(?P<n>一[四五六七八九][零〇一二三四五六七八九]))"
        rf"(?![{NUMERALS}米尺号楼]|\d)"
    ),
    _height_plain,
)
"""我一六五: only where it is said of somebody."""
_HEIGHTS = (
    _SPOKEN,
    Rule(
        "height_cm",
        re.compile(r"(?<![\d.])(?P<span>(?P<n>1[0-9]\d) ?(?:cm)?)高(?=$|[ ,。\d]|体重)"),
        _height_plain,
    ),
    Rule(
        "height_cm",
        re.compile(
            r"(?<![\d.乘*x×])(?P<metres>[12一二两]) ?[米m]"
            rf"(?P<rest>零?\d{{1,2}}(?:\.\d)?|[零〇一二三四五六七八九]十?{_NINE}?(?![百十])|半)"
            rf"{_VAGUE}(?!{_FURNITURE})(?![\d件条])"
        ),
        _height_metres,
    ),
    Rule(
        "height_cm",
        re.compile(
            rf"(?:身高|个子|个头){_SAID}(?P<span>(?P<metres>[12一二两]) ?米(?P<rest>))(?![\d{NUMERALS}半多])"
        ),
        _height_metres,
    ),
    Rule(
        "height_cm",
        re.compile(rf"(?P<metres>[一二]点{_NINE}{{1,2}})米(?P<rest>)(?!{_FURNITURE})"),
        _height_metres,
    ),
    Rule(
        "height_cm",
        re.compile(rf"(?<![\d.])(?P<metres>[12]\.\d{{1,2}}) ?[米m](?P<rest>)(?![\da-z乘*×])(?!{_FURNITURE})"),
        _height_metres,
    ),
    Rule(
        "height_cm",
        re.compile(
            rf"{not_after('腰 腰围 腰是 围')}(?<![\d.二两])"
            rf"(?P<chi>[3-6三四五六])尺(?P<cun>[1-9半]|{_NINE})?寸?(?!的?[腰裤布宽长])"
        ),
        _height_chi,
    ),
)
_CENTIMETRES = Rule(
    "height_cm",
    re.compile(rf"(?<![\d.*x×{NUMERALS}])(?P<n>{_HEIGHT}) ?{_CM}(?!{_FURNITURE})(?![*x×方])"),
    _height_plain,
)


_WEIGHT_AFTER = re.compile(r" ?[,/和]? ?\d{1,3}(?:\.\d)?(?:斤|公斤|kg)")


def find(reading: Reading) -> list[Found]:
    sure = first_of((*_FOOT_AND_AGE, *_SAID_HEIGHTS), reading.text)
    seen = Reading(reading.text, [*reading.taken, *sure])
    seen.words = reading.words
    others = [found for found in first_of(_HEIGHTS, reading.text) if not is_of_a_thing(seen, found)]
    return [*sure, *others, *_centimetres(seen)]


def _centimetres(reading: Reading) -> list[Found]:
    """Below 1.4 m it may as well be a length of goods: only where the message is about people, or a child."""
    found = [each for each in _CENTIMETRES.find(reading.text) if not is_of_a_thing(reading, each)]
    if is_about_a_child(reading):
        return found
    if any(_WEIGHT_AFTER.match(reading.text, each.end) for each in found):
        return found
    low = 80 if is_about_people(reading) else 140
    return [each for each in found if float(each.value) >= low]
