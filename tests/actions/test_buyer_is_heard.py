"""Proof, a present, a pack, climate, contents and postage are answered as that, whatever the model reads in them."""

from __future__ import annotations

import pytest

from tests.actions.small_rasa import Conversation


def told(messages: list[dict]) -> list[str]:
    return [message["response"] for message in messages if message.get("response")]


def words_of(messages: list[dict]) -> str:
    return str(messages)


NOTHING_GIVEN = [
    ("knit-cashmere-v", "bargain", "怎么证明是100%羊绒", {}, "utter_proof"),
    ("knit-cashmere-v", "nlu_fallback", "有啥证明", {}, "utter_proof"),
    ("knit-cashmere-v", "ask_quality", "羊绒是真的吗", {}, "utter_proof"),
    ("boots-chelsea", "ask_quality", "真皮吗 别是pu骗人的", {}, "utter_proof_none"),
    ("knit-cashmere-v", "ask_price", "凭啥这么贵", {}, "utter_worth"),
    ("bottle-thermos", "bargain", "别家29的 你89凭啥", {"price": 29.0}, "utter_worth"),
    ("slippers-cotton", "bargain", "第二双七折真的假的", {"discount": 0.7}, "utter_offer_true"),
    ("slippers-cotton", "ask_promotion", "第二双真的打七折吗", {"discount": 0.7}, "utter_offer_true"),
]


@pytest.mark.parametrize(("product", "intent", "text", "read", "response"), NOTHING_GIVEN)
def test_who_asks_for_proof_or_worth_or_an_offer_is_given_a_reason_and_no_lower_price(
    product: str, intent: str, text: str, read: dict, response: str
) -> None:
    chat = Conversation({"product_id": product})
    assert told(chat.send(intent, text, read)) == [response]
    assert not chat.slots["bargain"]


def test_the_second_pair_costs_what_the_sum_says() -> None:
    chat = Conversation({"product_id": "slippers-cotton"})
    said = chat.send("ask_promotion", "第二双七折真的假的", {"discount": 0.7})
    assert "98" in said[0]["sum"]
    assert "83.3" in said[0]["sum"]


def test_a_doubt_after_a_price_is_met_with_a_word_and_not_with_a_step_down() -> None:
    chat = Conversation({"product_id": "slippers-cotton"})
    chat.send("ask_price", "多少钱")
    assert told(chat.send("bargain", "真的假的")) == ["utter_price_true"]
    assert not chat.slots["bargain"]


def test_who_asks_for_less_in_so_many_words_is_still_bargained_with() -> None:
    chat = Conversation({"product_id": "knit-cashmere-v"})
    chat.send("bargain", "凭啥这么贵 便宜点")
    assert chat.slots["bargain"]


PRESENTS = ["想送个小礼物50左右", "送闺蜜50块左右的礼物", "想送人50块左右", "闺蜜刚生 想送个小礼物50左右"]


@pytest.mark.parametrize("text", PRESENTS)
def test_a_present_she_wants_to_give_is_looked_for_and_never_given_to_her(text: str) -> None:
    for page in ({"product_id": "lamp-night-cloud"}, {}):
        chat = Conversation(page)
        said = chat.send("bargain", text, {"price": 50.0} if "块" in text else {})
        assert told(said)[0] in ("utter_recommend", "utter_recommend_featured", "utter_within_budget")
        assert chat.slots["product_id"] == "lamp-night-cloud"
        assert not chat.slots["bargain"]


def test_who_wants_us_to_give_one_is_heard_as_before() -> None:
    chat = Conversation({"product_id": "lamp-night-cloud"})
    chat.send("bargain", "送个小礼物呗")
    assert chat.slots["bargain"]


PACKS = [
    ("nlu_fallback", "15个的", {"quantity": 15}, "utter_variant_restocked"),
    ("ask_bulk_order", "要10个的", {"quantity": 10}, "utter_stock_choose"),
    ("ask_stock", "15个的有没", {"quantity": 15}, "utter_variant_restocked"),
    (
        "nlu_fallback",
        "那10个 够装几床被子",
        {"product": "quilt-soy", "quantity": 10},
        "utter_product_sentences",
    ),
    ("ask_product_info", "能装几床被子", {"product": "quilt-soy"}, "utter_product_sentences"),
    ("ask_usage", "能放羽绒服不 放半年", {"product": "down-light-short"}, "utter_product_sentences"),
    ("ask_quality", "会不会漏气啊", {"fault": "漏水"}, "utter_product_sentences"),
    ("ask_price", "一个多少钱平均", {}, "utter_price_each"),
]


@pytest.mark.parametrize(("intent", "text", "read", "response"), PACKS)
def test_a_pack_is_a_size_and_what_goes_into_the_bags_is_about_the_bags(
    intent: str, text: str, read: dict, response: str
) -> None:
    chat = Conversation({"product_id": "vacuum-bags"})
    assert told(chat.send(intent, text, read)) == [response]
    assert chat.slots["product_id"] == "vacuum-bags"


def test_a_hundred_of_them_are_still_an_order_in_bulk() -> None:
    chat = Conversation({"product_id": "vacuum-bags"})
    assert told(chat.send("ask_bulk_order", "要100个", {"quantity": 100}))[0] == "utter_handoff_bulk"


THERMOS = [
    ("ask_quality", "会漏水吗", {"fault": "漏水"}, "硅胶圈"),
    ("ask_quality", "漏不漏", {}, "硅胶圈"),
    ("ask_product_info", "早上六点灌的下午还热不", {}, "68 度"),
    ("out_of_scope", "给我爷爷泡药 能行吗", {}, "泡药"),
    ("ask_usage", "泡中药行不行", {}, "泡中药"),
    ("ask_usage", "能装豆浆吗", {}, "豆浆鲜奶别过夜"),
]


@pytest.mark.parametrize(("intent", "text", "read", "fragment"), THERMOS)
def test_leaks_heat_and_contents_are_told_from_the_page_or_not_promised(
    intent: str, text: str, read: dict, fragment: str
) -> None:
    said = Conversation({"product_id": "bottle-thermos"}).send(intent, text, read)
    assert fragment in words_of(said)
    assert told(said)[0] in ("utter_product_sentences", "utter_contents_unwritten")


def test_the_contents_alone_go_on_about_the_bottle() -> None:
    chat = Conversation({"product_id": "bottle-thermos"})
    chat.send("out_of_scope", "给我爷爷泡药 能行吗")
    assert told(chat.send("out_of_scope", "中药")) == ["utter_contents_unwritten"]


def test_a_leaking_bottle_that_she_has_bought_is_a_trouble() -> None:
    chat = Conversation({"product_id": "bottle-thermos"})
    assert "utter_product_sentences" not in told(chat.send("report_defect", "杯子漏水了", {"fault": "漏水"}))


def test_a_heated_room_is_told_that_no_winter_quilt_will_do() -> None:
    chat = Conversation({"product_id": "quilt-down"})
    said = chat.send("inform", "我家地暖 二十三四度")
    assert told(said) == ["utter_room_too_warm_instead"]
    assert said[0]["other"] == "羊羔绒休闲毯"
    assert told(chat.send("ask_recommendation", "那哪个都不合适?")) == ["utter_room_too_warm_instead"]


def test_quilts_without_a_page_are_judged_by_the_room_too() -> None:
    chat = Conversation()
    said = chat.send("ask_recommendation", "家里有暖气23度 盖什么被子", {"product": "quilt-soy"})
    assert told(said) == ["utter_room_too_warm_instead"]


def test_thirty_below_is_told_the_truth_of_the_warmest() -> None:
    chat = Conversation()
    said = chat.send("ask_recommendation", "零下三十度 有啥能穿")
    assert "utter_reaches_short" in told(said)
    assert chat.slots["product_id"] == "down-long-hood"
    assert told(chat.send("nlu_fallback", "长款那个够不够")) == ["utter_too_cold"]


def test_degrees_are_no_climate_where_days_of_delivery_are_asked() -> None:
    chat = Conversation({"product_id": "down-light-short"})
    said = told(chat.send("ask_shipping_time", "几天能到沈阳", {"region": "辽宁"}))
    assert not any("warm" in each or "cold" in each for each in said)


def test_a_mother_in_law_in_the_cold_is_served_from_the_first_word_on() -> None:
    chat = Conversation()
    said = chat.send("ask_recommendation", "在不 想给我婆婆买件过冬的")
    assert chat.slots["product_id"] == "down-light-short"
    assert told(said)[0].startswith("utter_recommend")
    sized = chat.send("ask_size", "68了 瘦小 一米五二 八十多斤", {"height_cm": 152.0, "weight_kg": 40.0})
    assert "utter_which_product" not in told(sized)
    assert chat.slots["wearer"] == "婆婆"
    cold = chat.send("inform", "她在沈阳 风大", {"region": "辽宁"})
    assert told(cold) == ["utter_too_cold_instead", "utter_honest"]
    assert "脚踝" in words_of(cold)
    assert chat.slots["product_id"] == "down-long-hood"
    chat.send("ask_stock", "有没有带帽子的")
    assert chat.slots["product_id"] == "down-long-hood"
    assert "脚踝" in words_of(chat.send("ask_size", "会不会太长"))


def test_a_body_told_before_any_goods_is_not_shown_boxes_and_chairs() -> None:
    said = Conversation().send("ask_size", "167 118斤", {"height_cm": 167.0, "weight_kg": 59.0})
    shown = str(said)
    assert "学习椅" not in shown
    assert "收纳箱" not in shown
    assert "儿童" not in shown


def test_an_outfit_for_clients_is_looked_for() -> None:
    chat = Conversation()
    said = chat.send("ask_recommendation", "我要一套见客户的 上下都要", {"quantity": 1})
    assert told(said)[0].startswith("utter_recommend")
    sized = chat.send("ask_size", "167 118斤", {"height_cm": 167.0, "weight_kg": 59.0})
    assert told(sized)[0].startswith("utter_size")


def test_postage_is_of_what_she_asked_for_and_on_its_way_to_her() -> None:
    chat = Conversation({"product_id": "lamp-night-cloud"})
    chat.slots["shown"] = ["lamp-night-cloud", "lamp-desk"]
    said = chat.send("ask_shipping_fee", "她在拉萨 邮费多少", {"region": "西藏"})
    assert said[0]["item"] == "云朵小夜灯"
    desk = Conversation({"product_id": "desk-study"})
    desk.send("ask_shipping_time", "寄到海南要几天", {"region": "海南"})
    answer = desk.send("ask_return_fee", "邮费呢")
    assert answer[0]["region"] == "海南"
    place = Conversation({"product_id": "desk-study"})
    assert place.send("nlu_fallback", "寄到海南呢", {"region": "海南"})[0]["region"] == "海南"


def test_another_carrier_costs_its_own_surcharge() -> None:
    chat = Conversation({"product_id": "down-light-short"})
    assert told(chat.send("ask_shipping_fee", "发顺丰加多少钱", {"courier": "顺丰"})) == [
        "utter_courier_dearer"
    ]


def test_postage_of_a_return_is_not_taken_for_postage_to_her() -> None:
    said = Conversation({"product_id": "desk-study"}).send("ask_return_fee", "退货运费谁出")
    assert not any(each.startswith("utter_fee") for each in told(said))


def test_days_to_a_place_are_days_and_not_postage() -> None:
    said = Conversation({"product_id": "desk-study"}).send(
        "ask_shipping_time", "寄到海南要几天", {"region": "海南"}
    )
    assert told(said)[0].startswith("utter_ships")


def test_three_pairs_are_no_goods_the_shop_does_not_have() -> None:
    said = Conversation({"product_id": "slippers-cotton"}).send("ask_price", "三双多少钱", {"quantity": 3})
    assert told(said)[0].startswith("utter_price")


def test_a_winter_coat_is_one_made_for_winter_before_one_that_is_a_good_present() -> None:
    chat = Conversation()
    said = chat.send("ask_recommendation", "想给婆婆买件冬天穿的外套")
    assert chat.slots["product_id"] in ("parka-padded", "jacket-shell-3in1")
    assert "utter_reaches_who" in told(said)


def test_no_thin_quilt_is_made_up() -> None:
    said = Conversation().send("ask_recommendation", "有没有薄一点的被子", {"product": "quilt-soy"})
    assert told(said) == ["utter_none_thinner"]


def test_what_goes_under_a_coat_that_is_not_enough_is_answered_with_goods() -> None:
    chat = Conversation({"product_id": "down-long-hood"})
    assert told(chat.send("ask_product_info", "不够的话里面加啥")) == ["utter_matching"]


def test_a_pack_told_with_its_word_is_no_contents() -> None:
    chat = Conversation({"product_id": "vacuum-bags"})
    assert told(chat.send("inform", "15个装的", {"size": "十五个装"})) == ["utter_variant_restocked"]
