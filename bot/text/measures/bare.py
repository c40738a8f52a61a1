"""Numbers without a unit: what two of them side by side mean, and what one means as an answer."""

from __future__ import annotations

import math
import re

from bot.text.measures.found import Found, Reading, any_of, not_after, within
from bot.text.measures.whose import is_about_a_child, is_of_a_thing
from bot.text.numerals import NUMBER, NUMERALS, digits, number

_BMI = 20.5
"""kg per square metre between adult women and men and slim enough for children from 1.1 m; used only to tell
斤 from kg, which are a factor of two apart."""
_FROM_JIN = 76.0
"""A weight without unit and height: from here on 斤 (38 kg), below kg."""
_GROWN_CM = 140.0
"""Below, a build far from the usual is rather another number (六岁 1米2 130合适吗)."""

_NINE = "[一二三四五六七八九]"
_SPOKEN = (
    r"一[零一二三][零一二三四五六七八九]|"
    rf"[一二两]百(?:零{_NINE}|{_NINE}?十{_NINE}?|{_NINE}五?)?|{_NINE}十{_NINE}?"
)
_POUNDS = rf"(?:\d{{2,3}}(?:\.\d)?|{_SPOKEN})"
_NO_UNIT = (
    rf"(?![\d{NUMERALS}]|[.*/×x-]\d| ?(?:斤|公斤|kg|厘米|公分|cm|米)|a\b|[码号块元岁个件条双折%天年月点mg克升]"
    r"|的?(?:脚|鞋|那[款个件条]|码)|还是)"
)
_GAP = r"[ ,/、.;:+。和跟(-]{0,3}(?:体重|净重|重|w)?(?:大概|大约|差不多|是|才|有|到|:| ){0,2}"
_PAIR = re.compile(
    rf"(?<![\d./*×-])(?P<height>1\d{{2}}|20\d|9\d|1\.\d{{1,2}}|一百[五六七八九](?:十{_NINE}?|{_NINE})?)"
    rf" ?(?:cm|厘米|公分)?(?:的|左右)?"
    rf"(?=[ ,/、.;:+。(体重w-]){_GAP}(?P<weight>{_POUNDS}){_NO_UNIT}(?!r\d)"
)
_REVERSED = re.compile(rf"^(?:我|女|男|女生|男生)?(?P<weight>\d{{2,3}})[ ,/、](?P<height>1[4-9]\d){_NO_UNIT}")
_AFTER_HEIGHT = re.compile(rf"{_GAP}(?P<weight>{_POUNDS}){_NO_UNIT}")
_CUE = re.compile(
    r"(?<![能承])(?:(?:体重|净重)[^,。;!?\d零一二三四五六七八九十百]{0,8}|(?<![\u4e00-\u9fffa-z\d])w ?)"
    rf"(?P<n>{NUMBER})(?![\d{NUMERALS}斤公k克])"
)
_OF_WEIGHT = re.compile(rf"(?<!\d)(?P<n>{_POUNDS})(?:的体重|体重(?! ?[:是]?\d))")
_SPOKEN_WEIGHT = re.compile(
    rf"(?<![{NUMERALS}\d])(?P<n>[一二两]百(?:零{_NINE}|{_NINE}十{_NINE}?|{_NINE}五?)){_NO_UNIT}"
)
_WORN = re.compile(
    any_of("身高 体重 穿 尺码 码 斤 公斤 kg 个子 偏瘦 偏胖 微胖 梨形 身材 溜肩 骨架 胖 瘦 女生 男生 净高")
)
_MONEY = re.compile(any_of("钱 价 卖 便宜 优惠 券 预算 贵 付 块 元 多少 花 退 打折 砍 少 收 成交"))
_LONE_HEIGHT = re.compile(
    not_after("穿 推荐 推荐的 拿 拍 换 换成 有没有 还有 发 买 选 要 码 发的 买的 拍的")
    + rf"(?<![\d./*\-{NUMERALS}×])(?P<n>1[4-9]\d(?:\.\d)?)"
    r"(?![\d/*\-码号块元岁个件天人克gax×]|\.\d| ?斤| ?公斤| ?kg|ml|的?[ml码号]"
    r"|寸|厘|公|分|米|年|月|升|页|张|条|双|毫|度|瓦|w|开头|结尾|以内|包邮|能卖|卖)"
)
_BEFORE_WEIGHT = re.compile(
    rf"(?<![\d./*×-])(?P<n>[6-9]\d|1\d\d|20\d|1\.\d{{1,2}}|一百{_NINE}十{_NINE}?)"
    rf"(?:的|左右|高)?[ ,/、.。(+]{{0,2}}(?:体重|重)?$"
)
_SAID_OF_SOMEBODY = re.compile(
    any_of(
        "我 他 她 男 女 男的 女的 老公 老婆 男朋友 女朋友 对象 儿子 女儿 闺女 老爸 老妈 妈妈 爸爸 妹妹 弟弟 姐姐 "
        "哥哥 男生 女生 俺 咱 本人 奶奶 爷爷 婆婆 公公 外婆 丈母娘 学生 高中生 初中生"
    )
    + r"(?:是|才|有|就|大概|差不多|身高)? ?(?P<n>1[4-9]\d|20\d|1\.[4-9]\d)"
    + r"的?(?=$|[ ,。!?啊呢吧的嘛我他她老男女对和、]|左右|多点)"
)
_CHILDS_HEIGHT = re.compile(rf"(?<=岁[ ,半了])(?P<n>[6-9]\d|1[0-7]\d){_NO_UNIT}(?!的|能|会|够|合适|可以)")


def find_pairs(reading: Reading) -> list[Found]:
    """Pairs such as "165 110" or 五尺四 一百三, and a weight after 体重."""
    text = reading.text
    found: list[Found] = []
    for match in (*_PAIR.finditer(text), *_REVERSED.finditer(text)):
        height = number(match["height"]) or 0.0
        height = height * 100 if height < 3 else height
        if _is_range(match):
            continue
        weight = weight_kg(number(match["weight"]), height)
        if weight is not None and all(reading.is_free(*match.span(side)) for side in ("height", "weight")):
            found.append(Found("height_cm", height, *match.span("height")))
            found.append(Found("weight_kg", weight, *match.span("weight")))
    height_cm = _height(reading, found)
    candidates = [*_CUE.finditer(text), *_OF_WEIGHT.finditer(text)]
    if height_cm is not None or is_worn(reading):
        candidates += _SPOKEN_WEIGHT.finditer(text)
    for match in candidates:
        if not reading.has("weight_kg") and not any(item.kind == "weight_kg" for item in found):
            found += _weight(found, match, "n", height_cm)
    found += _heights_before_weights(reading, found)
    for height in (item for item in reading.taken if item.kind == "height_cm"):
        match = _AFTER_HEIGHT.match(text, height.end)
        if match and not _is_range(match):
            found += _weight(found, match, "weight", float(height.value))
    return found


def _is_range(match: re.Match[str]) -> bool:
    """155-160 are two heights."""
    return "-" in match[0] and (number(match["weight"]) or 0.0) >= _GROWN_CM


def _heights_before_weights(reading: Reading, fresh: list[Found]) -> list[Found]:
    """The number right before a weight that has its unit (155/88斤), if the two make a build."""
    found: list[Found] = []
    for weight in (item for item in (*reading.taken, *fresh) if item.kind == "weight_kg"):
        match = _BEFORE_WEIGHT.search(reading.text, 0, weight.start)
        height = number(match["n"]) if match else None
        height = height * 100 if height and height < 3 else height
        if match and height and _strangeness(float(weight.value), height) < _farthest(height):
            item = Found("height_cm", round(height, 1), *match.span("n"))
            if reading.is_free(item.start, item.end) and not any(item.overlaps(other) for other in fresh):
                found.append(item)
    return found


def is_worn(reading: Reading) -> bool:
    """Whether the message is about wearing and not about money."""
    return _WORN.search(reading.text) is not None and not _MONEY.search(reading.text)


def _weight(found: list[Found], match: re.Match[str], group: str, height_cm: float | None) -> list[Found]:
    """The match as a weight, if it can be one and its place is free."""
    weight = weight_kg(number(match[group]), height_cm)
    item = Found("weight_kg", weight or 0.0, *match.span(group))
    if weight is None or any(item.overlaps(other) for other in found):
        return []
    return [item]


def _height(reading: Reading, found: list[Found]) -> float | None:
    for item in (*reading.taken, *found):
        if item.kind == "height_cm":
            return float(item.value)
    match = _LONE_HEIGHT.search(reading.text)
    return float(match["n"]) if match and is_worn(reading) else None


def find_alone(reading: Reading) -> list[Found]:
    """The first 140–199 of a message about wearing, or of one that says nothing else; a number beside an age."""
    if reading.has("height_cm"):
        return []
    text = reading.text
    said = [match for match in _SAID_OF_SOMEBODY.finditer(text) if reading.is_free(*match.span("n"))]
    if said:
        return [Found("height_cm", _centimetres(float(match["n"])), *match.span("n")) for match in said]
    child = _CHILDS_HEIGHT.search(text) if is_about_a_child(reading) and not reading.has("size") else None
    for match in [child] if child else _LONE_HEIGHT.finditer(text):
        found = Found("height_cm", float(match["n"]), *match.span("n"))
        alone = re.fullmatch(r"(?:我|身高|我是|我们)?1[4-9]\d(?:\.\d)?(?:的|左右|吧|呢)?", text)
        about = _WORN.search(text) or reading.has("weight_kg", "age")
        if (alone or about) and reading.is_free(found.start, found.end) and not is_of_a_thing(reading, found):
            return [found]
    return []


def weight_kg(value: float | None, height_cm: float | None = None) -> float | None:
    """A weight without unit in kg: beside a height the unit with the likelier build, else 斤 from 76 on."""
    if value is None:
        return None
    if height_cm is None:
        return within(value / 2 if value >= _FROM_JIN else value, 2, 200)
    best = min((value, value / 2), key=lambda kilos: _strangeness(kilos, height_cm))
    return best if _strangeness(best, height_cm) < _farthest(height_cm) else None


def _strangeness(kilos: float, height_cm: float) -> float:
    """How far a build is from the usual, as the logarithm of a factor; infinite for no weight."""
    return abs(math.log(kilos / (height_cm / 100) ** 2 / _BMI)) if kilos else math.inf


def _farthest(height_cm: float) -> float:
    return math.log(2.5 if height_cm >= _GROWN_CM else 1.7)


def _centimetres(value: float) -> float:
    return round(value * 100 if value < 3 else value, 1)


_ANSWER = re.compile(rf"^\D{{0,6}}?(?P<n>{NUMBER})(?P<unit>\D{{0,4}})$")


def answer(text: str, kind: str) -> Found | None:
    """The only number of a short message as a measure of `kind`, or None."""
    match = _ANSWER.match(text)
    if match is None:
        return None
    value = _as(kind, match["n"], match["unit"].strip())
    return Found(kind, value, *match.span("n")) if value is not None else None


def _as(kind: str, numeral: str, unit: str) -> float | int | str | None:
    value = number(numeral)
    if value is None:
        return None
    if kind == "height_cm":
        return within(value * 100 if value < 3 else value, 50, 230)
    if kind == "weight_kg":
        return within(value / 2, 2, 200) if unit.startswith("斤") else weight_kg(value)
    if kind == "foot_length_mm":
        millimetres = within(value * 10 if value < 80 else value, 80, 320)
        return int(millimetres) if millimetres else None
    if kind in ("size", "usual_size"):
        return f"{value:g}" if 16 <= value <= 180 else None
    if kind == "quantity":
        return int(value) if value >= 1 and value == int(value) else None
    if kind in ("price", "age"):
        return value
    if kind in ("order_id", "tracking_no", "phone"):
        return digits(numeral) if len(numeral) >= 6 else None
    return None
