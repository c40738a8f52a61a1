"""Writers come in turn, and none is told that it is done before a power cut could no longer take it."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from bot.desk import database as database_module
from bot.desk.database import open_database, reading
from bot.desk.group_commit import Turnstile
from tests.servers import wait_until

WRITERS = 8


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    opened = open_database(f"sqlite:///{tmp_path / 'desk.db'}")
    with opened.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE said (text TEXT)")
    yield opened
    opened.dispose()


def say(engine: sa.Engine, text: str) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO said VALUES (:text)"), {"text": text})


def said(path: Path) -> set[str]:
    with sqlite3.connect(path) as connection:
        return {text for (text,) in connection.execute("SELECT text FROM said")}


class Disk:
    """What would be left of the write-ahead log after a power cut: what it was when last brought to the disk."""

    def __init__(self, database: Path, kept: Path) -> None:
        self.database, self.kept, self.times, self.lets = database, kept, 0, threading.Event()
        self.lets.set()
        self.fails = False

    def fdatasync(self, log: int) -> None:
        assert Path(f"/proc/self/fd/{log}").resolve() == Path(f"{self.database}-wal")
        self.times += 1
        assert self.lets.wait(60)
        if self.fails:
            raise OSError(errno.EIO, "Input/output error")
        shutil.copy(f"{self.database}-wal", f"{self.kept}-wal")


@pytest.fixture
def disk(engine: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    found = Disk(tmp_path / "desk.db", tmp_path / "after.db")
    shutil.copy(found.database, found.kept)
    monkeypatch.setattr(os, "fdatasync", found.fdatasync)
    return found


def test_whatever_was_acknowledged_outlives_a_power_cut(engine: sa.Engine, disk: Disk):
    for number in range(20):
        say(engine, f"{number}")
        left = disk.kept.with_name(f"left-{number}.db")
        for end in ("", "-wal"):
            shutil.copy(f"{disk.kept}{end}", f"{left}{end}")
        assert said(left) == {f"{each}" for each in range(number + 1)}


def test_all_who_committed_while_the_disk_was_busy_wait_for_it_once(engine: sa.Engine, disk: Disk):
    with reading(engine) as connection:
        group = connection.connection.dbapi_connection.group
    before = group._committed
    disk.lets.clear()
    with ThreadPoolExecutor(WRITERS) as pool:
        asked = [pool.submit(say, engine, f"{number}") for number in range(WRITERS)]
        wait_until(lambda: group._committed == before + WRITERS, "all have committed and wait", 60)
        assert not any(each.done() for each in asked)  # none is acknowledged
        disk.lets.set()
        for each in asked:
            each.result(60)
    assert disk.times <= 2  # one that was under way, and one for all others


def test_a_commit_that_may_not_be_on_the_disk_is_not_acknowledged(engine: sa.Engine, disk: Disk):
    disk.fails = True
    with pytest.raises(OperationalError, match="not on the disk"):
        say(engine, "lost?")
    disk.fails = False
    say(engine, "kept")  # nobody is left standing at the door
    assert said(disk.database) == {"lost?", "kept"}


def test_who_only_reads_waits_for_neither_door_nor_disk(engine: sa.Engine, disk: Disk):
    with engine.begin() as writer, reading(engine) as reader:
        writer.exec_driver_sql("INSERT INTO said VALUES ('not yet')")
        assert reader.exec_driver_sql("SELECT * FROM said").all() == []
        times = disk.times
    assert (times, disk.times) == (0, 1)


def test_a_transaction_that_fails_lets_the_next_one_in(engine: sa.Engine):
    for _ in range(3):
        with pytest.raises(OperationalError), engine.begin() as connection:
            connection.exec_driver_sql("INSERT INTO nothing VALUES (1)")
    say(engine, "after")


def test_a_writer_that_never_leaves_is_told_as_locked_and_not_waited_for_without_end(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(database_module, "LONGEST_WAIT", 0.1)
    with engine.begin(), pytest.raises(OperationalError, match="locked"):
        say(engine, "impatient")
    say(engine, "after")


def test_eight_busy_writers_all_get_their_turn(engine: sa.Engine, tmp_path: Path):
    # With SQLite's own waiting, one of them was refused after ten seconds.
    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(say, engine, f"{number}") for number in range(40 * WRITERS)]:
            done.result()
    assert len(said(tmp_path / "desk.db")) == 40 * WRITERS


def test_the_door_is_handed_on_in_the_order_of_asking():
    door, came = Turnstile(), []
    assert door.enter(1)

    def come(number: int) -> None:
        assert door.enter(60)
        came.append(number)
        door.leave()

    threads = []
    for number in range(5):
        threads.append(threading.Thread(target=come, args=(number,)))
        threads[-1].start()
        wait_until(lambda number=number: len(door._waiting) == number + 1, "it waits")
    assert not door.enter(0.01)
    door.leave()
    for thread in threads:
        thread.join(60)
    assert came == [0, 1, 2, 3, 4]
    assert door.enter(1)
