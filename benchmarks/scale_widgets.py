"""Thousands of open chat pages and two hundred desks at one gateway: what a page costs and how late it hears.

Servers run on one core, the crowd (`benchmarks.widget_crowd`, a process of its own) on the other. Some of the chats
wait for a person, so that no dialogue is part of what is measured; their customers write, and every message is to be
on her own page and on every desk.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from benchmarks.processes import cpu_seconds, megabytes, on_core, raise_file_limit
from bot.settings import ROOT
from tests.live import Stack, running_stack

WIDGETS = (100, 1_000, 3_000, 10_000)
DESKS = 200
WRITERS = 100
MESSAGES = 200
A_SECOND = 10
"""Messages; each is a durable commit, a page's event and two events on each of 200 desks."""


def widgets() -> Iterator[dict[str, float]]:
    """100 to 10,000 open chat pages and 200 desks"""
    limit = raise_file_limit()
    with (
        tempfile.TemporaryDirectory() as name,
        on_core(0),
        running_stack(Path(name), rate_limits=False, quiet_seconds=0.0) as stack,
        _crowd(stack) as ask,
    ):
        web = stack.pid("web")
        ask(do="writers", count=WRITERS)
        for mark in (each for each in WIDGETS if each + DESKS + 500 < limit):
            ask(do="desks", count=0)
            before = megabytes(web)
            opened = ask(do="widgets", count=mark)
            after = megabytes(web)
            back = ask(do="return")
            ask(do="desks", count=DESKS)
            used = cpu_seconds(web)
            heard = ask(do="write", count=MESSAGES, a_second=A_SECOND)
            used = cpu_seconds(web) - used
            yield {
                "widgets": mark,
                "opened a second": opened["opened"] / opened["seconds"],
                "KB each": (after - before) * 1024 / max(1, opened["opened"]),
                "web, MB": megabytes(web),
                "all back, s": back["seconds"],
                "recovered from memory": back["recovered"],
                **{key: value for key, value in heard.items() if key != "seconds"},
                "web CPU of one core": used / heard["seconds"],
                "web CPU a message, ms": used * 1000 / MESSAGES,
            }


@contextmanager
def _crowd(stack: Stack) -> Iterator[Any]:
    """Tells the crowd what to do and answers with what it saw."""
    login = next(each for each in stack.logins.values() if each["role"] == "agent")
    body = {"username": login["username"], "password": login["password"]}
    cookies = httpx.post(f"{stack.url}/api/login", json=body, trust_env=False).raise_for_status().cookies
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    with on_core(1):
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.widget_crowd", stack.url, cookie, stack.settings.database],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(**task: Any) -> dict[str, Any]:
        process.stdin.write(json.dumps(task) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        if not answer:
            raise SystemExit("✗ the crowd has gone: see its message above")
        return json.loads(answer)

    try:
        yield ask
    finally:
        process.stdin.close()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
