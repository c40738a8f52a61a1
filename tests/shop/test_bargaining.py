"""Haggling: steps that shrink, a last price, and never a word below the floor."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.prices.bargain_state import Bargains, BargainState, Kept
from bot.shop.prices.bargaining import (
    Alternative,
    Concession,
    Extra,
    Final,
    Priced,
    Refusal,
    Situation,
    prices,
    respond,
    situation,
)
from bot.shop.prices.counter_offers import Ask, for_one, rounded_down
from bot.shop.records.policy import BargainingPolicy, Compensation, CompensationKind

TODAY = date(2026, 11, 20)


def haggle(shop, product, asks, policy=None, here=None):
    """The answers to a row of asks: a price named, None for "cheaper please", "!" for a threat."""
    state, answers = BargainState(), []
    for ask in asks:
        said = ask if isinstance(ask, Ask) else Ask() if ask in (None, "!") else Ask(price=Decimal(ask))
        answer, state = respond(policy or shop.policy, product, state, said, ask == "!", here)
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
    answers = haggle(shop, coat, [None] * 9, here=here)[3:]
    assert [type(answer) for answer in answers] == [Final, Final, Alternative, Alternative, Refusal, Refusal]
    # the cheapest that is true goes first, another one in its place
    assert [answer.compensation.kind.value for answer in answers[:2]] == ["free_shipping", "coupon"]
    assert [each.product.id for each in answers[2].products] == ["coat-short"]
    assert [answer.hand_over for answer in answers[4:]] == [False, True]
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
    chat = Bargains()
    _, state = respond(shop.policy, coat, chat.of(coat.id), threat=True)
    chat = chat.with_state(state)
    answer, state = respond(shop.policy, shoes, chat.of(shoes.id))
    chat = chat.with_state(state)
    assert answer == Concession(Decimal(155), last=False)
    answer, _ = respond(shop.policy, shoes, chat.of(shoes.id), threat=True)
    assert answer.hand_over
    answer, _ = respond(shop.policy, coat, chat.of(coat.id))
    assert answer == Concession(Decimal(582), last=False)  # its own steps


def test_no_steps_in_the_policy_means_no_concession(shop):
    nothing = {"steps": (), "patience": 0, "threat_patience": 0}
    none = shop.policy.bargaining.model_copy(update=nothing)
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


def test_several_products_of_one_chat_survive_a_tracker_slot_together(shop):
    coat, shoes = shop.products["coat-cloud"], shop.products["shoes-canvas"]
    chat = Bargains()
    for product in (coat, coat, shoes):
        _, state = respond(shop.policy, product, chat.of(product.id))
        chat = chat.with_state(state)
    again = Bargains.from_slot(chat.as_slot())
    assert again == chat
    assert (again.now.product_id, again.of("coat-cloud").price) == ("shoes-canvas", Decimal(570))
    assert BargainState.from_slot(chat.as_slot()) == chat.now


OTHER_CHATS = [
    # steps said here, steps said elsewhere, in which conversation → steps known here
    (None, 2, "chat-0", 2),
    (1, 2, "chat-0", 2),  # went further in another tab
    (2, 1, "chat-0", 2),
    (1, 2, "chat-1", 1),  # this chat itself: a failed turn is not counted
]


@pytest.mark.parametrize(("here", "elsewhere", "where", "known"), OTHER_CHATS)
def test_a_new_chat_goes_on_where_the_last_one_stopped(here, elsewhere, where, known):
    chat = Bargains() if here is None else Bargains().with_state(BargainState("coat", Decimal(570), here))
    kept = {"coat": Kept(BargainState("coat", Decimal(560), elsewhere, threats=3), where)}
    state = chat.remembering(kept, "chat-1").of("coat")
    assert (state.steps, state.threats) == (known, 0)


COUNTER_OFFERS = [
    # ask, where 338 of 359 was the last word → what it comes to for one piece
    (Ask(), None),
    (Ask(price=Decimal(320)), Decimal(320)),
    (Ask(share=Decimal("0.8")), Decimal("287.20")),
    (Ask(less=Decimal(10)), Decimal(328)),
    (Ask(less=Decimal(500)), Decimal(0)),
    (Ask(is_round=True), Decimal(330)),
    (Ask(price=Decimal(300), is_round=True), Decimal(300)),
]


@pytest.mark.parametrize(("ask", "wanted"), COUNTER_OFFERS)
def test_a_counter_offer_comes_to_a_price_for_one_piece(ask, wanted):
    assert ask.wanted(Decimal(338), Decimal(359)) == wanted


@pytest.mark.parametrize(
    ("price", "lower"),
    [("365.5", "360"), ("360", None), ("99", "90"), ("9.9", "9"), ("8", None), ("0.5", None)],
)
def test_rounding_down_drops_what_is_small(price, lower):
    assert rounded_down(Decimal(price)) == (None if lower is None else Decimal(lower))


FOR_SEVERAL = [
    # sum, pieces, said for each → for one of a coat of 359
    ("500", 2, False, "250"),
    ("320", 2, False, "320"),  # nobody asks two for less than one costs
    ("1000", 3, False, "333.33"),
    ("400", 2, True, "400"),
    ("300", 1, False, "300"),
]


@pytest.mark.parametrize(("amount", "pieces", "is_each", "one"), FOR_SEVERAL)
def test_a_sum_for_several_pieces_is_shared(amount, pieces, is_each, one):
    assert for_one(Decimal(amount), pieces, Decimal(359), is_each) == Decimal(one)


def test_the_steps_conceded_hold_for_another_number_of_pieces(shop):
    coat = shop.products["coat-cloud"]
    answers = haggle(shop, coat, [None, None, Ask(pieces=2), Ask(pieces=1)])
    assert [answer.price for answer in answers] == [582, 570, 564, 564]  # the third step, once


FREE, COUPON = (
    Compensation(kind="free_shipping", cost=6),
    Compensation(kind="coupon", cost=10, coupon="next-10"),
)
WISHES = [
    # wish, price named, possible → answer to a coat of 600
    ("free_shipping", None, (FREE, COUPON), Extra(Decimal(600), FREE)),
    ("coupon", None, (FREE, COUPON), Extra(Decimal(600), COUPON)),
    ("gift", None, (FREE, COUPON), Concession(Decimal(582), last=False)),
    ("free_shipping", "590", (FREE,), Concession(Decimal(590), last=True, agreed=True, extra=FREE)),
    ("free_shipping", "500", (FREE,), Concession(Decimal(582), last=False)),
    ("free_shipping", None, (), Concession(Decimal(582), last=False)),
]


@pytest.mark.parametrize(("wish", "price", "possible", "answer"), WISHES)
def test_something_asked_for_on_top_is_given_when_it_is_there(shop, wish, price, possible, answer):
    ask = Ask(price=price and Decimal(price), wish=CompensationKind(wish))
    here = Situation(Decimal(600), possible)
    assert haggle(shop, shop.products["coat-cloud"], [ask], here=here) == [answer]


def test_of_several_things_on_top_only_one_can_be_wished_for(shop):
    asks = [Ask(wish=CompensationKind.FREE_SHIPPING), Ask(wish=CompensationKind.COUPON)]
    here = Situation(Decimal(600), (FREE, COUPON))
    answers = haggle(shop, shop.products["coat-cloud"], asks, here=here)
    assert answers == [Extra(Decimal(600), FREE), Concession(Decimal(582), last=False)]


def test_an_explicit_zero_in_the_policy_means_nothing_on_top(shop):
    none = shop.policy.bargaining.model_copy(update={"compensation_rounds": 0})
    policy = shop.policy.model_copy(update={"bargaining": none})
    here = Situation(Decimal(600), (FREE, COUPON))
    asks = [Ask(wish=CompensationKind.FREE_SHIPPING), *[None] * 8]
    answers = haggle(shop, shop.products["coat-cloud"], asks, policy, here)
    assert not any(
        getattr(answer, "compensation", None) or getattr(answer, "extra", None) for answer in answers
    )


def test_only_what_truly_costs_less_today_is_named_as_cheaper(shop):
    coat, short = shop.products["coat-cloud"], shop.products["coat-short"]
    here = Situation(Decimal(390), (), (Priced(short, Decimal(399)),))
    cheap = coat.model_copy(update={"price": Decimal(390), "floor_price": Decimal(390)})
    assert not any(isinstance(a, Alternative) for a in haggle(shop, cheap, [None] * 4, here=here))


def test_what_the_customer_already_got_for_it_is_not_offered_again(shop):
    here = situation(shop, shop.products["coat-cloud"], None, TODAY, {}, True, had=("next-10",))
    assert here.compensations == ()


money = st.decimals(min_value=1, max_value=5000, places=2)
any_ask = st.builds(
    Ask,
    price=st.none() | st.decimals(0, 6000, places=2),
    share=st.none() | st.decimals("0.05", "0.99", places=2),
    less=st.none() | st.decimals(0, 6000, places=2),
    is_round=st.booleans(),
    pieces=st.just(1),
    wish=st.none() | st.sampled_from(CompensationKind),
)
asks = st.lists(st.one_of(st.none(), st.just("!"), any_ask), max_size=12)
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
    here = Situation((price * today).quantize(Decimal("0.01")), (FREE, COUPON))
    stated = [answer.price for answer in haggle(shop, product, asks, policy, here)]
    assert all(product.floor_price <= each <= price for each in stated)
    assert all(later <= earlier for earlier, later in zip(stated, stated[1:], strict=False))


@given(price=money, steps=steps, unit=st.sampled_from(["0.1", "1", "5"]))
def test_no_step_is_larger_than_the_one_before(shop, price, steps, unit):
    product = shop.products["coat-cloud"].model_copy(update={"price": price, "floor_price": price / 2})
    found = [price, *prices(BargainingPolicy(steps=steps, round_to=Decimal(unit)), product, price)]
    falls = [earlier - later for earlier, later in zip(found, found[1:], strict=False)]
    assert all(later <= earlier for earlier, later in zip(falls, falls[1:], strict=False))


@given(
    asks=st.lists(st.one_of(st.none(), any_ask.map(lambda ask: replace(ask, pieces=2)), any_ask), max_size=12)
)
def test_conceded_steps_never_go_back_whatever_the_number_of_pieces(shop, asks):
    coat, state = shop.products["coat-cloud"], BargainState()
    here = Situation(Decimal(600), (FREE, COUPON))
    for ask in asks:
        before = state.steps
        answer, state = respond(shop.policy, coat, state, ask, situation=here)
        assert state.steps >= before
        assert coat.floor_price <= answer.price
        assert set(state.offered) <= {"free_shipping", "coupon"}


@given(asks=asks)
def test_at_most_as_many_concessions_as_the_policy_has_steps(shop, asks):
    answers = haggle(shop, shop.products["coat-cloud"], asks)
    lowered = {a.price for a in answers if isinstance(a, Concession)} - {Decimal(600)}
    assert len(lowered) <= len(shop.policy.bargaining.steps)
