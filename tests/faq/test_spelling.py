"""Pinyin and slips are read as meant; what the shop's own texts write is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.faq.spelling import FILE, Spelling

KNOWN = ["这个运费多少", "运费谁出", "可以转人工吗", "帮我转人工", "质量好不好", "收货地址在哪改"] * 10


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return Spelling.of([*KNOWN, "有库存嘛"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("yunfei duoshao", "运费多少"),
        ("YunFei谁出", "运费谁出"),
        ("shouhuodizhi 在哪", "收货地址 在哪"),
        ("zhuan rengong", "转人工"),
    ],
)
def test_pinyin_is_read_as_the_words_of_the_shop(spelling: Spelling, typed: str, meant: str):
    assert spelling.read(typed) == meant


@pytest.mark.parametrize("typed", ["sf", "vip", "xxl", "pdd", "size", "a"])
def test_latin_words_that_are_no_pinyin_stay(spelling: Spelling, typed: str):
    assert spelling.read(f"{typed} 运费多少") == f"{typed} 运费多少"


@pytest.mark.parametrize(
    ("typed", "meant"), [("转人攻", "转人工"), ("质亮好不好", "质量好不好"), ("运费多哨", "运费多少")]
)
def test_a_homophone_that_was_not_meant_is_mended(spelling: Spelling, typed: str, meant: str):
    assert spelling.read(typed) == meant


def test_swapped_characters_are_put_right(spelling: Spelling):
    assert spelling.read("质量不好好") == "质量不好好", "without a likelier order nothing is swapped"
    assert spelling.read("这个费运多少") == "这个运费多少"


def test_what_the_shop_writes_often_is_never_touched(spelling: Spelling):
    for text in KNOWN:
        assert spelling.read(text) == text


def test_an_unknown_word_without_a_known_neighbour_stays(spelling: Spelling):
    assert spelling.read("麒麟瓜甜") == "麒麟瓜甜"


def test_without_any_text_nothing_is_changed():
    assert Spelling.of([]).read("yunfei 多哨") == "yunfei 多哨"


def test_spellings_survive_their_file_and_learn_new_words(spelling: Spelling, tmp_path: Path):
    spelling.save(tmp_path)
    assert (tmp_path / FILE).exists()
    loaded = Spelling.load(tmp_path, ["羊绒围巾扎人吗"] * 3)
    assert loaded.read("yunfei 多哨") == "运费 多少"
    assert loaded.read("yangrong weijin") == "羊绒围巾"


@pytest.mark.parametrize(
    "typed", ["yunfei duoshao", "zhuanrengong shouhuodizhi", "转人攻", "这个费运多少", "xxl 包邮"]
)
def test_spellings_made_ready_to_serve_read_the_same(spelling: Spelling, tmp_path: Path, typed: str):
    spelling.serve(tmp_path / "ready")
    assert Spelling.served(tmp_path / "ready").read(typed) == spelling.read(typed)
