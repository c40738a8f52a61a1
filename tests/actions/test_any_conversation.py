"""Whatever a customer says in whatever order: a person within one tap, no question three times, always an answer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.common.openings import ASKING
from bot.faq.intents import INTENTS
from tests.actions.conftest import DOMAIN, Scripts
from tests.actions.small_rasa import Conversation

ENTITIES = st.fixed_dictionaries(
    {},
    optional={
        "height_cm": st.sampled_from([92.0, 165.0, 210.0]),
        "weight_kg": st.sampled_from([14.0, 55.0, 130.0]),
        "color": st.sampled_from(["黑色", "荧光绿"]),
        "size": st.sampled_from(["M", "5XL"]),
        "region": st.sampled_from(["新疆", "浙江", "台湾"]),
        "price": st.sampled_from([1.0, 300.0]),
        "fault": st.just("破洞"),
        "order_id": st.just("10000000000000"),
        "product": st.just("down-light-short"),
    },
)
ODDITIES = st.sampled_from([None] * 6 + ["noise", "marks", "insult", "trick", "foreign"])
STEP = st.one_of(
    st.tuples(st.just("press"), st.integers(0, 9), st.just({}), st.none()),
    st.tuples(st.just("say"), st.sampled_from([*INTENTS, "nlu_fallback"]), ENTITIES, ODDITIES),
)
WHO = st.fixed_dictionaries(
    {
        "customer_id": st.sampled_from([None, "c-zhou", "c-gu", "c-chan", "c-song"]),
        "product_id": st.sampled_from([None, "down-light-short", "pillow-neck"]),
        "waiting_as": st.sampled_from([None, None, "requested"]),
    }
)


def shown(messages: list[dict[str, Any]]) -> list[str]:
    """Payloads a customer can press now."""
    found = [each["payload"] for message in messages for each in message.get("buttons") or []]
    for message in messages:
        template = (DOMAIN["responses"].get(message.get("response")) or [{}])[0]
        found += [each["payload"] for each in template.get("buttons", []) if "{" not in each["payload"]]
        card = (message.get("custom") or {}).get("card") or {}
        found += [option["payload"] for option in card.get("options", []) if option.get("payload")]
    return found


def take(chat: Conversation, step: tuple, last: list[dict[str, Any]]) -> list[dict[str, Any]]:
    how, what, entities, odd = step
    if how == "say":
        intent = "chitchat" if odd else what
        return chat.send(intent, f"{what} {sorted(entities)}", entities, **({"odd": odd} if odd else {}))
    payloads = shown(last) or ["/greet"]
    payload = payloads[what % len(payloads)]
    intent, _, carried = payload[1:].partition("{")
    return chat.send(intent, payload, json.loads("{" + carried) if carried else {})


def wants_person(messages: list[dict[str, Any]]) -> bool:
    return any((message.get("custom") or {}).get("effect") == "handoff" for message in messages)


def question(messages: list[dict[str, Any]]) -> str | None:
    names = [message.get("response") or "" for message in messages]
    return next((name for name in names if ASKING.search(name)), None)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(who=WHO, steps=st.lists(STEP, min_size=1, max_size=7))
def test_every_message_is_answered_no_question_comes_three_times_running_and_a_person_is_one_turn_away(
    scripts: Scripts, who: dict[str, Any], steps: list[tuple]
) -> None:
    chat = Conversation({key: value for key, value in who.items() if value})
    last: list[dict[str, Any]] = []
    asked: list[str | None] = []
    for step in steps:
        last = take(chat, step, last)
        assert any(message.get("response") or message.get("text") for message in last), "no answer"
        asked.append(question(last))
        assert not (len(asked) >= 3 and asked[-1] and asked[-1] == asked[-2] == asked[-3]), asked
        if wants_person(last):
            return
    answer = chat.send("request_human", "转人工")
    is_waiting = chat.metadata.get("waiting_as")
    assert wants_person(answer) or (is_waiting and answer[0]["response"].startswith("utter_handoff_waiting"))
    assert chat.form is None


@pytest.mark.parametrize("intent", [each for each in INTENTS if each not in ("greet", "thank", "goodbye")])
def test_the_same_wish_over_and_over_ends_with_a_person_or_an_answer_never_with_the_same_question(
    intent: str, scripts: Scripts
) -> None:
    chat, asked = Conversation(), []
    for _ in range(5):
        said = chat.send(intent, "就是这个事")
        asked.append(question(said))
        if wants_person(said):
            break
    assert not any(a and a == b == c for a, b, c in zip(asked, asked[1:], asked[2:], strict=False)), asked
