"""Somebody's browser at the running stack, and the list of pictures: see tools/screenshots.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import uuid4

import httpx
from playwright.sync_api import Locator, Page, expect

from tests.live import Stack


@dataclass(frozen=True)
class Frame:
    width: int
    height: int
    scale: float = 1.0
    scheme: str = "light"

    @property
    def is_phone(self) -> bool:
        return self.width < 600

    @property
    def dark(self) -> Frame:
        return replace(self, scheme="dark")


PHONE, LAPTOP, SCREEN = Frame(360, 740, 2), Frame(1366, 768, 1.5), Frame(1920, 1080)


@dataclass(frozen=True)
class Visit:
    """Somebody's browser at the running stack."""

    page: Page
    stack: Stack

    def log_in(self, path: str, username: str) -> None:
        self.page.goto(self.stack.url + path)
        self.page.get_by_test_id("login-username").fill(username)
        self.page.get_by_test_id("login-password").fill(self.stack.logins[username]["password"])
        self.page.get_by_test_id("login-submit").click()
        expect(self.page.get_by_test_id("logout")).to_be_attached()  # on a phone it is in the menu

    @contextmanager
    def client(self, username: str) -> Iterator[httpx.Client]:
        """The same person's work behind the page, by HTTP."""
        login = self.stack.logins[username]
        with httpx.Client(base_url=self.stack.url, timeout=120, trust_env=False) as client:
            body = {"username": username, "password": login["password"]}
            assert client.post("/api/login", json=body).status_code == 200
            yield client

    def write(self, customer: str, *lines: str) -> str:
        """What a customer writes elsewhere while this page is looked at; a guest unless a demo customer is named.
        The conversation's id."""
        with httpx.Client(base_url=self.stack.url, timeout=120, trust_env=False) as client:
            known = {
                each["customer"]["name"]: each["customer"]
                for each in client.get("/api/demo/customers").json()
            }
            body = {"customer": known[customer]} if customer else {}
            opened = client.post("/api/chat/sessions", json=body).json()
            headers = {"Authorization": f"Bearer {opened['token']}"}
            for text in lines:
                message = {"text": text, "client_id": uuid4().hex}
                client.post("/api/chat/messages", json=message, headers=headers)
        return opened["conversation_id"]

    def chat(self, path: str, customer: str = "") -> None:
        """The shop's page with the chat open; a guest unless a demo customer is named."""
        with httpx.Client(base_url=self.stack.url, timeout=120, trust_env=False) as client:
            known = [each["customer"] for each in client.get("/api/demo/customers").json()]
        who = next((each["id"] for each in known if each["name"] == customer), "")
        self.page.add_init_script(f"localStorage['xiaoer-demo-customer'] = '{who}'")
        self.page.goto(self.stack.url + path)
        self.page.get_by_test_id("launcher").click()
        expect(self.page.get_by_test_id("message").first).to_be_visible()

    def say(self, text: str) -> None:
        before = self.bots.count()
        self.page.get_by_test_id("input").fill(text)
        self.page.get_by_test_id("input").press("Enter")
        expect(self.bots.nth(before)).to_be_visible()
        expect(self.page.get_by_test_id("typing")).to_have_count(0)

    @property
    def bots(self) -> Locator:
        return self.page.locator("[data-testid=message][data-sender=bot]")


Take = Callable[[Visit], None]
PICTURES: dict[str, tuple[Frame, Take]] = {}


def picture(frame: Frame) -> Callable[[Take], Take]:
    """`def chat_size` is drawn into `chat-size.png`."""

    def keep(take: Take) -> Take:
        PICTURES[take.__name__.replace("_", "-")] = (frame, take)
        return take

    return keep
