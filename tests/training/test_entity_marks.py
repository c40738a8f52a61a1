"""Marks a trainer sets are refused with a reason she can act on, or saved as they stand."""

from typing import Any

import pytest

from bot.desk.lines import words
from bot.settings import ROOT
from bot.text.segment import word_spans
from bot.training.entity_marks import BUTTON_ONLY, MarkRefused, checked, entity_kinds

TEXT = "我165 穿[M]码"
KINDS = ("height_cm", "size")


def mark(start: int, end: int, kind: str = "height_cm") -> dict[str, Any]:
    return {"entity": kind, "start": start, "end": end, "value": None}


def test_marks_are_kept_in_the_order_of_the_text_without_the_blanks_around_them() -> None:
    found = checked([mark(8, 9, "size") | {"value": "M"}, mark(1, 5)], "我165 穿大 M 码", KINDS)
    assert found == (
        {"entity": "height_cm", "start": 1, "end": 4, "value": "165"},
        {"entity": "size", "start": 8, "end": 9, "value": "M"},
    )


@pytest.mark.parametrize(
    ("marks", "key"),
    [
        ([mark(1, 4, "moon")], "entity-unknown"),
        ([mark(-1, 4)], "entity-outside"),
        ([mark(4, 4)], "entity-outside"),
        ([mark(1, 40)], "entity-outside"),
        ([mark(4, 5)], "entity-blank"),
        ([mark(6, 9, "size")], "entity-brackets"),
        ([mark(1, 4), mark(3, 6, "size")], "entity-overlap"),
    ],
)
def test_a_mark_that_cannot_be_saved_is_refused_in_chinese(marks: list[dict[str, Any]], key: str) -> None:
    with pytest.raises(MarkRefused) as refused:
        checked(marks, TEXT, KINDS)
    assert refused.value.key == key
    assert words("problems", key, **refused.value.fill)


def test_the_kinds_are_those_of_the_domain() -> None:
    kinds = entity_kinds(ROOT / "domain.yml")
    assert {"height_cm", "product", "color"} <= set(kinds) and set(kinds) > BUTTON_ONLY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我165穿羽绒服", ["我", "165", "穿", "羽绒服"]),
        ("有 Ｍ碼 嗎😂😂", ["有", "Ｍ", "碼", "嗎", "😂"]),
    ],
)
def test_words_to_mark_stand_where_the_customer_wrote_them(text: str, expected: list[str]) -> None:
    spans = word_spans(text)
    assert [text[start:end].strip("😂") or "😂" for start, end in spans] == expected
    assert all(one[1] <= other[0] for one, other in zip(spans, spans[1:], strict=False))
