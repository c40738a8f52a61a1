"""Agents at the desk: queue, brief, taking, answering, handing back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.desk import schema
from bot.desk.agent_tools.suggestions import Suggestions
from bot.faq.index import IndexRefused
from bot.faq.search import Hit, Searcher
from bot.settings import Settings
from tests.servers import wait_until
from tests.web.conftest import Chat, Web, running_gateway, settings_for
from tests.web.rasa_stand_in import SCRIPT


def desk_path(chat: Chat, step: str = "") -> str:
    return f"/api/desk/conversations/{chat.id}" + (f"/{step}" if step else "")


def waiting(web: Web) -> Chat:
    chat = web.customer()
    chat.say("转人工")
    return chat


def test_the_agent_sees_the_whole_story_before_answering(web: Web):
    chat = web.customer(web.signed("c-lin"), product_id="coat-cloud")
    chat.say("穿什么码")
    chat.say("转人工")
    with web.agent("xiaolin") as agent:
        detail = agent.get(desk_path(chat)).json()
    assert detail["owner"] == "queued" and detail["customer"]["name"] == "林晴"
    assert detail["handoff"]["reason"] == "requested" and len(detail["handoff"]["summary"]) <= 5
    assert detail["handoff"]["slots"] == {"size": "M"}
    assert detail["product"]["name"] and detail["orders"]
    question = detail["transcript"][1]
    assert (question["text"], question["nlu"]["intent"], question["nlu"]["confidence"]) == (
        "穿什么码",
        "ask_size",
        0.93,
    )
    assert detail["suggestions"] == []  # this installation has no index


def test_the_queue_tells_who_waits_why_and_how_long(web: Web):
    chat = waiting(web)
    with web.agent("xiaolin") as agent:
        listed = next(
            e for e in agent.get("/api/desk/conversations?state=queued").json() if e["id"] == chat.id
        )
    assert (listed["owner"], listed["reason"], listed["priority"]) == ("queued", "requested", 50)
    assert listed["waited_seconds"] >= 0 and listed["last_message"]["text"]


def test_the_goods_the_chat_came_to_are_shown_where_no_page_told_them(web: Web, monkeypatch):
    monkeypatch.setitem(
        SCRIPT, "围巾起球，转人工", {**SCRIPT["转人工"], "slots": {"product_id": "coat-cloud"}}
    )
    chat = web.customer()
    chat.say("围巾起球，转人工")
    with web.agent("xiaolin") as agent:
        detail = agent.get(desk_path(chat)).json()
    assert (detail["product"]["id"], detail["live"]["product"]) == ("coat-cloud", detail["product"]["name"])


def test_the_list_tells_who_is_upset(web: Web, monkeypatch):
    scripted = {**SCRIPT["转人工"], "slots": {"mood": "upset"}}
    monkeypatch.setitem(SCRIPT, "气死了，转人工", scripted)
    calm, upset = waiting(web), web.customer()
    upset.say("气死了，转人工")
    with web.agent("xiaolin") as agent:
        moods = {e["id"]: e["mood"] for e in agent.get("/api/desk/conversations?state=queued").json()}
    assert (moods[calm.id], moods[upset.id]) == ("", "upset")


def test_safety_goes_before_everybody_who_asked_earlier(web: Web):
    earlier, grave = waiting(web), web.customer()
    grave.say("过敏了")
    with web.agent("xiaolin") as agent:
        ids = [each["id"] for each in agent.get("/api/desk/conversations?state=queued").json()]
    assert ids.index(grave.id) < ids.index(earlier.id)


def test_an_agent_takes_over_answers_and_the_bot_is_silent(web: Web):
    chat = waiting(web)
    with web.agent("xiaolin") as agent:
        taken = agent.post(desk_path(chat, "take"), json={}).json()
        assert (taken["owner"], taken["agent"]) == ("human", "xiaolin")
        sent = agent.post(desk_path(chat, "messages"), json={"text": "您好，我是小林", "client_id": "a1"})
        assert sent.status_code == 200, sent.text
        again = agent.post(desk_path(chat, "messages"), json={"text": "您好，我是小林", "client_id": "a1"})
        assert again.json()["message"] == sent.json()["message"]
    answer = chat.say("拉链坏了")
    assert (answer["owner"], answer["agent"]) == ("human", "小林")
    assert [message["text"] for message in answer["messages"]] == ["拉链坏了"]
    assert chat.texts()[-3:] == ["客服小林已接入", "您好，我是小林", "拉链坏了"]
    assert "拉链坏了" not in web.rasa.said(chat.id)


def test_two_agents_press_take_together_and_one_is_told_who_has_it(web: Web):
    chat = waiting(web)
    agents = {"xiaolin": "小林", "aqing": "阿青"}
    clients = {name: web.agent(name) for name in agents}
    version = clients["xiaolin"].get(desk_path(chat)).json()["version"]
    with ThreadPoolExecutor(2) as pool:
        race = {
            name: pool.submit(client.post, desk_path(chat, "take"), json={"version": version})
            for name, client in clients.items()
        }
    outcomes = {name: future.result() for name, future in race.items()}
    winner = next(name for name, answer in outcomes.items() if answer.status_code == 200)
    loser = outcomes[next(name for name in agents if name != winner)]
    assert loser.status_code == 409
    problem = loser.json()
    assert (problem["type"], problem["owner"], problem["agent"]) == ("taken", "human", winner)
    assert problem["agent_name"] == agents[winner] and agents[winner] in problem["title"]
    again = clients[winner].post(desk_path(chat, "take"), json={"version": version})
    assert again.status_code == 200
    assert chat.texts().count(f"客服{agents[winner]}已接入") == 1


def test_an_agent_may_step_in_while_the_bot_still_serves(web: Web):
    chat = web.customer()
    chat.say("穿什么码")
    with web.agent("aqing") as agent:
        assert agent.post(desk_path(chat, "take"), json={}).status_code == 200


@pytest.mark.parametrize("step", ["messages", "return", "close", "transfer"])
def test_what_a_colleague_holds_can_only_be_looked_at(web: Web, step: str):
    chat = waiting(web)
    body = {"messages": {"text": "我来", "client_id": "x"}, "transfer": {"agent": "aqing"}}.get(step, {})
    with web.agent("xiaolin") as holder, web.agent("aqing") as colleague:
        holder.post(desk_path(chat, "take"))
        refused = colleague.post(desk_path(chat, step), json=body)
        assert (refused.status_code, refused.json()["agent_name"]) == (409, "小林")
        assert colleague.get(desk_path(chat)).status_code == 200


def test_handing_back_tells_the_customer_and_the_dialogue(web: Web):
    chat = waiting(web)
    with web.agent("xiaolin") as agent:
        agent.post(desk_path(chat, "take"))
        assert agent.post(desk_path(chat, "return"), json={"note": "已退 20 元"}).json()["owner"] == "bot"
    (told,) = (back for back in web.rasa.handbacks if back["conversation_id"] == chat.id)
    assert (told["slots"], told["note"]) == ({}, "已退 20 元")
    assert chat.say("穿什么码")["messages"][-1]["text"] == "建议 M 码"
    assert len([back for back in web.rasa.handbacks if back["conversation_id"] == chat.id]) == 1


def test_a_closed_conversation_reopens_with_the_bot_when_the_customer_writes(web: Web):
    chat = waiting(web)
    with web.agent("xiaolin") as agent:
        agent.post(desk_path(chat, "take"))
        assert agent.post(desk_path(chat, "close")).json()["owner"] == "closed"
        assert chat.id in [e["id"] for e in agent.get("/api/desk/conversations?state=closed").json()]
        assert (
            agent.post(desk_path(chat, "messages"), json={"text": "?", "client_id": "z"}).status_code == 409
        )
    again = chat.say("穿什么码")
    assert (again["owner"], again["messages"][-1]["text"]) == ("bot", "建议 M 码")


def test_a_transfer_goes_to_a_colleague_who_talks_to_customers(web: Web):
    chat = waiting(web)
    with web.agent("xiaolin") as agent:
        agent.post(desk_path(chat, "take"))
        assert agent.post(desk_path(chat, "transfer"), json={"agent": "wen"}).status_code == 409
        assert agent.post(desk_path(chat, "transfer"), json={"agent": "nobody"}).status_code == 404
        moved = agent.post(desk_path(chat, "transfer"), json={"agent": "aqing"}).json()
        assert (moved["owner"], moved["agent"]) == ("human", "aqing")
        names = {each["username"]: each["name"] for each in agent.get("/api/desk/agents").json()}
    assert names == {"xiaolin": "小林", "aqing": "阿青", "wen": "文老师", "he": "何老师", "zhou": "周店长"}
    assert "阿青" in chat.texts()[-1]


def test_notes_tags_promises_and_feedback_stay_with_the_conversation(web: Web):
    chat = web.customer()
    chat.say("补发纽扣")
    with web.agent("xiaolin") as agent:
        agent.post(desk_path(chat, "notes"), json={"text": "老客户，语气放软"})
        agent.post(desk_path(chat, "tags"), json={"text": "老客户"})
        due = {"text": "今晚回电", "due": "2026-11-22T20:00:00+08:00"}
        agent.post(desk_path(chat, "promises"), json=due)
        sent = agent.post(desk_path(chat, "feedback"), json={"department": "logistics", "quote": "没送上门"})
        assert sent.status_code == 201
        refused = agent.post(desk_path(chat, "feedback"), json={"department": "nobody", "quote": "?"})
        assert refused.status_code == 422
        promises = agent.get(desk_path(chat)).json()["promises"]
        settled = agent.post(desk_path(chat, f"promises/{promises[0]['id']}"), json={"is_done": True})
        assert settled.status_code == 204
        agent.delete(desk_path(chat, "tags/补发"))
        detail = agent.get(desk_path(chat)).json()
    assert [(p["text"], p["owner"], p["is_done"]) for p in detail["promises"]] == [
        ("补发纽扣", "bot", True),
        ("今晚回电", "xiaolin", False),
    ]
    assert detail["promises"][0]["due"].startswith("2026-11-23T10:00")
    assert (detail["tags"], detail["notes"][0]["text"]) == (["老客户"], "老客户，语气放软")
    assert chat.texts() == ["补发纽扣", "好的，周一补发"]  # the customer sees none of it


def test_orders_are_shown_only_for_a_customer_whom_the_shop_has_signed(web: Web):
    chat = web.customer({"name": "林晴"}, order_id="20261119000001")
    chat.say("转人工")
    with web.agent("xiaolin") as agent:
        detail = agent.get(desk_path(chat)).json()
    assert (detail["order"], detail["orders"]) == (None, [])


def test_a_trainer_may_read_but_not_take(web: Web):
    chat = waiting(web)
    with web.agent("wen") as trainer:
        assert trainer.get(desk_path(chat)).status_code == 200
        refused = trainer.post(desk_path(chat, "take"))
    assert (refused.status_code, refused.json()["type"]) == (403, "not-allowed")


def test_chats_of_an_agent_who_has_gone_return_to_the_queue_after_a_minute(web: Web):
    chat = waiting(web)
    with web.agent("aqing") as agent:
        agent.post(desk_path(chat, "take"))
    long_ago = datetime.now(UTC) - timedelta(seconds=90)
    with web.app.state.gateway.desk.engine.begin() as connection:
        mine = schema.handoff_log.c.conversation_id == chat.id
        connection.execute(sa.update(schema.handoff_log).where(mine).values(at=long_ago))
        aqing = schema.agents.c.username == "aqing"
        connection.execute(sa.update(schema.agents).where(aqing).values(last_seen=long_ago))
    wait_until(lambda: chat.all()["owner"] == "queued", "returned to the queue", 10)
    assert "阿青" in chat.texts()[-1]


def test_suggestions_are_the_three_best_scripts_with_the_shops_own_numbers(web: Web, monkeypatch):
    class Found:
        def search(self, text: str, top: int) -> list[Hit]:
            assert (text, top) == ("几天能退", 3)
            return [Hit("return.days", "a", "几天内能退", "{return_days} 天内可以退", (), 0.93)]

    monkeypatch.setattr(Searcher, "open", classmethod(lambda *_: Found()))
    suggestions = Suggestions(web.settings, web.app.state.gateway.shop)
    assert suggestions.find("") == ()
    found = suggestions.find("几天能退")[0]
    assert (found.faq_id, found.score, found.text) == ("return.days", 0.93, "7 天内可以退")


def test_desk_and_workbench_search_one_index(rasa, tmp_path, monkeypatch):
    opened: list[object] = []

    def own(models_dir: Path, settings: Settings) -> object:
        if models_dir != tmp_path / "models":
            raise IndexRefused("another gateway warms up meanwhile")
        opened.append(object())
        return opened[-1]

    monkeypatch.setattr(Searcher, "open", own)
    with running_gateway(settings_for(tmp_path, rasa), rasa) as web:
        state = web.app.state
        assert state.workbench.probe.searcher is state.gateway.suggestions.searcher()
    assert len(opened) == 1
