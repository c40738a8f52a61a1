"""Measures and names in a customer's message, found by rule and normalised in this one place.

Kinds and their values (kinds are the entity names of the dialogue design):
height_cm float cm · weight_kg float kg · foot_length_mm int mm · age float years · usual_size, size "XL", "38.5",
"120", "均码" · price float yuan · discount float share of the price to pay (八折 is 0.8) · quantity int ·
region province or group of provinces · date words (see bot.text.dates) · order_id, tracking_no, phone digits and
letters · color, courier, fault the value in data/lexicon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.text.lexicon import load_lexicon
from bot.text.measures import bare, body, money, names, numbers, quantities, sizes, times, weight
from bot.text.measures.found import Found, Measure, Reading
from bot.text.normalise import normalise_with_spans

__all__ = ["Measure", "extract", "provinces", "read"]

_FINDERS: tuple[Callable[[Reading], Iterable[Found]], ...] = (
    numbers.find,
    sizes.find_labels,
    body.find,
    weight.find,
    times.find,
    bare.find_pairs,
    money.find,
    sizes.find,
    quantities.find,
    bare.find_alone,
)
"""In this order: what an earlier one has found, a later one leaves alone."""


def extract(text: str) -> tuple[Measure, ...]:
    """All measures in a message as typed, in order of place; `start` and `end` count in `text` itself."""
    normal = normalise_with_spans(text)
    found = extract_normal(load_lexicon().corrected(normal.text))
    measures = []
    for item in found:
        start, end = normal.span(item.start, item.end)
        measures.append(Measure(item.kind, item.value, start, end, text[start:end]))
    return tuple(measures)


def extract_normal(text: str) -> list[Found]:
    """The same for normalised text; spans never overlap, except that names may lie over each other."""
    reading = Reading(text)
    for find in _FINDERS:
        for found in find(reading):
            if reading.is_free(found.start, found.end):
                reading.taken.append(found)
    reading.taken += [found for found in names.find(reading) if reading.is_free(found.start, found.end)]
    return sorted(reading.taken, key=lambda found: (found.start, found.end, found.kind))


def read(text: str, kind: str) -> Measure | None:
    """`text` as the answer to a question for `kind`: a number without unit counts as what was asked for.

    None when it does not answer. Weight without unit is read as 斤 from 76 on, below as kg.
    """
    for measure in extract(text):
        if measure.kind == kind or {measure.kind, kind} == {"size", "usual_size"}:
            return Measure(kind, measure.value, measure.start, measure.end, measure.text)
    normal = normalise_with_spans(text)
    answer = bare.answer(normal.text, kind)
    if answer is None:
        return None
    start, end = normal.span(answer.start, answer.end)
    return Measure(kind, answer.value, start, end, text[start:end])


def provinces(region: str) -> tuple[str, ...]:
    """The provinces a region value stands for: 江浙沪 is three, 新疆 itself."""
    return load_lexicon().groups.get(region, (region,))
