"""`xiaoer agents …`: who may log in to desk and workbench. Passwords are made here and shown once."""

from __future__ import annotations

import re
import secrets
from typing import Annotated

import typer

from bot.cli_output import fail, tell
from bot.settings import get_settings

agents = typer.Typer(no_args_is_help=True, help="Logins of the shop's own people.")
Username = Annotated[str, typer.Argument(help="2–40 letters, digits, - and _")]
_USERNAME = re.compile(r"[a-z0-9][a-z0-9_-]{1,39}")


def _store():
    from bot.desk.desk import open_desk

    return open_desk(get_settings().database).agents


@agents.command("add")
def add(
    username: Username,
    name: Annotated[str, typer.Option(help="as customers and colleagues see it")],
    role: Annotated[str, typer.Option(help="agent, trainer or supervisor")] = "agent",
) -> None:
    """Let somebody log in; prints the password, which is kept nowhere."""
    from bot.desk.conversations import Role

    roles = [each.value for each in Role]
    if not _USERNAME.fullmatch(username):
        fail(f"{username!r} is no user name: 2 to 40 of a–z, 0–9, - and _")
    if role not in roles:
        fail(f"{role!r} is no role: choose one of {', '.join(roles)}")
    store = _store()
    if username in {each.username for each in store.everyone()}:
        fail(f"{username} can log in already: `xiaoer agents password {username}` makes a new password")
    password = secrets.token_urlsafe(12)
    store.create(username, name, Role(role), password)
    print(password)


@agents.command("password")
def password(username: Username) -> None:
    """Make a new password and print it; open logins end."""
    from bot.desk.conversations import NotFound

    fresh = secrets.token_urlsafe(12)
    try:
        _store().set_password(username, fresh)
    except NotFound:
        fail(f"nobody is called {username}: `xiaoer agents list` names everyone")
    print(fresh)


@agents.command("list")
def everyone() -> None:
    """Everyone who may log in."""
    found = _store().everyone()
    for each in found:
        print(f"{each.username}\t{each.name}\t{each.role.value}")
    if not found:
        tell("nobody yet: `xiaoer agents add`")
