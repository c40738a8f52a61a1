"""What nobody ordinary sends: no text, picture or frame makes the gateway fail, and the next customer is served."""

from __future__ import annotations

import io
import json
import logging
import random
import struct
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from websockets.exceptions import ConnectionClosed

from tests.web.conftest import Chat, Web, event_of, running_gateway, settings_for
from tests.web.rasa_stand_in import ScriptedRasa
from tests.web.test_desk import desk_path, waiting
from tests.web.test_sockets import agent_socket

TEXTS = {
    "a null byte": "在\x00吗",
    "half a character": "在吗\ud83d",
    "control characters": "\x01\x02\x1b[31m红\x07\x7f\x85",
    "letters that turn the line around": "\u202e钱退\u202c\u2066x\u2069\u200b\ufeff",
    "zalgo": "退" + "\u0301\u0489\u20dd" * 600,
    "markup": "<img src=x onerror=alert(1)><script>alert(1)</script>&lt;",
    "a formula": '=HYPERLINK("http://x","退款")',
    "braces of our own templates": "{cutoff} {0} {free_shipping_from.__class__} 【blank】 %s %(x)s ${x}",
    "a statement for a database": "'); DROP TABLE messages;--",
    "emoji only": "👨‍👩‍👧‍👦" * 100,
    "a private use plane": "\U0010ffff\U000f0000\ue000",
    "blank lines": "退\n\n\n\r\n\u2028\u2029\x0b\x0c款",
    "a very long word": "长" * 2000,
    "numbers without end": "9" * 1900,
    "brackets without end": "(" * 1000 + "[" * 900,
}


@pytest.fixture(scope="module")
def hostile(rasa: ScriptedRasa, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with running_gateway(
        settings_for(tmp_path_factory.mktemp("hostile"), rasa, rate_limits=False), rasa
    ) as web:
        yield web


@pytest.fixture(autouse=True)
def nothing_was_logged_as_an_error(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    errors = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert not errors, errors


def served(chat: Chat) -> None:
    assert chat.say("穿什么码")["messages"][-1]["text"] == "建议 M 码"


def sent(client, path: str, body: dict) -> int:
    """`body` as a browser's JSON.stringify writes it, also where httpx would refuse to."""
    headers = {"Content-Type": "application/json"}
    return client.post(path, content=json.dumps(body), headers=headers).status_code


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_hostile_words_are_kept_or_refused_whoever_says_them(hostile: Web, text: str):
    chat = waiting(hostile)
    with hostile.agent("xiaolin") as agent:
        assert sent(chat.client, "/api/chat/messages", {"text": text, "client_id": "a"}) in (200, 422)
        assert sent(chat.client, "/api/chat/messages", {"text": "在", "client_id": text[:80]}) in (200, 422)
        assert sent(chat.client, "/api/chat/messages", {"payload": text[:500], "client_id": "b"}) == 422
        assert sent(chat.client, "/api/chat/rating", {"score": 5, "comment": text[:500]}) in (204, 422)
        page = {
            "context": {"page": text[:200], "product_id": text[:40]},
            "customer": {"id": "x", "name": text[:40]},
        }
        assert sent(chat.client, "/api/chat/sessions", page) in (201, 403, 422)
        agent.post(desk_path(chat, "take"))
        assert sent(agent, desk_path(chat, "messages"), {"text": text, "client_id": "c"}) in (200, 422)
        for kind, body in (
            ("notes", {"text": text}),
            ("tags", {"text": text[:80]}),
            ("promises", {"text": text[:500]}),
        ):
            assert sent(agent, desk_path(chat, kind), body) in (201, 422), kind
        assert sent(agent, desk_path(chat, "return"), {"note": text[:500]}) in (200, 422)
        assert sent(agent, "/api/login", {"username": text[:40], "password": text[:80]}) in (401, 422, 429)
        assert agent.get(desk_path(chat)).status_code == 200
        agent.post(desk_path(chat, "return"))
    assert chat.client.get("/api/chat/messages").status_code == 200
    served(chat)


@pytest.mark.parametrize("size", [70_000, 1_000_000])
def test_a_line_of_a_megabyte_is_refused(hostile: Web, size: int):
    chat = hostile.customer()
    assert sent(chat.client, "/api/chat/messages", {"text": "长" * size, "client_id": "a"}) == 413
    served(chat)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FRAMES = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=60),
    st.builds(
        lambda kind, more: json.dumps({**more, "type": kind}),
        st.sampled_from(["hello", "seen", "typing", "ping", "look", "message"]) | JSON,
        st.dictionaries(st.sampled_from(["after", "seq", "conversation_id", "x"]), JSON),
    ),
)
FEW = settings(max_examples=12, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@FEW
@given(frames=st.lists(FRAMES, min_size=1, max_size=12), is_desk=st.booleans())
def test_no_frame_breaks_more_than_its_own_socket(hostile: Web, frames: list[str | bytes], is_desk: bool):
    chat = waiting(hostile)
    with agent_socket(hostile) if is_desk else chat.socket() as socket:
        try:
            for frame in frames:
                socket.send(frame)
        except (ConnectionClosed, UnicodeEncodeError):
            pass
    with chat.socket() as again:
        again.send(json.dumps({"type": "ping"}))
        event_of(again, "pong")


@pytest.mark.parametrize("after", ["-1", "99999999999999999999", "x", "1e9", "٣"])
def test_a_made_up_place_in_the_transcript_does_no_harm(hostile: Web, after: str):
    chat = hostile.customer()
    assert chat.client.get("/api/chat/messages", params={"after": after}).status_code in (200, 422)
    try:
        with hostile.socket(f"/api/chat/ws?token={chat.token}&after={after}") as page:
            page.send(json.dumps({"type": "ping"}))
            event_of(page, "pong")
    except Exception as error:
        assert "403" in str(error) or "4401" in str(error) or "1008" in str(error), error
    with chat.socket(after=1) as page:
        for made_up in (10**30, -5, "1", None, 1.5, {}):
            page.send(json.dumps({"type": "hello", "after": made_up}))
        page.send(json.dumps({"type": "hello", "after": 0}))
        assert event_of(page, "message")["message"]["seq"] == 1  # the feed has lived through them all
    served(chat)


@pytest.mark.postgres
def test_a_null_character_fails_no_database(rasa: ScriptedRasa, postgres_server, tmp_path):
    with running_gateway(settings_for(tmp_path, rasa, database_url=postgres_server.create()), rasa) as web:
        chat = web.customer()
        assert chat.say("穿什么码\0", "a\0")["messages"][-1]["text"] == "建议 M 码"
        assert len(chat.say("穿什么码\0", "a\0")["messages"]) == 2 and len(chat.texts()) == 2


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, kind)
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of a few bytes that says it is 60,000 × 60,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 99_999)) + chunk(b"IEND", b"")


def pictures() -> Iterator[bytes]:
    chance = random.Random(5)
    yield from (b"", b"\xff\xd8\xff", b"GIF89a", b"%PDF-1.7", b"PK\x03\x04", b"<svg onload=alert(1)>", bomb())
    for kind in ("JPEG", "PNG", "GIF", "WEBP"):
        whole = picture(kind)
        yield whole
        yield whole[: len(whole) // 2]
        for _ in range(6):
            broken = bytearray(whole)
            for _ in range(chance.randint(1, 20)):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            yield bytes(broken)


def test_no_picture_makes_the_gateway_fail_and_what_is_kept_is_a_picture_of_ours(hostile: Web):
    chat, kept = hostile.customer(), 0
    for number, body in enumerate(pictures()):
        files = {"file": ("x.jpg\x00<script>.svg", body, "text/html")}
        answer = chat.client.post("/api/chat/attachments", data={"client_id": f"p{number}"}, files=files)
        assert answer.status_code in (200, 422), (number, answer.text)
        if answer.status_code == 200:
            kept += 1
            shown = chat.client.get(answer.json()["messages"][0]["image"])
            assert shown.headers["content-type"] in ("image/jpeg", "image/png")
            Image.open(io.BytesIO(shown.content)).verify()
    assert kept >= 4
    served(chat)
