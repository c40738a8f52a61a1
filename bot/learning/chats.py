"""A message of an exported chat as the file has it, and who said it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from bot.files import Problem, read_yaml
from bot.text.normalise import bare

SUB_ACCOUNT = re.compile(r"[^:：\s]+[:：][^:：\s]+")
"""`shop:name`: how 千牛 writes an agent's account; customers' names have no colon."""


class Speaker(StrEnum):
    CUSTOMER = "customer"
    AGENT = "agent"
    SYSTEM = "system"


@dataclass(frozen=True)
class ChatLine:
    """One message, not masked yet: kept in memory only."""

    text: str
    speaker: Speaker = Speaker.CUSTOMER
    conversation: str = ""
    """Whatever the export has to tell conversations apart; empty where it tells nothing."""
    time: str = ""
    name: str = ""
    """Of who spoke."""


@dataclass(frozen=True)
class Export:
    """What a file holds, in order."""

    lines: tuple[ChatLine, ...]
    problems: tuple[Problem, ...]
    """Lines that could not be read; all others are in `lines`."""


@lru_cache(maxsize=1)
def _words() -> tuple[Mapping[str, str], Mapping[str, Speaker]]:
    document = read_yaml(Path(__file__).with_name("columns.yml"))
    columns = {bare(name): part for part, names in document["columns"].items() for name in names}
    roles = {bare(name): Speaker(role) for role, names in document["roles"].items() for name in names}
    return columns, roles


def column_of(name: str) -> str | None:
    """`text`, `speaker`, `conversation` or `time`; None for a column that says nothing to us."""
    return _words()[0].get(bare(name))


def role_of(name: str) -> Speaker | None:
    """Whose role the name of a speaker tells; None for a name of her own."""
    roles, key = _words()[1], bare(name)
    if key in roles:
        return roles[key]
    return next(
        (
            role
            for word, role in roles.items()
            if not word.isascii() and len(word) > 1 and key.startswith(word)
        ),
        None,
    )


def speaker_of(name: str, agents: Collection[str]) -> Speaker:
    """By `agents` (names the caller knows), the role in the name, or the form of an account; else a customer."""
    if name in agents:
        return Speaker.AGENT
    if role := role_of(name):
        return role
    return Speaker.AGENT if SUB_ACCOUNT.fullmatch(name) else Speaker.CUSTOMER
