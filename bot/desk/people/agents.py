"""People who log in, their sessions, and who is at the desk now."""

from __future__ import annotations

import secrets
from datetime import timedelta

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from bot.desk import schema
from bot.desk.clock import within
from bot.desk.conversations import Agent, NotFound, Role
from bot.desk.database import reading
from bot.desk.people.duty import ONLINE_FOR
from bot.desk.rows import now
from bot.desk.store import hashed

SESSION_LIFE = timedelta(hours=12)
"""A shift; afterwards the agent logs in again."""

_hasher = PasswordHasher()  # argon2id, RFC 9106 low-memory profile
_DECOY = _hasher.hash(secrets.token_urlsafe(16))
"""Verified against for unknown names, so that they take as long as known ones."""
_agents, _sessions = schema.agents, schema.sessions


class AgentStore:
    """Blocking, one transaction a method; `login` and `set_password` burn a core for some 50 ms."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def create(self, username: str, name: str, role: Role, password: str) -> Agent:
        values = {"username": username, "name": name, "role": role.value, "created_at": now()}
        with self._engine.begin() as connection:
            connection.execute(sa.insert(_agents).values(**values, password_hash=_hasher.hash(password)))
        return Agent(username, name, role)

    def get(self, username: str) -> Agent:
        """NotFound when nobody has that name."""
        with reading(self._engine) as connection:
            row = connection.execute(sa.select(_agents).where(_agents.c.username == username)).first()
        if row is None:
            raise NotFound
        return _agent_from(row)

    def everyone(self) -> tuple[Agent, ...]:
        with reading(self._engine) as connection:
            return tuple(
                _agent_from(row)
                for row in connection.execute(sa.select(_agents).order_by(_agents.c.username))
            )

    def set_password(self, username: str, password: str) -> None:
        """Every open login of this person ends with it."""
        query = sa.update(_agents).where(_agents.c.username == username)
        with self._engine.begin() as connection:
            if connection.execute(query.values(password_hash=_hasher.hash(password))).rowcount == 0:
                raise NotFound
            connection.execute(sa.delete(_sessions).where(_sessions.c.username == username))

    def login(self, username: str, password: str) -> tuple[Agent, str]:
        """The person and a fresh session token; NotFound for a wrong name or password, without telling which."""
        with reading(self._engine) as connection:
            row = connection.execute(sa.select(_agents).where(_agents.c.username == username)).first()
        try:
            _hasher.verify(row.password_hash if row else _DECOY, password)
        except (VerifyMismatchError, InvalidHashError):
            raise NotFound from None
        if row is None:
            raise NotFound
        token, moment = secrets.token_urlsafe(32), now()
        values = {"hash": hashed(token), "username": username, "created_at": moment}
        with self._engine.begin() as connection:
            connection.execute(sa.delete(_sessions).where(_sessions.c.expires_at < moment))
            connection.execute(sa.insert(_sessions).values(**values, expires_at=moment + SESSION_LIFE))
        return _agent_from(row), token

    def by_session(self, token: str) -> Agent:
        """Whose session it is; NotFound when it has ended. Being asked counts as being at the desk."""
        query = (
            sa.select(_agents)
            .join(_sessions, _sessions.c.username == _agents.c.username)
            .where(_sessions.c.hash == hashed(token), _sessions.c.expires_at > now())
        )
        with reading(self._engine) as connection:
            row = connection.execute(query).first()
        if row is None:
            raise NotFound
        return _agent_from(row)

    def seen(self, username: str) -> None:
        """The agent is at the desk; written at most every quarter of the grace minute."""
        moment = now()
        is_fresh = within(_agents.c.last_seen, moment, ONLINE_FOR / 4)
        is_old = sa.or_(_agents.c.last_seen.is_(None), ~is_fresh)
        with reading(self._engine) as connection:
            query = sa.select(_agents.c.username).where(_agents.c.username == username, is_old)
            if connection.execute(query).first() is None:
                return
        with self._engine.begin() as connection:
            connection.execute(
                sa.update(_agents).where(_agents.c.username == username).values(last_seen=moment)
            )

    def logout(self, token: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(sa.delete(_sessions).where(_sessions.c.hash == hashed(token)))


def _agent_from(row: sa.Row) -> Agent:
    return Agent(row.username, row.name, Role(row.role), row.last_seen)
