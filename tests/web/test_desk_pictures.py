"""An agent sends a picture from her own disk: drawn anew like a customer's, by who has the conversation only."""

from __future__ import annotations

import io

import httpx
import pytest
import sqlalchemy as sa
from PIL import Image

from bot.desk import schema
from bot.desk.images import LONGEST_SIDE
from bot.web.middleware import IMAGE_LIMIT, JSON_LIMIT
from tests.web.conftest import Chat, Web
from tests.web.test_desk import desk_path


def photo(width: int = 30, height: int = 20) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((width, height), 90).save(out, "PNG")
    return out.getvalue()


def send(agent: httpx.Client, chat: Chat, data: bytes, client_id: str = "p1", **form: int) -> httpx.Response:
    files = {"file": ("尺码.png", data, "image/png")}
    return agent.post(desk_path(chat, "attachments"), files=files, data={"client_id": client_id, **form})


def kept(web: Web, chat: Chat) -> int:
    query = (
        sa.select(sa.func.count())
        .select_from(schema.attachments)
        .where(schema.attachments.c.conversation_id == chat.id)
    )
    with sa.create_engine(web.settings.database).connect() as connection:
        return connection.execute(query).scalar_one()


@pytest.fixture
def chat(web: Web) -> Chat:
    """小林 has her."""
    chat = web.customer()
    chat.say("转人工")
    with web.agent("xiaolin") as agent:
        assert agent.post(desk_path(chat, "take"), json={}).status_code == 200
    return chat


def test_the_customer_gets_the_picture_made_small_and_nothing_but_what_it_shows(web: Web, chat: Chat):
    large = photo(LONGEST_SIDE * 2, 600)
    assert JSON_LIMIT < len(large) < IMAGE_LIMIT
    with web.agent("xiaolin") as agent:
        sent = send(agent, chat, large)
    assert sent.status_code == 200, sent.text
    got = chat.all()["messages"][-1]
    assert (got["sender"], got["author"], got["text"]) == ("agent", "小林", "")
    assert got["image"] == sent.json()["message"]["image"]
    with web.client() as client:
        shown = client.get(got["image"])
    assert shown.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(shown.content)).size == (LONGEST_SIDE, 300)


def test_a_colleague_who_does_not_have_her_sends_nothing_and_nothing_is_kept(web: Web, chat: Chat):
    with web.agent("aqing") as other, web.agent("zhou") as supervisor:
        refused = [send(each, chat, photo()) for each in (other, supervisor)]
    assert {(each.status_code, each.json()["type"]) for each in refused} == {(409, "not-yours")}
    assert kept(web, chat) == 0


def test_nothing_goes_to_a_customer_of_the_bot(web: Web):
    chat = web.customer()
    chat.say("穿什么码")
    with web.agent("xiaolin") as agent:
        assert send(agent, chat, photo()).status_code == 409
    assert kept(web, chat) == 0


def test_the_same_picture_sent_again_after_a_lost_answer_is_said_once(web: Web, chat: Chat):
    before = len(chat.texts())
    with web.agent("xiaolin") as agent:
        first, again = send(agent, chat, photo()), send(agent, chat, photo())
    assert first.json()["message"] == again.json()["message"]
    assert len(chat.texts()) == before + 1


def test_who_looks_at_an_old_state_is_refused(web: Web, chat: Chat):
    with web.agent("xiaolin") as agent:
        version = agent.get(desk_path(chat)).json()["version"]
        assert send(agent, chat, photo(), version=version - 1).status_code == 409
        assert send(agent, chat, photo(), version=version).status_code == 200


@pytest.mark.parametrize("data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"MZ\x90"])
def test_a_file_that_is_no_picture_is_refused(web: Web, chat: Chat, data: bytes):
    with web.agent("xiaolin") as agent:
        refused = send(agent, chat, data)
    assert (refused.status_code, refused.json()["type"]) == (422, "bad-image")
    assert kept(web, chat) == 0


def test_a_file_beyond_the_limit_is_refused(web: Web, chat: Chat):
    with web.agent("xiaolin") as agent:
        refused = send(agent, chat, b"x" * (IMAGE_LIMIT + 1))
    assert (refused.status_code, refused.json()["type"]) == (413, "too-large")
