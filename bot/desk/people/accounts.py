"""Demo logins: made once for an installation, with passwords of their own, and kept for the owner to read."""

from __future__ import annotations

import json
import logging
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.files import write_all

if TYPE_CHECKING:
    from bot.desk.people.agents import AgentStore

log = logging.getLogger(__name__)
LOGINS_FILE = "demo-logins.json"


@dataclass(frozen=True)
class Login:
    username: str
    name: str
    role: str
    password: str


_PEOPLE = (
    ("xiaolin", "小林", "agent"),
    ("aqing", "阿青", "agent"),
    ("wen", "文老师", "trainer"),
    ("he", "何老师", "trainer"),  # money and return scripts need a second pair of eyes
    ("zhou", "周店长", "supervisor"),
)


def ensure_demo_accounts(store: AgentStore, data_dir: Path) -> list[Login]:
    """Create the demo people that are missing and return all their logins, also at a second start.

    When the file is lost or damaged, new passwords are set: they are kept nowhere else.
    """
    from bot.desk.conversations import Role

    path = data_dir / LOGINS_FILE
    kept = {login.username: login for login in _read(path)}
    existing = {agent.username for agent in store.everyone()}
    for username, name, role in _PEOPLE:
        if username in kept and username in existing:
            continue
        login = kept.get(username) or Login(username, name, role, secrets.token_urlsafe(9))
        if username in existing:
            store.set_password(username, login.password)
        else:
            store.create(username, name, Role(role), login.password)
        kept[username] = login
    logins = list(kept.values())
    text = json.dumps([asdict(login) for login in logins], ensure_ascii=False, indent=2)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_all({path: text}, mode=0o600)
    return logins


def _read(path: Path) -> list[Login]:
    try:
        return [Login(**login) for login in json.loads(path.read_text(encoding="utf-8"))]
    except FileNotFoundError:
        return []
    except (ValueError, TypeError):
        log.warning("%s is damaged: the demo people get new passwords", path)
        return []
