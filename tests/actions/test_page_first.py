"""With a product in view its own page answers before a script, a menu or an apology (docs/transcript-review.md, E)."""

from __future__ import annotations

import pytest

from actions.after_sale.after_sale_question import AfterSaleQuestion
from tests.actions.conftest import say
from tests.actions.small_rasa import Conversation

PAGE = [
    ("bedding-cotton", "ask_product_info", "养猫了", "容易拉丝"),
    ("bedding-cotton", "ask_stock", "床笠的有没", "平铺，非床笠"),
    ("bedding-cotton", "report_defect", "掉色不 我买过掉色的气死", "不褪色"),
    ("boots-chelsea", "complain", "真皮吗 别是pu骗人的", "头层牛皮"),
    ("boots-chelsea", "complain", "别是骗人的吧 真的是牛皮?", "头层牛皮"),
    ("down-light-short", "nlu_fallback", "会不会钻毛", "防钻绒"),
    ("knit-cashmere-v", "nlu_fallback", "我怕扎", "不扎"),
    ("knit-cashmere-v", "ask_quality", "扎人吗", "不扎"),
    ("trousers-tapered", "ask_size", "裤长多少啊 我想盖住脚踝", "会露脚踝"),
    ("trousers-tapered", "ask_product_info", "能盖住脚踝吗", "垂感阔腿裤"),
    ("trousers-wide", "ask_stock", "那L裤长", "101 厘米"),
    ("toddler-first-shoes", "ask_shipping_time", "啥时候能学会走啊哈哈", "会扶站到刚会走"),
    ("toddler-first-shoes", "nlu_fallback", "送周岁合适不", "utter_suits"),
    ("dress-knit-long", "ask_quality", "年会穿", "utter_suits"),
    ("dress-knit-long", "nlu_fallback", "会显肚子不 她刚生完", "小肚子明显"),
    ("down-light-short", "nlu_fallback", "送人好不好", "utter_suits"),
    ("chair-study", "ask_size", "孩子6岁118能坐吗", "118 厘米在范围里"),
    ("chair-study", "ask_product_info", "我1米8能坐吗", "不在范围里"),
    ("quilt-soy", "nlu_fallback", "会不会跑棉", "不跑棉"),
    ("tableware-warm", "ask_quality", "会不会掉色", "洗不掉"),
    ("socks-cloud", "ask_quality", "容易勾丝吗", "容易勾丝"),
    ("boots-snow", "nlu_fallback", "我妈脚胖", "按脚长选"),
    ("desk-study", "ask_size", "孩子1米1能用吗", "一年级到大学"),
    ("chair-study", "ask_size", "那给我儿子 6岁 118", "118 厘米在范围里"),
    ("jacket-shell-3in1", "ask_product_info", "重吗", "连包装大约 1.3 公斤"),
    ("desk-study", "ask_courier", "送上楼吗 六楼没电梯", "utter_courier_upstairs"),
    ("toddler-first-shoes", "ask_promotion", "打算送周岁礼 有盒子吗", "utter_gift_note"),
    ("bedding-milk-velvet", "nlu_fallback", "预算三百", "utter_within_budget"),
    ("tableware-warm", "nlu_fallback", "五口人够吗", "5 个人用还差 1 个人的份"),
    ("tableware-warm", "ask_product_info", "四口之家够吗", "4 个人够用"),
    ("tableware-warm", "ask_recommendation", "够几个人用", "饭碗四"),
]


@pytest.mark.parametrize(("product", "intent", "text", "line"), PAGE)
def test_the_page_answers_however_it_is_read(product: str, intent: str, text: str, line: str) -> None:
    messages = Conversation({"product_id": product}).send(intent, text)
    assert line in str(messages)
    assert "utter_sorry" not in str(messages) and "utter_did_you_mean" not in str(messages)


OTHERS = [
    ("bedding-cotton", "ask_stock", "橙色1.8的有没", "床单款式"),
    ("trousers-wide", "ask_size", "我165 110斤 裤长合适吗", "101 厘米"),
    ("trousers-tapered", "ask_shop", "上班时间几点", "utter_suits"),
    ("dress-knit-long", "ask_recommendation", "年会穿什么好", "utter_suits"),
    ("kids-down-cloud", "ask_size", "这件童装能穿吗", "utter_suits"),
    ("kids-down-cloud", "ask_size", "幼儿园穿多大码", "utter_suits"),
    ("tableware-warm", "report_defect", "两个人的碗都碎了", "个人够用"),
    ("chair-study", "bargain", "118元能便宜吗", "厘米在范围里"),
    ("toddler-first-shoes", "ask_shipping_time", "啥时候能发走", "会扶站到刚会走"),
]


@pytest.mark.parametrize(("product", "intent", "text", "line"), OTHERS)
def test_the_same_words_for_something_else_are_left_to_their_reading(
    product: str, intent: str, text: str, line: str
) -> None:
    assert line not in str(Conversation({"product_id": product}).send(intent, text))


@pytest.mark.parametrize("text", ["我肚子大", "腰围2尺3"])
@pytest.mark.parametrize("intent", ["ask_size", "inform"])
def test_a_body_told_is_no_question_for_the_page(intent: str, text: str) -> None:
    chat = Conversation({"product_id": "jeans-straight"})
    chat.send("ask_size", "我162 106斤选什么码", {"height_cm": 162.0, "weight_kg": 53.0})
    assert "utter_size" in str(chat.send(intent, text))


def test_what_is_only_wondered_about_opens_no_case_though_nothing_is_written_on_it() -> None:
    for text, is_case in [("家里两条金毛 这个粘毛不", False), ("穿两天拉链就坏了", True)]:
        said = say(AfterSaleQuestion(), text, "report_defect", product_id="jacket-fleece")
        assert (said.follows == "action_product_info") is not is_case


def test_a_doubt_before_buying_is_no_trouble_to_be_sorry_for() -> None:
    chat = Conversation({"product_id": "boots-chelsea"})
    assert "utter_sorry" not in str(chat.send("ask_quality", "真皮吗 别是pu骗人的", turned_upset=True))


def test_a_man_once_named_is_not_told_off_again_when_the_thing_is_asked_about() -> None:
    chat = Conversation({"product_id": "knit-cable"})
    assert "utter_womens_cut" in str(chat.send("ask_size", "男朋友能穿吗 178 140斤"))
    assert "utter_womens_cut" not in str(chat.send("ask_product_info", "厚不厚"))
    assert "utter_womens_cut" not in str(chat.send("ask_product_info", "重吗"))
    assert "utter_womens_cut" in str(chat.send("ask_product_info", "那他穿合适吗"))


def test_of_two_measures_the_one_of_her_size_is_told() -> None:
    messages = str(Conversation({"product_id": "pot-enamel"}).send("ask_product_info", "橙色22幾重呀"))
    assert "3.8 公斤" in messages and "4.8 公斤" not in messages


def test_grown_ups_or_childrens_is_the_choice_between_two_shown() -> None:
    chat = Conversation()
    chat.send("ask_price", "雪地靴多少钱")
    assert chat.slots["product_id"] is None
    messages = str(chat.send("out_of_scope", "大人的"))
    assert chat.slots["product_id"] == "boots-snow" and "utter_price" in messages


def test_a_dress_for_the_wife_is_looked_for_to_the_end() -> None:
    chat = Conversation({"customer_id": "c-he"})
    chat.send("ask_recommendation", "给老婆买条裙子 她生日")
    assert chat.slots["product_id"] == "dress-knit-long"
    shelf = chat.send("nlu_fallback", "她穿L 黑色", {"color": "黑色", "size": "L"})
    assert "收腰针织连衣裙" in str(shelf) and "黑色 L" in str(shelf)
    assert "utter_suits" in str(chat.send("ask_quality", "年会穿"))
    assert "小肚子明显" in str(chat.send("nlu_fallback", "会显肚子不 她刚生完"))
    chat.send("ask_exchange", "那换个遮肉的")
    assert chat.slots["product_id"] == "dress-corduroy"


def test_what_hides_the_belly_is_never_what_shows_it() -> None:
    chat = Conversation()
    chat.send("ask_recommendation", "公司年会穿 推荐条裙子")
    messages = str(chat.send("ask_stock", "有没有遮小肚子的"))
    assert "小肚子明显" in messages and "灯芯绒背带裙" in messages


def test_shoes_in_a_mans_size_and_when_they_are_back() -> None:
    chat = Conversation({"product_id": "sneakers-cloud"})
    first = str(chat.send("ask_size", "我老公能穿吗 44码", {"size": "44"}))
    assert "高帮帆布鞋" not in first and "云朵棉拖鞋" in first and "utter_size_restocked" in first
    again = str(chat.send("ask_recommendation", "那他能穿啥鞋"))
    assert "云朵棉拖鞋" in again and "高帮帆布鞋" not in again and "utter_size_restocked" in again


def test_shoes_for_the_rain_are_shoes() -> None:
    chat = Conversation({"product_id": "boots-chelsea"})
    messages = str(chat.send("ask_recommendation", "有没有下雨能穿的鞋"))
    assert "加绒防滑雪地靴" in messages and "冲锋衣" not in messages


def test_thick_legs_take_the_larger_size_where_the_page_says_so() -> None:
    chat = Conversation({"product_id": "trousers-tapered"})
    messages = chat.send("ask_size", "163 112斤 大腿粗", {"height_cm": 163.0, "weight_kg": 56.0})
    assert messages[0]["fitting"] == "XL" and "袖" not in messages[0]["reasons"]
    assert "XL 码 93 厘米" in str(chat.send("ask_size", "那裤长多少"))


def test_cheaper_ones_are_other_ones() -> None:
    chat = Conversation()
    chat.send("ask_recommendation", "推荐条裙子")
    prices = []
    shop = __import__("actions.common.shop_floor", fromlist=["shop"]).shop()
    for _ in range(6):
        prices.append(shop.products[chat.slots["product_id"]].price)
        messages = str(chat.send("bargain", "再便宜的呢"))
        if "utter_cheapest_here" in messages:
            break
    assert prices == sorted(prices, reverse=True) and len(set(prices)) == len(prices) > 1
    assert "utter_cheapest_here" in messages


def test_cheaper_said_of_the_price_stays_a_bargain() -> None:
    chat = Conversation()
    chat.send("ask_recommendation", "推荐条裙子")
    assert "utter_bargain" in str(chat.send("bargain", "便宜点"))
    assert "utter_bargain" in str(chat.send("nlu_fallback", "不少就算了"))


def test_two_of_one_are_taken_together() -> None:
    chat = Conversation()
    chat.send("ask_price", "加绒防滑雪地靴多少钱")
    chat.send("ask_price", "那两双呢", {"quantity": 2})
    assert "加绒防滑雪地靴 2 双" in str(chat.send("affirm", "好的就要这些 下单"))


def test_what_she_usually_wears_is_a_size_for_what_is_in_view() -> None:
    chat = Conversation({"customer_id": "c-he"})
    chat.send("ask_recommendation", "想给媳妇买件大衣")
    assert "utter_size_guess" in str(chat.send("nlu_fallback", "她平时穿M", {"usual_size": "M"}))


def test_another_one_is_no_exchange_of_what_was_bought_once() -> None:
    chat = Conversation({"customer_id": "c-he"})
    chat.send("ask_recommendation", "想给媳妇买件大衣")
    messages = str(chat.send("ask_exchange", "换个短一点的"))
    assert "收纳箱" not in messages and "长款" not in messages and "短外套" in messages


def test_who_has_bought_it_may_still_ask_what_it_will_do() -> None:
    chat = Conversation({"customer_id": "c-zhou", "product_id": "down-light-short"})
    assert "防钻绒" in str(chat.send("ask_quality", "会不会钻毛", {"fault": "钻绒"}))
    assert "防钻绒" not in str(chat.send("report_defect", "羽绒服钻毛了怎么办", {"fault": "钻绒"}))


def test_a_quality_names_no_product() -> None:
    chat = Conversation({"product_id": "dress-knit-long"})
    chat.send("bargain", "再便宜的呢")
    assert not str(chat.slots["product_id"]).startswith("chair")


def test_the_beach_in_winter_is_told_the_truth() -> None:
    assert "utter_taken_down" in str(Conversation().send("ask_recommendation", "我要去三亚 有啥推荐"))


def test_all_that_was_added_up_is_taken_together() -> None:
    chat = Conversation()
    chat.send("ask_price", "云朵加绒连帽卫衣多少钱")
    chat.send("ask_price", "再加两双袜子", {"quantity": 2})
    messages = str(chat.send("affirm", "就要这些 下单"))
    assert "utter_order_all" in messages and "云朵中筒棉袜 2 件" in messages
    assert "utter_order_all" not in str(chat.send("affirm", "就要这件"))


def test_the_day_she_hurries_for_is_when_it_must_be_there() -> None:
    chat = Conversation({"product_id": "bottle-thermos", "customer_id": "c-deng"})
    messages = str(chat.send("ask_shipping_time", "什么时候能发 赶下周三"))
    assert "utter_in_time" in messages and "utter_ships_on" not in messages
