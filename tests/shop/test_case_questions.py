"""What is asked beside an after-sale case is told from answers to the bot and from faults."""

from __future__ import annotations

import pytest

from bot.shop.after_sale.case_question import CaseQuestion, asked, is_urgent
from bot.shop.after_sale.fault_words import said_issue, was_left_out
from bot.shop.records.remedy_policy import Issue

SIGNED, LATER, COVERED, WORN = (
    CaseQuestion.SIGNED,
    CaseQuestion.PHOTO_LATER,
    CaseQuestion.COVERED,
    CaseQuestion.WORN,
)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("门卫签的算我的责任吗", SIGNED),
        ("门卫代收的 我没当场验 是不是不给赔了", SIGNED),
        ("是邻居帮我签收的", SIGNED),
        ("我没当面拆", SIGNED),
        ("照片明天拍行不", LATER),
        ("晚上回家拍给你", LATER),
        ("等下班再拍可以吗", LATER),
        ("一个月了还管不管", COVERED),
        ("都买了两个月了还能退吗", COVERED),
        ("是不是过了售后期了", COVERED),
        ("还管吗", COVERED),
        ("上个月买的 还能管吗", COVERED),
        ("48天就不管了?", COVERED),
        ("我自己五金店买一包你们报销行吗", CaseQuestion.REIMBURSED),
        ("我去买一包螺丝 你们给报不", CaseQuestion.REIMBURSED),
        ("我去五金店自己买 能报吗", CaseQuestion.REIMBURSED),
        ("羽绒被跑毛正常吗", CaseQuestion.DOWN),
        ("洗过一次了", WORN),
        ("不是质量问题?那怎么磨破的", CaseQuestion.CAUSE),
        ("为啥会掉色", CaseQuestion.CAUSE),
        ("穿了两天", WORN),
        ("吊牌剪了", WORN),
    ],
)
def test_a_question_beside_the_case_is_heard(said: str, told: CaseQuestion) -> None:
    assert asked(said) is told


@pytest.mark.parametrize(
    "said",
    [
        "盘子碎了两个",
        "没法用了",
        "不能穿了",
        "洗了一次就掉色",
        "穿了两天开线了",
        "用了一个月就坏了",
        "明天能给我答复吗",
        "现在不方便拍",
        "有些影响",
        "优惠券过期了吗",
        "我是门卫室的",
        "两个都是",
        "晚上灯不亮",
        "取件码多少",
        "怎么处理",
        "自己买的",
        "包裹放在代收点",
    ],
)
def test_answers_and_faults_are_no_question(said: str) -> None:
    assert asked(said) is None


@pytest.mark.parametrize(
    ("said", "issue"),
    [
        ("内衣我要L你们发的是M吧 标签写着M", Issue.WRONG),
        ("就是码不对", Issue.WRONG),
        ("开衫袖子不一样长", Issue.DEFECT),
        ("两只一大一小", Issue.DEFECT),
        ("跟图片不一样", Issue.MISMATCH),
        ("少发了一个", Issue.MISSING),
    ],
)
def test_the_kind_of_trouble_is_in_the_words(said: str, issue: Issue) -> None:
    assert said_issue(said) is issue


def test_a_wrong_number_is_no_wrong_size() -> None:
    assert said_issue("手机号码不对") is None
    assert said_issue("取件码不对") is None


def test_what_broke_is_short_and_was_still_sent() -> None:
    assert not was_left_out("十件套少两件还咋用 给我补两个")
    assert was_left_out("不是碎了 是少发了两个")
    assert was_left_out("只收到一个")


@pytest.mark.parametrize("said", ["我就想知道是不是正常", "你告诉我怎么处理能少跑点毛", "怎么办"])
def test_what_was_told_of_down_tells_what_is_asked_about(said: str) -> None:
    assert asked(said, "羽绒被钻毛 到处都是") is CaseQuestion.DOWN
    assert asked("怎么办", "桌子少螺丝") is None


@pytest.mark.parametrize(
    ("said", "cannot_wait"),
    [("孩子明晚要用 能加急不", True), ("快点给我补", False), ("快点补发", True), ("明晚来电话", False)],
)
def test_a_case_that_cannot_wait_is_heard(said: str, cannot_wait: bool) -> None:
    assert is_urgent(said) is cannot_wait
