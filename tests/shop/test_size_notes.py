"""What a body, a foot, a child's growth and a wish do to the size the chart names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.records.model import Last, Runs, SizeChart
from bot.shop.sizes.sizing import (
    Between,
    Figure,
    Fit,
    Fits,
    Foot,
    Measures,
    NeedsMeasures,
    OutOfChart,
    recommend,
)

FIGURES = [
    # weight, notes, runs → size, key of the deciding reason
    (52, (Figure.BUST,), Runs.TRUE, "L", "figure_up"),  # heavy for M: no room left at the bust
    (47, (Figure.BUST,), Runs.TRUE, "M", "figure_enough"),  # light for M: there is room
    (52, (Figure.BUST,), Runs.LARGE, "M", "figure_enough"),  # a loose cut has it anyway
    (52, (Figure.WAIST,), Runs.TRUE, "M", None),  # this chart does not measure the waist
    (52, (Figure.LEGS,), Runs.TRUE, "M", None),
]


@pytest.mark.parametrize(("weight", "notes", "runs", "size", "key"), FIGURES)
def test_a_note_on_the_figure_counts_where_the_chart_measures_it_and_room_is_short(
    shop, weight, notes, runs, size, key
):
    coat = shop.products["coat-cloud"]
    chart = shop.chart_of(coat).model_copy(update={"runs": runs})
    answer = recommend(coat, chart, Measures(160, weight, figure=notes))
    assert (answer.size, _deciding(answer)) == (size, key)


def test_one_up_is_not_promised_beyond_the_largest_size(shop):
    coat = shop.products["coat-cloud"]
    answer = recommend(coat, shop.chart_of(coat), Measures(170, 60, figure=(Figure.BUST,)))
    assert (answer.size, answer.doubt) == ("L", "top")


def test_two_wishes_move_the_size_by_one_only(shop):
    coat = shop.products["coat-cloud"]
    both = Measures(155, 46.5 - 1, fit=Fit.LOOSE, figure=(Figure.BUST,))
    assert recommend(coat, shop.chart_of(coat), both).size == "M"


def test_tall_and_slim_goes_by_the_length(shop):
    coat = shop.products["coat-cloud"]
    told = Measures(164, 44)  # the height says M, the weight S
    assert isinstance(recommend(coat, shop.chart_of(coat), told), Between)
    assert recommend(coat, shop.chart_of(coat), Measures(164, 44, figure=(Figure.SLIM,))).size == "M"


CHILDREN = [
    # height, room to grow, runs → size, key
    (111, True, Runs.TRUE, "120", "room_up"),
    (104, True, Runs.TRUE, "120", "room_up"),
    (104, True, Runs.LARGE, "110", "room_enough"),  # cut with room, and at the beginning of the size
    (111, True, Runs.LARGE, "120", "room_up"),
    (130, True, Runs.TRUE, "130", "room_top"),
    (111, False, Runs.TRUE, "110", None),
]


@pytest.mark.parametrize(("height", "room", "runs", "size", "key"), CHILDREN)
def test_a_child_that_should_grow_into_it_gets_one_up(shop, height, room, runs, size, key):
    hoodie = shop.products["kids-hoodie"].model_copy(update={"runs": runs})
    answer = recommend(hoodie, shop.chart_of(hoodie), Measures(height_cm=height, room=room))
    assert (answer.size, _deciding(answer)) == (size, key)


FEET = [
    # foot mm, shape, last → size, key
    (234, Foot.WIDE, Last.NARROW, "38", "foot_up"),
    (234, Foot.WIDE, Last.WIDE, "37", "foot_enough"),
    (234, Foot.HIGH_INSTEP, Last.NORMAL, "38", "foot_up"),
    (231, Foot.HIGH_INSTEP, Last.NORMAL, "37", "foot_enough"),
    (234, Foot.WIDE, None, "38", "foot_up"),
    (240, Foot.WIDE, Last.NARROW, "38", "foot_top"),
    (234, Foot.NARROW, Last.NORMAL, "37", None),
]


@pytest.mark.parametrize(("foot", "shape", "last", "size", "key"), FEET)
def test_a_wide_foot_goes_up_unless_the_shoe_is_wide(shop, foot, shape, last, size, key):
    shoes = shop.products["shoes-canvas"].model_copy(update={"last": last})
    answer = recommend(shoes, shop.chart_of(shoes), Measures(foot_length_mm=foot, foot=shape))
    assert (answer.size, _deciding(answer)) == (size, key)


BEDS = SizeChart.model_validate(
    {
        "id": "beds",
        "basis": "width",
        "covers": "床",
        "rows": [
            {"size": "M", "width_cm": [130, 155]},
            {"size": "L", "width_cm": [175, 185]},
        ],
    }
)


@pytest.mark.parametrize(
    ("width", "answer"),
    [(150, "M"), (180, "L"), (160, "L"), (200, OutOfChart("too_large", "width_cm", 200, 185, "L"))],
)
def test_what_covers_a_bed_is_taken_large_enough(shop, width, answer):
    """Between two sizes nobody is asked "loose or fitted?": the larger one covers."""
    sheets = shop.products["coat-cloud"]
    found = recommend(sheets, BEDS, Measures(width_cm=width))
    assert (found.size if isinstance(found, Fits) else found) == answer


def test_a_bed_needs_its_width(shop):
    assert recommend(shop.products["coat-cloud"], BEDS, Measures(165, 55)) == NeedsMeasures(("width_cm",))


def test_the_product_s_own_word_on_its_cut_overrules_the_chart(shop):
    shoes = shop.products["shoes-canvas"].model_copy(update={"runs": Runs.TRUE})
    assert recommend(shoes, shop.chart_of(shoes), Measures(usual_size="37")).size == "37"


@given(
    height=st.floats(100, 200),
    weight=st.floats(20, 120),
    foot=st.sampled_from([None, *Foot]),
    fit=st.sampled_from([None, *Fit]),
    figure=st.lists(st.sampled_from(list(Figure)), max_size=3, unique=True),
    room=st.booleans(),
    usual=st.sampled_from([None, "S", "37.5", "36", "XL", "110"]),
    mm=st.one_of(st.none(), st.integers(200, 280)),
)
def test_whatever_is_told_only_sizes_the_product_is_made_in_are_named(
    shop, height, weight, foot, fit, figure, room, usual, mm
):
    measures = Measures(height, weight, None, mm, usual, fit, tuple(figure), foot, room)
    for product in shop.products.values():
        answer = recommend(product, shop.chart_of(product), measures)
        named = {Fits: lambda a: {a.size}, Between: lambda a: {a.smaller, a.larger}}.get(
            type(answer), lambda a: set()
        )
        assert named(answer) <= set(product.sizes)


def _deciding(answer: Fits) -> str | None:
    notes = [reason.key for reason in answer.reasons if reason.key.endswith(("_up", "_enough", "_top"))]
    return notes[0] if notes else None


def test_short_and_stout_goes_by_the_weight_and_says_that_it_will_be_long(shop):
    coat = shop.products["coat-cloud"]
    answer = recommend(coat, shop.chart_of(coat), Measures(152, 57))
    assert (answer.size, answer.doubt) == ("L", "build")
    assert "girth_first" in [reason.key for reason in answer.reasons]
    tall = recommend(coat, shop.chart_of(coat), Measures(171, 42))
    assert tall == OutOfChart("unusual_build")  # no size is long enough and not far too wide
