"""Login of agents, trainers and supervisors."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Cookie, Request, Response
from pydantic import BaseModel, Field

from bot.desk.conversations import Agent, NotFound, Role
from bot.desk.people.agents import SESSION_LIFE
from bot.desk.people.duty import Presence
from bot.desk.threads import in_slow_thread, in_thread
from bot.web.auth import COOKIE, LoggedIn
from bot.web.gateway import GatewayOf
from bot.web.problems import Problem

router = APIRouter(prefix="/api", tags=["login"])


class Credentials(BaseModel):
    username: Annotated[str, Field(min_length=1, max_length=40)]
    password: Annotated[str, Field(min_length=1, max_length=200)]


class Me(BaseModel):
    username: str
    name: str
    role: str


@router.post("/login")
async def login(credentials: Credentials, request: Request, response: Response, gateway: GatewayOf) -> Me:
    """Sets the session cookie. A wrong name and a wrong password look the same."""
    address = request.client.host if request.client else ""
    await gateway.limits.spend("login-address", address)
    await gateway.limits.check("login", address, credentials.username)
    try:
        login = gateway.desk.agents.login
        agent, token = await in_slow_thread(login, credentials.username, credentials.password)
    except NotFound:
        await gateway.limits.spend("login", address, credentials.username)
        raise Problem("wrong-login", 401) from None
    if agent.role is not Role.TRAINER:  # whoever comes to work is online, whatever she left as
        await in_thread(gateway.desk.duty.set, agent.username, Presence.ONLINE)
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(SESSION_LIFE.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return _me(agent)


@router.post("/logout", status_code=204)
async def logout(
    response: Response, gateway: GatewayOf, token: Annotated[str | None, Cookie(alias=COOKIE)] = None
) -> None:
    """Ends the session here and on the server."""
    if token:
        await in_thread(gateway.desk.agents.logout, token)
    response.delete_cookie(COOKIE)


@router.get("/me")
async def me(agent: LoggedIn) -> Me:
    return _me(agent)


def _me(agent: Agent) -> Any:
    return Me(username=agent.username, name=agent.name, role=agent.role.value)
