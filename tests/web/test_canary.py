"""What a customer tells about herself is in the database and in no other file, above all in no log."""

from __future__ import annotations

import time
from uuid import uuid4

import httpx
import pytest

from tests.live import Stack

pytestmark = pytest.mark.live
CANARIES = {
    "phone": "13912345678",
    "spaced phone": "139 8765 4321",
    "id card": "11010519491231002X",
    "address": "杭州市西湖区文三路9527号",
    "name": "欧阳金丝雀",
    "bank card": "6222020200112230",
}
SENTENCES = (
    "我叫{name}，电话{phone}，地址改成{address}",
    "打这个电话{spaced phone}，身份证{id card}",
    "退到银行卡{bank card}",
    "我要投诉你们，找人工，电话{phone}",
)


def test_phone_address_and_id_number_are_in_no_file_but_the_database(stack: Stack):
    with httpx.Client(base_url=stack.url, trust_env=False, timeout=20) as client:
        opened = client.post("/api/chat/sessions", json={}).json()
        headers = {"Authorization": f"Bearer {opened['token']}"}
        for sentence in SENTENCES:
            body = {"text": sentence.format(**CANARIES), "client_id": uuid4().hex}
            answer = client.post("/api/chat/messages", json=body, headers=headers)
            assert answer.status_code == 200, answer.text
        assert client.post("/api/chat/human", headers=headers).status_code == 200
    time.sleep(0.5)  # servers write their logs
    files = [each for each in stack.settings.data_dir.rglob("*") if each.is_file() and ".db" not in each.name]
    assert any(each.suffix == ".log" for each in files)
    secret = [value.encode() for value in (*CANARIES.values(), opened["token"])]
    found = [(each.name, value.decode()) for each in files for value in secret if value in each.read_bytes()]
    assert not found
    held = b"".join(each.read_bytes() for each in stack.settings.data_dir.glob("xiaoer.db*"))
    assert CANARIES["phone"].encode() in held  # the scan looks where the words would be
