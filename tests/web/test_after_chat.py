"""After the chat, through a running gateway whose clock is the test's."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.desk import schema
from bot.desk.aftercare.after_chat import shop_now
from bot.desk.aftercare.follow_up_history import utc
from bot.desk.aftercare.follow_up_lines import follow_up_lines
from bot.shop.prices.grants import Recipient
from bot.shop.records.orders import Order, OrderState
from bot.web import ticking
from tests.servers import wait_until
from tests.web.conftest import Chat, Web, running_gateway, settings_for
from tests.web.rasa_stand_in import ScriptedRasa

STOP = follow_up_lines().stop.title


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.now = shop_now()

    def tomorrow(self, clock: str) -> datetime:
        hour, minute = map(int, clock.split(":"))
        day = shop_now() + timedelta(days=1)
        self.now = day.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shop_web(
    rasa: ScriptedRasa, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> Iterator[Web]:
    """A gateway of its own that ticks five times a second."""
    monkeypatch.setattr(ticking, "EVERY_SECONDS", 0.2)
    with running_gateway(settings_for(tmp_path, rasa), rasa) as running:
        after_chat = running.app.state.gateway.after_chat
        after_chat.clock = lambda: clock.now
        # Tomorrow evening is up to two days after what she says now: not stale, whatever the time of day is.
        after_chat._policy = after_chat._policy.model_copy(update={"stale_hours": 60})
        yield running


def listed(web: Web) -> list[dict[str, Any]]:
    answer = web.agent("xiaolin").get("/api/desk/follow-ups")
    assert answer.status_code == 200, answer.text
    return answer.json()


def states(web: Web) -> list[tuple[str, str, str]]:
    return [(each["occasion"], each["state"], each["why"]) for each in listed(web)]


def wait_for(web: Web, *wanted: tuple[str, str, str]) -> None:
    def is_so() -> bool:
        return states(web) == list(wanted)

    try:
        wait_until(is_so, "", 10)
    except AssertionError:
        raise AssertionError(f"wanted {wanted}, have {states(web)}") from None


def dropped(web: Web, clock: Clock) -> Chat:
    """She asked for a size, got an answer and wrote no more; at night it is planned."""
    chat = web.customer(product_id="coat-cloud")
    chat.say("穿什么码")
    clock.tomorrow("03:00")
    wait_for(web, ("asked", "planned", ""))
    return chat


def follow_ups(chat: Chat) -> list[dict[str, Any]]:
    return [message for message in chat.all()["messages"] if message["kind"] == "follow_up"]


def test_a_dropped_chat_is_planned_at_night_and_said_at_ten_with_its_tag(shop_web: Web, clock: Clock):
    chat = dropped(shop_web, clock)
    (planned,) = listed(shop_web)
    assert planned["tag"].startswith("咨询尺码 · ")
    assert planned["occasion_title"] and planned["state_title"] == "待发"
    assert planned["text"], "the desk sees what would be said"
    assert follow_ups(chat) == []
    clock.tomorrow("10:00")
    wait_for(shop_web, ("asked", "sent", ""))
    (message,) = follow_ups(chat)
    assert message["sender"] == "bot" and message["text"] == listed(shop_web)[0]["text"]
    assert STOP in [button["title"] for button in message["buttons"]]
    clock.tomorrow("20:00")
    time.sleep(0.7)
    assert len(follow_ups(chat)) == 1


def test_it_is_pushed_to_an_open_page_which_says_when_it_was_seen(shop_web: Web, clock: Clock):
    chat = dropped(shop_web, clock)
    with chat.socket() as page:
        clock.tomorrow("16:00")
        event = receive(page, lambda event: (event.get("message") or {}).get("kind") == "follow_up")
        assert states(shop_web) == [("asked", "sent", "")]
        page.send(json.dumps({"type": "seen", "seq": event["message"]["seq"]}))
        wait_for(shop_web, ("asked", "seen", ""))


def receive(page: Any, is_wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    while True:
        event = json.loads(page.recv(timeout=10))
        if is_wanted(event):
            return event


def test_any_word_of_hers_calls_it_off(shop_web: Web, clock: Clock):
    chat = dropped(shop_web, clock)
    clock.now = shop_now()  # by tomorrow's clock what she says now would be silence again
    chat.say("谢谢")
    assert states(shop_web) == [("asked", "cancelled", "replied")]
    time.sleep(0.5)
    assert follow_ups(chat) == []


def test_an_agent_calls_it_off_for_good(shop_web: Web, clock: Clock):
    chat = dropped(shop_web, clock)
    (planned,) = listed(shop_web)
    path = f"/api/desk/follow-ups/{planned['id']}"
    assert shop_web.agent("wen").delete(path).status_code == 403
    assert shop_web.agent("xiaolin").delete(path).status_code == 204
    assert shop_web.agent("xiaolin").delete(path).status_code == 204
    assert shop_web.agent("xiaolin").delete("/api/desk/follow-ups/none").status_code == 404
    clock.tomorrow("10:00")
    time.sleep(0.7)
    assert states(shop_web) == [("asked", "cancelled", "agent")]
    assert follow_ups(chat) == []


def test_what_was_said_cannot_be_called_off(shop_web: Web, clock: Clock):
    dropped(shop_web, clock)
    clock.tomorrow("10:00")
    wait_for(shop_web, ("asked", "sent", ""))
    (sent,) = listed(shop_web)
    assert shop_web.agent("xiaolin").delete(f"/api/desk/follow-ups/{sent['id']}").status_code == 409


def test_stop_is_answered_without_the_dialogue_and_holds(shop_web: Web, clock: Clock, rasa: ScriptedRasa):
    chat = dropped(shop_web, clock)
    clock.tomorrow("10:00")
    wait_for(shop_web, ("asked", "sent", ""))
    button = next(b for b in follow_ups(chat)[0]["buttons"] if b["title"] == STOP)
    rasa.is_failing = True
    try:
        answer = chat.send(payload=button["payload"]).json()
    finally:
        rasa.is_failing = False
    assert answer["owner"] == "bot"
    assert answer["messages"][-1]["text"] == follow_up_lines().stopped
    assert states(shop_web) == [("asked", "seen", "")]
    chat.say("今天发货吗")
    clock.now = shop_now() + timedelta(days=1)
    time.sleep(0.7)
    assert states(shop_web) == [("asked", "seen", "")]


def place(web: Web, customer_id: str, placed: datetime) -> Order:
    """An order she places in the shop and does not pay."""
    line = {"product_id": "coat-cloud", "sku": "coat-cloud-black-m", "quantity": 1, "price": 600}
    order = Order(
        id="20261122000009",
        customer_id=customer_id,
        state=OrderState.UNPAID,
        lines=(line,),
        amount=600,
        region="浙江",
        address="杭州市某路",
        placed_at=placed,
    )
    row = {"id": order.id, "customer_id": customer_id, "placed_at": utc(placed)}
    with web.app.state.gateway.desk.engine.begin() as connection:
        connection.execute(sa.insert(schema.orders).values(**row, body=order.model_dump(mode="json")))
    return order


def test_an_unpaid_order_is_reminded_of_once_and_a_paid_one_not_at_all(shop_web: Web, clock: Clock):
    chat = shop_web.customer(shop_web.signed("c-lin"))
    chat.say("你好")
    order = place(shop_web, "c-lin", clock.tomorrow("22:00") - timedelta(days=1))
    clock.tomorrow("03:00")
    wait_until(lambda: ("unpaid", "planned", "") in states(shop_web), "the plan", 10)
    paid = order.model_copy(update={"state": OrderState.PAID, "paid_at": shop_now()})
    shop_web.app.state.gateway.orders.update(paid, "paid")
    clock.tomorrow("11:00")
    wait_until(lambda: ("unpaid", "cancelled", "not_true") in states(shop_web), "its end", 10)
    assert follow_ups(chat) == []
    shop_web.app.state.gateway.orders.update(order, "a second thought")
    wait_until(lambda: ("unpaid", "sent", "") in states(shop_web), "the reminder", 10)
    (message,) = follow_ups(chat)
    assert "还没付款" in message["text"]
    clock.tomorrow("14:00")
    time.sleep(0.7)
    assert len(follow_ups(chat)) == 1


def test_a_coupon_she_was_given_is_reminded_of_before_it_runs_out(shop_web: Web, clock: Clock):
    gateway = shop_web.app.state.gateway
    chat = shop_web.customer(shop_web.signed("c-new"))
    chat.say("你好")
    offer = next(each for each in gateway.shop.policy.coupons if each.id == "welcome")
    given = shop_now() - timedelta(days=offer.valid_days - 2)
    ledger = gateway.after_chat._coupons._ledger
    assert ledger.give_coupon(Recipient("c-new", chat.id, "welcome"), offer, given)
    clock.tomorrow("10:10")
    wait_until(lambda: bool(follow_ups(chat)), "the reminder", 10)
    (message,) = follow_ups(chat)
    assert "10 元" in message["text"] and "明天到期" in message["text"] and "99" in message["text"]


def test_two_gateways_on_one_database_say_it_once(
    shop_web: Web, rasa: ScriptedRasa, tmp_path: Path, clock: Clock
):
    with running_gateway(settings_for(tmp_path, rasa), rasa) as other:
        other.app.state.gateway.after_chat.clock = lambda: clock.now
        chat = dropped(shop_web, clock)
        clock.tomorrow("10:00")
        wait_for(shop_web, ("asked", "sent", ""))
        time.sleep(0.7)
        assert len(follow_ups(chat)) == 1


def test_open_promises_are_listed_by_their_time_and_moved_only_with_a_word(shop_web: Web):
    chat = shop_web.customer(shop_web.signed("c-lin"))
    chat.say("补发纽扣")
    agent = shop_web.agent("xiaolin")
    later = {"text": "回电话", "due": "2036-01-01T10:00:00+08:00"}
    assert agent.post(f"/api/desk/conversations/{chat.id}/promises", json=later).status_code == 201
    found = agent.get("/api/desk/promises").json()
    assert found["closes"] == "23:00"
    assert [each["text"] for each in found["promises"]] == ["补发纽扣", "回电话"]
    assert found["promises"][0]["customer"]["name"] == "林晴"
    path = f"/api/desk/promises/{found['promises'][1]['id']}/move"
    move = {"due": "2036-01-02T10:00:00+08:00", "text": "抱歉，电话改到明天上午打给您。"}
    assert agent.post(path, json={**move, "text": " "}).status_code == 422
    assert agent.post(path, json={**move, "due": "2020-01-01T10:00:00+08:00"}).status_code == 422
    assert shop_web.agent("wen").post(path, json=move).status_code == 403
    answer = agent.post(path, json=move)
    assert answer.status_code == 200 and answer.json()["promise"]["due"].startswith("2036-01-02T02:00")
    assert chat.texts()[-1] == move["text"]
    first = found["promises"][0]["id"]
    agent.post(f"/api/desk/conversations/{chat.id}/promises/{first}", json={"is_done": True})
    assert [each["text"] for each in agent.get("/api/desk/promises").json()["promises"]] == ["回电话"]
    assert agent.post(f"/api/desk/promises/{first}/move", json=move).status_code == 404


@pytest.mark.parametrize("owner", ["bot", "queued", "human", "closed"])
def test_the_word_about_a_moved_promise_reaches_her_whoever_has_the_chat(shop_web: Web, owner: str):
    chat = shop_web.customer(shop_web.signed("c-lin"))
    chat.say("补发纽扣")
    agent = shop_web.agent("xiaolin")
    if owner == "queued":
        chat.post("human")
    if owner in ("human", "closed"):
        agent.post(f"/api/desk/conversations/{chat.id}/take")
    if owner == "closed":
        agent.post(f"/api/desk/conversations/{chat.id}/close")
    promise = agent.get("/api/desk/promises").json()["promises"][0]
    move = {"due": "2036-01-02T10:00:00+08:00", "text": "改到明天上午办好。"}
    assert agent.post(f"/api/desk/promises/{promise['id']}/move", json=move).status_code == 200
    last = chat.all()["messages"][-1]
    expected = {"bot": "bot", "human": "agent"}.get(owner, "system")
    assert (last["text"], last["sender"]) == (move["text"], expected)
