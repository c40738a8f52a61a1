"""Which size a customer is told, and when the bot asks or steps aside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.records.model import Runs
from bot.shop.sizes.sizing import (
    Between,
    Fit,
    Fits,
    Foot,
    Measures,
    NeedsMeasures,
    OneSize,
    OutOfChart,
    recommend,
)
from bot.shop.sizes.wearer import considered_size

COAT = [
    # height, weight, usual, fit → answer
    (160, 50, None, None, ("M", True)),
    (155, 43, None, None, ("S", True)),
    (157, 46, None, None, ("S", "M")),  # both rows hold both measures
    (158, 49, None, None, ("M", True)),  # only M holds the weight
    (165, 53.5, None, None, ("M", "L")),  # the weight falls between the rows
    (155, 47.5, None, None, ("S", "M")),  # height says S, weight says M by half a kilo
    (155, 47.5, None, Fit.LOOSE, ("M", True)),
    (155, 47.5, None, Fit.FITTED, ("S", True)),
    (155, 47.5, "s", None, ("S", True)),  # the size usually worn decides
    (155, 47.5, "XL", None, ("S", "M")),  # a usual size that is neither does not
    (155, 50, None, None, ("M", True)),  # three kilos over S: nobody fits into it, whatever she prefers
    (155, 50, None, Fit.FITTED, ("M", True)),
    (155, 50, "s", None, ("M", True)),
    (171, 42, None, None, OutOfChart("unusual_build")),
    (147, 43, None, None, OutOfChart("too_small", "height_cm", 147, 150, "S")),
    (149, 43, None, None, ("S", False)),  # a centimetre short: named, but not as a sure thing
    (160, 62, None, None, ("L", False)),  # a kilo over the largest
    (160, 63, None, None, OutOfChart("too_large", "weight_kg", 63, 61, "L")),  # this coat is not made in XL
    (None, 50, None, None, NeedsMeasures(("height_cm",))),
    (160, None, None, None, NeedsMeasures(("weight_kg",))),
    (None, None, None, None, NeedsMeasures(("height_cm", "weight_kg"))),
    (None, None, "M", None, ("M", False)),
    (160, None, "l码", None, ("L", False)),
    (None, None, "XL", None, OutOfChart("unknown_size", "usual_size", "XL")),
]


@pytest.mark.parametrize(("height", "weight", "usual", "fit", "answer"), COAT)
def test_a_coat_is_sized_by_height_and_weight(shop, height, weight, usual, fit, answer):
    coat = shop.products["coat-cloud"]
    measures = Measures(height_cm=height, weight_kg=weight, usual_size=usual, fit=fit)
    assert _short(recommend(coat, shop.chart_of(coat), measures)) == answer


CHILDREN = [
    # height, age, weight → answer
    (115, None, None, ("120", True)),
    (110, 6, None, ("110", True)),  # tall and short children: height counts, not age
    (None, 4, None, ("110", False)),
    (None, 5, None, ("110", "120")),  # a birthday between two sizes
    (112.5, None, None, ("110", "120")),
    (110, None, 22, ("120", True)),  # heavier than the row: one up
    (130, None, 40, ("130", True)),  # no larger one to go to
    (None, 12, None, OutOfChart("too_large", "age", 12, 9, "130")),
    (95, None, None, OutOfChart("too_small", "height_cm", 95, 103, "110")),
    (None, None, 18, NeedsMeasures(("height_cm", "age"))),
]


@pytest.mark.parametrize(("height", "age", "weight", "answer"), CHILDREN)
def test_a_child_is_sized_by_height_else_by_age(shop, height, age, weight, answer):
    hoodie = shop.products["kids-hoodie"]
    measures = Measures(height_cm=height, age=age, weight_kg=weight)
    assert _short(recommend(hoodie, shop.chart_of(hoodie), measures)) == answer


SHOES = [
    # foot, usual, chart runs → answer
    (233, None, Runs.SMALL, ("37", True)),
    (230, None, Runs.SMALL, ("36", True)),
    (241, None, Runs.SMALL, ("38", False)),
    (242, None, Runs.SMALL, OutOfChart("too_large", "foot_length_mm", 242, 240, "38")),
    (233, "36", Runs.SMALL, ("37", True)),  # the foot says more than the usual size
    (None, "36", Runs.SMALL, ("37", False)),
    (None, "36", Runs.TRUE, ("36", False)),
    (None, "37码", Runs.LARGE, ("36", False)),
    (None, "38", Runs.SMALL, OutOfChart("too_large", "usual_size", "38", size="38")),
    (None, "36", Runs.LARGE, OutOfChart("too_small", "usual_size", "36", size="36")),
    (None, "40", Runs.TRUE, OutOfChart("unknown_size", "usual_size", "40")),
    (None, "36.5", Runs.TRUE, ("36", "37")),  # a half size lies between
    (None, "36.5", Runs.SMALL, ("37", "38")),
    (None, "36.5", Runs.LARGE, ("36", False)),  # 35 is not made
    (None, "39.5", Runs.TRUE, OutOfChart("unknown_size", "usual_size", "39.5")),
    (None, None, Runs.TRUE, NeedsMeasures(("foot_length_mm",))),
]


@pytest.mark.parametrize(("foot", "usual", "runs", "answer"), SHOES)
def test_shoes_are_sized_by_foot_else_by_the_usual_size_and_the_cut(shop, foot, usual, runs, answer):
    shoes = shop.products["shoes-canvas"]
    chart = shop.chart_of(shoes).model_copy(update={"runs": runs})
    assert _short(recommend(shoes, chart, Measures(foot_length_mm=foot, usual_size=usual))) == answer


def test_what_comes_in_one_size_needs_no_measures(shop):
    assert recommend(shop.products["scarf-wool"], None, Measures()) == OneSize()


def test_sizes_without_a_chart_go_to_a_person(shop):
    assert recommend(shop.products["coat-cloud"], None, Measures(height_cm=160)) == OutOfChart("no_chart")


def test_the_answer_says_why(shop):
    coat = shop.products["coat-cloud"]
    answer = recommend(coat, shop.chart_of(coat), Measures(height_cm=160, weight_kg=50))
    reasons = {reason.key: reason.values for reason in answer.reasons}
    assert [reason.key for reason in answer.reasons] == ["measure_in_range", "measure_in_range", "garment"]
    assert answer.reasons[0].values == {
        "measure": "height_cm",
        "value": 160,
        "low": 157,
        "high": 165,
        "size": "M",
    }
    assert reasons["garment"] == {"胸围": 104, "衣长": 100}


@given(height=st.floats(100, 200), weight=st.floats(20, 120), usual=st.sampled_from([None, "S", "M", "L"]))
def test_only_sizes_the_product_is_made_in_are_ever_named(shop, height, weight, usual):
    coat = shop.products["coat-cloud"]
    answer = recommend(coat, shop.chart_of(coat), Measures(height, weight, usual_size=usual))
    named = {
        Fits: lambda a: [a.size],
        Between: lambda a: [a.smaller, a.larger],
        OutOfChart: lambda a: [],
    }[type(answer)](answer)
    assert set(named) <= set(coat.sizes)


@given(weight=st.floats(40, 61), more=st.floats(0, 20))
def test_a_heavier_customer_of_the_same_height_never_gets_a_smaller_size(shop, weight, more):
    coat = shop.products["coat-cloud"]
    chart = shop.chart_of(coat)
    light = recommend(coat, chart, Measures(160, weight, fit=Fit.FITTED))
    heavy = recommend(coat, chart, Measures(160, weight + more, fit=Fit.FITTED))
    if isinstance(light, Fits) and isinstance(heavy, Fits):
        assert coat.sizes.index(heavy.size) >= coat.sizes.index(light.size)


def _short(answer):
    if isinstance(answer, Fits):
        return answer.size, answer.sure
    if isinstance(answer, Between):
        return answer.smaller, answer.larger
    return answer


@pytest.mark.parametrize(("fit", "answer"), [(None, ("38", "39")), (Fit.FITTED, "38"), (Fit.LOOSE, "39")])
def test_a_boot_that_runs_small_goes_up_once_and_a_second_step_is_hers_to_take(demo_shop, fit, answer):
    boots = demo_shop.products["boots-snow"]
    measures = Measures(usual_size="37", foot=Foot.HIGH_INSTEP, fit=fit)
    found = recommend(boots, demo_shop.chart_of(boots), measures)
    told = (found.smaller, found.larger) if isinstance(found, Between) else found.size
    assert told == answer


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("那38吧 会不会大", "38"),
        ("38码会不会大", "38"),
        ("39行不行", "39"),
        ("M够穿不", "M"),
        ("那XL呢", "XL"),
        ("平时穿38的 会不会大", None),
        ("我脚38", None),
        ("138会不会太高", None),
    ],
)
def test_a_size_thought_of_is_not_the_size_usually_worn(text, size):
    assert considered_size(text) == size
