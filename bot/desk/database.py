"""Opens the desk's database and brings its tables up to date."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import OperationalError

from bot.desk.group_commit import Connection, connections

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
THREADS = 8
"""Database calls at once in one process; the pool has as many connections."""
LONGEST_WAIT = 10
"""Seconds for a lock that another writer holds. A page waits twice as long for its answer."""
_POOL: dict[str, Any] = {"pool_size": THREADS, "max_overflow": THREADS, "hide_parameters": True}
"""An error tells the statement and not what customers wrote."""
_MIGRATION_LOCK = 0x58414F45  # any number of our own, for PostgreSQL's advisory lock


def open_database(url: str) -> sa.Engine:
    """An engine for `url` (`sqlite:///…` or `postgresql…`) whose transactions are safe to acknowledge.

    With SQLite a commit returns when a power cut can no longer take it (quality.md; `bot.desk.group_commit`), and
    transactions begin with IMMEDIATE, so that a writer waits at the door instead of failing half-way.
    """
    url = url.replace("postgresql://", "postgresql+psycopg://", 1).replace(
        "postgres://", "postgresql+psycopg://", 1
    )
    if not url.startswith("sqlite"):
        waits = {"connect_timeout": LONGEST_WAIT, "options": f"-c lock_timeout={LONGEST_WAIT}s"}
        engine = sa.create_engine(url, pool_pre_ping=True, connect_args=waits, **_POOL)
        sa.event.listen(engine, "before_cursor_execute", _leave_out_nulls, retval=True)
        return engine
    path = sa.make_url(url).database
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    options = {"timeout": LONGEST_WAIT}
    if path and path != ":memory:":
        options["factory"] = connections(path)
    engine = sa.create_engine(url, connect_args=options, **_POOL)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    sa.event.listen(engine, "before_cursor_execute", _leave_out_nulls, retval=True)
    return engine


def _leave_out_nulls(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> tuple[str, Any]:
    """PostgreSQL keeps no null characters and fails on them; nobody means them, so no database gets any."""
    return statement, _without_nulls(values)


def _without_nulls(values: Any) -> Any:
    if isinstance(values, str):
        return values.replace("\0", "") if "\0" in values else values
    if isinstance(values, dict):
        return {name: _without_nulls(value) for name, value in values.items()}
    if isinstance(values, list | tuple):
        return type(values)(_without_nulls(value) for value in values)
    return values


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        "journal_mode=WAL",
        # A file's commits are brought to the disk by ours; what is in memory only has no disk.
        "synchronous=NORMAL",
        f"busy_timeout={LONGEST_WAIT * 1000}",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    ours = connection.connection.dbapi_connection
    reading = connection.get_execution_options().get("reading", False)
    if reading or not isinstance(ours, Connection):
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
        return
    if not ours.enter(LONGEST_WAIT):
        raise OperationalError("BEGIN IMMEDIATE", None, sqlite3.OperationalError("database is locked"))
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # another process may be writing
    except BaseException:
        ours.leave()
        raise


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that only reads: it never waits for a writer."""
    with engine.connect().execution_options(reading=True) as connection, connection.begin():
        yield connection


def migrate(engine: sa.Engine) -> None:
    """Bring the tables to the newest version. Safe to call from several processes at once, and repeatedly."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with _only_one_process(engine), engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _only_one_process(engine: sa.Engine) -> Iterator[None]:
    if engine.dialect.name == "sqlite":
        path = engine.url.database
        if not path or path == ":memory:":
            yield
            return
        with open(f"{path}.migrate.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        return
    with engine.connect() as connection:
        connection.execute(sa.text("SET lock_timeout = 0"))  # however long the other one takes
        connection.execute(sa.select(sa.func.pg_advisory_lock(_MIGRATION_LOCK)))
        try:
            yield
        finally:
            connection.execute(sa.select(sa.func.pg_advisory_unlock(_MIGRATION_LOCK)))
            connection.invalidate()  # its patience goes with it
