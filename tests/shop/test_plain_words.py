"""Short messages before the sale that say by themselves what they want (docs/transcript-review.md, C 8 and 10–18)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue import load_dialogue
from bot.settings import ROOT
from bot.shop.goods import facts, plain_words, wishes
from bot.shop.records.loader import load_shop

SHOP = load_shop(ROOT / "data" / "shop")
TOPICS = load_dialogue(Path(ROOT / "data" / "dialogue.yml")).topics


@pytest.mark.parametrize(
    ("product", "text", "line"),
    [
        ("jacket-shell-3in1", "爬山下雨漏不漏", "8000 毫米水柱"),
        ("jacket-shell-3in1", "大雨天行不行", "大雨走半小时里面是干的"),
        ("jacket-shell-3in1", "去西藏够不够", "高海拔请选硬壳"),
        ("jacket-shell-3in1", "高原能穿吗", "高海拔请选硬壳"),
        ("sneakers-cloud", "下雨能穿不", "雨天别穿"),
        ("sneakers-cloud", "大脚骨 顶不顶脚", "大脚趾外翻也不顶"),
        ("boots-chelsea", "下雪天能穿吗", "不防水"),
        ("boots-snow", "结冰的路会滑吗", "不打滑"),
        ("lamp-desk", "蓝光咋样", "无可见频闪"),
        ("lamp-desk", "桌子1米4够亮吗", "一米二以上的桌子"),
        ("lamp-desk", "护眼是真的假的", "国 AA"),
        ("toddler-first-shoes", "软底会不会滑", "TPR 软底"),
        ("toddler-first-shoes", "11个月 扶着走", "会扶站到刚会走"),
        ("bedding-cotton", "我家有猫", "容易拉丝"),
        ("bedding-cotton", "床垫厚25公分 会不会短", "平铺，非床笠"),
        ("thermal-set", "皮肤过敏能穿不", "腈纶 12%"),
        ("leggings-fleece", "会不会掉裆", "三角片"),
        ("bedding-milk-velvet", "静电大不大", "静电比纯棉多"),
        ("coat-wool-double", "家里养猫", "猫狗毛"),
    ],
)
def test_a_worry_is_answered_by_the_pages_own_lines(product: str, text: str, line: str) -> None:
    assert line in "；".join(facts.of_concerns(SHOP.products[product], text, TOPICS))


@pytest.mark.parametrize(
    ("product", "text"),
    [
        ("boots-snow", "雪地靴多少钱"),  # the word is part of the name
        ("hangers-flock", "植绒防滑衣架有几个"),
        ("knit-cable", "下雨了"),  # nothing was written on it
        ("down-light-short", "165 110斤穿什么码"),
    ],
)
def test_without_a_line_or_a_worry_nothing_is_told(product: str, text: str) -> None:
    assert facts.of_concerns(SHOP.products[product], text, TOPICS) == ()


@pytest.mark.parametrize(
    "text", ["换人", "换个人", "能不能换个人", "你们老板在吗", "叫老板来", "找你们店长", "让你们经理来说"]
)
def test_a_person_is_asked_for(text: str) -> None:
    assert plain_words.wants_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "老板在吗",
        "老板在不在",
        "你们老板是谁",
        "换人民币",
        "换一个",
        "老板大气",
        "换人穿会不会小",
        "你家老板姓什么",
    ],
)
def test_a_boss_or_a_person_only_spoken_of_is_no_such_wish(text: str) -> None:
    assert not plain_words.wants_person(text)


@pytest.mark.parametrize("text", ["付了定金不要了能退不", "订金退吗", "定金付了反悔了怎么办"])
def test_a_deposit_asked_back(text: str) -> None:
    assert plain_words.asks_deposit_back(text)


@pytest.mark.parametrize(
    "text",
    ["定金多少", "定金也没退给我呢 没退", "付定金的价比现在贵 退差价吗", "尾款什么时候付", "不要了 退了吧"],
)
def test_a_deposit_to_be_paid_or_a_return_is_something_else(text: str) -> None:
    assert not plain_words.asks_deposit_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "能给包装一下写个卡片吗 别放价格单",
        "妈妈过生日送她 能写贺卡不",
        "别放价格单",
        "有礼盒吗",
        "能放张手写卡片吗",
        "可以帮我包好看点吗",
    ],
)
def test_a_note_for_a_present(text: str) -> None:
    assert plain_words.notes_a_present(text)


@pytest.mark.parametrize(
    "text",
    [
        "给我包起来",
        "包邮吗",
        "银行卡能付吗",
        "包装破了",
        "生日有券吗",
        "收到没有礼盒",
        "没有包装了 能退不",
        "贺卡是空白的",
    ],
)
def test_what_is_no_note_for_a_present(text: str) -> None:
    assert not plain_words.notes_a_present(text)


@pytest.mark.parametrize(
    "text", ["我想找一个椅子", "就是孩子写作业的", "推荐件连衣裙", "想送件衣服", "上班穿的", "选哪件"]
)
def test_something_to_buy_is_looked_for(text: str) -> None:
    assert plain_words.seeks(text)


@pytest.mark.parametrize("text", ["别老推荐", "椅子坏了", "这个是羊毛的", "多少钱"])
def test_nothing_is_looked_for(text: str) -> None:
    assert not plain_words.seeks(text)


@pytest.mark.parametrize("text", ["男的", "是男的", "男的穿", "男生哦", "他是男的"])
def test_the_wearer_is_a_man(text: str) -> None:
    assert plain_words.is_of_a_man(text)


@pytest.mark.parametrize("text", ["你是男的女的", "男朋友穿", "有男款吗", "男的女的都能穿吗"])
def test_a_man_in_other_words(text: str) -> None:
    assert not plain_words.is_of_a_man(text)


@pytest.mark.parametrize(
    "text",
    ["几天能到乌鲁木齐", "多久能到新疆", "发广东什么时候到", "那卡其的吧 到哈尔滨几天", "寄到拉萨要多久呀"],
)
def test_the_day_of_arrival_is_asked_for(text: str) -> None:
    assert plain_words.asks_when_it_arrives(text)


@pytest.mark.parametrize(
    ("text", "is_only"),
    [
        ("家里两条金毛 这个粘毛不", True),
        ("会掉色不", True),
        ("扣子掉了 能补吗", False),
        ("收到就坏的怎么办", False),
        ("拉链坏", False),
    ],
)
def test_what_is_only_wondered_about_has_not_happened(text: str, is_only: bool) -> None:
    assert plain_words.only_wonders(text) is is_only


@pytest.mark.parametrize("text", ["到家穿几天就坏了", "到手穿多久会起球", "零下30度够穿吗", "收到几天了"])
def test_days_of_something_else_are_no_arrival(text: str) -> None:
    assert not plain_words.asks_when_it_arrives(text)


def test_what_is_refused_may_stand_before_the_word() -> None:
    refused = wishes.read(SHOP, "她怕扎 毛衣不要").refused
    assert "knit-cable" in refused and "dress-knit-long" not in refused
    assert wishes.read(SHOP, "毛衣不要了").refused == frozenset()
    assert "dress-knit-long" in wishes.read(SHOP, "不要针织的").refused


def test_only_what_is_packed_in_a_box_is_said_to_be() -> None:
    assert "礼盒" in plain_words.box_of(SHOP.products["scarf-wool"])
    assert plain_words.box_of(SHOP.products["quilt-down"]) == ""


def test_how_it_is_to_be_made_limits_the_choice() -> None:
    told = wishes.read(SHOP, "要圆领的 不要黑色")
    assert told.made == ("圆领",)
    assert told.allow(SHOP.products["knit-merino-crew"]) and not told.allow(SHOP.products["dress-knit-long"])
    assert wishes.read(SHOP, "不要圆领的").made == () and wishes.read(SHOP, "要便宜的").made == ()
    assert not wishes.is_made(SHOP.products["jacket-denim"], "加绒")
