"""Only what was asked, only what the catalogue says, and honestly what speaks against it."""

from __future__ import annotations

import pytest

from bot.shop.goods import catalogue, facts, needs, reference, stock
from bot.shop.goods.facts import Topic
from bot.shop.goods.reference import Seen, referred
from bot.shop.records.model import Need

TOPICS = (
    Topic(("面料", "填充"), ("材质", "料子")),
    Topic(("产地",), ("产地", "哪里产")),
    Topic((), ("怎么洗", "机洗"), "care"),
)


def test_facts_are_found_by_the_name_of_the_attribute(shop):
    coat = shop.products["coat-cloud"]
    assert facts.facts(coat, "面料是什么的呀", TOPICS) == {"面料": "锦纶"}
    assert facts.facts(coat, "有口袋吗", TOPICS) == {}


def test_facts_are_found_by_what_customers_call_them(shop):
    told = facts.facts(shop.products["coat-cloud"], "什么材质的", TOPICS)
    assert set(told) == {"面料", "填充物"}


def test_a_question_the_catalogue_is_silent_on_is_known_as_one(shop):
    assert facts.facts(shop.products["coat-cloud"], "哪里产的", TOPICS) == {}
    assert facts.is_asked("哪里产的", TOPICS)
    assert not facts.is_asked("今天天气好", TOPICS)


def test_washing_is_answered_from_the_care_lines(shop):
    coat = shop.products["coat-cloud"]
    assert facts.parts(coat, "能机洗吗", TOPICS) == {"care": coat.care}


def test_sentences_of_the_shop_that_share_a_telling_word_are_found(shop):
    coat = shop.products["coat-cloud"].model_copy(
        update={"not_for": ("骑车下摆会碍事",), "talking_points": ("领口可拆",)}
    )
    assert facts.sentences(coat, "骑车方便吗", ()) == ("骑车下摆会碍事",)
    assert facts.sentences(coat, "骑车方便吗", ("骑车",)) == ()
    assert facts.sentences(coat, "云朵羽绒服好不好", ()) == ()


WARM = Need(id="cold", said=("怕冷",), tags=("零下十度",), against=("不保暖",))


def test_a_need_finds_what_serves_it_and_never_what_speaks_against_it(shop):
    every = shop.products.values()
    assert [p.id for p in needs.serving(shop, [WARM], every)] == ["coat-short", "coat-cloud"]
    thin = shop.products["coat-short"].model_copy(update={"not_for": ("领口敞，不保暖",)})
    assert needs.against(thin, [WARM]) == ("领口敞，不保暖",)
    assert needs.serving(shop, [WARM], [thin]) == ()


def test_needs_are_heard_in_the_words_of_the_file(shop):
    with_needs = shop.model_copy(update={"needs": (WARM,)})
    assert needs.heard(with_needs, "我特别怕冷") == (WARM,)
    assert needs.heard(with_needs, "好看吗") == ()


POINTED = [
    ("第二个多少钱", "coat-short"),
    ("第一款", "coat-cloud"),
    ("第3个", None),
    ("便宜的那款有货吗", "coat-short"),
    ("贵的那个", "coat-cloud"),
    ("最后那个", "coat-short"),
    ("短款那件", "coat-short"),
    ("这个呢", None),
    ("有没有便宜的", None),
]


@pytest.mark.parametrize(("text", "found"), POINTED)
def test_words_point_at_the_cards_on_the_screen(shop, text, found):
    shown = [shop.products["coat-cloud"], shop.products["coat-short"]]
    pointed = referred(text, Seen(shown))
    assert (pointed.id if pointed else None) == found


def test_what_was_just_talked_about_and_what_before_are_told_apart(shop):
    coat, scarf = shop.products["coat-cloud"], shop.products["scarf-wool"]
    seen = Seen((), scarf, coat)
    assert referred("刚才那个有货吗", seen) is scarf
    assert referred("上一个多少钱", seen) is coat
    assert referred("前面那款呢", Seen((), scarf, None)) is scarf


def test_both_are_meant_by_two_of_them_or_by_the_difference():
    assert reference.both("这两款有啥区别") and reference.both("哪个好")
    assert not reference.both("这款怎么样")


def test_what_was_taken_down_cannot_be_bought_and_says_why(shop):
    gone = shop.products["coat-cloud"].model_copy(update={"taken_down": "过季了"})
    assert not catalogue.in_stock(gone)
    found = stock.check(gone, "黑色", "M")
    assert isinstance(found, stock.TakenDown) and found.reason == "过季了"
    assert found.alternatives == ()


def test_a_word_of_the_product_s_own_name_asks_for_nothing(shop):
    bottle = shop.products["coat-cloud"].model_copy(
        update={
            "name": "提手保温杯",
            "nicknames": ("保温杯",),
            "attributes": {"材质": "316", "保温": "6 小时"},
        }
    )
    assert facts.facts(bottle, "保温杯什么材质", TOPICS) == {"材质": "316"}


def test_a_name_said_in_part_finds_the_one_most_alike(shop):
    coats = [shop.products["coat-cloud"], shop.products["coat-short"]]
    assert catalogue.most_alike(coats, "和云朵长款羽绒的比呢").id == "coat-cloud"
    assert catalogue.most_alike(coats, "羽绒服") is None
