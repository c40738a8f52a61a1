"""The agents' tools over HTTP: phrases, rejected suggestions, the remedy board."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.desk.agent_tools import palette
from tests.servers import wait_until
from tests.web.conftest import Chat, Web, event_of, running_gateway, settings_for
from tests.web.rasa_stand_in import ScriptedRasa
from tests.web.test_desk import desk_path

ORDER = "20261119000001"
SCARF = {"order_id": ORDER, "sku": "scarf-wool-grey", "issue": "defect", "severity": "moderate"}


@pytest.fixture
def chat(web: Web) -> Chat:
    """林晴 asks for a person about her order, and 小林 has her; nothing was given on the order yet."""
    orders = web.app.state.gateway.orders
    known = orders.get(ORDER, "c-lin")
    orders.update(known.model_copy(update={"compensated": Decimal(0)}), "new")
    chat = web.customer(web.signed("c-lin"), order_id=ORDER, product_id="coat-cloud")
    chat.say("穿什么码")
    chat.say("转人工")
    with web.agent("xiaolin") as agent:
        assert agent.post(desk_path(chat, "take"), json={}).status_code == 200
    return chat


def card(client_id: str, *kinds: str, **more: Any) -> dict[str, Any]:
    return {**SCARF, "kinds": kinds, "client_id": client_id, **more}


def test_the_palette_has_phrases_with_initials_and_the_chat_their_live_values(web: Web, chat: Chat):
    with web.agent("xiaolin") as agent:
        phrases = {each["title"]: each for each in agent.get("/api/desk/phrases").json()}
        live = agent.get(desk_path(chat)).json()["live"]
    assert phrases["查库存"]["initials"] == "ckc" and "{stock}" in phrases["查库存"]["text"]
    assert (live["agent"], live["size"], live["stock"]) == ("小林", "M", "14")
    assert live["order"] == ORDER and live["cutoff"]


def test_a_rejected_suggestion_reaches_the_trainer_with_its_reason(web: Web, chat: Chat):
    body = {
        "question": "穿什么码",
        "faq_id": "sizing.chart",
        "script_id": "a",
        "score": 0.7,
        "reason": "off_topic",
    }
    with web.agent("xiaolin") as agent, web.agent("wen") as trainer:
        assert agent.post(desk_path(chat, "rejections"), json=body).status_code == 204
        assert agent.post(desk_path(chat, "rejections"), json={**body, "reason": "?"}).status_code == 422
        assert agent.get("/api/workbench/rejections").status_code == 403
        (script,) = trainer.get("/api/workbench/rejections").json()
    assert (script["faq_id"], script["count"]) == ("sizing.chart", 1)
    assert script["title"] == "sizing.chart"  # its question, where an index is served
    assert script["rejections"][0]["reason_title"] == "答非所问"


def test_the_board_shows_the_yuan_lost_and_what_is_beyond_this_agent(web: Web, chat: Chat):
    with web.agent("xiaolin") as agent, web.agent("zhou") as supervisor:
        mine = agent.get(desk_path(chat, "remedies"), params=SCARF).json()
        above = supervisor.get(desk_path(chat, "remedies"), params=SCARF).json()
    assert (mine["paid"], mine["limit"], above["limit"]) == ("180", "100", "1000")
    by_kind = {row["kind"]: row for row in mine["rows"]}
    assert (by_kind["partial_refund"]["cost"], by_kind["partial_refund"]["obstacle"]) == ("50", None)
    assert by_kind["full_refund"]["obstacle_title"]
    assert not any(row["obstacle"] for row in above["rows"])


def test_two_options_go_out_as_one_card_and_her_choice_comes_back(web: Web, chat: Chat):
    with web.agent("xiaolin") as agent:
        sent = agent.post(desk_path(chat, "remedies"), json=card("r1", "exchange", "partial_refund"))
        assert sent.status_code == 200, sent.text
        again = agent.post(desk_path(chat, "remedies"), json=card("r1", "exchange", "partial_refund"))
        assert again.json()["message"]["id"] == sent.json()["message"]["id"]
    shown = chat.all()["messages"][-1]
    options = shown["card"]["options"]
    assert [option["kind"] for option in options] == ["partial_refund", "exchange"]
    assert "50" in options[0]["detail"] and "cost" not in options[0]
    assert chat.send(payload=options[0]["payload"]).status_code == 200
    with web.agent("xiaolin") as agent:
        chosen, told = agent.get(desk_path(chat)).json()["transcript"][-2:]
    assert (chosen["payload"], chosen["text"]) == (options[0]["payload"], options[0]["title"])
    assert told["sender"] == "system" and options[0]["title"] in told["text"]


REFUSED = [
    # kinds, other changes → what the agent is told
    (["exchange"], {}, 422, "few-remedies"),
    (["exchange", "full_refund"], {}, 403, "beyond-authority"),
    (["exchange", "partial_refund"], {"money": 150}, 403, "beyond-authority"),
    (["exchange", "return"], {"order_id": "20261120000002", "sku": None}, 409, "not-possible"),
    (["exchange", "return"], {"order_id": "999"}, 404, "not-found"),
    (["exchange", "return"], {"sku": "coat-short-red-s"}, 404, "not-found"),
]


@pytest.mark.parametrize(("kinds", "changes", "status", "kind"), REFUSED)
def test_what_may_not_be_offered_is_refused_by_the_shop_itself(
    web: Web, chat: Chat, kinds: list[str], changes: dict[str, Any], status: int, kind: str
):
    with web.agent("xiaolin") as agent:
        answer = agent.post(desk_path(chat, "remedies"), json=card("r2", *kinds, **changes))
    assert (answer.status_code, answer.json()["type"]) == (status, kind)


def test_the_board_is_closed_for_trainers_and_for_a_customer_nobody_has_signed(web: Web, chat: Chat):
    guest = web.customer({"name": "林晴"}, order_id=ORDER)
    with web.agent("wen") as trainer, web.agent("xiaolin") as agent:
        assert trainer.get(desk_path(chat, "remedies"), params=SCARF).status_code == 403
        assert agent.get(desk_path(guest, "remedies"), params=SCARF).status_code == 404


def test_only_who_has_the_chat_sends_the_card(web: Web, chat: Chat):
    with web.agent("aqing") as other:
        answer = other.post(desk_path(chat, "remedies"), json=card("r3", "exchange", "partial_refund"))
    assert answer.status_code == 409


def test_a_supervisor_watches_whispers_and_steps_in(web: Web, chat: Chat):
    cookies = web.agent("xiaolin").cookies
    header = {"Cookie": f"xiaoer_session={cookies['xiaoer_session']}"}
    at_the_desk = web.socket("/api/desk/ws", additional_headers=header, origin=web.url)
    with web.agent("zhou") as supervisor, at_the_desk:
        assert supervisor.get(desk_path(chat)).json()["transcript"]
        event_of(at_the_desk, "hello")
        supervisor.post(desk_path(chat, "notes"), json={"text": "先道歉，再给两种办法"})
        event = event_of(at_the_desk, "note")
        assert (event["conversation_id"], event["note"]["author"]) == (chat.id, "周店长")
        assert "先道歉" not in "".join(chat.texts())
        taken = supervisor.post(desk_path(chat, "transfer"), json={"agent": "zhou"}).json()
        assert (taken["owner"], taken["agent"]) == ("human", "zhou")
        reply = {"text": "您好，我是店长，接着帮您处理", "client_id": "z1"}
        assert supervisor.post(desk_path(chat, "messages"), json=reply).status_code == 200
    with web.agent("xiaolin") as agent:
        assert agent.post(desk_path(chat, "transfer"), json={"agent": "xiaolin"}).status_code == 409


SOUGHT = [
    # what is typed → whether the chat of 林晴 is found
    ("银灰色围巾", True),
    ("林晴", True),
    ("回头客", True),
    (ORDER, True),
    ("没人说过的话", False),
    ("%", False),
    ("_", False),
]


@pytest.mark.parametrize(("wanted", "is_found"), SOUGHT)
def test_a_chat_is_found_by_words_name_tag_or_order(web: Web, chat: Chat, wanted: str, is_found: bool):
    with web.agent("xiaolin") as agent:
        chat.say("上次那条银灰色围巾还想再买一条")
        agent.post(desk_path(chat, "tags"), json={"text": "回头客"})
        found = {each["id"]: each for each in agent.get("/api/desk/search", params={"q": wanted}).json()}
    assert (chat.id in found) is is_found
    if wanted == "银灰色围巾":
        assert "银灰色围巾" in found[chat.id]["quote"]


def test_what_a_department_should_hear_is_listed_by_week_with_the_quote(web: Web, chat: Chat):
    with web.agent("xiaolin") as agent:
        agent.post(desk_path(chat, "feedback"), json={"department": "logistics", "quote": "箱子压扁了"})
        week = agent.get("/api/desk/feedback").json()
        earlier = agent.get("/api/desk/feedback", params={"week": "2020-01-01"}).json()
    by_id = {each["id"]: each for each in week["departments"]}
    assert list(by_id) == ["operations", "finance", "product", "logistics"]
    assert (
        by_id["logistics"]["title"] == "物流" and by_id["logistics"]["feedback"][0]["quote"] == "箱子压扁了"
    )
    assert (earlier["from"], earlier["to"]) == ("2019-12-30", "2020-01-05")
    assert not any(each["feedback"] for each in earlier["departments"])


def test_a_phrase_brings_its_picture_where_the_shop_has_one_and_only_the_shops_pictures_go_out(
    web: Web, chat: Chat
):
    images = web.settings.shop_dir / "images"
    name = next(path.name for path in sorted(images.iterdir()))
    with web.agent("xiaolin") as agent:
        phrases = {each["title"]: each for each in agent.get("/api/desk/phrases").json()}
        say = {"text": "照图量一下", "client_id": "i1", "image": f"/shop-images/{name}"}
        sent = agent.post(desk_path(chat, "messages"), json=say)
        gone = agent.post(
            desk_path(chat, "messages"), json={**say, "client_id": "i2", "image": "/shop-images/no.svg"}
        )
        elsewhere = {**say, "client_id": "i3", "image": "https://example.com/x.svg"}
        refused = agent.post(desk_path(chat, "messages"), json=elsewhere)
    assert "怎么量尺寸" in phrases and phrases["怎么量尺寸"]["image"] is None  # this shop has no such picture
    assert (sent.status_code, gone.status_code, refused.status_code) == (200, 404, 422)
    assert chat.all()["messages"][-1]["image"] == f"/shop-images/{name}"


def test_the_palette_is_read_before_the_first_agent_opens_it(
    rasa: ScriptedRasa, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    readings: list[Path] = []
    real = palette.load_scripts
    monkeypatch.setattr(palette, "load_scripts", lambda folder: readings.append(folder) or real(folder))
    with running_gateway(settings_for(tmp_path, rasa), rasa) as web:
        wait_until(lambda: readings, "the palette's first reading")
        with web.agent("xiaolin") as agent:
            offered = [agent.get("/api/desk/phrases").json() for _ in range(2)]
    assert len(readings) == 1 and offered[0] == offered[1]
    assert {"查库存"} <= {each["title"] for each in offered[0]}
