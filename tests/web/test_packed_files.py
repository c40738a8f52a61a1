"""Built files go out compressed to browsers that say they can unpack, and only when they have changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from bot.web.packed import PackedFiles

SCRIPT = "const words = ['请稍等', '马上来']\n" * 400


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    (tmp_path / "chat.js").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "tiny.js").write_text("1", encoding="utf-8")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8" + bytes(5000))
    with TestClient(Starlette(routes=[Mount("/", PackedFiles(directory=tmp_path))])) as client:
        yield client


def test_a_script_comes_packed_and_whole(client: TestClient):
    answer = client.get("/chat.js", headers={"Accept-Encoding": "gzip, br"})
    assert answer.headers["content-encoding"] == "gzip" and answer.headers["vary"] == "Accept-Encoding"
    assert int(answer.headers["content-length"]) < len(SCRIPT.encode()) / 10
    assert answer.text == SCRIPT and "javascript" in answer.headers["content-type"]


def test_whoever_cannot_unpack_gets_it_plain(client: TestClient):
    answer = client.get("/chat.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in answer.headers and answer.text == SCRIPT


def test_pictures_and_small_files_are_left_as_they_are(client: TestClient):
    for path in ("/photo.jpg", "/tiny.js"):
        assert "content-encoding" not in client.get(path, headers={"Accept-Encoding": "gzip"}).headers


def test_what_she_has_already_is_not_sent_again_until_it_changes(client: TestClient, tmp_path: Path):
    first = client.get("/chat.js", headers={"Accept-Encoding": "gzip"})
    has = {"Accept-Encoding": "gzip", "If-None-Match": first.headers["etag"]}
    again = client.get("/chat.js", headers=has)
    assert (again.status_code, again.content) == (304, b"")
    (tmp_path / "chat.js").write_text(SCRIPT + "// new", encoding="utf-8")
    os.utime(tmp_path / "chat.js", (2_000_000_000, 2_000_000_000))
    changed = client.get("/chat.js", headers=has)
    assert changed.status_code == 200 and changed.text.endswith("// new")


def test_a_part_of_a_file_is_a_part_of_the_plain_one(client: TestClient):
    answer = client.get("/chat.js", headers={"Accept-Encoding": "gzip", "Range": "bytes=0-4"})
    assert (answer.status_code, answer.content) == (206, b"const")
