"""Prices and discounts."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.text.measures.found import Found, Reading, Rule, any_of, first_of, not_after, within
from bot.text.numerals import NUMBER, number

_NINE = "[一二三四五六七八九]"
_NUMERAL = "\\d零一二三四五六七八九十百千万"
_THINGS = "斤码号公岁年月天折件个条双套箱盒瓶包米厘毫克升寸分秒小点倍遍次人片张页级度档层楼路栋室周支平份罐本台把张盏盆颗粒根片w%:/*×x-"
_NOT_MONEY = rf"(?!\.?[{_NUMERAL}]| ?(?:[{_THINGS}]|cm|kg|mm|ml|[来多][块个件])|包邮)"
_NO_NUMERAL_BEFORE = rf"(?<![{_NUMERAL}几])(?<!\d\.)"
_SUM = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|" + NUMBER + ")"

_BEFORE = any_of(
    # What the customer offers or can spend
    "算我 卖给?我 给我算 最多(?:出|给)? 只要 我出 一口价 凑个?整?数? 出价 预算 打包"
    # How the price moved
    " (?:便宜|少|砍|降|涨|跌|变|改|讲|谈)[到成]了? 变"
    # What it is called
    " [原现标售定单总进底低高特全均]价 [券折]后价? (?:优惠|补贴|折扣|活动|满减|国补)[后价]+ 到手价? (?:活动|秒杀|直播间?|直播间|拼团|团购|首发|预售|会员|新人|日常)价 "
    "价格?"
    # What was paid, asked or given back
    " (?:实际?|一共|总共|明明|共)?(?:支付|付款?|花)了?(?:你们?)? 实付款? 应付 [要收]价 报价 收费 (?<![一1])[扣收退赔](?:了|我|你|您|回来?|了我)? (?<![送找借])给我 就收你?"
    " 拍下(?:是|来|价)? 下单(?:是|价) 买(?:时|的时候)(?:是|才)? (?<![外专])卖 要卖 拍的?时候?是? (?:定金|尾款|押金|运费|邮费|首付|月付|差价)"
    # What it was or is at another time or place
    " (?:原来|之前|昨天|上周|上个月|那天|前几天|刚才|刚刚|现在|今天|别家|人家|他家|隔壁|专柜|线下|店里)(?:还?是|才|卖|都?要|变|只要|就|的?价)"
)
_BETWEEN = (
    "(?:"
    + any_of("是 的 要 了 我 : 才 只 就 大概 都 也 成 = 到 写 显示 为 在 不到 不超过 给 有 左右")
    + "| ){0,3}"
)
_AFTER = any_of(
    "卖不卖 卖[吗么] 卖给?我 行不行? 行[吗么] 可以[吗不] 能卖 能拿 能不能[拿卖] 能出 能走 能行 拿下 拿走 成交 带走 出[不吗] 走不走 走起 "
    "我?就?(?:拍了|买了|下单|要了) 就拍 就买 包邮 两清 到手 给不给 一口价 封顶 一分不少"
)
_ABOUT = any_of(
    "以内 以下 之内 上下 左右 以上 出头 怎么样 (?:那|这)?的?(?:那|这)(?:一?[款个件条双套台]|链接) 的(?:套餐|链接|款)"
)
_LUMP = any_of(
    "肉 板 玻璃 屏 电池 糖 肥皂 香皂 蛋糕 披萨 毛巾 地毯 表 巧克力 拼图 瓷砖 塑料 补丁 疤 皮 污 脏 油 斑 白 黑 卡扣 铁 木"
)
_LEAST_WITHOUT_WORD = 171
"""From here on a number is no size and no height, so that 299 左右 can only be money."""
_REDUCTION = re.compile(
    r"(?:便宜|少|减|优惠|省|降|抹|让|返|补|满|差|多|涨|贵|退差价)(?:了|个|我|点|掉|去|出|到手)? ?(?:将近|大概|差不多)?$"
)


def _amount(match: re.Match[str]) -> float | None:
    """The number with its small change: 9块9 is 9.9."""
    whole = number(match["n"].replace(",", ""))
    if whole is None:
        return None
    tail = match.groupdict().get("tail")
    part = 0.0
    if tail == "半":
        part = 0.5
    elif tail:
        part = (number(tail) or 0.0) / (10 if len(tail) == 1 else 100)
    return within(round(whole + part, 2), 0.01, 1_000_000)


def _yuan(match: re.Match[str]) -> float | None:
    """The sum, unless it is what the price shall fall by ("便宜20块")."""
    return None if _REDUCTION.search(match.string[: match.start("n")]) else _amount(match)


def _with_unit(match: re.Match[str]) -> float | None:
    """块 is also a lump (换一块电池) and 一块 together: a lone 一块 needs 钱 or small change."""
    if match["n"] == "一" and not match["tail"] and match["unit"] == "块":
        return None
    return _yuan(match)


def _from(least: float) -> Callable[[re.Match[str]], float | None]:
    """Sums of at least `least` yuan: smaller numbers there are rather something else."""

    def value(match: re.Match[str]) -> float | None:
        amount = _yuan(match)
        return amount if amount is not None and amount >= least else None

    return value


def _small(factor: float) -> Callable[[re.Match[str]], float | None]:
    def value(match: re.Match[str]) -> float | None:
        amount = number(match["n"])
        return round(amount * factor, 2) if amount is not None else None

    return value


def _share(match: re.Match[str]) -> float | None:
    """7 折 is 0.7 of the price, 85 折 and 八五折 0.85."""
    value = number(match["n"])
    if value is None or value <= 0:
        return None
    return within(round(value / (10 if value < 10 else 100), 4), 0.05, 0.99)


def _letter(match: re.Match[str]) -> float | None:
    amount = float(match["n"]) * {"k": 1000, "w": 10_000}[match["unit"]]
    return amount if re.search("价|钱|贵|便宜|预算|以内|左右|块", match.string) else None


_WITH_UNIT = (
    Rule("discount", re.compile(rf"(?P<n>{NUMBER}) ?折(?![叠伞页屏扇])"), _share),
    Rule("discount", re.compile("(?<!一)半价|对折"), lambda match: 0.5),
    Rule("price", re.compile(rf"[¥￥$] ?(?P<n>{_SUM})"), _yuan),
    Rule(
        "price",
        re.compile(
            rf"(?<!几)(?P<n>{_SUM}) ?(?P<unit>块钱?|元|圆|rmb|软妹币|大洋)"
            rf"(?:(?P<tail>\d{{1,2}}|{_NINE}|[两半])(?![个件条双套折年月天块\d]))?(?!{_LUMP}|[大小布砖宵旦])"
        ),
        _with_unit,
    ),
    Rule("price", re.compile(rf"(?<!几)(?P<n>{NUMBER}) ?毛钱?(?![球衣线呢巾毯绒病不])"), _small(0.1)),
    Rule("price", re.compile(r"(?<![\d.])(?P<n>\d+(?:\.\d+)?) ?(?P<unit>[kw])(?![a-z\d])"), _letter),
    Rule(
        "price",
        re.compile(
            rf"{_NO_NUMERAL_BEFORE}(?P<n>\d+(?:\.\d+)?[千万]\d?)(?!\d|[克米毫瓦转次人个件豆像粉步]|mah)"
        ),
        _from(1000),
    ),
)
_WITHOUT_UNIT = (
    Rule("price", re.compile(r"(?<![\d.])(?P<n>\d{3,5}(?:\.\d+)?)(?=[降涨改变跌砍掉][到成]了?\d)"), _amount),
    Rule(
        "price",
        re.compile(r"从 ?(?P<span>(?P<n>\d{2,6}(?:\.\d+)?))(?= ?(?:直接|一下)?[涨降跌变掉砍少])"),
        _amount,
    ),
    Rule("price", re.compile(rf"{_BEFORE}{_BETWEEN}(?P<span>(?P<n>{_SUM})){_NOT_MONEY}"), _from(3)),
    Rule(
        "price",
        re.compile(
            rf"(?:[件条双套个瓶箱盒包份台只] ?(?:给|算|一共|总共|才|只要|要|卖)|^给|就给)"
            rf"(?P<span>(?P<n>\d{{2,6}}(?:\.\d+)?)){_NOT_MONEY}"
        ),
        _from(3),
    ),
    Rule(
        "price",
        re.compile(rf"{_NO_NUMERAL_BEFORE}{not_after('码 穿')}(?P<span>(?P<n>{NUMBER})) ?{_AFTER}"),
        _from(3),
    ),
    Rule(
        "price",
        re.compile(
            rf"{_NO_NUMERAL_BEFORE}{not_after('号 位 四 单')}(?P<span>(?P<n>\d{{3,5}}(?:\.\d+)?)) ?{_ABOUT}"
        ),
        _from(_LEAST_WITHOUT_WORD),
    ),
    Rule(
        "price",
        re.compile(
            rf"{_NO_NUMERAL_BEFORE}(?P<n>[一两二三四五六七八九][百千]{_NINE}(?:十{_NINE}?)?){_NOT_MONEY}"
        ),
        _yuan,
    ),
)


def find(reading: Reading) -> list[Found]:
    return first_of((*_WITH_UNIT, *_WITHOUT_UNIT), reading.text)
