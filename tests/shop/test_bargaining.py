"""Haggling: steps that shrink, a last price, and never a word below the floor."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.bargaining import (
    Alternative,
    BargainState,
    Concession,
    Final,
    Refusal,
    Situation,
    prices,
    respond,
    situation,
)
from bot.shop.policy import BargainingPolicy

TODAY = date(2026, 11, 20)


def haggle(shop, product, asks, policy=None, here=None):
    """The answers to a row of asks: a price named, None for "cheaper please", "!" for a threat."""
    state, answers = BargainState(), []
    for ask in asks:
        wanted = None if ask in (None, "!") else Decimal(ask)
        answer, state = respond(policy or shop.policy, product, state, wanted, ask == "!", here)
        answers.append(answer)
    return answers


def test_the_price_falls_in_shrinking_steps_to_a_last_one(shop):
    coat = shop.products["coat-cloud"]
    assert haggle(shop, coat, [None, None, None]) == [
        Concession(Decimal(582), last=False),
        Concession(Decimal(570), last=False),
        Concession(Decimal(564), last=True),
    ]


def test_after_the_last_step_comes_something_else_then_cheaper_things_then_a_person(shop):
    coat = shop.products["coat-cloud"]
    here = situation(shop, coat, None, TODAY)
    answers = haggle(shop, coat, [None] * 8, here=here)[3:]
    assert [type(answer) for answer in answers] == [Final, Alternative, Alternative, Refusal, Refusal]
    assert answers[0].compensation.kind.value == "free_shipping"  # the cheapest that is true
    assert [p.id for p in answers[1].products] == ["coat-short"]
    assert [answer.hand_over for answer in answers[3:]] == [False, True]
    assert {answer.price for answer in answers} == {Decimal(564)}


NAMED = [
    # asks → last answer to a coat of 600, steps 582, 570, 564, floor 540
    (["590"], Concession(Decimal(590), last=True, agreed=True)),  # more than we would ask: agreed
    (["582"], Concession(Decimal(582), last=True, agreed=True)),
    (["500"], Concession(Decimal(582), last=False)),
    ([None, "575.5"], Concession(Decimal(576), last=True, agreed=True)),  # rounded up
    ([None, "582"], Concession(Decimal(582), last=False, agreed=True)),  # takes the price stated
    (["590", None], Final(Decimal(590))),  # what was agreed is not bargained again
    (["700"], Concession(Decimal(600), last=False, agreed=True)),
    (["0"], Concession(Decimal(582), last=False)),
]


@pytest.mark.parametrize(("asks", "answer"), NAMED)
def test_a_price_the_customer_names_is_taken_when_it_is_fair(shop, asks, answer):
    assert haggle(shop, shop.products["coat-cloud"], asks)[-1] == answer


def test_a_threat_is_met_calmly_once_and_then_by_a_person(shop):
    coat = shop.products["coat-cloud"]
    assert haggle(shop, coat, [None, "!", "!"])[1:] == [
        Refusal(Decimal(582), hand_over=False),
        Refusal(Decimal(582), hand_over=True),
    ]


def test_another_product_is_bargained_anew_but_threats_are_remembered(shop):
    coat, shoes = shop.products["coat-cloud"], shop.products["shoes-canvas"]
    _, state = respond(shop.policy, coat, BargainState(), threat=True)
    answer, state = respond(shop.policy, shoes, state)
    assert answer == Concession(Decimal(155), last=False)
    answer, _ = respond(shop.policy, shoes, state, threat=True)
    assert answer.hand_over


def test_no_steps_in_the_policy_means_no_concession(shop):
    none = shop.policy.bargaining.model_copy(update={"steps": (), "patience": 0, "threat_patience": 0})
    policy = shop.policy.model_copy(update={"bargaining": none})
    coat = shop.products["coat-cloud"]
    assert haggle(shop, coat, [None, None, None], policy) == [
        Final(Decimal(600)),
        Refusal(Decimal(600), hand_over=False),
        Refusal(Decimal(600), hand_over=True),
    ]
    assert haggle(shop, coat, ["!"], policy) == [Refusal(Decimal(600), hand_over=True)]


def test_a_product_at_its_floor_does_not_move(shop):
    assert haggle(shop, shop.products["socks-gift"], [None, "5"]) == [Final(Decimal("9.9"))] * 2


def test_bargaining_starts_from_what_the_customer_would_pay_today(shop):
    short = shop.products["coat-short"]
    here = situation(shop, short, shop.customers["c-lin"], TODAY)
    assert here.price == Decimal("379.05")
    assert haggle(shop, short, [None, None, None, None], here=here)[:3] == [
        Concession(Decimal(368), last=False),
        Concession(Decimal(361), last=False),
        Concession(Decimal(359), last=True),  # the floor
    ]


COMPENSATIONS = [
    # coupons given, postage free → kinds offered
    ({}, False, ["free_shipping", "coupon"]),
    ({}, True, ["coupon"]),
    ({"next-10": 5}, False, ["free_shipping"]),
    ({"next-10": 5}, True, []),
]


@pytest.mark.parametrize(("given_so_far", "postage_free", "kinds"), COMPENSATIONS)
def test_only_what_is_true_is_offered_in_place_of_a_lower_price(shop, given_so_far, postage_free, kinds):
    here = situation(shop, shop.products["coat-cloud"], None, TODAY, given_so_far, postage_free)
    assert [each.kind.value for each in here.compensations] == kinds  # never the socks: they are sold out


def test_the_state_survives_a_tracker_slot(shop):
    _, state = respond(shop.policy, shop.products["coat-cloud"], BargainState())
    assert BargainState.from_slot(state.as_slot()) == state
    assert BargainState.from_slot(None) == BargainState()


money = st.decimals(min_value=1, max_value=5000, places=2)
asks = st.lists(st.one_of(st.none(), st.just("!"), st.decimals(0, 6000, places=2)), max_size=12)
steps = st.lists(st.decimals(0, "0.3", places=3), max_size=3, unique=True).map(
    lambda found: tuple(sorted(found, reverse=True))
)


@given(price=money, share=st.decimals(0, 1, places=3), steps=steps, unit=st.sampled_from(["0.1", "1", "5", "10"]),
       asks=asks, today=st.decimals(0, 1, places=3))  # fmt: skip
def test_no_row_of_asks_ever_brings_a_price_below_the_floor(shop, price, share, steps, unit, asks, today):
    floor = max((price * share).quantize(Decimal("0.01")), Decimal("0.01"))
    product = shop.products["coat-cloud"].model_copy(
        update={"price": price, "floor_price": min(floor, price)}
    )
    bargaining = BargainingPolicy(steps=steps, round_to=Decimal(unit))
    policy = shop.policy.model_copy(update={"bargaining": bargaining})
    here = Situation(price=(price * today).quantize(Decimal("0.01")))
    stated = [answer.price for answer in haggle(shop, product, asks, policy, here)]
    assert all(product.floor_price <= each <= price for each in stated)
    assert all(later <= earlier for earlier, later in zip(stated, stated[1:], strict=False))


@given(price=money, steps=steps, unit=st.sampled_from(["0.1", "1", "5"]))
def test_no_step_is_larger_than_the_one_before(shop, price, steps, unit):
    product = shop.products["coat-cloud"].model_copy(update={"price": price, "floor_price": price / 2})
    found = [price, *prices(BargainingPolicy(steps=steps, round_to=Decimal(unit)), product, price)]
    falls = [earlier - later for earlier, later in zip(found, found[1:], strict=False)]
    assert all(later <= earlier for earlier, later in zip(falls, falls[1:], strict=False))


@given(asks=asks)
def test_at_most_as_many_concessions_as_the_policy_has_steps(shop, asks):
    answers = haggle(shop, shop.products["coat-cloud"], asks)
    lowered = {a.price for a in answers if isinstance(a, Concession)} - {Decimal(600)}
    assert len(lowered) <= len(shop.policy.bargaining.steps)
