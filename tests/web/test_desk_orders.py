"""What an agent does with an order or asks a supervisor for, and what a customer takes: over HTTP."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import httpx
import pytest
import sqlalchemy as sa

from bot.desk import schema
from bot.desk.back_office.order_actions import order_actions
from bot.shop.records.orders import Order, OrderState
from tests.web.conftest import Chat, Web, event_of
from tests.web.test_desk import desk_path
from tests.web.test_desk_tools import ORDER, SCARF
from tests.web.test_sockets import agent_socket

ADDRESS = "浙江省宁波市鄞州区天童北路88号3栋502，周宁，13900001111"


@pytest.fixture
def chat(web: Web) -> Chat:
    """林晴 has asked for a person, and 小林 has her; nothing was given on her order yet."""
    orders = web.app.state.gateway.orders
    orders.update(kept(web, ORDER).model_copy(update={"compensated": Decimal(0)}), "new")
    chat = web.customer(web.signed("c-lin"), order_id=ORDER)
    chat.say("转人工")
    with web.agent("xiaolin") as agent:
        agent.post(desk_path(chat, "take"), json={})
    return chat


@pytest.fixture
def order(web: Web) -> Iterator[dict[str, Any]]:
    """An order of two coats that is not paid yet."""
    gateway = web.app.state.gateway
    known = gateway.orders.get(ORDER, "c-lin")
    line = known.lines[0].model_copy(update={"quantity": 2})
    body = known.model_copy(
        update={"id": uuid4().hex[:14], "state": OrderState.UNPAID, "lines": (line,), "amount": Decimal(1200)}
    ).model_dump(mode="json")
    values = {"id": body["id"], "customer_id": "c-lin", "placed_at": datetime.now(UTC), "body": body}
    with gateway.desk.engine.begin() as connection:
        connection.execute(sa.insert(schema.orders).values(**values))
    yield body
    with gateway.desk.engine.begin() as connection:
        connection.execute(sa.delete(schema.orders).where(schema.orders.c.id == body["id"]))


def kept(web: Web, order_id: str) -> Order:
    found = web.app.state.gateway.orders.get(order_id, "c-lin")
    assert found is not None
    return found


def act(agent: httpx.Client, chat: Chat, step: str, **body: Any) -> httpx.Response:
    return agent.post(desk_path(chat, step), json={"client_id": uuid4().hex, **body})


def test_an_address_is_changed_in_the_customers_own_words_and_told_to_her(web: Web, chat: Chat, order):
    with web.agent("xiaolin") as agent:
        done = act(agent, chat, f"orders/{order['id']}/address", text=ADDRESS)
        assert done.status_code == 200, done.text
        shown = next(o for o in agent.get(desk_path(chat)).json()["orders"] if o["id"] == order["id"])
    changed = kept(web, order["id"])
    assert (changed.recipient, changed.phone, changed.region) == ("周宁", "13900001111", "浙江")
    assert "天童北路" in chat.texts()[-1] and "13900001111" in chat.texts()[-1]
    assert shown["actions"][0]["who"] == "xiaolin" and "天童北路" in shown["actions"][0]["text"]
    assert shown["address"] == changed.address and shown["may"]["price"] is True


def test_a_variant_is_changed_for_one_in_stock(web: Web, chat: Chat, order):
    path = f"orders/{order['id']}/variant"
    with web.agent("xiaolin") as agent:
        out = act(agent, chat, path, sku="coat-cloud-black-m", to="coat-cloud-white-l")
        unknown = act(agent, chat, path, sku="coat-cloud-black-m", to="scarf-wool-grey")
        done = act(agent, chat, path, sku="coat-cloud-black-m", to="coat-cloud-white-m")
    assert (out.json()["type"], unknown.json()["type"]) == ("variant-out", "variant-unknown")
    assert done.status_code == 200 and kept(web, order["id"]).lines[0].sku == "coat-cloud-white-m"
    assert "米白色 M" in chat.texts()[-1]


def test_the_same_press_twice_changes_and_tells_once(web: Web, chat: Chat, order):
    body = {"sku": "coat-cloud-black-m", "price": "580", "client_id": "p1"}
    with web.agent("xiaolin") as agent:
        answers = [agent.post(desk_path(chat, f"orders/{order['id']}/price"), json=body) for _ in range(2)]
    assert answers[0].json()["message"] == answers[1].json()["message"], answers[0].text
    assert kept(web, order["id"]).amount == Decimal(1160)
    assert sum("580" in text for text in chat.texts()) == 1


REFUSED = [
    # step, body, status, kind → what may not be done
    ("orders/{paid}/price", {"sku": "box-a1-white", "price": "40"}, 409, "too-late"),
    (f"orders/{ORDER}/address", {"text": ADDRESS}, 409, "too-late"),
    ("orders/{id}/address", {"text": "你好呀"}, 422, "address-unclear"),
    ("orders/{id}/price", {"sku": "coat-cloud-black-m", "price": "560"}, 403, "beyond-authority"),
    ("orders/{id}/price", {"sku": "coat-cloud-black-m", "price": "500"}, 422, "below-floor"),
    ("orders/{id}/price", {"sku": "coat-cloud-black-m", "price": "600"}, 422, "price-not-lower"),
    ("orders/nobody/address", {"text": ADDRESS}, 404, "not-found"),
    ("coupons", {"coupon_id": "nothing"}, 404, "not-found"),
]


@pytest.mark.parametrize(("step", "body", "status", "kind"), REFUSED)
def test_what_is_too_late_unclear_or_above_her_is_refused_with_a_reason(
    web: Web, chat: Chat, order, step: str, body: dict[str, Any], status: int, kind: str
):
    with web.agent("xiaolin") as agent:
        answer = act(agent, chat, step.format(id=order["id"], paid="20261120000002"), **body)
    assert (answer.status_code, answer.json()["type"]) == (status, kind), answer.text


def test_only_who_has_the_chat_acts_and_never_for_a_guest(web: Web, chat: Chat, order):
    guest = web.customer()
    guest.say("转人工")
    with web.agent("aqing") as other, web.agent("xiaolin") as agent:
        agent.post(desk_path(guest, "take"), json={})
        assert act(other, chat, f"orders/{order['id']}/address", text=ADDRESS).status_code == 409
        assert act(agent, guest, "coupons", coupon_id="next-10").json()["type"] == "guest"


def test_a_coupon_goes_into_her_pocket_once(web: Web, chat: Chat):
    with web.agent("xiaolin") as agent:
        offered = {each["id"] for each in agent.get(desk_path(chat)).json()["coupons"]}
        first, again = (act(agent, chat, "coupons", coupon_id="next-10") for _ in range(2))
    assert "next-10" in offered and first.status_code == again.status_code == 200
    assert "送您一张 10 元券" in chat.texts()[-1]
    assert [given["cost"] for given in booked(web, chat)] == ["10"]
    with web.app.state.gateway.desk.engine.begin() as connection:
        mine = schema.grants.c.reason == f"desk:{chat.id}"
        assert connection.execute(sa.select(schema.grants.c.who).where(mine)).scalars().all() == ["xiaolin"]


def booked(web: Web, chat: Chat) -> list[dict[str, Any]]:
    mine = order_actions.c.conversation_id == chat.id
    with web.app.state.gateway.desk.engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(sa.select(order_actions).where(mine))]


# --- above her authority


def ask(agent: httpx.Client, chat: Chat, **more: Any) -> httpx.Response:
    body = {**SCARF, "remedy": "full_refund", "reason": "第二次出问题，客户很生气", **more}
    return agent.post(desk_path(chat, "approvals/remedy"), json=body)


def test_a_supervisor_sees_the_brief_says_yes_and_the_agent_sends_what_she_asked_for(web: Web, chat: Chat):
    chat.say("围巾又起球了，我要全额退款")
    with web.agent("xiaolin") as agent, web.agent("zhou") as above, agent_socket(web) as desk:
        event_of(desk, "hello")
        asked = ask(agent, chat)
        assert asked.status_code == 201, asked.text
        (waiting,) = [e for e in above.get("/api/desk/approvals").json() if e["id"] == asked.json()["id"]]
        assert waiting["customer"]["name"] == "林晴" and "全额退款" in waiting["last_question"]
        assert (waiting["cost"], waiting["asked_by_name"]) == ("180", "小林") and waiting["summary"]
        path = f"/api/desk/approvals/{waiting['id']}/decision"
        assert agent.post(path, json={"approve": True}).status_code == 403
        assert above.post(path, json={"approve": True, "word": "同意"}).json()["state"] == "approved"
        assert above.post(path, json={"approve": False}).json()["type"] == "approval-settled"
        while (told := event_of(desk, "approval")["approval"])["state"] != "approved":
            pass
        assert (told["decided_by_name"], told["word"]) == ("周店长", "同意")
        card = {**SCARF, "kinds": ["exchange", "full_refund"], "client_id": "r9"}
        assert agent.post(desk_path(chat, "remedies"), json=card).status_code == 200
        option = next(o for o in chat.all()["messages"][-1]["card"]["options"] if o["kind"] == "full_refund")
        before = kept(web, ORDER).compensated
        chat.send(payload=option["payload"])
        detail = agent.get(desk_path(chat)).json()
        assert [each["state"] for each in detail["approvals"]] == ["used"]
        assert kept(web, ORDER).compensated == before + 180
        again = agent.post(desk_path(chat, "remedies"), json={**card, "client_id": "r10"})
        assert again.status_code == 403  # the leave was for once


def test_a_declined_wish_stays_above_her_and_is_kept(web: Web, chat: Chat):
    with web.agent("xiaolin") as agent, web.agent("zhou") as above:
        asked = ask(agent, chat, sku="coat-cloud-black-m").json()
        above.post(f"/api/desk/approvals/{asked['id']}/decision", json={"approve": False, "word": "先换货"})
        (kept_wish,) = agent.get(desk_path(chat)).json()["approvals"]
        card = {
            **SCARF,
            "sku": "coat-cloud-black-m",
            "kinds": ["exchange", "full_refund"],
            "client_id": "r11",
        }
        assert agent.post(desk_path(chat, "remedies"), json=card).status_code == 403
    assert (kept_wish["state"], kept_wish["word"]) == ("declined", "先换货")


def test_a_price_is_approved_and_then_given_never_below_the_floor(web: Web, chat: Chat, order):
    wish = {"product_id": "coat-cloud", "price": "550", "reason": "买两件，别家便宜"}
    with web.agent("xiaolin") as agent, web.agent("zhou") as above:
        path = desk_path(chat, "approvals/price")
        assert agent.post(path, json={**wish, "price": "500"}).json()["type"] == "below-floor"
        assert agent.post(path, json={**wish, "price": "590"}).json()["type"] == "within-authority"
        asked = agent.post(path, json=wish).json()
        above.post(f"/api/desk/approvals/{asked['id']}/decision", json={"approve": True})
        step = f"orders/{order['id']}/price"
        done = act(agent, chat, step, sku="coat-cloud-black-m", price="550")
        assert done.status_code == 200, done.text
        assert agent.get(desk_path(chat)).json()["approvals"][-1]["state"] == "used"
    assert kept(web, order["id"]).amount == Decimal(1100)


def test_nobody_asks_for_what_she_may_give_or_for_a_colleagues_chat_and_may_take_it_back(
    web: Web, chat: Chat
):
    with web.agent("xiaolin") as agent, web.agent("aqing") as other, web.agent("wen") as trainer:
        assert ask(agent, chat, remedy="exchange").json()["type"] == "within-authority"
        assert ask(other, chat).status_code == 409
        assert ask(trainer, chat).status_code == 403
        asked = ask(agent, chat, sku="coat-cloud-black-m").json()
        assert other.get("/api/desk/approvals").json() == []
        path = f"/api/desk/approvals/{asked['id']}/withdraw"
        assert other.post(path).status_code == 403
        assert agent.post(path).json()["state"] == "withdrawn"


# --- what she takes


def given_today(web: Web) -> Counter[str]:
    """Yuan by giver, as the managers read it."""
    found: Counter[str] = Counter()
    with web.agent("zhou") as client:
        for row in client.get("/api/managers/report").json()["remedies"]:
            found[row["who"]] += row["yuan"]
    return found


def send_card(agent: httpx.Client, chat: Chat) -> list[dict[str, Any]]:
    card = {**SCARF, "kinds": ["partial_refund", "exchange"], "client_id": uuid4().hex, "money": "20"}
    assert agent.post(desk_path(chat, "remedies"), json=card).status_code == 200
    return chat.all()["messages"][-1]["card"]["options"]


def test_what_she_takes_is_booked_on_the_order_promised_and_told_once(web: Web, chat: Chat):
    with web.agent("xiaolin") as agent:
        refund, exchange = send_card(agent, chat)
        before, told_before = kept(web, ORDER).compensated, given_today(web)
        chat.send(payload=refund["payload"])
        chat.send(payload=refund["payload"])
        chat.send(payload=exchange["payload"])  # another of the same card: the agent decides
        detail = agent.get(desk_path(chat)).json()
    assert kept(web, ORDER).compensated == before + 20
    assert {who: given_today(web)[who] - told_before.get(who, 0) for who in ("小林", "机器人")} == {
        "小林": 20,
        "机器人": 0,
    }
    assert sum("登记" in text for text in chat.texts()) == 1
    assert [promise["owner"] for promise in detail["promises"]] == ["xiaolin"]
    order = next(each for each in detail["orders"] if each["id"] == ORDER)
    assert order["actions"][0]["kind"] == "remedy" and order["actions"][0]["cost"] == "20"


def test_she_may_take_it_after_the_agent_has_left_and_the_bot_asks_nothing_again(web: Web, chat: Chat):
    with web.agent("xiaolin") as agent:
        _, exchange = send_card(agent, chat)
        agent.post(desk_path(chat, "close"), json={})
    answer = chat.send(payload=exchange["payload"]).json()
    assert answer["owner"] == "bot"
    assert "登记" in chat.texts()[-1] and exchange["payload"] not in web.rasa.said(chat.id)
    assert not chat.web.app.state.gateway.desk.conversations.pending(chat.id)
