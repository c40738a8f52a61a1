"""A customer talks to the bot through the gateway."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from bot.desk.people.identity import sign_customer
from tests.web.conftest import Web


def test_opening_the_chat_greets_and_offers_a_choice(web: Web):
    opened = web.customer().opened
    assert opened["owner"] == "bot" and opened["queue"] is None
    greeting = opened["messages"][0]
    assert (greeting["seq"], greeting["sender"]) == (1, "bot")
    assert 2 <= len(greeting["buttons"]) <= 4


def test_a_question_is_stored_and_answered_in_one_call(web: Web):
    chat = web.customer()
    answer = chat.say("穿什么码", "q1")
    question, reply = answer["messages"]
    assert (question["sender"], question["text"], question["client_id"]) == ("customer", "穿什么码", "q1")
    assert (reply["sender"], reply["text"], reply["seq"]) == ("bot", "建议 M 码", question["seq"] + 1)
    assert reply["buttons"] == [{"title": "就要 M", "payload": '/inform{"size":"M"}'}]
    assert "nlu" not in question and "source" not in reply


def test_the_same_client_id_gives_the_same_answer_and_stores_nothing(web: Web):
    chat = web.customer()
    first = chat.say("穿什么码", "q1")
    assert chat.say("穿什么码", "q1") == first
    assert chat.texts() == ["穿什么码", "建议 M 码"]
    assert web.rasa.said(chat.id) == ["穿什么码"]


def test_sent_again_while_the_first_is_still_being_answered_it_is_one_turn(web: Web):
    chat = web.customer()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: chat.say("等一下再答", "q1"), range(4)))
    assert all(answer == answers[0] for answer in answers)
    assert [message["text"] for message in answers[0]["messages"]] == ["等一下再答", "收到：等一下再答"]
    assert web.rasa.said(chat.id) == ["等一下再答"]


def test_quick_messages_reach_the_bot_in_the_order_they_were_stored_and_none_twice(web: Web):
    chat = web.customer()
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(chat.say, ("等一下一", "等一下二", "等一下三")))
    messages = chat.all(1)["messages"]
    asked = [message["text"] for message in messages if message["sender"] == "customer"]
    replies = [message["text"] for message in messages if message["sender"] == "bot"]
    heard = web.rasa.said(chat.id)
    assert "，".join(heard) == "，".join(asked)
    assert replies == [f"收到：{text}" for text in heard]


def test_a_button_shown_here_may_be_pressed(web: Web):
    chat = web.customer()
    chat.say("穿什么码")
    answer = chat.send(payload='/inform{"size":"M"}').json()
    assert [message["text"] for message in answer["messages"]] == ["就要 M", '收到：/inform{"size":"M"}']
    assert web.rasa.turns[-1]["payload"] == '/inform{"size":"M"}' and "text" not in web.rasa.turns[-1]


def test_an_option_of_a_card_may_be_pressed(web: Web):
    chat = web.customer()
    chat.say("拉链坏了")
    answer = chat.send(payload='/inform{"remedy":"partial_refund"}').json()
    assert answer["messages"][0]["text"] == "退 20 元"


def test_a_payload_that_no_button_showed_is_refused_and_nothing_is_stored(web: Web):
    chat = web.customer()
    refused = chat.send(payload='/inform{"remedy":"full_refund"}')
    assert (refused.status_code, refused.json()["type"]) == (422, "unknown-payload")
    assert chat.texts() == []


def test_a_button_of_another_conversation_is_refused(web: Web):
    web.customer().say("拉链坏了")
    assert web.customer().send(payload='/inform{"remedy":"partial_refund"}').status_code == 422


def test_typed_text_that_looks_like_a_payload_stays_text(web: Web):
    chat = web.customer()
    chat.say("/request_human")
    assert web.rasa.turns[-1]["text"] == "/request_human" and "payload" not in web.rasa.turns[-1]


def test_the_dialogue_hears_who_asks_and_where_she_is(web: Web):
    chat = web.customer(web.signed("c-lin"), product_id="coat-cloud", page="/product/coat-cloud")
    chat.say("你好")
    metadata = web.rasa.turns[-1]["metadata"]
    assert (metadata["customer_id"], metadata["customer_name"]) == ("c-lin", "林晴")
    assert (metadata["product_id"], metadata["page"]) == ("coat-cloud", "/product/coat-cloud")
    assert metadata["now"].endswith("+08:00")
    assert web.rasa.secret == f"Bearer {web.settings.secrets['channel_token']}"


def test_the_page_may_change_during_the_conversation(web: Web):
    chat = web.customer(product_id="a")
    chat.send(text="这件呢", context={"product_id": "b", "page": "/product/b"})
    assert web.rasa.turns[-1]["metadata"]["product_id"] == "b"


def test_a_customer_id_that_the_shop_knows_must_be_signed(web: Web):
    with web.client() as client:
        for customer in (
            {"id": "c-lin"},
            {"id": "c-lin", "signature": "0" * 64},
            {"id": "c-lin", "signature": "ü"},
            {**web.signed("c-lin"), "level": "black"},
            {**web.signed("c-lin"), "id": "c-other"},
        ):
            refused = client.post("/api/chat/sessions", json={"customer": customer})
            assert (refused.status_code, refused.json()["type"]) == (403, "bad-signature"), customer


def test_an_unsigned_stranger_is_a_guest_without_identity(web: Web):
    chat = web.customer({"id": "who-knows", "name": "小美", "level": "black"})
    chat.say("你好")
    metadata = web.rasa.turns[-1]["metadata"]
    assert (metadata["customer_id"], metadata["customer_level"]) == (None, "")
    assert metadata["customer_name"] == "小美"


def test_a_signature_is_plain_hmac_that_any_shop_can_make():
    import hashlib
    import hmac

    expected = hmac.new(b"key", "c-1\n周女士\ngold".encode(), hashlib.sha256).hexdigest()
    assert sign_customer("key", "c-1", "周女士", "gold") == expected


def test_a_reload_keeps_the_chat(web: Web):
    chat = web.customer()
    chat.say("穿什么码")
    with web.client(headers={"Authorization": f"Bearer {chat.token}"}) as client:
        again = client.post("/api/chat/sessions", json={"context": {"page": "/orders"}}).json()
    assert (again["conversation_id"], again["token"]) == (chat.id, chat.token)
    assert [message["text"] for message in again["messages"]][1:] == ["穿什么码", "建议 M 码"]


def test_another_customer_on_the_same_computer_gets_her_own_conversation(web: Web):
    chat = web.customer(web.signed("c-lin"))
    with web.client(headers={"Authorization": f"Bearer {chat.token}"}) as client:
        other = client.post("/api/chat/sessions", json={}).json()
    assert other["conversation_id"] != chat.id


def test_a_page_resumes_after_the_last_number_it_has(web: Web):
    chat = web.customer()
    seen = chat.say("穿什么码")["messages"][-1]["seq"]
    chat.say("你好")
    assert [message["text"] for message in chat.all(seen)["messages"]] == ["你好", "收到：你好"]
    assert chat.all(seen + 2)["messages"] == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": "你好"},
        {"client_id": "a"},
        {"text": "", "client_id": "a"},
        {"text": "  ", "client_id": "a"},
        {"text": "长" * 2001, "client_id": "a"},
        {"text": "你好", "payload": "/ask_size", "client_id": "a"},
        {"text": ["你好"], "client_id": "a"},
        {"text": "你好", "client_id": "x" * 81},
    ],
)
def test_what_is_no_message_is_refused_with_a_reason(web: Web, body: dict):
    refused = web.customer().post("messages", body)
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    assert (refused.json()["type"], refused.json()["title"]) == (
        "invalid-input",
        "填写的内容不对，请检查后再试",
    )


def test_asking_for_a_person_works_without_the_dialogue_and_says_honestly_when_nobody_is_there(web: Web):
    chat = web.customer()
    asked = chat.post("human").json()
    assert asked["owner"] == "queued" and asked["queue"]["position"] >= 1
    assert len(asked["messages"]) == 1 and asked["messages"][0]["sender"] == "system"
    again = chat.post("human").json()
    assert (again["owner"], again["messages"]) == ("queued", [])
    assert web.rasa.said(chat.id) == []


def test_while_she_waits_the_bot_is_silent_and_answers_when_she_leaves_the_queue(web: Web):
    chat = web.customer()
    with web.agent("xiaolin") as agent:  # somebody is on duty
        agent.get("/api/desk/conversations?state=queued")
        chat.post("human")
        waiting = chat.say("穿什么码")
        assert (waiting["owner"], [m["text"] for m in waiting["messages"]]) == ("queued", ["穿什么码"])
        left = chat.post("leave-queue").json()
    assert (left["owner"], left["queue"]) == ("bot", None)
    assert left["messages"][-1]["text"] == "建议 M 码"


def test_leaving_a_queue_one_is_not_in_is_refused(web: Web):
    refused = web.customer().post("leave-queue")
    assert (refused.status_code, refused.json()["type"]) == (409, "not-possible")


def test_a_handoff_by_the_dialogue_queues_with_its_words_and_the_place(web: Web):
    chat = web.customer()
    answer = chat.say("转人工")
    assert answer["owner"] == "queued"
    assert [message["sender"] for message in answer["messages"]] == ["customer", "bot", "system"]


def upload(chat, data: bytes, name: str = "a.jpg"):
    files = {"file": (name, data, "image/jpeg")}
    return chat.client.post("/api/chat/attachments", files=files, data={"client_id": name})


def test_a_picture_is_stored_shown_and_answered(web: Web):
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(out, "PNG")
    chat = web.customer()
    answer = upload(chat, out.getvalue())
    assert answer.status_code == 200, answer.text
    picture, reply = answer.json()["messages"]
    assert reply["text"] == "收到：[图片]"
    with web.client() as client:
        shown = client.get(picture["image"])
    assert shown.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(shown.content)).size == (30, 20)


@pytest.mark.parametrize("data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"MZ\x90"])
def test_a_file_that_is_no_picture_is_refused_and_no_message_is_stored(web: Web, data: bytes):
    chat = web.customer()
    refused = upload(chat, data)
    assert (refused.status_code, refused.json()["type"]) == (422, "bad-image")
    assert chat.texts() == []


@pytest.mark.parametrize(("score", "status"), [(1, 204), (5, 204), (0, 422), (6, 422)])
def test_a_rating_is_one_to_five(web: Web, score: int, status: int):
    assert web.customer().post("rating", {"score": score, "comment": "好"}).status_code == status


def test_the_storefront_never_learns_a_floor_price(web: Web):
    with web.client() as client:
        shop = client.get("/api/demo/shop")
    assert "floor" not in shop.text
    assert shop.json()["products"][0]["price"]
