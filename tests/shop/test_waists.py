"""What a told waist, a cut that runs small and too much weight do to the size the chart names."""

from __future__ import annotations

import pytest

from bot.settings import ROOT
from bot.shop.records.loader import load_shop
from bot.shop.sizes import waist
from bot.shop.sizes.sizing import Between, Figure, Fit, Fits, Measures, OutOfChart, recommend

SHOP = load_shop(ROOT / "data" / "shop")

TOLD = [
    ("腰2尺2", 73.3),
    ("腰围2尺3", 76.7),
    ("我腰围是二尺一", 70.0),
    ("两尺半的腰能穿吗", 83.3),
    ("2尺2的腰", 73.3),
    ("腰围73", 73.0),
    ("腰围大概 82cm", 82.0),
    ("腰76", 76.0),
    ("腰围29", 73.7),  # trousers are bought in inches
    ("腰29寸", 73.7),
    ("160 105斤 腰2尺2 拿啥码", 73.3),
    ("腰围多少", None),
    ("身高5尺2", None),
    ("腰粗", None),
    ("165 110斤", None),
    ("腰线高吗", None),
]


@pytest.mark.parametrize(("text", "cm"), TOLD)
def test_a_waist_is_heard_in_chi_centimetres_and_inches(text: str, cm: float | None) -> None:
    assert waist.told_cm(text) == cm


def sized(product: str, *told: float | None, **more: object) -> object:
    item = SHOP.products[product]
    return recommend(item, SHOP.chart_of(item), Measures(*told, **more))


WAISTS = [
    # product, height, weight, waist → size
    ("skirt-wool-a", 160, 52.5, 73.3, "L"),  # M closes at 70
    ("skirt-wool-a", 160, 50, 70.5, "M"),  # half a centimetre is within the tape's error
    ("skirt-wool-a", None, None, 73.3, "L"),
    ("jeans-straight", 165, 57, 76.7, "XL"),
    ("jeans-straight", 170, 64, 76.7, "XL"),
    ("jeans-straight", None, None, 76.7, "XL"),
    ("joggers-soft", 165, 57, 82, "L"),  # a drawstring: the waist gives way
    ("leggings-fleece", 160, 50, 70, "M"),
]


@pytest.mark.parametrize(("product", "height", "weight", "round_", "size"), WAISTS)
def test_a_size_that_does_not_close_at_the_waist_is_never_named(
    product, height, weight, round_, size
) -> None:
    found = sized(product, height, weight, waist_cm=round_)
    assert isinstance(found, Fits) and found.size == size


def test_a_waist_alone_is_a_guess_and_one_beyond_the_largest_is_said() -> None:
    assert sized("jeans-straight", waist_cm=76.7).doubt == "waist"
    out = sized("skirt-wool-a", 160, 55, waist_cm=80)
    assert out == OutOfChart("too_large", "waist_cm", 80, 74, "L")


HEAVY = [
    # product, height, kg → size: the smaller of the two ends below the weight
    ("down-light-short", 163, 60, "L"),
    ("jeans-straight", 170, 70, "2XL"),
    ("parka-padded", 165, 61, "L"),
    ("knit-cable", 162, 62, "L"),
]


@pytest.mark.parametrize("fit", [None, Fit.FITTED, Fit.LOOSE])
@pytest.mark.parametrize(("product", "height", "kilos", "size"), HEAVY)
def test_what_is_too_tight_by_the_chart_is_not_said_to_fit(product, height, kilos, size, fit) -> None:
    found = sized(product, height, kilos, fit=fit)
    assert isinstance(found, Fits) and found.size == size
    assert "girth_first" in [reason.key for reason in found.reasons]


def test_tall_and_light_is_told_what_either_size_means() -> None:
    found = sized("down-light-short", 169, 52)
    assert isinstance(found, Between) and found.reasons[-1].key == "short_or_loose"


def test_between_two_sizes_of_a_cut_that_runs_small_the_larger_is_named() -> None:
    assert sized("skirt-wool-a", 160, 52.5).size == "L"
    assert sized("skirt-wool-a", 160, 50).size == "M"
    assert sized("skirt-wool-a", 160, 52.5, fit=Fit.FITTED).size == "M"


def test_a_childs_shoe_that_has_room_is_not_taken_larger() -> None:
    grown = sized("kids-sneakers", foot_length_mm=180, room=True)
    assert grown.size == "30" and "spare_enough" in [reason.key for reason in grown.reasons]
    assert sized("toddler-first-shoes", foot_length_mm=125, room=True).size == "21"


def test_a_note_on_the_waist_still_counts_where_no_waist_is_told() -> None:
    assert sized("jeans-straight", 165, 59, figure=(Figure.WAIST,)).size == "XL"
