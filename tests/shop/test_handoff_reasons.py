"""When a person takes over: words of safety, plain and disguised, and the other reasons."""

from decimal import Decimal

import pytest

from bot.shop.talk.handoff import PRIORITY, Circumstances, HandoffReason, reason_to_hand_over
from bot.shop.talk.handoff import safety_reason as reason_in
from bot.shop.talk.handoff import safety_topic as topic_in

GRAVE = {
    "legal": [
        "我要打12315", "我打12315 2次了", "１２３１５见", "12-315 等着", "1 2 3 1 5", "1-2-3-1-5", "①②③①⑤",
        "一二三一五", "已经找工商了", "工 商 局见", "公商局等着吧", "gongshang 见", "我要起诉你们", "起素",
        "去 法院 qisu 你们",
        "我让律师联系你", "绿师函马上到", "律.师函", "律師函", "再不退我就告你们", "我报警了 已经去派出所",
        "去消协投诉", "肖协见", "必须退一赔三", "你们这是欺诈", "黑猫上见", "市场监管局的电话我有",
    ],
    "media": [
        "信不信我曝光你们", "爆光你们", "暴 光", "找媒体来评评理", "煤体见", "meiti", "我联系了记者", "315晚会见",
        "把聊天记录发到网上让大家看看", "发抖音曝光",
    ],
    "allergy": [
        "穿了你们的衣服过敏了", "孩子穿完全身过敏", "穿了过min", "guo敏了怎么办", "過敏了", "脸上起了好多红疹",
        "身上起了一片疹子", "皮肤过敏", "用了这个毛巾皮肤红肿",
    ],
    "injury": [
        "椅子塌了孩子摔伤了", "我妈受伤了", "受shang了", "手被划破了", "割到手流血了", "已经进医院了", "孩子住院了",
        "去医院缝了三针", "台灯漏电", "插上就冒烟", "充电的时候爆炸了", "被电到了", "吃了拉肚子", "板子砸到我的脚",
    ],
    "counterfeit": [
        "收到的是假货", "你们卖假货", "卖 假 货", "买到假huo了", "jia货退钱", "贾货吧你们这卖的贾货", "假货！",
        "专柜鉴定是假的", "明明是高仿",
    ],
}  # fmt: skip
EVERYDAY = [
    "你好", "这件会过敏吗", "敏感肌能穿吗", "过敏体质可以用吗", "孩子花生过敏 有没有别的", "会不会过敏呀",
    "不会是假货吧",
    "是不是假货", "有没有假货", "假一赔十吗", "正品吗", "保证不是假货？", "书桌会不会夹手", "这个防漏电吗", "会漏电吗",
    "怕孩子受伤 有圆角吗", "用工商银行卡付款", "发票抬头写某某律师事务所", "送到人民医院门口", "医院住院部能送吗",
    "广告你们自己看", "315元能便宜点吗", "订单号20261231512", "12月31日5点能到吗", "电话13123155555",
    "新媒体专用补光灯",
    "曝光度怎么调", "桌面有划伤", "衣服起静电", "老板打骨折吧", "烟雾报警器有吗", "便宜点", "没有过敏 就是不喜欢",
    "穿了不舒服想退", "律动感很强的鞋", "告诉你一个好消息",
]  # fmt: skip


@pytest.mark.parametrize(("topic", "text"), [(topic, text) for topic, row in GRAVE.items() for text in row])
def test_grave_words_bring_a_person_also_in_disguise(topic, text):
    assert topic_in(text) is not None and topic_in(text).value == topic
    assert reason_in(text) == "safety_or_legal"


@pytest.mark.parametrize("text", EVERYDAY)
def test_everyday_words_and_questions_do_not(text):
    assert reason_in(text) is None


REASONS = [
    (Circumstances(text="我要打12315", asks_for_person=True, is_complaint=True), "safety_or_legal"),
    (Circumstances(is_complaint=True, amount=Decimal(5000)), "complaint"),
    (Circumstances(goes_on_threatening=True), "complaint"),
    (Circumstances(amount=Decimal(1000), is_beyond_authority=True), "high_value"),
    (Circumstances(amount=Decimal("999.99")), None),
    (Circumstances(quantity=10), "high_value"),
    (Circumstances(quantity=9), None),
    (Circumstances(is_bulk=True), "high_value"),
    (Circumstances(level="black"), None),
    (Circumstances(is_beyond_authority=True, asks_for_person=True), "beyond_authority"),
    (Circumstances(asks_for_person=True), "requested"),
    (Circumstances(repeats=1), None),
    (Circumstances(repeats=2), "repeated_failure"),
    (Circumstances(is_unhelpful=True), "repeated_failure"),
    (Circumstances(misses_in_row=1), None),
    (Circumstances(misses_in_row=2), "out_of_scope"),
    (Circumstances(misses_in_row=1, has_near_question=False), "out_of_scope"),
    (Circumstances(has_near_question=False), None),
    (Circumstances(), None),
]


@pytest.mark.parametrize(("found", "reason"), REASONS)
def test_the_gravest_reason_that_holds_is_given(shop, found, reason):
    answer = reason_to_hand_over(shop.policy, found)
    assert (answer.value if answer else None) == reason


def test_a_top_level_member_in_trouble_is_high_value(shop):
    assert (
        reason_to_hand_over(shop.policy, Circumstances(level="black"), after_sale=True).value == "high_value"
    )


def test_a_threshold_of_zero_is_switched_off(shop):
    nothing = {"high_value_amount": Decimal(0), "bulk_quantity": 0, "misses": 0, "repeats": 0}
    policy = shop.policy.model_copy(update={"handoff": shop.policy.handoff.model_copy(update=nothing)})
    found = Circumstances(amount=Decimal(9999), quantity=500, misses_in_row=9, repeats=9)
    assert reason_to_hand_over(policy, found) is None


def test_every_reason_has_its_own_priority_and_safety_the_highest():
    assert set(PRIORITY) == {reason.value for reason in HandoffReason}
    assert len(set(PRIORITY.values())) == len(PRIORITY)
    assert max(PRIORITY, key=PRIORITY.get) == "safety_or_legal"
