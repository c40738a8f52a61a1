"""What a customer wanted before helps to read her next message, and the chats it is learnt from are sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation.context import Share, load_chats, read_in_chats, share
from bot.evaluation.readings import Message
from bot.files import DataError
from bot.nlu.context import CHATS, as_reply, habits, habits_of, read_chats

CHATS_OF_TWO = [("ask_size", "inform"), ("ask_size", "inform"), ("track_order", "thank")]
EVEN = [("inform", 0.3), ("thank", 0.3), ("never_seen", 0.1)]


def test_what_usually_follows_is_likelier() -> None:
    after_size = dict(habits_of(CHATS_OF_TWO).in_context(EVEN, "ask_size"))
    assert after_size["inform"] > after_size["never_seen"] * 3 > after_size["thank"]


def test_the_confidences_keep_their_sum_and_stand_best_first() -> None:
    ranking = habits_of(CHATS_OF_TWO).in_context(EVEN, "track_order")
    assert sum(chance for _, chance in ranking) == pytest.approx(0.7)
    assert [name for name, _ in ranking] == ["thank", "inform", "never_seen"]


@pytest.mark.parametrize("before", [None, "an_intent_no_chat_contains"])
def test_without_a_known_message_before_nothing_changes(before: str | None) -> None:
    assert habits_of(CHATS_OF_TWO).in_context(EVEN, before) == sorted(
        EVEN, key=lambda each: (-each[1], each[0])
    )


def test_a_clear_message_keeps_its_meaning_whatever_came_before() -> None:
    for before, _ in habits().lifts:
        assert habits().in_context([("request_human", 0.97), ("track_order", 0.01)], before)[0][0] == (
            "request_human"
        )


def test_a_ranking_of_nothing_stays_one() -> None:
    assert habits().in_context([], "greet") == []
    assert habits().in_context([("greet", 0.0)], "greet") == [("greet", 0.0)]


def test_the_chats_of_this_repository_are_sound_and_every_intent_occurs() -> None:
    chats = read_chats()
    assert len(chats) > 5_000
    assert len({intent for chat in chats for intent in chat}) == 44
    assert CHATS.parent.name == "chats"  # none of the folders that are training data (config.yml)


def test_a_misspelt_intent_and_a_lonely_message_are_told_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "wishes.txt"
    path.write_text("# a note\ngreet ask_sise\n\ngreet\n", encoding="utf-8")
    with pytest.raises(DataError) as raised:
        read_chats(path)
    told = [(problem.line, problem.field, problem.message) for problem in raised.value.problems]
    assert told == [
        (2, "intent", "'ask_sise' is none of the intents: correct or remove it"),
        (4, "chat", "'greet' has fewer than two intents: remove the line"),
    ]


def test_a_missing_file_of_chats_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="wishes.txt:1: file"):
        read_chats(tmp_path / "wishes.txt")


def test_in_the_measure_a_message_follows_what_the_one_before_was_read_as() -> None:
    messages = [
        Message("a", "ask_size", group="1"),
        Message("b", "inform", group="1"),
        Message("c", "inform"),
    ]
    rankings = [(("track_order", 0.9),), *[(("inform", 0.3), ("thank", 0.3))] * 2]
    readings = read_in_chats(messages, rankings, habits_of(CHATS_OF_TWO))
    assert [reading.read_as for reading in readings] == ["track_order", "thank", "inform"]
    assert share(readings, 0.5) == Share(3, 1 / 3, 1 / 3, 0.0)


def test_a_labelled_chat_line_of_another_form_is_told(tmp_path: Path) -> None:
    path = tmp_path / "chats.tsv"
    path.write_text("1\tgreet\tclear\t在吗\n1\tgreet\tmaybe\t在\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"chats.tsv:2: line"):
        load_chats(path)


def test_a_yes_in_a_chat_is_as_sure_as_its_lead_over_other_readings() -> None:
    assert dict(as_reply([("affirm", 0.04), ("thank", 0.01)])) == pytest.approx({"affirm": 0.8, "thank": 0.2})
    assert as_reply([("ask_stock", 0.04), ("affirm", 0.01)]) == [("ask_stock", 0.04), ("affirm", 0.01)]
    assert as_reply([]) == []
