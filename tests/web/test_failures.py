"""A part fails: the message is kept, the customer is told, a person or the bot answers later."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.desk.conversations import Context, Customer, Draft
from bot.desk.desk import open_desk
from bot.desk.ownership import Speaker
from tests.servers import wait_until
from tests.web.conftest import Chat, Web, running_gateway, settings_for
from tests.web.rasa_stand_in import ScriptedRasa
from tests.web.test_sockets import agent_socket


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Web]:
    """A gateway whose Rasa may be stopped."""
    rasa = ScriptedRasa()
    rasa.start()
    with running_gateway(settings_for(tmp_path, rasa), rasa) as running:
        yield running
    rasa.stop()


@pytest.fixture(scope="module")
def impatient(rasa: ScriptedRasa, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """Gives a turn much less time than a slow one takes."""
    settings = settings_for(tmp_path_factory.mktemp("impatient"), rasa, turn_timeout_seconds=1.5)
    with running_gateway(settings, rasa) as running:
        yield running


def assert_told_and_queued(chat: Chat, answer: dict) -> None:
    assert answer["owner"] == "queued"
    assert [message["sender"] for message in answer["messages"]] == ["customer", "system"]
    assert "不好意思" in answer["messages"][1]["text"]
    assert chat.all()["queue"]["position"] >= 1


@pytest.mark.parametrize("text", ["慢得很", "出错了", "乱码了", "断线了", "不说话"])
def test_a_turn_that_fails_in_whatever_way_is_kept_told_and_queued(impatient: Web, text: str):
    # This Rasa says it is well, so the gateway tries again and again; the text fails every time.
    chat = impatient.customer()
    assert_told_and_queued(chat, chat.say(text))
    assert len(chat.texts()) == 2
    with impatient.agent("xiaolin") as agent:
        listed = {each["id"]: each for each in agent.get("/api/desk/conversations?state=queued").json()}
        detail = agent.get(f"/api/desk/conversations/{chat.id}").json()
        agent.post(f"/api/desk/conversations/{chat.id}/take")  # and let the gateway rest
    assert listed[chat.id]["reason"] == "system_down"
    assert detail["handoff"]["summary"][:2] == ["原因：机器人故障", f"客户要：{text}"]


def test_an_accident_told_while_the_bot_is_down_goes_first_and_is_not_answered_with_an_excuse(web: Web):
    chat = web.customer()
    answer = chat.say("出错了 孩子把你们家扣子吞下去了")
    assert answer["owner"] == "queued"
    assert "120" in answer["messages"][-1]["text"]
    with web.agent("xiaolin") as agent:
        listed = {each["id"]: each for each in agent.get("/api/desk/conversations?state=queued").json()}
        agent.post(f"/api/desk/conversations/{chat.id}/take")
    assert listed[chat.id]["reason"] == "safety_or_legal"


def test_a_slow_turn_costs_the_customer_no_more_than_the_time_limit(impatient: Web):
    chat = impatient.customer()
    started = time.monotonic()
    chat.say("慢得很")
    assert time.monotonic() - started < 4.5  # the turn itself would take five
    with impatient.agent("xiaolin") as agent:
        agent.post(f"/api/desk/conversations/{chat.id}/take")


def test_with_the_dialogue_down_everything_is_kept_and_the_bot_resumes_when_it_is_back(own: Web):
    chat, other = own.customer(), own.customer()
    chat.say("你好")
    own.rasa.stop()
    assert_told_and_queued(chat, chat.say("穿什么码"))
    chat.say("有红色吗")
    assert_told_and_queued(other, other.say("拉链坏了"))
    own.rasa.start()
    wait_until(lambda: chat.all()["owner"] == other.all()["owner"] == "bot", "resumed", 15)
    wait_until(lambda: "收到：有红色吗" in chat.texts(), "the second question answered", 5)
    told = chat.texts()
    assert told[2:] == [
        "穿什么码",
        told[3],
        "有红色吗",
        "机器人已恢复，小二来回答您刚才的问题",
        "建议 M 码",
        "收到：有红色吗",
    ]
    assert other.texts()[-1] == "两个办法，您选一个"


def test_a_chat_that_a_person_took_meanwhile_stays_with_her(own: Web):
    taken, free = own.customer(), own.customer()
    own.rasa.stop()
    taken.say("穿什么码")
    free.say("穿什么码")
    with own.agent("xiaolin") as agent:
        agent.post(f"/api/desk/conversations/{taken.id}/take")
        own.rasa.start()
        wait_until(lambda: free.all()["owner"] == "bot", "resumed", 15)
        assert taken.all()["owner"] == "human"
        assert "建议 M 码" not in taken.texts()


def test_a_dialogue_that_says_it_is_well_but_fails_does_not_flood_the_customer(own: Web):
    own.rasa.is_failing = True
    chat = own.customer()
    chat.say("穿什么码")
    wait_until(lambda: own.rasa.said(chat.id).count("穿什么码") >= 3, "tried again", 15)
    assert len(chat.texts()) == 2 and chat.all()["owner"] == "queued"
    own.rasa.is_failing = False
    wait_until(lambda: chat.texts()[-1] == "建议 M 码", "answered", 15)


def test_a_message_that_a_killed_gateway_left_unanswered_is_answered_after_the_next_start(tmp_path: Path):
    rasa = ScriptedRasa()
    settings = settings_for(tmp_path, rasa)
    desk = open_desk(settings.database)
    conversation, _ = desk.conversations.open(Customer("guest-1"), Context())
    desk.conversations.customer_says(conversation.id, Draft(Speaker.CUSTOMER, "", "穿什么码", client_id="q"))
    rasa.start()
    with running_gateway(settings, rasa):
        wait_until(lambda: len(desk.conversations.messages(conversation.id)) == 2, "answered", 10)
    assert desk.conversations.messages(conversation.id)[1].text == "建议 M 码"
    desk.engine.dispose()
    rasa.stop()


def test_health_names_the_part_that_is_down(own: Web):
    with own.client() as client:
        assert client.get("/api/health").status_code == 200
        own.rasa.stop()
        down = client.get("/api/health")
        assert client.get("/api/health/web").status_code == 200
        own.rasa.start()
    assert down.status_code == 503
    assert down.json() == {"status": "down", "database": "ok", "dialogue": "down", "actions": "down"}


def test_an_answer_that_comes_after_a_person_was_asked_for_is_dropped(web: Web):
    chat = web.customer()
    with (
        agent_socket(web),
        ThreadPoolExecutor(1) as pool,
    ):  # with nobody on duty the bot would go on answering
        slow = pool.submit(chat.say, "等一下再答")
        wait_until(lambda: web.rasa.said(chat.id) == ["等一下再答"], "the turn began", 5)
        chat.post("human")  # she presses 转人工 while the bot thinks
        answer = slow.result()
        assert answer["owner"] == "queued"
        assert [message["sender"] for message in chat.all(1)["messages"]] == ["customer", "system"]


def test_one_message_that_always_fails_keeps_nobody_else_waiting(own: Web):
    chat, poisoned = own.customer(), own.customer()
    poisoned.say("出错了")
    own.rasa.stop()
    chat.say("穿什么码")
    own.rasa.start()
    wait_until(lambda: chat.texts()[-1] == "建议 M 码", "resumed", 15)
    assert poisoned.all()["owner"] == "queued" and len(poisoned.texts()) == 2


def test_a_dialogue_that_has_lost_its_memory_is_told_what_was_said_before_it_answers(web: Web):
    chat = web.customer()
    chat.say("穿什么码")
    assert chat.say("忘了吗")["messages"][-1]["text"] == "收到：忘了吗"
    first, refused, told = (turn for turn in web.rasa.turns if turn["conversation_id"] == chat.id)
    assert first["after"] is None and refused["after"] == told["after"] == first["message_id"]
    (missed,) = told["missed"]
    assert (missed["message_id"], missed["text"]) == (first["message_id"], "穿什么码")
    assert missed["nlu"]["intent"] == "ask_size" and missed["replies"][0]["text"] == "建议 M 码"
    assert told["state"] == {"size": "M"}


def test_a_dropped_answer_does_not_count_as_said_and_the_dialogue_hears_so_with_the_handback(web: Web):
    chat = web.customer()
    asked = chat.say("穿什么码")["messages"][0]["id"]
    with ThreadPoolExecutor(1) as pool, web.agent("xiaolin") as agent:
        slow = pool.submit(chat.say, "等一下再答")
        wait_until(lambda: web.rasa.said(chat.id)[-1] == "等一下再答", "the turn began", 5)
        agent.post(f"/api/desk/conversations/{chat.id}/take")
        slow.result()
        agent.post(f"/api/desk/conversations/{chat.id}/return")
    (handback,) = (each for each in web.rasa.handbacks if each["conversation_id"] == chat.id)
    assert handback["after"] == asked
    chat.say("好的呀")
    assert [turn["after"] for turn in web.rasa.turns if turn["conversation_id"] == chat.id][-1] == asked
