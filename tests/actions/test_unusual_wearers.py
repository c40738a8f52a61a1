"""Wearers who are no standard lady, and questions on the page in other words (docs/transcript-review.md, round 4)."""

from __future__ import annotations

import pytest

from tests.actions.small_rasa import Conversation

PAGE = [
    ("coat-wool-double", "nlu_fallback", "家里两条金毛 这个粘毛不", "猫狗毛"),
    ("jacket-fleece", "nlu_fallback", "家里两条金毛 这个粘毛不", "粘毛器"),
    ("coat-wool-double", "report_defect", "会不会粘毛 我家有狗", "猫狗毛"),
    ("blanket-throw", "ask_quality", "沾不沾毛啊", "粘毛絮"),
    ("dress-corduroy", "nlu_fallback", "这个吸毛不", "浮尘"),
    ("jacket-fleece", "ask_quality", "洗几次会不会变硬", "打结"),
    ("pan-nonstick", "ask_product_info", "涂层有毒吗", "utter_fact_unknown"),
    ("pan-nonstick", "ask_quality", "涂层有没有毒 pfoa那个", "utter_fact_unknown"),
    ("pan-nonstick", "nlu_fallback", "含不含pfoa", "utter_fact_unknown"),
    ("tableware-warm", "ask_quality", "有毒没 釉的", "未检出"),
    ("pan-nonstick", "ask_usage", "铁铲能用不", "金属铲"),
    ("pan-nonstick", "ask_product_info", "用铁铲子行不行", "金属铲"),
    ("pan-nonstick", "ask_usage", "能不能用钢铲炒", "金属铲"),
    ("pot-enamel", "ask_usage", "能用铁铲吗", "木铲"),
    ("pan-nonstick", "ask_quality", "能用几年", "两年左右"),
    ("pan-nonstick", "complain", "用几年啊 我上个半年就粘了 气死", "两年左右"),
    ("pan-nonstick", "ask_warranty", "这个寿命多久啊 顶几年", "两年左右"),
    ("towels-long-staple", "ask_quality", "多久一换", "三个月"),
    ("boots-chelsea", "nlu_fallback", "她弯不下腰 好穿脱不", "一拉就上"),
    ("boots-snow", "nlu_fallback", "她自己弯不下腰 好穿脱不", "utter_fact_unknown"),
    ("kids-boots-snow", "ask_product_info", "孩子自己能穿吗", "拉得上"),
    ("scarf-wool", "nlu_fallback", "包装好看不", "礼盒"),
    ("bedding-cotton", "nlu_fallback", "床垫厚30公分 床单够盖住不", "25 厘米"),
]


@pytest.mark.parametrize(("product", "intent", "text", "line"), PAGE)
def test_the_page_finds_its_own_fact_by_other_words(product: str, intent: str, text: str, line: str) -> None:
    messages = Conversation({"product_id": product}).send(intent, text)
    assert line in str(messages)


NEIGHBOURS = [
    ("pan-nonstick", "ask_product_info", "涂层是什么材质的", "utter_fact_unknown"),
    ("bedding-cotton", "ask_recommendation", "想找一套红色的结婚用的", "utter_variant_not_made"),
    ("jacket-fleece", "report_defect", "收到就粘毛了 要退", "utter_product_sentences"),
]


@pytest.mark.parametrize(("product", "intent", "text", "line"), NEIGHBOURS)
def test_neighbours_of_these_words_are_left_alone(product: str, intent: str, text: str, line: str) -> None:
    assert line not in str(Conversation({"product_id": product}).send(intent, text))


@pytest.mark.parametrize(
    "text", ["结婚用的 有大红的吗", "结婚用 有没有红色四件套", "过年铺 有红色的没", "红色的有吗 婚房用"]
)
@pytest.mark.parametrize("intent", ["ask_recommendation", "ask_stock"])
def test_a_colour_that_is_not_made_is_never_praised(intent: str, text: str) -> None:
    messages = Conversation({"product_id": "bedding-cotton"}).send(intent, text, {"color": "红色"})
    assert "utter_variant_not_made" in str(messages)
    assert "utter_recommend" not in str(messages)


BOY = {"height_cm": 158.0, "weight_kg": 47.5, "age": 12.5}


@pytest.mark.parametrize("intent", ["ask_size", "ask_recommendation"])
@pytest.mark.parametrize(
    "text", ["我儿子12岁半 158 95斤 要个冬天外套", "给儿子买件冬天的外套 158 95斤", "娃158 95斤 有冬天外套吗"]
)
def test_a_boy_too_tall_for_the_childrens_coats_is_told_so(intent: str, text: str) -> None:
    chat = Conversation()
    said = str(chat.send(intent, text, BOY))
    assert "utter_none_fits" in said
    assert "最大只做到 140 码" in said and "160 码合适，但卖完了" in said
    assert "轻暖短款" not in said and "面包棉服" not in said
    assert "最大" not in said or "utter_recommend" not in said
    back = str(chat.send("ask_stock", "啥时候补"))
    assert "儿童三合一冲锋衣" in back and "160" in back
    shell = str(chat.send("ask_stock", "那冲锋衣160有没", {"product": "jacket-shell-3in1", "size": "160"}))
    assert "儿童三合一冲锋衣" in shell
    largest = str(chat.send("ask_product_info", "羽绒的最大到多大"))
    assert "小熊耳朵儿童羽绒服" in largest and "140" in largest


def test_a_boy_for_whom_there_is_a_size_is_shown_it() -> None:
    said = str(
        Conversation().send("ask_recommendation", "给儿子买件羽绒服 125", {"height_cm": 125.0, "age": None})
    )
    assert "小熊耳朵儿童羽绒服" in said and "utter_none_fits" not in said


@pytest.mark.parametrize(
    "text",
    [
        "给我爸买件过冬的衣服 175 150",
        "给我公公挑个过冬的 73了",
        "想给爷爷买件冬天穿的",
        "爸爸冬天穿的外套有吗 给我爸买",
    ],
)
def test_no_t_shirt_is_praised_for_a_fathers_winter(text: str) -> None:
    said = str(Conversation().send("ask_recommendation", text))
    assert "utter_no_mens_winter" in said and "羊毛流苏围巾" in said
    assert "T 恤" not in said


def test_a_t_shirt_for_his_summer_still_is() -> None:
    assert "T 恤" in str(Conversation().send("ask_recommendation", "给我爸买件衣服 短袖"))


@pytest.mark.parametrize("text", ["怀孕五个月能穿不", "孕妇能穿吗", "孕期穿这个行不行", "怀着宝宝能穿么"])
@pytest.mark.parametrize("intent", ["ask_size", "ask_product_info", "nlu_fallback"])
def test_who_expects_is_told_what_the_piece_goes_round(intent: str, text: str) -> None:
    chat = Conversation({"product_id": "skirt-pleated"})
    said = str(chat.send(intent, text))
    assert "utter_pregnant" in said and "腰围 74" in said and "上下差五厘米" in said
    over = str(chat.send("ask_size", "腰围90"))
    assert "utter_size_too_large_by_limit" in over and "79" in over


def test_who_expects_and_looks_for_a_skirt_is_shown_one_that_gives_way() -> None:
    chat = Conversation()
    assert "垂坠百褶长裙" in str(chat.send("ask_size", "怀孕五个月了 有能穿的裙子不"))
    assert "utter_size_too_large_by_limit" in str(chat.send("ask_size", "我现在腰围90"))


@pytest.mark.parametrize(
    "text", ["肩宽44 胸围100 穿几码", "我肩宽44，胸围是100，选什么码", "胸围100肩宽44 拿多大"]
)
def test_shoulders_and_chest_name_a_size(text: str) -> None:
    chat = Conversation({"product_id": "jacket-fleece"})
    said = str(chat.send("ask_size", text))
    assert "utter_size_by_girth" in said and "'fitting': 'L'" in said
    assert "utter_size_taken_larger" in str(chat.send("ask_size", "那我拿XL?", {"size": "XL"}))
    assert "utter_size_taken_smaller" in str(chat.send("ask_size", "M呢", {"size": "M"}))


def test_who_likes_it_loose_after_two_sizes_gets_the_larger() -> None:
    chat = Conversation({"product_id": "jacket-fleece"})
    assert "utter_size_between" in str(
        chat.send("ask_size", "168 110斤", {"height_cm": 168.0, "weight_kg": 55.0})
    )
    said = str(chat.send("inform", "喜欢宽松点的"))
    assert "'fitting': 'L'" in said and "版型" not in said


@pytest.mark.parametrize(
    "text",
    ["要个最大的", "跑大车的 要个最大的", "最大的多大", "有没有最大号的", "1升的没了？", "一升的有没有"],
)
def test_the_biggest_flask_is_told_with_its_day(text: str) -> None:
    chat = Conversation({"product_id": "bottle-thermos"})
    said = str(chat.send("ask_stock", text))
    assert "1000毫升" in said and "11月29日" in said
    assert "11月29日" in str(chat.send("ask_stock", "啥时候来"))


@pytest.mark.parametrize(
    "text", ["久站穿这个还是乐福鞋好", "站一天的话 这个还是乐福鞋合适", "久站这双和乐福鞋哪个好"]
)
def test_beside_the_one_in_view_the_need_decides(text: str) -> None:
    chat = Conversation({"product_id": "sneakers-cloud"})
    said = chat.send("ask_recommendation", text, {"product": "loafers-soft"})
    assert "utter_compare" in str(said) and "'product': '云感厚底休闲运动鞋'" in str(said)


@pytest.mark.parametrize("text", ["90的床拿多大", "我宿舍90的小床", "90宽的床盖哪个", "宿舍床是90的"])
def test_a_bed_told_without_a_unit_is_a_bed(text: str) -> None:
    said = str(Conversation({"product_id": "quilt-soy"}).send("ask_size", text))
    assert "150" in said and "ask" not in said.split("response")[1][:30]


def test_postage_to_a_place_is_told_for_the_lamp_named() -> None:
    said = str(
        Conversation({"product_id": "lamp-desk"}).send(
            "nlu_fallback", "那小夜灯吧 邮到拉萨多少钱", {"region": "西藏", "product": "lamp-night-cloud"}
        )
    )
    assert "30" in said and "utter_did_you_mean" not in said


ENGLISH = [
    ("I am 180cm 75kg male ok?", {"height_cm": 180.0, "weight_kg": 75.0}, "utter_english_womens"),
    ("is this good for my husband", {}, "utter_english_womens"),
    ("165cm 55kg what size should i get", {"height_cm": 165.0, "weight_kg": 55.0}, "utter_english_fits"),
    ("can i machine wash it", {}, "只能干洗"),
    ("do you ship to Macau", {"region": "澳门"}, "utter_english_postage"),
    ("do you ship fast", {}, "utter_english_shipping"),
    ("is there any discount for women", {}, "utter_english_price"),
]


@pytest.mark.parametrize(("text", "entities", "line"), ENGLISH)
def test_english_before_buying_is_answered_of_what_is_in_view(text: str, entities: dict, line: str) -> None:
    said = str(
        Conversation({"product_id": "coat-wool-double"}).send("chitchat", text, entities, odd="foreign")
    )
    assert line in said


def test_one_man_is_not_cut_into_two_people() -> None:
    chat = Conversation({"product_id": "coat-wool-double"})
    body = {"height_cm": 180.0, "weight_kg": 75.0, "size": "XL"}
    said = str(chat.send("ask_size", "180cm 75kg 男生 穿XL行不", body))
    assert "utter_womens_cut" in said and "XL 码，身高" not in said


def test_the_fathers_slippers_are_sized_by_what_was_said() -> None:
    chat = Conversation()
    chat.send("ask_recommendation", "给我公公挑个过冬的 73了")
    told = {"product": "slippers-cotton", "size": "42"}
    said = str(chat.send("ask_size", "那拖鞋42的吧", told))
    assert "utter_made_for_both" not in said and "42-43" in said


def test_snow_after_a_day_of_arrival_is_of_the_parcel() -> None:
    chat = Conversation({"product_id": "boots-snow"})
    chat.send("ask_shipping_time", "到哈尔滨几天", {"region": "黑龙江"})
    assert "action_shipping_time" in str(chat.send("chitchat", "听说下大雪了"))
    assert "action_shipping_time" not in str(Conversation().send("chitchat", "听说下大雪了"))


def test_not_down_of_what_is_no_down_ends_nothing() -> None:
    fleece = str(Conversation({"product_id": "jacket-fleece"}).send("deny", "不要羽绒的"))
    assert "utter_is_not_that" in fleece
    plain = str(Conversation({"product_id": "jacket-fleece"}).send("deny", "不用了"))
    assert "utter_deny" in plain


def test_a_colour_that_is_not_made_is_said_beside_the_fact() -> None:
    chat = Conversation({"product_id": "bedding-cotton"})
    said = str(chat.send("ask_quality", "第一次洗会不会掉色啊 红的那种我怕", {"color": "红色"}))
    assert "不褪色" in said and "utter_color_not_made" in said
    assert "utter_color_not_made" not in str(chat.send("ask_quality", "会不会掉色", {"color": "灰色"}))


def test_what_goes_under_the_coat_is_no_scarf() -> None:
    said = str(
        Conversation({"product_id": "down-light-short"}).send("ask_recommendation", "不够的话里面加啥")
    )
    assert "德绒保暖内衣套装" in said and "羊毛流苏围巾" not in said and "阔腿裤" not in said


@pytest.mark.parametrize("text", ["English service 有没有", "有会英语的吗", "有没有英文客服"])
def test_who_asks_for_english_is_answered_in_it(text: str) -> None:
    assert "utter_english_any" in str(Conversation().send("out_of_scope", text))


def test_on_the_page_no_script_asks_which_product_it_is() -> None:
    said = str(Conversation({"product_id": "lamp-night-cloud"}).send("nlu_fallback", "包装好看不"))
    assert "utter_fact_unknown" in said


@pytest.mark.parametrize("text", ["给我爸看的 他能穿不", "我老公穿这个行吗", "那有啥他能用的"])
def test_a_womans_coat_is_never_chosen_for_a_man(text: str) -> None:
    chat = Conversation({"product_id": "down-light-short"})
    chat.send("ask_size", "给我爸看看 175 150斤", {"height_cm": 175.0, "weight_kg": 75.0})
    said = str(chat.send("ask_recommendation", text))
    assert "utter_womens_cut" in said and "utter_compare" not in said
    assert "utter_womens_cut" not in str(chat.send("ask_recommendation", "那他能穿啥鞋"))
    scarf = str(chat.send("ask_stock", "围巾吧 灰的有没", {"product": "scarf-wool", "color": "灰色"}))
    assert "utter_made_for_both" not in scarf


def test_a_daughter_named_with_the_goods_is_who_they_are_for() -> None:
    told = {"age": 9.0, "height_cm": 138.0, "weight_kg": 30.0, "product": "down-light-short"}
    said = str(Conversation().send("ask_size", "女儿9岁 138 60斤 想买羽绒服", told))
    assert "小熊耳朵儿童羽绒服" in said or "'fitting': '140'" in said
    assert "轻暖短款" not in said


def test_another_sort_for_a_tall_girl_is_looked_for_with_her_body() -> None:
    chat = Conversation({"product_id": "dress-knit-long"})
    chat.send("ask_size", "我181 130斤 能穿吗", {"height_cm": 181.0, "weight_kg": 65.0})
    skirts = str(chat.send("ask_stock", "那有没有长一点的裙子"))
    assert "utter_none_fits" in skirts and "utter_stock_overview" not in skirts
    trousers = str(chat.send("ask_size", "裤子呢 我腿长 九分的怕短"))
    assert "裤" in trousers and "utter_size_too_large" not in trousers


def test_trousers_for_who_expects_give_way_at_the_waist() -> None:
    said = str(Conversation().send("ask_recommendation", "怀孕六个月 想买条裤子"))
    assert "云感束脚运动裤" in said or "加绒高腰打底裤" in said
    assert "'product': '高腰直筒牛仔裤'" not in said


def test_a_childs_size_that_is_not_made_is_said_so() -> None:
    said = str(Conversation({"product_id": "kids-down-cloud"}).send("ask_stock", "150的有没"))
    assert "utter_variant_not_made" in said
    there = str(Conversation({"product_id": "kids-down-cloud"}).send("ask_stock", "130的有没"))
    assert "utter_variant_not_made" not in there


def test_what_stretches_is_not_called_too_tight_by_its_flat_measure() -> None:
    chat = Conversation({"product_id": "leggings-fleece"})
    assert "utter_pregnant_elastic" in str(chat.send("ask_product_info", "孕妇能穿不"))
    assert "utter_size_girth_over" not in str(chat.send("ask_size", "腰围95 臀围105"))
