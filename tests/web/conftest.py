"""A real gateway over HTTP in front of a scripted Rasa."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import uvicorn
from websockets.sync.client import ClientConnection, connect

from bot.desk.people.accounts import LOGINS_FILE
from bot.settings import Settings
from bot.web.app import create_app
from tests.live import free_port
from tests.servers import postgres_server, redis_url, wait_until  # noqa: F401 - fixtures
from tests.web.rasa_stand_in import ScriptedRasa

SMALL_SHOP = Path(__file__).parents[1] / "shop" / "small_shop"


@dataclass(frozen=True)
class Web:
    """A running gateway."""

    settings: Settings
    rasa: ScriptedRasa
    app: Any
    cookies: dict[str, httpx.Cookies] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.settings.web_url

    def client(self, **options: Any) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=20, trust_env=False, **options)

    def customer(self, customer: dict[str, Any] | None = None, **context: str) -> Chat:
        body: dict[str, Any] = {"context": context} if context else {}
        if customer:
            body["customer"] = customer
        with self.client() as client:
            answer = client.post("/api/chat/sessions", json=body)
        assert answer.status_code == 201, answer.text
        return Chat(self, answer.json())

    def signed(self, customer_id: str) -> dict[str, str]:
        """A demo customer as the storefront hands it on."""
        with self.client() as client:
            customers = client.get("/api/demo/customers").json()
        return next(each["customer"] for each in customers if each["customer"]["id"] == customer_id)

    def password(self, username: str) -> str:
        logins = json.loads((self.settings.data_dir / LOGINS_FILE).read_text(encoding="utf-8"))
        return next(login["password"] for login in logins if login["username"] == username)

    def agent(self, username: str) -> httpx.Client:
        """A client that is logged in; each person logs in once per gateway."""
        if username not in self.cookies:
            with self.client() as client:
                body = {"username": username, "password": self.password(username)}
                answer = client.post("/api/login", json=body)
                assert answer.status_code == 200, answer.text
                self.cookies[username] = answer.cookies
        return self.client(cookies=self.cookies[username])

    def socket(self, path: str, **options: Any) -> ClientConnection:
        return connect(self.url.replace("http", "ws") + path, proxy=None, **options)


class Chat:
    """A customer's page."""

    def __init__(self, web: Web, opened: dict[str, Any]) -> None:
        self.web, self.id, self.token, self.opened = web, opened["conversation_id"], opened["token"], opened
        self.client = web.client(headers={"Authorization": f"Bearer {self.token}"})

    def post(self, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        return self.client.post(f"/api/chat/{path}", json=body or {})

    def send(self, client_id: str | None = None, **body: Any) -> httpx.Response:
        return self.post("messages", {"client_id": client_id or uuid4().hex, **body})

    def say(self, text: str, client_id: str | None = None) -> dict[str, Any]:
        answer = self.send(client_id, text=text)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def all(self, after: int = 0) -> dict[str, Any]:
        return self.client.get("/api/chat/messages", params={"after": after}).json()

    def texts(self) -> list[str]:
        """The transcript after the greeting."""
        return [message["text"] for message in self.all(1)["messages"]]

    def socket(self, after: int = 0) -> ClientConnection:
        return self.web.socket(f"/api/chat/ws?token={self.token}&after={after}")


def event_of(socket: ClientConnection, kind: str, seconds: float = 10) -> dict[str, Any]:
    """The next event of this kind; others are passed over."""
    while True:
        event = json.loads(socket.recv(timeout=seconds))
        if event["type"] == kind:
            return event


@contextmanager
def running_gateway(settings: Settings, rasa: ScriptedRasa) -> Iterator[Web]:
    app = create_app(settings)
    config = uvicorn.Config(
        app, port=settings.web_port, log_level="critical", ws="websockets-sansio", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_until(lambda: server.started or not thread.is_alive(), "the gateway")
    assert server.started, "the gateway did not start"
    try:
        yield Web(settings, rasa, app)
    finally:
        server.should_exit = True
        thread.join(10)


def settings_for(data_dir: Path, rasa: ScriptedRasa, **more: Any) -> Settings:
    """Short time limits that a busy machine still keeps, the small shop, no models."""
    web_port = next(port for port in iter(free_port, None) if port != rasa.port)  # its server may not run yet
    values = {
        "data_dir": data_dir,
        "web_port": web_port,
        "rasa_port": rasa.port,
        "actions_port": rasa.port,
        "shop_dir": SMALL_SHOP,
        "models_dir": data_dir / "models",
        "turn_timeout_seconds": 4,
        "quiet_seconds": 0,
        "database_url": "",
        "redis_url": "",
    }
    return Settings(**{**values, **more})


@pytest.fixture(scope="module")
def rasa() -> Iterator[ScriptedRasa]:
    scripted = ScriptedRasa()
    scripted.start()
    yield scripted
    scripted.stop()


@pytest.fixture(scope="module")
def web(rasa: ScriptedRasa, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """Patient: what is tested here is never how long a busy machine may take (test_failures has an impatient one)."""
    settings = settings_for(tmp_path_factory.mktemp("gateway"), rasa, turn_timeout_seconds=10)
    with running_gateway(settings, rasa) as running:
        yield running
