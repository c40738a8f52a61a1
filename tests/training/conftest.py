"""A real database and a small copy of the language data, for the inbox, staged changes and runs."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.desk.database import migrate, open_database
from bot.desk.schema import conversations, messages
from bot.training.annotations import Annotations

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
ANSWER = 0.4
RANKING = [{"name": name, "confidence": 0.1} for name in ("ask_stock", "ask_size", "ask_price", "bargain")]


@pytest.fixture
def engine(tmp_path: Path) -> sa.Engine:
    engine = open_database(f"sqlite:///{tmp_path / 'desk.db'}")
    migrate(engine)
    return engine


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The files a run copies, with two intents."""
    nlu = tmp_path / "checkout" / "data" / "nlu"
    nlu.mkdir(parents=True)
    for intent, lines in {"ask_stock": ["有货吗", "还有没有M"], "ask_size": ["穿多大", "拍什么码"]}.items():
        text = f'version: "3.1"\n\nnlu:\n- intent: {intent}\n  examples: |\n' + "".join(
            f"    - {x}\n" for x in lines
        )
        (nlu / f"{intent}.yml").write_text(text, encoding="utf-8")
    for name in ("data/rules", "data/stories"):
        (tmp_path / "checkout" / name).mkdir()
    for name in ("config.yml", "domain.yml"):
        (tmp_path / "checkout" / name).write_text("pipeline: []\n", encoding="utf-8")
    return tmp_path / "checkout"


@pytest.fixture
def annotations(engine: sa.Engine, root: Path) -> Annotations:
    return Annotations(engine, root / "data" / "nlu", root)


def say(engine: sa.Engine, text: str, confidence: float, conversation: str = "c1", **more: object) -> str:
    """A customer's message as the gateway stores it; returns its id."""
    with engine.begin() as connection:
        known = connection.execute(
            sa.select(conversations.c.last_seq).where(conversations.c.id == conversation)
        ).scalar()
        if known is None:
            row = blank(conversations) | {"id": conversation}
            row |= {"owner": "bot", "version": 1, "created_at": NOW, "updated_at": NOW}
            connection.execute(sa.insert(conversations).values(**row))
        seq = (known or 0) + 1
        update = sa.update(conversations).where(conversations.c.id == conversation)
        connection.execute(update.values(last_seq=seq, **more))
        row = blank(messages)
        nlu = {"intent": "ask_stock", "confidence": confidence, "entities": [], "ranking": RANKING}
        row |= {
            "id": f"{conversation}-{seq}",
            "conversation_id": conversation,
            "seq": seq,
            "sender": "customer",
        }
        row |= {"text": text, "nlu": nlu, "created_at": NOW - timedelta(minutes=5), "client_id": f"k{seq}"}
        connection.execute(sa.insert(messages).values(**row))
    return str(row["id"])


def blank(table: sa.Table) -> dict[str, object]:
    """A row with nothing in it."""
    empty = {sa.Integer: 0, sa.Boolean: False, sa.JSON: []}
    return {column.name: empty.get(type(column.type), "") for column in table.columns if not column.nullable}


@pytest.fixture
def git(root: Path) -> Callable[..., str]:
    """The copy is a git checkout; a way to ask git."""

    def run(*words: str) -> str:
        command = ["git", "-C", str(root), "-c", "user.name=x", "-c", "user.email=x@y.invalid", *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    run("init", "--quiet")
    run("add", "data")
    run("commit", "--quiet", "-m", "start")
    return run
