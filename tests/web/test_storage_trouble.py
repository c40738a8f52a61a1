"""The disk is full, another writer holds the database: nothing acknowledged is lost, nothing is stored twice, the
customer is told to try again, and everything goes on by itself afterwards."""

from __future__ import annotations

import errno
import json
import logging
import resource
import secrets
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

import httpx
import psycopg
import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from bot.desk import database, storage, threads
from bot.desk.storage import Complaints
from bot.settings import load_secrets
from bot.web import __main__ as starting
from bot.web.problems import add_problem_handlers
from tests.servers import wait_until
from tests.web.conftest import Web, event_of, running_gateway, settings_for
from tests.web.rasa_stand_in import ScriptedRasa
from tests.web.test_killed import gateway_process

SHORT = 2
"""Seconds of patience with a lock, instead of the real LONGEST_WAIT."""


@contextmanager
def full_disk(pid: int) -> Iterator[None]:
    """Every write of this process fails, as on a full disk; no mounting, no root."""
    soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, hard))


def health(web: Web) -> dict[str, str]:
    with web.client() as client:
        return client.get("/api/health").json()


def assert_not_stored(answer: httpx.Response) -> None:
    assert (answer.status_code, answer.json()["type"]) == (503, "storage-down")
    assert "再试" in answer.json()["title"] and int(answer.headers["retry-after"]) > 0


@pytest.fixture(scope="module")
def own(rasa: ScriptedRasa, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Web, Popen]]:
    """A gateway in a process of its own, whose disk may be full."""
    settings = settings_for(tmp_path_factory.mktemp("disk"), rasa)
    with gateway_process(settings) as process:
        yield Web(settings, rasa, None), process


def test_on_a_full_disk_nothing_is_acknowledged_and_with_space_again_everything_goes_on(own):
    web, process = own
    chat = web.customer()
    chat.say("穿什么码", "q1")
    with full_disk(process.pid):
        assert_not_stored(chat.send("q2", text="有红色吗"))
        assert_not_stored(web.client().post("/api/chat/sessions", json={}))
        assert health(web)["database"] == "down"
        assert chat.texts() == ["穿什么码", "建议 M 码"]  # what is stored can be read
        assert process.poll() is None
    wait_until(lambda: health(web)["status"] == "ok", "healthy again")
    assert chat.say("有红色吗", "q2")["messages"][-1]["text"] == "收到：有红色吗"
    assert chat.texts() == ["穿什么码", "建议 M 码", "有红色吗", "收到：有红色吗"]


def test_a_disk_that_fills_up_during_a_turn_leaves_the_answer_owed_and_not_lost(own):
    web, process = own
    chat = web.customer()
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(chat.send, "q1", text="等一下再答")
        wait_until(lambda: "等一下再答" in web.rasa.said(chat.id), "the turn began")
        with full_disk(process.pid):
            assert_not_stored(asked.result())
    wait_until(lambda: chat.texts() == ["等一下再答", "收到：等一下再答"], "answered by itself")
    assert chat.say("等一下再答", "q1")["messages"][-1]["text"] == "收到：等一下再答"
    assert len(chat.texts()) == 2


def test_a_gateway_that_is_started_on_a_full_disk_waits_for_space(monkeypatch: pytest.MonkeyPatch):
    full = OperationalError("INSERT", {}, Exception("database or disk is full"))
    outcomes = [full, OSError(errno.ENOSPC, "No space left"), "a gateway"]

    def build(_settings):
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(starting, "build_gateway", build)
    monkeypatch.setattr(starting, "QUIET_SECONDS", 0)
    assert starting._built(None) == "a gateway"
    outcomes.append(PermissionError(errno.EACCES, "not ours"))
    with pytest.raises(PermissionError):
        starting._built(None)


def test_who_only_wanted_to_look_is_not_told_that_nothing_was_saved():
    app = FastAPI()
    add_problem_handlers(app)

    async def fail() -> None:
        raise OperationalError("SELECT", {}, Exception("disk I/O error"))

    app.add_api_route("/it", fail, methods=["GET", "POST"])
    with TestClient(app) as client:
        read, write = client.get("/it"), client.post("/it")
    assert read.status_code == write.status_code == 503
    assert read.json()["type"] == write.json()["type"] == "storage-down"
    assert "没能保存" in write.json()["title"] and "保存" not in read.json()["title"]


def test_secrets_are_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left")

    with monkeypatch.context() as on_a_full_disk:
        on_a_full_disk.setattr(json, "dump", full)
        with pytest.raises(OSError):
            load_secrets(tmp_path / "secrets.json")
    assert list(tmp_path.iterdir()) == []
    first = load_secrets(tmp_path / "secrets.json")
    assert first["secret_key"] and load_secrets(tmp_path / "secrets.json") == first
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


# --- a slow database


@contextmanager
def held_sqlite(web: Web) -> Iterator[None]:
    """Another writer that does not come to its end."""
    engine = sa.create_engine(web.settings.database)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield
    engine.dispose()


@contextmanager
def held_postgres(web: Web) -> Iterator[None]:
    with psycopg.connect(web.settings.database) as connection:
        connection.execute("LOCK TABLE messages, conversations IN EXCLUSIVE MODE")  # others may read
        yield


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def slow(request, rasa: ScriptedRasa, tmp_path_factory) -> Iterator[tuple[Web, object]]:
    """A gateway with little patience, and what holds its database."""
    is_postgres = request.param == "postgres"
    url = request.getfixturevalue("postgres_server").create() if is_postgres else ""
    settings = settings_for(tmp_path_factory.mktemp("slow"), rasa, database_url=url)
    with pytest.MonkeyPatch.context() as patience:
        patience.setattr(database, "LONGEST_WAIT", SHORT)
        patience.setattr(threads, "LONGEST_WAIT", SHORT)
        with running_gateway(settings, rasa) as web:
            yield web, held_postgres if is_postgres else held_sqlite


def test_a_short_wait_for_another_writer_is_only_a_wait(slow):
    web, held = slow
    chat = web.customer()
    with ThreadPoolExecutor(1) as pool:
        with held(web):
            asked = pool.submit(chat.say, "穿什么码", "q1")
            time.sleep(SHORT / 3)
        assert asked.result()["messages"][-1]["text"] == "建议 M 码"
    assert chat.texts() == ["穿什么码", "建议 M 码"]


def test_while_another_writer_holds_the_database_all_are_told_and_none_is_lost_or_doubled(slow):
    web, held = slow
    chats = [web.customer() for _ in range(9)]  # more than there are connections
    with ThreadPoolExecutor(len(chats) + 1) as pool:
        with held(web):
            asked = [pool.submit(chat.send, "q1", text="穿什么码") for chat in chats]
            with web.client() as client:
                assert client.get("/api/health/web").status_code == 200
            assert not any(each.done() for each in asked)  # the event loop does not wait with them
            for each in asked:
                assert_not_stored(each.result())
            assert chats[0].texts() == []
            if web.settings.database_url == "":
                assert health(web)["database"] == "down"
        again = list(pool.map(lambda chat: chat.say("穿什么码", "q1"), chats))
    assert {answer["messages"][-1]["text"] for answer in again} == {"建议 M 码"}
    assert {tuple(chat.texts()) for chat in chats} == {("穿什么码", "建议 M 码")}
    assert health(web)["status"] == "ok"


def test_a_line_stays_open_when_it_cannot_be_noted_who_has_read_what(slow):
    web, held = slow
    chat = web.customer()
    seq = chat.say("穿什么码")["messages"][-1]["seq"]
    with chat.socket() as page, held(web):
        page.send(json.dumps({"type": "seen", "seq": seq}))
        time.sleep(SHORT * 1.5)
        page.send(json.dumps({"type": "ping"}))
        event_of(page, "pong")


def test_the_log_tells_trouble_in_few_lines_and_without_customers_words(slow, caplog, monkeypatch):
    web, held = slow
    canary = f"出错了{secrets.token_hex(8)}"
    chat = web.customer()
    monkeypatch.setattr(storage, "_complaints", Complaints())
    caplog.set_level(logging.DEBUG, logger="bot")
    with held(web):
        for _ in range(2):
            assert_not_stored(chat.send("q1", text=canary))
    assert canary not in caplog.text
    told = [record for record in caplog.records if "database unusable" in record.message]
    assert len(told) == 1
    assert not any(record.exc_info for record in caplog.records)


def test_complaints_are_counted_and_told_now_and_then(caplog):
    complaints = Complaints()
    with caplog.at_level(logging.WARNING, logger="bot"):
        for _ in range(100):
            complaints.complain(OperationalError("INSERT INTO messages", {"text": "秘密"}, Exception("full")))
    assert [record.getMessage() for record in caplog.records] == [
        "database unusable, 1 times since last told: full"
    ]
