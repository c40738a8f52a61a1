"""Height, weight, foot length and age of the wearer, where the message says what is meant."""

from __future__ import annotations

import re

from bot.text.measures.found import Found, Rule, first_of, within
from bot.text.numerals import DIGIT, NUMBER, number

CHI_CM, CUN_CM = 100 / 3, 10 / 3
"""Market foot and inch (尺, 寸) in centimetres."""

_CHILD = r"(?:宝宝|宝贝|孩子|小孩|娃|儿子|女儿|闺女|小子|丫头|姑娘|孙子|孙女|男孩|女孩|男宝|女宝|外甥|侄)"
_WHO = r"(?:我|他|她|娃|宝宝|宝贝|孩子|小孩|儿子|女儿|闺女|老公|老婆|妈|爸|姐|弟|妹|哥|人)"
_OF_A_THING = r"(?<!长)(?<!宽)(?<!深)(?<!厚)(?<!围)(?<!径)(?<!肩)(?<!寸)(?<!桌)(?<!柜)(?<!床)(?<!箱)(?<!架)(?<!板)"
_VAGUE = r"(?:左右|多点?|出头|来|几)?"


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


def _weight(factor: float):
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
    return int(round(millimetres)) if (millimetres := within(value if value >= 80 else value * 10, 80, 320)) else None


def _years(match: re.Match[str]) -> float | None:
    years = number(match["years"])
    if years is None:
        return None
    months = number(match["months"]) if match["months"] else 0.0
    extra = 0.5 if match["half"] else (months or 0.0) / 12
    return within(round(years + extra, 4), 0, 110)


def _months(match: re.Match[str]) -> float | None:
    months = number(match["months"])
    return within(round((months + (0.5 if match["half"] else 0)) / 12, 4), 0, 4) if months is not None else None


_NINE = "[一二三四五六七八九]"
_KILOS = rf"(?:\d{{1,3}}(?:\.\d+)?|[一二两]百(?:零?{_NINE}?十?{_NINE}?)|{_NINE}?十{_NINE}?|[一二两三四五六七八九半])"
"""A weight's numeral, so written that it does not swallow a height before it (一米七五一百四十斤)."""
_WEIGHT_CUE = r"(?P<cue>(?:净?体重|(?<!多)(?<!承)(?<!载)重|胖|瘦|" + _CHILD + r")[^,。;!?\d]{0,4})?"
_NOT_GOODS = r"(?!装|包|袋|箱|的?(?:苹果|米|面|肉|枣|核桃|瓜子|水|油|石头|东西|哑铃|被|棉花|棉被))"
_NOT_LOAD = r"(?<!承重)(?<!载重)(?<!承受)(?<!最大)(?<!容量)(?<!净重)(?<!毛重)(?<!克重)"

_RULES = (
    Rule("foot_length_mm", re.compile(
        rf"(?:脚长|脚[^,。手]{{0,4}}?|脚丫子?)(?:是|有|大概|量了?|差不多|:| ){{0,3}}"
        rf"(?P<span>(?P<n>{NUMBER})(?: ?(?:厘米|公分|cm|mm|毫米))?(?P<half>半)?)(?!码|号|岁|个|块|元|斤|只)"), _foot),
    Rule("foot_length_mm", re.compile(
        rf"(?P<span>(?P<n>2[0-9](?:\.\d)?|1[0-9]\.\d) ?(?:厘米|公分|cm)(?P<half>半)?)(?:的|长的)?(?:脚|内长)"), _foot),
    Rule("height_cm", re.compile(
        r"(?<![\d.])(?P<metres>[12一二两]) ?(?:米|m)(?P<rest>\d{1,2}(?:\.\d)?|[零〇一二三四五六七八九]十?[一二三四五六七八九]?(?![百十])|半)"
        + _VAGUE + r"(?!的?(?:床|桌|柜|沙发|宽|长|水管|线|大床))(?![\d件条])"), _height_metres),
    Rule("height_cm", re.compile(
        r"(?<![\d.])(?P<metres>[12]\.\d{1,2}) ?(?:米|m)(?![\da-z])(?P<rest>)"
        r"(?!的?(?:床|桌|柜|沙发|宽|长|水管|线|大床|乘|\*|x))"), _height_metres),
    Rule("height_cm", re.compile(
        r"(?P<chi>[3-6三四五六])尺(?P<cun>[1-9一二三四五六七八九半])?(?:寸)?(?!的?(?:腰|裤|布|宽|长))"), _height_chi),
    Rule("height_cm", re.compile(
        rf"(?:身高|净高|个子|个头|身长|{_WHO}高)(?:是|大概|大约|差不多|只有|才|快|在|有|:| |也就){{0,3}}"
        rf"(?P<span>(?P<n>\d{{2,3}}(?:\.\d)?|1\.\d{{1,2}}|{DIGIT}{{3}}|一百[一二三四五六七八九十]+)"
        rf"(?: ?(?:厘米|公分|cm|m|米))?)(?!\d| ?斤| ?公斤| ?kg|块|元)"), _height_plain),
    Rule("height_cm", re.compile(
        rf"{_OF_A_THING}(?<![\d.*x])(?P<n>1\d\d(?:\.\d)?|20\d|[一二][零一二三四五六七八九百十]+|[89]\d) ?(?:厘米|公分|cm)"
        r"(?!长|宽|深|的?(?:床|桌|柜|沙发|架|箱|线|高的))(?!\*|x)"), _height_plain),
    Rule("weight_kg", re.compile(
        rf"{_NOT_LOAD}{_WEIGHT_CUE}(?P<span>(?<![\d.])(?P<n>{_KILOS}) ?{_VAGUE} ?(?:公斤|千克|kgs?|kilos?|k(?![a-z]))(?P<half>半)?)"
        + _NOT_GOODS), _weight(1.0)),
    Rule("weight_kg", re.compile(
        rf"{_NOT_LOAD}{_WEIGHT_CUE}(?P<span>(?<![\d.])(?P<n>{_KILOS}) ?{_VAGUE} ?(?:市?斤|jin)(?P<half>半)?)" + _NOT_GOODS), _weight(0.5)),
    Rule("age", re.compile(
        rf"(?P<years>{NUMBER}) ?(?:周岁|岁)(?:(?P<half>半)|(?:零|又)?(?P<months>{NUMBER})个?月)?"), _years),
    Rule("age", re.compile(
        rf"{_CHILD}[^,。!?\d]{{0,5}}?(?P<span>(?P<months>{NUMBER})个(?P<half>半)?月)(?!前|后|内|没|就|了?(?:保|用|买))"), _months),
    Rule("age", re.compile(
        rf"(?P<span>(?P<months>{NUMBER})个(?P<half>半)?月)(?:大|多|左右)?(?:的|大)?{_CHILD}"), _months),
    Rule("age", re.compile(
        rf"^(?P<span>(?P<months>{NUMBER})个(?P<half>半)?月)(?:大|多|左右|了|吧|的)?$|(?P<never>$^)"), _months),
)


def find(text: str) -> list[Found]:
    return first_of(_RULES, text)
