"""The gateway's own process is killed: what it has acknowledged is there, once, and gets its answer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from bot.settings import ROOT, Settings
from tests.servers import wait_until
from tests.web.conftest import Web, settings_for
from tests.web.rasa_stand_in import ScriptedRasa


@contextmanager
def gateway_process(settings: Settings) -> Iterator[subprocess.Popen]:
    """`python -m bot.web` as `make run` starts it."""
    names = (
        "web_port",
        "rasa_port",
        "actions_port",
        "data_dir",
        "shop_dir",
        "models_dir",
        "turn_timeout_seconds",
    )
    environment = {f"XIAOER_{name.upper()}": str(getattr(settings, name)) for name in names}
    environment |= {"XIAOER_DATABASE_URL": "", "XIAOER_REDIS_URL": ""}
    process = subprocess.Popen([sys.executable, "-m", "bot.web"], cwd=ROOT, env={**os.environ, **environment})
    try:
        wait_until(lambda: answers(settings), "the gateway", 75)  # a loaded machine imports slowly
        yield process
    finally:
        process.kill()
        process.wait(10)


def answers(settings: Settings) -> bool:
    try:
        return httpx.get(f"{settings.web_url}/api/health/web", trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def test_killed_in_the_middle_of_a_turn_nothing_is_lost_doubled_or_left_unanswered(
    rasa: ScriptedRasa, tmp_path: Path
):
    settings = settings_for(tmp_path, rasa)
    web = Web(settings, rasa, None)
    with gateway_process(settings) as process:
        chat = web.customer()
        chat.say("穿什么码", "q1")
        sending = threading.Thread(target=_send_into_the_void, args=(chat,))
        sending.start()
        wait_until(lambda: "等一下再答" in rasa.said(chat.id), "the turn began", 5)
        process.send_signal(signal.SIGKILL)
        sending.join(10)
    with gateway_process(settings):
        again = chat.say("等一下再答", "q2")  # the page sends again what was never acknowledged
        assert [message["text"] for message in again["messages"]] == ["等一下再答", "收到：等一下再答"]
        assert chat.texts() == ["穿什么码", "建议 M 码", "等一下再答", "收到：等一下再答"]
        assert [message["seq"] for message in chat.all()["messages"]] == [1, 2, 3, 4, 5]


def _send_into_the_void(chat) -> None:
    try:
        chat.send("q2", text="等一下再答")
    except httpx.HTTPError:
        return
    raise AssertionError("the gateway was killed too late")
