"""`xiaoer shop new` and `xiaoer shop check`: a shop folder from nothing, and every slip in it named."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from bot.onboarding.check import check_shop
from bot.settings import ROOT, Settings
from bot.shop.records.loader import load_shop
from bot.shop.records.model import Kind
from tests.onboarding.conftest import xiaoer

SMALL_SHOP = ROOT / "tests" / "shop" / "small_shop"
FAQ = ROOT / "data" / "faq"
NOW = datetime(2026, 11, 20, 14, 0)


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file of the FAQ: reading all of them takes seconds."""
    folder = tmp_path_factory.mktemp("faq")
    shutil.copy(FAQ / "promotion.yml", folder)
    return folder


def test_a_new_shop_is_in_order_and_has_one_product_of_each_kind(folder: Path) -> None:
    shop = load_shop(folder)
    assert shop.name == "老丛茶行"
    assert [product.kind for product in shop.products.values()] == list(Kind)


def test_a_new_shop_carries_no_people_orders_or_campaigns(folder: Path) -> None:
    shop = load_shop(folder)
    assert not (shop.customers or shop.orders or shop.promotions)


def test_a_new_shop_warns_of_nothing_but_its_samples(folder: Path, scripts: Path) -> None:
    assert set(check_shop(folder, scripts, NOW).warnings) == {"sample"}


def test_every_file_of_a_new_shop_is_explained(folder: Path) -> None:
    for path in folder.rglob("*.yml"):
        assert path.read_text(encoding="utf-8").startswith("# "), path


def test_the_command_makes_checks_and_says_what_comes_next(tmp_path: Path) -> None:
    made = xiaoer("shop", "new", tmp_path / "茶行", "--name", "老丛茶行")
    assert made.exit_code == 0
    assert "products: 5" in made.output and "XIAOER_SHOP_DIR=" in made.output


def test_what_is_already_there_is_never_overwritten(folder: Path) -> None:
    (folder / "persona.yml").write_text("shop: 我改过的\nbot_name: 小二\n", encoding="utf-8")
    made = xiaoer("shop", "new", folder)
    assert made.exit_code == 1 and "is not empty" in made.output
    assert "我改过的" in (folder / "persona.yml").read_text(encoding="utf-8")


def test_the_scripts_can_be_taken_along_and_are_then_the_shops_own(tmp_path: Path) -> None:
    assert xiaoer("shop", "new", tmp_path / "s", "--with-faq").exit_code == 0
    assert Settings(shop_dir=tmp_path / "s").faq_dir == tmp_path / "s" / "faq"
    assert Settings(shop_dir=SMALL_SHOP).faq_dir == FAQ
    assert Settings(shop_dir=tmp_path / "s", faq_dir=FAQ).faq_dir == FAQ


def test_problems_of_the_shop_and_of_its_scripts_are_told_together(tmp_path: Path) -> None:
    assert xiaoer("shop", "new", tmp_path / "s", "--with-faq").exit_code == 0
    policy, script = tmp_path / "s" / "policy.yml", tmp_path / "s" / "faq" / "shipping.yml"
    policy.write_text(policy.read_text("utf-8").replace("days: 7 ", "days: 6 "), encoding="utf-8")
    script.write_text(script.read_text("utf-8").replace("{cutoff}", "{cut_off}", 1), encoding="utf-8")
    checked = xiaoer("shop", "check", tmp_path / "s")
    assert checked.exit_code == 1
    line = policy.read_text("utf-8")[: policy.read_text("utf-8").index("days: 6")].count("\n") + 1
    assert f"policy.yml:{line}: returns.days: 6" in checked.output
    assert "shipping.yml:" in checked.output and "did you mean 'cutoff'?" in checked.output


def test_a_folder_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    checked = xiaoer("shop", "check", tmp_path / "none")
    assert checked.exit_code == 1 and "xiaoer shop new" in checked.output


WARNED = [
    # file, what was written, what stands there now → topic, words of the warning
    ("products/all.yml", "    image: coat.svg\n", "", "image", "its card shows no picture"),
    ("products/all.yml", "floor_price: 540", "floor_price: 600", "floor", "600 is the price"),
    ("products/all.yml", "    size_chart: women-shoes\n", "", "chart", "without `size_chart`"),
    ("products/all.yml", "    size_chart: women-shoes\n", "", "chart unused", "no product uses"),
    ("size_charts.yml", "height_cm: [157, 165]", "height_cm: [157, 162]", "chart gap", "height_cm from"),
    ("promotions.yml", "ends: +20d", "ends: -1d", "promotion", "ended on 2026-11-19"),
    ("policy.yml", "purpose: new_customer", "purpose: apology", "placeholder", "{coupon_new} would be told as 0"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "written", "instead", "topic", "words"), WARNED)
def test_what_is_allowed_but_hardly_meant_is_a_warning(
    tmp_path: Path, scripts: Path, file: str, written: str, instead: str, topic: str, words: str
) -> None:
    folder = Path(shutil.copytree(SMALL_SHOP, tmp_path / "shop"))
    before = [str(w) for w in check_shop(folder, scripts, NOW).warnings.get(topic, ())]
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert written in text
    path.write_text(text.replace(written, instead, 1), encoding="utf-8")
    after = [str(w) for w in check_shop(folder, scripts, NOW).warnings.get(topic, ())]
    new = "\n".join(set(after) - set(before))
    assert words in new and ".yml:" in new


def test_many_warnings_of_one_sort_are_cut_short_unless_all_are_wanted(tmp_path: Path, scripts: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "data" / "shop", tmp_path / "shop"))
    shutil.copytree(scripts, folder / "faq")
    for path in (folder / "products").glob("*.yml"):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(each for each in lines if not each.startswith("    image:")), "utf-8")
    told = xiaoer("shop", "check", folder).output
    assert told.count("shows no picture") == 5 and "more like the last" in told
    assert xiaoer("shop", "check", folder, "--all").output.count("shows no picture") > 60
