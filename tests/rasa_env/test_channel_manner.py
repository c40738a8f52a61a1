"""What the channel hears beside the wish: mood and form of address in slots, oddities, hours of silence."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channel_manner import is_after_accident, note_manner, overruled, silent_hours

DOMAIN = Domain.load(str(Path(__file__).resolve().parents[2] / "domain.yml"))


def tracker(*events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("c-1", list(events), DOMAIN.slots)


@pytest.mark.parametrize(
    ("text", "decided"),
    [
        ("穿了过敏了", ("request_human", {"safety_topic": "allergy"})),
        ("12.3.1.5见", ("request_human", {"safety_topic": "legal"})),
        ("答非所问", ("request_human", {"odd": "unhelpful"})),
        ("asdfgh", ("chitchat", {"odd": "noise"})),
        ("how much is shipping", ("chitchat", {"odd": "foreign"})),
        ("👍", ("thank", {})),
        ("这件多大码", None),
        ("便宜点", None),
    ],
)
def test_the_words_decide_where_no_model_is_needed(text: str, decided: object) -> None:
    assert overruled(text, tracker()) == decided


@pytest.mark.parametrize("asked", [SlotSet("pending", "action_accept_price"), ActiveLoop("size_form")])
def test_a_friendly_face_says_yes_to_what_was_asked(asked: Event) -> None:
    assert overruled("👌", tracker(asked)) == ("affirm", {})


def test_anger_is_kept_in_a_slot_that_responses_can_be_chosen_by_and_fades() -> None:
    chat = tracker()
    assert note_manner("你们咋还不发货，气死我了", chat, DOMAIN, False)
    assert chat.get_slot("mood") == "upset"
    assert not note_manner("催了三遍没人理", chat, DOMAIN, False), "already upset"
    note_manner("好的谢谢", chat, DOMAIN, False)
    assert chat.get_slot("mood") is None
    assert chat.get_slot("manner") == {"register": None, "plain": 1, "upset_for": 0}


def test_a_calm_and_neutral_message_leaves_nothing_behind() -> None:
    chat = tracker()
    note_manner("什么时候发货", chat, DOMAIN, False)
    assert list(chat.events) == []


def test_hours_of_silence_are_counted_from_her_last_message() -> None:
    assert silent_hours(tracker()) == 0
    said = UserUttered("在吗", {"name": "greet"})
    said.timestamp = time.time() - 5 * 3600
    assert silent_hours(tracker(said)) == pytest.approx(5, abs=0.01)


@pytest.mark.parametrize(
    ("events", "waiting_as", "is_after"),
    [
        ((UserUttered("孩子把扣子吞了"), UserUttered("在哭")), "safety_or_legal", True),
        ((UserUttered("孩子把扣子吞了"),), None, False),  # a person has it, or has given it back
        ((UserUttered("孩子把扣子吞了"),), "requested", False),
        ((UserUttered("再不退我打12315"),), "safety_or_legal", False),  # nobody was hurt
        ((UserUttered("孩子把扣子吞了"), SessionStarted()), "safety_or_legal", False),
    ],
)
def test_after_an_accident_every_line_belongs_to_it_until_a_person_has_come(
    events: tuple[Event, ...], waiting_as: str | None, is_after: bool
) -> None:
    assert is_after_accident(tracker(*events), {"waiting_as": waiting_as}) is is_after
