"""What a durable commit costs on this disk, alone and side by side: `python -m benchmarks.commits`.

Ours (`bot.desk.group_commit`) beside SQLite's own FULL, where each commit waits for the disk by itself and each writer
looks again and again whether the door is open. One row of a message's size a transaction; rounds alternate.
"""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from benchmarks.turns import percentile
from bot.desk.database import LONGEST_WAIT, THREADS, open_database

COMMITS, ROUNDS = 100, 3
"""Of each writer in a round."""
TEXT = "什么时候发货呀" * 40


def main() -> None:
    for writers in (1, THREADS):
        taken, seconds, refused = defaultdict(list), defaultdict(float), defaultdict(int)
        for _ in range(ROUNDS):
            for name, opened in (("ours", open_database), ("SQLite's FULL", _plain)):
                with tempfile.TemporaryDirectory() as folder:
                    times, lasted, failed = _committed(
                        opened(f"sqlite:///{Path(folder) / 'desk.db'}"), writers
                    )
                taken[name] += times
                seconds[name] += lasted
                refused[name] += failed
        for name, times in taken.items():
            print(
                f"{writers} writers, {name}: {len(times) / seconds[name]:,.0f} commits/s, p50 "
                f"{percentile(times, 0.5):.2f} ms, p99 {percentile(times, 0.99):.1f} ms, refused {refused[name]}"
            )


def _plain(url: str) -> sa.Engine:
    engine = sa.create_engine(url, connect_args={"timeout": LONGEST_WAIT}, pool_size=THREADS)

    def prepare(connection, _record) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    sa.event.listen(engine, "connect", prepare)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _committed(engine: sa.Engine, writers: int) -> tuple[list[float], float, int]:
    """Milliseconds of each commit, the seconds of all, and how many were refused."""
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE said (text TEXT)")

    def write(_: int) -> tuple[list[float], int]:
        taken, refused = [], 0
        for _ in range(COMMITS):
            started = time.perf_counter()
            try:
                with engine.begin() as connection:
                    connection.execute(sa.text("INSERT INTO said VALUES (:text)"), {"text": TEXT})
            except OperationalError:
                refused += 1
            taken.append((time.perf_counter() - started) * 1000)
        return taken, refused

    started = time.perf_counter()
    with ThreadPoolExecutor(writers) as pool:
        done = list(pool.map(write, range(writers)))
    seconds = time.perf_counter() - started
    engine.dispose()
    return [each for taken, _ in done for each in taken], seconds, sum(refused for _, refused in done)


if __name__ == "__main__":
    main()
