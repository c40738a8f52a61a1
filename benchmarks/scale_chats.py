"""The message path as chats grow long and many: the whole stack, one client that asks and waits.

Besides the clock each point tells the CPU of gateway, Rasa and action server: it hangs less on what else runs.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import median

import httpx

from benchmarks.chat import QUESTIONS, Ask, a_client, milliseconds, ours
from benchmarks.processes import cpu_seconds, megabytes
from benchmarks.turns import percentile
from tests.live import Stack, running_stack

TURNS = (10, 50, 100, 200, 500, 1_000, 2_000)
CHATS = (10, 100, 1_000, 3_000, 10_000)
WINDOW = 40
"""Turns that a point is the median of (ten at the first)."""
SIDE_BY_SIDE = 4
"""Chats that are filled at once between two points."""
_SERVERS = ("web", "rasa", "actions")


def turns() -> Iterator[dict[str, float]]:
    """one conversation of 2,000 turns"""
    with _stack() as stack, a_client() as client:
        asked = _asked(client, ours(stack.url).open(client))
        next(asked), next(asked)  # warm-up
        for before, mark in pairwise((0, *TURNS)):
            window = min(WINDOW, mark - before)
            for _ in range(mark - before - window):
                next(asked)
            yield {"turns": mark, **_measured(stack, [asked] * window), **_memory(stack)}


def conversations() -> Iterator[dict[str, float]]:
    """10,000 conversations of one turn"""
    with _stack() as stack, a_client() as client, ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        server = ours(stack.url)

        def fill(_: int) -> None:
            with a_client() as other:
                server.open(other)(other, QUESTIONS[1])

        fill(0)  # warm-up
        for before, mark in pairwise((0, *CHATS)):
            window = min(WINDOW, mark - before)
            list(pool.map(fill, range(mark - before - window)))
            fresh = [_asked(client, server.open(client)) for _ in range(window)]
            yield {"conversations": mark, **_measured(stack, fresh), **_memory(stack)}


@contextmanager
def _stack() -> Iterator[Stack]:
    with (
        tempfile.TemporaryDirectory() as name,
        running_stack(Path(name), rate_limits=False, quiet_seconds=0.0) as stack,
    ):
        yield stack


def _asked(client: httpx.Client, ask: Ask) -> Iterator[float]:
    """Milliseconds of one turn after the other, without end."""
    number = 0
    while True:
        text = QUESTIONS[number % len(QUESTIONS)]
        yield milliseconds(lambda text=text: ask(client, text))
        number += 1


def _measured(stack: Stack, asked: list[Iterator[float]]) -> dict[str, float]:
    """One turn of each."""
    pids = {name: stack.pid(name) for name in _SERVERS}
    before = {name: cpu_seconds(pid) for name, pid in pids.items()}
    taken = [next(each) for each in asked]
    used = {
        f"{name} CPU, ms": (cpu_seconds(pid) - before[name]) * 1000 / len(taken) for name, pid in pids.items()
    }
    return {"p50, ms": median(taken), "p90, ms": percentile(taken, 0.9), **used}


def _memory(stack: Stack) -> dict[str, float]:
    return {f"{name}, MB": megabytes(stack.pid(name)) for name in _SERVERS}
