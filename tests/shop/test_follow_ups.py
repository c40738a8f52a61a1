"""What is said after the chat, and when: shop-rules.md, "Unread or dropped conversations", "Unpaid order", coupons."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.shop.prices.reasons_now import FewLeft, OfferEnds, ShipsToday, can_be_had, reason_now, reason_to_pay
from bot.shop.records.model import HeldCoupon, Shop
from bot.shop.records.orders import Order, OrderState
from bot.shop.records.policy import FollowUpPolicy
from bot.shop.talk import follow_ups as rules
from bot.shop.talk.follow_ups import Act, Asked, History, Occasion, Plan

POLICY = FollowUpPolicy()
DAY = date(2026, 11, 20)


def at(clock: str, days: int = 0) -> datetime:
    return datetime.combine(DAY + timedelta(days=days), time.fromisoformat(clock))


def asked(when: datetime, **more: object) -> Asked:
    values = {"intent": "ask_size", "product_id": "coat-cloud", "order_id": None, "is_answered": True}
    return Asked(at=when, **{**values, **more})


@pytest.mark.parametrize(
    ("went_silent", "due"),
    [
        (at("07:30"), at("10:00")),  # never at breakfast time
        (at("09:40"), at("10:10")),  # silent for half an hour first
        (at("11:00"), at("16:00")),
        (at("14:20"), at("16:00")),
        (at("16:10"), at("20:00")),
        (at("19:45"), at("20:15")),
        (at("20:10"), at("10:00", 1)),
        (at("23:59"), at("10:00", 1)),  # never at night
    ],
)
def test_a_dropped_chat_is_taken_up_at_ten_at_four_or_at_eight(went_silent: datetime, due: datetime):
    plan = rules.after_chat(POLICY, asked(went_silent))
    assert plan and plan.due == due and plan.occasion is Occasion.ASKED


@pytest.mark.parametrize(
    "chat",
    [
        asked(at("14:00"), intent=None),  # she said goodbye, or wanted nothing before buying
        asked(at("14:00"), is_answered=False),  # the bot still owes an answer
        asked(at("14:00"), order_id="1"),  # it was about an order
    ],
)
def test_a_chat_that_left_nothing_open_is_not_taken_up(chat: Asked):
    assert rules.after_chat(POLICY, chat) is None


def test_a_shop_without_hours_takes_up_no_chat():
    assert rules.after_chat(FollowUpPolicy(at=()), asked(at("14:00"))) is None


def order(placed: datetime, state: OrderState = OrderState.UNPAID) -> Order:
    line = {"product_id": "coat-cloud", "sku": "coat-cloud-black-m", "quantity": 1, "price": 600}
    return Order(
        id="1",
        customer_id="c",
        state=state,
        lines=(line,),
        amount=600,
        region="浙江",
        address="某路",
        placed_at=placed,
    )


@pytest.mark.parametrize(
    ("placed", "due"),
    [
        (at("14:00"), at("14:30")),  # the delay, at any waking hour
        (at("08:00"), at("10:00")),
        (at("20:40"), at("10:00", 1)),
        (at("23:30"), at("10:00", 1)),
    ],
)
def test_an_unpaid_order_is_reminded_of_after_the_delay_but_not_at_night(placed: datetime, due: datetime):
    plan = rules.unpaid(POLICY, order(placed), 24)
    assert plan and plan.due == due and plan.matter == "unpaid:1"


def test_a_paid_order_is_not_reminded_of():
    assert rules.unpaid(POLICY, order(at("14:00"), OrderState.PAID), 24) is None


def test_a_delay_of_zero_switches_the_reminder_off():
    assert rules.unpaid(FollowUpPolicy(unpaid_after_minutes=0), order(at("14:00")), 24) is None


def test_no_reminder_of_an_order_that_is_closed_before_anybody_is_awake():
    assert rules.unpaid(POLICY, order(at("22:00")), keep_hours=2) is None


def coupon(expires: date) -> HeldCoupon:
    return HeldCoupon(id="welcome", amount=Decimal(10), min_spend=Decimal(99), expires=expires)


def test_a_coupon_is_reminded_of_so_many_days_before_its_last():
    plan = rules.coupon_expiry(POLICY, coupon(date(2026, 11, 23)), remind_days=2, today=DAY)
    assert plan and plan.due == at("10:00", 1) and plan.until.date() == date(2026, 11, 23)


def test_a_coupon_that_is_over_or_needs_no_reminder_is_not_mentioned():
    assert rules.coupon_expiry(POLICY, coupon(date(2026, 11, 19)), 2, DAY) is None
    assert rules.coupon_expiry(POLICY, coupon(date(2026, 11, 23)), 0, DAY) is None


PLAN = Plan(Occasion.ASKED, "asked:ask_size:coat", at("16:00"), at("16:00", 1))
BEFORE = at("13:00")


@pytest.mark.parametrize(
    ("now", "history", "act", "why"),
    [
        (at("16:00"), History(BEFORE), Act.SEND, ""),
        (at("16:29"), History(BEFORE), Act.SEND, ""),
        (at("15:59"), History(BEFORE), Act.WAIT, "not_yet"),
        (at("16:30"), History(BEFORE), Act.WAIT, "not_yet"),  # missed: it waits for eight o'clock
        (at("20:05"), History(BEFORE), Act.SEND, ""),
        (at("03:00", 1), History(BEFORE), Act.WAIT, "not_yet"),
        (at("10:00", 2), History(BEFORE), Act.DROP, "too_late"),
        (at("16:00"), History(at("15:50")), Act.WAIT, "in_chat"),
        (at("16:00"), History(BEFORE, has_refused=True), Act.DROP, "refused"),
        (at("16:00"), History(BEFORE, is_troubled=True), Act.DROP, "troubled"),
        (at("16:00"), History(BEFORE, (at("14:30"),)), Act.WAIT, "just_sent"),
        (at("20:00"), History(at("09:00"), (at("10:00"), at("16:00"))), Act.SEND, ""),
        (
            at("20:00"),
            History(at("19:00"), (at("10:00"), at("12:00"), at("16:00"))),
            Act.WAIT,
            "enough_today",
        ),
        (at("20:00"), History(at("09:00"), (at("10:00"), at("12:00"), at("16:00"))), Act.DROP, "no_reply"),
        (at("16:00"), History(BEFORE, (at("18:00", 3),)), Act.WAIT, "just_sent"),  # the clock was put back
    ],
)
def test_now_is_the_moment_or_not(now: datetime, history: History, act: Act, why: str):
    verdict = rules.judge(POLICY, PLAN, history, now)
    assert (verdict.act, verdict.why) == (act, why)


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"at": ["08:00"]}, "awake"),
        ({"at": ["16:00", "10:00"]}, "rise"),
        ({"at": ["20:45"]}, "awake"),
        ({"awake": {"opens": "07:00", "closes": "21:00"}}, "breakfast"),
        ({"awake": {"opens": "10:00", "closes": "23:30"}}, "night"),
        ({"per_day": 4}, "3"),
        ({"at": ["10:00", "12:00", "16:00", "20:00"]}, "3"),
    ],
)
def test_a_shop_cannot_choose_hours_or_numbers_that_annoy(values: dict, names: str):
    with pytest.raises(ValidationError, match=names):
        FollowUpPolicy(**values)


# --- reasons to decide now


def test_few_pieces_are_said_only_of_what_is_really_short(shop: Shop, now: datetime):
    for product in shop.products.values():
        for variant in product.variants:
            reason = reason_now(shop, product, now, variant.color or None, variant.size or None)
            if isinstance(reason, FewLeft):
                fitting = [v for v in product.variants if (v.color, v.size) == (variant.color, variant.size)]
                assert 0 < reason.left <= shop.policy.low_stock
                assert reason.left == sum(v.stock for v in fitting)


def test_what_is_sold_out_is_not_offered_again(shop: Shop):
    sold_out = [(p, v) for p in shop.products.values() for v in p.variants if not v.stock and v.size]
    assert sold_out
    for product, variant in sold_out:
        assert not can_be_had(product, variant.color, variant.size)


def test_ships_today_is_said_only_before_the_cut_off(shop: Shop, now: datetime):
    product = next(p for p in shop.products.values() if not p.presale_ships_on and not p.handling_days)
    plenty = product.model_copy(
        update={"variants": tuple(v.model_copy(update={"stock": 50}) for v in product.variants)}
    )
    no_offers = shop.model_copy(update={"promotions": ()})
    assert reason_now(no_offers, plenty, now) == ShipsToday(shop.shipping.cutoff)
    assert reason_now(no_offers, plenty, now.replace(hour=20)) is None


def test_an_offer_is_said_to_end_only_on_its_last_two_days(shop: Shop, now: datetime):
    from bot.shop.records.offers import Promotion

    product = shop.products["coat-cloud"]
    plenty = product.model_copy(
        update={"variants": tuple(v.model_copy(update={"stock": 50}) for v in product.variants)}
    )

    def offer(ends: int, **more: object) -> Shop:
        day = now.date() + timedelta(days=ends)
        values = {"id": "o", "title": "满减", "kind": "reduction", "amount": 30, "threshold": 300}
        found = Promotion(**{**values, **more}, starts=now.date() - timedelta(days=3), ends=day)
        return shop.model_copy(update={"promotions": (found,)})

    assert reason_now(offer(1), plenty, now) == OfferEnds("满减", now.date() + timedelta(days=1))
    assert not isinstance(reason_now(offer(5), plenty, now), OfferEnds)
    assert not isinstance(reason_now(offer(-1), plenty, now), OfferEnds)
    assert not isinstance(reason_now(offer(1, threshold=9999), plenty, now), OfferEnds)
    assert not isinstance(reason_now(offer(1, new_customers=True), plenty, now), OfferEnds)


def test_who_has_not_paid_hears_of_few_pieces_only_when_it_is_so(shop: Shop, now: datetime):
    unpaid = order(now - timedelta(hours=1))
    product = shop.products["coat-cloud"]
    for stock, expected in ((2, FewLeft), (50, ShipsToday)):
        variants = tuple(v.model_copy(update={"stock": stock}) for v in product.variants)
        stocked = shop.model_copy(
            update={
                "products": {**shop.products, product.id: product.model_copy(update={"variants": variants})}
            }
        )
        assert isinstance(reason_to_pay(stocked, unpaid, now), expected)


# --- any sequence of events


class Customer:
    """A customer as the store keeps her, in memory: plans by matter, what was sent, what she did."""

    def __init__(self) -> None:
        self.now = at("09:00")
        self.planned: dict[str, Plan] = {}
        self.sent: list[tuple[datetime, Plan]] = []
        self.last_word: datetime | None = None
        self.asked: Asked | None = None
        self.has_refused = self.is_troubled = False
        self.orders: list[Order] = []

    def history(self) -> History:
        return History(self.last_word, tuple(t for t, _ in self.sent), self.has_refused, self.is_troubled)

    def do(self, event: tuple) -> None:
        kind, value = event
        match kind:
            case "pass":
                self.now += timedelta(minutes=value)
            case "jump":
                self.now += timedelta(hours=value)
            case "ask":
                self.says()
                self.asked = asked(self.now, product_id=f"p{value}")
            case "say":
                self.says()
                self.asked = None
            case "order":
                self.orders.append(order(self.now).model_copy(update={"id": str(len(self.orders))}))
            case "refuse":
                self.says()
                self.has_refused = True
            case "complain":
                self.says()
                self.is_troubled = True
        self.tick()

    def says(self) -> None:
        self.last_word = self.now
        self.planned.clear()

    def tick(self) -> None:
        plans = [rules.unpaid(POLICY, each, 24) for each in self.orders]
        plans += [rules.after_chat(POLICY, self.asked)] if self.asked else []
        plans += [
            rules.coupon_expiry(POLICY, coupon(DAY + timedelta(days=n)), 2, self.now.date()) for n in (1, 4)
        ]
        done = {plan.matter for _, plan in self.sent}
        self.planned |= {plan.matter: plan for plan in plans if plan and plan.matter not in done}
        for matter, plan in list(self.planned.items()):
            verdict = rules.judge(POLICY, plan, self.history(), self.now)
            if verdict.act is Act.SEND:
                self.sent.append((self.now, plan))
            if verdict.act is not Act.WAIT:
                del self.planned[matter]


EVENTS = st.one_of(
    st.tuples(st.just("pass"), st.integers(1, 240)),
    st.tuples(st.just("jump"), st.sampled_from([-50, -24, -5, 12, 24, 72])),
    st.tuples(st.just("ask"), st.integers(0, 5)),
    st.tuples(st.sampled_from(["say", "order", "refuse", "complain"]), st.just(0)),
)
MOSTLY_QUIET = st.one_of(
    EVENTS, st.tuples(st.just("pass"), st.integers(5, 60)), EVENTS.filter(lambda e: e[0] != "refuse")
)


@settings(max_examples=300, deadline=None)
@given(st.lists(MOSTLY_QUIET, min_size=10, max_size=80))
def test_whatever_happens_she_is_never_flooded_never_woken_and_never_followed_up_after_a_no(events: list):
    her = Customer()
    silenced_at: int | None = None
    for event in events:
        before = len(her.sent)
        her.do(event)
        fresh = her.sent[before:]
        if silenced_at is not None:
            assert fresh == []
        for moment, plan in fresh:
            assert her.last_word is None or not timedelta(0) <= moment - her.last_word < timedelta(minutes=30)
            if plan.occasion is Occasion.UNPAID:
                assert time(10) <= moment.time() < time(21)
            else:
                assert any(0 <= moment.hour * 60 + moment.minute - h * 60 < 30 for h in (10, 16, 20))
        if her.has_refused or her.is_troubled:
            silenced_at = len(her.sent)
    by_day: dict[date, int] = {}
    for moment, _ in her.sent:
        by_day[moment.date()] = by_day.get(moment.date(), 0) + 1
    assert max(by_day.values(), default=0) <= 3
    matters = [plan.matter for _, plan in her.sent]
    assert len(matters) == len(set(matters))


def test_a_quiet_day_brings_one_at_each_of_the_three_hours_and_then_silence():
    her = Customer()
    her.do(("ask", 1))
    for _ in range(5 * 24 * 6):
        her.do(("pass", 10))
    told = [(plan.occasion, f"{moment:%d %H:%M}") for moment, plan in her.sent]
    assert told == [
        (Occasion.ASKED, "20 10:00"),
        (Occasion.COUPON, "20 16:00"),
        (Occasion.COUPON, "22 10:00"),
    ]
