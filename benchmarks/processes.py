"""What a process has used, from /proc, and on which core it may run."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_CORES = sorted(os.sched_getaffinity(0))
"""Those this process was given when it started: within `on_core` it sees one."""


def megabytes(pid: int) -> float:
    """Memory of a process, a page shared with others counted in parts (PSS), so that processes may be added up."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024


def cpu_seconds(pid: int) -> float:
    """CPU time of all its threads so far, in steps of 10 ms."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


@contextmanager
def on_core(number: int) -> Iterator[None]:
    """What is started within runs on this core only, and so do we; on a machine of one core nothing changes."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {_CORES[number % len(_CORES)]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def move(pid: int, number: int) -> None:
    """A process with all its threads runs on this core only from now on."""
    for thread in Path(f"/proc/{pid}/task").iterdir():
        os.sched_setaffinity(int(thread.name), {_CORES[number % len(_CORES)]})


def raise_file_limit() -> int:
    """As many open files as the system allows us; each socket is one. For this process and those it starts."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard
