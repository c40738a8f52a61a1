"""A wrong value in the shop's files is told with file, line, field, value and cure."""

import re
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.files import DataError
from bot.shop.records.loader import load_shop
from bot.shop.records.model import Customer, Need, Product, SizeChart
from bot.shop.records.offers import Persona, Promotion
from bot.shop.records.orders import Order
from bot.shop.records.policy import Policy

SMALL_SHOP = Path(__file__).parent / "small_shop"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "shop-data.md"


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(SMALL_SHOP, tmp_path / "shop"))


BROKEN = [
    # file, what was written, what stands there now → line (0: the changed one), field, words of the message
    ("policy.yml", "opens:", "opns:", 0, "agent_hours.opns", "did you mean `opens`?"),
    ("policy.yml", "[0.03, 0.02, 0.01]", "[0.03, 0.03]", 0, "bargaining.steps", "does not shrink"),
    ("policy.yml", "rate: 0.95", "rate: 9.5", 0, "levels.1.rate", "9.5"),
    ("policy.yml", "minor: [explain, coupon]", "minor: [explain, explain]", 20, "remedies.offers",
     "defect.minor: name two or more"),
    ("policy.yml", "cost: [0.20, 0.50]", "cost: [0.05, 0.50]", 12, "remedies.ladder", "not sorted by cost"),
    ("policy.yml", "[black]", "[blak]", 0, "handoff.top_levels.0", "did you mean 'black'?"),
    ("policy.yml", "coupon: next-10", "coupon: next-11", 0, "bargaining.compensations.0.coupon",
     "did you mean 'next-10'?"),
    ("policy.yml", "sku: socks-gift", "sku: sock-gift", 0, "bargaining.compensations.2.sku",
     "did you mean 'socks-gift'?"),
    ("policy.yml", "{address: 浙江省杭州市某路1号}", "{days: 6, address: x}", 0, "returns.days", "6"),
    ("products/all.yml", "floor_price: 540", "floor_price: 640", 0, "products.0.floor_price",
     "640 is above the price 600"),
    ("products/all.yml", "price: 600", "price: 六百", 0, "products.0.price", "六百"),
    ("products/all.yml", "    price: 600\n", "", 2, "products.0.price", "missing: add `price:`"),
    ("products/all.yml", "size: M, stock: 12", "size: 2M, stock: 12", 0, "products.0.variants.1.size",
     "'2M' is not in the chart women-coat"),
    ("products/all.yml", "sku: coat-short-red-m", "sku: coat-short-red-s", 0, "products.1.variants.1.sku",
     "a sku is used once"),
    ("products/all.yml", "scarf-wool, socks-gift", "scarf-wol, socks-gift", 0, "products.0.complements.0",
     "did you mean 'scarf-wool'?"),
    ("products/all.yml", "substitutes: [coat-short]", "substitutes: [coat-cloud]", 0,
     "products.0.substitutes.0", "this product itself"),
    ("products/all.yml", "size_chart: kids-tops", "size_chart: kid-tops", 0, "products.4.size_chart",
     "did you mean 'kids-tops'?"),
    ("products/all.yml", "image: coat.svg", "image: coats.svg", 0, "products.0.image",
     "did you mean 'coat.svg'?"),
    ("products/all.yml", "id: box-a1", "id: chair-study", 0, "products.7.id", "used twice"),
    ("products/all.yml", "name: 轻暖短款羽绒服", "name: 云朵长款羽绒服", 0, "products.1.name",
     "also the name of coat-cloud"),
    ("size_charts.yml", "age: [5, 7]", "age: [7, 5]", 0, "size_charts.1.rows.1", "falls"),
    ("size_charts.yml", "size: S, height_cm: [150, 158],", "size: S,", 2, "size_charts.0", "lacks height_cm"),
    ("size_charts.yml", "[226, 230]", "[236, 240]", 15, "size_charts.2", "sort the rows"),
    ("shipping.yml", "[江苏, 浙江, 上海]\n    first", "[江苏, 浙江]\n    first", 1, "file", "上海: in no zone"),
    ("shipping.yml", "days_min: 4", "days_min: 9", 25, "zones.2", "days_min 9 is more than days_max 8"),
    ("shipping.yml", 'cutoff: "16:00"', 'cutoff: "四点"', 2, "cutoff", "四点"),
    ("promotions.yml", "gift_sku: socks-gift,", "", 0, "promotions.2", "a gift needs `gift_sku`"),
    ("promotions.yml", "kinds: [shoes]", "kinds: [shoe]", 0, "promotions.1.kinds.0", "did you mean 'shoes'?"),
    ("customers.yml", "level: gold", "level: golden", 0, "customers.0.level", "did you mean 'gold'?"),
    ("customers.yml", "region: 浙江", "region: 浙江省", 0, "customers.0.region", "did you mean '浙江'?"),
    ("orders.yml", "amount: 730", "amount: 720", 0, "orders.0.amount", "720 is not lines"),
    ("orders.yml", "customer_id: c-lin\n    state: paid", "customer_id: c-li\n    state: paid", 0,
     "orders.1.customer_id", "did you mean 'c-lin'?"),
    ("orders.yml", "state: paid", "state: packd", 0, "orders.1.state", "packd"),
    ("orders.yml", "state: paid", "state: shipped", 22, "orders.1.shipped_at", "missing"),
    ("orders.yml", "    delivered_at: -2d 10:00\n", "", 2, "orders.0.delivered_at", "missing"),
    ("orders.yml", "state: delivered", "state: shipped", 16, "orders.0.delivered_at", "none yet"),
    ("orders.yml", "paid_at: -1h", "paid_at: -3h", 0, "orders.1.paid_at", "before the step"),
    ("orders.yml", "paid_at: -1h", "paid_at: +1h", 0, "orders.1.paid_at", "in the future"),
    ("orders.yml", "sku: box-a1-white", "sku: box-a1-whit", 0, "orders.1.lines.0.sku",
     "did you mean 'box-a1-white'?"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "written", "instead", "line", "field", "words"), BROKEN)
def test_each_slip_is_named_with_its_line_and_cure(folder, now, file, written, instead, line, field, words):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert written in text
    line = line or text[: text.index(written)].count("\n") + 1
    path.write_text(text.replace(written, instead, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_shop(folder, now)
    told = {(p.file.name, p.line, p.field): p.message for p in caught.value.problems}
    assert (path.name, line, field) in told, str(caught.value)
    assert words in told[(path.name, line, field)]


def test_all_problems_of_all_files_are_told_at_once(folder, now):
    (folder / "persona.yml").unlink()
    (folder / "promotions.yml").write_text("promotion: []\n", encoding="utf-8")
    (folder / "size_charts.yml").write_text("size_charts: [\n", encoding="utf-8")
    (folder / "policy.yml").write_text("levels: []\nshop: x\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_shop(folder, now)
    problems = caught.value.problems
    assert {p.file.name for p in problems} == {
        "persona.yml", "promotions.yml", "size_charts.yml", "policy.yml",
    }  # fmt: skip
    assert {p.field for p in problems if p.file.name == "policy.yml"} >= {"levels", "shop", "bargaining"}


def test_a_folder_without_products_says_so(folder, now):
    shutil.rmtree(folder / "products")
    with pytest.raises(DataError, match=r"products: no \*.yml file"):
        load_shop(folder, now)


def test_relative_dates_count_from_the_day_the_shop_is_loaded(shop):
    delivered, waiting = shop.orders.values()
    assert delivered.placed_at == datetime(2026, 11, 15, 20, 10)
    assert waiting.paid_at == datetime(2026, 11, 20, 13, 0)
    assert shop.products["coat-cloud"].variants[2].restock_on == date(2026, 11, 26)
    assert shop.customers["c-saver"].coupons[1].expires == date(2026, 11, 20)


def test_the_shop_knows_a_variant_s_product_and_a_product_s_chart(shop):
    coat = shop.products["coat-cloud"]
    assert shop.product_of_sku("coat-cloud-black-m") is coat
    assert shop.product_of_sku("nothing") is None
    assert shop.chart_of(coat).id == "women-coat"
    assert shop.chart_of(shop.products["box-a1"]) is None


def test_the_examples_in_the_docs_are_valid(now):
    text = DOCS.read_text(encoding="utf-8")
    blocks = dict(re.findall(r"^## `([^`]+)`.*?```yaml\n(.*?)```", text, re.DOTALL | re.MULTILINE))
    lists = {
        "products/*.yml": Product, "size_charts.yml": SizeChart, "promotions.yml": Promotion,
        "customers.yml": Customer, "orders.yml": Order, "needs.yml": Need,
    }  # fmt: skip
    documents = {name: YAML().load(block) for name, block in blocks.items()}
    for name, model in lists.items():
        (records,) = documents.pop(name).values()
        for record in records:
            model.model_validate(record, context={"now": now})
    Policy.model_validate(documents.pop("policy.yml"))
    Persona.model_validate(documents.pop("persona.yml"))
    assert set(documents) == {"shipping.yml"}  # its example shows one zone of many
