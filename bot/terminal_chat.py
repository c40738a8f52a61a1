"""Talk to the running bot in the terminal (`xiaoer chat`)."""

from __future__ import annotations

import uuid

import httpx
from rich.console import Console

from bot.settings import Settings


def talk(settings: Settings, console: Console) -> None:
    """Reads lines until the input ends. Numbers press the buttons shown last."""
    with httpx.Client(base_url=settings.web_url, timeout=30, trust_env=False) as client:
        try:
            opened = client.post("/api/chat/sessions", json={}).raise_for_status().json()
        except httpx.HTTPError:
            console.print(f"✗ {settings.web_url} does not answer: start everything with `make run` first")
            return
        headers = {"Authorization": f"Bearer {opened['token']}"}
        buttons = _show(console, opened["messages"])
        while True:
            try:
                line = console.input("[bold]> [/bold]").strip()
            except (EOFError, KeyboardInterrupt):
                return
            if not line:
                continue
            said = _pressed(line, buttons) or {"text": line}
            body = {**said, "client_id": uuid.uuid4().hex}
            answer = client.post("/api/chat/messages", json=body, headers=headers)
            if answer.is_error:
                console.print(f"✗ {answer.json().get('title', answer.status_code)}")
                continue
            buttons = _show(console, answer.json()["messages"])


def _pressed(line: str, buttons: list[dict]) -> dict | None:
    chosen = int(line) - 1 if line.isdigit() else -1
    return {"payload": buttons[chosen]["payload"]} if 0 <= chosen < len(buttons) else None


def _show(console: Console, messages: list[dict]) -> list[dict]:
    """Print what others said; returns the buttons that may be pressed now."""
    buttons: list[dict] = []
    for message in messages:
        if message["sender"] == "customer":
            continue
        console.print(f"{message['author'] or '系统'}：{message['text']}", markup=False, highlight=False)
        if message.get("card"):
            console.print(f"  [{message['card']['type']}]", markup=False)
        buttons = list(message.get("buttons") or [])
        for number, each in enumerate(buttons, start=1):
            console.print(f"  ({number}) {each['title']}", markup=False, highlight=False)
    return buttons
