"""SQLite's writers of one process: they come in turn, and wait for the disk together.

SQLite lets one write at a time, and who finds the door shut sleeps and looks again: of eight busy threads one may look
in vain for ten seconds. Here they queue. A commit has to be on the disk before anything is acknowledged, and a disk
takes longer for that than all the rest of the transaction: SQLite is told not to wait (`synchronous=NORMAL` in WAL mode
writes the same file in the same order), and one `fdatasync` of the write-ahead log serves all who committed before it
began.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections import deque
from pathlib import Path


class Turnstile:
    """A lock that is handed on in the order of asking."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._is_taken = False

    def enter(self, seconds: float) -> bool:
        """False when it was not one's turn within this time."""
        with self._mutex:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(seconds):
            return True
        with self._mutex:
            if mine.is_set():  # handed over at the last moment
                return True
            self._waiting.remove(mine)
            return False

    def leave(self) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_taken = False


class GroupCommit:
    """One for each database file of a process."""

    def __init__(self, database: str) -> None:
        self._wal = Path(f"{database}-wal")
        self.turnstile = Turnstile()
        self._state = threading.Condition()
        self._committed = self._on_disk = 0
        self._is_syncing = False

    def reach_disk(self) -> None:
        """Returns when everything that is committed by now would outlive a power cut. Raises OSError."""
        with self._state:
            self._committed += 1
            mine = self._committed
        while True:
            with self._state:
                while self._on_disk < mine and self._is_syncing:
                    self._state.wait()
                if self._on_disk >= mine:
                    return
                self._is_syncing, upto = True, self._committed
            try:
                self._sync()
            except BaseException:
                self._done(self._on_disk)
                raise
            self._done(upto)

    def _done(self, upto: int) -> None:
        with self._state:
            self._is_syncing, self._on_disk = False, upto
            self._state.notify_all()

    def _sync(self) -> None:
        try:
            log = os.open(self._wal, os.O_RDWR)
        except (
            FileNotFoundError
        ):  # the last connection has gone and SQLite has put all into the database, on the disk
            return
        try:
            getattr(os, "fdatasync", os.fsync)(log)  # macOS has the latter only
        finally:
            os.close(log)


class Connection(sqlite3.Connection):
    """A connection whose writing transactions begin with `enter` and are on the disk when `commit` returns."""

    group: GroupCommit
    _is_writing = False

    def enter(self, seconds: float) -> bool:
        self._is_writing = self.group.turnstile.enter(seconds)
        return self._is_writing

    def leave(self) -> bool:
        """Let the next one write; True when it was our turn."""
        was_writing, self._is_writing = self._is_writing, False
        if was_writing:
            self.group.turnstile.leave()
        return was_writing

    def commit(self) -> None:
        super().commit()
        if self.leave():
            try:
                self.group.reach_disk()
            except OSError as error:
                raise sqlite3.OperationalError(f"not on the disk: {error.strerror}") from error

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self.leave()

    def close(self) -> None:
        try:
            super().close()
        finally:
            self.leave()


def connections(database: str) -> type[Connection]:
    """The kind of connection to this file that all threads of the process share a queue with."""
    return type("Connection", (Connection,), {"group": GroupCommit(database)})
