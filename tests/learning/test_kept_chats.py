"""Imported chats are kept masked, once, and for the owner only."""

from __future__ import annotations

from pathlib import Path

from bot.learning.chats import ChatLine, Speaker
from bot.learning.store import ChatStore

LINES = [
    ChatLine("在吗", Speaker.CUSTOMER, "tb13800138000", "10:01", "tb13800138000"),
    ChatLine("在吗", Speaker.CUSTOMER, "tb13800138000", "10:01", "tb13800138000"),
    ChatLine("tb13800138000您好，转人工客服请说", Speaker.AGENT, "tb13800138000", "10:02", "人工客服"),
    ChatLine("系统：会话开始", Speaker.SYSTEM, "tb13800138000", "10:00", "系统"),
]


def test_the_same_file_again_adds_nothing(tmp_path: Path) -> None:
    store = ChatStore(tmp_path, "secret")
    assert store.add(LINES) == 3
    before = store.path.read_bytes()
    assert store.add(LINES) == 0
    assert store.path.read_bytes() == before


def test_a_longer_export_adds_only_what_is_new(tmp_path: Path) -> None:
    store = ChatStore(tmp_path, "secret")
    store.add(LINES)
    assert store.add([*LINES, ChatLine("能退吗", Speaker.CUSTOMER, "tb13800138000", "10:03")]) == 1
    assert [line.text for line in store.lines()].count("在吗") == 2


def test_names_and_conversations_are_kept_as_keyed_digests(tmp_path: Path) -> None:
    store, other = ChatStore(tmp_path / "one", "secret"), ChatStore(tmp_path / "two", "another")
    store.add(LINES)
    other.add(LINES)
    kept = store.path.read_text(encoding="utf-8")
    assert "13800138000" not in kept and "10:01" not in kept and "会话开始" not in kept
    assert "转人工客服请说" in kept
    assert store.lines()[0].conversation != other.lines()[0].conversation


def test_only_the_owner_may_read_the_chats(tmp_path: Path) -> None:
    store = ChatStore(tmp_path / "learning", "secret")
    store.add(LINES)
    assert store.path.stat().st_mode & 0o077 == 0
    assert store.path.parent.stat().st_mode & 0o077 == 0


def test_forgetting_deletes_everything(tmp_path: Path) -> None:
    store = ChatStore(tmp_path / "learning", "secret")
    store.add(LINES)
    store.forget()
    assert store.lines() == () and not store.path.parent.exists()
