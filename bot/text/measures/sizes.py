"""Sizes: letters S–5XL, 均码, shoe and trouser sizes, children's 80–170, size labels."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.text.measures.found import Found, Reading, Rule, any_of, first_of, within
from bot.text.numerals import NUMERALS, number

_LETTERS = r"(?:[2-6]xl|x{1,5}l|x{0,2}s|[sml])"
_USUAL = re.compile(
    any_of(
        "平时 平常 平日 一般 以前 之前 一直 通常 习惯 正常 日常 往常 从来 向来 历来 惯 老是 总是 都是 常 原来 "
        "(?:别|其他|其它|人)家 别的(?:牌子|店) 一向 常年 素来 原先 都穿 老穿 本身 耐克 阿迪达?斯? 李宁 安踏 特步 "
        "匡威 回力 优衣库 斯凯奇 "
    )
    + r"[^,。;!?\da-z]{0,8}?$"
)
_NOT_USUAL = re.compile(
    any_of("这 你们?家?的?(?:这|偏) 要 换 改 想 选 能 会 拍了? 现在 今年 发") + "[^,。;!? ]{0,6}$"
)
_USED_TO = re.compile(
    r"(?: ?码| ?号)?的?(?:是我?|我)?(?:穿惯|一直穿|平时穿|平常穿|通常穿|常穿|的?是?我?平时的?(?:尺?码|号))"
)
_TAKE = (
    any_of("穿 拍 换 买 改成 换成 选 留 试 发 拿 订")
    + any_of("了 个 过 成 的 双 我 错了?成? 一?[双件条]")
    + "?"
)
_OR = " ?" + any_of("还是 和 跟 与 或者? 、 / (?:是不是)?比 ,")
_FIT = any_of(
    "会不会 能不能穿 大不大 小不小 还有 有没有 有货 会大 会小 太大 太小 大了 小了 够不够 合适 偏大 偏小 挤 没货 "
    "没了 断码 卖完 "
    "缺货 缺不缺 补货 什么时候补 啥时候补 几时补 [都也]?点不了 都?没有 有[吗么] 有不 够[吗么] 行[吗么] 紧 松 长了 "
    "短了 穿不"
)
_THING_AFTER = (
    "[\\d.件条双块元斤个天岁/厘公%分米年月日次层寸小人瓶盒包毫克升点度米折楼页集栋单"
    "张期度支片本台把套箱袋罐卷份组抽粒颗英节秒室送减赠返起后绒支v%°℃]"
)
_NOT_SIZE = rf"(?! ?(?:{_THING_AFTER}|cm|kg|ml|mm|多[块岁天])|[a-z*×宽长高深平多几])"
_NO_NUMBER = rf"(?<![\d.减满到¥*/×{NUMERALS}围腰胸臀长宽高厚深重-])"
_SHOE = r"(?:3[4-9]|4[0-8])(?:\.5)?"
_SMALL_SHOE = r"(?:1[6-9]|2\d|3[0-3])(?:\.5)?"
_CHILD = r"(?:[5-9][05]|1[0-7][05])"
_NINE = "[一二三四五六七八九]"
_SPOKEN = rf"[二三四]十{_NINE}?"
_HALF = "(?P<half> ?半)?"
_SHOES = re.compile("鞋(?![架柜盒垫刷油套带撑])|靴|脚[长肥瘦宽]")


def _letters(match: re.Match[str]) -> str:
    size = match["s"].upper()
    if size.startswith("XX") and size.endswith("L"):
        return f"{len(size) - 1}XL"
    return size


def _label(match: re.Match[str]) -> str:
    return match["s"].upper().replace(" ", "")


def _numeric(low: float, high: float) -> Callable[[re.Match[str]], str | None]:
    def value(match: re.Match[str]) -> str | None:
        size = within(number(match["s"]), low, high)
        if size is not None and match.groupdict().get("half"):
            size += 0.5
        return f"{size:g}" if size is not None else None

    return value


def _child(match: re.Match[str]) -> str | None:
    size = int(match["s"])
    return str(size) if 50 <= size <= 175 else None


def _as_written(match: re.Match[str]) -> str:
    return match["s"]


def _before_next(match: re.Match[str]) -> str | None:
    """110 in "110 120": children's sizes go by tens."""
    following = match.string[match.end() + 1 :]
    return match["s"] if following.startswith(str(int(match["s"]) + 10)) else None


def _after_last(match: re.Match[str]) -> str | None:
    return match["s"] if match.string[: match.start() - 1].endswith(str(int(match["s"]) - 10)) else None


_shoe, _any = _numeric(34, 49), _numeric(10, 60)

_LABELS = (
    Rule("size", re.compile(r"(?<!\d)(?P<s>1[3-9]\d ?/ ?\d{2,3} ?[abcy])(?![\da-z])"), _label),
    Rule("size", re.compile(r"(?<!\d)(?P<s>1[3-9][05] ?/ ?\d{2,3})(?= ?[码号的])"), _label),
)
_WITH_UNIT = (
    Rule(
        "size",
        re.compile(rf"(?<![a-z0-9.'&])(?<!苹果)(?P<s>{_LETTERS})(?![a-z0-9.'&]|[型形钩曲店键弯级])"),
        _letters,
    ),
    Rule("size", re.compile("均码|均号|f码|free ?size|通码|one ?size"), lambda match: "均码"),
    Rule("size", re.compile("(?<![多最])(?:特大号|加大号|大号|中号|特小号|小号)"), lambda match: match[0]),
    Rule("size", re.compile(rf"(?<![\d.-])(?P<s>\d{{2}}(?:\.5)?)(?<![5-9]0) ?码{_HALF}"), _any),
    Rule(
        "size",
        re.compile(r"(?<![\d.月-])(?P<s>3[2-9](?:\.5)?|4\d(?:\.5)?) ?号(?![楼院线链店门库仓机])"),
        _numeric(32, 49),
    ),
    Rule("size", re.compile(rf"(?<![{NUMERALS}])(?P<s>{_SPOKEN}) ?[码]{_HALF}"), _numeric(16, 49)),
    Rule("size", re.compile(r"(?<![\d.])(?P<s>\d{2,3}) ?(?:码|号码)"), _child),
    Rule("size", re.compile(rf"{_NO_NUMBER}(?P<s>{_SHOE})(?P<half> ?个?半)(?![年月天价])"), _shoe),
)
_WITH_WORD = (
    Rule("size", re.compile(rf"{_TAKE} ?(?P<span>(?P<s>{_SHOE})){_NOT_SIZE}"), _shoe),
    Rule(
        "size", re.compile(rf"{_TAKE} ?(?P<span>(?P<s>{_CHILD})){_NOT_SIZE}(?!能卖|卖|行[吗不]|包邮)"), _child
    ),
    Rule(
        "size",
        re.compile(
            rf"(?<![只需主费价钱])要 ?(?P<span>(?P<s>1[0-7]0|{_SHOE})){_NOT_SIZE}(?!能卖|卖|行[吗不]|包邮)"
        ),
        _as_written,
    ),
    Rule("size", re.compile(rf"{_NO_NUMBER}(?P<s>[89][05]|1[0-6][05])的?(?={_FIT})"), _child),
    Rule(
        "size",
        re.compile(rf"{_NO_NUMBER}(?P<s>[5-9]0|1[0-7]0)(?={_OR} ?(?:[5-9]0|1[0-7]0){_NOT_SIZE})"),
        _child,
    ),
    Rule("size", re.compile(rf"(?<=\d0)(?:{_OR}) ?(?P<span>(?P<s>[6-9]0|1[0-7]0)){_NOT_SIZE}"), _child),
    Rule("size", re.compile(rf"{_NO_NUMBER}(?P<s>{_SHOE})(?={_OR} ?(?:{_SHOE}){_NOT_SIZE})"), _shoe),
    Rule("size", re.compile(rf"(?<=[34]\d|\.5)(?:{_OR}) ?(?P<span>(?P<s>{_SHOE})){_NOT_SIZE}"), _shoe),
    Rule(
        "size",
        re.compile(
            rf"{_NO_NUMBER}(?P<s>{_SHOE})(?:(?=的(?!券|红包|优惠|价|运费|邮费|钱|差|订单|无门槛|满|门槛|电视|屏|寸))|(?={_FIT}))"
        ),
        _shoe,
    ),
    Rule("size", re.compile(rf"(?<=还是)(?P<s>{_SHOE}){_NOT_SIZE}"), _shoe),
    Rule("size", re.compile(rf"裤子? ?(?P<span>(?P<s>2[5-9]|3[0-6])){_NOT_SIZE}"), _numeric(25, 36)),
    Rule("size", re.compile(r"(?<![\d.])(?P<s>2[5-9]|3[0-6])(?=的(?:牛仔|裤|西裤))"), _numeric(25, 36)),
    Rule(
        "size",
        re.compile(rf"{_NO_NUMBER}(?P<s>[5-9]0|1[0-7]0)(?=[ 、,/](?:[6-9]0|1[0-7]0)(?![\d.斤块元]))"),
        _before_next,
    ),
    Rule("size", re.compile(rf"(?<=\d0[ 、,/])(?P<s>[6-9]0|1[0-7]0){_NOT_SIZE}"), _after_last),
    Rule(
        "size",
        re.compile(
            rf"(?:还?有没有|还有|没有) ?(?P<span>(?P<s>{_SHOE}|[89]0|1[0-7]0))(?=[吗的了么]|$|[ ,。?])"
        ),
        _as_written,
    ),
    Rule(
        "size",
        re.compile(rf"童.{{0,8}}? ?(?P<span>(?P<s>[89]0|1[0-7]0)){_NOT_SIZE}(?=$|[ ,。?的吗有])"),
        _as_written,
    ),
    Rule("size", re.compile(rf"(?<=还是)(?P<s>{_CHILD}){_NOT_SIZE}"), _child),
)
_OF_SHOES = (
    Rule("size", re.compile(rf"{_NO_NUMBER}(?P<s>{_SHOE}){_NOT_SIZE}(?![码号a-z])"), _shoe),
    Rule("size", re.compile(rf"{_NO_NUMBER}(?P<s>{_SMALL_SHOE})的{_NOT_SIZE}"), _numeric(16, 33)),
)
_USUALLY = any_of(
    "平时 平常 平日 一般 通常 日常 往常 惯 耐克 阿迪达?斯? 李宁 安踏 特步 匡威 回力 优衣库 斯凯奇 万斯 vans "
    "鞋码(?:是|:)?"
)
_OWN = (
    Rule(
        "usual_size",
        re.compile(
            rf"{_USUALLY}[^\d,。;!?]{{0,4}}?(?P<span>(?P<s>{_SHOE}|2[5-9]|3[0-3]|[89]0|1[0-7]0)){_NOT_SIZE}"
        ),
        _as_written,
    ),
    Rule(
        "usual_size",
        re.compile(rf"(?<![\d.])(?P<span>(?P<s>{_SHOE}) ?码?)(?:的脚|脚(?![长宽]))"),
        _as_written,
    ),
    Rule("usual_size", re.compile(rf"(?:鞋码|脚)(?:都?是|:|穿)(?P<span>(?P<s>{_SHOE}) ?码)"), _as_written),
)
"""What she wears otherwise, said with a number alone."""
_COLOUR_AFTER = re.compile(rf"(?<![\d.*×])(?P<s>{_SHOE}|[89]0|1[0-7]0)(?: ?的)? ?$")
_COLOUR_BEFORE = re.compile(rf" ?的? ?(?P<s>{_SHOE}|[89]0|1[0-7]0){_NOT_SIZE}")


def find_labels(reading: Reading) -> list[Found]:
    """Labels such as 170/88a, which are no heights."""
    return first_of(_LABELS, reading.text)


def find(reading: Reading) -> list[Found]:
    """`usual_size` after words such as 平时穿, else `size`."""
    text = reading.text
    found = first_of((*_OWN, *_WITH_UNIT, *_WITH_WORD), text)
    found += [each for each in _bare(reading) if not any(each.overlaps(other) for other in found)]
    return [
        Found("usual_size", each.value, each.start, each.end)
        if each.kind == "size" and _is_usual(text, each)
        else each
        for each in found
    ]


def _bare(reading: Reading) -> list[Found]:
    """Numbers that only what is talked about makes sizes: shoes, or a colour beside them."""
    found: list[Found] = []
    if reading.names("footwear") or reading.has("foot_length_mm") or _SHOES.search(reading.text):
        found += first_of(_OF_SHOES, reading.text)
    for word in reading.words:
        if word.concept == "color":
            match = _COLOUR_BEFORE.match(reading.text, word.end)
            match = match or _COLOUR_AFTER.search(reading.text, 0, word.start)
            if match:
                found.append(Found("size", match["s"], *match.span("s")))
    return found


def _is_usual(text: str, found: Found) -> bool:
    before = text[: found.start]
    cue = _USUAL.search(before)
    if cue and not _NOT_USUAL.search(before[cue.start() :]):
        return True
    return _USED_TO.match(text, found.end) is not None
