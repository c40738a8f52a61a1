"""Several short messages get one answer; one complete question does not wait (real gateway, scripted Rasa)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.servers import wait_until
from tests.web.conftest import Chat, Web, running_gateway, settings_for
from tests.web.rasa_stand_in import ScriptedRasa

QUIET = 0.6
LONGEST = 3.0
"""The longest quiet time there is: a wait for it is not mistaken for the slowness of a busy machine."""


@pytest.fixture(scope="module")
def patient(rasa: ScriptedRasa, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """A gateway that waits for the bubble after a fragment."""
    settings = settings_for(tmp_path_factory.mktemp("patient"), rasa, quiet_seconds=QUIET)
    with running_gateway(settings, rasa) as running:
        yield running


@pytest.fixture(scope="module")
def most_patient(rasa: ScriptedRasa, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """A gateway whose wait, if it waits, cannot be missed."""
    settings = settings_for(tmp_path_factory.mktemp("most_patient"), rasa, quiet_seconds=LONGEST)
    with running_gateway(settings, rasa) as running:
        yield running


def send(chat: Chat, *texts: str, gap: float = 0.15) -> list[dict]:
    """Each bubble in a request of its own, as a page sends them; the answers in the bubbles' order."""
    with ThreadPoolExecutor(len(texts)) as pool:
        sent = []
        for text in texts:
            sent.append(pool.submit(chat.say, text, f"id {text}"))
            time.sleep(gap)
        return [each.result() for each in sent]


def replies(answer: dict) -> list[str]:
    return [message["text"] for message in answer["messages"] if message["sender"] == "bot"]


def test_bubbles_are_stored_by_themselves_and_get_one_answer(patient: Web):
    chat = patient.customer()
    first, second, last = send(chat, "在吗", "那件红的", "羽绒服")
    assert chat.texts() == ["在吗", "那件红的", "羽绒服", "收到：那件红的，羽绒服"]
    assert patient.rasa.said(chat.id) == ["那件红的，羽绒服"]
    assert replies(first) == replies(second) == []
    assert replies(last) == ["收到：那件红的，羽绒服"]


def test_a_bubble_that_completes_the_question_ends_the_wait(most_patient: Web):
    chat = most_patient.customer()
    started = time.monotonic()
    *_, last = send(chat, "在吗", "有M码吗")
    assert time.monotonic() - started < LONGEST
    assert replies(last) == ["收到：有M码吗"]


def test_a_complete_question_does_not_wait(most_patient: Web):
    started = time.monotonic()
    most_patient.customer().say("穿什么码")
    assert time.monotonic() - started < LONGEST


def test_a_lone_greeting_is_answered_after_the_quiet_time(patient: Web):
    started = time.monotonic()
    assert replies(patient.customer().say("在吗")) == ["收到：在吗"]
    assert time.monotonic() - started >= QUIET


def test_a_bubble_sent_again_is_not_said_twice(patient: Web):
    chat = patient.customer()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: chat.say("在吗", "one"), range(3)))
    assert answers[0] == answers[1] == answers[2]
    send(chat, "在么", "红的")
    assert chat.say("在么", "id 在么")["messages"][0]["text"] == "在么"
    assert chat.texts() == ["在吗", "收到：在吗", "在么", "红的", "收到：红的"]


def test_what_comes_while_the_bot_is_thinking_is_the_next_question(patient: Web):
    chat = patient.customer()
    send(chat, "等一下再答好吗", "红的", "有货吗", gap=0.05)
    assert patient.rasa.said(chat.id) == ["等一下再答好吗", "红的，有货吗"]
    assert chat.texts()[-1] == "收到：红的，有货吗"


def test_a_button_pressed_after_a_fragment_is_a_turn_of_its_own(patient: Web):
    chat = patient.customer()
    chat.say("穿什么码")
    with ThreadPoolExecutor(2) as pool:
        typed = pool.submit(chat.say, "嗯")
        wait_until(lambda: "嗯" in chat.texts(), "stored", 5)
        pressed = pool.submit(chat.send, payload='/inform{"size":"M"}')
        assert replies(typed.result()) == ["收到：嗯"]
        assert replies(pressed.result().json()) == ['收到：/inform{"size":"M"}']


def test_who_presses_for_a_person_while_the_bot_waits_is_not_answered_by_the_bot(patient: Web):
    chat = patient.customer()
    with patient.agent("xiaolin") as agent, ThreadPoolExecutor(1) as pool:
        agent.get("/api/desk/conversations?state=queued")  # somebody is on duty
        typed = pool.submit(chat.say, "在吗")
        wait_until(lambda: "在吗" in chat.texts(), "stored", 5)
        assert chat.post("human").json()["owner"] == "queued"
        assert typed.result()["owner"] == "queued"
    assert patient.rasa.said(chat.id) == []


def test_bubbles_of_a_burst_are_all_settled(patient: Web):
    chat = patient.customer()
    send(chat, "在吗", "红的")
    desk = patient.app.state.gateway.desk
    assert desk.conversations.pending(chat.id) is None
    assert desk.conversations.get(chat.id).waiting_since is None


def test_a_burst_that_cannot_be_answered_is_kept_whole(patient: Web):
    chat = patient.customer()
    *_, last = send(chat, "出错了", "红的")
    assert last["owner"] == "queued"
    pending = patient.app.state.gateway.desk.conversations.pending(chat.id).messages
    assert [message.text for message in pending] == ["出错了", "红的"]
    with patient.agent("xiaolin") as agent:
        agent.post(f"/api/desk/conversations/{chat.id}/take")
