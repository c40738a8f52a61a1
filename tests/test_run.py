"""`xiaoer run` as an owner sees it: ready, told where, restarted when killed, gone with Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import ROOT, Settings, get_settings
from bot.supervise import check_ports
from bot.training.dialogue_model import current_model
from tests.conftest import unavailable
from tests.live import START_SECONDS, Stack, free_port

pytestmark = [pytest.mark.live, pytest.mark.timeout(2 * START_SECONDS)]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[subprocess.Popen, Stack]]:
    if not current_model(get_settings()).exists():
        unavailable("the trained model", "run `xiaoer train` (make test does)")
    ports = {f"{name}_port": free_port() for name in ("web", "rasa", "actions")}
    settings = Settings(data_dir=tmp_path / "var", **ports)
    environment = {f"XIAOER_{name.upper()}": str(port) for name, port in ports.items()}
    process = subprocess.Popen(
        [Path(sys.executable).with_name("xiaoer"), "run"],
        cwd=ROOT,
        env={**os.environ, **environment, "XIAOER_DATA_DIR": str(settings.data_dir), "COLUMNS": "200"},
        stdout=(tmp_path / "out").open("w"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    yield process, Stack(settings, {})
    if process.poll() is None:
        process.terminate()
        process.wait(30)


def test_it_tells_addresses_and_logins_restarts_what_dies_and_stops_with_ctrl_c(
    running: tuple[subprocess.Popen, Stack], tmp_path: Path
) -> None:
    process, stack = running
    stack.wait_healthy()
    out = tmp_path / "out"
    deadline = time.monotonic() + 30
    while "xiaolin" not in out.read_text(encoding="utf-8") and time.monotonic() < deadline:
        time.sleep(0.2)
    told = out.read_text(encoding="utf-8")
    for page in ("/", "/desk", "/workbench"):
        assert f"{stack.url}{page}" in told
    assert "xiaolin" in told and "wen" in told

    killed = stack.kill("actions")
    stack_is_whole_again(stack, killed)

    process.send_signal(signal.SIGINT)
    assert process.wait(30) in (0, -signal.SIGINT)
    check_ports(stack.settings)  # nobody listens any more


def stack_is_whole_again(stack: Stack, killed: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            if stack.pid("actions") != killed:
                return stack.wait_healthy()
        except AssertionError:
            time.sleep(0.2)
    raise AssertionError("actions was not restarted")


def test_a_taken_port_ends_it_at_once_with_one_line(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = subprocess.run(
            [Path(sys.executable).with_name("xiaoer"), "run"],
            cwd=ROOT,
            env={**os.environ, "XIAOER_WEB_PORT": str(port), "XIAOER_DATA_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert f"Port {port} is taken" in done.stderr
