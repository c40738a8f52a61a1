"""`xiaoer shop import`: a catalogue as Chinese shops export it becomes products, and nothing is lost silently."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.onboarding.sheets import read_headings
from bot.shop.importing.import_values import count, identifier, money, parts, slug, variant, weight_kg
from bot.shop.records.loader import load_shop
from bot.shop.records.model import Product
from tests.onboarding.conftest import xiaoer

TEA = Path(__file__).parent / "sheets" / "tea.csv"
HEAD = "商品名称,SKU,颜色,尺码,库存,价格,底价"


def sheet(folder: Path, *lines: str, name: str = "goods.csv", encoding: str = "utf-8") -> Path:
    path = folder.parent / name
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def products(folder: Path) -> dict[str, Product]:
    return {p.name: p for p in load_shop(folder).products.values() if not p.id.startswith("sample-")}


def taken(file: Path, folder: Path, *options: str) -> str:
    done = xiaoer("shop", "import", file, "--into", folder, "--write", *options)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_tea_shop_is_imported_and_the_report_says_all_of_it(folder: Path) -> None:
    told = taken(TEA, folder)
    found = products(folder)
    assert set(found) == {
        "老丛水仙岩茶 100克罐装", "老丛水仙岩茶 250克礼盒", "正岩肉桂", "茉莉银针", "玻璃公道杯", "旅行茶具套装",
    }  # fmt: skip
    assert "rows read: 9, skipped: 2" in told
    assert "row 9 skipped: 库存 '有货'" in told and "row 10 skipped: no price" in told
    assert "columns not used: 备注" in told and "prices differ" in told
    shui_xian = found["老丛水仙岩茶 250克礼盒"]
    assert (shui_xian.price, shui_xian.floor_price) == (298, 268)
    assert shui_xian.attributes["产地"] == "福建武夷山" and shui_xian.weight_kg == Decimal("0.62")
    assert shui_xian.talking_points[0] == "六十年以上老丛，木质香", "told once, true of both"
    assert [v.stock for v in found["茉莉银针"].variants] == [80, 33], "an empty name is the product above"
    assert found["旅行茶具套装"].variants[0].color == "黑色"


def test_without_write_nothing_is_written(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    done = xiaoer("shop", "import", TEA, "--into", folder)
    assert done.exit_code == 0 and "dry run" in done.output and "new products: 6" in done.output
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_every_encoding_of_a_chinese_export_is_read(folder: Path, encoding: str) -> None:
    taken(sheet(folder, HEAD, "碧螺春,BLC-1,,,5,88,80", encoding=encoding), folder)
    assert products(folder)["碧螺春"].price == 88


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_commas_tabs_and_semicolons_part_columns(folder: Path, mark: str) -> None:
    taken(sheet(folder, HEAD.replace(",", mark), "碧螺春,BLC-1,,,5,88,80".replace(",", mark)), folder)
    assert products(folder)["碧螺春"].variants[0].stock == 5


def test_an_excel_file_with_a_title_merged_cells_and_numbers_is_read(folder: Path) -> None:
    book = Workbook()
    page = book.active
    page.append(["2026 年秋冬商品表"])
    page.append(["宝贝标题", "商家编码", "颜色分类", "尺码", "库存数量", "一口价", "成本价", "宝贝类目"])
    page.append(["圆领羊毛衫", 690123456789.0, "驼色", "M", 12.0, 259.0, 150, "女装>毛衣"])
    page.append([None, 690123456790, "驼色", "L", 7, None, None, None])
    page.append(["羊毛袜", "WZ-1", None, None, 30, 19.9, None, "袜子"])
    page.merge_cells("A3:A4")
    book.save(folder.parent / "goods.xlsx")
    told = taken(folder.parent / "goods.xlsx", folder)
    jumper = products(folder)["圆领羊毛衫"]
    assert [v.sku for v in jumper.variants] == ["690123456789", "690123456790"]
    assert (jumper.kind.value, jumper.audience.value, jumper.floor_price) == ("clothing", "women", 150)
    assert products(folder)["羊毛袜"].price == Decimal("19.9")
    assert "by hand: floor_price: is the cost: check it (1): 圆领羊毛衫" in told
    assert "by hand: size_chart: no size can be recommended" in told
    assert "by hand: weight_kg: no weight in the sheet" in told


def test_what_was_edited_by_hand_stays_and_the_sheets_figures_need_replace(folder: Path) -> None:
    taken(TEA, folder)
    path = folder / "products" / "imported.yml"
    text = path.read_text("utf-8")
    text = text.replace("nicknames: [肉桂]", "nicknames: [肉桂, 牛肉]   # 老客都这么叫")
    path.write_text(text.replace("桂皮香明显，回甘快", "桂皮香扑鼻"), encoding="utf-8")
    newer = sheet(
        folder, "商品名称,SKU编码,规格,库存,价格,卖点,工艺",
        "正岩肉桂,TEA-RG-100,100克罐装,18,158,换了一句,手工",
        "正岩肉桂,TEA-RG-250,250克罐装,4,158,,",
    )  # fmt: skip
    told = taken(newer, folder)
    assert "kept: TEA-RG: price 168 → 158" in told and "kept: TEA-RG TEA-RG-100: stock 0 → 18" in told
    assert "TEA-RG TEA-RG-250: new variant" in told
    rou_gui = products(folder)["正岩肉桂"]
    assert (rou_gui.price, rou_gui.variants[0].stock) == (168, 0)
    assert rou_gui.attributes["工艺"] == "手工"
    taken(newer, folder, "--replace")
    rou_gui = products(folder)["正岩肉桂"]
    assert (rou_gui.price, rou_gui.variants[0].stock) == (158, 18)
    assert rou_gui.talking_points == ("桂皮香扑鼻",) and "牛肉" in rou_gui.nicknames
    assert "# 老客都这么叫" in path.read_text("utf-8"), "comments stay"
    assert "already there and the same: 1" in taken(newer, folder, "--replace")


def test_a_sheet_that_would_break_the_shop_is_refused_as_a_whole(folder: Path) -> None:
    taken(TEA, folder)
    before = (folder / "products" / "imported.yml").read_text("utf-8")
    bad = sheet(folder, "商品名称,SKU编码,库存,价格", "碧螺春,BLC,5,88", "正岩肉桂,TEA-RG-100,18,100")
    done = xiaoer("shop", "import", bad, "--into", folder, "--write", "--replace")
    assert done.exit_code == 1 and "150 is above the price 100" in done.output
    assert "nothing was written" in done.output
    assert (folder / "products" / "imported.yml").read_text("utf-8") == before


REFUSED = [
    ("SKU,库存\nA,1", "no column for the name"),
    ("商品名称,库存\n茶,1", "no column for the price"),
    ("商品名称,价格", "no rows below the headings"),
    ("", "no rows below the headings"),
]


@pytest.mark.parametrize(("text", "words"), REFUSED)
def test_a_file_that_is_no_catalogue_is_refused_with_the_cure(folder: Path, text: str, words: str) -> None:
    done = xiaoer("shop", "import", sheet(folder, *text.split("\n")), "--into", folder)
    assert done.exit_code == 1 and words in done.output


@pytest.mark.parametrize(("name", "data", "words"), [
    ("goods.xls", b"\xd0\xcf\x11\xe0", "old Excel format"),
    ("goods.xlsx", b"not a zip", "is no Excel file"),
    ("goods.csv", b"\x81\x20\xff\xff", "neither UTF-8 nor GBK"),
])  # fmt: skip
def test_a_file_of_another_format_says_how_to_save_it(
    folder: Path, name: str, data: bytes, words: str
) -> None:
    (folder.parent / name).write_bytes(data)
    done = xiaoer("shop", "import", folder.parent / name, "--into", folder)
    assert done.exit_code == 1 and words in done.output
    missing = xiaoer("shop", "import", folder.parent / f"none-{name}", "--into", folder)
    assert missing.exit_code == 1


SKIPPED = [
    ("碧螺春,B-1,,,5,面议,", "价格 '面议' is no price"),
    ("碧螺春,B-1,,,5,99-129,", "价格 '99-129' is no price"),
    ("碧螺春,6.90123E+12,,,5,88,", "lost its digits in Excel"),
    ("碧螺春,B-1,,,若干,88,", "库存 '若干' is no number"),
    ("碧螺春,B-1,,,5,88,99", "lowest price or cost 99 is above the price 88"),
    (",B-1,,,5,88,", "no product name"),
]


@pytest.mark.parametrize(("line", "reason"), SKIPPED)
def test_a_row_that_cannot_be_read_is_skipped_with_its_number_and_reason(
    folder: Path, line: str, reason: str
) -> None:
    told = taken(sheet(folder, HEAD, line, "龙井,L-1,,,5,88,80"), folder)
    assert "row 2 skipped: " in told and reason in told
    assert set(products(folder)) == {"龙井"}


def test_goods_that_are_not_on_sale_are_left_out(folder: Path) -> None:
    told = taken(sheet(folder, HEAD + ",状态", "龙井,L-1,,,5,88,80,在售", "旧茶,O-1,,,5,9,8,已下架"), folder)
    assert set(products(folder)) == {"龙井"} and "状态 is 已下架: not on sale" in told


def test_two_goods_of_one_name_are_told_apart(folder: Path) -> None:
    head = HEAD.replace("SKU", "款号,SKU")
    told = taken(sheet(folder, head, "龙井,A,A-1,,,5,88,80", "龙井,B,B-1,,,5,88,80"), folder)
    assert set(products(folder)) == {"龙井", "龙井 2"} and "tell them apart" in told


def test_rows_that_cannot_be_told_apart_are_added_up_and_said(folder: Path) -> None:
    told = taken(sheet(folder, HEAD, "龙井,A-1,,,5,88,80", "龙井,A-2,,,6,88,80"), folder)
    assert products(folder)["龙井"].variants[0].stock == 11 and "were added up" in told


def test_a_code_column_is_the_variants_where_each_row_has_its_own(folder: Path) -> None:
    head = "商品名称,货号,颜色,库存,价格"
    taken(sheet(folder, head, "磁吸壳,K-1,黑色,5,39", "磁吸壳,K-2,白色,5,39"), folder)
    assert [v.sku for v in products(folder)["磁吸壳"].variants] == ["K-1", "K-2"]
    taken(sheet(folder, head, "数据线,S,黑色,5,19", "数据线,S,白色,5,19"), folder)
    cable = products(folder)["数据线"]
    assert cable.id == "S" and [v.sku for v in cable.variants] == ["S-hei-se", "S-bai-se"]


VALUES = [
    (money, "¥1,299.00", Decimal("1299")), (money, "99.5元", Decimal("99.5")), (money, "88", Decimal("88")),
    (count, "12.0", 12), (count, "1,200", 1200), (count, "3件", 3), (count, "-2", 0),
    (identifier, "A 01/黑", "A-01"), (identifier, "6901.0", "6901"),
    (lambda cell: weight_kg(cell, "重量"), "0.5", Decimal("0.5")),
    (lambda cell: weight_kg(cell, "毛重（克）"), "500", Decimal("0.5")),
    (lambda cell: weight_kg(cell, "毛重（克）"), "1.2kg", Decimal("1.2")),
    (lambda cell: weight_kg(cell, "重量"), "1斤", Decimal("0.5")),
    (lambda cell: slug([cell]), "老丛水仙", "lao-cong-shui-xian"),
    (lambda cell: slug([cell]), "T恤 2XL", "t-xu-2xl"),
    (lambda cell: parts(cell, ("；", "、")), "送礼、自饮；送礼", ("送礼", "自饮")),
]  # fmt: skip


@pytest.mark.parametrize(("read", "cell", "value"), VALUES)
def test_a_cell_is_read_as_people_write_it(read, cell: str, value) -> None:
    assert read(cell) == value


@pytest.mark.parametrize(("read", "cell"), [(money, "0"), (money, "面议"), (count, "1.5"), (count, "有货")])
def test_a_cell_that_says_no_number_is_refused(read, cell: str) -> None:
    with pytest.raises(ValueError, match=cell):
        read(cell)


@pytest.mark.parametrize(("spec", "color", "size"), [
    ("颜色:黑色;尺码:M", "黑色", "M"), ("黑色/M", "黑色", "M"), ("M；黑色", "黑色", "M"), ("黑色", "黑色", ""),
    ("250克礼盒", "", "250克礼盒"), ("口味：原味", "原味", ""), ("XL", "", "XL"),
    ("磁吸款,iPhone 16", "磁吸款", "iPhone 16"),
])  # fmt: skip
def test_a_specification_is_parted_into_colour_and_size(spec: str, color: str, size: str) -> None:
    columns = read_headings().columns
    names = tuple(tuple(word.lower() for word in columns[what]) for what in ("color", "size"))
    assert variant(spec, *names) == (color, size)
