"""The system's own words, read from `lines.yml`."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.desk.conversations import Button, Draft
from bot.desk.ownership import Speaker
from bot.files import read_yaml
from bot.shop.records.offers import Persona
from bot.shop.talk.manner import part_of_day

LINES_FILE = Path(__file__).with_name("lines.yml")


@lru_cache(maxsize=1)
def _lines() -> Any:
    return read_yaml(LINES_FILE)


def words(group: str, key: str, **values: object) -> str:
    """The line `group.key` with its braces filled; KeyError when the file has none."""
    return str(_lines()[group][key]).format(**values)


def reason_title(reason: str | None) -> str:
    """A handoff reason in the agents' words."""
    return str(_lines()["reasons"].get(reason, reason or ""))


def reason_titles() -> dict[str, str]:
    """All handoff reasons in the agents' words."""
    return {str(reason): str(title) for reason, title in _lines()["reasons"].items()}


def default_bot_name() -> str:
    return str(_lines()["bot_name"])


def system_line(key: str, **values: object) -> Draft:
    """A visible line of the system for the customer."""
    return Draft(Speaker.SYSTEM, "", words("customer", key, **values))


def greeting(shop: str, persona: Persona, now: datetime, name: str = "") -> Draft:
    """What the bot says when a customer opens the chat, by the shop's clock and the shop's own words if it has some.

    `name` only of a customer the shop knows; a guest's own idea of a name is not repeated.
    """
    entry, hello = _lines()["greeting"], words("hello", part_of_day(now).value)
    if name:
        hello = words("hello", "named", hello=hello, name=name)
    if persona.greeting:
        text = f"{hello}。{persona.greeting.format(shop=shop, bot_name=persona.bot_name)}"
    else:
        text = str(entry["text"]).format(hello=hello, shop=shop, bot_name=persona.bot_name)
    buttons = tuple(Button(str(b["title"]), str(b["payload"])) for b in entry["buttons"])
    return Draft(Speaker.BOT, persona.bot_name, text, buttons)
