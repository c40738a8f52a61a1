"""What a customer wants of an order, read from the words alone: giving it up, a note, a yes that is none."""

from __future__ import annotations

import pytest

from bot.shop.orders import order_note, order_wish
from bot.shop.orders.order_note import About
from bot.shop.orders.order_wish import Wish
from bot.shop.talk import consent


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("算了不要了 退了吧", Wish.RETURN),
        ("我不想要了，给我退钱", Wish.REFUND),
        ("直接退款吧", Wish.REFUND),
        ("把钱退我", Wish.REFUND),
        ("那我退货", Wish.RETURN),
        ("帮我把订单取消", Wish.CANCEL),
        ("取消这单吧", Wish.CANCEL),
        ("给我取消算了", Wish.CANCEL),
        ("算了太折腾 这单退了", Wish.REFUND),
        ("整单退了吧", Wish.REFUND),
        ("上次那单退了 钱还没到", None),
        ("这单退了没", None),
        ("东西不要了", Wish.CANCEL),
        ("這單不要了", Wish.CANCEL),
        ("算了不要了", None),
        ("我不买了", None),
        ("不用了", None),
        ("不退了", None),
        ("先别取消", None),
        ("不是要退货", None),
        ("退货运费谁出", None),
        ("能退款吗", None),
        ("退款多久到账", None),
        ("不要放小票", None),
        ("换成灰色吧", None),
        ("退一部分钱就行", None),
    ],
)
def test_giving_an_order_up_is_heard_whatever_was_asked(text: str, wish: Wish | None) -> None:
    assert order_wish.read(text) is wish


@pytest.mark.parametrize("text", ["四件套不要了", "4件套不想要了", "围巾不需要了"])
def test_what_is_named_and_not_wanted_is_an_order_given_up(text: str) -> None:
    assert order_wish.read(text, names_goods=True) is Wish.CANCEL
    assert order_wish.read(text) is None


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("备注里加个 周末不在家", "周末不在家"),
        ("四件套备注里加个 周末不在家", "周末不在家"),
        ("备注上写一下放驿站", "放驿站"),
        ("周末不在家 备注一下", "周末不在家"),
        ("备注改成放门卫", "放门卫"),
        ("再备注一下放门口就行", "放门口就行"),
        ("可以备注一下送人的吗", "送人的"),
        ("麻烦备注：到了先打电话", "到了先打电话"),
        ("不要放价格单", "不要放价格单"),
        ("都下单半天了 我备注了发顺丰", About.SAID),
        ("我下单时备注过放门口的", About.SAID),
        ("明明备注了不要打电话", About.SAID),
        ("没看备注吗", About.ASKED),
        ("备注了吗", About.ASKED),
        ("备注能看到吗", About.ASKED),
        ("我的备注写的什么", About.ASKED),
        ("有备注没", About.ASKED),
        ("怎么还不发货", About.NOTHING),
        ("备注一下", About.NOTHING),
    ],
)
def test_only_a_wish_is_written_down_as_a_note(text: str, note: str | About) -> None:
    assert order_note.read(text) == note


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("周末不在家", "周末不在家"),
        ("轻拿轻放", "轻拿轻放"),
        ("地址是对的吗", About.NOTHING),
        ("什么时候能到啊", About.NOTHING),
        ("算了退了吧", About.NOTHING),
    ],
)
def test_a_question_or_a_complaint_is_no_answer_to_what_to_note(text: str, note: str | About) -> None:
    assert order_note.read(text, was_asked=True) == note


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("地址对的吧", True),
        ("电话没错吧", True),
        ("备注写了吧", True),
        ("好的，几天能到", True),
        ("可以吗", True),
        ("对吗？", True),
        ("是不是发顺丰", True),
        ("好的吧", False),
        ("行吧", False),
        ("对", False),
        ("对的，记上吧", False),
        ("换吧", False),
        ("好嘛", False),
        ("可以", False),
        ("确认取消", False),
    ],
)
def test_a_question_is_no_yes(text: str, asks: bool) -> None:
    assert consent.asks_back(text) is asks


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        ("周三前收不到我就拒收了哈", True),
        ("包裹再不来我拒收", True),
        ("能拒收吗", True),
        ("到了我拒签", True),
        ("拒收运费谁出", False),
        ("物流显示拒收", False),
        ("我没拒收啊", False),
        ("已经拒收了", False),
        ("拒收了多久退款", False),
        ("不要了", False),
    ],
)
def test_a_parcel_she_will_not_take_in(text, is_refused):
    assert order_wish.refuses_parcel(text) is is_refused


@pytest.mark.parametrize(
    "text",
    [
        *(
            "内衣能不能先别发 退了",
            "毛衣先别发了 不要了",
            "先别发 我不想要了",
            "先别发货",
            "先别寄",
            "先不要了",
        ),
        *("不要了 留着也没用", "还是取消吧 留着占地方", "怎么还不取消", "我还要退货"),
    ],
)
def test_holding_the_parcel_back_or_giving_it_up_keeps_no_order(text: str) -> None:
    assert not order_wish.keeps(text)


@pytest.mark.parametrize(
    "text",
    [
        *("先别取消", "等等别取消", "先不退了", "不取消了 留着", "别退了 我还要的", "先别动 我问下老公"),
        *(
            "我还要呢 怎么给我取消了",
            "刚才取消错了 还要的",
            "退来退去麻烦 还是留着吧",
            "发票不要了 衣服照常发",
        ),
        *("先不要取消", "先别", "那件内衣留着"),
    ],
)
def test_what_is_to_stay_is_heard_beside_a_word_held_off(text: str) -> None:
    assert order_wish.keeps(text)


def test_what_is_given_up_and_what_is_kept_stand_in_clauses_of_their_own() -> None:
    assert order_wish.parts("内衣不要了 羽绒服照发") == (("内衣不要了",), ("羽绒服照发",))
    assert order_wish.parts("毛衣留着，打底裤退了") == (("打底裤退了",), ("毛衣留着",))
    assert order_wish.parts("先别取消") == ((), ("先别取消",))
    assert order_wish.parts("什么时候发") == ((), ())
