"""Opening and migrating the database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.desk.database import LONGEST_WAIT, migrate, open_database
from bot.desk.desk import Desk
from bot.desk.schema import metadata


def test_the_migrations_make_exactly_the_tables_that_the_code_uses(desk: Desk):
    def is_ours(_object, name, kind, _reflected, _other):
        return kind != "table" or name in metadata.tables

    with desk.engine.connect() as connection:
        options = {"include_object": is_ours, "compare_type": True}
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    assert differences == []


def test_several_processes_may_migrate_at_once(tmp_path: Path):
    engines = [open_database(f"sqlite:///{tmp_path / 'new' / 'desk.db'}") for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate, engines))
    assert "conversations" in sa.inspect(engines[0]).get_table_names()
    for engine in engines:
        engine.dispose()


def test_sqlite_is_opened_as_the_group_commit_expects(tmp_path: Path):
    engine = open_database(f"sqlite:///{tmp_path / 'desk.db'}")
    with engine.connect() as connection:
        pragmas = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in _PRAGMAS}
    engine.dispose()
    assert pragmas == _PRAGMAS


_PRAGMAS = {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "busy_timeout": LONGEST_WAIT * 1000}
