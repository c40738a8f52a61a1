"""Prices over several turns and several chats: what was conceded, promised and given away."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.common import shop_floor
from actions.common.base import BotAction
from actions.deciding.clarify import Clarify
from actions.prices.bargain import AcceptPrice, Bargain
from actions.prices.price import Price
from actions.prices.price_protection import PriceProtection
from actions.prices.promotions import Promotions
from actions.talk.complaint import Complaint
from actions.talk.small_talk import Inform
from bot.desk.back_office.ledger import SqlLedger
from bot.shop.prices.bargain_state import Bargains
from bot.shop.records.model import Shop
from bot.text import measures
from tests.actions.conftest import NOW, Kept, Said, say
from tests.actions.test_price import lowest

JACKET, KIDS, TRENCH, SLIPPERS = "down-light-short", "kids-down-cloud", "trench-classic", "slippers-cotton"


CHATS = count(1)


class Chat:
    """One chat of one customer: slots live on, entities are those of the words."""

    def __init__(self, customer: str | None = None, product: str = JACKET, **metadata: Any) -> None:
        self.slots: dict[str, Any] = {}
        self.metadata = {
            "customer_id": customer,
            "product_id": product,
            "chat": f"chat-{next(CHATS)}",
            **metadata,
        }
        self.events: list[dict[str, Any]] = []

    def say(self, action: BotAction, text: str, intent: str = "bargain", **more: Any) -> Said:
        found: dict[str, Any] = {}
        for measure in measures.extract(text):
            found.setdefault(measure.kind, measure.value)
        user = {"event": "user", "text": text, "parse_data": {}}
        said = say(
            action, text, intent, found, self.slots, events=[*self.events, user], **{**self.metadata, **more}
        )
        self.events += [user, {"event": "action", "name": action.name()}]
        self.slots = said.slots
        return said

    @property
    def price(self) -> Decimal:
        return Bargains.from_slot(self.slots["bargain"]).now.price or Decimal(0)


def with_policy(monkeypatch: pytest.MonkeyPatch, shop: Shop, **bargaining: Any) -> Shop:
    rules = shop.policy.bargaining.model_copy(update=bargaining)
    changed = shop.model_copy(update={"policy": shop.policy.model_copy(update={"bargaining": rules})})
    monkeypatch.setattr(shop_floor, "shop", lambda: changed)
    return changed


# -- haggling remembered


def test_a_new_chat_is_told_the_price_of_the_last_one_before_anything_is_conceded() -> None:
    first = Chat("c-he")
    first.say(Bargain(), "便宜点")
    first.say(Bargain(), "再便宜点")
    second = Chat("c-he")
    assert second.say(Bargain(), "能便宜点吗").responses == ["utter_bargain_remembered"]
    assert second.price == first.price
    assert second.say(Bargain(), "再便宜点").responses == [
        "utter_bargain_last"
    ]  # the third step, not the first


def test_a_guest_is_remembered_in_the_own_conversation_only(bargains: Kept) -> None:
    Chat(None, chat="chat-7").say(Bargain(), "便宜点")
    assert [buyer for buyer, _ in bargains.states] == ["guest:chat-7"]
    assert Chat("c-lin").say(Bargain(), "便宜点").responses == ["utter_bargain_step"]


def test_after_the_window_haggling_begins_anew(demo_shop: Shop) -> None:
    Chat("c-he").say(Bargain(), "便宜点")
    days = demo_shop.policy.bargaining.window_days + 1
    later = Chat("c-he", now=(NOW + timedelta(days=days)).isoformat())
    assert later.say(Bargain(), "便宜点").responses == ["utter_bargain_step"]


def test_a_window_of_zero_remembers_nothing(demo_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    with_policy(monkeypatch, demo_shop, window_days=0)
    Chat("c-he").say(Bargain(), "便宜点")
    assert Chat("c-he").say(Bargain(), "便宜点").responses == ["utter_bargain_step"]


def test_two_products_in_one_chat_keep_two_states() -> None:
    chat = Chat("c-he")
    chat.say(Bargain(), "便宜点")
    chat.say(Bargain(), "再便宜点")
    jacket = chat.price
    assert chat.say(Bargain(), "那小熊羽绒服也便宜点").responses == ["utter_bargain_step"]
    back = chat.say(Bargain(), "轻暖短款羽绒服还能再便宜点吗")
    assert back.responses == ["utter_bargain_last"]
    assert chat.price < jacket


def test_the_price_question_recalls_what_was_conceded() -> None:
    chat = Chat("c-he")
    chat.say(Bargain(), "便宜点")
    said = chat.say(Price(), "这件现在多少钱", "ask_price")
    assert said.responses[-1] == "utter_price_conceded"
    assert str(chat.price.normalize()) in said.text
    assert said.slots["pending"] == "action_accept_price"


# -- counter-offers


def test_a_price_above_ours_is_taken_at_ours() -> None:
    said = Chat().say(Bargain(), "400行不行")
    assert said.responses == ["utter_bargain_already"]
    assert not said.effects  # nobody has to change a price


def test_a_price_above_what_was_conceded_is_taken_at_what_was_conceded() -> None:
    chat = Chat()
    chat.say(Bargain(), "便宜点")
    stated = chat.price
    said = chat.say(Bargain(), f"{stated + 5}行不行")
    assert said.responses == ["utter_bargain_agreed_lower"]
    assert f"{stated.normalize():f} 元" in said.effect("promise")["text"]


def test_a_fair_counter_offer_is_taken_and_an_unfair_one_gets_the_next_step() -> None:
    fair, unfair = Chat(), Chat()
    assert fair.say(Bargain(), "355行不行").responses == ["utter_bargain_agreed"]
    assert unfair.say(Bargain(), "八折").responses == ["utter_bargain_counter"]


def test_two_pieces_are_haggled_over_with_their_sum() -> None:
    chat = Chat()
    said = chat.say(Bargain(), "500两件行不")
    assert said.responses == ["utter_bargain_counter"]
    assert "2 件 726 元（每件 363 元）" in said.text
    assert lowest(said) >= 299


def test_many_pieces_are_a_persons_matter() -> None:
    for action, intent in ((Bargain(), "bargain"), (Price(), "ask_price")):
        said = Chat().say(action, "12件能便宜吗", intent)
        assert said.effect("handoff")["reason"] == "high_value"


def test_yes_with_another_price_is_a_counter_offer() -> None:
    chat = Chat()
    chat.say(Bargain(), "便宜点")
    assert chat.say(AcceptPrice(), "行 300吧", "affirm").follows == "action_bargain"


def test_what_was_agreed_is_not_haggled_over_again() -> None:
    chat = Chat()
    chat.say(Bargain(), "355行不行")
    said = chat.say(Bargain(), "再便宜点")
    assert said.responses == ["utter_bargain_settled"]
    assert chat.price == 355


def test_asking_whether_the_price_still_stands_concedes_nothing() -> None:
    chat = Chat()
    chat.say(Bargain(), "便宜点")
    stated = chat.price
    assert chat.say(Bargain(), "上次说好的价还算数吗").responses == ["utter_bargain_remembered"]
    assert chat.price == stated


def test_who_lets_it_be_after_the_last_price_is_not_handed_over() -> None:
    chat = Chat()
    for _ in range(4):
        chat.say(Bargain(), "再便宜点")
    said = chat.say(Bargain(), "那就算了", "deny")
    assert said.responses == ["utter_bargain_leave"]
    assert not said.effects


def test_after_a_gift_was_agreed_nothing_more_is_added() -> None:
    chat = Chat("c-he")
    chat.say(Bargain(), "送个小礼物呗")
    chat.say(AcceptPrice(), "好的", "affirm")
    assert chat.say(Bargain(), "再送张券").responses[-1] == "utter_bargain_settled"


def test_letting_it_be_is_no_yes_however_it_was_read() -> None:
    chat = Chat()
    chat.say(Bargain(), "便宜点")
    assert chat.say(AcceptPrice(), "那就算了", "affirm").follows == "action_bargain"


# -- threats


def test_going_elsewhere_is_met_calmly_once_and_then_by_a_person() -> None:
    chat = Chat()
    chat.say(Bargain(), "便宜点")
    assert chat.say(Bargain(), "不便宜我去别家了").responses == ["utter_bargain_principle"]
    assert chat.say(Bargain(), "真去别家买了啊").effect("handoff")["reason"] == "complaint"


def test_a_bad_review_threatened_over_a_price_stays_with_the_price_once() -> None:
    chat = Chat()
    chat.say(Bargain(), "便宜点")
    assert chat.say(Complaint(), "不便宜就给差评", "complain").follows == "action_bargain"
    assert say(Complaint(), "不便宜就给差评", "complain").effect("handoff")  # not over a price: a person


def test_a_complaint_announced_goes_to_a_person_at_once() -> None:
    assert Chat().say(Bargain(), "不便宜我就投诉").effect("handoff")["reason"] == "complaint"


# -- what comes on top


def take_gift(customer: str, product: str = JACKET) -> Said:
    chat = Chat(customer, product)
    offered = chat.say(Bargain(), "送个小礼物呗")
    assert offered.responses == ["utter_bargain_extra_gift"]
    return chat.say(AcceptPrice(), "好的", "affirm")


def test_a_gift_that_was_promised_is_taken_from_the_shelf(ledger: SqlLedger) -> None:
    said = take_gift("c-he")
    assert "送您云朵中筒棉袜" in said.effect("promise")["text"]
    assert ledger.reserved(NOW - timedelta(days=1)) == {"socks-cloud-white": 1}


def test_the_last_gift_taken_by_somebody_else_is_owned_up_to(
    demo_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    socks = demo_shop.products["socks-cloud"]
    white = next(v for v in socks.variants if v.sku == "socks-cloud-white").model_copy(update={"stock": 1})
    one = demo_shop.model_copy(
        update={
            "products": {**demo_shop.products, "socks-cloud": socks.model_copy(update={"variants": (white,)})}
        }
    )
    monkeypatch.setattr(shop_floor, "shop", lambda: one)
    slow = Chat("c-lin")
    slow.say(Bargain(), "送个小礼物呗")
    take_gift("c-he")
    said = slow.say(AcceptPrice(), "好的", "affirm")
    assert said.responses == ["utter_bargain_agreed_instead"]  # a coupon in its place
    assert "棉袜" not in said.effect("promise")["text"]
    assert Chat("c-deng").say(Bargain(), "送个小礼物呗").responses[0] == "utter_bargain_no_gift"


def test_a_coupon_given_in_place_of_a_reduction_is_in_the_pocket(ledger: SqlLedger) -> None:
    chat = Chat("c-he")
    chat.say(Bargain(), "给张券也行")
    said = chat.say(AcceptPrice(), "好的", "affirm")
    assert [coupon.id for coupon in ledger.pocket("c-he")] == ["next-10"]
    assert said.effect("tag")["text"] == "已发 10 元券"
    assert Chat("c-he").say(Bargain(), "再给张券").responses[0] == "utter_bargain_no_coupon"  # once a product


def test_an_empty_pool_promises_nothing(demo_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tuple(offer.model_copy(update={"pool": 0}) for offer in demo_shop.policy.coupons)
    policy = demo_shop.policy.model_copy(update={"coupons": empty})
    monkeypatch.setattr(shop_floor, "shop", lambda: demo_shop.model_copy(update={"policy": policy}))
    assert Chat("c-he").say(Bargain(), "给张券").responses[0] == "utter_bargain_no_coupon"
    assert "utter_welcome_coupon" not in Chat("c-tang").say(Price(), "多少钱", "ask_price").responses
    stranger = Chat().say(Promotions(), "新人有券吗", "ask_promotion")
    assert stranger.responses == ["utter_coupon_none_left"]


# -- coupons of the first question


def test_a_new_customers_first_question_brings_a_coupon_that_the_price_uses(ledger: SqlLedger) -> None:
    said = Chat("c-tang").say(Price(), "多少钱", "ask_price")
    assert said.responses[-1] == "utter_welcome_coupon"
    assert "您的优惠券抵 15 元" in said.text
    assert ledger.given() == {"welcome-15": 1}
    again = Chat("c-tang").say(Price(), "多少钱", "ask_price")
    assert "utter_welcome_coupon" not in again.responses
    assert "您的优惠券抵 15 元" in again.text


def test_neither_old_customers_nor_guests_get_the_welcome_coupon(ledger: SqlLedger) -> None:
    for customer in (None, "c-he", "c-ma"):  # c-ma is new and holds it already
        Chat(customer).say(Price(), "多少钱", "ask_price")
    assert ledger.given() == {}


def test_coupons_in_the_pocket_are_told_with_their_last_day() -> None:
    said = Chat("c-zhou").say(Promotions(), "我有优惠券吗", "ask_promotion")
    assert said.responses == ["utter_coupons_held"]
    assert "10 元券（满 59 元可用，12月2日前有效）" in said.text


# -- how it adds up


def test_every_line_of_a_price_is_explained_when_she_asks() -> None:
    chat = Chat("c-zhou")
    quoted = chat.say(Price(), "多少钱", "ask_price")
    said = chat.say(Price(), "怎么算的", "ask_price")
    assert said.responses == ["utter_price_explained"]
    assert "金卡会员价：减" in said.text and "暖冬满300减30：减 30 元" in said.text
    final = quoted.messages[0]["final_price"]
    assert said.messages[0]["final_price"] == final


def test_how_much_more_brings_the_next_offer() -> None:
    said = Chat(None, "dress-knit-long").say(Price(), "再买多少能满减", "ask_promotion")
    assert said.responses[0].startswith("utter_price_short")
    assert "61 元" in said.text


def test_a_deposit_is_told_with_its_balance_and_dates() -> None:
    said = Chat(None, TRENCH).say(Price(), "定金多少 尾款多少", "ask_price")
    assert "定金 50 元" in said.text and "11月27日到11月29日再付尾款 349 元" in said.text
    assert Chat().say(Price(), "要付定金吗", "ask_price").responses[0] == "utter_price_no_deposit"


def test_the_second_pair_at_seventy_percent_is_told_to_who_asks_for_one() -> None:
    said = Chat(None, SLIPPERS).say(Price(), "多少钱", "ask_price")
    assert "2 双一共 83.3 元" in said.text


def test_several_products_are_added_up() -> None:
    said = Chat().say(Price(), "这件和羊毛流苏围巾一起买多少钱", "ask_price")
    assert "轻暖短款羽绒服、羊毛流苏围巾标价 518 元" in said.text


# -- going on about a price

GOING_ON = [
    # before, words, ranking → who takes it
    (Price(), "怎么算的", [("ask_account", 0.12)], "action_price"),
    (Price(), "两件呢", [("track_order", 0.05)], "action_price"),
    (Price(), "太贵了", [("hesitate", 0.2), ("bargain", 0.2)], "action_bargain"),
    (Bargain(), "两件呢", [("track_order", 0.05)], "action_bargain"),
    (Bargain(), "一百二行不行", [("bargain", 0.6)], "action_bargain"),
    (Bargain(), "成交", [("affirm", 0.13)], "action_accept_price"),
    (Bargain(), "就300 不行算了", [("deny", 0.02)], "action_bargain"),
    (None, "八折", [("bargain", 0.28)], "action_bargain"),
    (None, "200件能便宜多少", [("bargain", 0.43), ("ask_bulk_order", 0.35)], "action_bulk_order"),
]


@pytest.mark.parametrize(("before", "words", "ranking", "taker"), GOING_ON)
def test_a_short_reply_goes_on_about_the_price(before, words, ranking, taker) -> None:
    chat = Chat("c-he")
    if before:
        chat.say(before, "便宜点")
    found = {measure.kind: measure.value for measure in measures.extract(words)}
    user = {"event": "user", "text": words, "parse_data": {}}
    said = say(
        Clarify(), words, "nlu_fallback", found, chat.slots, ranking, [*chat.events, user], **chat.metadata
    )
    assert said.follows == taker


def test_measures_told_while_a_price_stands_are_no_counter_offer() -> None:
    chat = Chat("c-he")
    chat.say(Bargain(), "便宜点")
    assert chat.say(Inform(), "165 110斤", "inform").follows == "action_size"


# -- 价保


def test_a_lower_price_after_buying_is_given_back_from_the_order(ledger: SqlLedger) -> None:
    chat = Chat("c-deng", TRENCH)
    said = chat.say(
        PriceProtection(), "买完就降价了 退差价", "ask_price_protection", order_id="88261100010240"
    )
    assert said.responses == ["utter_protection_given"]
    assert "差价 30 元" in said.text
    assert "退差价 30 元" in said.effect("promise")["text"]
    again = chat.say(PriceProtection(), "差价呢", "ask_price_protection", order_id="88261100010240")
    assert again.responses == ["utter_protection_settled"]
    assert list(ledger.differences("c-deng", "88261100010240").values()) == [Decimal(30)]


@pytest.mark.parametrize(
    ("days", "response"), [(15, "utter_protection_days"), (0, "utter_protection_no_days")]
)
def test_the_days_of_protection_are_the_policys(
    days: int, response: str, demo_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    returns = demo_shop.policy.returns.model_copy(update={"price_protection_days": days})
    policy = demo_shop.policy.model_copy(update={"returns": returns})
    monkeypatch.setattr(shop_floor, "shop", lambda: demo_shop.model_copy(update={"policy": policy}))
    said = say(PriceProtection(), "价保几天", "ask_price_protection")
    assert said.responses == [response]


def test_of_several_orders_the_customer_chooses() -> None:
    said = Chat("c-song", "").say(PriceProtection(), "买完就降价了", "ask_price_protection")
    assert said.responses == ["utter_which_order"]


# -- whatever is said

WORDS = st.sampled_from(
    [
        *(
            "便宜点",
            "再便宜点",
            "八折",
            "抹个零",
            "再少10块",
            "一百二行不行",
            "500两件行不",
            "送个小礼物呗",
            "给张券",
        ),
        *(
            "350包邮",
            "不便宜我去别家",
            "不便宜就给差评",
            "那小熊羽绒服也便宜点",
            "三件多少钱",
            "1块钱卖吗",
            "打骨折",
        ),
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), said=st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=10))
def test_no_haggling_brings_a_price_below_the_floor_or_a_gift_outside_its_pool(
    data, said, demo_shop: Shop, ledger: SqlLedger
) -> None:
    product = data.draw(st.sampled_from(sorted(demo_shop.products)))
    chat, floor = Chat("c-zhou", product), min(p.floor_price for p in demo_shop.products.values())
    seen: dict[tuple[str, int], Decimal] = {}
    for words, accepts in said:
        answer = chat.say(AcceptPrice(), "好", "affirm") if accepts and seen else chat.say(Bargain(), words)
        state = Bargains.from_slot(chat.slots["bargain"]).now if chat.slots["bargain"] else None
        if state and state.price:
            here = demo_shop.products[state.product_id]
            assert state.price >= here.floor_price
            key = (state.product_id, state.pieces)
            seen[key] = state.price
        assert lowest(answer) >= floor
    pools = {offer.id: offer.pool for offer in demo_shop.policy.coupons}
    assert all(count <= pools[name] for name, count in ledger.given().items())
