"""The words of the trade: kept whole, found as concepts, mended when mistyped; personal data masked."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.text.grams import char_ngrams
from bot.text.lexicon import LexiconError, load_lexicon
from bot.text.mask import mask
from bot.text.numerals import number
from bot.text.segment import add_words, words

PROVINCES = (
    "北京 天津 上海 重庆 河北 山西 内蒙古 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 "
    "广东 广西 海南 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 香港 澳门 台湾"
)


def test_words_of_the_trade_stay_whole() -> None:
    assert {"运费险", "羽绒服", "顺丰"} <= set(words("這件羽绒服有運費險嗎 發順豐"))


def test_product_names_stay_whole_once_the_shop_gives_them() -> None:
    add_words(["云朵小面包服"])
    assert "云朵小面包服" in words("云朵小面包服还有吗")


def test_spaces_are_no_words_and_marks_are() -> None:
    assert words("在 吗？") == ("在", "吗", "?")


def test_concepts_are_found_with_their_value() -> None:
    found = load_lexicon().find("发sf还是中通 去乌鲁木齐")
    assert {("courier", "顺丰"), ("courier", "中通"), ("region", "新疆")} <= {
        (m.concept, m.value) for m in found
    }


def test_a_latin_word_is_not_found_inside_another() -> None:
    assert all(match.concept != "courier" for match in load_lexicon().find("sfx123 jdt"))


def test_slips_of_pinyin_input_are_mended_in_place() -> None:
    lexicon = load_lexicon()
    assert lexicon.corrected("可以推款吗 发什么块递") == "可以退款吗 发什么快递"
    assert all(len(wrong) == len(right) for wrong, right in lexicon.typos.items())


def test_every_word_of_the_lexicon_is_written_as_customers_text_is_normalised() -> None:
    from bot.text.normalise import normalise

    odd = [word for word in load_lexicon().words() if normalise(word) != word]
    assert odd == []


def test_every_province_is_in_the_lexicon() -> None:
    (regions,) = [concept for concept in load_lexicon().concepts if concept.name == "region"]
    assert set(PROVINCES.split()) <= set(regions.words.values())


@pytest.mark.parametrize(
    ("files", "words_of_the_message"),
    [
        ({}, "no lexicon files"),
        ({"a.yml": "concepts: [\n"}, "not YAML"),
        ({"a.yml": "concepts:\n- name: a\n"}, "`name`, `words`"),
        ({"a.yml": "concepts:\n- {name: a, words: [x]}\n- {name: a, words: [y]}\n"}, "unique"),
        ({"a.yml": "typos: {长短: 不同长}\n"}, "keep their length"),
    ],
)
def test_a_broken_lexicon_is_refused_with_its_cure(
    tmp_path: Path, files: dict[str, str], words_of_the_message: str
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=words_of_the_message):
        load_lexicon(tmp_path)


def test_no_lexicon_file_looks_like_training_data_to_rasa() -> None:
    folder = Path(__file__).parents[2] / "data" / "lexicon"
    keys = ("nlu:", "rules:", "stories:", "responses:")
    lines = [line for path in folder.iterdir() for line in path.read_text(encoding="utf-8").splitlines()]
    assert not [line for line in lines if line.strip().startswith(keys)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("165", 165),
        ("38.5", 38.5),
        ("一百二", 120),
        ("两百五", 250),
        ("一千二", 1200),
        ("一万二", 12000),
        ("一百零二", 102),
        ("一六五", 165),
        ("三十五点五", 35.5),
        ("十五", 15),
        ("两", 2),
        ("半", 0.5),
        ("百", None),
        ("几", None),
        ("", None),
    ],
)
def test_numbers_as_people_say_them(text: str, value: float | None) -> None:
    assert number(text) == value


def test_char_ngrams_come_shorter_first_with_repeats() -> None:
    assert char_ngrams("哈哈a", 1, 2) == ["哈", "哈", "a", "哈哈", "哈a"]
    assert char_ngrams("", 1, 4) == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我电话１３８００１３８０００", "我电话[手机号]"),
        ("138 0013 8000 找我", "[手机号] 找我"),
        ("一三八零零一三八零零零", "[手机号]"),
        ("座机010-87654321", "座机[电话]"),
        ("邮箱Ab.c@qq.com", "邮箱[邮箱]"),
        ("身份证11010519491231002X", "身份证[身份证号]"),
        ("卡号6228 4804 0256 4890 018", "卡号[银行卡号]"),
        ("浙江省杭州市余杭区文一西路969号3幢5单元1201室", "[地址]"),
        ("粤B12345", "[车牌]"),
        ("订单 240913887234561234", "订单 240913887234561234"),
        ("38号鞋 165 110斤", "38号鞋 165 110斤"),
    ],
)
def test_personal_data_is_masked_and_the_rest_stays(text: str, masked: str) -> None:
    assert mask(text) == masked
