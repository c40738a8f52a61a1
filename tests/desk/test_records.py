"""Promises, notes, tags, feedback, ratings, people and orders: on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from bot.desk import schema
from bot.desk.back_office.orders import SqlOrders
from bot.desk.conversations import Conversation, NotFound, Role
from bot.desk.desk import Desk
from bot.desk.records import Department
from bot.shop.records.model import Shop
from bot.shop.records.orders import with_note

PASSWORD = "correct horse battery"


def test_a_promise_is_kept_until_it_is_done(desk: Desk, conversation: Conversation):
    due = datetime(2026, 11, 23, 18, tzinfo=UTC)
    promise = desk.records.add_promise(conversation.id, "周一补发纽扣", due, "xiaolin")
    assert desk.records.promises(conversation.id) == (promise,)
    desk.records.settle_promise(conversation.id, promise.id)
    assert desk.records.promises(conversation.id)[0].is_done


def test_a_promise_of_another_conversation_cannot_be_settled(desk: Desk, conversation: Conversation):
    promise = desk.records.add_promise(conversation.id, "补发", None, "bot")
    with pytest.raises(NotFound):
        desk.records.settle_promise("another", promise.id)


def test_notes_stay_in_the_order_they_were_written(desk: Desk, conversation: Conversation):
    for text in ("先", "后"):
        desk.records.add_note(conversation.id, "小林", text)
    assert [note.text for note in desk.records.notes(conversation.id)] == ["先", "后"]


def test_tagging_twice_is_one_tag_and_tags_come_off(desk: Desk, conversation: Conversation):
    for text in ("急", "急", "老客户"):
        desk.records.add_tag(conversation.id, text, "xiaolin")
    assert desk.records.tags(conversation.id) == ("急", "老客户")
    desk.records.remove_tag(conversation.id, "急")
    assert desk.records.tags(conversation.id) == ("老客户",)


def test_a_second_rating_replaces_the_first(desk: Desk, conversation: Conversation):
    desk.records.rate(conversation.id, 2, "慢", None)
    desk.records.rate(conversation.id, 5, "解决了", "xiaolin")
    assert desk.records.rating(conversation.id) == (5, "解决了")


def test_feedback_keeps_quote_and_department(desk: Desk, conversation: Conversation):
    desk.records.add_feedback(conversation.id, None, Department.LOGISTICS, "没送上门", "xiaolin")
    with desk.engine.connect() as connection:
        kept = connection.execute(sa.select(schema.feedback)).one()
    assert (kept.department, kept.quote, kept.conversation_id) == ("logistics", "没送上门", conversation.id)


def test_an_image_is_found_by_its_id_only(desk: Desk, conversation: Conversation):
    identifier = desk.records.add_attachment(conversation.id, "image/png", b"\x89PNG\x00")
    assert desk.records.attachment(identifier) == ("image/png", b"\x89PNG\x00")
    with pytest.raises(NotFound):
        desk.records.attachment(identifier[:-1])


def test_a_login_opens_a_session_until_logout(desk: Desk):
    desk.agents.create("xiaolin", "小林", Role.AGENT, PASSWORD)
    agent, token = desk.agents.login("xiaolin", PASSWORD)
    assert (agent.name, agent.role) == ("小林", Role.AGENT)
    assert desk.agents.by_session(token).username == "xiaolin"
    desk.agents.logout(token)
    with pytest.raises(NotFound):
        desk.agents.by_session(token)


@pytest.mark.parametrize(("name", "password"), [("xiaolin", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_name_or_password_opens_nothing(desk: Desk, name: str, password: str):
    desk.agents.create("xiaolin", "小林", Role.AGENT, PASSWORD)
    with pytest.raises(NotFound):
        desk.agents.login(name, password)


def test_a_new_password_ends_every_open_session(desk: Desk):
    desk.agents.create("xiaolin", "小林", Role.AGENT, PASSWORD)
    tokens = [desk.agents.login("xiaolin", PASSWORD)[1] for _ in range(2)]
    desk.agents.set_password("xiaolin", "another one entirely")
    for token in tokens:
        with pytest.raises(NotFound):
            desk.agents.by_session(token)


def test_passwords_and_sessions_are_kept_as_hashes_only(desk: Desk):
    desk.agents.create("xiaolin", "小林", Role.AGENT, PASSWORD)
    _, token = desk.agents.login("xiaolin", PASSWORD)
    with desk.engine.connect() as connection:
        password = connection.execute(sa.select(schema.agents.c.password_hash)).scalar_one()
        session = connection.execute(sa.select(schema.sessions.c.hash)).scalar_one()
    assert password.startswith("$argon2id$") and PASSWORD not in password
    assert token not in session


@pytest.fixture
def orders(desk: Desk, shop: Shop) -> SqlOrders:
    store = SqlOrders(desk.engine)
    store.seed(shop.orders.values())
    return store


def test_an_order_is_given_only_to_its_customer(orders: SqlOrders, shop: Shop):
    order = next(iter(shop.orders.values()))
    assert orders.get(order.id, order.customer_id) == order
    assert orders.get(order.id, "someone-else") is None
    assert orders.get("no-such-order", order.customer_id) is None


def test_a_customers_orders_come_newest_first(orders: SqlOrders, shop: Shop):
    customer = max(shop.customers, key=lambda c: sum(o.customer_id == c for o in shop.orders.values()))
    found = orders.list_for(customer)
    assert {order.id for order in found} == {o.id for o in shop.orders.values() if o.customer_id == customer}
    assert [order.placed_at for order in found] == sorted((o.placed_at for o in found), reverse=True)


def test_a_changed_order_stays_changed_and_says_why(orders: SqlOrders, shop: Shop):
    order = next(o for o in shop.orders.values() if o.state.value == "paid")
    orders.update(with_note(order, "请发顺丰"), "客户要求备注")
    orders.seed(shop.orders.values())
    assert orders.get(order.id, order.customer_id).note == "请发顺丰"
    assert orders.changes(order.id) == ("客户要求备注",)


def test_an_order_nobody_placed_cannot_be_changed(orders: SqlOrders, shop: Shop):
    order = next(iter(shop.orders.values()))
    with pytest.raises(KeyError):
        orders.update(order.model_copy(update={"customer_id": "someone-else"}), "偷改")
    assert orders.changes(order.id) == ()
