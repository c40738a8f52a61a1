"""What the owner of the shop sees when everything has started."""

from __future__ import annotations

import json
import time

import httpx
from rich.console import Console

from bot.settings import Settings

PATIENCE_SECONDS = 120


def wait_and_welcome(settings: Settings, console: Console) -> None:
    """Poll /api/health until it is green, then print the addresses and demo logins."""
    started = time.monotonic()
    while time.monotonic() - started < PATIENCE_SECONDS:
        if _is_healthy(settings):
            _print_welcome(settings, console)
            return
        time.sleep(0.3)
    logs = settings.data_dir / "logs"
    console.print(
        f"✗ Not everything answers yet: {settings.web_url}/api/health says what; see the logs in {logs}"
    )


def _is_healthy(settings: Settings) -> bool:
    try:
        return httpx.get(f"{settings.web_url}/api/health", timeout=5, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def _print_welcome(settings: Settings, console: Console) -> None:
    from bot.desk.people.accounts import LOGINS_FILE

    say = lambda text="": console.print(text, highlight=False, markup=False, soft_wrap=True)  # noqa: E731
    say("\n✓ 小二已就绪 Xiaoer is ready (Ctrl-C stops everything)\n")
    say(f"  商城 Storefront  {settings.web_url}/")
    say(f"  客服台 Desk      {settings.web_url}/desk")
    say(f"  训练台 Workbench {settings.web_url}/workbench\n")
    logins = settings.data_dir / LOGINS_FILE
    if logins.exists():
        say("  演示账号 Demo logins (generated for this installation)")
        for login in json.loads(logins.read_text(encoding="utf-8")):
            say(f"    {login['role']:<10} {login['username']:<10} {login['password']}")
    say("")
