"""The whole stack under its real supervisor, for tests that speak to it from outside."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.settings import ROOT, Settings
from bot.supervise import write_config

START_SECONDS = 240
"""Generous: CI machines start two Python servers and TensorFlow on a loaded core."""

CLOCK = "TEST_CLOCK"
"""Environment variable: how far the servers' clock is off (`+10h`), to try the dialogues at another time of day."""


def free_port() -> int:
    """A port nobody listens on. Below the range that the kernel gives to outgoing connections, so that it stays
    free while the server on it is down."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


@dataclass(frozen=True)
class Stack:
    """A running installation with its own ports and data folder, and the models of this checkout."""

    settings: Settings
    logins: dict[str, dict]
    """Demo logins by user name: `username`, `password`, `role`."""
    clock_file: Path | None = None
    """What is written here (`+3600s`) is how far the servers' clock is off (libfaketime)."""

    @property
    def url(self) -> str:
        return self.settings.web_url

    def wait_healthy(self, seconds: float = START_SECONDS) -> None:
        deadline = time.monotonic() + seconds
        last: object = "no answer"
        while time.monotonic() < deadline:
            try:
                answer = httpx.get(f"{self.url}/api/health", timeout=5, trust_env=False)
                last = answer.text
                if answer.status_code == 200:
                    return
            except httpx.HTTPError as error:
                last = error
            time.sleep(0.2)
        raise AssertionError(f"not healthy after {seconds} s: {last}\n{self.log_tails()}")

    def pid(self, program: str) -> int:
        """Process id of `web`, `rasa` or `actions` as the kernel shows it."""
        marks = {"web": "bot.web", "rasa": "rasa run", "actions": "-m actions"}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                environment = (folder / "environ").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if marks[program] in command and str(self.settings.data_dir) in environment + command:
                return int(folder.name)
        raise AssertionError(f"no process of {program} found")

    def kill(self, program: str, with_signal: int = signal.SIGKILL) -> int:
        """Send a signal to one server; returns the pid it had."""
        pid = self.pid(program)
        os.kill(pid, with_signal)
        return pid

    def log_tails(self) -> str:
        logs = sorted((self.settings.data_dir / "logs").glob("*.log"))
        return "\n".join(f"--- {log.name}\n{log.read_text(errors='replace')[-1500:]}" for log in logs)


@contextmanager
def running_stack(data_dir: Path, has_own_clock: bool = False, **overrides: object) -> Iterator[Stack]:
    """Start all servers on free ports, wait until healthy, stop them at the end."""
    clock_file = data_dir / "clock" if has_own_clock else None
    ports = {f"{name}_port": free_port() for name in ("web", "rasa", "actions")}
    # Dialogues are many and mostly of short messages: each fragment waits less than a customer's would.
    settings = Settings(data_dir=data_dir, **{**ports, "quiet_seconds": 0.2, **overrides})
    config = write_config(settings, with_banner=False)
    supervisord = Path(sys.executable).with_name("supervisord")
    process = subprocess.Popen(
        [supervisord, "-c", config], cwd=ROOT, stdout=subprocess.DEVNULL, env=_environment(clock_file)
    )
    try:
        Stack(settings, {}).wait_healthy()
        logins = json.loads((data_dir / "demo-logins.json").read_text(encoding="utf-8"))
        yield Stack(settings, {login["username"]: login for login in logins}, clock_file)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _environment(clock_file: Path | None) -> dict[str, str]:
    """Only the wall clock is false: waits and time limits are measured by the one that is never set."""
    if clock_file is None:
        return dict(os.environ)
    found = sorted(Path("/usr/lib").glob("**/faketime/libfaketimeMT.so.1"))
    if not found:
        raise SystemExit("✗ libfaketime not found: install Debian's package faketime, or leave out --clock")
    clock_file.write_text(os.environ.get(CLOCK, "+0s"))
    lies = {"TIMESTAMP_FILE": str(clock_file), "CACHE_DURATION": "1", "DONT_FAKE_MONOTONIC": "1"}
    return {
        **os.environ,
        "LD_PRELOAD": str(found[0]),
        **{f"FAKETIME_{name}": lie for name, lie in lies.items()},
    }
