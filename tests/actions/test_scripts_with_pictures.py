"""A script may bring one of the shop's own pictures along."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.talk.faq import FaqAnswer
from tests.actions.conftest import Scripts, say


@pytest.mark.parametrize(
    ("name", "shown"),
    [("blanket.svg", "/shop-images/blanket.svg"), ("not-there.svg", None), (None, None)],
)
def test_a_picture_goes_out_where_the_shop_has_it(scripts: Scripts, name: str | None, shown: str | None):
    scripts.know("ask_shop", 0.9)
    found = scripts.by_intent["ask_shop"]
    scripts.by_intent["ask_shop"] = replace(found, hit=replace(found.hit, image=name))
    (message,) = say(FaqAnswer(), "你们店在哪", "ask_shop").messages
    assert message["text"] and message.get("image") == shown
