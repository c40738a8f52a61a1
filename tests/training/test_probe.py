"""What the trainer's probe box tells about one sentence."""

from __future__ import annotations

from typing import cast

import pytest

from bot.dialogue import Bands
from bot.faq.search import Choices, Confident, Hit, NoAnswer, Searcher
from bot.training.probe import Probe

HIT = Hit("shipping.ship-today", "a", "今天下单今天能发吗", "下午四点前付款当天发出", (), 0.83456)
RULES = {"ask_shipping_time": "action_shipping_time", "nlu_fallback": "action_clarify"}


class OneHit:
    def __init__(self, answer: object) -> None:
        self._answer = answer

    def search(self, text: str, top: int = 5) -> tuple[Hit, ...]:
        return (HIT,)

    def answer(self, text: str) -> object:
        return self._answer


def read(confidence: float, answer: object = Confident(HIT)) -> dict:
    intent = {"name": "ask_shipping_time", "confidence": confidence}
    parse = {"intent": intent, "ranking": [intent], "entities": []}
    bands = Bands(answer=0.4, confirm=0.2, script=0.3)
    return Probe(lambda: cast(Searcher, OneHit(answer)), bands, RULES, lambda text: parse).read(
        "拍了今天能走吗"
    )


def test_a_sure_intent_is_answered_by_its_rule() -> None:
    assert read(0.9)["action"] == "action_shipping_time"


def test_an_unsure_intent_is_asked_back() -> None:
    assert read(0.3)["action"] == "action_clarify"


@pytest.mark.parametrize(
    ("answer", "band"), [(Confident(HIT), "answer"), (Choices((HIT,)), "confirm"), (NoAnswer((HIT,)), "none")]
)
def test_the_band_says_what_the_bot_would_do_with_the_scripts(answer: object, band: str) -> None:
    faq = read(0.9, answer)["faq"]
    assert faq["band"] == band
    assert faq["hits"] == [{"id": HIT.id, "score": 0.8346, "question": HIT.question}]
