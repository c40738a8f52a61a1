"""What the page measures and she asks for: a part of the garment, how many people a set serves, how tall its user is.

Source: docs/transcript-review.md, E 4, 13, 14: the chart and the product's own lines hold the number she asks for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.shop.goods.dimensions import lengths
from bot.shop.goods.stock import same_size
from bot.shop.records.model import Kind, Product, SizeChart
from bot.text.measures import extract
from bot.text.normalise import bare, normalise
from bot.text.numerals import NUMBER, number

_PARTS: dict[str, str] = {
    "裤长": "裤长|裤子?(?:有)?多长|裤腿(?:有)?多长",
    "裙长": "裙长|裙子?(?:有)?多长",
    "衣长": "衣长|衣服?(?:有)?多长|后中长",
    "袖长": "袖长|袖子?(?:有)?多长",
    "胸围": "胸围|胸(?:有)?多[大宽]",
    "腰围": "腰围|腰(?:有)?多[大宽]",
    "臀围": "臀围|[臀胯](?:有)?多[大宽]",
    "肩宽": "肩宽|肩膀?(?:有)?多宽",
}
GIRTHS = ("胸围", "腰围", "臀围")
"""Measures of a piece that a growing body must go into."""
_ASKS = re.compile(r"多少|多长|多大|多宽|几[厘公]|数据|尺寸|是啥|是什么|怎么样|[吗呢?？]|^$")
_HERS = re.compile(r"我的?(?:是|有)?$|[她他]的?(?:是|有)?$")
"""我肩宽 is a body, no garment."""
_PEOPLE = re.compile(rf"(?P<n>{NUMBER})(?:口人|口之家|个人|口子|人(?=份|够|用|吃|的)|口(?=够))")
_SERVES_HOW_MANY = re.compile(
    r"(?:够|能|供)[^，,。]{0,3}(?:几|多少)(?:口|个)?人|几(?:口|个)?人(?:用|吃|份)|几口之家|几人份"
)
_ENOUGH = re.compile(r"够|能用|可以用|用得|行[吗不么]")
_FAMILY = re.compile(rf"一家(?P<n>{NUMBER})口")
_BOWLS = re.compile(rf"饭碗(?P<n>{NUMBER})")
_HEAVY = re.compile(r"多重|重不重|重吗|[多几]少?斤重|沉不沉|沉吗|有多沉")
_STATURE = re.compile(r"(?P<low>\d{2,3})[–\-~到至](?P<high>\d{2,3}) ?厘米")
_USES = re.compile(r"能|可以|合适|适合|行|够|用|坐|高不高|矮|[给孩娃宝]|儿子|女儿|闺女")
_SIDES = re.compile(
    r"(?<![\d.])(\d{1,3}(?:\.\d+)?) ?(?:米|m)? ?[×x*乘] ?(\d{1,3}(?:\.\d+)?)(?! ?(?:米|m)?\d)"
)
_METRES = 10
"""A side below this was told in metres."""
_GROWS = re.compile("年级|小学|中学|大学")


@dataclass(frozen=True)
class Serves:
    """A set made for so many people; `told` of hers are None where she only asks how many."""

    people: int
    told: int | None
    has: str

    @property
    def short_by(self) -> int:
        return max(0, (self.told or 0) - self.people)


@dataclass(frozen=True)
class Stature:
    """Made for people of this height, as written; `told_cm` is theirs."""

    told: str
    told_cm: float
    is_in: bool


def garment(product: Product, chart: SizeChart | None, text: str, size: str | None) -> dict[str, str]:
    """Part → its measure of the piece in cm, of the size told, else of every size it is made in; empty where no part
    is asked for, or a body is told."""
    said = bare(text)
    if chart is None or product.kind is Kind.HOME or _tells_a_body(text):
        return {}
    rows = [row for row in chart.rows if any(same_size(row.size, each) for each in product.sizes)]
    own = [row for row in rows if size and same_size(row.size, size)]
    found: dict[str, str] = {}
    for part, words in _PARTS.items():
        match = re.search(words, said)
        if match is None or _HERS.search(said[: match.start()]) or not _ASKS.search(said[match.end() :][:6]):
            continue
        told = [f"{row.size} 码 {row.garment[part]:g} 厘米" for row in own or rows if part in row.garment]
        if told:
            found[part] = "、".join(told)
    return found


def serves(product: Product, text: str) -> Serves | None:
    """ "五口人够吗", "够几个人用": what the set is made for; None where that is not asked or nobody knows."""
    said = normalise(text)
    people = _PEOPLE.search(said)
    told = number(people["n"]) if people else None
    if not (told and _ENOUGH.search(said)) and not _SERVES_HOW_MANY.search(said):
        return None
    has = product.attributes.get("含", "")
    counts = [m for line in (has, *product.tags) for m in (_BOWLS.search(line), _FAMILY.search(line)) if m]
    known = [int(value) for match in counts if (value := number(match["n"]))]
    return Serves(min(known), int(told) if told else None, has) if known else None


def stature(product: Product, text: str) -> Stature | None:
    """ "孩子6岁118能坐吗": whether the thing is made for somebody of that height."""
    limits = next(
        (v for name, v in product.attributes.items() if "身高" in name and _STATURE.search(v)), None
    )
    heights = _heights(text)
    if limits is None or not heights or not _USES.search(normalise(text)):
        return None
    match = _STATURE.search(limits)
    assert match is not None
    return Stature(limits, heights[0], int(match["low"]) <= heights[0] <= int(match["high"]))


def for_years(product: Product, text: str) -> tuple[str, ...]:
    """Where a child's height is told and the page names no range: its lines on how long it lasts (一年级到大学)."""
    if product.kind is not Kind.HOME or not _heights(text) or not re.search("孩|娃|宝|儿子|女儿|闺女", text):
        return ()
    lines = [line for line in product.talking_points if _GROWS.search(line)]
    made = [f"{name}：{value}" for name, value in product.attributes.items() if "高" in name]
    return (*lines, *made) if lines else ()


def pair_line(product: Product, text: str) -> str:
    """ "被子是2米乘2米3的" on the page of a set: its attributes' piece with these two sides, else empty."""
    sides = _SIDES.search(normalise(text))
    told = [float(sides[1]), float(sides[2])] if sides else list(lengths(text)[:2])
    if product.kind is not Kind.HOME or len(told) < 2:
        return ""
    centimetres = [f"{each * 100 if each < _METRES else each:g}" for each in told]
    pair = re.compile(rf"(?<!\d){centimetres[0]} ?[×x*] ?{centimetres[1]}(?!\d)")
    pieces = [piece for value in product.attributes.values() for piece in re.split("[，；]", value)]
    sized = [
        each for each in pieces if pair.search(each) and any(_digits(size) in each for size in product.sizes)
    ]
    return sized[0] if sized else ""


def _digits(size: str) -> str:
    found = re.match(r"\d+(?:\.\d+)?", size)
    return found[0] if found else size


def weight(product: Product, text: str) -> float | None:
    """With packing, where the page does not tell the thing's own."""
    is_told = any("重" in name for name in product.attributes)
    return None if is_told or not _HEAVY.search(normalise(text)) else float(product.weight_kg)


def _heights(text: str) -> list[float]:
    """Of a person: between a toddler and a tall man."""
    told = [float(each.value) for each in extract(text) if each.kind == "height_cm"]
    bare_numbers = [float(n) for n in re.findall(r"(?<![\d.])1\d\d(?![\d.斤公千克元块])", normalise(text))]
    return [value for value in (*told, *lengths(text), *bare_numbers) if 70 <= value <= 200]


def _tells_a_body(text: str) -> bool:
    kinds = {"height_cm", "weight_kg", "age", "foot_length_mm"}
    has_number = re.search(r"[围宽长] ?(?:是|有)?\d{2,3}(?!码)", normalise(text)) is not None
    return has_number or any(each.kind in kinds for each in extract(text))
