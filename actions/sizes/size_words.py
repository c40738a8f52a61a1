"""A recommendation's reasons and a chart's limits in words (data/dialogue.yml)."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.cards import number
from bot.shop.records.model import SizeChart
from bot.shop.sizes import sizing

UNSAID = ("garment",)
"""Reasons that the chart beside the answer shows."""
GROUPS = ("figure", "foot")
"""Values that are keys of phrases themselves."""


def reasons_in_words(reasons: tuple[sizing.Reason, ...], chart: SizeChart | None) -> str:
    """The reasons as one clause, e.g. 身高 165cm 在 M 码的 160–168cm 范围内，体重 …"""
    words = shop_floor.dialogue()
    said = []
    for reason in reasons:
        if reason.key in UNSAID:
            continue
        values = {key: shown(value) for key, value in reason.values.items()}
        values |= {group: words.phrase(group, str(values[group])) for group in GROUPS if group in values}
        if "measure" in values:
            name = str(values["measure"])
            values |= {"unit": words.phrases["unit"][name], "measure": measure_name(name, chart)}
            values["told"] = told(name, reason.values["value"])
        if "weight_kg" in values:
            values["told"] = told("weight_kg", reason.values["weight_kg"])
        sentence = words.phrase("size_reason", reason.key, **values)
        said.append(sentence.replace("） ", "）"))  # a full-width bracket brings its own space
    return "，".join(said)


def measure_name(name: str, chart: SizeChart | None) -> str:
    return shop_floor.dialogue().phrase("measure", name, covers=chart.covers if chart else "")


def told(name: str, value: object) -> str:
    """A measure as customers tell it: 165cm; a weight by the jin as well, 110 斤（55kg）."""
    words = shop_floor.dialogue()
    unit = words.phrases["unit"].get(name, "")
    if name != "weight_kg" or not isinstance(value, float | int):
        return words.phrase("told", "plain", value=shown(value), unit=unit)
    return words.phrase("told", name, value=shown(value), unit=unit, jin=number(value * 2))


def told_outside(out: sizing.OutOfChart, chart: SizeChart | None) -> str:
    """The measure that is outside the chart: 体重 190 斤（95kg）."""
    return f"{measure_name(out.measure, chart)} {told(out.measure, out.value)}".strip() if out.measure else ""


def more(chart: SizeChart) -> str:
    """What would make a guess a sure answer: 身高体重, 脚长."""
    return shop_floor.dialogue().phrase("more", chart.basis.value)


def limit(out: sizing.OutOfChart) -> str:
    """Where the chart ends: 75kg; empty where the measure has no number."""
    if out.limit is None:
        return ""
    return f"{number(out.limit)}{shop_floor.dialogue().phrases['unit'].get(out.measure or '', '')}"


def shown(value: object) -> object:
    return number(value) if isinstance(value, float | int) else value
